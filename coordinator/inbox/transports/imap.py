"""A mailbox on an IMAP server: a few commands of RFC 9051 over the standard library's client."""

import base64
import imaplib
import re
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import Any

from coordinator.inbox.transports.mailbox import (
    BEGINNING,
    CHUNK,
    LARGEST,
    Incoming,
    MailboxTrouble,
)

LOCAL = ("127.0.0.1", "::1", "localhost")
_UID = re.compile(rb"\bUID (\d+)")
_SIZE = re.compile(rb"\bRFC822\.SIZE (\d+)")


@dataclass(frozen=True)
class Account:
    """Where the mailbox is and who may read it."""

    host: str
    port: int
    user: str
    password: str = field(repr=False)
    folder: str = "INBOX"
    encrypted: bool = True
    timeout: float = 20


class Imap:
    """A session. Messages are listed and fetched in chunks, and expunged after each chunk."""

    def __init__(self, account: Account) -> None:
        self.account = account
        self.removed: set[str] = set()
        with _told(account):
            self.client = _connected(account)
            with _closed_on_failure(self.client):
                _sign_in(self.client, account)
                self.count = _select(self.client, account.folder)

    def messages(self) -> Iterator[Incoming]:
        passed = 0
        while passed < self.count:
            with _told(self.account):
                listed = self._listed(passed + 1, min(passed + CHUNK, self.count))
            if not listed:
                return
            for uid, size in listed:
                with _told(self.account):
                    raw = self._fetched(uid, size)
                if raw is not None:
                    yield Incoming(uid, raw, size if size > LARGEST else len(raw))
            with _told(self.account):
                passed += len(listed) - self._expunge()
                self.count = _select(self.client, self.account.folder)

    def remove(self, message: Incoming) -> None:
        with _told(self.account):
            _ok(self.client.uid("STORE", message.key, "+FLAGS.SILENT", "(\\Deleted)"))
        self.removed.add(message.key)

    def close(self) -> None:
        with suppress(OSError, imaplib.IMAP4.error, MailboxTrouble):
            self._expunge()
            self.client.logout()
            return
        _shut(self.client)

    def _listed(self, first: int, last: int) -> list[tuple[str, int]]:
        """Return UID and size of the messages in these places, oldest first."""
        rows = _ok(self.client.fetch(f"{first}:{last}", "(UID RFC822.SIZE)"))
        found = [(_UID.search(row), _SIZE.search(row)) for row in rows if isinstance(row, bytes)]
        pairs = {int(uid[1]): int(size[1]) for uid, size in found if uid and size}
        return [(str(uid), size) for uid, size in sorted(pairs.items())]

    def _fetched(self, uid: str, size: int) -> bytes | None:
        """Return the message, unread as it was; None if somebody took it away meanwhile."""
        what = "(BODY.PEEK[])" if size <= LARGEST else f"(BODY.PEEK[]<0.{BEGINNING}>)"
        rows = _ok(self.client.uid("FETCH", uid, what))
        return next((row[1] for row in rows if isinstance(row, tuple)), None)

    def _expunge(self) -> int:
        """Take out what is recorded, and nothing that others have marked; return how many."""
        if not self.removed:
            return 0
        if "UIDPLUS" in self.client.capabilities:
            _ok(self.client.uid("EXPUNGE", ",".join(sorted(self.removed, key=int))))
        else:
            marked = _ok(self.client.uid("SEARCH", "DELETED"))
            if not set((marked[0] or b"").decode().split()) <= self.removed:
                return 0
            _ok(self.client.expunge())
        gone = len(self.removed)
        self.removed.clear()
        return gone


def _connected(account: Account) -> imaplib.IMAP4:
    """Connect, encrypted wherever the server can; certificates are checked.

    What stays on this machine needs neither: local servers often have a certificate for show.
    """
    local = account.host in LOCAL
    context = ssl.create_default_context()
    if local:
        context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    if account.encrypted:
        return imaplib.IMAP4_SSL(
            account.host, account.port, ssl_context=context, timeout=account.timeout
        )
    client = imaplib.IMAP4(account.host, account.port, timeout=account.timeout)
    offered = client.capabilities
    if "STARTTLS" in offered and (not local or "LOGINDISABLED" in offered):
        with _closed_on_failure(client):
            client.starttls(context)
    return client


@contextmanager
def _closed_on_failure(client: imaplib.IMAP4) -> Iterator[None]:
    try:
        yield
    except BaseException:
        _shut(client)
        raise


def _shut(client: imaplib.IMAP4) -> None:
    with suppress(OSError):
        client.shutdown()


def _sign_in(client: imaplib.IMAP4, account: Account) -> None:
    """Sign in plainly; what is not ASCII goes by SASL, which knows UTF-8."""
    ascii_only = account.user.isascii() and account.password.isascii()
    if ascii_only and "LOGINDISABLED" not in client.capabilities:
        client.login(account.user, account.password)
        return
    words = f"\0{account.user}\0{account.password}".encode()
    client.authenticate("PLAIN", lambda _challenge: words)


def _select(client: imaplib.IMAP4, folder: str) -> int:
    name = _utf7(folder).replace("\\", "\\\\").replace('"', '\\"')
    rows = _ok(client.select(f'"{name}"'))
    return int(rows[-1] or 0)


def _utf7(folder: str) -> str:
    """Return the name of a folder as IMAP writes it (RFC 3501, 5.1.3)."""

    def shifted(found: re.Match[str]) -> str:
        packed = base64.b64encode(found[0].encode("utf-16-be")).decode()
        return f"&{packed.rstrip('=').replace('/', ',')}-"

    return re.sub(r"[^\x20-\x7e]+", shifted, folder.replace("&", "&-"))


def _ok(answer: tuple[str, list[Any]]) -> list[Any]:
    kind, rows = answer
    if kind != "OK":
        raise imaplib.IMAP4.error(b" ".join(row for row in rows if row).decode(errors="replace"))
    return rows


@contextmanager
def _told(account: Account) -> Iterator[None]:
    """Turn every fault of the session into MailboxTrouble that names the server."""
    try:
        yield
    except (OSError, imaplib.IMAP4.error, ValueError) as error:
        place = f"the mailbox at {account.host}:{account.port}"
        raise MailboxTrouble(f"{place}: {_said(error, account.password)}") from None


def _said(error: Exception, secret: str) -> str:
    """Return what went wrong, without the password even where a server repeats it."""
    words = error.args[-1] if error.args else ""
    text = words.decode(errors="replace") if isinstance(words, bytes) else str(words)
    told = " ".join(text.split()) or type(error).__name__
    return told.replace(secret, "…") if secret else told

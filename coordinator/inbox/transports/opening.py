"""From INBOX_URL to the mailbox that it names."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import SplitResult, unquote, urlsplit

from coordinator.inbox.transports.imap import Account, Imap
from coordinator.inbox.transports.mailbox import Mailbox, MailboxTrouble
from coordinator.inbox.transports.maildir import Maildir
from coordinator.inbox.transports.mbox import Mbox

PORTS = {"imap": 143, "imaps": 993}


@contextmanager
def opened(url: str, timeout: float) -> Iterator[Mailbox]:
    """Open the mailbox and close it in the end. Raises MailboxTrouble."""
    box = _mailbox(url, timeout)
    try:
        yield box
    finally:
        box.close()


def account_of(address: SplitResult, timeout: float) -> Account:
    """Return the account; user, password and folder may hold %-escapes."""
    try:
        port = address.port
    except ValueError as error:
        raise MailboxTrouble("the port in INBOX_URL is not a number") from error
    if not address.hostname or not address.username:
        raise MailboxTrouble("INBOX_URL must look like imaps://user:password@host/INBOX")
    return Account(
        host=address.hostname,
        port=port or PORTS[address.scheme],
        user=unquote(address.username),
        password=unquote(address.password or ""),
        folder=unquote(address.path.strip("/")) or "INBOX",
        encrypted=address.scheme == "imaps",
        timeout=timeout,
    )


def _mailbox(url: str, timeout: float) -> Mailbox:
    address = urlsplit(url)
    if address.scheme in PORTS:
        return Imap(account_of(address, timeout))
    kinds: dict[str, Callable[[Path], Mailbox]] = {"maildir": Maildir, "mbox": Mbox}
    if address.scheme not in kinds:
        raise MailboxTrouble(f"there are no mailboxes of the kind {address.scheme or url}")
    if address.netloc not in {"", "localhost"}:
        raise MailboxTrouble(f"INBOX_URL needs three slashes: {address.scheme}:///var/mail/…")
    return kinds[address.scheme](Path(unquote(address.path)))

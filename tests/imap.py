"""A real IMAP server for tests, small enough to read, with a plan of faults."""

import base64
import re
import socketserver
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

USER, PASSWORD = "gelen@belediye.example", 'pass"\\ 42%/:@'
BASE = ("IMAP4rev1", "AUTH=PLAIN")


@dataclass
class Stored:
    """A message in the mailbox."""

    uid: int
    raw: bytes
    deleted: bool = False


@dataclass
class Box:
    """What the server holds and how it behaves."""

    folder: str = "INBOX"
    password: str = PASSWORD
    capabilities: tuple[str, ...] = ("UIDPLUS",)
    messages: list[Stored] = field(default_factory=list)
    commands: list[str] = field(default_factory=list)
    """The commands of all sessions, in capitals."""
    cut_at: str = ""
    """At this command the server breaks the connection, once."""
    context: ssl.SSLContext | None = None
    encrypted: bool = False
    lock: threading.Lock = field(default_factory=threading.Lock)
    last: int = 100

    def add(self, raw: bytes) -> int:
        with self.lock:
            self.last += 7
            self.messages.append(Stored(self.last, raw))
            return self.last


class Session(socketserver.StreamRequestHandler):
    """One connection: the commands of RFC 3501 that a reader of mailboxes needs."""

    box: Box

    def setup(self) -> None:
        self.box = self.server.box  # type: ignore[attr-defined]
        if self.box.encrypted and self.box.context:
            self.request = self.box.context.wrap_socket(self.request, server_side=True)
        super().setup()

    def handle(self) -> None:
        self.tell("* OK ready")
        while line := self.rfile.readline():
            tag, _, rest = line.decode("utf-8", "replace").strip().partition(" ")
            command, _, words = rest.partition(" ")
            if command.upper() == "UID":
                verb, _, words = words.partition(" ")
                command = f"UID {verb}"
            command = command.upper()
            self.box.commands.append(command)
            if self.box.cut_at == command:
                self.box.cut_at = ""
                return
            answer = getattr(self, "do_" + command.lower().replace(" ", "_"), None)
            if answer is None:
                self.tell(f"{tag} BAD unknown command")
                continue
            result = answer(words)
            self.tell(f"{tag} {result or 'OK done'}")
            if command == "STARTTLS":
                self.start_tls()
            if command == "LOGOUT":
                return

    def tell(self, line: str | bytes) -> None:
        self.wfile.write((line.encode() if isinstance(line, str) else line) + b"\r\n")
        self.wfile.flush()

    def start_tls(self) -> None:
        assert self.box.context
        self.request = self.box.context.wrap_socket(self.request, server_side=True)
        super().setup()

    def do_capability(self, _words: str) -> None:
        self.tell("* CAPABILITY " + " ".join([*BASE, *self.box.capabilities]))

    def do_starttls(self, _words: str) -> None:
        return None

    def do_noop(self, _words: str) -> None:
        return None

    def do_logout(self, _words: str) -> None:
        self.tell("* BYE")

    def do_login(self, words: str) -> str | None:
        if "LOGINDISABLED" in self.box.capabilities:
            return "NO encryption first"
        found = re.fullmatch(r'"?([^" ]*)"? "((?:[^"\\]|\\.)*)"', words)
        given = re.sub(r"\\(.)", r"\1", found[2]) if found else ""
        right = found and found[1] == USER and given == self.box.password
        return None if right else f"NO [AUTHENTICATIONFAILED] wrong: {given}"

    def do_authenticate(self, _words: str) -> str | None:
        self.tell("+ ")
        given = base64.b64decode(self.rfile.readline()).decode().split("\0")
        return None if given == ["", USER, self.box.password] else "NO [AUTHENTICATIONFAILED] wrong"

    def do_select(self, words: str) -> str:
        if words.strip('"') != self.box.folder:
            return "NO [NONEXISTENT] no such folder"
        self.tell(f"* {len(self.box.messages)} EXISTS")
        return "OK [READ-WRITE] selected"

    def do_fetch(self, words: str) -> str | None:
        first, last = (int(one) for one in words.split()[0].split(":"))
        if not 1 <= first <= last <= len(self.box.messages):
            return "BAD invalid message set"
        for place in range(first, last + 1):
            one = self.box.messages[place - 1]
            self.tell(f"* {place} FETCH (UID {one.uid} RFC822.SIZE {len(one.raw)})")
        return None

    def do_uid_fetch(self, words: str) -> None:
        uid, what = words.split(" ", 1)
        part = re.search(r"<0\.(\d+)>", what)
        for place, one in enumerate(self.box.messages, start=1):
            if one.uid == int(uid):
                raw = one.raw[: int(part[1])] if part else one.raw
                mark = "<0>" if part else ""
                self.tell(f"* {place} FETCH (UID {uid} BODY[]{mark} {{{len(raw)}}}")
                self.wfile.write(raw)
                self.tell(")")

    def do_uid_store(self, words: str) -> None:
        for one in self.box.messages:
            if one.uid == int(words.split()[0]):
                one.deleted = True

    def do_uid_search(self, _words: str) -> None:
        marked = [str(one.uid) for one in self.box.messages if one.deleted]
        self.tell(" ".join(["* SEARCH", *marked]))

    def do_uid_expunge(self, words: str) -> None:
        self.expunge({int(uid) for uid in words.split(",")})

    def do_expunge(self, _words: str) -> None:
        self.expunge({one.uid for one in self.box.messages})

    def expunge(self, uids: set[int]) -> None:
        with self.box.lock:
            for place in range(len(self.box.messages), 0, -1):
                one = self.box.messages[place - 1]
                if one.deleted and one.uid in uids:
                    del self.box.messages[place - 1]
                    self.tell(f"* {place} EXPUNGE")


class Server(socketserver.ThreadingTCPServer):
    """Serves one mailbox on a free port of this machine."""

    daemon_threads = True
    allow_reuse_address = True

    def __init__(self, box: Box) -> None:
        self.box = box
        super().__init__(("127.0.0.1", 0), Session)

    @property
    def port(self) -> int:
        return int(self.server_address[1])

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that goes away is no fault of the server's."""


@contextmanager
def serving(box: Box) -> Iterator[Server]:
    """Run a server with this mailbox."""
    with Server(box) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
        thread.start()
        try:
            yield server
        finally:
            server.shutdown()
            thread.join()

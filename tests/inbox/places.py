"""Mailboxes of each kind, into which tests deliver."""

import mailbox
from pathlib import Path
from urllib.parse import quote

from tests.imap import USER, Box, Server


class ImapPlace:
    """A mailbox on a server of this machine."""

    def __init__(self, server: Server) -> None:
        self.box: Box = server.box
        self.url = url_of(server)

    def deliver(self, raw: bytes) -> None:
        self.box.add(raw)

    def left(self) -> int:
        return len(self.box.messages)


class MaildirPlace:
    """A folder with one file for each message, with the line ends of this machine."""

    def __init__(self, folder: Path) -> None:
        self.box = mailbox.Maildir(folder, create=True)
        self.url = f"maildir://{folder}"

    def deliver(self, raw: bytes) -> None:
        self.box.add(raw.replace(b"\r\n", b"\n"))

    def left(self) -> int:
        return len(self.box)


class MboxPlace:
    """One file for all messages."""

    def __init__(self, file: Path) -> None:
        self.file = file
        file.touch()
        self.url = f"mbox://{quote(str(file))}"

    def deliver(self, raw: bytes) -> None:
        with self.file.open("ab") as box:
            text = raw.replace(b"\r\n", b"\n").replace(b"\nFrom ", b"\n>From ")
            box.write(b"From MAILER-DAEMON Tue Nov 10 07:16:05 2026\n" + text + b"\n")

    def left(self) -> int:
        return len(mailbox.mbox(self.file))


Place = ImapPlace | MaildirPlace | MboxPlace


def url_of(server: Server, scheme: str = "imap", host: str = "127.0.0.1") -> str:
    box = server.box
    secret, folder = quote(box.password, safe=""), quote(box.folder, safe="")
    return f"{scheme}://{quote(USER, safe='')}:{secret}@{host}:{server.port}/{folder}"

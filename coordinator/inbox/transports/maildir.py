"""A Maildir: one file for each message, delivered by a mail server on this machine."""

import os
from collections.abc import Iterator
from pathlib import Path

from coordinator.inbox.transports.mailbox import BEGINNING, LARGEST, Incoming, MailboxTrouble


class Maildir:
    """The folders `new` and `cur`; what is still being delivered lies in `tmp`."""

    def __init__(self, path: Path) -> None:
        self.folders = [path / "new", path / "cur"]
        if not all(folder.is_dir() for folder in self.folders):
            raise MailboxTrouble(f"there is no Maildir at {path}")

    def messages(self) -> Iterator[Incoming]:
        for file in self._files():
            try:
                size = file.stat().st_size
                with file.open("rb") as source:
                    raw = source.read(LARGEST if size <= LARGEST else BEGINNING)
            except FileNotFoundError:
                continue  # a mail program renamed or moved it meanwhile
            except OSError as error:
                raise MailboxTrouble(f"{file} cannot be read: {error.strerror}") from error
            yield Incoming(str(file), raw, size)

    def remove(self, message: Incoming) -> None:
        try:
            Path(message.key).unlink(missing_ok=True)
        except OSError as error:
            raise MailboxTrouble(f"{message.key} cannot be removed: {error.strerror}") from error

    def close(self) -> None:
        """Nothing is open."""

    def _files(self) -> list[Path]:
        try:
            entries = [entry for folder in self.folders for entry in os.scandir(folder)]
            files = [one for one in entries if one.is_file() and not one.name.startswith(".")]
        except OSError as error:
            raise MailboxTrouble(f"the Maildir cannot be read: {error}") from error
        return [Path(one.path) for one in sorted(files, key=lambda one: one.name)]

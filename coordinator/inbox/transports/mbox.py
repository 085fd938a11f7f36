"""An mbox file: all messages in one, locked as mail servers and mail programs lock it."""

import hashlib
import mailbox
import time
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path

from coordinator.inbox.transports.mailbox import (
    BEGINNING,
    CHUNK,
    LARGEST,
    Incoming,
    MailboxTrouble,
)

LOCK_SECONDS = 10


class Mbox:
    """Read in chunks: it is locked while a chunk is read and while what is done is taken out.

    Between the two the mail server may append, so that what is taken out is found by its bytes.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        if not path.is_file():
            raise MailboxTrouble(f"there is no mbox file at {path}")
        self.removed: set[str] = set()

    def messages(self) -> Iterator[Incoming]:
        passed = 0
        while True:
            chunk = self._chunk(passed)
            if not chunk:
                return
            yield from chunk
            passed += len(chunk) - self._take_out()

    def remove(self, message: Incoming) -> None:
        self.removed.add(message.key)

    def close(self) -> None:
        self._take_out()

    def _chunk(self, passed: int) -> list[Incoming]:
        with self._locked() as box:
            return [_incoming(box, key) for key in islice(box.iterkeys(), passed, passed + CHUNK)]

    def _take_out(self) -> int:
        """Take out what is recorded; return how many messages that were."""
        if not self.removed:
            return 0
        with self._locked() as box:
            done = [key for key in box.iterkeys() if _incoming(box, key).key in self.removed]
            for key in done:
                box.remove(key)
            box.flush()
        self.removed.clear()
        return len(done)

    @contextmanager
    def _locked(self) -> Iterator["mailbox.mbox"]:
        try:
            box = mailbox.mbox(self.path, create=False)
            _lock(box)
            try:
                yield box
            finally:
                box.close()  # it gives the lock back
        except (OSError, mailbox.Error) as error:
            raise MailboxTrouble(f"{self.path} cannot be read: {error}") from error


def _lock(box: "mailbox.mbox") -> None:
    """Wait a while for the lock: whoever delivers holds it for moments only."""
    until = time.monotonic() + LOCK_SECONDS
    while True:
        try:
            box.lock()
        except mailbox.ExternalClashError:
            if time.monotonic() > until:
                raise
            time.sleep(0.1)
        else:
            return


def _incoming(box: "mailbox.mbox", key: str) -> Incoming:
    with box.get_file(key) as source:
        raw = source.read(LARGEST + 1)
        size = len(raw)
        if size > LARGEST:
            source.seek(0, 2)
            size, raw = source.tell(), raw[:BEGINNING]
    return Incoming(hashlib.sha256(raw).hexdigest(), raw, size)

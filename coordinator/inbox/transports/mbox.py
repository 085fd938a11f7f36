"""An mbox file: all messages in one, locked as mail servers and mail programs lock it."""

import fcntl
import hashlib
import logging
import mailbox
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from itertools import islice
from pathlib import Path

from coordinator.inbox.transports.mailbox import (
    BEGINNING,
    CHUNK,
    LARGEST,
    Incoming,
    MailboxTrouble,
)

logger = logging.getLogger(__name__)
LOCK_SECONDS = 10
LEFT_BEHIND_SECONDS = 300
"""A lock file that is older was left behind, as other mail programs suppose as well."""


class Mbox:
    """Read in chunks: it is locked while a chunk is read and while what is done is taken out.

    Between the two the mail server may append, so that what is taken out is found by its bytes.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        if not path.is_file():
            raise MailboxTrouble(f"there is no mbox file at {path}")
        self.lock = path.with_name(f"{path.name}.lock")
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
            self._lock(box)
            try:
                yield box
            finally:
                box.close()  # it gives the lock back
        except (OSError, mailbox.Error) as error:
            raise MailboxTrouble(f"{self.path} cannot be read: {error}") from error

    def _lock(self, box: "mailbox.mbox") -> None:
        """Wait a while for the lock: whoever delivers holds it for moments only."""
        until = time.monotonic() + LOCK_SECONDS
        while True:
            try:
                box.lock()
            except mailbox.ExternalClashError as clash:
                if time.monotonic() > until:
                    box.close()
                    raise MailboxTrouble(
                        f"{self.path} is locked by another program; its lock file is {self.lock}"
                    ) from clash
                self._clear_left_behind()
                time.sleep(0.1)
            else:
                return

    def _clear_left_behind(self) -> None:
        """Take away an old lock file that nobody stands behind.

        Who holds a lock also holds the system's, which dies with its process: while that one is
        ours, no reader that lives has made the file, and no other can be taking it away.
        """
        with suppress(OSError), self.path.open("rb+") as own:
            fcntl.lockf(own, fcntl.LOCK_EX | fcntl.LOCK_NB)
            if time.time() - self.lock.stat().st_mtime > LEFT_BEHIND_SECONDS:
                self.lock.unlink()
                logger.warning("%s was left behind and is taken away", self.lock)


def _incoming(box: "mailbox.mbox", key: str) -> Incoming:
    with box.get_file(key) as source:
        raw = source.read(LARGEST + 1)
        size = len(raw)
        if size > LARGEST:
            source.seek(0, 2)
            size, raw = source.tell(), raw[:BEGINNING]
    return Incoming(hashlib.sha256(raw).hexdigest(), raw, size)

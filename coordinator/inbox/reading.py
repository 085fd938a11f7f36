"""Read the mailbox: record each message, commit, then let it go. One reader at a time."""

import fcntl
import logging
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import sqlalchemy as sa
from flask import current_app

from coordinator import jobs
from coordinator.extensions import db
from coordinator.inbox import operations, queries, transports
from coordinator.inbox.models import InboxMessage
from coordinator.inbox.transports import Incoming, Mailbox, MailboxTrouble

READ = "inbox.read"
"""The name of the job that reads the mailbox."""
ERASE = "inbox.erase"
KEPT = "kept"
"""Under which calendar answers that stand are counted once more."""
READER_LOCK = 728_002
WAIT_SECONDS = 30.0
_reading = threading.Lock()
logger = logging.getLogger(__name__)


class ReadElsewhere(MailboxTrouble):
    """Another process is reading the mailbox, and goes on doing so."""


def read_by_the_clock() -> None:
    """Read what has arrived, unless somebody does so already; trouble is logged."""
    if not current_app.config["INBOX_URL"]:
        return
    try:
        read(stopping=jobs.of(current_app).stopping.is_set)
    except ReadElsewhere:
        return
    except MailboxTrouble as error:
        logger.warning("no mail was read: %s", error)


def erase_by_the_clock() -> None:
    """Erase what was seen long ago."""
    operations.erase_seen()
    db.session.commit()


def read(stopping: Callable[[], bool] = lambda: False, *, patience: float = 0.0) -> Counter[str]:
    """Read all that is in the mailbox; return how many messages were of which kind, and KEPT.

    Raises MailboxTrouble where it cannot be read, ReadElsewhere where others are at it for
    longer than `patience`. What was recorded until then stands.
    """
    tally = Counter[str]()
    with _alone(patience, stopping), _opened() as box:
        for incoming in box.messages():
            tally += _taken(box, incoming)
            if stopping():
                break
    return tally


@contextmanager
def _opened() -> Iterator[Mailbox]:
    """Open the mailbox; write down since when it cannot be read, until it can."""
    config = current_app.config
    try:
        with transports.opened(config["INBOX_URL"], config["MAIL_TIMEOUT"]) as box:
            yield box
    except MailboxTrouble as trouble:
        db.session.rollback()
        operations.lost(str(trouble))
        db.session.commit()
        raise
    operations.found()
    db.session.commit()


def _taken(box: Mailbox, incoming: Incoming) -> Counter[str]:
    """Record one message and let it go; one that cannot be recorded stays in the mailbox.

    It is opened between two transactions: on SQLite every other writer waits while one goes on.
    """
    try:
        known = queries.is_known(operations.digest_of(incoming.raw))
        db.session.rollback()
        read = None if known else operations.opened(incoming.raw)
        message = operations.receive(read, size=incoming.size) if read is not None else None
        counted = _counted(message)
        db.session.commit()
    except (sa.exc.OperationalError, sa.exc.InterfaceError):
        db.session.rollback()
        raise
    except Exception:  # one message must not keep those behind it from being read
        db.session.rollback()
        logger.exception("the message %s could not be recorded and stays", incoming.key)
        return Counter()
    if incoming.is_whole:
        box.remove(incoming)
    return counted


def _counted(message: InboxMessage | None) -> Counter[str]:
    if message is None:
        return Counter()
    return Counter([message.kind, KEPT] if message.is_kept else [message.kind])


@contextmanager
def _alone(patience: float, stopping: Callable[[], bool]) -> Iterator[None]:
    """Keep every other reader of this database out, of this process and of others."""
    until = time.monotonic() + patience
    while True:
        with _held() as held:
            if held:
                yield
                return
        if stopping() or time.monotonic() >= until:
            raise ReadElsewhere("another process is reading the mailbox")
        time.sleep(0.2)


@contextmanager
def _held() -> Iterator[bool]:
    """Hold the readers' lock, which dies with the process, or with its connection."""
    if not _reading.acquire(blocking=False):
        yield False
        return
    try:
        url = db.engine.url
        if url.get_backend_name() == "sqlite":
            with _file_lock(Path(f"{url.database}.reading")) as held:
                yield held
        else:
            with _server_lock() as held:
                yield held
    finally:
        _reading.release()


@contextmanager
def _file_lock(file: Path) -> Iterator[bool]:
    with file.open("a") as opened:
        try:
            fcntl.flock(opened, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
        else:
            yield True


@contextmanager
def _server_lock() -> Iterator[bool]:
    engine = db.engine.execution_options(isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        asked = sa.select(sa.func.pg_try_advisory_lock(READER_LOCK))
        held = bool(connection.scalar(asked))
        try:
            yield held
        finally:
            if held:
                connection.execute(sa.select(sa.func.pg_advisory_unlock(READER_LOCK)))

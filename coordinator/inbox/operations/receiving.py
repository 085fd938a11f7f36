"""One message: what it is, what it does, and the record of it, in one transaction."""

import hashlib
import logging
from dataclasses import dataclass

import sqlalchemy as sa

from coordinator.extensions import db
from coordinator.inbox import matching, parsing, queries, takers
from coordinator.inbox.arrival import Arrival
from coordinator.inbox.models import InboxMessage, MessageKind
from coordinator.inbox.operations.reports import verdict_of_report
from coordinator.inbox.parsing.keys import masked, masked_message
from coordinator.inbox.takers import Verdict

TROUBLE = "trouble"
MOST_QUOTED = 20_000
logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Opened:
    """A message as it was read, and what is kept of it: its texts without keys."""

    arrival: Arrival
    text: str
    quoted: str
    raw: bytes


def digest_of(raw: bytes) -> str:
    return hashlib.sha256(raw).hexdigest()


def opened(raw: bytes) -> Opened:
    """Read the message, whatever stands in it; it asks no database, so that nobody waits."""
    arrival = parsing.parsed(raw, digest_of(raw))
    quoted = masked(arrival.quoted[:MOST_QUOTED])
    return Opened(arrival, masked(arrival.text), quoted, masked_message(raw))


def receive(raw: bytes | Opened, *, size: int | None = None) -> InboxMessage | None:
    """Record a message and do what it asks for; None if this very message is known already.

    No message makes it raise. `size` says how long it was where its bytes are only its beginning.
    """
    known = raw if isinstance(raw, Opened) else opened(raw)
    if queries.is_known(known.arrival.digest):
        return None
    arrival = matching.matched(known.arrival)
    message = _recorded(known, arrival)
    if message is None:
        return None
    _judge(message, arrival, known.quoted)
    if size is not None and size > len(arrival.raw):
        message.details = {**message.details, "size": size, "cut": True}
    db.session.flush()
    return message


def _recorded(known: Opened, arrival: Arrival) -> InboxMessage | None:
    """Write the message down; None if somebody else did so at the same moment."""
    message = InboxMessage(
        digest=arrival.digest,
        message_id=arrival.message_id,
        written_at=arrival.written_at,
        sender_name=arrival.sender_name,
        sender_address=arrival.sender_address,
        subject=arrival.subject,
        text=known.text,
        raw=known.raw,
        kind=MessageKind.UNMATCHED,
        letter=arrival.letter,
        details={},
    )
    try:
        with db.session.begin_nested():
            db.session.add(message)
    except sa.exc.IntegrityError:
        if not queries.is_known(arrival.digest):
            raise
        return None
    return message


def _judge(message: InboxMessage, arrival: Arrival, quoted: str) -> None:
    """Do what the message asks for; a fault of ours leaves it to staff."""
    try:
        with db.session.begin_nested():
            verdict = _verdict(arrival)
    except (sa.exc.OperationalError, sa.exc.InterfaceError):
        raise
    except Exception:  # whichever taker failed, the message itself is kept
        logger.exception("the message %s could not be judged", message.public_id)
        verdict = Verdict(MessageKind.UNMATCHED, TROUBLE)
    message.kind, message.outcome = verdict.kind, verdict.outcome[:40]
    message.details = {**({"quoted": quoted} if quoted else {}), **verdict.details}
    if verdict.letter is not None:
        message.letter = verdict.letter


def _verdict(arrival: Arrival) -> Verdict:
    if not arrival.is_readable:
        return Verdict(MessageKind.UNMATCHED, "unreadable")
    if arrival.report is not None:
        return verdict_of_report(arrival, arrival.report)
    if arrival.calendar is None and arrival.automatic:
        return Verdict(MessageKind.AUTOMATIC, "automatic")
    taken = takers.verdict(arrival)
    if taken is not None:
        return taken
    if arrival.letter is not None:
        return Verdict(MessageKind.HUMAN, "written")
    return Verdict(MessageKind.UNMATCHED, "unknown")

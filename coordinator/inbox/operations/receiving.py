"""One message: what it is, what it does, and the record of it, in one transaction."""

import hashlib
import logging

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


def receive(raw: bytes, *, size: int | None = None) -> InboxMessage | None:
    """Record a message and do what it asks for; None if this very message is known already.

    No message makes it raise. `size` says how long it was where `raw` is only its beginning.
    """
    digest = hashlib.sha256(raw).hexdigest()
    if queries.is_known(digest):
        return None
    arrival = matching.matched(parsing.parsed(raw, digest))
    message = _recorded(arrival)
    if message is None:
        return None
    _judge(message, arrival)
    if size is not None and size > len(raw):
        message.details = {**message.details, "size": size, "cut": True}
    db.session.flush()
    return message


def _recorded(arrival: Arrival) -> InboxMessage | None:
    """Write the message down; None if somebody else did so at the same moment."""
    message = InboxMessage(
        digest=arrival.digest,
        message_id=arrival.message_id,
        written_at=arrival.written_at,
        sender_name=arrival.sender_name,
        sender_address=arrival.sender_address,
        subject=arrival.subject,
        text=masked(arrival.text),
        raw=masked_message(arrival.raw),
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


def _judge(message: InboxMessage, arrival: Arrival) -> None:
    """Do what the message asks for; a fault of ours leaves it to staff."""
    try:
        with db.session.begin_nested():
            verdict = _verdict(arrival)
    except (sa.exc.OperationalError, sa.exc.InterfaceError):
        raise
    except Exception:
        logger.exception("the message %s could not be judged", message.public_id)
        verdict = Verdict(MessageKind.UNMATCHED, TROUBLE)
    message.kind, message.outcome = verdict.kind, verdict.outcome[:40]
    quoted = {"quoted": masked(arrival.quoted[:MOST_QUOTED])} if arrival.quoted else {}
    message.details = {**quoted, **verdict.details}
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

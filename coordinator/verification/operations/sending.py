"""Ask, and remind: one letter to each organisation; links and outbox rows are made at once."""

from collections.abc import Collection, Sequence
from dataclasses import asdict, dataclass
from datetime import timedelta

import sqlalchemy as sa
from flask_babel import lazy_gettext as _l
from sqlalchemy.orm import contains_eager, joinedload

from coordinator import clock, links
from coordinator.actors import Actor
from coordinator.audit import operations as audit
from coordinator.errors import RuleBroken
from coordinator.extensions import db
from coordinator.institution import queries as institution
from coordinator.links import LinkBook
from coordinator.outbox import operations as outbox
from coordinator.outbox.models import NOT_ARRIVED, OutboxLetter
from coordinator.outbox.queries import perhaps_arrived
from coordinator.registry.queries import Recipient, recipients
from coordinator.verification import queries
from coordinator.verification.emails import QUESTION, REMINDER, Envelope, Writer, key
from coordinator.verification.models import (
    AnswerState,
    Round,
    Verification,
    VerificationLetter,
)
from coordinator.verification.operations.rounds import RoundEnded, expiry

PURPOSE = "verification"
PAUSE = timedelta(days=1)
"""Nobody gets a reminder sooner after the last letter."""


class NobodyThere(RuleBroken):
    """A round without anybody to ask is a mistake in the choice."""

    message = _l("Nobody is left to ask. Look at who is chosen.")


@dataclass(frozen=True)
class Sent:
    """What came of it: organisations newly asked, letters, those to be called."""

    asked: int
    letters: int
    unreachable: int


@dataclass(frozen=True)
class Target:
    """An organisation that is written to."""

    verification_id: int
    name: str
    recipient: Recipient


def send(*, round_: Round, actor: Actor) -> Sent:
    """Ask all of the round's scope who are not asked yet; a second time only who is missing.

    Raises RoundEnded, NobodyThere.
    """
    _lock(round_)
    if round_.ended:
        raise RoundEnded
    plan = queries.plan_of(round_)
    first = round_.sent_at is None
    if first and not plan.organizations:
        raise NobodyThere
    reached, to_call = plan.reached(), plan.call_ids()
    new = _add(round_, [one.id for one in reached], to_call)
    rows = _rows(round_)
    targets = [Target(rows[one.id], one.name, one.recipient) for one in reached]
    letters = _write(QUESTION, round_, targets)
    _mark_asked(targets)
    round_.sent_at = round_.sent_at or clock.now()
    sent = Sent(asked=new, letters=letters, unreachable=len(to_call))
    if first or new or letters:
        audit.record("round.sent", round_, actor, **asdict(sent))
    return sent


def remind(*, round_: Round, actor: Actor) -> int:
    """Write to those who have not answered, not within a day of the last letter.

    Returns how many were written to. Raises RoundEnded.
    """
    _lock(round_)
    if not round_.is_open:
        raise RoundEnded
    silent = queries.to_remind(round_, clock.now() - PAUSE)
    reached = recipients((one.id for one in silent.values()), rounds=True)
    targets = [
        Target(number, one.name, reached[one.id][0])
        for number, one in silent.items()
        if reached[one.id]
    ]
    letters = _write(REMINDER, round_, targets, clock.today())
    if letters:
        audit.record("round.reminded", round_, actor, letters=letters)
    return letters


def ask_anew(letter_ids: Collection[int]) -> None:
    """Ask organisations again whose letter was called back, where the question still stands.

    Each gets one letter, at the address where they are reached today; none gets whoever has
    another that asks. A letter that a worker has in hand goes on. Reminders come by themselves.
    """
    rows = db.session.scalars(
        sa.select(VerificationLetter)
        .join(VerificationLetter.letter)
        .where(OutboxLetter.id.in_(letter_ids))
        .options(
            contains_eager(VerificationLetter.letter),
            joinedload(VerificationLetter.verification).options(
                joinedload(Verification.round), joinedload(Verification.organization)
            ),
        )
        .order_by(VerificationLetter.id)
    ).all()
    asking = [one for one in rows if one.letter.kind == QUESTION and _is_open(one.verification)]
    going = outbox.let_go_on([one.letter for one in asking])
    outbox.cancel([one.letter for one in rows if one.letter_id not in going])
    lost = {one.verification: one.letter_id for one in asking}
    asked = _asked_already([one.id for one in lost])
    reached = recipients((one.organization_id for one in lost), rounds=True)
    for one, number in lost.items():
        if one.round is not None and one.id not in asked:
            people = reached[one.organization_id][:1]
            targets = [Target(one.id, one.organization.name, person) for person in people]
            _write(QUESTION, one.round, targets, f"u{number}")


def _is_open(one: Verification) -> bool:
    return one.round is not None and one.round.is_open and one.state is AnswerState.ASKED


def _asked_already(verification_ids: Collection[int]) -> set[int]:
    """Return those of which a letter that asks has gone or will go."""
    rows = db.session.execute(
        sa.select(
            VerificationLetter.letter_id, VerificationLetter.verification_id, OutboxLetter.state
        )
        .join(OutboxLetter, OutboxLetter.id == VerificationLetter.letter_id)
        .where(
            VerificationLetter.verification_id.in_(verification_ids), OutboxLetter.kind == QUESTION
        )
    ).all()
    perhaps = perhaps_arrived([row.letter_id for row in rows])
    return {
        row.verification_id
        for row in rows
        if row.state not in NOT_ARRIVED or row.letter_id in perhaps
    }


def _lock(round_: Round) -> None:
    """Let one sending of a round wait for the other."""
    db.session.refresh(round_, with_for_update=True)


def _add(round_: Round, reached: Sequence[int], to_call: Sequence[int]) -> int:
    """Put those into the round who are not in it; return how many."""
    known = set(_rows(round_))
    states = dict.fromkeys(to_call, AnswerState.UNREACHED)
    states |= dict.fromkeys(reached, AnswerState.ASKED)
    values = [
        {"round_id": round_.id, "organization_id": number, "state": state, "note": "",
         "answered_by": ""}
        for number, state in states.items()
        if number not in known
    ]  # fmt: skip
    if values:
        db.session.execute(sa.insert(Verification), values)
    return len(values)


def _rows(round_: Round) -> dict[int, int]:
    """Return the round's questions by organisation."""
    asked = sa.select(Verification.organization_id, Verification.id)
    return dict(db.session.execute(asked.where(Verification.round_id == round_.id)).all())


def _mark_asked(targets: Sequence[Target]) -> None:
    """Say of those who had no address before that they are asked now."""
    for start in range(0, len(targets), 5000):
        ids = [one.verification_id for one in targets[start : start + 5000]]
        db.session.execute(
            sa.update(Verification)
            .where(Verification.id.in_(ids), Verification.state == AnswerState.UNREACHED)
            .values(state=AnswerState.ASKED, version=Verification.version + 1)
        )


def _write(kind: str, round_: Round, targets: Sequence[Target], turn: object = "") -> int:
    """Queue one letter, with a link of its own, to each target that has none of that turn."""
    keys = [key(kind, one.verification_id, one.recipient.address, turn) for one in targets]
    known = _written(keys)
    fresh = [(one, once) for one, once in zip(targets, keys, strict=True) if once not in known]
    if not fresh:
        return 0
    own = links.issue_all(PURPOSE, [one.verification_id for one, _ in fresh], expiry(round_))
    books = [LinkBook() for _ in fresh]
    writer = Writer(round_, institution.current())
    before = links.absolute("verification.personal", token="-").removesuffix("-")  # noqa: S106
    letters = [
        writer.write(
            kind, Envelope(one.recipient, one.name, f"{before}{book.mark(link)}", book, once)
        )
        for (one, once), link, book in zip(fresh, own, books, strict=True)
    ]
    rows = outbox.queue_all(letters)
    _keep([one for one, _ in fresh], rows, own)
    return len(fresh)


def _written(keys: Sequence[str]) -> set[str]:
    found: set[str] = set()
    for start in range(0, len(keys), 5000):
        asked = sa.select(OutboxLetter.once)
        some = asked.where(OutboxLetter.once.in_(keys[start : start + 5000]))
        found.update(one for one in db.session.scalars(some) if one)
    return found


def _keep(
    targets: Sequence[Target],
    rows: Sequence[OutboxLetter],
    own: Sequence[links.PersonalLink],
) -> None:
    """Write down which letter and which link each target got."""
    values = [
        {
            "verification_id": target.verification_id,
            "contact_id": target.recipient.contact_id,
            "letter_id": row.id,
            "link_id": link.id,
        }
        for target, row, link in zip(targets, rows, own, strict=True)
    ]
    db.session.execute(sa.insert(VerificationLetter), values)

"""Erase in time who asked for what, and who came; sums stay.

Who asked for which service is known for thirty days after the meeting, in the answers and in the
letters that repeat them with the names; names of those who came and what was said beside an answer
for a year.
"""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa

from coordinator import clock
from coordinator.actors import WORKER, Actor
from coordinator.audit import operations as audit
from coordinator.audit.operations import Deed
from coordinator.bookings.models import BookingState, ServiceBooking
from coordinator.bookings.queries import NEEDS_KEPT, NO_NEEDS, has_needs, of_meetings
from coordinator.extensions import db
from coordinator.invitations.models import GivenAnswer, Invitation, InvitationLetter, LetterKind
from coordinator.meetings.models import Meeting
from coordinator.outbox.models import OPEN_STATES, OutboxLetter

NAMES_KEPT = timedelta(days=365)
AT_ONCE = 200
TELLING = (LetterKind.RECEIPT, LetterKind.MOVED_UP, LetterKind.EVE)
"""Letters that repeat what an organisation needs and who comes."""
ERASED_TEXT = "Saklama süresi dolduğu için silindi. / Erased when its time was over.\n"


@dataclass
class Erased:
    """How much was erased."""

    meetings: int = 0
    needs: int = 0
    letters: int = 0
    names: int = 0
    given: int = 0


def erase_by_the_clock() -> None:
    """Erase what has been kept long enough; a job of the worker."""
    erase(actor=WORKER)
    db.session.commit()


def erase(*, actor: Actor) -> Erased:
    """Erase what has been kept long enough; for each meeting a line of the audit says how much."""
    erased, touched = Erased(), set[int]()
    asks_or_tells = sa.or_(_asks_for_something(), _told_in_letters())
    for meetings in _batches(NEEDS_KEPT, asks_or_tells):
        touched.update(one.id for one in meetings)
        _erase_needs(meetings, erased, actor)
    for meetings in _batches(NAMES_KEPT, _names_somebody()):
        touched.update(one.id for one in meetings)
        _erase_names(meetings, erased, actor)
    _erase_unnamed_letters(erased, actor)
    erased.meetings = len(touched)
    db.session.flush()
    return erased


def _batches(kept: timedelta, holds: sa.ColumnElement[bool]) -> Any:
    """Yield the meetings that were over long enough ago, some at a time."""
    last = 0
    while meetings := _over(clock.now() - kept, holds, last):
        yield meetings
        last = meetings[-1].id


def _over(moment: datetime, holds: sa.ColumnElement[bool], last: int) -> Sequence[Meeting]:
    there = sa.exists().where(Invitation.meeting_id == Meeting.id, holds)
    return db.session.scalars(
        sa.select(Meeting)
        .where(Meeting.ends_at < moment, Meeting.id > last, there)
        .order_by(Meeting.id)
        .limit(AT_ONCE)
    ).all()


def _asks_for_something() -> sa.ColumnElement[bool]:
    numbers = sa.cast(Invitation.need_numbers, sa.Text).not_in(NO_NEEDS)
    return sa.or_(has_needs(), numbers, Invitation.needs_note != "")


def _told_in_letters() -> sa.ColumnElement[bool]:
    """Is there a letter that tells of an answer, be it the present one or an earlier?"""
    return sa.exists().where(
        InvitationLetter.invitation_id == Invitation.id,
        InvitationLetter.kind.in_(TELLING),
        OutboxLetter.id == InvitationLetter.letter_id,
        *_legible(),
    )


def _legible() -> tuple[sa.ColumnElement[bool], ...]:
    """Say which letters are to be emptied: not those on their way, nor those that were."""
    return OutboxLetter.state.not_in(OPEN_STATES), OutboxLetter.text != ERASED_TEXT


def _names_somebody() -> sa.ColumnElement[bool]:
    said = sa.exists().where(
        GivenAnswer.invitation_id == Invitation.id,
        sa.or_(GivenAnswer.given_by != "", GivenAnswer.note != ""),
    )
    return sa.or_(
        sa.cast(Invitation.attendee_names, sa.Text).not_in(NO_NEEDS),
        Invitation.answered_by != "",
        Invitation.note != "",
        said,
    )


def _erase_needs(meetings: Sequence[Meeting], erased: Erased, actor: Actor) -> None:
    ids = [one.id for one in meetings]
    sums = _keep_sums(meetings)
    counts = _counted(ids, _asks_for_something())
    db.session.execute(
        _of(ids, _asks_for_something()).values(
            access_needs=[], need_numbers={}, needs_note="", version=Invitation.version + 1
        )
    )
    letters = _erase_letters(ids)
    erased.needs += sum(counts.values())
    erased.letters += sum(letters.values())
    audit.record_all(
        "meeting",
        [
            Deed(
                "meeting.needs_erased",
                one.id,
                one.title,
                {
                    "answers": counts[one.id],
                    "letters": letters[one.id],
                    "services": sums.get(one.id, {}),
                },
            )
            for one in meetings
        ],
        actor,
    )


def _keep_sums(meetings: Sequence[Meeting]) -> dict[int, dict[str, int]]:
    """Keep with the bookings how much of each service was needed; return it by meeting."""
    # Those who came count. Wishes of others, which stayed from an earlier answer, go without a sum.
    sums: dict[int, dict[str, int]] = {}
    for meeting_id, services in of_meetings(meetings).items():
        for one in services:
            asked = sum(asker.number for asker in one.askers)
            if not asked:
                continue
            wanted = one.wanted
            booking = one.booking
            if booking is None:
                booking = ServiceBooking(
                    meeting_id=meeting_id, need=one.need, state=BookingState.TO_ORDER
                )
                db.session.add(booking)
            booking.needed = wanted
            sums.setdefault(meeting_id, {})[one.need.value] = wanted
    db.session.flush()
    return sums


def _erase_letters(meeting_ids: Collection[int]) -> Counter[int]:
    """Empty the letters that repeat the answers, but not one that is still on its way."""
    rows = db.session.execute(
        sa.select(Invitation.meeting_id, InvitationLetter.letter_id)
        .join(InvitationLetter, InvitationLetter.invitation_id == Invitation.id)
        .join(OutboxLetter, OutboxLetter.id == InvitationLetter.letter_id)
        .where(
            Invitation.meeting_id.in_(meeting_ids),
            InvitationLetter.kind.in_(TELLING),
            *_legible(),
        )
    ).all()
    _empty([letter for _meeting, letter in rows])
    return Counter(meeting for meeting, _letter in rows)


def _erase_unnamed_letters(erased: Erased, actor: Actor) -> None:
    """Empty the letters of invitations that were taken back, by the day they were written.

    Nothing says any more which meeting they were about.
    """
    named = sa.exists().where(InvitationLetter.letter_id == OutboxLetter.id)
    letters = db.session.scalars(
        sa.select(OutboxLetter.id).where(
            OutboxLetter.kind.in_([kind.value for kind in TELLING]),
            OutboxLetter.created_at < clock.now() - NEEDS_KEPT,
            *_legible(),
            ~named,
        )
    ).all()
    if not letters:
        return
    _empty(letters)
    erased.letters += len(letters)
    audit.record("invitation.letters_erased", None, actor, letters=len(letters))


def _empty(letters: Sequence[int]) -> None:
    for first in range(0, len(letters), AT_ONCE):
        db.session.execute(
            sa.update(OutboxLetter)
            .where(OutboxLetter.id.in_(letters[first : first + AT_ONCE]))
            .values(text=ERASED_TEXT, html=f"<p>{ERASED_TEXT.strip()}</p>", calendar=None)
        )


def _erase_names(meetings: Sequence[Meeting], erased: Erased, actor: Actor) -> None:
    ids = [one.id for one in meetings]
    names = _counted(ids, _names_somebody())
    given = _given(ids)
    of_them = sa.select(Invitation.id).where(Invitation.meeting_id.in_(ids))
    db.session.execute(
        _of(ids, _names_somebody()).values(
            attendee_names=[], answered_by="", note="", version=Invitation.version + 1
        )
    )
    db.session.execute(
        sa.update(GivenAnswer)
        .where(GivenAnswer.invitation_id.in_(of_them))
        .values(given_by="", note="")
        .execution_options(synchronize_session=False)
    )
    erased.names += sum(names.values())
    erased.given += sum(given.values())
    audit.record_all(
        "meeting",
        [
            Deed(
                "meeting.names_erased",
                one.id,
                one.title,
                {"answers": names[one.id], "given": given[one.id]},
            )
            for one in meetings
        ],
        actor,
    )


def _counted(meeting_ids: Collection[int], holds: sa.ColumnElement[bool]) -> Counter[int]:
    return _counter(sa.select(Invitation.meeting_id).where(holds), meeting_ids)


def _given(meeting_ids: Collection[int]) -> Counter[int]:
    asked = sa.select(Invitation.meeting_id).join(
        GivenAnswer, GivenAnswer.invitation_id == Invitation.id
    )
    told = sa.or_(GivenAnswer.given_by != "", GivenAnswer.note != "")
    return _counter(asked.where(told), meeting_ids)


def _counter(asked: Any, meeting_ids: Collection[int]) -> Counter[int]:
    of_these = asked.where(Invitation.meeting_id.in_(meeting_ids))
    return Counter(db.session.scalars(of_these).all())


def _of(meeting_ids: Collection[int], holds: sa.ColumnElement[bool]) -> Any:
    """Begin the statement that empties some columns of invitations, past the session."""
    return (
        sa.update(Invitation)
        .where(Invitation.meeting_id.in_(meeting_ids), holds)
        .execution_options(synchronize_session=False)
    )

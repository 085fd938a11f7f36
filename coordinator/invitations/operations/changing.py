"""What invited organisations are told when a meeting moves or is off."""

import sqlalchemy as sa
from flask_babel import force_locale

from coordinator.extensions import db
from coordinator.invitations import queries
from coordinator.invitations.models import Invitation, InvitationLetter, LetterKind, RsvpAnswer
from coordinator.invitations.operations.composing import (
    OPEN_AFTER,
    PURPOSE,
    Target,
    write_letters,
)
from coordinator.invitations.summary import GIVEN
from coordinator.links import PersonalLink
from coordinator.meetings.models import Meeting
from coordinator.outbox import operations as outbox
from coordinator.outbox.models import LetterState, OutboxLetter
from coordinator.registry.queries import Recipient

ASKING = (LetterKind.INVITATION, LetterKind.HANDOVER)
TOLD = (*ASKING, LetterKind.REMINDER, LetterKind.CHANGE)
WENT_OUT = {LetterState.SENT, LetterState.SENDING}


def tell_changed(*, meeting: Meeting) -> int:
    """Write to everybody who holds an invitation how the meeting stands now.

    Letters that have not gone yet are called back and written anew, so that nobody reads a time
    that is no longer true. Returns the number of new letters.
    """
    waiting, out = _split(queries.letters_of(meeting.id, TOLD))
    _keep_links_open(meeting)
    again = [_target(one) for one in waiting if _place(one) not in out]
    moved = [_target(one) for one in out.values()]
    round_ = f"s{meeting.calendar_sequence}"
    letters = write_letters(LetterKind.INVITATION, meeting, again, round_)
    letters += write_letters(LetterKind.CHANGE, meeting, moved, round_)
    return len(letters)


def tell_cancelled(*, meeting: Meeting, reason: str = "") -> int:
    """Call back what has not gone yet, and write to those whose invitation went out, only."""
    _waiting, out = _split(queries.letters_of(meeting.id, TOLD))
    targets = [_target(one, reason=" ".join((reason or "").split())) for one in out.values()]
    round_ = f"s{meeting.calendar_sequence}"
    return len(write_letters(LetterKind.CANCELLATION, meeting, targets, round_))


def _split(
    letters: list[InvitationLetter],
) -> tuple[list[InvitationLetter], dict[tuple[int, str], InvitationLetter]]:
    """Call back what waits; return the invitations in it, and by recipient what went out."""
    before = {one.id: one.letter.state for one in letters}
    outbox.cancel([one.letter for one in letters])
    now = _states(letters)
    waiting = [
        one
        for one in letters
        if one.kind in ASKING
        and now[one.letter_id] is LetterState.CANCELLED
        and before[one.id] is not LetterState.CANCELLED
    ]
    out = {_place(one): one for one in letters if now[one.letter_id] in WENT_OUT}
    return waiting, out


def _states(letters: list[InvitationLetter]) -> dict[int, LetterState]:
    """Read the states anew: the worker may have taken a letter before it was called back."""
    if not letters:
        return {}
    meeting = sa.select(Invitation.meeting_id).where(Invitation.id == letters[0].invitation_id)
    rows = db.session.execute(
        sa.select(OutboxLetter.id, OutboxLetter.state)
        .join(InvitationLetter, InvitationLetter.letter_id == OutboxLetter.id)
        .join(Invitation, Invitation.id == InvitationLetter.invitation_id)
        .where(Invitation.meeting_id == meeting.scalar_subquery())
    )
    return {row.id: row.state for row in rows}


def _place(one: InvitationLetter) -> tuple[int, str]:
    return one.invitation_id, one.letter.to_address


def _target(one: InvitationLetter, **more: object) -> Target:
    letter, answer = one.letter, one.invitation.answer
    with force_locale(letter.language):
        said = "" if answer is RsvpAnswer.NONE else str(GIVEN[answer])
    recipient = Recipient(letter.to_name, letter.to_address, letter.language, one.contact_id)
    return Target(one.invitation, recipient, {"answer": said, **more}, one.handover_id)


def _keep_links_open(meeting: Meeting) -> None:
    """Let every link of the meeting end as long after it as before."""
    own = sa.select(Invitation.id).where(Invitation.meeting_id == meeting.id)
    db.session.execute(
        sa.update(PersonalLink)
        .where(PersonalLink.purpose == PURPOSE, PersonalLink.subject_id.in_(own))
        .values(expires_at=meeting.ends_at + OPEN_AFTER)
        .execution_options(synchronize_session=False)
    )

"""Letters of invitations that got lost in the database are missed, and written again."""

import logging
from collections import defaultdict
from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa

from coordinator import clock
from coordinator.actors import WORKER
from coordinator.audit import operations as audit
from coordinator.extensions import db
from coordinator.invitations.emails import key
from coordinator.invitations.models import Invitation, InvitationLetter, LetterKind
from coordinator.invitations.operations.composing import PURPOSE, Target, write_letters
from coordinator.invitations.operations.holding import lock
from coordinator.invitations.permissions import called_off
from coordinator.invitations.queries.addressees import reached
from coordinator.invitations.queries.written import is_first_hand
from coordinator.links import PersonalLink
from coordinator.meetings.models import STANDING, Meeting
from coordinator.outbox.models import OutboxLetter
from coordinator.registry.queries import stands

logger = logging.getLogger(__name__)


def mend_by_the_clock() -> None:
    """Look for lost letters of every meeting to come; a job of the worker.

    Each meeting has a transaction of its own, so that none is held while others are mended.
    """
    for meeting in db.session.scalars(_meetings()).all():
        mend(meeting=meeting)
        db.session.commit()


def mend(*, meeting: Meeting) -> int:
    """Write the meeting's letters that are missing; return how many.

    What nobody can be written any more is written down, and not looked for again.
    """
    lock(meeting)
    if called_off(meeting) or meeting.ends_at < clock.now():
        return 0
    found = _missed(meeting)
    if not found:
        return 0
    _forget_dangling([one.id for one in found])
    for one in found:
        db.session.expire(one)
    _take_up_unnamed(meeting, found)
    lost = _missed(meeting)
    known = _written_to(lost)
    people = reached(lost)
    targets = [
        Target(one, recipient)
        for one in lost
        for recipient in [
            recipient
            for recipient in people[one.id].letters
            if recipient.address not in known[one.id]
        ][: one.letters_due - len(known[one.id])]
    ]
    letters = write_letters(LetterKind.INVITATION, meeting, targets, counted=True)
    given_up = _settle(_missed(meeting))
    audit.record("invitations.mended", meeting, WORKER, organizations=len(found),
                 letters=len(letters), given_up=given_up)  # fmt: skip
    logger.warning(
        "%d invitations of meeting %s had lost letters: %d written again, %d cannot be",
        len(found), meeting.public_id, len(letters), given_up,
    )  # fmt: skip
    return len(letters)


def _meetings() -> sa.Select[Meeting]:
    return (
        sa.select(Meeting)
        .where(
            Meeting.ends_at > clock.now(),
            Meeting.status.in_(STANDING),
            sa.exists().where(
                Invitation.meeting_id == Meeting.id,
                Invitation.letters_due > _number_found(),
                stands(Invitation.organization_id),
            ),
        )
        .order_by(Meeting.id)
    )


def _number_found() -> Any:
    """To how many addresses the invitation's letter is there."""
    return (
        sa.select(sa.func.count(OutboxLetter.to_address.distinct()))
        .select_from(InvitationLetter)
        .join(OutboxLetter, OutboxLetter.id == InvitationLetter.letter_id)
        .where(InvitationLetter.invitation_id == Invitation.id, is_first_hand())
        .correlate(Invitation)
        .scalar_subquery()
    )


def _missed(meeting: Meeting) -> list[Invitation]:
    """Return the invitations with fewer letters than were written, with their organisations."""
    asked = (
        sa.select(Invitation)
        .where(
            Invitation.meeting_id == meeting.id,
            Invitation.letters_due > _number_found(),
            stands(Invitation.organization_id),
        )
        .order_by(Invitation.id)
    )
    return list(db.session.scalars(asked))


def _forget_dangling(invitation_ids: Sequence[int]) -> None:
    """Take away rows that name a letter that is no longer there."""
    db.session.execute(
        sa.delete(InvitationLetter)
        .where(
            InvitationLetter.invitation_id.in_(invitation_ids),
            ~sa.exists().where(OutboxLetter.id == InvitationLetter.letter_id),
        )
        .execution_options(synchronize_session=False)
    )


def _take_up_unnamed(meeting: Meeting, found: Sequence[Invitation]) -> None:
    """Name again the letters that are in the outbox, with the link that they carry."""
    people = reached(found)
    wanted = {
        key(LetterKind.INVITATION.value, one.id, person.address): (one, person)
        for one in found
        for person in people[one.id].letters
    }
    named = sa.exists().where(InvitationLetter.letter_id == OutboxLetter.id)
    asked = sa.select(OutboxLetter.id, OutboxLetter.once, OutboxLetter.links).where(
        OutboxLetter.once.in_(wanted), ~named
    )
    for letter_id, once, carried in db.session.execute(asked).all():
        one, person = wanted[str(once)]
        own = sa.select(PersonalLink.id).where(
            PersonalLink.id.in_(carried.values()),
            PersonalLink.purpose == PURPOSE,
            PersonalLink.subject_id == one.id,
        )
        db.session.add(
            InvitationLetter(
                invitation_id=one.id,
                kind=LetterKind.INVITATION,
                contact_id=person.contact_id,
                letter_id=letter_id,
                link_id=db.session.scalars(own).first(),
            )
        )
    db.session.flush()


def _written_to(invitations: Sequence[Invitation]) -> dict[int, set[str]]:
    rows = db.session.execute(
        sa.select(InvitationLetter.invitation_id, OutboxLetter.to_address)
        .join(OutboxLetter, OutboxLetter.id == InvitationLetter.letter_id)
        .where(
            InvitationLetter.invitation_id.in_([one.id for one in invitations]),
            is_first_hand(),
        )
    )
    known: dict[int, set[str]] = defaultdict(set)
    for invitation_id, address in rows:
        known[invitation_id].add(address)
    return known


def _settle(missed: Sequence[Invitation]) -> int:
    """Write down how many letters there are where the others cannot be written again."""
    known = _written_to(missed)
    given_up = 0
    for one in missed:
        given_up += one.letters_due - len(known[one.id])
        one.letters_due = len(known[one.id])
    db.session.flush()
    return given_up

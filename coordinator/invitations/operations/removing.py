"""An organisation is taken off the list after it was invited, or one of its links is ended."""

from dataclasses import replace

import sqlalchemy as sa
from flask_babel import lazy_gettext as _l
from sqlalchemy.orm import joinedload

from coordinator import clock, links
from coordinator.actors import Actor
from coordinator.audit import operations as audit
from coordinator.errors import RuleBroken
from coordinator.extensions import db
from coordinator.institution import queries as institution
from coordinator.invitations import queries
from coordinator.invitations.emails import Envelope, Writer
from coordinator.invitations.models import Invitation, InvitationLetter, LetterKind
from coordinator.invitations.operations.composing import PURPOSE, Target, write_letters
from coordinator.invitations.operations.holding import lock
from coordinator.invitations.operations.seats import InvitationClosed, move_up
from coordinator.invitations.permissions import closed
from coordinator.invitations.queries.written import asked_elsewhere
from coordinator.links import PersonalLink
from coordinator.meetings.models import Meeting
from coordinator.outbox import operations as outbox
from coordinator.outbox import queries as outbox_queries
from coordinator.outbox.models import WENT_OUT, LetterState, OutboxLetter
from coordinator.registry.queries import Recipient


class LinkEnded(RuleBroken):
    """A link ends once."""

    message = _l("This link has already ended.")


def remove(*, invitation: Invitation, tell: bool, actor: Actor) -> int:
    """Take an organisation off the list for good: links end, what waits does not go out.

    Those whose letter went out are told with `tell`; returns how many are. Places that it held
    go to those who wait for them.
    """
    lock(invitation.meeting)
    db.session.refresh(invitation, with_for_update={"of": Invitation})
    letters = _letters(invitation)
    outbox.cancel([one.letter for one in letters])
    told = _tell(invitation, letters) if tell else 0
    links.revoke(PURPOSE, invitation.id)
    _revoke(_own_links(invitation, letters))
    # The number of a row may come again; a key made of it must not stand in the way then.
    db.session.execute(
        sa.update(OutboxLetter)
        .where(OutboxLetter.id.in_([one.letter_id for one in letters]))
        .values(once=None)
        .execution_options(synchronize_session=False)
    )
    audit.record(
        "invitation.removed",
        invitation,
        actor,
        organization=invitation.name,
        answer=invitation.answer.value,
        people=invitation.people,
        told=told,
    )
    meeting = invitation.meeting
    db.session.delete(invitation)
    db.session.flush()
    move_up(meeting)
    return told


def end_link(*, invitation: Invitation, number: int, actor: Actor) -> None:
    """End one link of the invitation. Raises LinkEnded."""
    lock(invitation.meeting)
    letters = _letters(invitation)
    own = _own_links(invitation, letters)
    link = next((one for one in own if one.id == number), None)
    if link is None or link.revoked_at is not None:
        raise LinkEnded
    link.revoked_at = clock.now()
    outbox.cancel([row.letter for row in letters if row.link_id == number])
    db.session.flush()
    audit.record("invitation.link_ended", invitation, actor)


def renew(*, invitation: Invitation, number: int, actor: Actor) -> str:
    """Send the letter's recipient a new one with a new link; their links so far end.

    Returns the address. Raises InvitationClosed, AddressOnHold, and LinkEnded for a link that was
    renewed already.
    """
    lock(invitation.meeting)
    if why := closed(invitation.meeting):
        raise InvitationClosed(why)
    letters = _letters(invitation)
    one = next((row for row in letters if row.link_id == number), None)
    if one is None:
        raise LinkEnded
    address = one.letter.to_address
    if outbox_queries.held([address]):
        raise outbox.AddressOnHold(address)
    theirs = [row for row in letters if row.letter.to_address == address]
    own = [row.link for row in theirs if row.link is not None]
    newest = max(own, key=lambda link: link.id)
    ended = next(link for link in own if link.id == number).revoked_at is not None
    if ended and newest.revoked_at is None:
        raise LinkEnded
    _revoke(own)
    outbox.cancel([row.letter for row in theirs])
    recipient = Recipient(one.letter.to_name, address, one.letter.language, one.contact_id)
    target = Target(invitation, recipient, handover_id=one.handover_id)
    write_letters(LetterKind.INVITATION, invitation.meeting, [target], f"l{newest.id}")
    audit.record("invitation.link_renewed", invitation, actor)
    return address


def _letters(invitation: Invitation) -> list[InvitationLetter]:
    asked = (
        sa.select(InvitationLetter)
        .where(InvitationLetter.invitation_id == invitation.id)
        .options(joinedload(InvitationLetter.letter), joinedload(InvitationLetter.link))
        .order_by(InvitationLetter.id)
        .execution_options(populate_existing=True)
    )
    return list(db.session.scalars(asked))


def _tell(invitation: Invitation, letters: list[InvitationLetter]) -> int:
    """Write to those whose letter went out that they are no longer expected.

    The meeting stays in the calendar of whoever was asked to it for another organisation as well.
    """
    meeting: Meeting = invitation.meeting
    states = _states(letters)
    went: dict[str, InvitationLetter] = {}
    for one in letters:
        if states[one.letter_id] in WENT_OUT:
            went.setdefault(one.letter.to_address, one)
    writer = Writer(meeting, institution.current())
    elsewhere = asked_elsewhere(invitation)
    written = []
    for address, one in went.items():
        is_off = address.lower() not in elsewhere
        letter = writer.write(
            LetterKind.WITHDRAWAL,
            Envelope(
                recipient=Recipient(
                    one.letter.to_name, address, one.letter.language, one.contact_id
                ),
                organization_name=invitation.organization.name,
                url="",
                organizer_code=queries.first_code(meeting.id, address),
                more={"off": is_off},
            ),
        )
        written.append(letter if is_off else replace(letter, calendar=None, calendar_method=None))
    return len(outbox.queue_all(written))


def _states(letters: list[InvitationLetter]) -> dict[int, LetterState]:
    """Read the states anew: the worker may have taken a letter before it was called back."""
    asked = sa.select(OutboxLetter.id, OutboxLetter.state).where(
        OutboxLetter.id.in_([one.letter_id for one in letters])
    )
    return {row.id: row.state for row in db.session.execute(asked)}


def _own_links(invitation: Invitation, letters: list[InvitationLetter]) -> list[PersonalLink]:
    """Return the links of letters and of paper; some began with a record merged into this one."""
    found = [one.link for one in letters] + [one.link for one in invitation.addressees]
    return list(dict.fromkeys(link for link in found if link is not None))


def _revoke(own: list[PersonalLink]) -> None:
    for link in own:
        link.revoked_at = link.revoked_at or clock.now()

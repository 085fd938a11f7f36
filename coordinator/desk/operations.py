"""What is done at the desk: a call noted, a text made ready, and said to be sent."""

import sqlalchemy as sa
from flask_babel import LazyString, force_locale
from flask_babel import lazy_gettext as _l

from coordinator import clock, links
from coordinator.actors import Actor
from coordinator.audit import operations as audit
from coordinator.desk.untold import TAKEN_BACK, TOLD, told_of
from coordinator.errors import RuleBroken
from coordinator.extensions import db
from coordinator.history import operations as history
from coordinator.history.models import Encounter, EncounterKind
from coordinator.history.queries import encounter as find_encounter
from coordinator.invitations.models import Addressee, Invitation
from coordinator.invitations.operations import InvitationClosed, hold
from coordinator.invitations.operations.composing import OPEN_AFTER, PURPOSE
from coordinator.invitations.permissions import closed
from coordinator.registry.models import Channel, Contact
from coordinator.states import Shown

TEXTS = (Channel.PHONE, Channel.WHATSAPP)
"""Ways that a text of the desk makes one of its own, once it is sent."""


class Outcome(Shown):
    """How a call ended that brought no answer; the words go into the history."""

    NOBODY = "nobody", _l("Nobody answered")
    CALL_BACK = "call_back", _l("They will call back")
    TEXTED = "texted", _l("The text was sent")
    TOLD = "told", _l("They were told")


class NotTold(RuleBroken):
    """Only what was noted is taken back."""

    message = _l("This was taken back already, or the meeting has changed again.")


def note_call(
    *, invitation: Invitation, contact: Contact | None, outcome: Outcome, actor: Actor
) -> Encounter:
    """Write into the organisation's history that somebody was tried, and how it ended.

    Who was told how the meeting stands now does not have to be called about it any more.
    """
    kind = EncounterKind.MESSAGE if outcome is Outcome.TEXTED else EncounterKind.CALL
    encounter = history.write_down(
        organization=invitation.organization,
        actor=actor,
        kind=kind,
        happened_at=clock.now(),
        contact=contact,
        text=_in_turkish(outcome.word, invitation.meeting.title),
        about=invitation.meeting.public_id,
    )
    addressee = _addressee(invitation, contact)
    if outcome is Outcome.TEXTED and addressee and addressee.channel in TEXTS:
        addressee.channel = Channel.WHATSAPP
        addressee.done_at, addressee.done_by = clock.now(), actor.name[:200]
    if outcome is Outcome.TOLD:
        audit.record(
            TOLD,
            invitation,
            actor,
            contact=contact.full_name if contact else "",
            call=encounter.public_id,
        )
    return encounter


def take_back_told(*, invitation: Invitation, actor: Actor) -> None:
    """Say that an organisation was not told after all; raises NotTold.

    The history keeps what was written and gets a line that it was not so; the call is no try.
    """
    hold(invitation.meeting)
    db.session.refresh(invitation, ["version"], with_for_update=True)
    told = told_of(invitation)
    if told is None:
        raise NotTold
    call = find_encounter(invitation.organization, told.call)
    if call is not None:
        call.about = ""
    history.write_down(
        organization=invitation.organization,
        actor=actor,
        kind=EncounterKind.NOTE,
        happened_at=clock.now(),
        contact=call.contact if call else None,
        text=_in_turkish(_l("They were not told; taken back"), invitation.meeting.title),
    )
    audit.record(TAKEN_BACK, invitation, actor, contact=told.contact)


def prepare_text(*, invitation: Invitation, contact: Contact | None, actor: Actor) -> Addressee:
    """Make the personal link of a text that staff send themselves; the one that opens stays.

    Whom it is for stays somebody to be called, until staff say that they sent it.

    Raises InvitationClosed when it is too late to answer.
    """
    hold(invitation.meeting)
    db.session.refresh(invitation, ["version"], with_for_update=True)
    if why := closed(invitation.meeting):
        raise InvitationClosed(why)
    addressee = _addressee(invitation, contact)
    if addressee is None:
        addressee = Addressee(invitation=invitation, contact=contact, channel=Channel.PHONE)
        db.session.add(addressee)
    if addressee.link is None or not links.is_open(addressee.link):
        until = invitation.meeting.ends_at + OPEN_AFTER
        addressee.link = links.issue(PURPOSE, invitation.id, until)
        audit.record(
            "invitation.text_prepared",
            invitation,
            actor,
            contact=contact.full_name if contact else "",
        )
    db.session.flush()
    return addressee


def _addressee(invitation: Invitation, contact: Contact | None) -> Addressee | None:
    return db.session.scalar(
        sa.select(Addressee)
        .where(
            Addressee.invitation_id == invitation.id,
            Addressee.contact_id == (contact.id if contact else None),
        )
        .order_by(Addressee.id)
        .limit(1)
    )


def _in_turkish(word: LazyString | str, title: str) -> str:
    """The history is read in Turkish, whoever wrote it."""
    with force_locale("tr"):
        return f"{word}: {title}"

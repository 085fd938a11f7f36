"""What staff do with a message: enter its answer, clear an address, write to somebody else."""

from flask_babel import lazy_gettext as _l

from coordinator.actors import Actor
from coordinator.audit import operations as audit
from coordinator.errors import RuleBroken
from coordinator.extensions import db
from coordinator.inbox import operations as inbox
from coordinator.inbox.models import InboxMessage
from coordinator.invitations.models import AnsweredVia, Invitation, LetterKind
from coordinator.invitations.operations import (
    InvitationClosed,
    Reply,
    Source,
    answer_invitation,
    read_anew,
)
from coordinator.invitations.operations.composing import Target, write_letters
from coordinator.invitations.operations.holding import lock
from coordinator.invitations.permissions import closed
from coordinator.outbox import operations as outbox
from coordinator.outbox import queries as letters
from coordinator.registry.models import Contact
from coordinator.registry.queries import Recipient
from coordinator.replies import queries

ENTERED = "entered"


class NoMailThere(RuleBroken):
    """There is nobody at that address, or nobody any more."""

    message = _l("No letter can go to this contact: there is no address, or it is on hold.")


class WrittenAlready(RuleBroken):
    """Nobody gets the same invitation twice."""

    message = _l("This contact has had the invitation already.")


def enter_answer(
    *,
    message: InboxMessage,
    invitation: Invitation,
    reply: Reply,
    opened_version: int | None,
    actor: Actor,
) -> None:
    """Keep what somebody wrote as the organisation's answer; the message then is dealt with.

    Raises what `answer_invitation` raises.
    """
    answer_invitation(
        invitation=invitation,
        reply=reply,
        source=Source(AnsweredVia.MAIL),
        opened_version=opened_version,
        actor=actor,
    )
    if message.letter_id is None:
        message.letter = queries.letter_for(invitation, message.sender_address)
    message.outcome = ENTERED
    message.details = {
        **message.details,
        "kept": invitation.answer.value,
        "people": invitation.people,
        "invitation": invitation.public_id,
    }
    inbox.mark_seen(message, actor)


def clear_hold(*, address: str, again: bool, actor: Actor) -> int:
    """Let letters go to the address again, and with `again` those that waited; return how many.

    Raises outbox.operations.NotOnHold.
    """
    outbox.release(address, actor=actor)
    return outbox.resend_kept_back(address, actor) if again else 0


def send_to(*, invitation: Invitation, contact: Contact, actor: Actor) -> None:
    """Send the invitation to another contact of the organisation, with a link of their own.

    Raises InvitationClosed, NoMailThere, WrittenAlready.
    """
    lock(invitation.meeting)
    read_anew(invitation)
    if why := closed(invitation.meeting):
        raise InvitationClosed(why)
    now = db.session.get(Contact, contact.id, populate_existing=True)
    if now is None or now.organization_id != invitation.organization_id or not now.is_active:
        raise NoMailThere
    if not now.email or letters.held([now.email]):
        raise NoMailThere
    recipient = Recipient(now.full_name, now.email, now.preferred_language, now.id)
    target = Target(invitation, recipient)
    if not write_letters(LetterKind.INVITATION, invitation.meeting, [target]):
        raise WrittenAlready
    audit.record("invitation.sent_to_another", invitation, actor, to=now.full_name)

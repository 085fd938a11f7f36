"""Handing an invitation to a colleague or deputy, who gets a letter and a link of their own."""

from flask_babel import lazy_gettext as _l

from coordinator.actors import Actor
from coordinator.audit import operations as audit
from coordinator.errors import RuleBroken
from coordinator.invitations import queries
from coordinator.invitations.models import Invitation, LetterKind
from coordinator.invitations.operations.answering import read_anew
from coordinator.invitations.operations.composing import Target, write_letters
from coordinator.invitations.operations.holding import lock
from coordinator.invitations.operations.receipts import Receipt
from coordinator.invitations.operations.seats import InvitationClosed
from coordinator.invitations.permissions import closed
from coordinator.outbox import queries as outbox
from coordinator.registry.queries import Recipient
from coordinator.wording import one_line

MOST = 3
"""How many people an invitation is handed to."""


class HandedOverOften(RuleBroken):
    """An invitation goes to a few people, not round the town."""

    message = _l("The invitation was handed over three times already. Call us if you need more.")


class HandedToOneself(RuleBroken):
    """The giver has a letter already."""

    message = _l("This is your own address. Write the address of the person who takes over.")


class HandedAlready(RuleBroken):
    """The address has that letter."""

    message = _l("You have handed it over to this address already.")


class AddressComesBack(RuleBroken):
    """No letter goes to an address on hold."""

    message = _l("Letters to this address came back to us. Write another one.")


def hand_over(*, invitation: Invitation, to: Recipient, giver: Receipt, actor: Actor) -> None:
    """Write to `to` in the name of the giver.

    The giver keeps the own link, and is told of answers that come through the new one. Raises
    InvitationClosed, HandedToOneself, AddressComesBack, HandedAlready, HandedOverOften.
    """
    lock(invitation.meeting)
    read_anew(invitation)
    if why := closed(invitation.meeting):
        raise InvitationClosed(why)
    if to.address.lower() == giver.recipient.address.lower():
        raise HandedToOneself(field="address")
    if outbox.held([to.address]):
        raise AddressComesBack(field="address")
    given = queries.handovers(invitation.id)
    if to.address.lower() in (one.letter.to_address.lower() for one in given):
        raise HandedAlready(field="address")
    if len(given) >= MOST:
        raise HandedOverOften
    target = Target(
        invitation,
        to,
        {"giver": one_line(giver.recipient.name)},
        handover_id=queries.letter_held_by(invitation.id, giver.recipient.address, giver.link),
    )
    if not write_letters(LetterKind.HANDOVER, invitation.meeting, [target]):
        raise HandedAlready(field="address")
    audit.record("invitation.handed_over", invitation, actor)

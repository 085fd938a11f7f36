"""Services for the meeting of the invented city, in every state that they can be in."""

from dataclasses import dataclass, replace

import sqlalchemy as sa

from coordinator.accounts.models import User
from coordinator.actors import Actor
from coordinator.bookings import operations
from coordinator.bookings.models import BookingState
from coordinator.bookings.operations import Order
from coordinator.extensions import db
from coordinator.invitations.models import AccessNeed, AnsweredVia, Invitation
from coordinator.invitations.operations import Reply, Source, answer_invitation
from coordinator.meetings.models import Meeting


@dataclass(frozen=True)
class Decided:
    """What the branch decided about a service."""

    need: AccessNeed
    state: BookingState
    quantity: int | None = None
    note: str = ""


DECIDED = (
    Decided(AccessNeed.SIGN_LANGUAGE, BookingState.CONFIRMED, 2, "İki çevirmen, dönüşümlü"),
    Decided(AccessNeed.CHILDCARE, BookingState.ORDERED, 1, "Oyun ablası, salonun yan odası"),
    Decided(AccessNeed.TRANSPORT, BookingState.TO_ORDER, None, "Servis birimine sorulacak"),
    Decided(AccessNeed.WHEELCHAIR, BookingState.NOT_NEEDED, None, "Salonda rampa ve asansör var"),
    Decided(AccessNeed.CAPTIONS, BookingState.ORDERED, 1),
)
CHILDREN = 3


def order_services(meeting: Meeting, responsible: User, actor: Actor) -> None:
    """Decide about the services; afterwards one organisation asks for more than was ordered."""
    for one in DECIDED:
        order = Order(one.state, one.quantity, responsible, note=one.note)
        operations.keep(meeting, one.need, order, version=None, actor=actor)
    _ask_for_more(meeting)


def _ask_for_more(meeting: Meeting) -> None:
    invitations = db.session.scalars(
        sa.select(Invitation).where(Invitation.meeting_id == meeting.id).order_by(Invitation.id)
    )
    for invitation in invitations:
        if AccessNeed.CHILDCARE.value in invitation.access_needs:
            said = Reply.standing(invitation, invitation.answer)
            answer_invitation(
                invitation=invitation,
                reply=replace(
                    said,
                    needs_note="4, 6 ve 9 yaşında",
                    need_numbers={AccessNeed.CHILDCARE.value: CHILDREN},
                ),
                source=Source(via=AnsweredVia.LINK),
                opened_version=invitation.version,
                actor=Actor.link(invitation.answered_by),
            )
            return

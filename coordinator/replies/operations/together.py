"""One address asked for several organisations: for which of them a calendar's answer counts.

A meeting is one event in a calendar, whatever number of letters brought it, and an attendee has
one answer to an event (RFC 5546, 3.2.3). So the answer counts for each organisation that this
person was asked for and that nobody has answered for in another way.
"""

from coordinator.invitations.models import (
    AnsweredVia,
    Invitation,
    InvitationLetter,
    RsvpAnswer,
)
from coordinator.replies import queries
from coordinator.replies.queries import Asked
from coordinator.wording import one_line

Place = tuple[InvitationLetter, Asked]
"""By which letter an organisation was asked, and who of it answers."""


def places_of(own: InvitationLetter, by: Asked, answer: RsvpAnswer) -> list[Place]:
    """Return what a person's calendar answers, the invitation that it names first.

    Whoever said otherwise for that one, on its page, means the others; but who cannot come
    cannot come for any.
    """
    address = by.recipient.address.lower()
    others: list[Place] = []
    for one in queries.letters_at(own.invitation.meeting.public_id, address):
        if one.invitation_id != own.invitation_id:
            also = queries.asked_of(one.invitation).get(address)
            if also is not None and _is_open_to(one.invitation, also, answer):
                others.append((one, also))
    is_own = answer is RsvpAnswer.NO or _is_open_to(own.invitation, by, answer)
    return [(own, by), *others] if is_own or not others else others


def _is_open_to(invitation: Invitation, by: Asked, answer: RsvpAnswer) -> bool:
    """Has nobody answered, or this person: by calendar, or that they come and now cannot?"""
    if invitation.answer is RsvpAnswer.NONE:
        return True
    is_theirs = invitation.answered_by == one_line(by.recipient.name)[:200]
    by_calendar = invitation.answered_via is AnsweredVia.CALENDAR
    return is_theirs and (by_calendar or answer is RsvpAnswer.NO)

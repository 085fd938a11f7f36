"""What is said of places: before somebody answers for an organisation, and after it."""

from flask_babel import gettext as _

from coordinator.invitations import queries
from coordinator.invitations.models import WANTING, Invitation
from coordinator.invitations.permissions import called_off


def no_place_for(invitation: Invitation) -> bool:
    """Is no place left for an organisation that has none and does not wait for one?"""
    if invitation.answer in WANTING or called_off(invitation.meeting):
        return False
    return queries.free_seats(invitation.meeting) == 0


def kept_by_staff(invitation: Invitation) -> tuple[str, str]:
    """Say to staff that the answer is kept, and where they have to tell that it is no place yet."""
    said = _("The answer of %(name)s is kept.", name=invitation.name)
    place = queries.place_in_queue(invitation)
    if not place:
        return said, "success"
    turn = _("They are on the waiting list, number %(place)s in the queue. Tell them.", place=place)
    return f"{said} {turn}", "warning"

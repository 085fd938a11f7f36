"""What this package puts into pages of lower floors."""

from typing import Any

from flask_babel import lazy_gettext as _l
from flask_login import current_user

from coordinator.invitations.models import Invitation
from coordinator.invitations.parts import Part
from coordinator.registry import permissions as registry
from coordinator.registry.models import Organization
from coordinator.registry.sections import Section
from coordinator.replies import queries
from coordinator.replies.outcomes import sentence
from coordinator.replies.permissions import may_clear


def load_held(organization: Organization) -> dict[str, Any] | None:
    """Return the organisation's addresses from which letters came back; None without any."""
    found = queries.held_of(organization)
    if not found:
        return None
    return {
        "held": found,
        "may_edit": registry.can_edit(current_user, organization),
        "clearable": [one for one in found if may_clear(current_user, one)],
    }


def load_messages(invitation: Invitation) -> dict[str, Any] | None:
    """Return what arrived about the invitation; None if nothing did."""
    found = queries.of_invitation(invitation.id)
    return {"messages": found, "sentence": sentence} if found else None


HELD = Section(order=5, title=_l("Letters came back"), template="replies/held.html", load=load_held)
MESSAGES = Part(
    order=60, title=_l("What arrived"), template="replies/part.html", load=load_messages
)

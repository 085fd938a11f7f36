"""One organisation's invitation: what was sent, through which links it is answered, what came."""

from typing import Any

from flask import render_template
from flask_login import current_user

from coordinator.access import READERS, WRITERS, requires
from coordinator.invitations import parts
from coordinator.invitations.blueprint import blueprint
from coordinator.invitations.views.loading import invitation_or_404, meeting_or_404


@blueprint.get("/toplantilar/<public_id>/davetliler/<invitation_id>")
@requires(READERS)
def invitation(public_id: str, invitation_id: str) -> Any:
    meeting = meeting_or_404(public_id)
    one = invitation_or_404(invitation_id, meeting)
    return render_template(
        "invitations/invitation.html",
        meeting=meeting,
        invitation=one,
        parts=parts.shown(one),
        may_write=current_user.role in WRITERS,
    )

"""Who will be asked: chosen first, written to afterwards."""

from collections.abc import Collection, Iterable

import sqlalchemy as sa
from flask_babel import lazy_gettext as _l

from coordinator.actors import Actor
from coordinator.audit import operations as audit
from coordinator.errors import RuleBroken
from coordinator.extensions import db
from coordinator.invitations import queries
from coordinator.invitations.models import Invitation
from coordinator.meetings.models import Meeting
from coordinator.registry.models import Organization


class AlreadySent(RuleBroken):
    """An invitation that went out stays on the list."""

    message = _l("This invitation has already gone out, so it stays on the list.")


def lock(meeting: Meeting) -> None:
    """Let one list of invitations of a meeting be made at a time, and read the meeting anew."""
    db.session.flush()
    db.session.scalars(
        sa.select(Meeting)
        .where(Meeting.id == meeting.id)
        .with_for_update(of=Meeting)
        .execution_options(populate_existing=True)
    ).one()


def choose(*, meeting: Meeting, organizations: Iterable[Organization], actor: Actor) -> int:
    """Put organisations on the meeting's list, each once; return how many are new there."""
    lock(meeting)
    known = queries.invited_ids(meeting.id)
    new = {one.id for one in organizations} - known.keys()
    add_chosen(meeting, new)
    if new:
        audit.record("invitations.chosen", meeting, actor, organizations=len(new))
    return len(new)


def add_chosen(meeting: Meeting, organization_ids: Collection[int]) -> None:
    """Add the rows of organisations that are known not to be on the list, in one statement."""
    rows = [
        {"meeting_id": meeting.id, "organization_id": organization_id}
        for organization_id in sorted(organization_ids)
    ]
    if rows:
        db.session.execute(sa.insert(Invitation), rows)


def drop(*, invitation: Invitation, actor: Actor) -> None:
    """Take an organisation off the list again while it was only chosen."""
    db.session.refresh(invitation, with_for_update={"of": Invitation})
    if invitation.invited_at is not None:
        raise AlreadySent
    audit.record("invitation.dropped", invitation, actor)
    db.session.delete(invitation)
    db.session.flush()

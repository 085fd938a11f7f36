"""Who will be asked: chosen first, written to afterwards."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

import sqlalchemy as sa
from flask_babel import lazy_gettext as _l

from coordinator.actors import Actor
from coordinator.audit import operations as audit
from coordinator.errors import RuleBroken
from coordinator.extensions import db
from coordinator.invitations import queries
from coordinator.invitations.models import Addressee, Invitation, ListKind
from coordinator.invitations.operations.holding import lock
from coordinator.meetings.models import Meeting
from coordinator.registry.models import Channel, Organization
from coordinator.wording import one_line


class AlreadySent(RuleBroken):
    """An invitation that went out stays on the list."""

    message = _l("This invitation has already gone out, so it stays on the list.")


@dataclass(frozen=True)
class Choice:
    """By which choice organisations come to the list, and where they stand in the distribution."""

    source: str = ""
    list_kind: ListKind = ListKind.ACTION
    channel: Channel | None = None
    """In what way the organisations themselves are asked; None: as each is reached."""


def choose(
    *,
    meeting: Meeting,
    organizations: Iterable[Organization],
    actor: Actor,
    choice: Choice = Choice(),
) -> int:
    """Put organisations on the meeting's list, each once; return how many are new there."""
    lock(meeting)
    known = queries.invited_ids(meeting.id)
    new = {one.id for one in organizations} - known.keys()
    add_chosen(meeting, new, choice)
    if new:
        audit.record(
            "invitations.chosen", meeting, actor, organizations=len(new), source=choice.source
        )
    return len(new)


def add_chosen(
    meeting: Meeting,
    organization_ids: Collection[int],
    choice: Choice = Choice(),
) -> None:
    """Add the rows of organisations that are known not to be on the list, in one statement."""
    rows = [
        {
            "meeting_id": meeting.id,
            "organization_id": organization_id,
            "source": one_line(choice.source)[:200],
            "list_kind": choice.list_kind,
        }
        for organization_id in sorted(organization_ids)
    ]
    if rows:
        db.session.execute(sa.insert(Invitation), rows)
    if rows and choice.channel is not None:
        _ask_by(meeting, set(organization_ids), choice.channel)


def _ask_by(meeting: Meeting, organization_ids: Collection[int], channel: Channel) -> None:
    asked = sa.select(Invitation.id, Invitation.organization_id).where(
        Invitation.meeting_id == meeting.id, Invitation.invited_at.is_(None)
    )
    ways = [
        {"invitation_id": invitation_id, "channel": channel}
        for invitation_id, organization_id in db.session.execute(asked)
        if organization_id in organization_ids
    ]
    db.session.execute(sa.insert(Addressee), ways)


def drop(*, invitation: Invitation, actor: Actor) -> None:
    """Take an organisation off the list again while it was only chosen."""
    lock(invitation.meeting)
    db.session.refresh(invitation, with_for_update={"of": Invitation})
    if invitation.invited_at is not None:
        raise AlreadySent
    audit.record("invitation.dropped", invitation, actor)
    db.session.delete(invitation)
    db.session.flush()

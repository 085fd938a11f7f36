"""Plan a meeting and change it."""

from dataclasses import fields
from typing import Any

from flask_babel import lazy_gettext as _l

from coordinator.accounts.models import User
from coordinator.actors import Actor
from coordinator.audit import operations as audit
from coordinator.errors import RuleBroken
from coordinator.extensions import db
from coordinator.forms import claim
from coordinator.meetings.models import STANDING, AgendaItem, Meeting, MeetingStatus
from coordinator.meetings.plans import MeetingPlan, faults
from coordinator.meetings.signals import meeting_changed, seats_changed

COLUMNS = tuple(one.name for one in fields(MeetingPlan) if one.name not in {"agenda", "window"})
MOVING = frozenset({"starts_at", "ends_at", "mode", "place", "address", "online_url"})
"""Columns whose change people must hear of, and their calendars as well."""
SEATING = frozenset({"capacity", "max_per_org", "mode"})
"""Columns that say who finds a seat."""


class PlanRefused(RuleBroken):
    """The plan is against a rule; message and field say which."""


class MeetingIsOver(RuleBroken):
    """What is cancelled or closed is not changed any more."""

    message = _l("This meeting was cancelled or its minutes are final; it cannot be changed.")


def plan_meeting(plan: MeetingPlan, *, actor: Actor, owner: User | None = None) -> Meeting:
    """Plan a meeting."""
    _check(plan)
    meeting = Meeting(**_columns(plan), window=plan.window, owner=owner)
    meeting.agenda = _agenda(plan)
    db.session.add(meeting)
    db.session.flush()
    audit.record("meeting.planned", meeting, actor, starts_at=plan.starts_at.isoformat())
    return meeting


def edit_meeting(
    meeting: Meeting, plan: MeetingPlan, *, version: int | None, actor: Actor
) -> frozenset[str]:
    """Change a meeting; return the columns that changed.

    When time or place moved while the meeting stands, calendars get a new sequence number and
    the floors above hear of it; they hear as well when there are more seats, or fewer.
    """
    claim(meeting, version)
    if meeting.status in {MeetingStatus.CANCELLED, MeetingStatus.CLOSED}:
        raise MeetingIsOver
    _check(plan)
    wanted = _columns(plan)
    before = {name: getattr(meeting, name) for name in COLUMNS}
    changed = frozenset(name for name in COLUMNS if before[name] != wanted[name])
    for name in changed:
        setattr(meeting, name, wanted[name])
    meeting.window = plan.window
    if tuple(item.title for item in meeting.agenda) != plan.agenda:
        meeting.agenda = _agenda(plan)
    moved = changed & MOVING if meeting.status in STANDING else frozenset()
    if moved:
        meeting.calendar_sequence += 1
    db.session.flush()
    details = {name: str(before[name]) for name in sorted(changed)}
    audit.record("meeting.edited", meeting, actor, before=details)
    if moved:
        meeting_changed.send(meeting, changed=moved, actor=actor)
    if changed & SEATING and meeting.status in STANDING:
        seats_changed.send(meeting, actor=actor)
    return changed


def _check(plan: MeetingPlan) -> None:
    for field, message in faults(plan):
        raise PlanRefused(message, field)


def _columns(plan: MeetingPlan) -> dict[str, Any]:
    return {name: getattr(plan, name) for name in COLUMNS}


def _agenda(plan: MeetingPlan) -> list[AgendaItem]:
    return [AgendaItem(order_no=number, title=title) for number, title in enumerate(plan.agenda, 1)]

"""Makes the invented activities, with their partners and tasks."""

from datetime import datetime, time, timedelta

import sqlalchemy as sa

from coordinator import clock
from coordinator.activities.models import ActivityStatus, JointActivity
from coordinator.activities.operations import activities, partners, tasks
from coordinator.actors import Actor
from coordinator.days.models import DayWindow
from coordinator.demo import calendar, story
from coordinator.extensions import db
from coordinator.proposals.models import Proposal
from coordinator.registry.models import District, Organization


def make_activities(
    window: DayWindow, when: calendar.Dates, by_name: dict[str, Organization], actor: Actor
) -> None:
    """Make every happening of the story."""
    for happening in story.HAPPENINGS:
        activity = _make(window, when, happening, by_name, actor)
        for name, role in happening.partners:
            partners.add(
                activity, organization=by_name[name], role=role, contribution="", actor=actor
            )
        if happening.task:
            tasks.add(
                activity,
                assignment=tasks.Assignment(
                    title=happening.task,
                    responsible_org=by_name.get(happening.lead or ""),
                    responsible_name="" if happening.lead else "Basın birimi",
                    due_on=clock.today() + timedelta(days=2),
                ),
                actor=actor,
            )
        if happening.public:
            activities.move(
                activity, to=ActivityStatus.APPROVED, version=activity.version, actor=actor
            )


def _make(
    window: DayWindow,
    when: calendar.Dates,
    happening: story.Happening,
    by_name: dict[str, Organization],
    actor: Actor,
) -> JointActivity:
    day = when.day + timedelta(days=happening.days_after)

    def at(hour: int) -> datetime:
        return clock.at(day, time(hour))

    facts = activities.Facts(
        title=happening.title,
        activity_type=happening.kind,
        summary=happening.summary,
        starts_at=at(happening.hours[0]),
        ends_at=at(happening.hours[1]),
        place=happening.place,
        district=db.session.scalar(sa.select(District).filter_by(name=happening.district)),
        access_services=list(happening.services),
        lead=by_name.get(happening.lead or ""),
        is_public=happening.public,
    )
    proposal = db.session.scalar(sa.select(Proposal).filter_by(title=happening.idea))
    return activities.create(window=window, facts=facts, proposal=proposal, actor=actor)

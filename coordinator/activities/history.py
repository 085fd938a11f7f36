"""Joint activities and promises in an organisation's history."""

import sqlalchemy as sa
from flask import Flask, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy.orm import joinedload

from coordinator.activities.models import (
    ActivityPartner,
    ActivityTask,
    JointActivity,
    TaskStatus,
)
from coordinator.extensions import db
from coordinator.history import sources
from coordinator.history.sources import Event, Source
from coordinator.i18n import day
from coordinator.registry.models import Organization

ACTIVITY, TASK = "activity", "task"


def init_app(app: Flask) -> None:
    sources.add(app, Source(ACTIVITY, _l("Joint activities"), activities))
    sources.add(app, Source(TASK, _l("Promises"), tasks))


def activities(organization: Organization, most: int) -> list[Event]:
    """Return the activities that an organisation leads or takes part in."""
    led = db.session.scalars(
        sa.select(JointActivity)
        .where(JointActivity.lead_id == organization.id)
        .order_by(JointActivity.created_at.desc(), JointActivity.id.desc())
        .limit(most)
    )
    joined = db.session.scalars(
        sa.select(ActivityPartner)
        .where(ActivityPartner.organization_id == organization.id)
        .options(joinedload(ActivityPartner.activity))
        .order_by(ActivityPartner.created_at.desc(), ActivityPartner.id.desc())
        .limit(most)
    )
    return [
        *(_event(one, _("Leads: %(title)s", title=one.title), one) for one in led),
        *(
            _event(
                one.activity,
                _("%(role)s: %(title)s", role=one.role.word, title=one.activity.title),
                one,
                one.contribution,
            )
            for one in joined
        ),
    ]


def _event(
    activity: JointActivity, title: str, since: JointActivity | ActivityPartner, text: str = ""
) -> Event:
    return Event(
        at=since.created_at,
        kind=ACTIVITY,
        title=title,
        text=text,
        url=url_for("activities.show", public_id=activity.public_id),
        shape=activity.status.shape,
        tone=activity.status.tone,
    )


def tasks(organization: Organization, most: int) -> list[Event]:
    """Return what an organisation promised to do, and whether it was done."""
    found = db.session.scalars(
        sa.select(ActivityTask)
        .where(ActivityTask.responsible_org_id == organization.id)
        .options(joinedload(ActivityTask.activity))
        .order_by(
            sa.func.coalesce(ActivityTask.done_at, ActivityTask.created_at).desc(),
            ActivityTask.id.desc(),
        )
        .limit(most)
    )
    return [_task(one) for one in found]


def _task(one: ActivityTask) -> Event:
    text = one.activity.title
    if one.status is not TaskStatus.DONE and one.due_on:
        text = _("%(activity)s, until %(day)s", activity=text, day=day(one.due_on))
    late = one.is_late
    return Event(
        at=one.done_at or one.created_at,
        kind=TASK,
        title=_("Overdue: %(task)s", task=one.title)
        if late
        else _("%(status)s: %(task)s", status=one.status.word, task=one.title),
        text=text,
        url=url_for("activities.show", public_id=one.activity.public_id, _anchor="isler"),
        shape="triangle" if late else one.status.shape,
        tone="red" if late else one.status.tone,
        who=one.responsible_name,
    )

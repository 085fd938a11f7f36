"""Reads of activities, their partners and their tasks."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, time, timedelta
from typing import Any

import sqlalchemy as sa
from flask_sqlalchemy.pagination import Pagination
from sqlalchemy.orm import joinedload, selectinload
from sqlalchemy.orm.interfaces import LoaderOption

from coordinator import clock, turkish
from coordinator.activities.models import (
    OPEN_TASKS,
    ActivityPartner,
    ActivityStatus,
    ActivityTask,
    JointActivity,
)
from coordinator.days.models import DayWindow
from coordinator.extensions import db

PER_PAGE = 50
LAST_PAGE = 100_000


@dataclass(frozen=True)
class Counts:
    """What was done together in one window."""

    activities: int = 0
    done: int = 0
    reached: int = 0


@dataclass(frozen=True)
class Filters:
    """What a list of activities is narrowed to."""

    window: str = ""
    status: ActivityStatus | None = None
    on: date | None = None
    words: str = ""
    own: bool = False

    @property
    def any(self) -> bool:
        return bool(self.window or self.status or self.on or self.words or self.own)


def whole() -> tuple[LoaderOption, ...]:
    """Load an activity with everything its page names: two statements more, however many."""
    return (
        joinedload(JointActivity.window).joinedload(DayWindow.special_day),
        joinedload(JointActivity.lead),
        joinedload(JointActivity.district),
        selectinload(JointActivity.partners).joinedload(ActivityPartner.organization),
        selectinload(JointActivity.tasks).joinedload(ActivityTask.responsible_org),
    )


def in_time() -> tuple[Any, ...]:
    """Order by the hour; activities without one come last."""
    return (JointActivity.starts_at.is_(None), JointActivity.starts_at, JointActivity.id)


def soonest_first() -> tuple[Any, ...]:
    """Order what comes by its hour, then what has none, then what is past, backwards."""
    past = sa.and_(
        JointActivity.starts_at.is_not(None),
        JointActivity.starts_at < clock.at(clock.today(), time(0)),
    )
    return (
        sa.case((past, 2), (JointActivity.starts_at.is_(None), 1), else_=0),
        sa.case((past, None), else_=JointActivity.starts_at),
        JointActivity.starts_at.desc(),
        JointActivity.id,
    )


def public_only() -> sa.ColumnElement[bool]:
    """The activities that everybody may read."""
    return sa.and_(
        JointActivity.is_public,
        JointActivity.starts_at.is_not(None),
        JointActivity.status != ActivityStatus.CANCELLED,
    )


def addresses_something(public_id: str) -> bool:
    """PostgreSQL refuses to be asked for some texts that can stand in an address."""
    return public_id.isascii() and public_id.isalnum()


def find(public_id: str) -> JointActivity | None:
    """Return the activity with all that belongs to it."""
    if not addresses_something(public_id):
        return None
    return db.session.scalar(
        sa.select(JointActivity).where(JointActivity.public_id == public_id).options(*whole())
    )


def find_task(public_id: str) -> ActivityTask | None:
    """Return the task with its activity."""
    if not addresses_something(public_id):
        return None
    return db.session.scalar(
        sa.select(ActivityTask)
        .where(ActivityTask.public_id == public_id)
        .options(joinedload(ActivityTask.activity))
    )


def of_proposal(proposal_id: int) -> JointActivity | None:
    """Return the activity that a proposal became."""
    return db.session.scalar(
        sa.select(JointActivity).where(JointActivity.proposal_id == proposal_id).options(*whole())
    )


def of_window(window_id: int) -> Sequence[JointActivity]:
    """Return the activities of a window in the order of their hours."""
    return db.session.scalars(
        sa.select(JointActivity)
        .where(JointActivity.window_id == window_id)
        .options(*whole())
        .order_by(*in_time())
    ).all()


def taking_part(organization_ids: Collection[int]) -> sa.ColumnElement[bool]:
    """The activities that one of the organisations leads, joins, or does something for."""
    partner = sa.select(ActivityPartner.activity_id).where(
        ActivityPartner.organization_id.in_(organization_ids)
    )
    responsible = sa.select(ActivityTask.activity_id).where(
        ActivityTask.responsible_org_id.in_(organization_ids)
    )
    return sa.or_(
        JointActivity.lead_id.in_(organization_ids),
        JointActivity.id.in_(partner),
        JointActivity.id.in_(responsible),
    )


def listing(
    filters: Filters, page: int, organization_ids: Collection[int] | None = None
) -> Pagination:
    """Return one page of activities; for representatives their own and the public ones."""
    query = sa.select(JointActivity).options(*whole())
    if organization_ids is not None:
        own = taking_part(organization_ids)
        query = query.where(own if filters.own else sa.or_(own, public_only()))
    if filters.window:
        query = query.join(JointActivity.window).where(DayWindow.public_id == filters.window)
    if filters.status:
        query = query.where(JointActivity.status == filters.status)
    if filters.on:
        first = clock.at(filters.on, time(0))
        query = query.where(
            JointActivity.starts_at >= first, JointActivity.starts_at < first + timedelta(days=1)
        )
    if filters.words:
        key = turkish.search_key(filters.words)
        query = query.where(JointActivity.search_key.contains(key, autoescape=True))
    number = min(max(page, 1), LAST_PAGE)
    ordered = query.order_by(*(in_time() if filters.window else soonest_first()))
    return db.paginate(ordered, page=number, per_page=PER_PAGE, error_out=False)


def windows_with_activities() -> Sequence[DayWindow]:
    """Return the windows that hold an activity, the newest first."""
    held = sa.select(JointActivity.window_id)
    return db.session.scalars(
        sa.select(DayWindow).where(DayWindow.id.in_(held)).order_by(DayWindow.starts_on.desc())
    ).all()


def of_organization(organization_id: int) -> Sequence[JointActivity]:
    """Return the activities an organisation takes part in, the newest first."""
    return db.session.scalars(
        sa.select(JointActivity)
        .where(taking_part([organization_id]))
        .options(*whole())
        .order_by(
            JointActivity.starts_at.is_not(None),
            JointActivity.starts_at.desc(),
            JointActivity.id.desc(),
        )
    ).all()


def window_counts(window_ids: Collection[int]) -> dict[int, Counts]:
    """Return the counts of each window by its id; cancelled activities do not count."""
    people = sum(
        (sa.func.coalesce(column, 0) for column in (
            JointActivity.reached_women, JointActivity.reached_men, JointActivity.reached_children,
        )),
        start=sa.literal(0),
    )  # fmt: skip
    done = sa.case((JointActivity.status == ActivityStatus.DONE, 1), else_=0)
    rows = db.session.execute(
        sa.select(JointActivity.window_id, sa.func.count(), sa.func.sum(done), sa.func.sum(people))
        .where(
            JointActivity.window_id.in_(window_ids),
            JointActivity.status != ActivityStatus.CANCELLED,
        )
        .group_by(JointActivity.window_id)
    )
    counted = {window: Counts(all_, int(ended), int(met)) for window, all_, ended, met in rows}
    return {window: counted.get(window, Counts()) for window in window_ids}


def _open_tasks() -> sa.Select[ActivityTask]:
    """Tasks still to be done, of activities that are still on, the most urgent first."""
    return (
        sa.select(ActivityTask)
        .join(ActivityTask.activity)
        .where(
            ActivityTask.status.in_(OPEN_TASKS), JointActivity.status != ActivityStatus.CANCELLED
        )
        .options(
            joinedload(ActivityTask.activity).joinedload(JointActivity.window),
            joinedload(ActivityTask.responsible_org),
        )
        .order_by(ActivityTask.due_on.is_(None), ActivityTask.due_on, ActivityTask.id)
    )


def late_tasks(limit: int = 20) -> Sequence[ActivityTask]:
    """Return tasks whose day has passed, the latest first; for the first page of the staff."""
    late = _open_tasks().where(ActivityTask.due_on < clock.today())
    return db.session.scalars(late.limit(limit)).all()


def count_late_tasks() -> int:
    """Return how many tasks are late."""
    late = _open_tasks().where(ActivityTask.due_on < clock.today()).order_by(None)
    return db.session.scalar(sa.select(sa.func.count()).select_from(late.subquery())) or 0


def tasks_of(organization_ids: Collection[int]) -> Sequence[ActivityTask]:
    """Return what organisations still have to do, the most urgent first."""
    theirs = _open_tasks().where(ActivityTask.responsible_org_id.in_(organization_ids))
    return db.session.scalars(theirs).all()

"""The public programme: what everybody may read of a window, and nothing else."""

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import joinedload, selectinload

from coordinator.activities.models import ActivityPartner, JointActivity
from coordinator.activities.queries.activities import (
    addresses_something,
    in_time,
    public_only,
)
from coordinator.days.models import DayWindow
from coordinator.extensions import db


def _public_parts() -> tuple[Any, ...]:
    """Load what a public page names; tasks and contacts are never among it."""
    return (
        joinedload(JointActivity.lead),
        joinedload(JointActivity.district),
        selectinload(JointActivity.partners).joinedload(ActivityPartner.organization),
    )


def activities(window: DayWindow) -> Sequence[JointActivity]:
    """Return the window's public activities in the order of their hours."""
    return db.session.scalars(
        sa.select(JointActivity)
        .where(JointActivity.window_id == window.id, public_only())
        .options(*_public_parts())
        .order_by(*in_time())
    ).all()


def announced(window: DayWindow) -> Sequence[JointActivity]:
    """Return what calendars are told of: the public activities, cancelled ones as well."""
    return db.session.scalars(
        sa.select(JointActivity)
        .where(
            JointActivity.window_id == window.id,
            JointActivity.is_public,
            JointActivity.starts_at.is_not(None),
        )
        .options(*_public_parts())
        .order_by(*in_time())
    ).all()


def activity(window: DayWindow, public_id: str) -> JointActivity | None:
    """Return a public activity of the window, one that was called off as well."""
    if not addresses_something(public_id):
        return None
    return db.session.scalar(
        sa.select(JointActivity)
        .where(
            JointActivity.window_id == window.id,
            JointActivity.public_id == public_id,
            JointActivity.is_public,
            JointActivity.starts_at.is_not(None),
        )
        .options(*_public_parts())
    )


def window_of_feed(key: str) -> DayWindow | None:
    """Return the window whose calendar feed has that address."""
    if not addresses_something(key):
        return None
    return db.session.scalar(sa.select(DayWindow).where(DayWindow.feed_key == key))

"""What activities hear from below."""

from typing import Any

import sqlalchemy as sa

from coordinator.activities.models import ActivityPartner, JointActivity
from coordinator.duplicates.journal import Journal
from coordinator.duplicates.signals import merged
from coordinator.extensions import db
from coordinator.registry.models import Organization

TABLE = ActivityPartner.metadata.tables["activity_partner"]


def connect() -> None:
    merged.connect(when_merged)


def when_merged(kept: Organization, journal: Journal, **_more: Any) -> None:
    """Whoever leads an activity is no partner of it as well."""
    own = (
        sa.select(ActivityPartner.id)
        .join(ActivityPartner.activity)
        .where(ActivityPartner.organization_id == kept.id, JointActivity.lead_id == kept.id)
        .order_by(ActivityPartner.id)
    )
    for number in db.session.scalars(own).all():
        journal.remove(TABLE, {"id": number})

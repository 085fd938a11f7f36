"""Who may see and do what with an activity."""

from collections.abc import Collection

from coordinator.access import READERS, WRITERS
from coordinator.accounts.models import User
from coordinator.activities.models import ActivityTask, JointActivity
from coordinator.registry.queries import represented_ids


def has_part(activity: JointActivity, organization_ids: Collection[int]) -> bool:
    """Does one of the organisations lead the activity, join it, or do something for it?"""
    named = {partner.organization_id for partner in activity.partners} | {activity.lead_id}
    named |= {task.responsible_org_id for task in activity.tasks}
    return bool(named & set(organization_ids))


def can_see(user: User, activity: JointActivity) -> bool:
    """The branch sees every activity, an organisation those it takes part in."""
    return user.role in READERS or has_part(activity, represented_ids(user))


def can_change(user: User, _activity: JointActivity) -> bool:
    """Only the branch changes an activity."""
    return user.role in WRITERS


def can_tick(user: User, task: ActivityTask) -> bool:
    """The branch, and whoever acts for the organisation that is responsible."""
    return user.role in WRITERS or task.responsible_org_id in represented_ids(user)

"""The blueprint that the pages of activities share, and what each of them loads first."""

from flask import Blueprint, abort

from coordinator.activities.models import ActivityTask, JointActivity
from coordinator.activities.queries import activities as queries
from coordinator.activities.views import words

blueprint = Blueprint("activities", __name__, template_folder="../templates")

for name in ("hours", "moment", "who", "full_date", "services", "until_words"):
    blueprint.add_app_template_filter(getattr(words, name), f"activity_{name}")
blueprint.add_app_template_filter(words.short_day, "activity_day")


def activity_or_404(public_id: str) -> JointActivity:
    activity: JointActivity = queries.find(public_id) or abort(404)
    return activity


def task_or_404(public_id: str, task_id: str) -> ActivityTask:
    """Return the task of that activity; one of another activity is not there."""
    task: ActivityTask = queries.find_task(task_id) or abort(404)
    if task.activity.public_id != public_id:
        abort(404)
    return task

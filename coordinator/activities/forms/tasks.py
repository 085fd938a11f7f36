"""Something to be done, as it is typed."""

from typing import Any

from flask_babel import lazy_gettext as _l

from coordinator.activities.facts import Assignment
from coordinator.activities.models import ActivityTask, JointActivity, TaskStatus
from coordinator.activities.queries import organizations
from coordinator.fields import Choice, Day, Line, Needed
from coordinator.forms import EditForm
from coordinator.registry.models import Organization


class TypedTask:
    """A stored task as the form shows it."""

    def __init__(self, task: ActivityTask) -> None:
        self.task = task

    def __getattr__(self, name: str) -> Any:
        return getattr(self.task, name)

    @property
    def state(self) -> str:
        return self.task.status.value

    @property
    def responsible(self) -> str:
        return self.task.responsible_org.public_id if self.task.responsible_org else ""


class TaskForm(EditForm):
    """Something to be done; `activity` says who takes part and is offered first."""

    title = Line(_l("Task"), validators=[Needed(_l("Write what is to be done."))])
    responsible = Choice(_l("Which organisation does it"))
    responsible_name = Line(_l("Unit or person"), most=200)
    due_on = Day(_l("Until when"))
    state = Choice(_l("State"), choices=TaskStatus.choices(), default=TaskStatus.OPEN.value)

    def __init__(self, *args: Any, activity: JointActivity | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        stored = kwargs.get("obj")
        if isinstance(stored, TypedTask):
            activity = stored.task.activity
        else:
            del self.state
        first = _taking_part(activity) if activity else []
        names, self.more_organizations = organizations.choices(keep=[one.id for one in first])
        near = [(one.public_id, one.name) for one in first]
        rest = [pair for pair in names if pair[0] not in dict(near)]
        self.responsible.choices = [("", _l("The branch itself")), *near, *rest]

    def assignment(self) -> Assignment:
        """Return what was typed as an operation takes it."""
        return Assignment(
            title=self.title.data,
            responsible_org=organizations.find(self.responsible.data),
            responsible_name=self.responsible_name.data or "",
            due_on=self.due_on.data,
        )


def _taking_part(activity: JointActivity) -> list[Organization]:
    partners = [one.organization for one in activity.partners]
    return [*([activity.lead] if activity.lead else []), *partners]

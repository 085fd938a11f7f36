"""What is to be done for an activity: who, until when, and that it is done."""

from flask_babel import lazy_gettext as _l

from coordinator import clock
from coordinator.activities import emails
from coordinator.activities.facts import Assignment as Assignment
from coordinator.activities.models import ActivityTask, JointActivity, TaskStatus
from coordinator.activities.operations.activities import ActivityCancelled
from coordinator.actors import Actor
from coordinator.audit import operations as audit
from coordinator.errors import RuleBroken
from coordinator.extensions import db
from coordinator.forms import claim
from coordinator.outbox import operations as outbox
from coordinator.registry.queries import recipients


class NobodyResponsible(RuleBroken):
    """A task that is nobody's is not done."""

    message = _l("Choose an organisation, or write which unit or person does it.")


def add(activity: JointActivity, *, assignment: Assignment, actor: Actor) -> ActivityTask:
    """Give a task and write to the organisation that has it; raises NobodyResponsible."""
    if activity.is_cancelled:
        raise ActivityCancelled
    _check(assignment)
    task = ActivityTask()
    _write(task, assignment)
    activity.tasks.append(task)
    db.session.flush()
    _tell(task)
    audit.record("task.added", task, actor, **_details(task))
    return task


def edit(
    task: ActivityTask,
    *,
    assignment: Assignment,
    status: TaskStatus,
    version: int | None,
    actor: Actor,
) -> None:
    """Change a task; an organisation that it is newly given to is written to."""
    claim(task, version)
    _check(assignment)
    _write(task, assignment)
    _set(task, status)
    db.session.flush()
    _tell(task)
    audit.record("task.edited", task, actor, **_details(task))


def set_status(task: ActivityTask, *, status: TaskStatus, actor: Actor) -> None:
    """Tick a task off, or take the tick back; doing it twice is doing it once."""
    if task.status is status:
        return
    _set(task, status)
    db.session.flush()
    audit.record(f"task.{status.value}", task, actor, **_details(task))


def _check(assignment: Assignment) -> None:
    if assignment.responsible_org is None and not assignment.responsible_name:
        raise NobodyResponsible(field="responsible_name")


def _write(task: ActivityTask, assignment: Assignment) -> None:
    task.title = assignment.title
    task.responsible_org = assignment.responsible_org
    task.responsible_name = assignment.responsible_name
    task.due_on = assignment.due_on


def _set(task: ActivityTask, status: TaskStatus) -> None:
    if status is TaskStatus.DONE and task.done_at is None:
        task.done_at = clock.now()
    elif status is not TaskStatus.DONE:
        task.done_at = None
    task.status = status


def _tell(task: ActivityTask) -> None:
    """Write to the responsible organisation; the letter's key keeps it from coming twice."""
    if task.responsible_org is not None and task.status is TaskStatus.OPEN:
        number = task.responsible_org.id
        people = recipients([number])[number]
        for letter in emails.task_letters(task, people):
            outbox.queue(letter)


def _details(task: ActivityTask) -> dict[str, str | None]:
    return {
        "activity": task.activity.public_id,
        "organization": task.responsible_org.public_id if task.responsible_org else None,
        "due_on": task.due_on.isoformat() if task.due_on else None,
        "status": task.status.value,
    }

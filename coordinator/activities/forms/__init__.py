"""The shape of what is typed about activities, partners, tasks and outcomes."""

from coordinator.activities.forms.activities import ActivityForm, Typed, of_proposal
from coordinator.activities.forms.outcomes import OutcomeForm
from coordinator.activities.forms.partners import PartnerForm
from coordinator.activities.forms.tasks import TaskForm, TypedTask

__all__ = [
    "ActivityForm",
    "OutcomeForm",
    "PartnerForm",
    "TaskForm",
    "Typed",
    "TypedTask",
    "of_proposal",
]

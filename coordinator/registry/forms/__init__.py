"""The shape of what is typed about organisations and contacts."""

from wtforms import Field

from coordinator.errors import RuleBroken
from coordinator.forms import AppForm, EditForm
from coordinator.registry.forms.contacts import ContactForm, EndForm, HandOverForm, ReturnForm
from coordinator.registry.forms.organizations import (
    FormerNameForm,
    OrganizationForm,
    ReachedForm,
    StatusForm,
)

__all__ = [
    "ContactForm",
    "EndForm",
    "FormerNameForm",
    "HandOverForm",
    "OrganizationForm",
    "PressForm",
    "ReachedForm",
    "ReturnForm",
    "StatusForm",
    "warn",
]


class PressForm(AppForm):
    """A button and nothing else."""


def warn(form: EditForm, error: RuleBroken) -> None:
    """Say beside a field what to think about before going on knowingly."""
    named: Field | None = form._fields.get(error.field or "")
    if named is not None:
        named.warnings = [error.message]

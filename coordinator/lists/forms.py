"""The shape of what is typed about a list."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms.validators import ValidationError

from coordinator.fields import Choice, Line, Lines, Needed
from coordinator.forms import AppForm, EditForm
from coordinator.lists import queries
from coordinator.lists.models import ListKind, OrganizationList


class ListForm(EditForm):
    """What a list is called."""

    name = Line(_l("Name"), most=100, validators=[Needed(_l("Give the list a name."))])
    description = Lines(
        _l("What it is for"),
        most=500,
        description=_l("A sentence for colleagues: who should be on it, when you use it."),
    )

    def values(self) -> dict[str, Any]:
        return {"name": self.name.data, "description": self.description.data}


class PressForm(EditForm):
    """A button that changes a list, pressed by somebody who has read what it does."""


class _ListChoice(AppForm):
    """One of the lists of a kind."""

    one = Choice(_l("List"), validate_choice=False)
    kind: ListKind

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.lists = {one.public_id: one for one in queries.all_lists(self.kind)}
        names = [(public_id, one.name) for public_id, one in self.lists.items()]
        self.one.choices = [("", _("Choose")), *names]

    @property
    def chosen(self) -> OrganizationList | None:
        return self.lists.get(str(self.one.data or ""))


class ReplaceForm(_ListChoice):
    """Which saved search looks for something else from now on."""

    kind = ListKind.SEARCH

    def validate_one(self, _field: Choice) -> None:
        if self.chosen is None:
            raise ValidationError(_("Choose one from the list."))


class GatherForm(_ListChoice):
    """Which group organisations are put into: one that is there, or a new one."""

    kind = ListKind.FIXED
    name = Line(_l("Name of a new group"), most=100)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.one.label.text = _("Group")
        self.one.choices[0] = ("", _("A new group"))

    def validate_one(self, field: Choice) -> None:
        if field.data and self.chosen is None:
            raise ValidationError(_("Choose one from the list."))

    def validate_name(self, field: Line) -> None:
        if self.chosen is None and not field.data and not self.one.data:
            raise ValidationError(_("Choose a group, or write the name of a new one."))
        if self.chosen is not None and field.data:
            raise ValidationError(
                _("Choose a group or write a name for a new one, not both at once.")
            )

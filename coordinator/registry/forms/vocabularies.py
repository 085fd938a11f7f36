"""The shape of what is typed about the lists that the branch keeps."""

from typing import Any

from flask_babel import lazy_gettext as _l

from coordinator.fields import Choice, Line, Needed
from coordinator.forms import AppForm, EditForm


class TermForm(EditForm):
    """What an entry is called in both languages."""

    name_tr = Line(
        _l("Name in Turkish"), most=100, validators=[Needed(_l("Write the name in Turkish."))]
    )
    name_en = Line(
        _l("Name in English"), most=100, validators=[Needed(_l("Write the name in English."))]
    )

    def values(self) -> dict[str, Any]:
        return {"name_tr": self.name_tr.data, "name_en": self.name_en.data}


class MergeForm(EditForm):
    """Which entry takes the place of another."""

    into = Choice(_l("Merge into"))

    def __init__(self, *args: Any, choices: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.into.choices = choices


class PlaceForm(AppForm):
    """After which entry another shall stand; none is the head of the list."""

    after = Choice(_l("Place in the list"))

    def __init__(self, *args: Any, choices: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.after.choices = choices

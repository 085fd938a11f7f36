"""The shape of what is chosen and typed while a list is imported."""

from collections.abc import Iterable
from typing import Any, cast

from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField
from wtforms import HiddenField, RadioField
from wtforms.validators import StopValidation

from coordinator.fields import Choice, Email, Line
from coordinator.forms import AppForm, EditForm
from coordinator.registry.importing import batches
from coordinator.registry.importing.planning.plan import ADDRESSES, SAME
from coordinator.registry.importing.reading import columns
from coordinator.registry.importing.reading.cells import Cell
from coordinator.registry.importing.reading.columns import Column
from coordinator.registry.importing.shown_rows import ShownRow
from coordinator.registry.models import ImportBatch

SAMPLES = 3
MOST_SHOWN = 60


class _Chosen:
    """A file must be chosen."""

    field_flags = {"required": True}

    def __call__(self, _form: Any, field: FileField) -> None:
        if field.data is None or not getattr(field.data, "filename", ""):
            raise StopValidation(_l("Choose the file that holds the list."))


class UploadForm(AppForm):
    """The file."""

    file = FileField(_l("List"), validators=[_Chosen()])


class Answer(RadioField):
    """One of a few answers, with a sentence of ours when it is none of them."""

    pre_validate = Choice.pre_validate


class DropForm(AppForm):
    """A button."""


class ColumnsForm(EditForm):
    """What each column holds; its fields follow the file."""

    sheet: Choice | None = None
    heading_row: Choice
    letters: list[str]

    def columns(self) -> list[tuple[Any, list[str]]]:
        """Return each column's field with some of what stands in the column."""
        return [(self[f"column_{index}"], samples) for index, samples in self.shown]

    @property
    def wanted(self) -> dict[int, str]:
        return {index: self[f"column_{index}"].data for index, _samples in self.shown}

    shown: list[tuple[int, list[str]]] = []

    def validate(self, extra_validators: Any = None) -> bool:
        """Refuse a second column for what stands in one only."""
        fits: bool = super().validate(extra_validators)
        seen: set[str] = set()
        for index, code in self.wanted.items():
            if code in seen and Column(code) not in columns.MANY:
                message = _l("Another column holds this already. Choose one of the two.")
                self[f"column_{index}"].errors = [message]
                fits = False
            seen.add(code) if code else None
        return fits


def columns_form(batch: ImportBatch) -> ColumnsForm:
    """Return the form over the columns of a list as they are chosen now."""
    layout, sheet = batches.layout_of(batch), batches.sheet_of(batch)
    fields: dict[str, Any] = {"shown": []}
    names = [("", _l("Not taken")), *Column.choices()]
    for index, heading in enumerate(layout.headings):
        samples = _samples(sheet.rows, batch.heading_row, index)
        if heading or samples:
            letter = columns.letter_of(index)
            label = f"{letter}: {heading}" if heading else letter
            chosen = layout.mapping.get(index)
            fields[f"column_{index}"] = Choice(
                label, choices=names, default=chosen.value if chosen else ""
            )
            fields["shown"].append((index, samples))
    sheets = [one.name for one in batches.sheets_of(batch) if not one.oversized]
    if len(sheets) > 1:
        choices = [(name, name) for name in sheets]
        fields["sheet"] = Choice(_l("Sheet"), choices=choices, default=batch.sheet)
    first = [(str(n), _row_told(n, cells)) for n, cells in sheet.rows[: columns.LOOKED_AT]]
    fields["heading_row"] = Choice(
        _l("Row with the headings"), choices=first, default=str(batch.heading_row)
    )
    return cast(
        ColumnsForm, type("ColumnsFormOfList", (ColumnsForm,), fields)(obj=batch_version(batch))
    )


def batch_version(batch: ImportBatch) -> Any:
    """Return only the version of the list: its other attributes are no fields."""
    return type("Version", (), {"version": batch.version})()


def _samples(rows: list[list[Any]], heading_row: int, index: int) -> list[str]:
    found: list[str] = []
    for number, cells in rows:
        if number > heading_row and index < len(cells) and len(found) < SAMPLES:
            text = Cell(cells[index]).text
            if text and text not in found:
                found.append(text[:MOST_SHOWN])
    return found


def _row_told(number: int, cells: list[Any]) -> str:
    texts = [text for cell in cells if (text := Cell(cell).text)]
    return f"{number}: {', '.join(texts)[:MOST_SHOWN]}"


class DecisionsForm(AppForm):
    """The decisions over some rows; its fields follow the plan."""

    version = HiddenField()
    picture = HiddenField()
    rows: list[ShownRow] = []

    def field(self, row: ShownRow, name: str) -> Any:
        """Return the field of a row, None if the row does not ask that."""
        return self._fields.get(f"{name}_{row.number}")

    @property
    def opened_version(self) -> int | None:
        text = str(self.version.data or "")
        return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None

    @property
    def decisions(self) -> dict[str, dict[str, str]]:
        """Return what was decided, by row; an empty text takes an earlier one back."""
        found: dict[str, dict[str, str]] = {}
        for row in self.rows:
            for name in (*row.answers, *row.fields):
                field = self.field(row, name)
                if field is not None and (field.data or row.fields.get(name)):
                    found.setdefault(str(row.number), {})[name] = field.data or ""
        return found

    def show(self, batch: ImportBatch, picture: str) -> None:
        """Stand on this version of the list and on this picture, whatever was sent."""
        self.version.data = str(batch.version)
        self.picture.data = picture


def decisions_form(rows: Iterable[ShownRow]) -> DecisionsForm:
    """Return the form over the decisions that these rows ask for."""
    fields: dict[str, Any] = {"rows": list(rows)}
    for row in fields["rows"]:
        for question, answer in row.answers.items():
            legend = _l("Row %(row)s: %(name)s", row=row.number, name=row.name)
            fields[f"{question}_{row.number}"] = Answer(
                legend, choices=_ANSWERS[question], default=answer
            )
        if "name" in row.fields:
            fields[f"name_{row.number}"] = Line(
                _l("Organisation’s name"), most=200, default=row.fields["name"]
            )
        if "email" in row.fields:
            fields[f"email_{row.number}"] = Email(_l("E-mail address"), default=row.fields["email"])
    meta: Any = type(DecisionsForm)
    return cast(DecisionsForm, meta("DecisionsFormOfList", (DecisionsForm,), fields)())


_ANSWERS = {
    SAME: [
        ("merge", _l("Merge with the one that is here")),
        ("separate", _l("Add as an organisation of its own")),
        ("skip", _l("Leave this row out")),
    ],
    ADDRESSES: [
        ("both", _l("Take both")),
        ("first", _l("Take only the first")),
    ],
}

"""The shape of what is chosen before the register is taken out as a file."""

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import RadioField, SelectMultipleField
from wtforms.validators import ValidationError

from coordinator.fields import Choice, Number
from coordinator.forms import AppForm
from coordinator.registry.exports import COLUMNS, SHEETS
from coordinator.registry.importing.reading.columns import Column

LABELS = "etiket"
KINDS = [
    ("xlsx", _l("Excel (XLSX)")),
    ("csv", _l("CSV")),
    (LABELS, _l("Address labels (PDF)")),
]


class ExportForm(AppForm):
    """Which file, and what stands in it."""

    bicim = RadioField(_l("What do you need?"), choices=KINDS, default="xlsx")
    sutun = SelectMultipleField(_l("Columns"), validate_choice=False)
    kagit = Choice(_l("Sheet"), choices=[(key, sheet.name) for key, sheet in SHEETS.items()])
    ilk = Number(_l("First free label"), least=1, most=24, default=1)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.sutun.choices = [(column.value, column.word) for column in COLUMNS]
        if not self.is_submitted():
            self.sutun.data = [column.value for column in COLUMNS]

    @property
    def columns(self) -> list[Column]:
        """The chosen columns, in the order of the file."""
        return [column for column in COLUMNS if column.value in (self.sutun.data or [])]

    def validate_sutun(self, _field: Any) -> None:
        """A table has a column."""
        if self.bicim.data != LABELS and not self.columns:
            raise ValidationError(_l("Choose at least one column."))

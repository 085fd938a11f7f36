"""The cells of one row of a list, each as a field with its fault beside it."""

from typing import Any, cast

from coordinator.fields import Line, Lines
from coordinator.forms import EditForm
from coordinator.registry.importing.correcting import RowToCorrect
from coordinator.wording import many_lines, one_line

MOST = 4_000


class CorrectionForm(EditForm):
    """One row; its fields follow the columns of the list."""

    row: RowToCorrect

    def fields_of_row(self) -> list[tuple[Any, str]]:
        """Return each cell's field with the word for what its column holds."""
        return [(self[_name(cell.index)], str(cell.column.word)) for cell in self.row.cells]

    @property
    def typed(self) -> dict[int, str]:
        """Return what was written otherwise than it stands, by column."""
        found = {}
        for cell in self.row.cells:
            text = self[_name(cell.index)].data or ""
            stands = many_lines(cell.text) if cell.has_lines else one_line(cell.text)
            if text != stands:
                found[cell.index] = text
        return found

    def show_faults(self, row: RowToCorrect, only: set[int] | None = None) -> bool:
        """Show at each field what is wrong with its cell; return whether there is anything."""
        wrong = False
        for cell in row.cells:
            here = self[_name(cell.index)]
            here.warnings = cell.told
            if cell.faults and (only is None or cell.index in only):
                here.errors = [*here.errors, *cell.faults]
                wrong = True
        return wrong


def _name(index: int) -> str:
    return f"cell_{index}"


def correction_form(row: RowToCorrect) -> CorrectionForm:
    """Return the form over the cells of a row as they stand now."""
    fields: dict[str, Any] = {"row": row}
    for cell in row.cells:
        kind = Lines if cell.has_lines else Line
        label = cell.title if cell.title.strip() else str(cell.column.word)
        fields[_name(cell.index)] = kind(label, most=MOST, default=cell.text)
    meta: Any = type(CorrectionForm)
    return cast(CorrectionForm, meta("CorrectionFormOfRow", (CorrectionForm,), fields)())

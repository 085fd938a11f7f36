"""Puts a plan into words: what stands on top of the preview, and why a row asks."""

from collections.abc import Callable, Mapping
from typing import Any

from flask_babel import LazyString, gettext, ngettext
from flask_babel import lazy_gettext as _l

from coordinator.i18n import number
from coordinator.registry.importing.planning.matching import Sign
from coordinator.registry.importing.planning.plan import ADDRESSES, SAME
from coordinator.registry.importing.previews import ASKS
from coordinator.registry.importing.shown_rows import Meant, ShownRow
from coordinator.registry.models import ImportBatch, ImportState, Outcome

SIGNS: dict[Sign, LazyString] = {
    Sign.NUMBER: _l("same register number"),
    Sign.SAME_NAME: _l("same name"),
    Sign.NEAR_NAME: _l("nearly the same name"),
    Sign.OTHER_NAME: _l("another name"),
    Sign.OTHER_NUMBER: _l("another register number"),
    Sign.OTHER_DISTRICT: _l("another district"),
    Sign.EMAIL: _l("same e-mail"),
    Sign.PHONE: _l("same phone"),
}
Part = tuple[int, str, str, str, str | None, bool]


def heading(row: ShownRow) -> tuple[LazyString | str, str, str]:
    """Return the word, shape and tone under which a row stands in the preview."""
    if SAME in row.answers:
        return _l("Similar organisation is here"), "diamond", "amber"
    if ADDRESSES in row.answers:
        return _l("Two addresses in one cell"), "diamond", "amber"
    return row.outcome.word, row.outcome.shape, row.outcome.tone


def reason(meant: Meant) -> str:
    """Say which organisation a row looks like, why, and how near the names are."""
    quoted = gettext("“%(name)s”", name=meant.name)
    signs = ", ".join(str(SIGNS[Sign(sign)]) for sign in meant.signs)
    if Sign.NEAR_NAME in meant.signs or Sign.OTHER_NAME in meant.signs:
        signs += gettext(" (names %(percent)s per cent alike)", percent=meant.likeness)
    where = ", ".join(filter(None, [quoted, meant.district, *_place(meant)]))
    return f"{where}: {signs}."


def _place(meant: Meant) -> list[str]:
    if meant.row is None:
        return []
    return [gettext("row %(row)s of this list", row=meant.row)]


def sentence(counts: Mapping[str, Any]) -> str:
    count = counts["rows"]
    return str(
        ngettext(
            "%(shown)s row was read. Nothing is saved before you say so.",
            "%(shown)s rows were read. Nothing is saved before you say so.",
            count,
            shown=number(count),
        )
    )


WORDS: dict[str, LazyString] = {
    Outcome.NEW: _l("new organisations"),
    Outcome.MERGE: _l("here already, will be merged"),
    Outcome.SAME: _l("here already, nothing changes"),
    Outcome.REFUSED: _l("cannot be taken"),
    Outcome.SKIPPED: _l("skipped"),
}


def parts(counts: Mapping[str, Any], url: Callable[[str], str]) -> list[Part]:
    """Return the segments of the totals bar; a row that asks is counted as one that asks.

    `url` leads to the rows of an outcome.
    """
    found: list[Part] = [
        (
            counts["quiet"].get(outcome.value, 0),
            str(WORDS[outcome]),
            outcome.shape,
            outcome.tone,
            url(outcome.value),
            False,
        )
        for outcome in (Outcome.NEW, Outcome.MERGE, Outcome.SAME, Outcome.REFUSED, Outcome.SKIPPED)
    ]
    deciding = gettext("wait for a decision")
    found.insert(3, (counts["deciding"], deciding, "diamond", "amber", url(ASKS), False))
    return found


def chips(
    counts: Mapping[str, Any], url: Callable[[str], str]
) -> list[tuple[str, LazyString | str, str, int]]:
    """Return the filters of the rows: code, word, address and number; those that leave none not."""
    words: dict[str, LazyString] = {"": _l("All rows"), ASKS: _l("Look at these"), **WORDS}
    numbers = {"": counts["rows"], **counts["kinds"]}
    return [(code, word, url(code), numbers[code]) for code, word in words.items()
            if numbers.get(code)]  # fmt: skip


def where_read(filename: str, sheet: str, heading_row: int, blank: int) -> str:
    """Say which file and sheet was read, and where its headings stand."""
    told = [gettext("%(file)s, sheet “%(sheet)s”.", file=filename, sheet=sheet) if sheet
            else f"{filename}."]  # fmt: skip
    told.append(gettext("The headings stand in row %(row)s.", row=heading_row))
    if blank:
        told.append(
            ngettext("%(num)s blank row was passed over.", "%(num)s blank rows were passed over.",
                     blank)
        )  # fmt: skip
    return " ".join(told)


def saving(counts: Mapping[str, Any]) -> str:
    """Return what the button that saves is called."""
    if not counts["new"] and not counts["changed"]:
        return str(gettext("Nothing to save, finish"))
    count = counts["saved"]
    return str(ngettext("Save %(shown)s row", "Save %(shown)s rows", count, shown=number(count)))


def progress(batch: ImportBatch) -> str:
    """Say how far the work on a list is."""
    done, total = number(batch.done_rows), number(batch.total_rows)
    if batch.state is ImportState.SAVING and batch.done_rows >= batch.total_rows:
        return gettext("%(total)s rows are being saved. This takes a moment.", total=total)
    if batch.state is ImportState.UNDOING:
        if batch.lease:
            return gettext("The import is being taken back. This takes a moment.")
        return gettext("The import waits for its turn to be taken back.")
    if not batch.lease:
        return gettext("The list of %(total)s rows waits for its turn.", total=total)
    if batch.state is ImportState.SAVING:
        return gettext("Before it is saved, %(done)s of %(total)s rows were looked at once more.",
                       done=done, total=total)  # fmt: skip
    return gettext("%(done)s of %(total)s rows were looked at.", done=done, total=total)


UNDO_TROUBLES: dict[str, LazyString] = {
    "hindered": _l("It could not be taken back: something was built on it. Nothing changed."),
    "broken": _l("It could not be taken back. Nothing changed. An administrator finds the reason "
                 "in the log."),
}  # fmt: skip


def undo_trouble(batch: ImportBatch) -> LazyString | str:
    """Say why a saved list was not taken back when somebody last wanted it."""
    return UNDO_TROUBLES.get(batch.trouble, "") if batch.state is ImportState.APPLIED else ""


def outcome_told(result: dict[str, Any]) -> str:
    """Say what became of a list that was saved."""
    told = []
    new, changed, contacts = result["new"], result["changed"], result["contacts"]
    if new:
        added = ngettext(
            "%(shown)s organisation was added.", "%(shown)s organisations were added.",
            new, shown=number(new),
        )  # fmt: skip
        told.append(added)
    if changed:
        merged = ngettext(
            "%(shown)s row was merged with an organisation that is here.",
            "%(shown)s rows were merged with organisations that are here.",
            changed, shown=number(changed),
        )  # fmt: skip
        told.append(merged)
    if contacts:
        people = ngettext(
            "%(shown)s contact person was added.", "%(shown)s contact persons were added.",
            contacts, shown=number(contacts),
        )  # fmt: skip
        told.append(people)
    return " ".join(told) or gettext("The list holds nothing new. Nothing was changed.")

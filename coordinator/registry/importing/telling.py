"""Puts a plan into words: what stands on top of the preview, and why a row asks."""

from typing import Any

from flask_babel import LazyString, gettext, ngettext
from flask_babel import lazy_gettext as _l

from coordinator.i18n import number
from coordinator.registry.importing.matching import Match, Sign
from coordinator.registry.importing.plan import ADDRESSES, SAME, Outcome, Plan, PlannedRow
from coordinator.registry.importing.words import Districts

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


def heading(row: PlannedRow) -> tuple[LazyString | str, str, str]:
    """Return the word, shape and tone under which a row stands in the preview."""
    if SAME in row.answers:
        return _l("Similar organisation is here"), "diamond", "amber"
    if ADDRESSES in row.answers:
        return _l("Two addresses in one cell"), "diamond", "amber"
    return row.outcome.word, row.outcome.shape, row.outcome.tone


def reason(row: PlannedRow, match: Match, districts: Districts) -> str:
    """Say which organisation a row looks like, why, and how near the names are."""
    where = districts.names.get(row.found_in or 0, "")
    quoted = gettext("“%(name)s”", name=match.known.name)
    signs = ", ".join(str(SIGNS[sign]) for sign in match.signs)
    if Sign.NEAR_NAME in match.signs or Sign.OTHER_NAME in match.signs:
        signs += gettext(" (names %(percent)s per cent alike)", percent=match.likeness)
    where = ", ".join(filter(None, [quoted, where, *_place(match)]))
    return f"{where}: {signs}."


def _place(match: Match) -> list[str]:
    if match.known.row is None:
        return []
    return [gettext("row %(row)s of this list", row=match.known.row)]


def sentence(plan: Plan) -> str:
    count = len(plan.rows)
    return str(
        ngettext(
            "%(shown)s row was read. Nothing is saved before you say so.",
            "%(shown)s rows were read. Nothing is saved before you say so.",
            count,
            shown=number(count),
        )
    )


def parts(plan: Plan) -> list[Part]:
    """Return the segments of the totals bar; a row that asks is counted as one that asks."""
    asking = [row for row in plan.rows if row.answers]
    found: list[Part] = []
    for outcome, word in (
        (Outcome.NEW, _l("new organisations")),
        (Outcome.MERGE, _l("here already, will be merged")),
        (Outcome.SAME, _l("here already, nothing changes")),
    ):
        count = sum(row.outcome is outcome and not row.answers for row in plan.rows)
        found.append((count, str(word), outcome.shape, outcome.tone, None, False))
    found.append((len(asking), gettext("wait for a decision"), "diamond", "amber", None, False))
    for outcome, word in (
        (Outcome.REFUSED, _l("cannot be taken")),
        (Outcome.SKIPPED, _l("skipped")),
    ):
        count = sum(row.outcome is outcome and not row.answers for row in plan.rows)
        found.append((count, str(word), outcome.shape, outcome.tone, None, False))
    return found


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


def saving(plan: Plan) -> str:
    """Return what the button that saves is called."""
    count = plan.saved
    if not plan.of(Outcome.NEW) and not plan.of(Outcome.MERGE):
        return str(gettext("Nothing to save, finish"))
    return str(ngettext("Save %(shown)s row", "Save %(shown)s rows", count, shown=number(count)))


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

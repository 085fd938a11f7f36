"""The rows of a plan as the preview shows them, and as they are kept between two requests."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass, field, fields
from typing import Any, TypeVar

from coordinator.registry.importing.planning.changes import Change
from coordinator.registry.importing.planning.plan import PlannedRow
from coordinator.registry.importing.reading.cells import Problem
from coordinator.registry.importing.reading.kept_texts import kept, read
from coordinator.registry.importing.reading.words import Districts
from coordinator.registry.models import ImportRow, Outcome

T = TypeVar("T")


@dataclass(frozen=True)
class Meant:
    """The organisation that a row means, or may mean."""

    name: str
    district: str
    certain: bool
    signs: tuple[str, ...]
    likeness: int
    row: int | None
    """The row of the list that adds it."""


@dataclass
class ShownRow:
    """One row: what the file says, what will happen, what it asks."""

    number: int
    outcome: Outcome
    asks: bool
    name: str = ""
    written_name: str = ""
    beside: str = ""
    """What stands in the file beside the name."""
    skipped: bool = False
    totals: bool = False
    repeats_headings: bool = False
    faulty: bool = False
    """Is there a cell that can be put right?"""
    meant: Meant | None = None
    problems: list[Problem] = field(default_factory=list)
    corrections: list[tuple[Any, str]] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)
    answers: dict[str, str] = field(default_factory=dict)
    """The questions that the row asks, with the answers that hold now."""
    fields: dict[str, str] = field(default_factory=dict)
    """What may be written in place of a fault, by column, with what was written."""


def shown(row: PlannedRow, districts: Districts) -> ShownRow:
    """Return a planned row as it is shown."""
    reading, match = row.reading, row.match
    meant = None
    if match is not None:
        where = districts.names.get(row.found_in or 0, "")
        signs = tuple(sign.value for sign in match.signs)
        meant = Meant(
            match.known.name, where, match.certain, signs, match.likeness, match.known.row
        )
    return ShownRow(
        number=row.number,
        outcome=row.outcome,
        asks=row.wants_attention,
        name=reading.name,
        written_name=reading.written_name,
        beside=reading.shown,
        skipped=reading.skipped,
        totals=reading.totals,
        repeats_headings=reading.repeats_headings,
        faulty=reading.faulty,
        meant=meant,
        problems=row.problems,
        corrections=reading.corrections,
        changes=row.changes,
        answers=row.answers,
        fields=row.fields,
    )


def as_record(batch_id: int, row: ShownRow) -> dict[str, Any]:
    """Return a row as the table keeps it."""
    words: dict[str, Any] = {
        name: value
        for name in ("name", "written_name", "beside", "skipped", "totals", "repeats_headings",
                     "faulty", "answers", "fields")
        if (value := getattr(row, name))
    }  # fmt: skip
    if row.meant:
        words["meant"] = asdict(row.meant)
    if row.problems:
        words["problems"] = [_kept(one) for one in row.problems]
    if row.corrections:
        words["corrections"] = [[kept(what), kept(text)] for what, text in row.corrections]
    if row.changes:
        words["changes"] = [_kept(one) for one in row.changes]
    return {
        "batch_id": batch_id,
        "number": row.number,
        "outcome": row.outcome,
        "asks": row.asks,
        "shown": words,
    }


def from_record(record: ImportRow) -> ShownRow:
    """Return a kept row in the reader's language."""
    words = dict(record.shown)
    if "meant" in words:
        words["meant"] = Meant(**{**words["meant"], "signs": tuple(words["meant"]["signs"])})
    words["problems"] = _read(Problem, words.get("problems", []))
    words["changes"] = _read(Change, words.get("changes", []))
    words["corrections"] = [(read(what), read(text)) for what, text in words.get("corrections", [])]
    return ShownRow(record.number, record.outcome, record.asks, **words)


def _kept(one: Any) -> dict[str, Any]:
    return {
        part.name: kept(value)
        for part in fields(one)
        if (value := getattr(one, part.name)) or part.name in {"row", "before", "after"}
    }


def _read(kind: type[T], found: Iterable[dict[str, Any]]) -> list[T]:
    return [kind(**{name: read(value) for name, value in one.items()}) for one in found]

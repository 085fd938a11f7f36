"""Says for each row of a list what will happen when it is saved. Nothing is written here."""

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from coordinator.registry.importing.planning import known as picture
from coordinator.registry.importing.planning.changes import Change
from coordinator.registry.importing.planning.known import Known
from coordinator.registry.importing.planning.matching import Index, Match
from coordinator.registry.importing.planning.merging import Merger
from coordinator.registry.importing.planning.ties import Tier
from coordinator.registry.importing.reading.cells import Problem
from coordinator.registry.importing.reading.columns import Layout
from coordinator.registry.importing.reading.readings import Reading, reached
from coordinator.registry.importing.reading.rows import RowReader
from coordinator.registry.importing.reading.sheets import Sheet
from coordinator.registry.importing.reading.words import Areas, Districts, Groups
from coordinator.registry.models import Outcome

SAME, ADDRESSES = "same", "addresses"
"""The questions a row may ask: is it that organisation, and whose are two addresses?"""
ANSWERS = {SAME: ("merge", "separate", "skip"), ADDRESSES: ("both", "first")}
TOLD_EVERY = 100
Decisions = Mapping[str, Mapping[str, str]]


@dataclass
class PlannedRow:
    """One row and what will happen to it."""

    reading: Reading
    outcome: Outcome
    match: Match | None = None
    found_in: int | None = None
    """The district of the organisation that it may mean, before the list changed anything."""
    known: Known | None = None
    changes: list[Change] = field(default_factory=list)
    answers: dict[str, str] = field(default_factory=dict)
    """The questions that the row asks, with the answers that hold now."""
    typed: dict[str, str] = field(default_factory=dict)

    @property
    def number(self) -> int:
        return self.reading.row

    @property
    def problems(self) -> list[Problem]:
        return self.reading.problems

    @property
    def wants_attention(self) -> bool:
        """Should somebody look at it before the list is saved?"""
        if self.answers or self.typed or self.outcome is Outcome.REFUSED:
            return True
        return self.outcome is not Outcome.SAME and any(one.grave for one in self.problems)

    @property
    def wants_name(self) -> bool:
        return self.outcome is Outcome.REFUSED or "name" in self.typed

    @property
    def wants_address(self) -> bool:
        return bool(self.reading.bad_emails and not self.wants_name) or "email" in self.typed

    @property
    def fields(self) -> dict[str, str]:
        """What may be written in place of a fault, by column, with what was written."""
        wanted = {"name": self.wants_name, "email": self.wants_address}
        return {name: self.typed.get(name, "") for name, wants in wanted.items() if wants}


@dataclass
class Plan:
    """What will happen to all rows of a list, and the picture afterwards."""

    rows: list[PlannedRow]
    index: Index
    areas: Areas
    districts: Districts
    register_mark: str = ""
    """How the register stood when the plan was made."""
    decisions: Decisions = field(default_factory=dict)

    def of(self, outcome: Outcome) -> list[PlannedRow]:
        return [row for row in self.rows if row.outcome is outcome]

    @property
    def saved(self) -> int:
        """The number of rows that saving takes in."""
        return sum(row.outcome in (Outcome.NEW, Outcome.MERGE, Outcome.SAME) for row in self.rows)

    @property
    def faulty(self) -> bool:
        """Is there a row with a cell that can be put right?"""
        return any(row.reading.faulty for row in self.rows)

    @property
    def problems(self) -> list[Problem]:
        return [problem for row in self.rows for problem in row.problems]

    @cached_property
    def counts(self) -> dict[str, int]:
        """The numbers that the command answers; each row is counted once, suspects beside it."""
        contacts = sum(one.id is None for known in self.index.all for one in known.contacts)
        return {
            "rows": len(self.rows),
            "new": len(self.of(Outcome.NEW)),
            "changed": len(self.of(Outcome.MERGE)),
            "same": len(self.of(Outcome.SAME)),
            "suspects": sum(SAME in row.answers for row in self.rows),
            "skipped": len(self.of(Outcome.SKIPPED)) + len(self.of(Outcome.REFUSED)),
            "contacts": contacts,
        }

    @cached_property
    def fingerprint(self) -> str:
        """Two plans with one fingerprint rest on the same records and do the same."""
        marks = [
            (
                row.number,
                row.outcome.value,
                row.match.known.public_id if row.match else "",
                row.match.known.version if row.match else 0,
                sorted(row.answers),
            )
            for row in self.rows
        ]
        return hashlib.sha256(repr(marks).encode()).hexdigest()[:32]


def make(
    sheet: Sheet,
    layout: Layout,
    decisions: Decisions,
    districts: Districts,
    areas: Areas,
    groups: Groups,
    told: Callable[[int], None] = lambda _done: None,
) -> Plan:
    """Return what would happen to the rows of a sheet below its headings.

    `told` hears now and then how many rows are done.
    """
    reader = RowReader(layout, districts, areas, groups)
    index = Index(picture.load())
    merger = Merger(index, districts, areas, groups)
    rows: dict[int, PlannedRow] = {}
    for number, cells in sheet.rows:
        if number > layout.heading_row:
            decided = decisions.get(str(number), {})
            reading = reader.read(number, cells, decided)
            above = rows.get(reading.continues or 0)
            rows[number] = _planned(reading, decided, index, merger, above)
            if len(rows) % TOLD_EVERY == 0:
                told(len(rows))
    tier = Tier(index, merger, layout)
    for row in rows.values():
        if tier.tie(row) and row.outcome is Outcome.SAME:
            row.outcome = Outcome.MERGE
    return Plan(list(rows.values()), index, areas, districts)


def _planned(
    reading: Reading,
    decided: Mapping[str, str],
    index: Index,
    merger: Merger,
    above: PlannedRow | None,
) -> PlannedRow:
    typed = {name: text for name, text in decided.items() if name in ("name", "email") and text}
    if reading.skipped:
        return PlannedRow(reading, Outcome.SKIPPED)
    if not reading.name:
        return PlannedRow(reading, Outcome.REFUSED, typed=typed)
    if above is not None and above.known is None:
        return PlannedRow(reading, Outcome.SKIPPED)
    match = Match(above.known, True) if above and above.known else index.find(reading)
    answers: dict[str, str] = {}
    if match and not match.certain:
        answers[SAME] = _answer(decided, SAME, match.safe)
    if len(reading.emails) > 1 and reading.person:
        answers[ADDRESSES] = _answer(decided, ADDRESSES, "both")
    row = PlannedRow(reading, Outcome.SKIPPED, match, answers=answers, typed=typed)
    row.found_in = match.known.values["district_id"] if match else None
    if answers.get(SAME) == "skip":
        return row
    found = reached(reading, first_only=answers.get(ADDRESSES) == "first")
    if match and answers.get(SAME, "merge") == "merge":
        if not match.certain:
            merger.note_alias(match.known, reading)
        row.known = match.known
        sure = match.certain and not match.by_decision
        row.changes = merger.merge(match.known, reading, found, sure=sure)
        row.outcome = Outcome.MERGE if row.changes else Outcome.SAME
        if not row.changes and ADDRESSES not in decided:
            row.answers.pop(ADDRESSES, None)
    else:
        row.known = merger.create(reading, found)
        row.outcome = Outcome.NEW
    return row


def _answer(decided: Mapping[str, str], question: str, safe: str) -> str:
    answer = decided.get(question, "")
    return answer if answer in ANSWERS[question] else safe

"""Putting the cells of a row right: what is wrong with each, and what somebody wrote instead."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import sqlalchemy as sa
from flask_babel import LazyString

from coordinator.extensions import db
from coordinator.registry.importing import batches
from coordinator.registry.importing.reading.cells import Cell
from coordinator.registry.importing.reading.columns import Column
from coordinator.registry.importing.reading.readings import Reading
from coordinator.registry.importing.reading.rows import TYPED, RowReader, with_typed
from coordinator.registry.importing.reading.words import Areas, Districts, Groups
from coordinator.registry.models import District, ImportBatch, TargetGroup, WorkArea

Row = tuple[int, Sequence[Any]]


@dataclass
class CellToCorrect:
    """One cell of a row as it stands now."""

    index: int
    title: str
    column: Column
    text: str
    faults: list[LazyString | str] = field(default_factory=list)
    told: list[LazyString | str] = field(default_factory=list)
    """What was noticed that is no fault."""

    @property
    def has_lines(self) -> bool:
        return "\n" in self.text or self.column is Column.NOTES


@dataclass
class RowToCorrect:
    """A row with its cells, in the order of the file."""

    number: int
    reading: Reading
    cells: list[CellToCorrect]


class Corrections:
    """The rows of a list below its headings, read one by one and only where they are needed."""

    def __init__(self, batch: ImportBatch) -> None:
        self.batch = batch
        self.layout = batches.layout_of(batch)
        rows = batches.sheet_of(batch).rows
        self.rows: list[Row] = [(n, cells) for n, cells in rows if n > self.layout.heading_row]
        self._words = (
            Districts(db.session.scalars(sa.select(District))),
            Areas(db.session.scalars(sa.select(WorkArea))),
            Groups(db.session.scalars(sa.select(TargetGroup))),
        )

    def find(self, number: int, typed: Mapping[int, str] | None = None) -> RowToCorrect | None:
        """Return a row of the file, with what somebody is about to write into its cells."""
        place = next((i for i, (n, _cells) in enumerate(self.rows) if n == number), None)
        if place is None:
            return None
        reader = self._reader()
        for n, cells in self.rows[self._named_above(place) : place]:
            reader.read(n, cells, self._decided(n))
        decided = {**self._decided(number), **self.as_decisions(typed or {})}
        reading = reader.read(number, self.rows[place][1], decided)
        return RowToCorrect(number, reading, self._cells(place, decided, reading))

    def next_faulty(self, after: int) -> int | None:
        """Return the next row with a fault below that one, and then from the top; None if none."""
        below = next((i for i, (n, _cells) in enumerate(self.rows) if n > after), None)
        if below is not None:
            for reading in self._readings(self._named_above(below)):
                if reading.faulty and reading.row > after:
                    return reading.row
        for reading in self._readings():
            if reading.row >= after:
                break
            if reading.faulty:
                return reading.row
        return None

    def faulty(self) -> Iterator[tuple[Reading, list[str]]]:
        """Yield the faulty rows with the texts of their cells, the name in each."""
        names = [i for i, column in self.layout.mapping.items() if column is Column.NAME]
        by_number = dict(self.rows)
        for reading in self._readings():
            if reading.faulty:
                cells = with_typed(by_number[reading.row], self._decided(reading.row))
                texts = [Cell(cell).written for cell in cells]
                texts += [""] * (len(self.layout.headings) - len(texts))
                if reading.name and (reading.continues or self._decided(reading.row).get("name")):
                    texts[names[0]] = reading.name
                yield reading, texts

    def as_decisions(self, typed: Mapping[int, str]) -> dict[str, str]:
        """Return what was typed as it is kept; it takes the place of a shorter answer."""
        columns = {self.layout.mapping.get(index) for index in typed}
        answers = {}
        if Column.NAME in columns:
            answers["name"] = ""
        if columns & {Column.EMAIL, Column.ORG_EMAIL}:
            answers["email"] = ""
        return {**answers, **{f"{TYPED}{index}": text for index, text in typed.items()}}

    def _readings(self, start: int = 0) -> Iterator[Reading]:
        """Yield what the rows say, from one that names its organisation on."""
        reader = self._reader()
        for number, cells in self.rows[start:]:
            yield reader.read(number, cells, self._decided(number))

    def _reader(self) -> RowReader:
        return RowReader(self.layout, *self._words)

    def _decided(self, number: int) -> Mapping[str, str]:
        decided: Mapping[str, str] = self.batch.decisions.get(str(number), {})
        return decided

    def _named_above(self, place: int) -> int:
        """Return the place of the nearest row at or above that names its organisation."""
        reader = self._reader()
        while place > 0:
            number, cells = self.rows[place]
            if not reader.goes_on(cells, self._decided(number)):
                break
            place -= 1
        return place

    def _cells(
        self, place: int, decided: Mapping[str, str], reading: Reading
    ) -> list[CellToCorrect]:
        cells = with_typed(self.rows[place][1], decided)
        found = []
        for index, column in self.layout.mapping.items():
            if column is Column.CODE:
                continue
            text = Cell(cells[index] if index < len(cells) else "").written
            if column is Column.NAME and decided.get("name"):
                text = decided["name"]
            told = [one for one in reading.problems if one.index == index]
            found.append(
                CellToCorrect(
                    index, self.layout.title(index), column, text,
                    [one.message for one in told if one.lost],
                    [one.message for one in told if not one.lost],
                )
            )  # fmt: skip
        return found


def correct(
    *, batch: ImportBatch, version: int | None, number: int, typed: Mapping[int, str]
) -> None:
    """Keep what somebody wrote in place of some cells of a row; raises SavedMeanwhile."""
    decisions = {str(number): Corrections(batch).as_decisions(typed)}
    batches.decide(batch=batch, version=version, decisions=decisions)

"""What a preview shows of a plan: kept row by row, so that a page reads a page of it."""

from collections import Counter
from collections.abc import Iterator
from itertools import islice
from typing import Any, Protocol

import sqlalchemy as sa

from coordinator.extensions import db
from coordinator.registry.importing import batches
from coordinator.registry.importing.planning.plan import Plan
from coordinator.registry.importing.shown_rows import ShownRow, as_record, from_record, shown
from coordinator.registry.importing.storing import register_mark
from coordinator.registry.models import ImportBatch, ImportRow, ImportState, Outcome

ASKS = "asks"
KINDS = (ASKS, *(outcome.value for outcome in Outcome))
ASKED_AT_ONCE, SHOWN_AT_ONCE = 50, 100
STORED_AT_ONCE = 1_000


class Preview(Protocol):
    """The rows of a plan, by the page."""

    counts: dict[str, Any]
    picture: str

    def some(self, kind: str, start: int, most: int) -> list[ShownRow]:
        """Return rows of an outcome, of those that ask, of the others ("quiet"), or of all."""

    def place_of_next(self, number: int) -> tuple[int, int] | None:
        """Return the number of the next row that asks, and how many rows stand before it."""


def counted(plan: Plan, blank: int) -> dict[str, Any]:
    """Return the numbers that the preview tells of a plan."""
    quiet = Counter(row.outcome.value for row in plan.rows if not row.answers)
    return {
        **plan.counts,
        "blank": blank,
        "saved": plan.saved,
        "faulty": sum(row.reading.faulty for row in plan.rows),
        "deciding": sum(bool(row.answers) for row in plan.rows),
        "quiet": dict(quiet),
        "kinds": {
            ASKS: sum(row.wants_attention for row in plan.rows),
            **Counter(row.outcome.value for row in plan.rows),
        },
    }


class Fresh:
    """A plan that was just made."""

    def __init__(self, batch: ImportBatch, plan: Plan) -> None:
        self.plan = plan
        self.counts = counted(plan, batches.blank_rows(batch))
        self.picture = plan.fingerprint
        self.rows = [shown(row, plan.districts) for row in plan.rows]

    def some(self, kind: str, start: int, most: int) -> list[ShownRow]:
        found = (row for row in self.rows if _is(row, kind))
        return list(islice(found, start, start + most))

    def place_of_next(self, number: int) -> tuple[int, int] | None:
        for place, row in enumerate(self.rows):
            if row.asks and row.number > number:
                return row.number, place
        return None


class Stored:
    """The plan that is kept of a list."""

    def __init__(self, batch: ImportBatch) -> None:
        self.batch_id = batch.id
        self.counts, self.picture = batch.counts, batch.picture

    def some(self, kind: str, start: int, most: int) -> list[ShownRow]:
        asked = self._rows().order_by(ImportRow.number).offset(start).limit(most)
        if kind in (ASKS, "quiet"):
            asked = asked.where(ImportRow.asks.is_(kind == ASKS))
        elif kind:
            asked = asked.where(ImportRow.outcome == kind)
        return [from_record(record) for record in db.session.scalars(asked)]

    def place_of_next(self, number: int) -> tuple[int, int] | None:
        later = sa.select(sa.func.min(ImportRow.number)).where(
            ImportRow.batch_id == self.batch_id, ImportRow.asks, ImportRow.number > number
        )
        before = sa.select(sa.func.count()).where(
            ImportRow.batch_id == self.batch_id, ImportRow.number < later.scalar_subquery()
        )
        found, place = db.session.execute(
            sa.select(later.scalar_subquery(), before.scalar_subquery())
        ).one()
        return None if found is None else (found, place)

    def _rows(self) -> sa.Select[Any]:
        return sa.select(ImportRow).where(ImportRow.batch_id == self.batch_id)


def current(batch: ImportBatch) -> Preview:
    """Return what is known of a list's rows; a short list is looked at anew if need be."""
    if is_behind(batch) and not batches.is_long(batch):
        return Fresh(batch, batches.planned(batch))
    return Stored(batch)


def is_behind(batch: ImportBatch) -> bool:
    """Did somebody change the register, or decide, since the kept plan was made?"""
    return batch.outdated or batch.register_mark != register_mark.now()


def store(batch: ImportBatch, plan: Plan) -> Fresh:
    """Keep a plan of a list."""
    fresh = Fresh(batch, plan)
    db.session.execute(sa.delete(ImportRow).where(ImportRow.batch_id == batch.id))
    for records in chunks(batch.id, fresh.rows):
        db.session.execute(sa.insert(ImportRow), records)
    settle(batch, fresh)
    return fresh


def chunks(batch_id: int, rows: list[ShownRow]) -> Iterator[list[dict[str, Any]]]:
    """Give the rows as the table keeps them, a thousand at a time."""
    for start in range(0, len(rows), STORED_AT_ONCE):
        yield [as_record(batch_id, row) for row in rows[start : start + STORED_AT_ONCE]]


def settle(batch: ImportBatch, fresh: Fresh) -> None:
    """Say that the plan is kept."""
    batch.counts = {**fresh.counts, "decisions": dict(fresh.plan.decisions)}
    batch.picture = fresh.picture
    batch.register_mark = fresh.plan.register_mark
    batch.outdated = False
    batch.state = ImportState.READY
    batch.trouble = ""


def note_decisions(batch: ImportBatch, rows: list[ShownRow]) -> None:
    """Show decisions at their rows before anybody looks at all rows anew."""
    for row in rows:
        decided = batch.decisions.get(str(row.number), {})
        answers = {name: decided.get(name) or value for name, value in row.answers.items()}
        fields = {name: decided.get(name, value) for name, value in row.fields.items()}
        if answers != row.answers or fields != row.fields:
            record = db.session.get_one(ImportRow, (batch.id, row.number))
            record.shown = {**record.shown, "answers": answers, "fields": fields}


def _is(row: ShownRow, kind: str) -> bool:
    if kind in (ASKS, "quiet"):
        return row.asks == (kind == ASKS)
    return not kind or row.outcome.value == kind

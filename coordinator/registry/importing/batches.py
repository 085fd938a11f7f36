"""The verbs of an import: read a list, choose its columns, decide, drop it."""

from collections.abc import Callable, Mapping
from datetime import timedelta

import sqlalchemy as sa
from flask_babel import lazy_gettext as _l

from coordinator import clock
from coordinator.actors import Actor
from coordinator.audit import operations as audit
from coordinator.database import reading
from coordinator.errors import RuleBroken
from coordinator.extensions import db
from coordinator.forms import claim
from coordinator.i18n import language
from coordinator.registry.importing import memory
from coordinator.registry.importing.planning import plan
from coordinator.registry.importing.planning.plan import Decisions, Plan
from coordinator.registry.importing.reading import columns, files
from coordinator.registry.importing.reading.columns import Column, Layout
from coordinator.registry.importing.reading.sheets import Sheet
from coordinator.registry.importing.reading.words import Areas, Districts, Groups
from coordinator.registry.importing.storing import register_mark
from coordinator.registry.models import (
    AT_WORK,
    OPEN,
    District,
    ImportBatch,
    ImportRow,
    ImportState,
    TargetGroup,
    WorkArea,
)

KEPT_DAYS = 7
AT_ONCE = 500
"""So many rows are looked through and saved while somebody waits; more are left to a worker."""


class NoName(RuleBroken):
    """Without a name there are no organisations."""

    status = 422
    message = _l("Say which column holds the organisation’s name.")


class NoLongerOpen(RuleBroken):
    """The list was saved or dropped; its cells are gone."""

    message = _l("This list is no longer open. Load the file again.")


class AtWork(RuleBroken):
    """A worker has the list in hand."""

    message = _l("This list is being worked on. Wait until that is done.")


class NoSuchSheet(RuleBroken):
    """The file has no sheet of that name that could be read."""

    status = 422
    message = _l("The file has no such sheet, or the sheet is too long.")


def find(public_id: str) -> ImportBatch | None:
    """Return the list at an address."""
    if not (public_id.isascii() and public_id.isalnum()):
        return None
    return db.session.scalar(sa.select(ImportBatch).where(ImportBatch.public_id == public_id))


def read_list(*, filename: str, content: bytes, actor: Actor) -> ImportBatch:
    """Return a list read from a file, columns guessed; nothing is stored. Raises Unreadable."""
    sheets = files.read_file(filename, content)
    batch = ImportBatch(
        filename=files.shown_name(filename),
        rows=[sheet.as_json() for sheet in sheets],
        decisions={},
        result={},
        counts={},
        state=ImportState.READ,
        language=language(),
        created_by_id=actor.user_id,
        version=1,
    )
    readable = [sheet for sheet in sheets if not sheet.oversized]
    best = max(readable, key=lambda sheet: len(columns.find_layout(sheet).mapping))
    _lay_out(batch, best, memory.lay_out(best))
    return batch


def start(*, filename: str, content: bytes, actor: Actor) -> ImportBatch:
    """Store a list so that its pages can be gone through. Raises Unreadable."""
    with reading():
        batch = read_list(filename=filename, content=content, actor=actor)
    forget_old_lists()
    keep(batch, actor)
    return batch


def keep(batch: ImportBatch, actor: Actor) -> None:
    """Store a list that was read."""
    db.session.add(batch)
    db.session.flush()
    audit.record("import.started", batch, actor)


def choose_sheet(
    *, batch: ImportBatch, version: int | None, sheet: str, heading_row: int | None
) -> None:
    """Take another sheet or another heading row; the columns are guessed anew."""
    claim(batch, version)
    require_open(batch)
    chosen = next((one for one in sheets_of(batch) if one.name == sheet), None)
    if chosen is None or chosen.oversized:
        raise NoSuchSheet
    _lay_out(batch, chosen, memory.lay_out(chosen, heading_row))
    batch.decisions = {}
    batch.state = ImportState.READ


def choose_columns(*, batch: ImportBatch, version: int | None, wanted: Mapping[int, str]) -> None:
    """Say what each column holds; raises NoName."""
    claim(batch, version)
    require_open(batch)
    known = range(len(batch.headings))
    wanted = {index: code for index, code in wanted.items() if index in known}
    layout = columns.chosen(layout_of(batch), wanted)
    if not layout.has_name:
        raise NoName
    if batch.id is not None:
        memory.remember(layout, sheet_of(batch))
    _lay_out(batch, sheet_of(batch), layout)
    batch.state = ImportState.READ


def decide(*, batch: ImportBatch, version: int | None, decisions: Decisions) -> None:
    """Keep decisions without saving the list."""
    claim(batch, version)
    require_open(batch)
    batch.decisions = together(batch.decisions, decisions)
    batch.outdated = True


def planned(
    batch: ImportBatch,
    decisions: Decisions | None = None,
    told: Callable[[int], None] = lambda _done: None,
) -> Plan:
    """Return what would happen to each row if the list were saved now."""
    mark = register_mark.now()
    districts = Districts(db.session.scalars(sa.select(District)))
    areas = Areas(db.session.scalars(sa.select(WorkArea)))
    groups = Groups(db.session.scalars(sa.select(TargetGroup)))
    held = together(batch.decisions, decisions or {})
    made = plan.make(sheet_of(batch), layout_of(batch), held, districts, areas, groups, told)
    made.register_mark, made.decisions = mark, held
    return made


def drop(*, batch: ImportBatch, actor: Actor) -> None:
    """Forget a list that is not going to be saved."""
    if batch.state in (*OPEN, ImportState.PLANNING):
        batch.state = ImportState.DROPPED
        forget_cells(batch)
        audit.record("import.dropped", batch, actor)


def require_open(batch: ImportBatch) -> None:
    """Raise NoLongerOpen or AtWork unless the list may be changed."""
    if batch.state in AT_WORK:
        raise AtWork
    if batch.state not in OPEN:
        raise NoLongerOpen


def is_long(batch: ImportBatch) -> bool:
    """Has the list so many rows that a worker goes through them?"""
    return batch.total_rows > AT_ONCE


def sheet_of(batch: ImportBatch) -> Sheet:
    """Return the sheet that is being read."""
    return next(one for one in sheets_of(batch) if one.name == batch.sheet)


def blank_rows(batch: ImportBatch) -> int:
    """Return how many rows below the headings hold nothing."""
    numbers = [row[0] for row in sheet_of(batch).rows if row[0] > batch.heading_row]
    return numbers[-1] - batch.heading_row - len(numbers) if numbers else 0


def sheets_of(batch: ImportBatch) -> list[Sheet]:
    """Return the visible sheets of the list."""
    return [Sheet(**one) for one in batch.rows]


def layout_of(batch: ImportBatch) -> Layout:
    """Return where the headings stand and which column holds what."""
    mapping = {int(index): Column(code) for index, code in batch.mapping.items()}
    return Layout(batch.heading_row, list(batch.headings), mapping)


def together(kept: Decisions, new: Decisions) -> dict[str, dict[str, str]]:
    """Return decisions with newer ones over them."""
    return {row: {**kept.get(row, {}), **new.get(row, {})} for row in dict.fromkeys([*kept, *new])}


def forget_cells(batch: ImportBatch) -> None:
    """Forget what the list says: it holds people's addresses."""
    batch.rows, batch.decisions = [], {}
    batch.counts = {name: n for name, n in batch.counts.items() if isinstance(n, int)}
    db.session.execute(sa.delete(ImportRow).where(ImportRow.batch_id == batch.id))


def _lay_out(batch: ImportBatch, sheet: Sheet, layout: Layout) -> None:
    batch.sheet = sheet.name
    batch.heading_row = layout.heading_row
    batch.headings = layout.headings
    batch.mapping = {str(index): column.value for index, column in layout.mapping.items()}
    batch.total_rows = sum(number > layout.heading_row for number, _cells in sheet.rows)


def forget_old_lists() -> None:
    """Drop the lists that nobody saved within a week: they hold people's addresses."""
    old = clock.now() - timedelta(days=KEPT_DAYS)
    which = sa.and_(ImportBatch.state.in_(OPEN), ImportBatch.created_at < old)
    db.session.execute(
        sa.delete(ImportRow).where(ImportRow.batch_id.in_(sa.select(ImportBatch.id).where(which))),
        execution_options={"synchronize_session": False},
    )
    db.session.execute(
        sa.update(ImportBatch)
        .where(which)
        .values(state=ImportState.DROPPED, rows=[], decisions={}, counts={}),
        execution_options={"synchronize_session": False},
    )


def forget_by_the_clock() -> None:
    """Do so though nobody loads another list; a job of the worker."""
    forget_old_lists()
    db.session.commit()

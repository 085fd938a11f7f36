"""The verbs of an import: read a list, choose its columns, decide, save it, drop it."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

import sqlalchemy as sa
from flask_babel import lazy_gettext as _l

from coordinator import clock
from coordinator.actors import Actor
from coordinator.audit import operations as audit
from coordinator.errors import RuleBroken
from coordinator.extensions import db
from coordinator.forms import claim
from coordinator.registry.importing import columns, files, plan, writing
from coordinator.registry.importing.columns import Column, Layout
from coordinator.registry.importing.plan import Decisions, Plan
from coordinator.registry.importing.sheets import Sheet
from coordinator.registry.importing.words import Areas, Districts
from coordinator.registry.importing.writing import PictureChanged
from coordinator.registry.models import District, ImportBatch, ImportState, WorkArea

KEPT_DAYS = 7


class NoName(RuleBroken):
    """Without a name there are no organisations."""

    status = 422
    message = _l("Say which column holds the organisation’s name.")


class NoLongerOpen(RuleBroken):
    """The list was saved or dropped; its cells are gone."""

    message = _l("This list is no longer open. Load the file again.")


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
        state=ImportState.READ,
        created_by_id=actor.user_id,
        version=1,
    )
    readable = [sheet for sheet in sheets if not sheet.oversized]
    best = max(readable, key=lambda sheet: len(columns.find_layout(sheet).mapping))
    _lay_out(batch, best.name, columns.find_layout(best))
    return batch


def start(*, filename: str, content: bytes, actor: Actor) -> ImportBatch:
    """Store a list so that its pages can be gone through. Raises Unreadable."""
    batch = read_list(filename=filename, content=content, actor=actor)
    _forget_old_lists()
    db.session.add(batch)
    db.session.flush()
    audit.record("import.started", batch, actor)
    return batch


def choose_sheet(
    *, batch: ImportBatch, version: int | None, sheet: str, heading_row: int | None
) -> None:
    """Take another sheet or another heading row; the columns are guessed anew."""
    claim(batch, version)
    require_open(batch)
    chosen = next((one for one in sheets_of(batch) if one.name == sheet), None)
    if chosen is None or chosen.oversized:
        raise NoSuchSheet
    _lay_out(batch, sheet, columns.find_layout(chosen, heading_row))
    batch.decisions = {}


def choose_columns(*, batch: ImportBatch, version: int | None, wanted: Mapping[int, str]) -> None:
    """Say what each column holds; raises NoName."""
    claim(batch, version)
    require_open(batch)
    known = range(len(batch.headings))
    wanted = {index: code for index, code in wanted.items() if index in known}
    layout = columns.chosen(layout_of(batch), wanted)
    if not layout.has_name:
        raise NoName
    _lay_out(batch, batch.sheet, layout)


def decide(*, batch: ImportBatch, version: int | None, decisions: Decisions) -> None:
    """Keep decisions without saving the list."""
    claim(batch, version)
    require_open(batch)
    batch.decisions = _together(batch.decisions, decisions)


def planned(batch: ImportBatch, decisions: Decisions | None = None) -> Plan:
    """Return what would happen to each row if the list were saved now."""
    districts = Districts(db.session.scalars(sa.select(District)))
    areas = Areas(db.session.scalars(sa.select(WorkArea)))
    held = _together(batch.decisions, decisions or {})
    return plan.make(sheet_of(batch), layout_of(batch), held, districts, areas)


def hold(batch: ImportBatch) -> None:
    """Let one saving of a list wait for the other."""
    db.session.refresh(batch, with_for_update=True)


def save(
    *, batch: ImportBatch, shown: Plan, picture: str, decisions: Decisions, actor: Actor
) -> Plan:
    """Store the list as it was shown, with these decisions; return what happened.

    `shown` is the plan as it stands now, `picture` the fingerprint of the one that somebody saw.
    Raises PictureChanged if the two differ.
    """
    require_open(batch)
    if picture != shown.fingerprint:
        raise PictureChanged
    held = _together(batch.decisions, decisions)
    done = shown if held == batch.decisions else planned(batch, decisions)
    written = writing.write(done, source=batch.filename, actor=actor)
    batch.result = {**done.counts, "marked": _marked(done, written)}
    batch.state = ImportState.APPLIED
    batch.applied_at = clock.now()
    _forget_cells(batch)
    counts = {name: value for name, value in done.counts.items() if value}
    audit.record("import.applied", batch, actor, **counts)
    return done


def drop(*, batch: ImportBatch, actor: Actor) -> None:
    """Forget a list that is not going to be saved."""
    if batch.state is ImportState.READ:
        batch.state = ImportState.DROPPED
        _forget_cells(batch)
        audit.record("import.dropped", batch, actor)


def require_open(batch: ImportBatch) -> None:
    if batch.state is not ImportState.READ:
        raise NoLongerOpen


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


def _lay_out(batch: ImportBatch, sheet: str, layout: Layout) -> None:
    batch.sheet = sheet
    batch.heading_row = layout.heading_row
    batch.headings = layout.headings
    batch.mapping = {str(index): column.value for index, column in layout.mapping.items()}


def _together(kept: Decisions, new: Decisions) -> dict[str, dict[str, str]]:
    return {row: {**kept.get(row, {}), **new.get(row, {})} for row in dict.fromkeys([*kept, *new])}


def _marked(done: Plan, written: Mapping[int, Any]) -> list[dict[str, str]]:
    """Return the organisations that somebody should look after: no address to write to."""
    marked = {}
    for row in done.rows:
        organization = written.get(row.number)
        if organization is not None and row.known and not row.known.reached_by_email:
            marked[organization.public_id] = {
                "public_id": organization.public_id,
                "name": organization.name,
                "unreadable": organization.unreadable_email,
            }
    return list(marked.values())


def _forget_cells(batch: ImportBatch) -> None:
    batch.rows, batch.decisions = [], {}


def _forget_old_lists() -> None:
    """Drop the lists that nobody saved within a week: they hold people's addresses."""
    old = clock.now() - timedelta(days=KEPT_DAYS)
    db.session.execute(
        sa.update(ImportBatch)
        .where(ImportBatch.state == ImportState.READ, ImportBatch.created_at < old)
        .values(state=ImportState.DROPPED, rows=[], decisions={}),
        execution_options={"synchronize_session": False},
    )

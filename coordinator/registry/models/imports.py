"""A list that is being imported: its cells, its columns, what will happen to each row, what did."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from flask_babel import lazy_gettext as _l
from sqlalchemy.orm import Mapped, mapped_column

from coordinator.database import Model
from coordinator.records import Addressed, Record, Versioned, coded
from coordinator.states import Shown


class ImportState(Shown):
    """How far an import has come."""

    READ = "read", _l("Read, nothing saved yet"), "half", "mor"
    PLANNING = "planning", _l("Being looked through"), "clock", "mor"
    READY = "ready", _l("Waits to be saved"), "diamond", "amber"
    SAVING = "saving", _l("Being saved"), "clock", "mor"
    APPLIED = "applied", _l("Saved"), "tick", "green"
    FAILED = "failed", _l("Not finished"), "triangle", "red"
    DROPPED = "dropped", _l("Dropped"), "cross", "slate"
    UNDOING = "undoing", _l("Being taken back"), "clock", "mor"
    UNDONE = "undone", _l("Taken back"), "arrow", "slate"


OPEN = (ImportState.READ, ImportState.PLANNING, ImportState.READY, ImportState.FAILED)
"""Nothing of the list is stored yet, and it may still be changed or dropped."""
AT_WORK = (ImportState.PLANNING, ImportState.SAVING, ImportState.UNDOING)
"""A worker has it in hand, or will."""


class Outcome(Shown):
    """What will happen to a row."""

    NEW = "new", _l("New organisation"), "tick", "green"
    MERGE = "merge", _l("Here already, will be merged"), "two_rings", "mor"
    SAME = "same", _l("Here already, nothing changes"), "ring", "slate"
    REFUSED = "refused", _l("Cannot be taken"), "triangle", "red"
    SKIPPED = "skipped", _l("Skipped"), "bar", "slate"


class ImportBatch(Versioned, Addressed, Model):
    """An uploaded list: its cells as read, the columns chosen, the decisions, what came of it.

    What a worker writes while it has the list in hand (`done_rows`, `lease_until`) leaves the
    version alone: nobody edits it.
    """

    __tablename__ = "import_batch"

    filename: Mapped[str] = mapped_column(sa.String(255))
    sheet: Mapped[str] = mapped_column(sa.String(100), default="")
    heading_row: Mapped[int]
    headings: Mapped[list[Any]] = mapped_column(sa.JSON)
    rows: Mapped[list[Any]] = mapped_column(sa.JSON, deferred=True)
    """The cells of all sheets; many megabytes of them, so they are loaded where they are needed."""
    mapping: Mapped[dict[str, Any]] = mapped_column(sa.JSON)
    decisions: Mapped[dict[str, Any]] = mapped_column(sa.JSON, default=dict)
    result: Mapped[dict[str, Any]] = mapped_column(sa.JSON, default=dict)
    state: Mapped[ImportState] = mapped_column(
        coded(ImportState, "state"), default=ImportState.READ
    )
    counts: Mapped[dict[str, Any]] = mapped_column(sa.JSON, default=dict)
    """How many rows have which outcome, as the stored plan says."""
    picture: Mapped[str] = mapped_column(sa.String(32), default="")
    """The fingerprint of the stored plan."""
    register_mark: Mapped[str] = mapped_column(sa.String(64), default="")
    """How the register stood when the stored plan was made."""
    outdated: Mapped[bool] = mapped_column(default=False)
    """Decisions were made since, so the outcomes of other rows may differ."""
    total_rows: Mapped[int] = mapped_column(default=0)
    done_rows: Mapped[int] = mapped_column(default=0)
    """How many of the rows the work in hand has behind it."""
    language: Mapped[str] = mapped_column(sa.String(2), default="tr")
    """The language of whoever loaded it."""
    trouble: Mapped[str] = mapped_column(sa.String(20), default="")
    """Why the last work came to nothing: changed, hindered or broken."""
    tries: Mapped[int] = mapped_column(default=0)
    lease: Mapped[str] = mapped_column(sa.String(32), default="")
    """Names the worker that has it in hand."""
    lease_until: Mapped[datetime | None]
    created_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("user_account.id"))
    saved_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("user_account.id"))
    """Who had it saved, or has it taken back: a worker writes in this name."""
    applied_at: Mapped[datetime | None]


class ImportRow(Model):
    """One row of a list with what will happen to it, as its preview shows it.

    It is forgotten together with the cells: it holds people's addresses.
    """

    __tablename__ = "import_row"

    batch_id: Mapped[int] = mapped_column(
        sa.ForeignKey("import_batch.id", ondelete="CASCADE"), primary_key=True
    )
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    """The row's number in the file."""
    outcome: Mapped[Outcome] = mapped_column(coded(Outcome, "outcome"))
    asks: Mapped[bool]
    """Should somebody look at it before the list is saved?"""
    shown: Mapped[dict[str, Any]] = mapped_column(sa.JSON)

    __table_args__ = (
        sa.Index(None, "batch_id", "asks", "number"),
        sa.Index(None, "batch_id", "outcome", "number"),
    )


class ImportChange(Record, Model):
    """What an import did to one organisation: enough to take it back.

    `before` is None for one that the import added; `after` is what it left there. Both hold
    {"values", "areas", "groups", "contacts"} as `importing/storing/journal.py` writes them.
    """

    __tablename__ = "import_change"

    batch_id: Mapped[int] = mapped_column(
        sa.ForeignKey("import_batch.id", ondelete="CASCADE"), index=True
    )
    organization_id: Mapped[int] = mapped_column(
        sa.ForeignKey("organization.id", ondelete="CASCADE"), index=True
    )
    before: Mapped[dict[str, Any] | None] = mapped_column(sa.JSON(none_as_null=True))
    after: Mapped[dict[str, Any]] = mapped_column(sa.JSON)


class ColumnMemory(Record, Model):
    """What the columns of a list held, remembered for the next list with the same headings."""

    __tablename__ = "column_memory"

    fingerprint: Mapped[str] = mapped_column(sa.String(64), unique=True)
    """Of the folded headings, in their order."""
    mapping: Mapped[dict[str, Any]] = mapped_column(sa.JSON)

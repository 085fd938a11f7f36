"""Takes an import back, by the journal of what it changed: all of it, or nothing."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from flask_babel import lazy_gettext as _l
from sqlalchemy.exc import IntegrityError

from coordinator.actors import Actor
from coordinator.audit import operations as audit
from coordinator.audit.operations import Deed
from coordinator.errors import RuleBroken
from coordinator.extensions import db
from coordinator.registry import queries
from coordinator.registry.importing import batches, saving
from coordinator.registry.importing.planning.changes import Change
from coordinator.registry.importing.planning.known import AT_ONCE
from coordinator.registry.importing.storing import journal, register_mark
from coordinator.registry.importing.undo import hindrances, putting_back, standing, wording
from coordinator.registry.importing.undo.standing import State
from coordinator.registry.models import ImportBatch, ImportChange, ImportState, Organization


class NotApplied(RuleBroken):
    """Only what was saved can be taken back, and only once."""

    message = _l("This list is not saved, or it was taken back already.")


class BuiltUpon(RuleBroken):
    """Somebody went on working with what the import brought."""

    message = _l("Something was built on this import, so it cannot be taken back. Nothing changed.")


@dataclass
class Undone:
    """One organisation that the import added or changed, and what taking it back would do."""

    id: int
    public_id: str
    name: str
    before: State | None
    after: State
    now: State
    moment: datetime
    """When the import wrote it."""
    back: list[Change] = field(default_factory=list)
    reasons: list[str] = field(default_factory=list)
    """What stands in the way."""

    @property
    def is_new(self) -> bool:
        """Did the import add it, so that it would vanish?"""
        return self.before is None


@dataclass
class Prospect:
    """What taking an import back would do."""

    undone: list[Undone]

    @property
    def vanishing(self) -> list[Undone]:
        return [one for one in self.undone if one.is_new]

    @property
    def going_back(self) -> list[Undone]:
        return [one for one in self.undone if not one.is_new]

    @property
    def hindered(self) -> list[Undone]:
        return [one for one in self.undone if one.reasons]


def find(text: str) -> ImportBatch | None:
    """Return an import by its address, or the last saved one of a file of that name."""
    saved = sa.select(ImportBatch).where(ImportBatch.applied_at.is_not(None))
    by_address = db.session.scalar(saved.where(ImportBatch.public_id == text))
    if by_address is not None:
        return by_address
    gone = sa.case((ImportBatch.state == ImportState.APPLIED, 0), else_=1)
    named = saved.where(ImportBatch.filename == text).order_by(gone, ImportBatch.id.desc())
    return db.session.scalars(named.limit(1)).first()


def size(batch: ImportBatch) -> int:
    """Return how many organisations an import added or changed."""
    asked = sa.select(sa.func.count()).select_from(ImportChange).filter_by(batch_id=batch.id)
    return db.session.scalar(asked) or 0


def is_long(batch: ImportBatch) -> bool:
    """Did it touch so many organisations that a worker takes it back?"""
    return size(batch) > batches.AT_ONCE


def prospect(batch: ImportBatch) -> Prospect:
    """Return what taking it back would do, and what stands in the way."""
    written = db.session.execute(
        sa.select(
            Organization.id,
            Organization.public_id,
            Organization.name,
            ImportChange.before,
            ImportChange.after,
            ImportChange.created_at,
        )
        .join(Organization, Organization.id == ImportChange.organization_id)
        .where(ImportChange.batch_id == batch.id)
        .order_by(Organization.sort_key, Organization.id)
    ).all()
    now, _versions = journal.pictures([row.id for row in written])
    terms = standing.Terms()
    undone = [
        Undone(
            id=row.id,
            public_id=row.public_id,
            name=row.name,
            before=row.before and terms.today(row.before),
            after=terms.today(row.after),
            now=now[row.id],
            moment=row.created_at,
        )
        for row in written
    ]
    hindrances.say(undone)
    return Prospect(undone)


def say(going_back: Sequence[Undone]) -> None:
    """Write beside each of these what goes back, in words."""
    words = wording.Words(going_back)
    for one in going_back:
        one.back = words.changes(one)


def undo(*, batch: ImportBatch, actor: Actor) -> dict[str, int]:
    """Take an import back; return how many organisations vanished and how many went back.

    Raises NotApplied, and BuiltUpon if anything stands in the way; then nothing has changed.
    """
    _require_applied(batch)
    register_mark.hold()
    return take_back(batch=batch, actor=actor)


def undo_later(*, batch: ImportBatch, actor: Actor) -> None:
    """Have a worker take an import back. Raises NotApplied."""
    _require_applied(batch)
    batch.saved_by_id = actor.user_id
    saving.hand_over(batch, ImportState.UNDOING)


def _require_applied(batch: ImportBatch) -> None:
    db.session.refresh(batch, with_for_update=True)
    if batch.state is not ImportState.APPLIED:
        raise NotApplied


def take_back(*, batch: ImportBatch, actor: Actor) -> dict[str, int]:
    """Take an import back while nobody else writes to the register. Raises BuiltUpon."""
    found = prospect(batch)
    if found.hindered:
        raise BuiltUpon
    try:
        with db.session.begin_nested():
            putting_back.put_back(found.going_back)
            _remove(found.vanishing)
    except IntegrityError as error:
        raise BuiltUpon from error
    batch.state, batch.trouble = ImportState.UNDONE, ""
    counts = {"removed": len(found.vanishing), "reverted": len(found.going_back)}
    _tell(batch, found, actor, counts)
    db.session.flush()
    return counts


def _remove(vanishing: list[Undone]) -> None:
    """Remove organisations to which nothing refers; their contacts and accesses go with them."""
    ids = [one.id for one in vanishing]
    for start in range(0, len(ids), AT_ONCE):
        chunk = ids[start : start + AT_ONCE]
        db.session.execute(
            sa.update(Organization).where(Organization.parent_id.in_(chunk)).values(parent_id=None),
            execution_options={"synchronize_session": False},
        )
    for start in range(0, len(ids), AT_ONCE):
        db.session.execute(
            sa.delete(Organization).where(Organization.id.in_(ids[start : start + AT_ONCE])),
            execution_options={"synchronize_session": False},
        )
    db.session.expire_all()
    queries.forget_represented()


def _tell(batch: ImportBatch, found: Prospect, actor: Actor, counts: dict[str, int]) -> None:
    audit.record("import.undone", batch, actor, **counts)
    deeds = []
    for one in found.undone:
        details: dict[str, Any] = {"undone": batch.filename}
        if not one.is_new:
            details["changed"] = wording.changed(one)
        action = "organization.taken_back" if one.is_new else "organization.edited"
        deeds.append(Deed(action, one.id, one.name, details))
    audit.record_all(Organization.__tablename__, deeds, actor)

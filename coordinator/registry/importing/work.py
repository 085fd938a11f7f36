"""What a worker does with a long list: looks at each row, saves all of them, takes them back.

Progress is told in short transactions of its own; no transaction is open while rows are looked
at. Saving is one transaction, and taking back another.
"""

import logging
from dataclasses import dataclass

import sqlalchemy as sa
from flask import g
from sqlalchemy.orm import undefer

from coordinator.accounts.models import User
from coordinator.actors import WORKER, Actor
from coordinator.database import reading
from coordinator.extensions import db
from coordinator.registry.importing import batches, previews, saving
from coordinator.registry.importing.leases import Lease, LeaseLost, claim
from coordinator.registry.importing.planning.plan import Decisions, Plan
from coordinator.registry.importing.storing import register_mark
from coordinator.registry.importing.storing.writing import PictureChanged
from coordinator.registry.importing.undo import undoing
from coordinator.registry.importing.undo.undoing import BuiltUpon
from coordinator.registry.models import AT_WORK, ImportBatch, ImportRow, ImportState

logger = logging.getLogger(__name__)
MOST_LOOKS = 5
"""So often the rows are looked at anew because somebody stored something meanwhile."""


@dataclass(frozen=True)
class Look:
    """A list as it was read, and what would happen to its rows."""

    batch: ImportBatch
    plan: Plan


def run_waiting() -> None:
    """Do everything that waits, in this process."""
    while lease := claim():
        if not carry_out(lease):
            lease.give_back()


def carry_out(lease: Lease) -> bool:
    """Do the next step of the list in hand; return whether it came to an end."""
    try:
        with reading():
            g.language = db.session.get_one(ImportBatch, lease.batch_id).language
        if lease.undoes:
            _undo(lease)
        elif lease.saves:
            _save(lease)
        else:
            _keep(lease, look(lease))
    except LeaseLost:
        db.session.rollback()
        logger.warning("import %s is no longer in hand here", lease.batch_id)
    except Exception:
        db.session.rollback()
        logger.exception("import %s failed; it will be tried again", lease.batch_id)
        return False
    finally:
        g.pop("language", None)
        db.session.remove()
    return True


def _save(lease: Lease) -> None:
    """Write the list if the register still is as somebody saw it; show what changed if not."""
    with reading():
        batch = db.session.get_one(ImportBatch, lease.batch_id)
        seen, picture = dict(batch.counts.get("decisions", {})), batch.picture
        same = batch.register_mark == register_mark.now()
    if same or look(lease, seen).plan.fingerprint == picture:
        for _time in range(MOST_LOOKS):
            if _apply(lease, look(lease)):
                return
    _keep(lease, look(lease), trouble="changed")


def look(lease: Lease, decisions: Decisions | None = None) -> Look:
    """Return what would happen now, telling the progress."""
    with reading():
        batch = db.session.get_one(
            ImportBatch, lease.batch_id, options=[undefer(ImportBatch.rows)], populate_existing=True
        )
        db.session.expunge(batch)
        if decisions is not None:
            batch.decisions = dict(decisions)
        return Look(batch, batches.planned(batch, told=lease.tell))


def _keep(lease: Lease, found: Look, trouble: str = "") -> None:
    """Keep the rows, a thousand in each transaction, and then say that they are there."""
    fresh = previews.Fresh(found.batch, found.plan)
    try:
        with db.engine.begin() as connection:
            connection.execute(sa.delete(ImportRow).where(ImportRow.batch_id == lease.batch_id))
        for records in previews.chunks(lease.batch_id, fresh.rows):
            lease.tell(len(fresh.rows))
            with db.engine.begin() as connection:
                connection.execute(sa.insert(ImportRow), records)
        batch = _held(lease)
        previews.settle(batch, fresh)
        _let_go(batch, trouble)
        db.session.commit()
    except LeaseLost:
        _forget_rows(lease.batch_id)
        raise


def _apply(lease: Lease, found: Look) -> bool:
    """Write everything in one transaction; False if the register changed since the look."""
    lease.begin_writing(len(found.plan.rows))
    try:
        batch = _held(lease)
        saving.apply(batch=batch, plan=found.plan, actor=_who_asked(batch))
        _let_go(batch)
        db.session.commit()
    except PictureChanged:
        db.session.rollback()
        return False
    return True


def _undo(lease: Lease) -> None:
    """Take the list back unless something stands in the way; then it stays saved, and says so."""
    lease.begin_writing(0)
    with reading():
        batch = db.session.get_one(ImportBatch, lease.batch_id)
        hindered = bool(undoing.prospect(batch).hindered)
    batch = _held(lease)
    if not hindered:
        try:
            undoing.take_back(batch=batch, actor=_who_asked(batch))
        except BuiltUpon:
            hindered = True
            db.session.rollback()
            batch = _held(lease)
    if hindered:
        batch.state = ImportState.APPLIED
    _let_go(batch, "hindered" if hindered else "")
    db.session.commit()


def _who_asked(batch: ImportBatch) -> Actor:
    user = db.session.get(User, batch.saved_by_id) if batch.saved_by_id else None
    return Actor.account(user) if user else WORKER


def _held(lease: Lease) -> ImportBatch:
    """Return the list inside a writing transaction. Raises LeaseLost."""
    register_mark.hold()
    batch = db.session.get(ImportBatch, lease.batch_id, with_for_update=True)
    if batch is None or batch.lease != lease.name or batch.state not in AT_WORK:
        db.session.rollback()
        raise LeaseLost
    return batch


def _let_go(batch: ImportBatch, trouble: str = "") -> None:
    batch.trouble, batch.tries, batch.lease, batch.lease_until = trouble, 0, "", None


def _forget_rows(batch_id: int) -> None:
    """Forget the rows of a list that somebody dropped meanwhile."""
    dropped = sa.select(ImportBatch.id).where(
        ImportBatch.id == batch_id, ImportBatch.state == ImportState.DROPPED
    )
    with db.engine.begin() as connection:
        connection.execute(sa.delete(ImportRow).where(ImportRow.batch_id.in_(dropped)))

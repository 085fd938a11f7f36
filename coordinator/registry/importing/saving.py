"""Saves a list as somebody saw it: all of it or nothing."""

from collections.abc import Iterable

from flask_babel import lazy_gettext as _l

from coordinator import clock, jobs
from coordinator.actors import Actor
from coordinator.audit import operations as audit
from coordinator.errors import RuleBroken
from coordinator.extensions import db
from coordinator.registry.importing import batches
from coordinator.registry.importing.planning.known import Known
from coordinator.registry.importing.planning.plan import Decisions, Plan
from coordinator.registry.importing.storing import register_mark, writing
from coordinator.registry.importing.storing.writing import PictureChanged
from coordinator.registry.models import ImportBatch, ImportState

JOB = "registry.imports"


class NotLookedThrough(RuleBroken):
    """Nobody has seen yet what would happen."""

    message = _l("Look at what will happen first.")


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
    batches.require_open(batch)
    if picture != shown.fingerprint:
        raise PictureChanged
    held = batches.together(batch.decisions, decisions)
    done = shown if held == shown.decisions else batches.planned(batch, decisions)
    apply(batch=batch, plan=done, actor=actor)
    return done


def save_later(*, batch: ImportBatch, picture: str, decisions: Decisions, actor: Actor) -> None:
    """Have a worker store the list as it was shown, with these decisions."""
    batches.require_open(batch)
    if batch.state is not ImportState.READY:
        raise NotLookedThrough
    if picture != batch.picture:
        raise PictureChanged
    batch.decisions = batches.together(batch.decisions, decisions)
    batch.saved_by_id = actor.user_id
    hand_over(batch, ImportState.SAVING)


def look_through_later(batch: ImportBatch) -> None:
    """Have a worker look at each row of the list."""
    batches.require_open(batch)
    hand_over(batch, ImportState.PLANNING)


def hand_over(batch: ImportBatch, state: ImportState) -> None:
    """Leave the next step to whichever worker is free."""
    batch.state, batch.trouble = state, ""
    batch.done_rows, batch.tries, batch.lease, batch.lease_until = 0, 0, "", None
    jobs.nudge_after_commit(JOB)


def apply(*, batch: ImportBatch, plan: Plan, actor: Actor) -> None:
    """Write what a plan says, if the register still stands as the plan saw it."""
    register_mark.hold()
    if plan.register_mark != register_mark.now():
        raise PictureChanged
    counts = plan.counts
    written = writing.write(plan, batch_id=batch.id, source=batch.filename, actor=actor)
    batch.result = {**counts, "marked": _marked(written)}
    batch.state = ImportState.APPLIED
    batch.applied_at = clock.now()
    batch.saved_by_id = actor.user_id
    batches.forget_cells(batch)
    told = {name: value for name, value in counts.items() if value}
    audit.record("import.applied", batch, actor, **told)


def _marked(written: Iterable[Known]) -> list[dict[str, str]]:
    """Return the organisations that somebody should look after: no address to write to."""
    return [
        {
            "public_id": known.public_id,
            "name": known.name,
            "unreadable": str(known.values["unreadable_email"]),
        }
        for known in written
        if not known.reached_by_email
    ]

"""A merge is taken back: two records again, each with what was its own."""

from flask_babel import lazy_gettext as _l
from sqlalchemy.exc import IntegrityError

from coordinator import clock
from coordinator.actors import Actor
from coordinator.audit import operations as audit
from coordinator.duplicates import queries
from coordinator.duplicates.journal import Journal
from coordinator.duplicates.models import Merge
from coordinator.duplicates.operations.merging import lock, settle
from coordinator.duplicates.signals import merging, unmerged
from coordinator.errors import RuleBroken
from coordinator.extensions import db
from coordinator.registry.operations import settle_primary


class AlreadyUndone(RuleBroken):
    """A merge is taken back once."""

    message = _l("This merge has already been taken back.")


class UndoLaterFirst(RuleBroken):
    """What was merged last is taken apart first."""

    def __init__(self, later: Merge) -> None:
        super().__init__(
            _l("%(kept)s was merged with %(other)s afterwards. Take that back first.",
               kept=later.kept.name, other=later.other.name)
        )  # fmt: skip


class NumberGivenAway(RuleBroken):
    """A register number belongs to one organisation."""

    message = _l("Another organisation has got one of the two register numbers. Change it first.")


def unmerge(*, merge: Merge, actor: Actor) -> None:
    """Take a merge back; raises AlreadyUndone, UndoLaterFirst, NumberGivenAway.

    What was moved goes back as it is now; a fact that was changed since stays as it was changed,
    and what was added to the kept record since stays there.
    """
    merging.send(merge.kept, other=merge.other)
    lock(merge.kept, merge.other)
    db.session.refresh(merge, with_for_update={"of": Merge})
    if merge.undone_at is not None:
        raise AlreadyUndone
    later = queries.later_merge(merge)
    if later is not None:
        raise UndoLaterFirst(later)
    journal = Journal(merge.journal["steps"])
    try:
        journal.take_back()
    except IntegrityError as error:
        raise NumberGivenAway from error
    settle(merge.kept, merge.other)
    for record in (merge.kept, merge.other):
        # Somebody may have made a contact the primary one who belongs to the other again.
        settle_primary(record, None)
    unmerged.send(merge.kept, other=merge.other, journal=journal)
    merge.undone_at = clock.now()
    audit.record("organization.unmerged", merge.kept, actor, other=merge.other.name)
    db.session.flush()

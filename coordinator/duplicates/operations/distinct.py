"""Two organisations that look like one are said to be two, and that can be taken back."""

import sqlalchemy as sa

from coordinator.actors import Actor
from coordinator.audit import operations as audit
from coordinator.duplicates import queries
from coordinator.duplicates.models import Distinct
from coordinator.duplicates.operations.merging import SameRecord, lock
from coordinator.extensions import db
from coordinator.registry.models import Organization


def keep_apart(*, one: Organization, other: Organization, actor: Actor) -> None:
    """Say that the two are two, so that nobody is asked again."""
    if one is other:
        raise SameRecord
    lock(one, other)
    if queries.distinct(one.id, other.id) is None:
        first, second = sorted((one.id, other.id))
        db.session.add(Distinct(first_id=first, second_id=second))
        audit.record("organization.kept_apart", one, actor, other=other.name)
    db.session.flush()


def suspect_again(*, one: Organization, other: Organization, actor: Actor) -> None:
    """Take back that the two are two."""
    known = queries.distinct(one.id, other.id)
    if known is not None:
        db.session.execute(sa.delete(Distinct).where(Distinct.id == known.id))
        audit.record("organization.suspected_again", one, actor, other=other.name)
    db.session.flush()

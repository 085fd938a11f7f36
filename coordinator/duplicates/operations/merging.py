"""Two records become one, in one transaction, and nothing of either is lost."""

import sqlalchemy as sa
from flask_babel import lazy_gettext as _l

from coordinator import clock
from coordinator.actors import Actor
from coordinator.audit import operations as audit
from coordinator.duplicates import facts
from coordinator.duplicates.facts import Choices
from coordinator.duplicates.journal import Journal
from coordinator.duplicates.models import Merge
from coordinator.duplicates.operations.family import merge_family
from coordinator.duplicates.operations.names import keep_names
from coordinator.duplicates.operations.people import merge_access, merge_people
from coordinator.duplicates.operations.rows import move_belongings
from coordinator.duplicates.operations.terms import merge_terms
from coordinator.duplicates.signals import merged, merging
from coordinator.errors import RuleBroken
from coordinator.extensions import db
from coordinator.forms import claim
from coordinator.registry import queries, search
from coordinator.registry.models import Organization, OrgStatus

TABLE = Organization.metadata.tables["organization"]
Versions = tuple[int | None, int | None]


class SameRecord(RuleBroken):
    """A record is not merged with itself."""

    message = _l("These are one and the same record. Choose another one.")


class AlreadyMerged(RuleBroken):
    """A record that stands for nothing any more has nothing left to merge."""

    def __init__(self, record: Organization) -> None:
        super().__init__(_l("%(name)s has already been merged into another record.",
                            name=record.name))  # fmt: skip


def merge(
    *,
    kept: Organization,
    other: Organization,
    choices: Choices,
    actor: Actor,
    versions: Versions | None = None,
) -> Merge:
    """Merge `other` into `kept`; raises SavedMeanwhile, SameRecord, AlreadyMerged.

    `versions` are those of the two records when the page was opened.
    """
    if kept is other:
        raise SameRecord
    merging.send(kept, other=other)
    lock(kept, other)
    for record, version in zip((kept, other), versions or (), strict=False):
        claim(record, version)
    for record in (kept, other):
        if record.merged_into_id is not None or record.status is OrgStatus.MERGED:
            raise AlreadyMerged(record)
    journal = Journal()
    _write(journal, kept, other, choices)
    merged.send(kept, other=other, journal=journal)
    settle(kept, other)
    made = Merge(kept=kept, other=other, journal={"steps": journal.steps},
                 made_by_id=actor.user_id)  # fmt: skip
    db.session.add(made)
    db.session.flush()
    audit.record("organization.merged", kept, actor, other=other.name, merge=made.public_id)
    return made


def lock(*records: Organization) -> None:
    """Let one change of these records wait for the other, and read them anew."""
    db.session.flush()
    db.session.scalars(
        sa.select(Organization)
        .where(Organization.id.in_([one.id for one in records]))
        .order_by(Organization.id)
        .with_for_update(of=Organization)
        .execution_options(populate_existing=True)
    ).all()
    for one in records:
        db.session.expire(one, ["contacts", "former_names", "work_areas", "target_groups"])


def settle(*records: Organization) -> None:
    """Let everything that follows from the rows follow what was written past the session."""
    ids = [one.id for one in records]
    db.session.execute(
        sa.update(TABLE).where(TABLE.c.id.in_(ids)).values(version=TABLE.c.version + 1)
    )
    db.session.expire_all()
    for one in records:
        # The keys for searching and sorting are made anew when a name is set.
        one.name = one.name
        one.updated_at = clock.now()
    db.session.flush()
    search.reindex(ids)
    queries.forget_represented()


def _write(journal: Journal, kept: Organization, other: Organization, choices: Choices) -> None:
    after = facts.values(kept, other, choices)
    keep_names(journal, kept, other, after)
    merge_terms(journal, kept, other, choices)
    lost = merge_people(journal, kept, other, choices)
    merge_access(journal, kept, other)
    after["notes"] = "\n".join(filter(None, [after["notes"], *lost]))
    after["parent_id"] = merge_family(journal, kept, other, choices, after["parent_id"])
    _put_facts(journal, kept, other, after)
    move_belongings(journal, kept.id, other.id)
    journal.change(TABLE, {"id": other.id}, {"status": OrgStatus.MERGED, "merged_into_id": kept.id})


def _put_facts(
    journal: Journal, kept: Organization, other: Organization, after: dict[str, object]
) -> None:
    """Write the facts; two records that exchange their register numbers do it one by one."""
    number = after.pop("registry_no")
    if number != kept.registry_no:
        before = kept.registry_no
        journal.change(TABLE, {"id": other.id}, {"registry_no": None})
        journal.change(TABLE, {"id": kept.id}, {"registry_no": number})
        journal.change(TABLE, {"id": other.id}, {"registry_no": before})
    journal.change(TABLE, {"id": kept.id}, after)

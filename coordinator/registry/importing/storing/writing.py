"""Brings the database in line with a plan, in one transaction and few statements."""

from collections.abc import Iterable, Iterator, Sequence
from typing import TypeVar

import sqlalchemy as sa
from flask_babel import lazy_gettext as _l
from sqlalchemy.exc import IntegrityError

from coordinator.access import Role
from coordinator.accounts.models import User
from coordinator.actors import Actor
from coordinator.audit import operations as audit
from coordinator.audit.operations import Deed
from coordinator.errors import RuleBroken
from coordinator.extensions import db
from coordinator.registry import search
from coordinator.registry.importing.planning.known import AT_ONCE, Known
from coordinator.registry.importing.planning.plan import Plan
from coordinator.registry.importing.storing import bulk, journal
from coordinator.registry.importing.storing.bulk import Named
from coordinator.registry.models import Contact, Organization
from coordinator.registry.operations.access import give_access, take_back_access

T = TypeVar("T")


class PictureChanged(RuleBroken):
    """What is stored changed after the preview was shown."""

    message = _l(
        "Somebody changed organisations of this list meanwhile. Nothing was saved. Look at what "
        "would happen now, then save again."
    )


class Changes:
    """What a plan adds and changes."""

    def __init__(self, plan: Plan) -> None:
        everyone = plan.index.all
        self.added = [known for known in everyone if known.id is None]
        self.changed = [known for known in everyone if known.id is not None and known.touched]
        self.people: list[Named] = []
        self.changed_people: list[Named] = []
        for known in self.touched:
            for contact in known.contacts:
                if contact.id is None:
                    self.people.append((known, contact))
                elif contact.changed:
                    self.changed_people.append((known, contact))

    @property
    def touched(self) -> list[Known]:
        return [*self.added, *self.changed]


def write(plan: Plan, *, batch_id: int, source: str, actor: Actor) -> list[Known]:
    """Store what the plan says and return what was touched; it then knows its numbers.

    Raises PictureChanged if somebody stored something meanwhile that the plan did not see.
    """
    changes = Changes(plan)
    ids = [known.id for known in changes.changed if known.id is not None]
    before, versions = journal.pictures(ids)
    if any(versions.get(known.id or 0) != known.version for known in changes.changed):
        raise PictureChanged
    addresses = _old_addresses(changes.changed_people)
    try:
        _store(changes, before, source)
    except IntegrityError as error:
        raise PictureChanged from error
    search.reindex(known.id for known in changes.touched if known.id is not None)
    _settle_access(changes, addresses)
    _tell(changes, actor, source)
    journal.record(batch_id, changes.touched, before)
    return changes.touched


def _store(changes: Changes, before: dict[int, journal.Picture], source: str) -> None:
    _choose_primaries(changes)
    bulk.add_organizations(changes.added, source)
    bulk.change_organizations(changes.changed)
    bulk.add_contacts(changes.people)
    bulk.change_contacts(changes.changed_people)
    bulk.link_terms(changes.added, changes.changed)
    bulk.tie(changes.added, changes.changed, before)
    db.session.expire_all()


def _choose_primaries(changes: Changes) -> None:
    """Give each organisation that has none its first new active person as the primary one."""
    served = {
        known
        for known in changes.changed
        if any(one.id is not None and one.is_primary and one.is_active for one in known.contacts)
    }
    for known, contact in changes.people:
        contact.is_primary = contact.is_active and known not in served
        if contact.is_primary:
            served.add(known)


def _old_addresses(changed: Iterable[Named]) -> list[tuple[int, str]]:
    """Return the addresses that are about to be replaced, with whose contacts had them."""
    ids = [contact.id for _known, contact in changed if "email" in contact.changed]
    found: list[tuple[int, str]] = []
    for chunk in _chunks(ids):
        asked = sa.select(Contact.organization_id, Contact.email)
        rows = db.session.execute(asked.where(Contact.id.in_(chunk), Contact.email != ""))
        found += [(row[0], row[1]) for row in rows]
    return found


def _settle_access(changes: Changes, replaced: list[tuple[int, str]]) -> None:
    """Let accounts of representatives act for whoever names their address now, and no other."""
    named = [
        (known.id, contact.email)
        for known, contact in (*changes.people, *changes.changed_people)
        if contact.email and known.id and (contact.is_active or "email" in contact.changed)
    ]
    accounts = representatives({address for _number, address in (*named, *replaced)})
    for number, address in replaced:
        if address in accounts:
            take_back_access(db.session.get_one(Organization, number), address)
    for number, address in named:
        if address in accounts:
            give_access(db.session.get_one(Organization, number), address)


def representatives(addresses: set[str]) -> set[str]:
    """Return which of these addresses an account of a representative has."""
    found: set[str] = set()
    for chunk in _chunks(sorted(addresses)):
        asked = sa.select(User.email).where(User.email.in_(chunk))
        found.update(db.session.scalars(asked.where(User.role == Role.REPRESENTATIVE)))
    return found


def _tell(changes: Changes, actor: Actor, source: str) -> None:
    deeds = [
        Deed("organization.added", known.id, known.name, {"source": source})
        for known in changes.added
    ]
    deeds += [
        Deed(
            "organization.edited",
            known.id,
            known.name,
            {"changed": sorted(known.changed), "source": source},
        )
        for known in changes.changed
        if known.changed
    ]
    audit.record_all(Organization.__tablename__, deeds, actor)
    deeds = [
        Deed("contact.added", contact.id, contact.full_name, {"organization": known.name})
        for known, contact in changes.people
    ]
    deeds += [
        Deed("contact.edited", contact.id, contact.full_name, {"changed": sorted(contact.changed)})
        for _known, contact in changes.changed_people
    ]
    audit.record_all(Contact.__tablename__, deeds, actor)


def _chunks(values: Sequence[T]) -> Iterator[Sequence[T]]:
    for start in range(0, len(values), AT_ONCE):
        yield values[start : start + AT_ONCE]

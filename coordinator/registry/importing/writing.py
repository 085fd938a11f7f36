"""Brings the database in line with a plan, in one transaction and few statements."""

from collections.abc import Iterable

import sqlalchemy as sa
from flask_babel import lazy_gettext as _l
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import selectinload
from sqlalchemy.orm.exc import StaleDataError

from coordinator.access import Role
from coordinator.accounts.models import User
from coordinator.actors import Actor
from coordinator.audit import operations as audit
from coordinator.errors import RuleBroken
from coordinator.extensions import db
from coordinator.registry.importing.known import (
    ATTRIBUTES,
    CONTACT_ATTRIBUTES,
    Known,
    KnownContact,
)
from coordinator.registry.importing.plan import Plan
from coordinator.registry.models import Contact, Organization, WorkArea
from coordinator.registry.operations.access import give_access, take_back_access

AT_ONCE = 500


class PictureChanged(RuleBroken):
    """What is stored changed after the preview was shown."""

    message = _l(
        "Somebody changed organisations of this list meanwhile. Nothing was saved. Look at what "
        "would happen now, then save again."
    )


def write(plan: Plan, *, source: str, actor: Actor) -> dict[int, Organization]:
    """Store what the plan says; return the organisations by the row that first named them.

    Raises PictureChanged if somebody stored something meanwhile that the plan did not see.
    """
    areas = {area.code: area for area in db.session.scalars(sa.select(WorkArea))}
    written: dict[Known, Organization] = {}
    try:
        for known in plan.index.all:
            if known.id is None:
                written[known] = _added(known, areas, source)
        for known, organization in _stored(k for k in plan.index.all if k.id and k.touched):
            _change(known, organization, areas)
            written[known] = organization
        db.session.flush()
    except (StaleDataError, IntegrityError) as error:
        raise PictureChanged from error
    _settle_access(written)
    _tell(written, actor, source)
    db.session.flush()
    return {
        row.number: written[row.known]
        for row in reversed(plan.rows)
        if row.known is not None and row.known in written
    }


def _added(known: Known, areas: dict[str, WorkArea], source: str) -> Organization:
    organization = Organization(**known.values, source=source)
    organization.work_areas = [areas[code] for code in known.areas]
    for place, contact in enumerate(known.contacts):
        organization.contacts.append(_new_contact(contact, primary=place == 0))
    db.session.add(organization)
    return organization


def _new_contact(contact: KnownContact, *, primary: bool) -> Contact:
    values = {name: getattr(contact, name) for name in CONTACT_ATTRIBUTES}
    return Contact(**values, is_primary=primary)


def _stored(changed: Iterable[Known]) -> Iterable[tuple[Known, Organization]]:
    by_id = {known.id: known for known in changed}
    ids = list(by_id)
    for start in range(0, len(ids), AT_ONCE):
        found = db.session.scalars(
            sa.select(Organization)
            .where(Organization.id.in_(ids[start : start + AT_ONCE]))
            .options(selectinload(Organization.contacts), selectinload(Organization.work_areas))
        )
        for organization in found:
            known = by_id.pop(organization.id)
            if organization.version != known.version:
                raise PictureChanged
            yield known, organization
    if by_id:
        raise PictureChanged


def _change(known: Known, organization: Organization, areas: dict[str, WorkArea]) -> None:
    for attribute in known.changed.intersection(ATTRIBUTES):
        setattr(organization, attribute, known.values[attribute])
    if "areas" in known.changed:
        organization.work_areas = [areas[code] for code in known.areas]
    stored = {contact.id: contact for contact in organization.contacts}
    has_primary = any(contact.is_primary for contact in organization.active_contacts)
    for contact in known.contacts:
        if contact.id is None:
            organization.contacts.append(_new_contact(contact, primary=not has_primary))
            has_primary = True
        elif contact.id not in stored:
            raise PictureChanged
        else:
            for attribute in contact.changed:
                if attribute == "email":
                    _take_back(organization, stored[contact.id])
                setattr(stored[contact.id], attribute, getattr(contact, attribute))


def _take_back(organization: Organization, contact: Contact) -> None:
    """Stop the account of the contact's old address acting for the organisation."""
    old, contact.email = contact.email, ""
    take_back_access(organization, old)


def _settle_access(written: dict[Known, Organization]) -> None:
    """Let accounts of representatives act for organisations that now name their address."""
    named = [
        (contact.email, organization)
        for known, organization in written.items()
        for contact in known.contacts
        if contact.email and (contact.id is None or "email" in contact.changed)
    ]
    addresses = sorted({address for address, _organization in named})
    accounts: set[str] = set()
    for start in range(0, len(addresses), AT_ONCE):
        chunk = addresses[start : start + AT_ONCE]
        found = sa.select(User.email).where(User.email.in_(chunk), User.role == Role.REPRESENTATIVE)
        accounts.update(db.session.scalars(found))
    for address, organization in named:
        if address in accounts:
            give_access(organization, address)


def _tell(written: dict[Known, Organization], actor: Actor, source: str) -> None:
    for known, organization in written.items():
        if known.id is None:
            audit.record("organization.added", organization, actor, source=source)
        elif known.changed:
            changed = sorted(known.changed)
            audit.record("organization.edited", organization, actor, changed=changed, source=source)
        stored = {contact.full_name: contact for contact in organization.contacts}
        for contact in known.contacts:
            record = stored.get(contact.full_name)
            if contact.id is None:
                audit.record("contact.added", record, actor, organization=organization.name)
            elif contact.changed:
                audit.record("contact.edited", record, actor, changed=sorted(contact.changed))

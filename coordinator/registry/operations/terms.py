"""How long somebody is a contact: ended, brought back, followed by somebody else."""

from datetime import date, time, timedelta
from typing import Unpack

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from coordinator import clock
from coordinator.actors import WORKER, Actor
from coordinator.audit import operations as audit
from coordinator.extensions import db
from coordinator.registry.models import Contact
from coordinator.registry.operations.access import take_back_access
from coordinator.registry.operations.contacts import (
    ContactValues,
    TermToCome,
    add_contact,
    address_came,
    refuse_terms,
    settle_primary,
)
from coordinator.registry.operations.holding import claim_contact, hold

LOOKED_BACK = timedelta(days=400)


def end_contact(
    *, contact: Contact, version: int | None, actor: Actor, until: date | None = None
) -> None:
    """End a contact today or on another day; raises SavedMeanwhile, MergedAway, TermsReversed.

    The next one becomes the primary one. With a day to come everything stays until then.
    """
    claim_contact(contact, version)
    _end(contact, until or clock.today(), actor)


def bring_back(
    *, contact: Contact, version: int | None, actor: Actor, active_from: date | None
) -> None:
    """Let somebody who ended be a contact again; raises SavedMeanwhile, TermToCome."""
    claim_contact(contact, version)
    refuse_terms(active_from, None)
    contact.active_from, contact.active_until = active_from, None
    settle_primary(contact.organization, None)
    db.session.flush()
    address_came(contact)
    audit.record("contact.returned", contact, actor, organization=contact.organization.name)


def hand_over(
    *,
    contact: Contact,
    version: int | None,
    actor: Actor,
    day: date,
    successor: Contact | None = None,
    knowingly: bool = False,
    **values: Unpack[ContactValues],
) -> Contact:
    """End a contact and let somebody represent from that day on: a contact or a new person.

    Raises SavedMeanwhile, TermToCome, TermsReversed, AlreadyContact.
    """
    claim_contact(contact, version)
    organization = contact.organization
    if day > clock.today():
        raise TermToCome("day")
    was_primary = contact.is_primary
    if successor is None:
        values["active_from"] = day
        successor = add_contact(
            organization=organization, actor=actor, knowingly=knowingly, **values
        )
    _end(contact, day, actor)
    if was_primary:
        settle_primary(organization, successor)
        successor.is_deputy = False
    db.session.flush()
    return successor


def end_terms() -> None:
    """Carry out the ends that were written down in advance and have come; a job of the worker."""
    due = _ended_since_last_touched()
    hold([one.organization for one in due])
    for contact in (one for one in due if not one.is_active):
        contact.updated_at = clock.now()
        _settle_end(contact)
        audit.record("contact.ended", contact, WORKER, organization=contact.organization.name)
    db.session.commit()


def _ended_since_last_touched() -> list[Contact]:
    today = clock.today()
    ended = sa.select(Contact.id, Contact.active_until, Contact.updated_at).where(
        Contact.active_until <= today, Contact.active_until > today - LOOKED_BACK
    )
    due = [
        number
        for number, until, touched in db.session.execute(ended)
        if until is not None and touched < clock.at(until, time())
    ]
    found = sa.select(Contact).where(Contact.id.in_(due)).order_by(Contact.id)
    return list(db.session.scalars(found.options(joinedload(Contact.organization)))) if due else []


def _end(contact: Contact, until: date, actor: Actor) -> None:
    refuse_terms(contact.active_from, until)
    contact.active_until = until
    if contact.is_active:
        changed = ["active_until"]
        audit.record("contact.edited", contact, actor, changed=changed)
        return
    _settle_end(contact)
    audit.record("contact.ended", contact, actor, organization=contact.organization.name)


def _settle_end(contact: Contact) -> None:
    contact.is_primary = False
    settle_primary(contact.organization, None)
    db.session.flush()
    take_back_access(contact.organization, contact.email)

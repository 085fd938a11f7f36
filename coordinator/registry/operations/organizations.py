"""An organisation's life: added, edited, checked, closed. It is never deleted."""

from typing import Any, TypedDict, Unpack

import sqlalchemy as sa
from flask_babel import lazy_gettext as _l
from sqlalchemy.exc import IntegrityError

from coordinator import clock
from coordinator.actors import Actor
from coordinator.audit import operations as audit
from coordinator.errors import RuleBroken
from coordinator.extensions import db
from coordinator.forms import claim
from coordinator.registry import likeness
from coordinator.registry.models import (
    District,
    Organization,
    OrgStatus,
    OrgType,
    WorkArea,
)
from coordinator.registry.register_number import normalized


class OrganizationValues(TypedDict, total=False):
    """What is known of an organisation; what is left out stays as it is."""

    name: str
    short_name: str
    org_type: OrgType
    district_slug: str
    registry_no: str
    founded_year: int | None
    address: str
    phone: str
    email: str
    website: str
    work_area_codes: list[str]
    notes: str
    source: str
    unreadable_email: str


class RegisterNumberTaken(RuleBroken):
    """A register number belongs to one organisation; the message names it."""

    def __init__(self, other: Organization | None) -> None:
        message = (
            _l("%(name)s has this register number. Check the number.", name=other.name)
            if other
            else _l("Another organisation has this register number. Check the number.")
        )
        super().__init__(message, field="registry_no")


class MaybeSame(RuleBroken):
    """The organisation looks like one that is here; whoever knows better adds it knowingly."""

    message = _l("This organisation may be here already.")

    def __init__(self, matches: list[likeness.Alike]) -> None:
        super().__init__()
        self.matches = matches


def add_organization(
    *, actor: Actor, knowingly: bool = False, **values: Unpack[OrganizationValues]
) -> Organization:
    """Add an organisation; raises MaybeSame unless `knowingly`, RegisterNumberTaken."""
    if not knowingly:
        matches = likeness.alike(
            name=values["name"], email=values.get("email", ""), phone=values.get("phone", "")
        )
        if matches:
            raise MaybeSame(matches)
    organization = Organization(verified_at=clock.today())
    db.session.add(organization)
    with db.session.no_autoflush:
        _put(organization, values)
    _flush(organization)
    audit.record("organization.added", organization, actor)
    return organization


def edit_organization(
    *,
    organization: Organization,
    version: int | None,
    actor: Actor,
    **values: Unpack[OrganizationValues],
) -> None:
    """Change what is known of an organisation; raises SavedMeanwhile, RegisterNumberTaken."""
    claim(organization, version)
    with db.session.no_autoflush:
        changed = _put(organization, values)
    if changed:
        # Fields of work stand in a table of their own; the version counts them as well.
        organization.updated_at = clock.now()
        _flush(organization)
        audit.record("organization.edited", organization, actor, changed=changed)


def change_status(
    *, organization: Organization, version: int | None, status: OrgStatus, actor: Actor
) -> None:
    """Say whether an organisation is at work; raises SavedMeanwhile."""
    claim(organization, version)
    before = organization.status
    if before is not status:
        organization.status = status
        audit.record(
            "organization.status_changed",
            organization,
            actor,
            before=before.value,
            after=status.value,
        )


def mark_checked(*, organization: Organization, actor: Actor) -> None:
    """Note that somebody looked today whether the facts still hold."""
    if organization.verified_at != clock.today():
        organization.verified_at = clock.today()
        audit.record("organization.checked", organization, actor)


def _put(organization: Organization, values: OrganizationValues) -> list[str]:
    """Write the values into the record and return the names of those that changed."""
    plain: dict[str, Any] = dict(values)
    if "registry_no" in plain:
        plain["registry_no"] = normalized(plain["registry_no"] or "") or None
        _refuse_taken(organization, plain["registry_no"])
    if "district_slug" in plain:
        plain["district"] = _district(plain.pop("district_slug"))
    if "work_area_codes" in plain:
        plain["work_areas"] = _work_areas(plain.pop("work_area_codes"))
    if plain.get("email"):
        plain["unreadable_email"] = ""
    changed = [name for name, value in plain.items() if getattr(organization, name) != value]
    for name in changed:
        setattr(organization, name, plain[name])
    return sorted(changed)


def _refuse_taken(organization: Organization, number: str | None) -> None:
    if number is None:
        return
    other = db.session.scalar(sa.select(Organization).where(Organization.registry_no == number))
    if other is not None and other is not organization:
        raise RegisterNumberTaken(other)


def _flush(organization: Organization) -> None:
    try:
        db.session.flush()
    except IntegrityError as error:
        # Somebody else took the number between our look and our write.
        raise RegisterNumberTaken(None) from error


def _district(slug: str) -> District | None:
    return db.session.scalar(sa.select(District).where(District.slug == slug)) if slug else None


def _work_areas(codes: list[str]) -> list[WorkArea]:
    found = sa.select(WorkArea).where(WorkArea.code.in_(codes)).order_by(WorkArea.order_no)
    return list(db.session.scalars(found)) if codes else []

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
    TargetGroup,
    Term,
    WorkArea,
)
from coordinator.registry.operations.family import refuse_head, refuse_umbrellas
from coordinator.registry.operations.holding import refuse_merged
from coordinator.registry.operations.names import keep_former
from coordinator.registry.queries import heir
from coordinator.registry.register_number import normalized
from coordinator.registry.tax_number import normalized as normalized_tax_number

COMPARED = ("name", "short_name", "registry_no", "tax_no", "email", "phone", "website")
"""The facts by which an organisation is recognised that is here already."""
TERMS = (
    ("work_area_codes", "work_areas", WorkArea),
    ("target_group_codes", "target_groups", TargetGroup),
)


class OrganizationValues(TypedDict, total=False):
    """What is known of an organisation; what is left out stays as it is."""

    name: str
    short_name: str
    org_type: OrgType
    district_slug: str
    registry_no: str
    tax_no: str
    public_benefit: bool
    tax_exempt: bool
    founded_year: int | None
    parent: Organization | None
    umbrellas: list[Organization]
    address: str
    phone: str
    email: str
    kep: str
    website: str
    work_area_codes: list[str]
    target_group_codes: list[str]
    protocol_order: int | None
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
    """Add an organisation; raises MaybeSame unless `knowingly`, RegisterNumberTaken, CannotBelong.

    Raises Unkeepable for a register or tax number that is none.
    """
    _refuse_taken(None, normalized(values.get("registry_no") or ""))
    if not knowingly:
        matches = likeness.alike(**{name: str(values.get(name) or "") for name in COMPARED})
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
    keep_old_name: bool = True,
    **values: Unpack[OrganizationValues],
) -> None:
    """Change what is known of an organisation; raises MergedAway, SavedMeanwhile,
    RegisterNumberTaken, CannotBelong. The old name is kept as a former one unless it was but a
    slip of the pen.
    """
    refuse_merged(organization)
    claim(organization, version)
    old_name = organization.name
    with db.session.no_autoflush:
        changed = _put(organization, values)
        if "name" in changed and keep_old_name:
            keep_former(organization, old_name)
    if changed:
        # Fields of work and the like stand in other tables; the version counts them as well.
        organization.updated_at = clock.now()
        _flush(organization)
        audit.record("organization.edited", organization, actor, changed=changed)


def change_status(
    *, organization: Organization, version: int | None, status: OrgStatus, actor: Actor
) -> None:
    """Say whether an organisation is at work; raises MergedAway, SavedMeanwhile."""
    refuse_merged(organization)
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
    if "tax_no" in plain:
        plain["tax_no"] = normalized_tax_number(plain["tax_no"])
    if "district_slug" in plain:
        plain["district"] = _district(plain.pop("district_slug"))
    for codes, terms, kind in TERMS:
        if codes in plain:
            plain[terms] = _terms(kind, plain.pop(codes))
    if plain.get("email"):
        plain["unreadable_email"] = ""
    changed = [
        name for name, value in plain.items() if _differs(getattr(organization, name), value)
    ]
    if "parent" in changed:
        refuse_head(organization, plain["parent"])
    if "umbrellas" in changed:
        known = organization.umbrellas
        refuse_umbrellas(organization, [one for one in plain["umbrellas"] if one not in known])
    for name in changed:
        setattr(organization, name, plain[name])
    return sorted(changed)


def _differs(stored: Any, value: Any) -> bool:
    """Is it another value? In lists of records the order says nothing."""
    if isinstance(value, list):
        return set(stored) != set(value)
    return bool(stored != value)


def _refuse_taken(organization: Organization | None, number: str | None) -> None:
    if not number:
        return
    other = db.session.scalar(sa.select(Organization).where(Organization.registry_no == number))
    if other is not None and other is not organization:
        raise RegisterNumberTaken(heir(other))


def _flush(organization: Organization) -> None:
    try:
        db.session.flush()
    except IntegrityError as error:
        # Somebody else took the number between our look and our write.
        raise RegisterNumberTaken(None) from error


def _district(slug: str) -> District | None:
    return db.session.scalar(sa.select(District).where(District.slug == slug)) if slug else None


def _terms(kind: type[Any], codes: list[str]) -> list[Term]:
    found = sa.select(kind).where(kind.code.in_(codes)).order_by(kind.order_no, kind.id)
    return list(db.session.scalars(found)) if codes else []

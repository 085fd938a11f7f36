"""Whom an organisation belongs to: its head, and the umbrellas of which it is a member."""

from collections.abc import Sequence

import sqlalchemy as sa
from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

from coordinator.errors import RuleBroken
from coordinator.extensions import db
from coordinator.registry.models import UMBRELLAS, Organization, OrgStatus
from coordinator.registry.queries.family import heads_above, umbrellas_above


class CannotBelong(RuleBroken):
    """One organisation cannot belong to the other; the message says why."""


def refuse_head(organization: Organization, head: Organization | None) -> None:
    """Raise CannotBelong unless the organisation may be a branch of `head`."""
    if head is None:
        return
    if head is organization:
        raise CannotBelong(_l("An organisation cannot be a branch of itself."), "parent")
    _refuse_merged(head, "parent")
    _hold(organization, head)
    if organization.id in heads_above(head.id):
        message = _l(
            "%(name)s is itself a branch of this organisation. One of the two is the head.",
            name=head.name,
        )
        raise CannotBelong(message, "parent")


def refuse_umbrellas(organization: Organization, umbrellas: Sequence[Organization]) -> None:
    """Raise CannotBelong unless the organisation may be a member of each of `umbrellas`."""
    for one in umbrellas:
        message = _reason_against(organization, one)
        if message is not None:
            raise CannotBelong(message, "umbrellas")
        _refuse_merged(one, "umbrellas")
    _hold(organization, *umbrellas)
    for one in umbrellas:
        if organization.id in umbrellas_above(one.id):
            message = _l("%(name)s is itself a member of this organisation.", name=one.name)
            raise CannotBelong(message, "umbrellas")


def _reason_against(organization: Organization, umbrella: Organization) -> LazyString | None:
    if umbrella is organization:
        return _l("An organisation cannot be a member of itself.")
    if umbrella.org_type not in UMBRELLAS:
        return _l(
            "%(name)s is recorded as “%(kind)s”. Only federations, confederations, platforms and "
            "networks have members; correct its kind first.",
            name=umbrella.name,
            kind=umbrella.org_type.word,
        )
    return None


def _refuse_merged(other: Organization, field: str) -> None:
    if other.status is OrgStatus.MERGED:
        message = _l("%(name)s was merged into another record. Choose that one.", name=other.name)
        raise CannotBelong(message, field)


def _hold(*organizations: Organization) -> None:
    """Let two who tie the same organisations to each other wait for one another."""
    numbers = sorted({one.id for one in organizations if one.id is not None})
    db.session.execute(
        sa.select(Organization.id)
        .where(Organization.id.in_(numbers))
        .order_by(Organization.id)
        .with_for_update()
    )

"""Whom an activity may be done with."""

from collections import Counter
from collections.abc import Collection, Sequence

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from coordinator import turkish
from coordinator.extensions import db
from coordinator.registry.models import Organization, OrgStatus
from coordinator.wording import one_line

MOST_CHOICES = 500
CHOOSABLE = (OrgStatus.ACTIVE, OrgStatus.PASSIVE, OrgStatus.DRAFT)


def choices(words: str = "", keep: Collection[int] = ()) -> tuple[list[tuple[str, str]], bool]:
    """Return (public id, name) of organisations in Turkish order, and whether some were left out.

    Those in `keep` are always there: what stands in a form must not vanish from it.
    """
    query = (
        sa.select(Organization)
        .options(joinedload(Organization.district))
        .where(Organization.status.in_(CHOOSABLE))
        .order_by(Organization.sort_key, Organization.id)
    )
    key = turkish.search_key(one_line(words))
    if key:
        query = query.where(Organization.search_key.contains(key, autoescape=True))
    found = list(db.session.scalars(query.limit(MOST_CHOICES + 1)))
    shown = {one.id: one for one in found[:MOST_CHOICES]}
    missing = [one for one in keep if one not in shown]
    if missing:
        kept = sa.select(Organization).where(Organization.id.in_(missing))
        shown |= {one.id: one for one in db.session.scalars(kept)}
    ordered = sorted(shown.values(), key=lambda one: (one.sort_key, one.id))
    return _named(ordered), len(found) > MOST_CHOICES


def _named(organizations: Sequence[Organization]) -> list[tuple[str, str]]:
    """Name each organisation; where two have one name, with its district."""
    often = Counter(one.name for one in organizations)
    named = []
    for one in organizations:
        where = f" ({one.district.name})" if often[one.name] > 1 and one.district else ""
        named.append((one.public_id, one.name + where))
    return named


def find(public_id: str | None) -> Organization | None:
    """Return the organisation with that public id; None for none."""
    if not public_id or not (public_id.isascii() and public_id.isalnum()):
        return None
    return db.session.scalar(sa.select(Organization).where(Organization.public_id == public_id))

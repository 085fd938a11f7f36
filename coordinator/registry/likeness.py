"""Which organisations are probably the same as one that is about to be added."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

import sqlalchemy as sa
from rapidfuzz import fuzz, process

from coordinator import turkish
from coordinator.extensions import db
from coordinator.registry.models import Contact, Organization

# Words that say what kind of body it is; the same body is written with and without them.
LEGAL_WORDS = """
    dernek dernegi dernekleri der vakif vakfi kooperatif kooperatifi federasyon federasyonu
    konfederasyon konfederasyonu birlik birligi platform platformu inisiyatif inisiyatifi girisim
    girisimi topluluk toplulugu ag agi sendika sendikasi oda odasi baro barosu sube subesi merkez
    merkezi temsilciligi association foundation
"""
LEGAL = frozenset(LEGAL_WORDS.split())
# Words that half of the register has; sharing them says nothing.
COMMON = frozenset("kadin kadinlar kadinlari izmir ve ile icin turkiye stk".split())  # noqa: SIM905
NEAR = 80
ENOUGH = 80
MOST = 5


class Reason(StrEnum):
    """Why two organisations look like one."""

    NAME = "name"
    EMAIL = "email"
    PHONE = "phone"


@dataclass(frozen=True)
class Alike:
    """An organisation that is already here and why it looks like the new one."""

    organization: Organization
    reason: Reason


def alike(*, name: str, email: str = "", phone: str = "") -> list[Alike]:
    """Return organisations with the same address or phone or nearly the same name."""
    found: dict[int, Reason] = {}
    everyone = db.session.execute(sa.select(Organization.id, Organization.search_key))
    keys = {number: key for number, key in everyone}  # noqa: C416
    found.update(dict.fromkeys(near_names(name, keys), Reason.NAME))
    if email:
        found.update(dict.fromkeys(_holding("email", email), Reason.EMAIL))
    if phone:
        found.update(dict.fromkeys(_holding("phone", phone), Reason.PHONE))
    records = db.session.scalars(
        sa.select(Organization)
        .where(Organization.id.in_(list(found)[:MOST]))
        .order_by(Organization.sort_key, Organization.id)
    )
    return [Alike(record, found[record.id]) for record in records]


def near_names(name: str, keys: Mapping[int, str]) -> list[int]:
    """Return those of `keys` (folded names by id) that name the same body, the nearest first."""
    wanted = turkish.search_key(name)
    if not wanted:
        return []
    candidates = process.extract(
        wanted, keys, scorer=fuzz.token_set_ratio, score_cutoff=ENOUGH, limit=100
    )
    return [number for key, _score, number in candidates if same_body(wanted, key)]


def same_body(one: str, other: str) -> bool:
    """Do two folded names name the same body, legal words aside?

    Words that both have are set aside. What remains may be a slip of the pen, or nothing on one
    side; "Buca …" and "Foça …" are two bodies however alike the rest is.
    """
    first, second = one.split(), other.split()
    if first == second:
        return True
    bare, other_bare = _bare(first), _bare(second)
    shared = set(bare) & set(other_bare)
    left = [word for word in bare if word not in shared]
    right = [word for word in other_bare if word not in shared]
    if left and right:
        return fuzz.ratio(" ".join(left), " ".join(right)) >= NEAR
    if not left and not right:
        return bool(shared)
    return len(shared - COMMON) >= 2


def _bare(words: list[str]) -> list[str]:
    return [word for word in words if word not in LEGAL] or words


def _holding(field: str, value: str) -> list[int]:
    own, contact = getattr(Organization, field), getattr(Contact, field)
    here = sa.select(Organization.id).where(own == value)
    people = sa.select(Contact.organization_id).where(contact == value)
    return list(db.session.scalars(here.union(people)))

"""Which organisations are probably the same as another one, and by what that is seen."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

import sqlalchemy as sa
from flask_babel import lazy_gettext as _l
from rapidfuzz import fuzz, process

from coordinator import turkish
from coordinator.extensions import db
from coordinator.registry import search
from coordinator.registry.lookalikes import latin
from coordinator.registry.models import (
    Contact,
    Organization,
    OrganizationName,
    OrgStatus,
    organization_word,
)
from coordinator.registry.register_number import normalized
from coordinator.states import Shown
from coordinator.wording import Unkeepable

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
# Where an address tells nothing without what follows: everybody is on these.
SHARED_HOSTS = frozenset(
    {
        "facebook.com", "instagram.com", "linkedin.com", "linktr.ee", "sites.google.com", "t.me",
        "tiktok.com", "twitter.com", "x.com", "youtube.com",
    }
)  # fmt: skip
NEAR = 80
ENOUGH = 80
MOST = 5
BEGINNING = 4
MOST_CANDIDATES = 1000
_WORD = re.compile(r"[^\W_]+")
_NUMBER = re.compile(r"[^0-9a-z]+")


class Reason(Shown):
    """Why two records look like one; the last two speak against it."""

    REGISTRY_NO = "registry_no", _l("the same register number")
    TAX_NO = "tax_no", _l("the same tax number")
    SAME_NAME = "same_name", _l("the same name")
    LOOKS_SAME = "looks_same", _l("a name that looks the same, with other letters")
    NAME = "name", _l("a name much like it")
    FORMER_NAME = "former_name", _l("a former name")
    SHORT_NAME = "short_name", _l("the short name")
    EMAIL = "email", _l("the same e-mail address")
    PHONE = "phone", _l("the same phone")
    WEBSITE = "website", _l("the same website")
    ADDRESS = "address", _l("the same postal address")
    OTHER_DISTRICT = "other_district", _l("but another district")
    OTHER_NUMBER = "other_number", _l("but another register number")


CERTAIN = frozenset({Reason.REGISTRY_NO})
"""A branch may share the tax number of its head, never the register number."""


@dataclass(frozen=True)
class Alike:
    """An organisation that is already here and why it looks like the new one."""

    organization: Organization
    reasons: tuple[Reason, ...]

    @property
    def reason(self) -> Reason:
        """The weightiest of the reasons."""
        return self.reasons[0]

    @property
    def certain(self) -> bool:
        """Does a number that only one organisation has say so?"""
        return self.reason in CERTAIN


def alike(
    *,
    name: str,
    short_name: str = "",
    registry_no: str = "",
    tax_no: str = "",
    email: str = "",
    phone: str = "",
    website: str = "",
) -> list[Alike]:
    """Return organisations with the same number, address, phone or site, or nearly the name."""
    found: dict[int, set[Reason]] = {}
    _note(found, Reason.REGISTRY_NO, _numbered("registry_no", _known_number(registry_no)))
    _note(found, Reason.TAX_NO, _numbered("tax_no", tax_no))
    for reason, numbers in _named(name, short_name).items():
        _note(found, reason, numbers)
    _note(found, Reason.EMAIL, _holding("email", email))
    _note(found, Reason.PHONE, _holding("phone", phone))
    _note(found, Reason.WEBSITE, _at_site(website))
    weight = {reason: place for place, reason in enumerate(Reason)}
    # The weightiest first; among equals, who has more of them.
    ordered = sorted(
        found, key=lambda number: (min(weight[r] for r in found[number]), -len(found[number]))
    )[:MOST]
    records = db.session.scalars(
        sa.select(Organization).where(Organization.id.in_(ordered)).order_by(Organization.sort_key)
    ).all()
    records = sorted(records, key=lambda one: ordered.index(one.id))
    return [Alike(one, tuple(sorted(found[one.id], key=weight.__getitem__))) for one in records]


def _note(found: dict[int, set[Reason]], reason: Reason, numbers: Iterable[int]) -> None:
    for number in numbers:
        found.setdefault(number, set()).add(reason)


def near_names(name: str, keys: Mapping[int, str]) -> list[int]:
    """Return those of `keys` (folded names by id) that name the same body, the nearest first."""
    wanted = turkish.search_key(name)
    if not wanted:
        return []
    candidates = process.extract(
        wanted, keys, scorer=fuzz.token_set_ratio, score_cutoff=ENOUGH, limit=100
    )
    return [number for key, _score, number in candidates if same_body(wanted, key)]


@lru_cache(maxsize=4096)
def folded(name: str) -> str:
    """Return a name as it is compared: as it looks, without case, accents and punctuation."""
    return " ".join(_WORD.findall(turkish.search_key(latin(name))))


def same_body(one: str, other: str) -> bool:
    """Do two folded names name the same body, legal words aside?

    Words that both have are set aside. What remains may be a slip of the pen, or nothing on one
    side; "Buca …" and "Foça …" are two bodies however alike the rest is.
    """
    first, second = one.split(), other.split()
    if first == second:
        return True
    bare, other_bare = telling(first), telling(second)
    shared = set(bare) & set(other_bare)
    left = [word for word in bare if word not in shared and word not in COMMON]
    right = [word for word in other_bare if word not in shared and word not in COMMON]
    if left and right:
        return fuzz.ratio(" ".join(left), " ".join(right)) >= NEAR
    if not left and not right:
        # "Kadın" and "Kadınları" differ; what else both have has to tell them from others.
        return bool(shared - COMMON) or set(bare) == set(other_bare)
    return len(shared - COMMON) >= 2


def telling(words: list[str]) -> list[str]:
    """Return the words of a folded name without those that say what kind of body it is."""
    return [word for word in words if word not in LEGAL] or words


def number_key(text: str | None) -> str:
    """Return a number of any register as it is compared: letters and digits alone."""
    return _NUMBER.sub("", turkish.search_key(text or ""))


def site_key(address: str) -> str:
    """Return what tells whose site a web address is: its host, on shared hosts the page too."""
    host, _slash, path = address.partition("://")[2].lower().partition("/")
    host = host.partition(":")[0].removeprefix("www.").removeprefix("m.")
    if host in SHARED_HOSTS:
        page = re.split(r"[/?#]", path)[0]
        return f"{host}/{page}" if page else ""
    return host


def _known_number(text: str) -> str:
    try:
        return normalized(text or "")
    except Unkeepable:
        return ""


def _numbered(field: str, value: str) -> list[int]:
    held = getattr(Organization, field) == value
    return _standing(sa.select(Organization.id).where(held)) if value else []


def _holding(field: str, value: str) -> list[int]:
    """Return who has the address, or whose contact has."""
    if not value:
        return []
    own, contact = getattr(Organization, field), getattr(Contact, field)
    people = sa.select(Contact.organization_id).where(contact == value)
    return _standing(
        sa.select(Organization.id).where(sa.or_(own == value, Organization.id.in_(people)))
    )


def _at_site(website: str) -> list[int]:
    key = site_key(website)
    if not key:
        return []
    written = sa.select(Organization.id, Organization.website).where(
        Organization.website.icontains(key, autoescape=True),
        Organization.status != OrgStatus.MERGED,
    )
    return [number for number, other in db.session.execute(written) if site_key(other) == key]


def _named(name: str, short_name: str) -> dict[Reason, list[int]]:
    """Return who has the name, or nearly, by what makes it so."""
    wanted = folded(name)
    found: dict[Reason, list[int]] = {}
    for number, other, short, former in _candidates(wanted, folded(short_name)):
        reason = _likeness_of(name, wanted, other, short, former)
        if reason is not None:
            found.setdefault(reason, []).append(number)
    return found


def _likeness_of(name: str, wanted: str, other: str, short: str, former: bool) -> Reason | None:
    theirs = folded(other)
    if former:
        return Reason.FORMER_NAME if same_body(wanted, theirs) else None
    if theirs == wanted:
        same = turkish.search_key(name) == turkish.search_key(other)
        plain = latin(name) == name and latin(other) == other
        return Reason.SAME_NAME if same or plain else Reason.LOOKS_SAME
    if same_body(wanted, theirs) or (short and same_body(wanted, f"{theirs} {folded(short)}")):
        return Reason.NAME
    if short and wanted and " ".join(telling(wanted.split())) == folded(short):
        return Reason.SHORT_NAME
    return None


def _candidates(wanted: str, short: str) -> list[tuple[int, str, str, bool]]:
    """Return (id, name, short name, is it a former one) of those that share a telling word.

    The index of words narrows the register down, so that only some hundred names are compared.
    """
    words = [one for one in telling(wanted.split()) if one not in COMMON] or wanted.split()
    beginnings = {word[:BEGINNING] for word in words} | {short[:BEGINNING]} - {""}
    if not beginnings:
        return []
    number, word = organization_word.c.organization_id, organization_word.c.word
    alike = (
        sa.select(number)
        .where(sa.or_(*map(search.beginning_with, sorted(beginnings)[: search.MOST_TERMS])))
        .group_by(number)
        .order_by(sa.func.count(sa.case((word.in_(words), word))).desc())
        .order_by(sa.func.count().desc(), number)
        .limit(MOST_CANDIDATES)
    ).subquery()
    now = sa.select(
        Organization.id, Organization.name, Organization.short_name, sa.literal(0)
    ).where(Organization.id.in_(sa.select(alike)), Organization.status != OrgStatus.MERGED)
    once = sa.select(
        OrganizationName.organization_id, OrganizationName.name, sa.literal(""), sa.literal(1)
    ).where(OrganizationName.organization_id.in_(sa.select(alike)))
    return [
        (number, name, short_name, bool(former))
        for number, name, short_name, former in db.session.execute(sa.union_all(now, once))
    ]


def _standing(asked: sa.Select[int]) -> list[int]:
    """Ask without the records that stand for nothing since they were merged."""
    return list(db.session.scalars(asked.where(Organization.status != OrgStatus.MERGED)))

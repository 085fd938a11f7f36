"""The fields of a record that its organisation checks: their names, values and words.

A value stands in a proposal as JSON: text, a code, or a list of codes.
"""

from collections.abc import Mapping
from typing import Any

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

from coordinator.i18n import language
from coordinator.i18n import phone as shown_phone
from coordinator.registry import queries as registry
from coordinator.registry.models import Contact, Organization, OrgType
from coordinator.wording import one_line

FIELDS: dict[str, LazyString] = {
    "name": _l("Name"),
    "short_name": _l("Short name"),
    "org_type": _l("Kind"),
    "district_slug": _l("District"),
    "address": _l("Address"),
    "phone": _l("Phone"),
    "email": _l("E-mail"),
    "website": _l("Website"),
    "work_area_codes": _l("Fields of work"),
    "target_group_codes": _l("Target groups"),
}
CONTACT_FIELDS: dict[str, LazyString] = {
    "full_name": _l("Full name"),
    "position": _l("Position"),
    "phone": _l("Phone"),
    "email": _l("E-mail"),
    "preferred_language": _l("Language of letters"),
}
NEW_CONTACT, CONTACT_LEFT = "new_contact", "contact_left"
LANGUAGES: dict[str, LazyString] = {"tr": _l("Turkish"), "en": _l("English")}
PRIVATE = ("phone", "email")
"""What a letter's link shows of its own recipient only."""


def stored(record: Organization | Contact, field: str) -> Any:
    """Return a field as it stands in a proposal."""
    value = getattr(record, field)
    return value.value if isinstance(value, OrgType) else value


def same(one: Any, other: Any) -> bool:
    """Do two values of a field say the same?"""
    if isinstance(one, list) and isinstance(other, list):
        return set(one) == set(other)
    return one_line(str(one or "")) == one_line(str(other or ""))


def label(field: str) -> LazyString:
    """Return the name of a field of an organisation or of a contact."""
    return FIELDS.get(field) or CONTACT_FIELDS[field]


def words(field: str, value: Any) -> str:
    """Return a value as people read it, in the reader's language; "–" where it is empty."""
    return _words(field, value) or "–"


def _words(field: str, value: Any) -> str:
    if field == "org_type":
        return str(OrgType(value).word) if value in list(OrgType) else ""
    if field == "district_slug":
        return next((one.name for one in registry.district_names() if one.slug == value), "")
    if field in {"work_area_codes", "target_group_codes"}:
        return ", ".join(_terms(field, value or []))
    if field == "preferred_language":
        return str(LANGUAGES.get(value, ""))
    return shown_phone(value) if field == "phone" else str(value or "")


def _terms(field: str, codes: list[str]) -> list[str]:
    areas = field == "work_area_codes"
    terms = registry.work_area_terms() if areas else registry.target_group_terms()
    return [one.name(language()) for one in terms if one.code in codes]


def person_words(values: Mapping[str, Any]) -> list[str]:
    """Return what is said of a person who became a contact, the name first."""
    shown = [values.get("full_name", ""), values.get("position", "")]
    shown += [shown_phone(values.get("phone", "")), values.get("email", "")]
    return [str(one) for one in shown if one]

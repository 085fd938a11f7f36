"""The lines of the register: a line for each contact, in columns that the import reads back."""

from collections.abc import Callable, Iterable, Iterator, Sequence

import sqlalchemy as sa
from flask_babel import lazy_gettext as _l
from sqlalchemy.orm import joinedload, selectinload

from coordinator.extensions import db
from coordinator.i18n import language, typed
from coordinator.i18n import phone as shown_phone
from coordinator.registry.importing.reading.columns import Column
from coordinator.registry.models import Contact, Organization

AT_ONCE = 500
_TIE = (Organization.name, Organization.sort_key, Organization.public_id)
YES = _l("Yes")
_LANGUAGES = {"tr": _l("Turkish"), "en": _l("English")}


def _word(flag: bool) -> str:
    return str(YES) if flag else ""


def _number(value: int | None) -> str:
    return "" if value is None else str(value)


OF_ORGANIZATION: dict[Column, Callable[[Organization], str]] = {
    Column.CODE: lambda one: one.public_id,
    Column.NAME: lambda one: one.name,
    Column.SHORT_NAME: lambda one: one.short_name,
    Column.FORMER: lambda one: "; ".join(other.name for other in one.former_names),
    Column.KIND: lambda one: str(one.org_type.word),
    Column.REGISTRY_NO: lambda one: one.registry_no or "",
    Column.TAX_NO: lambda one: one.tax_no,
    Column.DISTRICT: lambda one: one.district.name if one.district else "",
    Column.STATUS: lambda one: str(one.status.word),
    Column.AREAS: lambda one: "; ".join(area.name(language()) for area in one.work_areas),
    Column.TARGETS: lambda one: "; ".join(group.name(language()) for group in one.target_groups),
    Column.ORG_PHONE: lambda one: shown_phone(one.phone),
    Column.ORG_EMAIL: lambda one: one.email,
    Column.UNREADABLE: lambda one: one.unreadable_email,
    Column.KEP: lambda one: one.kep,
    Column.WEBSITE: lambda one: one.website,
    Column.ADDRESS: lambda one: one.address,
    Column.FOUNDED: lambda one: _number(one.founded_year),
    Column.PUBLIC_BENEFIT: lambda one: _word(one.public_benefit),
    Column.TAX_EXEMPT: lambda one: _word(one.tax_exempt),
    Column.PROTOCOL: lambda one: _number(one.protocol_order),
}
TIES: dict[Column, Callable[[Organization], list[Organization]]] = {
    Column.PARENT: lambda one: [one.parent] if one.parent else [],
    Column.UMBRELLAS: lambda one: one.umbrellas,
}
"""Other organisations: told by their names, or by their codes where a name is not theirs alone."""
OF_CONTACT: dict[Column, Callable[[Contact], str]] = {
    Column.PERSON: lambda one: one.full_name,
    Column.POSITION: lambda one: one.position,
    Column.RELATION: lambda one: str(one.relation_kind.word),
    Column.DEPUTY: lambda one: _word(one.is_deputy),
    Column.CONTACT_PHONE: lambda one: shown_phone(one.phone),
    Column.CONTACT_EMAIL: lambda one: one.email,
    Column.CHANNEL: lambda one: str(one.preferred_channel.word),
    Column.LANGUAGE: lambda one: str(_LANGUAGES[one.preferred_language]),
    Column.SINCE: lambda one: typed(one.active_from),
    Column.UNTIL: lambda one: typed(one.active_until),
}
COLUMNS: tuple[Column, ...] = (*OF_ORGANIZATION, *TIES, *OF_CONTACT, Column.NOTES)


def headings(columns: Sequence[Column] = COLUMNS) -> list[str]:
    """Return the headings in the reader's language; the import knows both."""
    return [str(column.word) for column in columns]


def lines_of(
    organizations: Iterable[Organization], columns: Sequence[Column] = COLUMNS
) -> Iterator[list[str]]:
    """Yield the cells of each line; an organisation with two contacts has two lines.

    Where no column tells of contacts, each organisation has one line.
    """
    with_people = any(column in OF_CONTACT for column in columns)
    shared = _shared_names() if not TIES.keys().isdisjoint(columns) else set()
    for one in organizations:
        own = {column: tell(one) for column, tell in OF_ORGANIZATION.items() if column in columns}
        for column, others in TIES.items():
            if column in columns:
                own[column] = "; ".join(_named(other, shared) for other in others(one))
        own[Column.NOTES] = one.notes
        people: list[Contact | None] = [*one.active_contacts] if with_people else []
        for contact in people or [None]:
            yield [_cell(column, own, contact) for column in columns]


def _shared_names() -> set[str]:
    """Return the names, as they are sorted, that several organisations have."""
    asked = (
        sa.select(Organization.sort_key).group_by(Organization.sort_key).having(sa.func.count() > 1)
    )
    return set(db.session.scalars(asked))


def _named(one: Organization, shared: set[str]) -> str:
    return one.public_id if one.sort_key in shared or ";" in one.name else one.name


def _cell(column: Column, own: dict[Column, str], contact: Contact | None) -> str:
    tell = OF_CONTACT.get(column)
    if tell is None:
        return own[column]
    return tell(contact) if contact else ""


def loaded(organizations: sa.Select[Organization]) -> Iterator[Organization]:
    """Yield the organisations with all that a line shows, a few statements for hundreds of them."""
    ids = list(db.session.scalars(organizations.with_only_columns(Organization.id)))
    for start in range(0, len(ids), AT_ONCE):
        chunk = ids[start : start + AT_ONCE]
        found = db.session.scalars(
            sa.select(Organization)
            .where(Organization.id.in_(chunk))
            .options(
                joinedload(Organization.district),
                joinedload(Organization.parent).load_only(*_TIE),
                selectinload(Organization.work_areas),
                selectinload(Organization.target_groups),
                selectinload(Organization.umbrellas).load_only(*_TIE),
                selectinload(Organization.former_names),
                selectinload(Organization.contacts),
            )
        )
        by_id = {one.id: one for one in found}
        yield from (by_id[number] for number in chunk)


def counted(organizations: sa.Select[Organization]) -> int:
    """Return how many organisations a question finds."""
    ids = organizations.with_only_columns(Organization.id).order_by(None).subquery()
    return db.session.scalar(sa.select(sa.func.count()).select_from(ids)) or 0

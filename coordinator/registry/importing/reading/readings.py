"""What one row of a list says of an organisation and of the people through whom it is reached."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from flask_babel import LazyString

from coordinator.registry.importing.reading.cells import Problem
from coordinator.registry.importing.reading.columns import Column
from coordinator.registry.models import RelationKind

NOTES = {
    # What lists say without fitting any field is kept in the notes under these words. They are
    # the institution's own text, not the reader's: the same list read again must find them.
    Column.NAME: "Adı (dosyadan)",
    Column.AREAS: "Çalışma alanları (dosyadan)",
    Column.TARGETS: "Hedef gruplar (dosyadan)",
    Column.KIND: "Türü (dosyadan)",
    Column.DISTRICT: "İlçe (dosyadan)",
    Column.REGISTRY_NO: "Kütük no (dosyadan)",
    Column.TAX_NO: "Vergi no (dosyadan)",
    Column.PHONE: "Telefon (dosyadan)",
    Column.EMAIL: "E-posta (dosyadan)",
    Column.KEP: "KEP (dosyadan)",
    Column.WEBSITE: "Web (dosyadan)",
    Column.ADDRESS: "Adres (dosyadan)",
    Column.FOUNDED: "Kuruluş yılı (dosyadan)",
    Column.SHORT_NAME: "Kısa ad (dosyadan)",
    Column.FORMER: "Eski adı (dosyadan)",
    Column.PARENT: "Bağlı olduğu kuruluş (dosyadan)",
    Column.UMBRELLAS: "Çatı kuruluş (dosyadan)",
    Column.PUBLIC_BENEFIT: "Kamu yararı (dosyadan)",
    Column.TAX_EXEMPT: "Vergi muafiyeti (dosyadan)",
    Column.PROTOCOL: "Protokol sırası (dosyadan)",
    Column.PERSON: "İlgili kişi (dosyadan)",
    Column.POSITION: "Görevi (dosyadan)",
    Column.RELATION: "Temsil biçimi (dosyadan)",
    Column.DEPUTY: "Vekil (dosyadan)",
    Column.SINCE: "Görev başlangıcı (dosyadan)",
    Column.UNTIL: "Görev bitişi (dosyadan)",
    Column.STATUS: "Durumu (dosyadan)",
    Column.LANGUAGE: "Mektup dili (dosyadan)",
    Column.CHANNEL: "Nasıl ulaşılır (dosyadan)",
}
MOST_NOTES = 4_000


@dataclass
class Person:
    """A contact as a row names it."""

    name: str = ""
    position: str = ""
    by_heading: bool = False
    """The position is only the heading's word (BAŞKAN); it gives way to what is known."""
    email: str = ""
    phone: str = ""
    language: str = ""
    channel: str = ""
    relation: RelationKind | None = None
    deputy: bool = False
    since: date | None = None
    until: date | None = None


@dataclass
class Reading:
    """One row, read. `values` holds attributes of the organisation that the row names."""

    row: int
    name: str = ""
    written_name: str = ""
    code: str = ""
    continues: int | None = None
    """The row above that names the organisation, where this one only goes on about it."""
    totals: bool = False
    repeats_headings: bool = False
    values: dict[str, Any] = field(default_factory=dict)
    areas: list[str] = field(default_factory=list)
    groups: list[str] = field(default_factory=list)
    former_names: list[str] = field(default_factory=list)
    parent: str = ""
    umbrellas: list[str] = field(default_factory=list)
    """Names or register numbers of the organisations to which it belongs."""
    people: list[Person] = field(default_factory=lambda: [Person()])
    """The contacts of the row; the first one may be without a name."""
    emails: list[str] = field(default_factory=list)
    bad_emails: list[str] = field(default_factory=list)
    org_email: str = ""
    phones: list[str] = field(default_factory=list)
    org_phone: str = ""
    notes: list[str] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    corrections: list[tuple[LazyString | str, str]] = field(default_factory=list)
    shown: str = ""
    """What stands in the file beside the name: the row as people recognise it."""

    def note(self, column: Column, text: str) -> None:
        """Keep in the notes what fits nowhere else."""
        self.notes.append(f"{NOTES[column]}: {text}")

    @property
    def person(self) -> str:
        """The name of the contact to whom the row's addresses belong."""
        return self.people[0].name

    @property
    def contact_email(self) -> str:
        return self.people[0].email

    @property
    def contact_phone(self) -> str:
        return self.people[0].phone

    @property
    def skipped(self) -> bool:
        return self.totals or self.repeats_headings

    @property
    def faulty(self) -> bool:
        """Is there a cell that somebody can put right?"""
        return not self.skipped and any(one.lost for one in self.problems)


@dataclass(frozen=True)
class Reached:
    """Which of a row's addresses and phones are the organisation's and which the person's."""

    org_email: str
    contact_email: str
    org_phone: str
    contact_phone: str
    left_over: tuple[tuple[Column, str], ...]


def reached(reading: Reading, *, first_only: bool = False) -> Reached:
    """Share out addresses and phones: one is the person's; of two the first is the organisation's.

    Where they tell it themselves, they are believed: info@ is an office's, a mobile a person's.
    Without a person all are the organisation's, and what is over goes into the notes.
    """
    emails = reading.emails[:1] if first_only else _offices_first(reading.emails, _of_office)
    phones = _offices_first(reading.phones, _of_landline)
    org_email, contact_email, more_emails = _share(
        emails, reading.org_email, reading.contact_email, bool(reading.person)
    )
    org_phone, contact_phone, more_phones = _share(
        phones, reading.org_phone, reading.contact_phone, bool(reading.person)
    )
    left_over = [(Column.EMAIL, one) for one in more_emails]
    left_over += [(Column.PHONE, one) for one in more_phones]
    return Reached(org_email, contact_email, org_phone, contact_phone, tuple(left_over))


OFFICES = frozenset(
    {
        "info", "bilgi", "iletisim", "dernek", "vakif", "baskanlik", "sekreterlik", "sekreterya",
        "ofis", "office", "contact", "merkez", "genelmerkez", "yonetim", "kurumsal", "mail",
    }
)  # fmt: skip
"""What stands before the @ of an address that several people read."""


def _of_office(address: str) -> bool:
    return address.partition("@")[0].rstrip("0123456789") in OFFICES


def _of_landline(phone: str) -> bool:
    """Is it no mobile? Turkish mobiles begin with 5."""
    return not phone.startswith("+905")


def _offices_first(given: list[str], of_office: Callable[[str], bool]) -> list[str]:
    """Return what an office is reached by in front, where only some of it is."""
    return sorted(given, key=lambda one: not of_office(one))


def _share(
    given: list[str], own: str, persons: str, has_person: bool
) -> tuple[str, str, list[str]]:
    if not has_person:
        every = list(dict.fromkeys(one for one in (own, *given, persons) if one))
        return (every[0] if every else ""), "", every[1:]
    rest = [one for one in given if one not in (own, persons)]
    if not own and len(rest) > 1 - bool(persons):
        own = rest.pop(0)
    if not persons and rest:
        persons = rest.pop(0)
    return own, persons, rest

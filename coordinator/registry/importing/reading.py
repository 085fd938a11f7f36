"""What one row of a list says of an organisation and of the person through whom it is reached."""

from dataclasses import dataclass, field
from typing import Any

from flask_babel import LazyString

from coordinator.registry.importing.cells import Problem
from coordinator.registry.importing.columns import Column

NOTES = {
    # What lists say without fitting any field is kept in the notes under these words. They are
    # the institution's own text, not the reader's: the same list read again must find them.
    Column.NAME: "Adı (dosyadan)",
    Column.AREAS: "Çalışma alanları (dosyadan)",
    Column.KIND: "Türü (dosyadan)",
    Column.DISTRICT: "İlçe (dosyadan)",
    Column.REGISTRY_NO: "Kütük no (dosyadan)",
    Column.PHONE: "Telefon (dosyadan)",
    Column.EMAIL: "E-posta (dosyadan)",
    Column.WEBSITE: "Web (dosyadan)",
    Column.ADDRESS: "Adres (dosyadan)",
    Column.FOUNDED: "Kuruluş yılı (dosyadan)",
    Column.SHORT_NAME: "Kısa ad (dosyadan)",
    Column.PERSON: "İlgili kişi (dosyadan)",
    Column.POSITION: "Görevi (dosyadan)",
    Column.STATUS: "Durumu (dosyadan)",
    Column.LANGUAGE: "Mektup dili (dosyadan)",
    Column.CHANNEL: "Nasıl ulaşılır (dosyadan)",
}
MOST_NOTES = 4_000


@dataclass
class Reading:
    """One row, read. `values` holds attributes of the organisation that the row names."""

    row: int
    name: str = ""
    written_name: str = ""
    code: str = ""
    totals: bool = False
    repeats_headings: bool = False
    values: dict[str, Any] = field(default_factory=dict)
    areas: list[str] = field(default_factory=list)
    person: str = ""
    position: str = ""
    language: str = ""
    channel: str = ""
    emails: list[str] = field(default_factory=list)
    bad_emails: list[str] = field(default_factory=list)
    org_email: str = ""
    contact_email: str = ""
    phones: list[str] = field(default_factory=list)
    org_phone: str = ""
    contact_phone: str = ""
    notes: list[str] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    corrections: list[tuple[LazyString | str, str]] = field(default_factory=list)
    shown: str = ""
    """What stands in the file beside the name: the row as people recognise it."""

    def note(self, column: Column, text: str) -> None:
        """Keep in the notes what fits nowhere else."""
        self.notes.append(f"{NOTES[column]}: {text}")

    @property
    def skipped(self) -> bool:
        return self.totals or self.repeats_headings


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

    Without a person all are the organisation's, and what is over goes into the notes.
    """
    emails = reading.emails[:1] if first_only else reading.emails
    org_email, contact_email, more_emails = _share(
        emails, reading.org_email, reading.contact_email, bool(reading.person)
    )
    org_phone, contact_phone, more_phones = _share(
        reading.phones, reading.org_phone, reading.contact_phone, bool(reading.person)
    )
    left_over = [(Column.EMAIL, one) for one in more_emails]
    left_over += [(Column.PHONE, one) for one in more_phones]
    return Reached(org_email, contact_email, org_phone, contact_phone, tuple(left_over))


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

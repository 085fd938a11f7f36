"""An organisation on one page of paper: who it is, who stands for it, what was between us."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from flask_babel import gettext as _

from coordinator import clock, printing
from coordinator.history import queries
from coordinator.i18n import day, day_short, language
from coordinator.i18n import phone as shown_phone
from coordinator.institution import queries as institution
from coordinator.registry.models import Contact, Organization

TEMPLATE = Path(__file__).parent / "print" / "profile.typ"
MOST_CONTACTS, MOST_EVENTS, MOST_LETTERS = 6, 12, 220
Row = tuple[str, str]


def profile(organization: Organization) -> bytes:
    """Return the page as PDF. What is too much for one page is shortened. Raises NotPrintable."""
    branch = institution.current()
    about = [
        str(organization.org_type.word),
        organization.district.name if organization.district else "",
        str(organization.status.word),
    ]
    today = _("As of %(day)s", day=day(clock.today()))
    return printing.pdf(
        TEMPLATE,
        {
            "name": organization.name,
            "about": " · ".join(filter(None, about)),
            "parts": [
                _part(_("Who it is"), _facts(organization), ""),
                _part(_("Who stands for it"), _people(organization), _("No contact is known.")),
                _part(_("What was between us"), _events(organization), _("Nothing yet.")),
            ],
            "footer": " · ".join(
                filter(None, [branch.unit or branch.name if branch else "", today])
            ),
        },
    )


def _part(title: str, rows: Iterable[Row], empty: str) -> dict[str, Any]:
    kept = [[word, _shortened(value)] for word, value in rows if value]
    return {"title": title, "rows": kept, "empty": empty}


def _shortened(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= MOST_LETTERS else f"{line[: MOST_LETTERS - 1]}…"


def _facts(one: Organization) -> list[Row]:
    areas = ", ".join(area.name(language()) for area in one.work_areas)
    groups = ", ".join(group.name(language()) for group in one.target_groups)
    return [
        (_("Short name"), one.short_name),
        (_("Part of"), one.parent.name if one.parent else ""),
        (_("Member of"), ", ".join(other.name for other in one.umbrellas)),
        (_("Register number"), one.registry_no or ""),
        (_("Founded in"), str(one.founded_year or "")),
        (_("Fields of work"), areas),
        (_("Target groups"), groups),
        (_("Address"), one.address),
        (_("Phone"), shown_phone(one.phone)),
        (_("E-mail"), one.email),
        (_("Website"), one.website),
        (_("Details checked"), day(one.verified_at) if one.verified_at else ""),
    ]


def _people(one: Organization) -> list[Row]:
    return [(person.full_name, _reached(person)) for person in one.active_contacts[:MOST_CONTACTS]]


def _reached(person: Contact) -> str:
    told = [person.position, shown_phone(person.phone), person.email]
    return " · ".join(filter(None, told)) or "–"


def _events(one: Organization) -> list[Row]:
    said = [("!", sentence) for sentence in queries.remarks(one)]
    shown = queries.timeline(one, size=MOST_EVENTS).events
    return [*said, *((day_short(clock.local(event.at)), str(event.title)) for event in shown)]

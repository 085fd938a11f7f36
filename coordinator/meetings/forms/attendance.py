"""The attendance of all organisations in one form.

Field names carry the organisation's public id. Each row also carries what the page showed, so
that only what somebody changed is saved: two tablets at the door do not undo each other.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from flask import request
from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

from coordinator.fields import Line, number_wanted
from coordinator.forms import AppForm
from coordinator.meetings.expected import Expected
from coordinator.meetings.models import CAME, Attendance, AttendanceStatus, Meeting, Mode
from coordinator.meetings.operations import Mark
from coordinator.meetings.operations.attendance import MOST_PEOPLE
from coordinator.registry.models import Organization

_WAS = re.compile(r"^was-([a-z0-9]{12})$")
MOST_ROWS = 2000


@dataclass
class Row:
    """One organisation on the attendance page."""

    organization: Organization
    status: AttendanceStatus | None = None
    people: str = ""
    was: str = ""
    expected: Expected | None = None
    error: LazyString | None = None
    choices: list[AttendanceStatus] = field(default_factory=list)

    @property
    def key(self) -> str:
        return self.organization.public_id

    @property
    def changed(self) -> bool:
        return self.was != stamp(self.status, int(self.people or 0))

    def read(self, status: str, people: str, was: str) -> None:
        """Take over what was posted; a count that is no number becomes the row's error."""
        self.status = next((one for one in AttendanceStatus if one.value == status), None)
        self.people, self.was = people.strip()[:20], was[:40]
        sound = self.people.isascii() and self.people.isdigit() and int(self.people) <= MOST_PEOPLE
        if self.people and not sound and self.status in CAME:
            self.error = number_wanted(1, MOST_PEOPLE)
        elif not sound or self.status not in CAME:
            self.people = ""
        if self.status in CAME and not self.people:
            self.people = str(self.expected.people or 1) if self.expected else "1"


class AttendanceForm(AppForm):
    """All rows, and the box that finds somebody who came uninvited."""

    search = Line(_l("Add an organisation that came uninvited"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.rows: list[Row] = []

    def fill(self, rows: list[Row]) -> None:
        """Take the rows to be shown, with what was posted for them."""
        self.rows = sorted(rows, key=lambda row: row.organization.sort_key)
        if request.method != "POST":
            return
        for row in self.rows:
            was = request.form.get(f"was-{row.key}")
            if was is not None:
                row.read(
                    request.form.get(f"status-{row.key}", ""),
                    request.form.get(f"people-{row.key}", ""),
                    was,
                )

    @property
    def rows_are_sound(self) -> bool:
        return not any(row.error for row in self.rows)

    @property
    def marks(self) -> list[Mark]:
        """What somebody changed on this page."""
        return [
            Mark(row.organization, row.status, int(row.people or 0))
            for row in self.rows
            if row.changed
        ]


def posted_organizations() -> Iterator[str]:
    """Yield the public ids of the rows that were posted, and of the one to be added."""
    names = [match[1] for name in request.form if (match := _WAS.match(name))]
    yield from names[:MOST_ROWS]
    added = request.form.get("add", "")
    if re.fullmatch(r"[a-z0-9]{12}", added):
        yield added


def stamp(status: AttendanceStatus | None, people: int) -> str:
    """Return a row's value in few letters."""
    return f"{status.value}:{people}" if status else ""


def noted_row(row: Row, noted: Attendance | None) -> Row:
    """Return the row with what is stored."""
    if noted is not None:
        row.status, row.people = noted.status, str(noted.people or "")
        row.was = stamp(noted.status, noted.people)
    return row


def choices(meeting: Meeting, row: Row) -> list[AttendanceStatus]:
    """Return the states to choose from; nobody comes online to a meeting without a link."""
    return [
        one
        for one in AttendanceStatus
        if one is not AttendanceStatus.ONLINE
        or meeting.mode is not Mode.IN_PERSON
        or row.status is AttendanceStatus.ONLINE
    ]

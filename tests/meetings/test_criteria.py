"""Organisations by attendance: came in the last year, not since then, never."""

from flask import Flask

from coordinator.extensions import db
from coordinator.meetings.models import Attendance, AttendanceStatus
from coordinator.registry.listing import Filters, organizations_page
from tests.browser import Browser
from tests.factories import MeetingFactory, OrganizationFactory, in_days


def names(value: str) -> list[str]:
    page = organizations_page(Filters.read({"katilim": value}))
    return [row.name for row in page.items]


def test_organisations_are_found_by_when_they_came(app: Flask, staff: Browser) -> None:
    recent, old = MeetingFactory(starts_at=in_days(-30)), MeetingFactory(starts_at=in_days(-500))
    came = {
        "A": [(recent, AttendanceStatus.PRESENT), (old, AttendanceStatus.PRESENT)],
        "B": [(recent, AttendanceStatus.ONLINE)],
        "C": [(old, AttendanceStatus.PRESENT), (recent, AttendanceStatus.ABSENT)],
        "D": [(recent, AttendanceStatus.EXCUSED)],
        "E": [],
    }
    for name, rows in came.items():
        one = OrganizationFactory(name=name)
        db.session.add_all(
            Attendance(meeting_id=meeting.id, organization_id=one.id, status=status)
            for meeting, status in rows
        )
    db.session.commit()
    assert names("sonyil") == ["A", "B"]
    assert names("once") == ["C"]
    assert names("hic") == ["D", "E"]
    assert names("nonsense") == ["A", "B", "C", "D", "E"]
    page = staff.get("/kuruluslar?katilim=sonyil")
    assert len(page.rows()) == 2
    assert "Toplantılar: Son bir yılda geldi" in page.text

"""Who came: quick to tick off, by two people at once, and with those nobody expected."""

from collections.abc import Iterator

import pytest
import time_machine
from flask import Flask

from coordinator import clock
from coordinator.extensions import db
from coordinator.invitations.models import RsvpAnswer
from coordinator.meetings import expected, operations, queries
from coordinator.meetings.models import AttendanceStatus, Meeting, MeetingStatus, Mode
from coordinator.meetings.operations import Mark
from coordinator.meetings.operations.attendance import NobodyMet
from coordinator.registry.models import Organization
from tests.browser import Browser, counted_statements
from tests.factories import InvitationFactory, MeetingFactory, OrganizationFactory
from tests.meetings.people import ACTOR

PRESENT, EXCUSED = AttendanceStatus.PRESENT, AttendanceStatus.EXCUSED


@pytest.fixture
def meeting(app: Flask) -> Meeting:
    """Two organisations are expected: one with two people, one that is silent."""
    meeting = MeetingFactory(status=MeetingStatus.INVITED)
    cigli = OrganizationFactory(name="Çiğli Turna Kadın Kooperatifi")
    buca = OrganizationFactory(name="Buca Mahalle Buluşması")
    now = clock.now()
    InvitationFactory(
        meeting=meeting, organization=cigli, answer=RsvpAnswer.YES, people=2,
        attendee_names=["Sevgi Ak", "Nur Deniz"], invited_at=now,
    )  # fmt: skip
    InvitationFactory(meeting=meeting, organization=buca, invited_at=now)
    return meeting


@pytest.fixture
def on_the_day(meeting: Meeting) -> Iterator[None]:
    with time_machine.travel(meeting.starts_at, tick=False):
        yield


def noted(meeting: Meeting) -> dict[str, tuple[str, int]]:
    db.session.expire_all()
    return {
        row.organization.name: (row.status.value, row.people)
        for row in queries.attendance(meeting).values()
    }


def organization(name: str) -> Organization:
    return db.session.execute(db.select(Organization).filter_by(name=name)).scalar_one()


def test_those_expected_come_from_above(meeting: Meeting) -> None:
    assert [(one.organization.name, one.people) for one in expected.at(meeting)] == [
        ("Buca Mahalle Buluşması", 0),
        ("Çiğli Turna Kadın Kooperatifi", 2),
    ]


def test_the_sheet_is_ticked_off_and_changed(
    meeting: Meeting, on_the_day: None, staff: Browser
) -> None:
    path = f"/toplantilar/{meeting.public_id}/yoklama"
    page = staff.get(path)
    assert "Henüz yoklama alınmadı." in page.text
    rows = page.rows()
    assert rows[0].startswith("Buca Mahalle Buluşması")
    assert "Sevgi Ak, Nur Deniz" in rows[1]
    cigli = organization("Çiğli Turna Kadın Kooperatifi").public_id
    buca = organization("Buca Mahalle Buluşması").public_id
    saved = page.submit(
        "Yoklamayı kaydet", **{f"status-{cigli}": "present", f"status-{buca}": "excused"}
    )
    assert "Yoklama kaydedildi." in saved.text
    assert "1 kuruluş katıldı, 2 kişi." in saved.text
    assert noted(meeting) == {
        "Çiğli Turna Kadın Kooperatifi": ("present", 2),
        "Buca Mahalle Buluşması": ("excused", 0),
    }
    assert meeting.status is MeetingStatus.HELD
    saved.submit("Yoklamayı kaydet", **{f"people-{cigli}": "3", f"status-{buca}": ""})
    assert noted(meeting) == {"Çiğli Turna Kadın Kooperatifi": ("present", 3)}


def test_two_people_at_the_door_do_not_undo_each_other(
    meeting: Meeting, on_the_day: None, staff: Browser
) -> None:
    path = f"/toplantilar/{meeting.public_id}/yoklama"
    cigli = organization("Çiğli Turna Kadın Kooperatifi").public_id
    buca = organization("Buca Mahalle Buluşması").public_id
    one, other = staff.get(path), staff.get(path)
    one.submit("Yoklamayı kaydet", **{f"status-{cigli}": "present"})
    other.submit("Yoklamayı kaydet", **{f"status-{buca}": "present"})
    assert set(noted(meeting)) == {"Çiğli Turna Kadın Kooperatifi", "Buca Mahalle Buluşması"}


def test_somebody_uninvited_is_found_and_added_without_losing_ticks(
    meeting: Meeting, on_the_day: None, staff: Browser
) -> None:
    OrganizationFactory(name="Foça Sardunya Kadın Derneği")
    cigli = organization("Çiğli Turna Kadın Kooperatifi").public_id
    foca = organization("Foça Sardunya Kadın Derneği").public_id
    page = staff.get(f"/toplantilar/{meeting.public_id}/yoklama")
    found = page.submit("Ara", search="foca SARD", **{f"status-{cigli}": "present"})
    assert found.soup.select_one(".p-tabs [aria-current]").get_text() == "Yoklama"
    assert "Foça Sardunya Kadın Derneği" in found.soup.select_one(".p-found").get_text()
    assert noted(meeting) == {}
    added = found.submit("Ekle")
    row = next(row for row in added.rows() if "Foça" in row)
    assert "davetsiz" in row
    assert noted(meeting) == {}
    added.submit("Yoklamayı kaydet", **{f"people-{foca}": "4"})
    assert noted(meeting) == {
        "Çiğli Turna Kadın Kooperatifi": ("present", 2),
        "Foça Sardunya Kadın Derneği": ("present", 4),
    }


def test_a_search_for_nobody_says_so(meeting: Meeting, staff: Browser) -> None:
    page = staff.get(f"/toplantilar/{meeting.public_id}/yoklama")
    assert "Bu adla başka kuruluş yok." in page.submit("Ara", search="zzzz").text
    assert "kimlik" in page.submit("Ara", 422, search="10000000146").text


@pytest.mark.parametrize("people", ["üç", "-1", "1e3", "9999", "٣", "3 5"])
def test_a_count_that_is_no_number_comes_back(
    meeting: Meeting, staff: Browser, people: str
) -> None:
    cigli = organization("Çiğli Turna Kadın Kooperatifi").public_id
    page = staff.get(f"/toplantilar/{meeting.public_id}/yoklama")
    wrong = page.submit(
        "Yoklamayı kaydet", 422, **{f"status-{cigli}": "present", f"people-{cigli}": people}
    )
    assert "1 alanı düzeltin" in wrong.text
    assert "1 ile 500 arasında bir sayı yazın." in wrong.text
    assert wrong.soup.find(id=f"kisi-{cigli}")["value"] == people
    assert noted(meeting) == {}


def test_rows_that_somebody_made_up_are_passed_over(meeting: Meeting, staff: Browser) -> None:
    page = staff.get(f"/toplantilar/{meeting.public_id}/yoklama")
    page.submit(
        "Yoklamayı kaydet",
        **{"was-zzzzzzzzzzzz": "", "status-zzzzzzzzzzzz": "present", "status-": "x", "add": "' --"},
    )
    assert noted(meeting) == {}


def test_attendance_before_the_meeting_does_not_make_it_held(
    meeting: Meeting, staff: Browser
) -> None:
    row = Mark(organization("Çiğli Turna Kadın Kooperatifi"), EXCUSED)
    operations.take_attendance(meeting, [row], actor=ACTOR)
    assert meeting.status is MeetingStatus.INVITED


def test_nobody_comes_to_a_cancelled_meeting(meeting: Meeting, staff: Browser) -> None:
    operations.cancel_meeting(meeting, reason="x", actor=ACTOR)
    with pytest.raises(NobodyMet):
        operations.take_attendance(meeting, [], actor=ACTOR)
    page = staff.get(f"/toplantilar/{meeting.public_id}/yoklama")
    assert "Yoklamayı kaydet" not in page.text


def test_those_who_only_read_see_and_cannot_tick(meeting: Meeting, viewer: Browser) -> None:
    page = viewer.get(f"/toplantilar/{meeting.public_id}/yoklama")
    assert len(page.rows()) == 2
    assert not page.soup.select("input[type=radio]")


def test_online_is_offered_where_there_is_a_link(meeting: Meeting, staff: Browser) -> None:
    path = f"/toplantilar/{meeting.public_id}/yoklama"
    assert not staff.get(path).soup.select("input[value=online]")
    meeting = db.session.merge(meeting)
    meeting.mode = Mode.HYBRID
    assert len(staff.get(path).soup.select("input[value=online]")) == 2


def test_thirty_cost_as_much_as_three(app: Flask, staff: Browser) -> None:
    counts = []
    for number in (3, 30):
        meeting = MeetingFactory(status=MeetingStatus.INVITED)
        for _ in range(number):
            invitation = InvitationFactory(meeting=meeting, invited_at=clock.now())
            operations.take_attendance(meeting, [Mark(invitation.organization, PRESENT, 1)],
                                       actor=ACTOR)  # fmt: skip
        path = f"/toplantilar/{meeting.public_id}/yoklama"
        staff.get(path)
        with counted_statements() as statements:
            staff.get(path)
        counts.append(len(statements))
    assert counts[0] == counts[1]

"""Meetings as they are read: the list, a meeting's page, who may see what."""

from datetime import timedelta

import pytest
from flask import Flask

from coordinator import clock
from coordinator.days import operations as days
from coordinator.extensions import db
from coordinator.meetings import operations, queries
from coordinator.meetings.models import MeetingStatus, Mode
from tests.browser import Browser, counted_statements
from tests.factories import (
    InvitationFactory,
    MeetingFactory,
    OrganizationFactory,
    represent,
    special_day,
)
from tests.meetings.people import ACTOR, NEW, token_on


def test_the_list_says_what_comes_and_what_was(staff: Browser) -> None:
    empty = staff.get("/toplantilar")
    assert "Gelecek toplantı yok." in empty.text
    now = clock.now()
    window = days.open_window(special_day(), 2026, ACTOR)
    first = MeetingFactory(title="Birinci", starts_at=now + timedelta(days=2), window=window)
    MeetingFactory(title="İkinci", starts_at=now + timedelta(days=9), window=None)
    MeetingFactory(title="Geçmiş", starts_at=now - timedelta(days=9), status=MeetingStatus.HELD)
    page = staff.get("/toplantilar")
    assert "2 toplantı geliyor, ilki 5 Kasım 2026 Perşembe." in page.text
    titles = [name.get_text() for name in page.soup.select("tbody th a")]
    assert titles == ["Birinci", "İkinci", "Geçmiş"]
    of_window = staff.get(f"/toplantilar?pencere={window.public_id}")
    assert [a.get_text() for a in of_window.soup.select("tbody th a")] == ["Birinci"]
    held = staff.get("/toplantilar?durum=held")
    assert [a.get_text() for a in held.soup.select("tbody th a")] == ["Geçmiş"]
    for odd in ("?page=0", "?page=-1", "?page=x", "?page=99999999999999", "?durum=yok",
                "?pencere=' OR 1=1"):  # fmt: skip
        staff.get(f"/toplantilar{odd}")
    assert first.title == "Birinci"


def test_the_list_costs_the_same_for_three_and_thirty(staff: Browser) -> None:
    counts = []
    for number in (3, 27):
        for _ in range(number):
            MeetingFactory()
            MeetingFactory(starts_at=clock.now() - timedelta(days=3), window=None)
        db.session.commit()
        staff.get("/toplantilar")
        with counted_statements() as statements:
            staff.get("/toplantilar")
        counts.append(len(statements))
    assert counts[0] == counts[1]


def test_a_meetings_page_needs_few_statements(staff: Browser) -> None:
    meeting = MeetingFactory()
    for _ in range(30):
        InvitationFactory(meeting=meeting, invited_at=clock.now())
    path = f"/toplantilar/{meeting.public_id}"
    staff.get(path)
    with counted_statements() as statements:
        staff.get(path)
    read = [one for one in statements if one != "BEGIN"]
    assert len(read) <= 10, read


def test_viewers_read_and_do_not_write(viewer: Browser) -> None:
    meeting = MeetingFactory()
    page = viewer.get(f"/toplantilar/{meeting.public_id}")
    for button in ("Düzenle", "Toplantıyı iptal et", "Yapıldı olarak işaretle"):
        assert button not in page.text
    for path in ("duzenle", "iptal"):
        viewer.get(f"/toplantilar/{meeting.public_id}/{path}", 403)
    for path in ("duzenle", "iptal", "yapildi", "yoklama"):
        viewer.post(f"/toplantilar/{meeting.public_id}/{path}", token_on(page), 403)
    viewer.get(NEW, 403)


def test_representatives_have_pages_of_their_own(app: Flask, browser: Browser) -> None:
    invitation = InvitationFactory(invited_at=clock.now())
    browser.sign_in(represent(invitation.organization))
    for path in ("", "/yoklama", "/duzenle", "/iptal"):
        browser.get(f"/toplantilar/{invitation.meeting.public_id}{path}", 403)
    browser.get("/toplantilar", 403)


@pytest.mark.parametrize("key", ["yok", "a" * 12, "A" * 12, "%00" * 4, "..%2f..%2f", "a" * 3000])
def test_a_meeting_that_is_not_there(staff: Browser, key: str) -> None:
    for path in ("", "/yoklama", "/duzenle", "/iptal"):
        staff.get(f"/toplantilar/{key}{path}", 404)


def test_an_online_meeting_shows_its_link(staff: Browser) -> None:
    meeting = MeetingFactory(mode=Mode.ONLINE, place="", online_url="https://toplanti.example/x")
    page = staff.get(f"/toplantilar/{meeting.public_id}")
    link = page.soup.find("a", href="https://toplanti.example/x")
    assert link["rel"] == ["noreferrer"]


def test_who_came_stands_in_the_summary(staff: Browser) -> None:
    meeting = MeetingFactory()
    mark = operations.Mark(OrganizationFactory(), operations.attendance.AttendanceStatus.PRESENT, 3)
    operations.take_attendance(meeting, [mark], actor=ACTOR)
    page = staff.get(f"/toplantilar/{meeting.public_id}")
    assert "1 kuruluş katıldı, 3 kişi." in page.text
    assert queries.attendance_count(meeting).people == 3

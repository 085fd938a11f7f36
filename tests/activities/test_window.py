"""The window's page: where it stands, what is missing, what came of it."""

from datetime import date, timedelta

import pytest
from flask import Flask

from coordinator import clock
from coordinator.access import Role
from coordinator.activities.models import ActivityStatus
from coordinator.activities.queries import windows as queries
from coordinator.days.models import DayWindow
from coordinator.extensions import db
from coordinator.invitations.models import RsvpAnswer
from coordinator.meetings.models import Attendance, AttendanceStatus, Meeting, MeetingStatus
from coordinator.proposals.models import ProposalStatus
from tests.activities.making import busy, lacks, partner, programme_path, window_path
from tests.browser import Browser, counted_statements
from tests.factories import (
    CallFactory,
    DayWindowFactory,
    InvitationFactory,
    JointActivityFactory,
    MeetingFactory,
    OrganizationFactory,
    ProposalFactory,
    UserFactory,
)


def test_a_new_window_says_what_comes_first(staff: Browser, window: DayWindow) -> None:
    page = staff.get(window_path(window))
    assert page.h1 == f"25 Kasım {window.year}"
    assert "Kadına Yönelik Şiddete Karşı Uluslararası Mücadele Günü ve 16 gün" in page.text
    assert lacks(page) == ["Çağrı açılmadı", "Hazırlık toplantısı planlanmadı"]
    assert page.link("Toplantı planla") == f"/toplantilar/yeni?pencere={window.public_id}"
    assert page.link("Çağrı aç") == f"/cagrilar/yeni?pencere={window.public_id}"
    assert page.link("Program sayfasını gör") == programme_path(window)
    assert page.link("Etkinlik ekle") == f"/etkinlikler/yeni?pencere={window.public_id}"
    names = [one.get_text(strip=True) for one in page.soup.select(".p-stage-name")]
    assert names == [
        "Öneri çağrısı",
        "Hazırlık toplantısı",
        "Program",
        "25 Kasım ve 16 gün",
        "Değerlendirme",
    ]
    current = page.soup.select_one('[aria-current="step"]')
    assert "Öneri çağrısı" in current.get_text()
    assert len(page.soup.select(".p-threads path")) == 1


def test_stages_tell_how_far_they_have_come(staff: Browser, window: DayWindow) -> None:
    busy(window, 4)
    page = staff.get(window_path(window))
    told = [" ".join(one.get_text(" ").split()) for one in page.soup.select(".p-stage")]
    assert "Sürüyor: 4 öneri" in told[0]
    assert "Kapanmasına 10 gün kaldı" in told[0]
    assert "Davet gönderildi" in told[1]
    assert "4 kuruluştan 4’ü yanıtladı" in told[1]
    assert "4 etkinlik hazırlanıyor" in told[2]
    assert "4 mekân eksik" in told[2]
    assert "Başlamadı" in told[3]
    assert len(page.soup.select(".p-threads path")) == 8


def test_at_most_forty_threads(staff: Browser, window: DayWindow) -> None:
    activity = JointActivityFactory(window=window)
    for _each in range(45):
        partner(activity, OrganizationFactory())
    page = staff.get(window_path(window))
    assert len(page.soup.select(".p-threads path")) == 40


def test_what_came_of_it_is_counted(staff: Browser, window: DayWindow) -> None:
    meeting = MeetingFactory(window=window, status=MeetingStatus.HELD)
    came = InvitationFactory(meeting=meeting, answer=RsvpAnswer.YES)
    InvitationFactory(meeting=meeting, answer=RsvpAnswer.NO)
    InvitationFactory(meeting=meeting)
    InvitationFactory(meeting=meeting, invited_at=None)
    walked_in = OrganizationFactory()
    for organization, status, people in (
        (came.organization, AttendanceStatus.PRESENT, 2),
        (walked_in, AttendanceStatus.ONLINE, 1),
        (OrganizationFactory(), AttendanceStatus.ABSENT, 0),
    ):
        db.session.add(
            Attendance(
                meeting_id=meeting.id, organization=organization, status=status, people=people
            )
        )
    call = CallFactory(window=window)
    for status in (
        ProposalStatus.ACCEPTED,
        ProposalStatus.REJECTED,
        ProposalStatus.DRAFT,
        ProposalStatus.WITHDRAWN,
    ):
        ProposalFactory(call=call, status=status, organization=walked_in)
    JointActivityFactory(
        window=window, status=ActivityStatus.DONE, reached_women=1200, reached_men=34
    )
    JointActivityFactory(window=window)
    JointActivityFactory(window=window, status=ActivityStatus.CANCELLED, reached_women=9)
    page = staff.get(window_path(window))
    counted = [" ".join(one.get_text(" ").split()) for one in page.soup.select("#ne-oldu li")]
    assert counted == [
        "3 davet edilen kuruluş",
        "2 yanıtlayan kuruluş",
        "2 gelen kuruluş",
        "3 gelen kişi",
        "2 öneri",
        "1 kabul edilen öneri",
        "2 etkinlik",
        "1 tamamlanan etkinlik",
        "1.234 ulaşılan kişi",
    ]
    assert "3 kuruluştan 2’si yanıtladı." in page.text
    assert "1 etkinlik 1.234 kişiye ulaştı." in page.text
    assert queries.numbers(window).taking_part == 2


def test_the_preparation_meeting_is_the_one_people_are_invited_to_next(window: DayWindow) -> None:
    def of_day(days: int, status: MeetingStatus, *, asked: bool = False) -> Meeting:
        start = clock.now() + timedelta(days=days)
        meeting = MeetingFactory(window=window, starts_at=start, status=status)
        if asked:
            InvitationFactory(meeting=meeting)
        return meeting

    def chosen() -> Meeting | None:
        return queries.standing(window).meeting

    of_day(3, MeetingStatus.CANCELLED, asked=True)
    of_day(4, MeetingStatus.DRAFT)
    assert chosen() is None
    forgotten = of_day(-30, MeetingStatus.PLANNED)
    assert chosen() == forgotten
    of_day(-25, MeetingStatus.HELD)
    latest = of_day(-20, MeetingStatus.CLOSED)
    of_day(-10, MeetingStatus.PLANNED)
    assert chosen() == latest
    of_day(20, MeetingStatus.PLANNED)
    nearest = of_day(10, MeetingStatus.PLANNED)
    assert chosen() == nearest
    of_day(40, MeetingStatus.INVITED, asked=True)
    wanted = of_day(30, MeetingStatus.INVITED, asked=True)
    assert chosen() == wanted


def test_a_cancelled_meeting_counts_for_nothing(staff: Browser, window: DayWindow) -> None:
    meeting = MeetingFactory(window=window, status=MeetingStatus.CANCELLED)
    InvitationFactory(meeting=meeting, answer=RsvpAnswer.YES)
    assert queries.numbers(window) == queries.Numbers(0, 0, 0, 0, 0)
    assert "Hazırlık toplantısı planlanmadı" in lacks(staff.get(window_path(window)))


def test_twelve_statements_whatever_the_numbers(app: Flask) -> None:
    browser = Browser(app)
    browser.sign_in(UserFactory(role=Role.STAFF))
    few, many = DayWindowFactory(), DayWindowFactory(year=clock.today().year + 2)
    busy(few, 3)
    busy(many, 30)
    taken = []
    for window in (few, many):
        path = window_path(window)
        db.session.commit()
        with counted_statements() as statements:
            browser.get(path)
        taken.append(len([one for one in statements if one.startswith(("SELECT", "WITH"))]))
    assert taken[0] == taken[1]
    assert taken[1] <= 12


def test_a_day_without_a_window_offers_to_open_it(staff: Browser, app: Flask) -> None:
    year = clock.today().year + 3
    page = staff.get(f"/ozel-gunler/{year}/25-kasim")
    assert "henüz açılmadı" in page.text
    assert db.session.scalars(db.select(DayWindow)).all() == []
    opened = page.submit("Pencere aç")
    assert opened.path == f"/ozel-gunler/{year}/25-kasim"
    assert opened.h1 == f"25 Kasım {year}"


def test_a_viewer_reads_and_presses_nothing(viewer: Browser, window: DayWindow) -> None:
    busy(window, 2)
    page = viewer.get(window_path(window))
    assert not page.soup.select(".p-action-do button, .p-action-do a")
    assert "Etkinlik ekle" not in page.text
    assert "Pencere aç" not in viewer.get(f"/ozel-gunler/{window.year + 1}/25-kasim").text


def test_a_part_leads_to_its_whole(staff: Browser, window: DayWindow) -> None:
    assert staff.get(f"/ozel-gunler/{window.year}/16-gun").path == window_path(window)


@pytest.mark.parametrize(
    "path",
    ["/ozel-gunler/2027/yok", "/ozel-gunler/99999999999/25-kasim", "/ozel-gunler/2027/%00",
     "/ozel-gunler/1/25-kasim"],
)  # fmt: skip
def test_what_is_not_there_is_not_found(staff: Browser, path: str) -> None:
    staff.get(path, 404)


def test_it_speaks_english(app: Flask, window: DayWindow) -> None:
    busy(window, 3)
    browser = Browser(app, "en")
    browser.sign_in(UserFactory(role=Role.STAFF))
    page = browser.get(window_path(window))
    assert "3 of 3 organisations answered" in page.text
    assert "4 days late" in page.text
    assert "25 November and 16 days" in page.text


def test_same_hour_is_told_of_what_overlaps_only(app: Flask, window: DayWindow) -> None:
    start = clock.now() + timedelta(days=40)

    def one(title: str, after: float, length: float | None = None, **more: object) -> object:
        begins = start + timedelta(hours=after)
        ends = begins + timedelta(hours=length) if length else None
        return JointActivityFactory(
            window=window, title=title, starts_at=begins, ends_at=ends, **more
        )

    first, second = one("A", 0, 2), one("B", 1.5)
    one("C", 2.5)
    one("D", 6)
    one("İptal", 6, status=ActivityStatus.CANCELLED)
    one("Sergi", 0, 48)
    found = queries.standing(window).clashing
    assert [[activity.title for activity in group] for group in found] == [["A", "B"]]
    assert found == [[first, second]]


def test_dates_are_those_of_the_window(staff: Browser, window: DayWindow) -> None:
    assert window.starts_on == date(window.year, 11, 25)
    page = staff.get(window_path(window))
    told = [" ".join(one.get_text(" ").split()) for one in page.soup.select(".p-stage-dates")]
    assert told[3] == "25 Kasım – 10 Aralık"
    assert told[4] == "11 – 31 Aralık"

"""The report counts what the pages show, and costs the same however many windows there are."""

from coordinator import clock
from coordinator.extensions import db
from coordinator.invitations.models import RsvpAnswer
from coordinator.meetings.models import Attendance, AttendanceStatus
from coordinator.proposals.models import ProposalStatus
from tests.browser import Browser, counted_statements
from tests.factories import (
    CallFactory,
    DayWindowFactory,
    InvitationFactory,
    JointActivityFactory,
    MeetingFactory,
    ProposalFactory,
    special_day,
)


def a_window_with_results() -> None:
    window = DayWindowFactory()
    meeting = MeetingFactory(window=window)
    came = InvitationFactory(meeting=meeting, answer=RsvpAnswer.YES, invited_at=clock.now())
    InvitationFactory(meeting=meeting, invited_at=clock.now())
    db.session.add(
        Attendance(
            meeting_id=meeting.id,
            organization_id=came.organization_id,
            status=AttendanceStatus.PRESENT,
            people=2,
        )
    )
    call = CallFactory(window=window)
    ProposalFactory(call=call)
    ProposalFactory(call=call, status=ProposalStatus.ACCEPTED)
    JointActivityFactory(window=window, reached_women=40, reached_children=5)


def test_an_empty_house_says_what_to_do(staff: Browser) -> None:
    page = staff.get("/raporlar")
    assert page.h1 == "Raporlar"
    assert "Özel gün aç" in page.text


def test_the_numbers_of_a_window_stand_in_its_row(staff: Browser, viewer: Browser) -> None:
    a_window_with_results()
    for reader in (staff, viewer):
        (row,) = reader.get("/raporlar").rows()
        assert row.startswith("25 Kasım")
        assert row.endswith("2 1 1 2 1 1 45")


def test_the_file_holds_the_same_and_opens_in_a_turkish_spreadsheet(staff: Browser) -> None:
    a_window_with_results()
    answer = staff.send("GET", "/raporlar/ozel-gunler.csv")
    text = answer.get_data().decode("utf-8-sig")
    assert answer.get_data().startswith(b"\xef\xbb\xbf")
    heading, row = text.strip().split("\r\n")
    assert heading.startswith("Özel gün;Gün;Davet edildi")
    assert row.split(";")[2:] == ["2", "1", "1", "2", "1", "1", "0", "45"]


def test_more_windows_cost_no_more_statements(staff: Browser) -> None:
    a_window_with_results()
    staff.get("/raporlar")
    with counted_statements() as few:
        staff.get("/raporlar")
    for key in ("international_womens_day", "girl_child_day", "human_rights_day"):
        DayWindowFactory(special_day=special_day(key))
    with counted_statements() as many:
        staff.get("/raporlar")
    assert len(many) == len(few)

"""What is late in a window, and what is ticked off from its page."""

from datetime import timedelta

from coordinator import clock
from coordinator.days.models import DayWindow
from coordinator.proposals.models import ProposalStatus
from tests.activities.making import lacks, late, task, window_path
from tests.browser import Browser
from tests.factories import (
    CallFactory,
    JointActivityFactory,
    MeetingFactory,
    ProposalFactory,
)


def test_what_is_late_comes_first_each_with_one_button(staff: Browser, window: DayWindow) -> None:
    MeetingFactory(window=window)
    call = CallFactory(window=window)
    ProposalFactory(call=call, status=ProposalStatus.ACCEPTED, title="Hukuk atölyesi")
    march = JointActivityFactory(window=window, title="Yürüyüş")
    JointActivityFactory(window=window, title="Buluşma", starts_at=march.starts_at)
    JointActivityFactory(window=window, title="Sergi", starts_at=None, place="")
    task(march, "Mülki amir izni", due_on=late(4), responsible_name="Etkinlik birimi")
    page = staff.get(window_path(window))
    assert lacks(page) == [
        "Mülki amir izni",
        "Toplantıya henüz kimse davet edilmedi",
        "Hukuk atölyesi",
        "Sergi",
        "Aynı saatte 2 etkinlik",
    ]
    rows = page.soup.select(".p-action")
    assert all(len(row.select(".p-action-do a, .p-action-do button")) == 1 for row in rows)
    assert "4 gün gecikti" in rows[0].get_text()
    assert "Sorumlu: Etkinlik birimi" in rows[0].get_text()
    assert "“Yürüyüş” ve “Buluşma”" in rows[4].get_text()
    compared = staff.get(page.link("Karşılaştır"))
    assert len(compared.rows()) == 2


def test_a_late_task_is_ticked_off_from_the_window(staff: Browser, window: DayWindow) -> None:
    task(
        JointActivityFactory(window=window),
        "Afiş metni",
        due_on=late(1),
        responsible_name="Basın birimi",
    )
    page = staff.get(window_path(window)).submit("Tamamla")
    assert page.path == window_path(window)
    assert "Afiş metni" not in lacks(page)


def test_a_long_list_is_shown_whole_on_request(staff: Browser, window: DayWindow) -> None:
    for number in range(9):
        JointActivityFactory(window=window, title=f"Etkinlik {number}", place="", starts_at=None)
    page = staff.get(window_path(window))
    assert len(lacks(page)) == 6
    whole = staff.get(page.link("Bütün işler: 5 tane daha"))
    assert len(lacks(whole)) == 11


def test_stages_that_are_over_are_late(staff: Browser, window: DayWindow) -> None:
    today = clock.today()
    window.call_from, window.call_until = today - timedelta(days=40), today - timedelta(days=20)
    window.meeting_around = today - timedelta(days=15)
    window.programme_from, window.programme_until = today - timedelta(10), today - timedelta(5)
    JointActivityFactory(window=window, place="")
    page = staff.get(window_path(window))
    assert len(page.soup.select(".p-stage-late")) == 3
    red = page.soup.select(".p-action svg.p-red")
    assert len(red) == 3

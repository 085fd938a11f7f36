"""The whole road, from an Excel file to a programme made together, as its people walk it."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest

from tests.journeys import road
from tests.journeys.conftest import Visitor

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.xdist_group("journey")]
Visit = Callable[..., Visitor]
KORFEZ, TIRE = "bilgi@korfezkizcocuklari.example", "bilgi@tireigneoyasikadin.example"
EGE = "Ege Kadın Dayanışma Derneği"
BUS_STOP, EXHIBITION = "Gece otobüsünde güvenli durak", "İğne oyası sergisi"


def in_days(count: int) -> str:
    return (date.today() + timedelta(days=count)).strftime("%d.%m.%Y")


def test_from_the_list_to_the_programme(visit: Visit) -> None:
    staff, mail = visit(), visit()
    year = date.today().year + 1
    road.set_up(staff)
    road.import_list(staff)
    road.find_in_any_spelling(staff)
    window = road.open_window(staff, year)
    road.open_call(staff, window, in_days(0), in_days(20))
    meeting = road.plan_meeting(staff, window, in_days(30), in_days(20))
    road.invite_everybody(staff, meeting)

    first, second = visit(width=390), visit(width=390)
    road.answer(first, road.link_in_letter(mail, KORFEZ, "/davet/"), "İpek Polat", "Hale Ay")
    road.answer(second, road.link_in_letter(mail, TIRE, "/davet/"), "İnci Avcı")
    road.phone_in(staff, meeting, "Foça Deniz")
    staff.go(f"{meeting}/davetliler").sees("30 davetliden 3’ü yanıtladı. 3 kişi geliyor.")

    road.propose(first, BUS_STOP)
    road.propose(second, EXHIBITION)
    road.accept(staff, BUS_STOP, "Ulaşım birimi üç hatta deneme için olur verdi.")
    road.decline(staff, EXHIBITION, "Salon 25 Kasım’da dolu. İsterseniz 8 Mart için konuşalım.")
    activity = road.make_activity(staff, BUS_STOP, f"25.11.{year}")
    road.add_partner(staff, activity, EGE)
    road.give_task(staff, activity, EGE, "Afiş metninin onayı", in_days(10))
    road.take_attendance(staff, meeting, "Körfez Kız")
    road.record_outcome(staff, activity, women=120)

    staff.go(window).sees("1 gelen kuruluş", "1 kabul edilen öneri", "120 ulaşılan kişi")
    public = visit(width=390)
    public.go(f"/program/{year}/25-kasim").sees(BUS_STOP, "Bornova Metro durağı")
    address = public.page.locator("a[href*='/takvim/']").first.get_attribute("href")
    feed = public.page.request.get(str(address).replace("webcal://", "http://"))
    assert f"SUMMARY:{BUS_STOP}" in feed.text()

    representative = visit(width=390)
    road.sign_in_by_letter(representative, mail, KORFEZ)
    representative.go("/oneriler").sees(BUS_STOP)
    assert EXHIBITION not in representative.page.content()
    representative.page.goto(window)
    representative.sees("Bu sayfa size açık değil")


def test_the_main_steps_in_english_on_a_phone(visit: Visit) -> None:
    staff = visit(width=390, language="en-GB")
    staff.go("/giris").fill(email="derya.tuna@belediye.example", password=road.PASSWORD)
    staff.click("Sign in")
    for path, heading in (
        ("/", "First page"),
        ("/kuruluslar", "Organisations"),
        ("/toplantilar", "Meetings"),
        ("/oneriler", "Proposals"),
        ("/ozel-gunler", "Special days"),
        ("/etkinlikler", "Activities"),
        ("/raporlar", "Reports"),
        ("/yonetim", "Administration"),
    ):
        staff.go(path)
        assert staff.page.locator("h1").inner_text().startswith(heading)
        assert staff.page.locator("html").get_attribute("lang") == "en"

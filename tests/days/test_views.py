"""The pages of special days."""

from datetime import date

import pytest
from flask import Flask

from coordinator.days import operations, queries
from coordinator.days.models import SpecialDay
from coordinator.extensions import db
from tests.browser import Browser, Page, counted_statements
from tests.factories import OrganizationFactory, represent, special_day
from tests.meetings.people import ACTOR

TCKN = "10000000146"
NASTY = "Gün\u202e\u200b\r\nBcc: kotu@ornek.org"


def test_the_year_by_months(staff: Browser) -> None:
    page = staff.get("/ozel-gunler")
    assert page.h1 == "Özel günler 2026"
    rows = page.rows()
    assert len(rows) == 47
    kasim = next(row for row in rows if row.startswith("25 Kasım Çar Kadına"))
    assert "22 gün kaldı" in kasim
    assert "Şiddetle mücadele" in kasim
    mothers = next(row for row in rows if "Anneler Günü" in row)
    assert mothers.startswith("10 Mayıs Paz")
    assert "geçti" in mothers
    sixteen = next(row for row in rows if "16 Günlük" in row)
    assert "– 10 Aralık Per" in sixteen
    assert "16 gün" in sixteen
    assert "25 Kasım ile birlikte hazırlanır" in sixteen
    assert "Ekim ayı" not in page.text


def test_the_year_in_english(app: Flask, staff: Browser) -> None:
    staff.client.set_cookie("dil", "en")
    page = staff.get("/ozel-gunler/2027")
    assert page.h1 == "Special days 2027"
    row = next(row for row in page.rows() if "Women’s Day" in row)
    assert "Mon 8 March" in row
    assert "eve of Eid al-Fitr, half day" in row
    assert "125 days left" in row


def test_arrows_lead_to_the_years_beside(staff: Browser) -> None:
    page = staff.get("/ozel-gunler/2027")
    assert page.link("2026") == "/ozel-gunler/2026"
    assert page.link("2028") == "/ozel-gunler/2028"
    staff.get("/ozel-gunler/1999", 404)
    staff.get("/ozel-gunler/2101", 404)
    staff.get("/ozel-gunler/99999999999999999999", 404)


def test_themes_and_days_that_are_switched_off(staff: Browser) -> None:
    special_day("idahobit").is_active = False
    page = staff.get("/ozel-gunler/2027")
    assert len(page.rows()) == 46
    assert "Homofobi" not in page.text
    everything = staff.get("/ozel-gunler/2027?goster=hepsi")
    assert "kapatıldı" in next(row for row in everything.rows() if "Homofobi" in row)
    violence = staff.get("/ozel-gunler/2027?tema=violence")
    assert all("Şiddetle mücadele" in row for row in violence.rows())
    assert len(staff.get("/ozel-gunler/2027?tema=<script>").rows()) == 46


def test_opening_a_window_leads_to_it(staff: Browser, viewer: Browser) -> None:
    page = staff.get("/ozel-gunler/2027")
    row = next(form for form in page.soup.select("form") if "8-mart/ac" in str(form.get("action")))
    data = page.filled(row)
    opened = staff.post(str(row["action"]), data)
    assert opened.path == "/ozel-gunler/2027/8-mart"
    again = staff.post(str(row["action"]), data)
    assert again.path == "/ozel-gunler/2027/8-mart"
    assert len(queries.windows()) == 1
    assert staff.get("/ozel-gunler/2027").link("Pencereye git") == "/ozel-gunler/2027/8-mart"
    assert not viewer.get("/ozel-gunler/2027").soup.select("tbody form")
    seen = viewer.get("/ozel-gunler/2027")
    viewer.post("/ozel-gunler/2027/25-kasim/ac", token_on(seen), 403)
    staff.post("/ozel-gunler/2027/boyle-gun-yok/ac", data, 404)
    staff.post("/ozel-gunler/1999/8-mart/ac", data, 404)


def test_the_year_costs_the_same_with_many_windows(staff: Browser) -> None:
    staff.get("/ozel-gunler/2027")
    with counted_statements() as few:
        staff.get("/ozel-gunler/2027")
    for day in db.session.scalars(db.select(SpecialDay)).all():
        operations.open_window(day, 2027, ACTOR)
    db.session.commit()
    with counted_statements() as many:
        staff.get("/ozel-gunler/2027")
    assert len(many) == len(few)


def test_dates_of_a_window_are_changed(staff: Browser) -> None:
    operations.open_window(special_day(), 2027, ACTOR)
    path = "/ozel-gunler/2027/25-kasim/tarihler"
    page = staff.get(path)
    assert page.h1 == "25 Kasım 2027: tarihler"
    wrong = page.submit("Kaydet", 422, meeting_around="yarın")
    assert "Tarihi 12.11.2026 gibi yazın." in wrong.text
    assert 'value="yarın"' in str(wrong.soup)
    refused = page.submit("Kaydet", 409, meeting_around="26.11.2027")
    assert "Toplantı, özel günden önce olsun." in refused.text
    saved = page.submit("Kaydet", meeting_around="15.11.2027")
    assert saved.path == "/ozel-gunler/2027/25-kasim"
    window = queries.find_window(2027, "25-kasim")
    assert window is not None
    assert window.meeting_around == date(2027, 11, 15)
    stale = page.submit("Kaydet", 409, meeting_around="16.11.2027")
    assert "15.11.2027" in stale.text
    stale.submit("Kaydet")
    window = queries.find_window(2027, "25-kasim")
    assert window is not None
    assert window.meeting_around == date(2027, 11, 16)
    staff.get("/ozel-gunler/2028/25-kasim/tarihler", 404)


def test_a_day_is_added_and_changed(staff: Browser) -> None:
    page = staff.get("/ozel-gunler").link("Gün ekle")
    form = staff.get(page)
    assert form.h1 == "Yeni özel gün"
    empty = form.submit("Kaydet", 422, length_days="")
    assert "4 alanı düzeltin" in empty.text
    names = {"name_tr": "Kadın Çiftçi Buluşması", "name_en": "Women Farmers’ Gathering"}
    wrong = form.submit("Kaydet", 409, **names, month="2", day="30")
    assert "Bu ayda o gün yok" in wrong.text
    year = form.submit("Kaydet", **names, month="12", day="30", theme="rural")
    assert "Kaydedildi: Kadın Çiftçi Buluşması" in year.text
    edit = staff.get("/ozel-gunler/gunler/30-aralik")
    stale = staff.get("/ozel-gunler/gunler/30-aralik")
    edit.submit("Kaydet", kind="movable", nth="2", weekday="mon", month="12")
    assert special_day_of("30-aralik").day_or_rule == "nth:2:mon"
    both = stale.submit("Kaydet", 409, name_tr="Başka ad")
    assert "Kadın Çiftçi Buluşması" in both.text
    assert special_day_of("30-aralik").name_tr == "Kadın Çiftçi Buluşması"


def special_day_of(slug: str) -> SpecialDay:
    day = queries.find_day(slug)
    assert day is not None
    return day


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("name_tr", "A" * 10_000, "200 karaktere kısaltın"),
        ("name_tr", TCKN, "kimlik"),
        ("name_en", f"kişi {TCKN}", "kimlik"),
        ("day", "yirmi", "1 ile 31 arasında"),
        ("day", "-3", "1 ile 31 arasında"),
        ("day", "9" * 10_000, "1 ile 31 arasında"),
        ("month", "13", "Listeden birini seçin"),
        ("month", "x", "Listeden birini seçin"),
        ("length_days", "9999", "1 ile 60 arasında"),
        ("lead_days", "0", "1 ile 365 arasında"),
        ("theme", "yok", "Listeden birini seçin"),
        ("kind", "bazen", "Listeden birini seçin"),
    ],
)
def test_hostile_days_are_answered_kindly(
    staff: Browser, field: str, value: str, said: str
) -> None:
    page = staff.get("/ozel-gunler/gunler/yeni")
    good = {"name_tr": "Gün", "name_en": "Day", "day": "3", "month": "2"}
    wrong = page.submit("Kaydet", 422, **{**good, field: value})
    assert said in wrong.text


def test_invisible_signs_and_line_breaks_are_taken_out(staff: Browser) -> None:
    staff.get("/ozel-gunler/gunler/yeni").submit(
        "Kaydet", name_tr=NASTY, name_en="Day", day="3", month="2"
    )
    assert special_day_of("3-subat").name_tr == "Gün Bcc: kotu@ornek.org"


def test_closed_days(staff: Browser, viewer: Browser) -> None:
    page = staff.get("/ozel-gunler/kapali-gunler")
    assert "29 Ekim 2027 Cuma Cumhuriyet Bayramı" in page.text
    assert "Ramazan Bayramı arifesi, 13.00’ten sonra yarım gün" in page.text
    for value in ("", "31.02.2027", "12345", "00.00.0000", "1.1.1"):
        assert "gibi yazın" in page.submit("Kapalı gün ekle", 422, on=value, reason="x").text
    saved = page.submit("Kapalı gün ekle", on="31.12.2026", reason="İdari izin")
    assert "31 Aralık kapalı gün." in saved.text
    assert "İdari izin" in viewer.get("/ozel-gunler/kapali-gunler").text
    twice = saved.submit("Kapalı gün ekle", 409, on="31.12.2026", reason="İdari izin")
    assert "zaten kapalı günler arasında" in twice.text
    gone = saved.submit("Kaldır")
    assert "artık kapalı gün değil" in gone.text
    assert "31 Aralık 2026" not in gone.text
    viewer.post("/ozel-gunler/kapali-gunler", token_on(viewer.get("/ozel-gunler")), 403)
    staff.post("/ozel-gunler/kapali-gunler/dun/kaldir", token_on(saved), 404)


def token_on(page: Page) -> dict[str, str]:
    """Return the CSRF token of a page, as a browser would send it."""
    return {"csrf_token": str(page.soup.find("input", {"name": "csrf_token"})["value"])}  # type: ignore[index]


def test_representatives_and_strangers_do_not_get_in(app: Flask, browser: Browser) -> None:
    assert browser.send("GET", "/ozel-gunler").status_code == 302
    browser.sign_in(represent(OrganizationFactory()))
    browser.get("/ozel-gunler", 403)
    browser.get("/ozel-gunler/kapali-gunler", 403)
    browser.get("/ozel-gunler/gunler/25-kasim", 403)


@pytest.mark.parametrize("slug", ["yok", "25-kasim%00", "..%2f", "%E2%80%AE", "a" * 3000])
def test_addresses_of_nothing(staff: Browser, slug: str) -> None:
    staff.get(f"/ozel-gunler/gunler/{slug}", 404)
    staff.get(f"/ozel-gunler/2027/{slug}/tarihler", 404)

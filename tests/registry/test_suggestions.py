"""What the search box is answered while one types."""

import pytest
from flask import Flask

from coordinator.extensions import db
from coordinator.registry.models import OrganizationName
from tests.browser import Browser, counted_statements
from tests.factories import ContactFactory, OrganizationFactory, district, represent

PATH = "/kuruluslar/oneriler"


def shown(browser: Browser, text: str) -> list[str]:
    page = browser.get(PATH, query={"ara": text})
    return [" ".join(item.get_text(" ").split()) for item in page.soup.select("li")]


def test_the_first_eight_are_shown_and_how_many_there_are(app: Flask, staff: Browser) -> None:
    for number in range(12):
        OrganizationFactory(name=f"Mavi {number:02}", district=district("Buca"))
    page = staff.get(PATH, query={"ara": "mavi"})
    assert [item.strong for item in page.soup.select("li")] == [None] * 8
    assert page.soup.select_one("li mark").get_text() == "Mavi"
    said = page.soup.select_one("p").get_text()
    assert said == "12 kuruluş · İlk 8 tanesi görünüyor, tümü için Enter’a basın."
    assert shown(staff, "mavi 07") == ["Mavi 07 Buca"]


def test_names_that_begin_so_come_first(app: Flask, staff: Browser) -> None:
    OrganizationFactory(name="Akasya", district=district("Buca"))
    OrganizationFactory(name="Buca Evi", district=district("Konak"))
    assert shown(staff, "buca") == ["Buca Evi Konak", "Akasya Buca"]


def test_why_something_is_found_is_said_where_the_name_does_not_show_it(
    app: Flask, staff: Browser
) -> None:
    one = OrganizationFactory(name="Yeni <b>Kapı</b>", district=None, phone="+902322931200")
    one.former_names = [OrganizationName(name="Eski Çınar")]
    ContactFactory(organization=one, full_name="Gonca Ulu")
    assert shown(staff, "çınar") == ["Yeni <b>Kapı</b> Eski ad: Eski Çınar"]
    assert shown(staff, "gonca") == ["Yeni <b>Kapı</b> İrtibat kişisi: Gonca Ulu"]
    assert shown(staff, "232 293") == ["Yeni <b>Kapı</b> Telefon: 0 232 293 12 00"]
    assert shown(staff, "gonac") == ["Yeni <b>Kapı</b> İrtibat kişisi: Gonca Ulu"]


@pytest.mark.parametrize("typed", ["", " ", "%", "x" * 5000, "\u202e", "<script>"])
def test_nothing_found_is_said_in_words(app: Flask, staff: Browser, typed: str) -> None:
    OrganizationFactory(name="Mavi")
    page = staff.get(PATH, query={"ara": typed})
    assert not page.soup.select("li")
    assert page.soup.select_one("p").get_text() == "Böyle bir kuruluş yok"


def test_the_answer_is_kept_by_nobody_and_shown_to_readers_only(
    app: Flask, staff: Browser, viewer: Browser
) -> None:
    answer = staff.send("GET", f"{PATH}?ara=mavi")
    assert answer.headers["Cache-Control"] == "no-store"
    assert viewer.send("GET", f"{PATH}?ara=mavi").status_code == 200
    person = Browser(app).sign_in(represent(OrganizationFactory()))
    assert person.send("GET", f"{PATH}?ara=mavi").status_code == 403
    assert Browser(app).send("GET", f"{PATH}?ara=mavi").status_code == 302


def test_suggesting_costs_the_same_at_every_size(app: Flask, staff: Browser) -> None:
    costs = []
    for size in (3, 300):
        for number in range(size):
            ContactFactory(organization=OrganizationFactory(name=f"Mavi {size} {number}"))
        db.session.commit()
        row = []
        for typed in ("mavi", "nermin", "nermni"):
            with counted_statements() as statements:
                staff.get(PATH, query={"ara": typed})
            row.append(len([one for one in statements if not one.startswith("BEGIN")]))
        costs.append(row)
    assert costs[0] == costs[1]
    assert max(costs[0]) <= 12

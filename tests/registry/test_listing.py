"""The list of organisations: searched, cut, ordered, paged."""

import pytest
import sqlalchemy as sa
from flask import Flask

from coordinator.extensions import db
from coordinator.registry import search
from coordinator.registry.listing import Filters, choose, organizations_page
from coordinator.registry.models import (
    OrgStatus,
    OrgType,
    WorkArea,
    organization_word,
)
from tests.browser import Browser, counted_statements
from tests.factories import ContactFactory, OrganizationFactory, district, represent

SHORT = {"ara": "cigli"}


def names(**filters: str) -> list[str]:
    return [row.name for row in organizations_page(Filters.read(filters)).items]


def work_area(code: str) -> WorkArea:
    return db.session.execute(db.select(WorkArea).filter_by(code=code)).scalar_one()


@pytest.mark.parametrize("typed", ["cigli", "ÇİĞLİ", "Ciğli", "çiğli", "CIGLI", "çiğl", " cigli "])
def test_every_spelling_finds_the_name_and_the_district(app: Flask, typed: str) -> None:
    OrganizationFactory(name="Turna Kadın Kooperatifi", district=district("Çiğli"))
    OrganizationFactory(name="Çiğli Kadın Evi")
    OrganizationFactory(name="Buca Kadın Evi")
    assert names(ara=typed) == ["Çiğli Kadın Evi", "Turna Kadın Kooperatifi"]


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("IŞIK", ["Işık Derneği"]),
        ("ışık", ["Işık Derneği"]),
        ("isik", ["Işık Derneği"]),
        ("İNCİR", ["İncir Ağacı"]),
        ("incir agaci", ["İncir Ağacı"]),
        ("ağacı İncir", ["İncir Ağacı"]),
        ("KADAV", ["Işık Derneği"]),
        ("nuray", ["İncir Ağacı"]),
        ("nuray@incir.example", ["İncir Ağacı"]),
        ("35-123-456", ["Işık Derneği"]),
        ("35/123/456", ["Işık Derneği"]),
        ("35123456", ["Işık Derneği"]),
        ("35-123", ["Işık Derneği"]),
        ("gaci", ["İncir Ağacı"]),
        ("nuray işık", []),
        ("%", []),
        ("___", []),
        ("…", []),
        ("x" * 10_000, []),
        ("\u202eincir\u200b", ["İncir Ağacı"]),
        ("in\x00cir", ["İncir Ağacı"]),
    ],
)
def test_names_people_and_numbers_are_found(app: Flask, typed: str, found: list[str]) -> None:
    OrganizationFactory(name="Işık Derneği", short_name="KADAV", registry_no="35-123-456")
    incir = OrganizationFactory(name="İncir Ağacı")
    ContactFactory(organization=incir, full_name="Nuray Ateş", email="nuray@incir.example")
    assert names(ara=typed) == found


def test_the_words_follow_what_is_saved(app: Flask) -> None:
    one = OrganizationFactory(name="Eski Ad Derneği")
    contact = ContactFactory(organization=one, full_name="Sevgi Ak")
    one.name = "Yeni Ad Derneği"
    contact.full_name = "Sevgi Kara"
    db.session.commit()
    assert names(ara="eski") == []
    assert names(ara="ak") == []
    assert names(ara="yeni kara") == ["Yeni Ad Derneği"]
    db.session.delete(contact)
    db.session.commit()
    assert names(ara="kara") == []


def test_rows_that_came_in_another_way_are_found_after_reindexing(app: Flask) -> None:
    OrganizationFactory(name="Mavi Kıyı", short_name="")
    db.session.execute(sa.delete(organization_word))
    assert search.reindex() == 1
    kept = set(db.session.scalars(sa.select(organization_word.c.word)))
    assert kept == {"mavi", "kiyi"}


def test_the_order_is_that_of_the_turkish_alphabet(app: Flask) -> None:
    wanted = [
        "Akasya", "Cemre", "Çağrı", "Gül", "Ğ", "Hale", "Ihlamur", "Işık", "İmbat", "İncir", "Ordu",
        "Özge", "Su", "Şafak", "Umut", "Üzüm", "Zeytin",
    ]  # fmt: skip
    for name in sorted(wanted, key=lambda name: name[::-1]):
        OrganizationFactory(name=name)
    assert names() == wanted


def test_each_filter_cuts_and_they_cut_together(app: Flask) -> None:
    a = OrganizationFactory(name="A", district=district("Buca"), email="a@a.example")
    b = OrganizationFactory(name="B", org_type=OrgType.FOUNDATION, email="b@b.example")
    c = OrganizationFactory(name="C", district=district("Buca"), org_type=OrgType.FOUNDATION)
    d = OrganizationFactory(name="D", status=OrgStatus.CLOSED)
    e = OrganizationFactory(name="E", email="", unreadable_email="bilgi(at)e")
    ContactFactory(organization=e)
    f = OrganizationFactory(name="F")
    ContactFactory(organization=f, email="")
    a.work_areas = [work_area("violence"), work_area("legal")]
    c.work_areas = [work_area("legal")]
    db.session.commit()
    assert names() == ["A", "B", "C", "D", "E", "F"]
    assert names(ilce="buca") == ["A", "C"]
    assert names(tur="foundation") == ["B", "C"]
    assert names(alan="legal") == ["A", "C"]
    assert names(alan="legal", tur="foundation") == ["C"]
    assert names(alan="legal", ara="a") == ["A"]
    assert names(durum="closed") == ["D"]
    assert names(durum="ilgi") == ["C", "E", "F"]
    assert names(ilce="nowhere") == []
    assert names(tur="nothing", durum="nothing") == ["A", "B", "C", "D", "E", "F"]
    assert [one.name for one in db.session.scalars(choose(Filters()))] == ["A", "B", "C", "E", "F"]
    assert list(db.session.scalars(choose(Filters(alan=("legal",))))) == [a, c]
    assert {b.name, d.name} == {"B", "D"}


def test_a_search_that_finds_much_is_asked_the_other_way_and_finds_the_same(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(6):
        OrganizationFactory(name=f"Kadın {number}", district=district("Buca"))
    OrganizationFactory(name="Buca Evi")
    before = [names(ara=typed) for typed in ("kad", "buca", "kad 3", "bu ka")]
    monkeypatch.setattr("coordinator.registry.search.asking.MANY", 0)
    assert [names(ara=typed) for typed in ("kad", "buca", "kad 3", "bu ka")] == before


def test_pages_hold_fifty_and_past_the_end_comes_the_last(app: Flask, staff: Browser) -> None:
    for number in range(120):
        OrganizationFactory(name=f"Dernek {number:03}")
    page = staff.get("/kuruluslar?ilce=konak")
    assert "120 kuruluş" in page.text
    assert len(page.rows()) == 50
    assert "Dernek 000" in page.rows()[0]
    page = staff.get(page.link("Sonraki"))
    assert "Dernek 050" in page.rows()[0]
    assert "ilce=konak" in page.path
    for asked in ("3", "4", "999999"):
        rows = staff.get("/kuruluslar", query={"page": asked}).rows()
        assert len(rows) == 20
    for asked in ("0", "-1", "x", "", "٣", "9" * 30):
        assert "Dernek 000" in staff.get("/kuruluslar", query={"page": asked}).rows()[0]


def test_the_list_costs_the_same_at_every_size(app: Flask, staff: Browser) -> None:
    kept: list[str] = []

    def cost(path: str) -> int:
        db.session.commit()
        with counted_statements() as statements:
            staff.get(path)
        return len([s for s in statements if not s.startswith(("BEGIN", "PRAGMA"))])

    paths = ("/kuruluslar", "/kuruluslar?ara=kadın", "/kuruluslar?ara=adin&durum=ilgi")
    costs = []
    staff.get("/kuruluslar")  # loads the institution, which the test's session may keep
    for size in (3, 297):
        for number in range(size):
            one = OrganizationFactory(name=f"Kadın {size} {number}")
            ContactFactory(organization=one)
        costs.append([cost(path) for path in paths])
    assert costs[0] == costs[1]
    assert max(costs[0]) <= 12, kept


def test_active_filters_are_named_and_can_be_taken_away(app: Flask, staff: Browser) -> None:
    OrganizationFactory(name="Buca Evi", district=district("Buca"))
    OrganizationFactory(name="Konak Evi")
    page = staff.get("/kuruluslar?ara=evi&ilce=buca&tur=association")
    assert "1 kuruluş" in page.text
    assert page.soup.select_one("[role=status]").get_text(strip=True) == "1 kuruluş"
    chips = [chip.get_text(" ", strip=True) for chip in page.soup.select(".p-chips-active li")]
    assert chips == ["Filtreyi kaldır: “evi”", "Filtreyi kaldır: Buca", "Filtreyi kaldır: Dernek"]
    page = staff.get(page.link("Buca"))
    assert "2 kuruluş" in page.text
    assert page.path == "/kuruluslar?ara=evi&tur=association"


def test_the_list_reads_in_english(app: Flask, staff: Browser) -> None:
    OrganizationFactory()
    page = staff.get("/kuruluslar?dil=en&alan=legal")
    assert page.h1 == "Organisations"
    assert "0 organisations" in page.text
    assert "Access to justice and legal support" in page.text
    assert "1 organisation" in staff.get("/kuruluslar?dil=en").text


def test_an_empty_register_says_what_to_do_next(
    app: Flask, staff: Browser, viewer: Browser
) -> None:
    page = staff.get("/kuruluslar")
    assert "Henüz kuruluş yok" in page.text
    assert staff.get(page.link("Kuruluş ekle")).h1 == "Yeni kuruluş"
    page = viewer.get("/kuruluslar")
    assert "Henüz kuruluş yok" in page.text
    assert "Kuruluş ekle" not in page.text
    OrganizationFactory()
    page = staff.get("/kuruluslar?ara=yokboyle")
    assert "Böyle bir kuruluş yok" in page.text


def test_representatives_do_not_see_the_list(app: Flask) -> None:
    person = Browser(app).sign_in(represent(OrganizationFactory()))
    person.get("/kuruluslar", 403)
    assert "/kuruluslar" not in [
        str(a["href"]) for a in person.get("/kurulusumuz").soup.find_all("a", href=True)
    ]

"""The pages of lists, as staff and readers use them."""

import pytest
from flask import Flask

from coordinator.extensions import db
from coordinator.lists import queries
from coordinator.lists.models import ListKind, OrganizationList
from coordinator.registry.models import OrgStatus
from tests.browser import Browser, counted_statements
from tests.factories import ContactFactory, OrganizationFactory, district, represent
from tests.lists.parts import again, group, names_on, saved

LISTS = "/kuruluslar/listeler"


def only_list() -> OrganizationList:
    (one,) = queries.all_lists()
    return one


def page_of(one: OrganizationList, part: str = "") -> str:
    return f"{LISTS}/{one.public_id}{part}"


def test_a_search_is_saved_from_the_list_of_organisations(staff: Browser) -> None:
    OrganizationFactory(name="Konak Kadın Evi")
    page = staff.get("/kuruluslar", query={"ilce": "konak"})
    page = staff.get(page.link("Bu aramayı kaydet"))
    assert "Aranan: Konak. Şu an 1 kuruluş buluyor" in page.text
    page = page.submit("Kaydet", name="Konaktakiler", description="Yakın çevre")
    assert page.h1 == "Konaktakiler"
    assert "Bu listede 1 kuruluş var." in page.text
    assert page.rows()[0].startswith("Konak Kadın Evi")
    assert only_list().created_by.full_name == staff.user.full_name


def test_nothing_searched_is_nothing_to_save(staff: Browser) -> None:
    OrganizationFactory()
    with pytest.raises(AssertionError, match="no link"):
        staff.get("/kuruluslar").link("Bu aramayı kaydet")
    page = staff.get(f"{LISTS}/arama-kaydet")
    assert "en az bir filtre" in page.text


def test_a_taken_name_comes_back_beside_the_field(staff: Browser) -> None:
    saved("Konaktakiler")
    page = staff.get(f"{LISTS}/arama-kaydet", query={"ilce": "buca"})
    page = page.submit("Kaydet", 409, name="KONAKTAKİLER", description="Yakın çevre")
    assert "adında bir liste zaten var" in page.soup.select_one("#name-error").text
    assert page.soup.select_one("#description").text.strip() == "Yakın çevre"
    assert list(page.submit("Yerine koy", 422).errors()) == ["one"]
    page = page.submit("Yerine koy", one=only_list().public_id)
    assert page.h1 == "Konaktakiler"
    assert "Aranan: Buca" in page.text


@pytest.mark.parametrize("name", ["", "   ", "x" * 101, "10000000146", "x" * 10_000, "\u202e"])
def test_a_name_that_cannot_be_kept_is_refused(staff: Browser, name: str) -> None:
    page = staff.get(f"{LISTS}/yeni-grup")
    page = page.submit("Grubu oluştur", 422, name=name, description="kalır")
    assert page.soup.select_one("#name-error")
    assert "kalır" in page.soup.select_one("#description").text
    assert queries.all_lists() == []


@pytest.mark.parametrize("name", ["<script>a()</script>", "=1+1", "%s %(x)s {{7*7}}", "Ğ" * 100])
def test_a_hostile_name_is_kept_and_shown_as_it_is(staff: Browser, name: str) -> None:
    page = staff.get(f"{LISTS}/yeni-grup").submit("Grubu oluştur", name=name)
    one = only_list()
    assert one.name == name
    for part in ("", "/duzenle", "/sil", "/ekle"):
        page = staff.get(page_of(one, part))
        assert name in page.text
        assert not page.soup.select("script:not([src])")
    assert name in staff.get(LISTS).text


def test_members_are_found_ticked_and_taken_out(staff: Browser) -> None:
    one = OrganizationFactory(name="Işık Derneği")
    other = OrganizationFactory(name="Işıl Vakfı")
    board = group(name="Kurul")
    page = staff.get(page_of(board))
    page = staff.get(page.link("Kuruluş ekle"), query={"ara": "ışı"})
    page = page.submit("Gruba ekle", k=[one.public_id, other.public_id])
    assert "2 kuruluş eklendi" in page.text
    assert "ara=" in page.path
    assert page.soup.select("input[name=k]") == []
    page = staff.get(page.link("Gruba dön"))
    page = page.submit("Gruptan çıkar", k=[one.public_id])
    assert [row.split(" Konak")[0] for row in page.rows()] == ["Işıl Vakfı"]
    page = page.submit("Gruptan çıkar")
    assert "Önce en az bir kuruluş seçin." in page.text


def test_an_organisation_is_put_into_a_group_from_its_page(staff: Browser) -> None:
    one = OrganizationFactory(name="Işık Derneği")
    page = staff.get(f"/kuruluslar/{one.public_id}")
    assert "Hiçbir grupta değil." in page.text
    assert "Hiçbir kayıtlı arama" in staff.get(page.link("Hangi kayıtlı aramalar")).text
    page = staff.get(page.link("Gruba ekle"))
    page = page.submit("Gruba ekle", 422)
    assert page.soup.select_one("#name-error")
    page = page.submit("Gruba ekle", name="Kurul")
    assert page.h1 == "Kurul"
    page = staff.get(f"/kuruluslar/{one.public_id}")
    assert page.soup.select_one(f'main a[href="{page_of(only_list())}"]')
    page = staff.get(page.link("Gruba ekle")).submit("Gruba ekle", one=only_list().public_id)
    assert "Zaten" in page.text
    both = staff.get(f"{LISTS}/gruba-ekle", query={"k": one.public_id})
    both = both.submit("Gruba ekle", 422, one=only_list().public_id, name="Başka")
    assert "ikisini birden değil" in both.text


def test_which_searches_find_an_organisation_stands_on_a_page(viewer: Browser) -> None:
    one = OrganizationFactory(name="Işık Derneği")
    search, board = saved("Konaktakiler"), group(one, name="Danışmanlar")
    saved("Bucadakiler", ilce=["buca"])
    db.session.flush()
    page = viewer.get(viewer.get(f"/kuruluslar/{one.public_id}").link("Hangi kayıtlı aramalar"))
    assert page.link("Konaktakiler") == page_of(search)
    assert page.link("Danışmanlar") == page_of(board)
    assert "Bucadakiler" not in page.text
    viewer.get(f"{LISTS}/kurulus/yok", 404)


def test_several_are_gathered_from_the_list(staff: Browser) -> None:
    ones = [OrganizationFactory(name=f"Kuruluş {n}") for n in range(3)]
    merged = OrganizationFactory(name="Giden", status=OrgStatus.MERGED)
    db.session.flush()
    wanted = [one.public_id for one in (*ones, merged)]
    page = staff.get("/kuruluslar").submit("Gruba ekle", k=wanted[:2])
    assert "2 kuruluş" in page.text
    page = staff.get(f"{LISTS}/gruba-ekle", query={"k": [*wanted, "nobody", "x" * 12]})
    page = page.submit("Gruba ekle", name="Kurul", k=wanted)
    assert len(page.rows()) == 3
    assert "Önce en az bir kuruluş seçin." in staff.get(f"{LISTS}/gruba-ekle").text


def test_fixing_and_deleting_are_asked_for_and_told(staff: Browser) -> None:
    OrganizationFactory(name="A")
    one = saved("Konaktakiler")
    page = staff.get(staff.get(page_of(one)).link("Bugünkü hâlini sabitle"))
    assert "1 kuruluş" in page.text
    page = page.submit("Bugünkü hâlini sabitle")
    assert "artık sabit bir grup: 1 kuruluş" in page.text
    staff.get(page_of(one, "/sabitle"), 404)
    page = staff.get(page.link("Sil")).submit("Listeyi sil")
    assert page.h1 == "Listeler"
    assert again(one) is None
    staff.get(page_of(one), 404)


@pytest.mark.parametrize(
    ("part", "button"),
    [("/duzenle", "Kaydet"), ("/sil", "Listeyi sil"), ("/sabitle", "Bugünkü hâlini sabitle")],
)
def test_what_somebody_else_saved_meanwhile_is_not_lost(
    staff: Browser, admin: Browser, part: str, button: str
) -> None:
    one = saved("Konaktakiler")
    mine = staff.get(page_of(one, part))
    admin.get(page_of(one, "/duzenle")).submit("Kaydet", name="Merkez")
    page = mine.submit(button, 409)
    assert page.soup.select_one(".p-stale")
    if part == "/duzenle":
        assert "Merkez" in page.soup.select_one("#name-stored").text
    assert again(one).kind is ListKind.SEARCH
    page.submit(button)


def test_readers_read_and_representatives_do_not(app: Flask, viewer: Browser) -> None:
    one = OrganizationFactory()
    board = group(one)
    assert not viewer.get("/kuruluslar").soup.select("input[name=k]")
    page = viewer.get(page_of(board))
    assert page.rows()
    assert not page.soup.select("main form, main input")
    viewer.get(page_of(board, "/ekle"), 403)
    viewer.get(page_of(board, "/sil"), 403)
    own = Browser(app).sign_in(represent(one))
    own.get(LISTS, 403)
    own.get(page_of(board), 403)
    assert board.name not in own.get(f"/kuruluslar/{one.public_id}").text


def test_a_search_that_lost_a_part_says_so(staff: Browser) -> None:
    OrganizationFactory()
    one = saved("Konaktakiler")
    one.filters = {"durum": "gone"}
    page = staff.get(page_of(one))
    assert "bir filtresi artık yok" in page.text
    assert not page.rows()
    assert "Bir filtre artık yok" in staff.get(LISTS).text


def test_who_no_longer_works_is_shown_with_its_status(staff: Browser) -> None:
    closed = OrganizationFactory(name="Kapanan", status=OrgStatus.CLOSED, email="a@b.example")
    board = group(closed)
    page = staff.get(page_of(board))
    assert "Kapanmış" in page.rows()[0]
    assert "Hiçbirine e-posta ulaşmıyor. 1 kuruluş faal değil, davet edilmez." in page.text


def test_a_list_is_taken_out(staff: Browser) -> None:
    board = group(OrganizationFactory(name="Işık Derneği"), name="Kurul")
    OrganizationFactory(name="Başkası")
    page = staff.get(staff.get(page_of(board)).link("Bu listeyi dışa aktar"))
    assert "Kurul" in page.text
    assert "1 kuruluş" in page.text


def test_statements_grow_with_lists_and_never_with_organisations(staff: Browser) -> None:
    ones = [OrganizationFactory() for _ in range(3)]
    board = group(*ones)
    search, words = saved("Konak"), saved("Derneği", ara="dernegi")
    address = ones[0].public_id
    paths = (LISTS, page_of(board), page_of(search), page_of(words), page_of(board, "/ekle"),
             f"{LISTS}/kurulus/{address}", f"/kuruluslar/{address}")  # fmt: skip
    staff.get(LISTS)
    few = [statements_of(staff, path) for path in paths]
    many = [OrganizationFactory() for _ in range(120)]
    for one in many:
        ContactFactory(organization=one)
    group(*ones, *many, name="Büyük kurul")
    db.session.commit()
    assert [statements_of(staff, path) for path in paths[1:]] == few[1:]
    before = statements_of(staff, LISTS)
    group(*many, name="Bir grup daha")
    assert statements_of(staff, LISTS) == before == few[0]
    saved("Buca", ilce=["buca"])
    assert before < statements_of(staff, LISTS) <= before + 2


def test_twenty_lists_stand_on_a_page(staff: Browser) -> None:
    for number in range(21):
        saved(f"Liste {number:02}", ilce=["konak"])
    assert len(staff.get(LISTS).rows()) == 20
    assert [row.split(" Konak")[0] for row in staff.get(f"{LISTS}?page=2").rows()] == ["Liste 20"]
    assert len(staff.get(f"{LISTS}?page=99").rows()) == 1


def statements_of(browser: Browser, path: str) -> int:
    db.session.commit()
    with counted_statements() as statements:
        browser.get(path)
    return len(statements)


def test_a_list_is_a_filter_beside_others(staff: Browser) -> None:
    konak = OrganizationFactory(name="Konak Kadın Evi")
    buca = OrganizationFactory(name="Buca Kadın Evi", district=district("Buca"))
    board = group(konak, buca, name="Kurul")
    db.session.commit()
    query = {"liste": board.public_id, "ilce": "buca"}
    page = staff.get("/kuruluslar", query=query)
    assert len(page.rows()) == 1
    assert "Liste: Kurul" in page.text
    assert staff.get("/kuruluslar", query={"liste": "aaaaaaaaaaaa"}).rows() == []
    assert names_on(board) == ["Buca Kadın Evi", "Konak Kadın Evi"]

"""One organisation: its page, adding, editing, its status."""

import pytest
import sqlalchemy as sa
from flask import Flask
from jinja2 import ChoiceLoader, DictLoader

from coordinator.access import EVERYONE, READERS, Role
from coordinator.audit.models import AuditLine
from coordinator.extensions import db
from coordinator.registry import sections
from coordinator.registry.models import Organization, OrgStatus, OrgType
from tests.browser import Browser, counted_statements
from tests.factories import ContactFactory, OrganizationFactory, district, represent

TCKN = "10000000146"
ADD = "Kuruluşu ekle"


def only() -> Organization:
    return db.session.scalars(sa.select(Organization)).one()


def audited() -> list[str]:
    return list(db.session.scalars(sa.select(AuditLine.action).order_by(AuditLine.id)))


def url(organization: Organization, more: str = "") -> str:
    return f"/kuruluslar/{organization.public_id}{more}"


def test_staff_add_an_organisation_with_all_that_is_known(app: Flask, staff: Browser) -> None:
    page = staff.get("/kuruluslar/yeni").submit(
        ADD,
        name="  Işık   Kadın Derneği ",
        short_name="IŞIK",
        org_type="foundation",
        district_slug="cigli",
        registry_no="35/123.456",
        founded_year="2004",
        phone="0232 293 12 00",
        email="Bilgi@Isik.example",
        website="www.isik.example",
        address="Bir sokak\r\nİki apartman",
        work_area_codes=["violence", "legal", "no-such"],
        notes="=SUM(A1)\nİkinci satır",
        source="2024 listesi",
    )
    assert page.h1 == "Işık Kadın Derneği"
    assert "Işık Kadın Derneği eklendi." in page.text
    one = only()
    assert (one.name, one.org_type, one.registry_no) == (
        "Işık Kadın Derneği", OrgType.FOUNDATION, "35-123-456",
    )  # fmt: skip
    assert (one.phone, one.email) == ("+902322931200", "bilgi@isik.example")
    assert (one.website, one.address) == ("http://www.isik.example", "Bir sokak\nİki apartman")
    assert one.work_area_codes == ["violence", "legal"]
    for shown in (
        "Vakıf", "Çiğli", "35-123-456", "0232 293 12 00", "2004", "=SUM(A1)", "2024 listesi",
        "Kadına yönelik şiddetle mücadele, Adalete erişim ve hukuki destek",
    ):  # fmt: skip
        assert shown in page.text
    assert audited() == ["organization.added"]


def test_the_page_reads_in_english(app: Flask, staff: Browser) -> None:
    one = OrganizationFactory(unreadable_email="bilgi(at)a")
    page = staff.get(url(one, "?dil=en"))
    assert "The e-mail address cannot be read" in page.text
    assert "Association" in page.text
    assert staff.get("/kuruluslar/yeni?dil=en").h1 == "New organisation"


@pytest.mark.parametrize(
    ("field", "typed", "reason"),
    [
        ("name", "", "Kuruluşun adını yazın."),
        ("name", "\u200b\u202e ", "Kuruluşun adını yazın."),
        ("name", "ş" * 10_000, "En çok 200 karaktere kısaltın; şimdi 10000 karakter."),
        ("name", f"Dernek {TCKN}", "T.C. kimlik numarasına benziyor"),
        ("short_name", TCKN, "T.C. kimlik numarasına benziyor"),
        ("registry_no", TCKN, "T.C. kimlik numarasına benziyor"),
        ("registry_no", "9" * 31, "En çok 30 karaktere kısaltın"),
        ("address", f"Kapı no {TCKN}", "T.C. kimlik numarasına benziyor"),
        ("notes", f"başkan {TCKN[:3]} {TCKN[3:6]} {TCKN[6:]}", "T.C. kimlik numarasına benziyor"),
        ("notes", "a" * 4001, "En çok 4000 karaktere kısaltın"),
        ("phone", "yok", "Telefonu 0232 293 12 00"),
        ("email", "a@b.example, c@d.example", "Tek bir e-posta adresi yazın"),
        ("email", "bilgi@ışık.example", "Tek bir e-posta adresi yazın"),
        ("email", "a@b.example\nBcc: c@d.example", "Tek bir e-posta adresi yazın"),
        ("website", "javascript:alert(1)", "Web adresini"),
        ("website", "www." + "a" * 60 + ".example/" + "b" * 200, "En çok 200 karaktere kısaltın"),
        ("founded_year", "1492", "arasında bir sayı yazın"),
        ("founded_year", "2099", "arasında bir sayı yazın"),
        ("founded_year", "dün", "arasında bir sayı yazın"),
        ("org_type", "sect", "Listeden birini seçin."),
        ("district_slug", "atlantis", "Listeden birini seçin."),
    ],
)
def test_what_cannot_be_kept_is_refused_beside_its_field(
    app: Flask, staff: Browser, field: str, typed: str, reason: str
) -> None:
    page = staff.get("/kuruluslar/yeni").submit(
        ADD, 422, **{"name": "Işık Derneği", "source": "kalan yazı", field: typed}
    )
    assert reason in page.soup.find(id=f"{field}-error").get_text()
    assert page.soup.find(id="source")["value"] == "kalan yazı"
    assert page.soup.title.get_text().startswith("Hata:")
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Organization)) == 0


def test_signs_that_hide_or_turn_text_are_dropped(app: Flask, staff: Browser) -> None:
    staff.get("/kuruluslar/yeni").submit(
        ADD, name="I\u0307şık \u202eDerneği\u202c\u200b\nBuca", notes="<script>alert(1)</script>"
    )
    one = only()
    assert one.name == "İşık Derneği Buca"
    page = staff.get(url(one))
    assert "<script>alert(1)</script>" in page.soup.select_one("main").get_text()


def test_a_register_number_belongs_to_one_organisation(app: Flask, staff: Browser) -> None:
    OrganizationFactory(name="İlk Dernek", registry_no="35-123-456")
    page = staff.get("/kuruluslar/yeni").submit(ADD, 409, name="Öteki", registry_no="35 123 456")
    error = page.soup.find(id="registry_no-error").get_text()
    assert "Bu kütük numarası İlk Dernek kaydında var." in error
    other = OrganizationFactory(name="Öteki")
    page = staff.get(url(other, "/duzenle")).submit("Kaydet", 409, registry_no="35123456")
    assert "İlk Dernek" in page.soup.find(id="registry_no-error").get_text()
    assert page.soup.find(id="name")["value"] == "Öteki"


def test_one_that_looks_alike_is_shown_and_may_be_added_all_the_same(
    app: Flask, staff: Browser
) -> None:
    here = OrganizationFactory(name="Mor Zeytin Kadın Derneği", district=district("Urla"))
    page = staff.get("/kuruluslar/yeni").submit(ADD, 409, name="MOR ZEYTİN KADIN", source="liste")
    assert "Bu kuruluş kayıtlı olabilir." in page.text
    assert page.link("Mor Zeytin Kadın Derneği") == url(here)
    assert "adı çok benziyor" in page.text
    assert page.soup.select(".p-notice-warning")
    assert not page.soup.select(".p-errors")
    assert page.submit(ADD, 409).h1 == "Yeni kuruluş"
    assert page.submit("Yine de ekle").h1 == "MOR ZEYTİN KADIN"
    added = db.session.scalars(sa.select(Organization).where(Organization.id != here.id)).one()
    assert added.source == "liste"


def test_an_edit_keeps_what_it_does_not_name(app: Flask, staff: Browser) -> None:
    one = OrganizationFactory(name="Eski", notes="Durur", district=district("Buca"))
    page = staff.get(url(one, "/duzenle")).submit(
        "Kaydet", name="Yeni", district_slug="", work_area_codes=["legal"]
    )
    assert page.h1 == "Yeni"
    assert "Kaydedildi." in page.text
    one = only()
    assert (one.notes, one.district, one.work_area_codes) == ("Durur", None, ["legal"])
    line = db.session.scalars(sa.select(AuditLine)).one()
    assert line.details == {"changed": ["district", "name", "work_areas"]}


def test_a_stale_form_comes_back_with_both_values(
    app: Flask, staff: Browser, admin: Browser
) -> None:
    one = OrganizationFactory(name="İlk Ad", short_name="kısa", address="Bir sokak\nİki")
    mine = staff.get(url(one, "/duzenle"))
    admin.get(url(one, "/duzenle")).submit("Kaydet", name="Başkasının Adı", district_slug="urla")
    page = mine.submit("Kaydet", 409, name="Benim Adım", address="Bir sokak\r\nİki")
    assert page.soup.find(id="name")["value"] == "Benim Adım"
    assert "Başkasının Adı" in page.soup.find(id="name-stored").get_text()
    assert "Urla" in page.soup.find(id="district_slug-stored").get_text()
    for same in ("short_name", "address", "work_area_codes", "notes"):
        assert page.soup.find(id=f"{same}-stored") is None, same
    assert only().name == "Başkasının Adı"
    assert page.submit("Kaydet").h1 == "Benim Adım"


def test_fields_of_work_alone_make_a_form_stale(app: Flask, staff: Browser, admin: Browser) -> None:
    one = OrganizationFactory()
    mine = staff.get(url(one, "/duzenle"))
    admin.get(url(one, "/duzenle")).submit("Kaydet", work_area_codes=["legal"])
    page = mine.submit("Kaydet", 409, work_area_codes=["stem"])
    assert "Adalete erişim" in page.soup.find(id="work_area_codes-stored").get_text()


@pytest.mark.parametrize("version", ["", "x", "-1", "99999999999", "٣"])
def test_a_form_without_its_version_is_stale(app: Flask, staff: Browser, version: str) -> None:
    one = OrganizationFactory()
    staff.get(url(one, "/duzenle")).submit("Kaydet", 409, version=version, name="Başka")


def test_an_unreadable_address_is_put_right(app: Flask, staff: Browser) -> None:
    one = OrganizationFactory(email="", unreadable_email="bilgi(at)isik")
    assert staff.get("/kuruluslar").link("Adresi düzelt") == url(one, "/duzenle#email")
    page = staff.get(url(one))
    assert "“bilgi(at)isik”" in page.text
    form = staff.get(page.link("Adresi düzelt"))
    assert "“bilgi(at)isik”" in form.soup.find(id="email-hint").get_text()
    page = form.submit("Kaydet", email="bilgi@isik.example")
    assert "bilgi(at)isik" not in page.text
    assert only().unreadable_email == ""


def test_an_unreadable_text_can_be_dropped(app: Flask, staff: Browser) -> None:
    one = OrganizationFactory(email="", unreadable_email="yok")
    page = staff.get(url(one, "/duzenle")).submit("Kaydet", forget_unreadable="y")
    assert "“yok”" not in page.text
    assert "E-posta adresi yok" in page.text


def test_closing_keeps_everything_and_can_be_taken_back(app: Flask, staff: Browser) -> None:
    one = OrganizationFactory(notes="Durur")
    form = staff.get(staff.get(url(one)).link("Durumu değiştir"))
    assert "hiçbir şey silinmez" in form.text
    page = form.submit("Kaydet", org_status="closed")
    assert "Kapanmış" in page.text
    assert "Durur" in page.text
    assert only().status is OrgStatus.CLOSED
    staff.get(url(one, "/durum")).submit("Kaydet", 422, org_status="merged")
    form.submit("Kaydet", 409, org_status="passive")
    staff.get(url(one, "/durum")).submit("Kaydet", org_status="active")
    assert only().status is OrgStatus.ACTIVE
    assert audited() == ["organization.status_changed"] * 2


def test_a_check_is_noted_once_a_day(app: Flask, staff: Browser) -> None:
    one = OrganizationFactory()
    page = staff.get(url(one))
    assert "Bilgiler hiç kontrol edilmedi." in page.text
    again = page.submit("Bugün kontrol edildi")
    assert "günü kontrol edildi." in again.text
    assert "Bugün kontrol edildi" not in again.text
    page.submit("Bugün kontrol edildi")
    assert audited() == ["organization.checked"]


def test_viewers_read_and_change_nothing(app: Flask, viewer: Browser) -> None:
    one = OrganizationFactory(notes="Şubenin notu")
    ContactFactory(organization=one)
    page = viewer.get(url(one))
    assert "Şubenin notu" in page.text
    assert not page.soup.select("main form, main a.btn")
    for path in ("/duzenle", "/durum", "/temsilciler/yeni"):
        viewer.get(url(one, path), 403)
    viewer.get("/kuruluslar/yeni", 403)


@pytest.mark.parametrize("name", ["yok", "%00", "a%2Fb", "ş", "x" * 3000, "%F0%9F%8C%B8"])
def test_an_address_of_nothing_is_not_found(app: Flask, staff: Browser, name: str) -> None:
    staff.get(f"/kuruluslar/{name}", 404)
    staff.get(f"/kuruluslar/{name}/duzenle", 404)


def test_upper_floors_put_sections_into_the_page(
    app: Flask, staff: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(app.extensions, "organization_parts", [])
    monkeypatch.setattr(
        app.jinja_env,
        "loader",
        ChoiceLoader([DictLoader({"part.html": "<p>{{ told }} {{ organization.name }}</p>"}),
                      app.jinja_env.loader]),
    )  # fmt: skip

    def put(order: int, title: str, told: str | None, roles: frozenset[Role] = EVERYONE) -> None:
        given = None if told is None else {"told": told}
        sections.add(app, sections.Section(order, title, "part.html", lambda _found: given, roles))

    put(20, "Öneriler", "ikinci")
    put(10, "Davetler", "<birinci>")
    put(30, "Boş", None)
    put(40, "Şubeye", "gizli", READERS)
    one = OrganizationFactory(name="Akasya")
    page = staff.get(url(one))
    assert "Davetler <birinci> Akasya Öneriler ikinci Akasya Şubeye gizli Akasya" in page.text
    assert "Boş" not in [h2.get_text(strip=True) for h2 in page.soup.find_all("h2")]
    assert "gizli" not in Browser(app).sign_in(represent(one)).get(url(one)).text


def test_the_page_costs_the_same_with_many_contacts(app: Flask, staff: Browser) -> None:
    one = OrganizationFactory()
    costs = []
    for size in (2, 20):
        for _ in range(size):
            ContactFactory(organization=one, is_primary=False)
        db.session.commit()
        with counted_statements() as statements:
            staff.get(url(one))
        costs.append(len(statements))
    assert costs[0] == costs[1]

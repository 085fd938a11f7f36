"""What the wider record of an organisation holds: numbers, standing, target groups, names."""

from datetime import timedelta

import pytest
import sqlalchemy as sa
from flask import Flask

from coordinator import clock
from coordinator.audit.models import AuditLine
from coordinator.extensions import db
from coordinator.i18n import typed
from coordinator.registry import queries
from coordinator.registry.models import NameKind, Organization, OrganizationName, OrgType
from tests.browser import Browser
from tests.factories import ContactFactory, FormerNameFactory, OrganizationFactory, represent

TCKN = "10000000146"


def url(organization: Organization, more: str = "") -> str:
    return f"/kuruluslar/{organization.public_id}{more}"


def only() -> Organization:
    return db.session.scalars(sa.select(Organization)).one()


def names() -> list[tuple[str, object]]:
    rows = db.session.scalars(sa.select(OrganizationName).order_by(OrganizationName.id))
    return [(one.name, one.until) for one in rows]


def test_staff_write_down_the_wider_record(app: Flask, staff: Browser) -> None:
    page = staff.get("/kuruluslar/yeni").submit(
        "Kuruluşu ekle",
        name="Işık Derneği",
        registry_no="Kütük no: ３５/123/456",
        tax_no="123 456 78 90",
        kep="isik@hs01.kep.tr",
        public_benefit="y",
        tax_exempt="y",
        protocol_order="7",
        target_group_codes=["girls", "mothers", "no-such"],
    )
    for shown in (
        "35-123-456", "Vergi no 1234567890", "isik@hs01.kep.tr", "Protokol sırası: 7",
        "Kamu yararına çalışan dernek, Vergi muafiyetli vakıf",
        "Kız çocukları, Anneler ve bakım verenler",
    ):  # fmt: skip
        assert shown in page.text
    one = only()
    assert (one.tax_no, one.registry_no, one.kep) == (
        "1234567890",
        "35-123-456",
        "isik@hs01.kep.tr",
    )
    assert (one.public_benefit, one.tax_exempt, one.protocol_order) == (True, True, 7)
    assert one.target_group_codes == ["girls", "mothers"]
    form = staff.get(url(one, "/duzenle"))
    page = form.submit("Kaydet", tax_no="0123-4567-8901-2345", target_group_codes=["girls"])
    assert "MERSİS no 0123456789012345" in page.text
    assert "Anneler" not in page.text


@pytest.mark.parametrize(
    ("field", "typed", "reason"),
    [
        ("tax_no", "123456789", "Vergi numarası 10, MERSİS numarası 16 hanelidir; bu 9 haneli."),
        ("tax_no", TCKN, "T.C. kimlik numarasına benziyor"),
        ("tax_no", "yok", "Yalnızca rakam yazın"),
        ("kep", "isik", "Tek bir e-posta adresi yazın"),
        ("protocol_order", "0", "1 ile 9999 arasında bir sayı yazın"),
        ("protocol_order", "ilk", "1 ile 9999 arasında bir sayı yazın"),
    ],
)
def test_what_cannot_be_kept_is_refused_and_shown(
    app: Flask, staff: Browser, field: str, typed: str, reason: str
) -> None:
    page = staff.get("/kuruluslar/yeni").submit(
        "Kuruluşu ekle", 422, **{"name": "Işık", "source": "kalan yazı", field: typed}
    )
    assert reason in page.soup.find(id=f"{field}-error").get_text()
    assert page.soup.find(id=field)["value"] == typed
    assert page.soup.find(id="source")["value"] == "kalan yazı"
    hidden_in = page.soup.find(id=field).find_parent("details")
    assert hidden_in is None or hidden_in.has_attr("open")


def test_a_platform_needs_no_number_and_no_address(app: Flask, staff: Browser) -> None:
    page = staff.get("/kuruluslar/yeni").submit(
        "Kuruluşu ekle", name="Kıyı Platformu", org_type="platform"
    )
    assert "E-posta adresi yok" in page.text
    assert "Platform, ağ ve komisyonların çoğunun kendi adresi yoktur." in page.text
    one = only()
    ContactFactory(organization=one, email="", phone="+905321234567")
    page = staff.get(url(one))
    assert "telefonla bildirmek gerekir: 0532 123 45 67." in page.text
    one.org_type = OrgType.ASSOCIATION
    assert "çoğunun kendi adresi yoktur" not in staff.get(url(one)).text


@pytest.mark.parametrize("kind", ["university", "commission", "public", "city_council"])
def test_stakeholders_that_are_no_ngo_are_called_so(app: Flask, staff: Browser, kind: str) -> None:
    one = OrganizationFactory(org_type=OrgType(kind))
    assert "Paydaş, STK değil" in staff.get(url(one)).text
    one.org_type = OrgType.FOUNDATION
    assert "STK değil" not in staff.get(url(one)).text


def test_representatives_see_their_record_without_what_is_the_branchs(app: Flask) -> None:
    one = OrganizationFactory(
        tax_no="1234567890", protocol_order=7, source="2019 listesi", notes="Şubenin notu"
    )
    one.former_names.append(OrganizationName(name="Eski Işık"))
    person = Browser(app).sign_in(represent(one))
    page = person.get(url(one))
    assert "1234567890" in page.text
    assert "Eski Işık" in page.text
    for hidden in ("Protokol", "2019 listesi", "Şubenin notu", "Düzelt :"):
        assert hidden not in page.text
    for more in ("/eski-adlar/yeni", f"/eski-adlar/{one.former_names[0].id}", "/uyeler"):
        person.get(url(one, more), 403)
    form = person.get(url(one, "/duzenle"))
    form.submit("Kaydet", tax_no="9999999999", protocol_order="1", name="Başka", parent="X")
    assert (only().tax_no, only().protocol_order) == ("1234567890", 7)


def test_the_old_name_is_kept_when_the_name_changes(app: Flask, staff: Browser) -> None:
    one = OrganizationFactory(name="Işık Derneği")
    form = staff.get(url(one, "/duzenle"))
    page = form.submit("Kaydet", name="Umut ve Işık Derneği")
    assert f"Işık Derneği, {typed(clock.today())} gününe dek" in page.text
    assert names() == [("Işık Derneği", clock.today())]
    for text in ("IŞIK DERNEĞİ", "umut ve ışık derneği"):
        assert queries.find_organization(text) is one
    page = staff.get(url(one, "/duzenle")).submit("Kaydet", name="IŞIK DERNEĞİ")
    assert [name for name, _until in names()] == ["Umut ve Işık Derneği"]
    assert only().name == "IŞIK DERNEĞİ"


def test_a_slip_of_the_pen_leaves_no_former_name(app: Flask, staff: Browser) -> None:
    one = OrganizationFactory(name="isik dernegi")
    staff.get(url(one, "/duzenle")).submit("Kaydet", name="Işık Derneği")
    staff.get(url(one, "/duzenle")).submit("Kaydet", name="Işıl Derneği", forget_old_name="y")
    assert only().name == "Işıl Derneği"
    assert names() == []


def test_a_name_that_somebody_has_now_goes_before_a_former_one(app: Flask) -> None:
    now = OrganizationFactory(name="Işık")
    FormerNameFactory(name="Işık")
    FormerNameFactory(name="Gece")
    FormerNameFactory(name="GECE")
    assert queries.find_organization("ışık") is now
    assert queries.find_organization("gece") is None
    assert len(queries.organizations_named("gece")) == 2


def test_former_names_are_added_corrected_and_removed(app: Flask, staff: Browser) -> None:
    one = OrganizationFactory(name="Umut Derneği")
    form = staff.get(staff.get(url(one, "/duzenle")).link("Eski ad ekle"))
    page = form.submit("Kaydet", name="Işik Derneği", until="12.03.2019")
    assert "Işik Derneği, 12.03.2019 gününe dek" in page.text
    form = staff.get(page.link("Düzelt"))
    assert form.soup.find(id="until")["value"] == "12.03.2019"
    page = form.submit("Kaydet", name="Işık Derneği", until="")
    assert names() == [("Işık Derneği", None)]
    assert "Işık Derneği" in page.text
    page = staff.get(page.link("Düzelt")).submit("Bu adı sil")
    assert names() == []
    assert "Işık Derneği" not in page.text
    actions = db.session.scalars(sa.select(AuditLine.details))
    assert all(details == {"changed": ["former_names"]} for details in actions)


@pytest.mark.parametrize(
    ("values", "status", "field", "reason"),
    [
        ({"name": ""}, 422, "name", "Adı yazın."),
        ({"name": TCKN}, 422, "name", "T.C. kimlik numarasına benziyor"),
        ({"name": "ş" * 201}, 422, "name", "En çok 200 karaktere kısaltın"),
        ({"name": "UMUT DERNEĞİ"}, 409, "name", "Kuruluşun bugünkü adı bu."),
        ({"until": "dün"}, 422, "until", "Tarihi 12.11.2026 gibi yazın."),
        ({"until": "12.11.2099"}, 409, "until", "Bugünü ya da geçmiş bir günü yazın."),
    ],
)
def test_a_former_name_that_cannot_be_is_refused(
    app: Flask, staff: Browser, values: dict[str, str], status: int, field: str, reason: str
) -> None:
    one = OrganizationFactory(name="Umut Derneği")
    form = staff.get(url(one, "/eski-adlar/yeni"))
    page = form.submit("Kaydet", status, **{"name": "Işık", **values})
    assert reason in page.soup.find(id=f"{field}-error").get_text()
    assert page.soup.find(id=field)["value"] == {"name": "Işık", **values}[field]
    assert names() == []


def test_a_former_name_is_found_only_under_its_organisation(app: Flask, staff: Browser) -> None:
    one, other = OrganizationFactory(), OrganizationFactory()
    one.former_names.append(OrganizationName(name="Işık"))
    db.session.flush()
    number = one.former_names[0].id
    staff.get(url(other, f"/eski-adlar/{number}"), 404)
    staff.get(url(one, "/eski-adlar/99999999999999999999"), 404)
    staff.get(url(one, "/eski-adlar/0"), 404)


def test_a_stale_form_of_a_former_name_comes_back(
    app: Flask, staff: Browser, admin: Browser
) -> None:
    one = OrganizationFactory(name="Umut")
    mine = staff.get(url(one, "/eski-adlar/yeni"))
    admin.get(url(one, "/duzenle")).submit("Kaydet", short_name="U")
    page = mine.submit("Kaydet", 409, name="Işık")
    assert page.soup.find(id="name")["value"] == "Işık"
    page.submit("Kaydet")
    assert [name for name, _until in names()] == ["Işık"]


def test_the_name_of_a_merged_record_is_told_apart(app: Flask, staff: Browser) -> None:
    one = OrganizationFactory()
    yesterday = clock.today() - timedelta(days=1)
    one.former_names.append(OrganizationName(name="Işık", kind=NameKind.MERGED, until=yesterday))
    page = staff.get(url(one))
    assert f"Işık, {typed(yesterday)} gününe dek, birleştirilen kaydın adı" in page.text

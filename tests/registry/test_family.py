"""Branches and their heads, federations and their members."""

import pytest
import sqlalchemy as sa
from flask import Flask

from coordinator.audit.models import AuditLine
from coordinator.extensions import db
from coordinator.registry.models import Organization, OrganizationName, OrgStatus, OrgType
from tests.browser import Browser, Page, counted_statements
from tests.factories import ContactFactory, OrganizationFactory, district, represent

SAVE = "Kaydet"


def url(organization: Organization, more: str = "") -> str:
    return f"/kuruluslar/{organization.public_id}{more}"


def edit(staff: Browser, one: Organization, status: int = 200, **values: object) -> Page:
    return staff.get(url(one, "/duzenle")).submit(SAVE, status, **values)


def federation(name: str, **values: object) -> Organization:
    return OrganizationFactory(name=name, org_type=OrgType.FEDERATION, **values)


def error(page: Page, field: str) -> str:
    return " ".join(page.soup.find(id=f"{field}-error").get_text().split())


def offered(page: Page, field: str) -> dict[str, str]:
    """Return those offered below a field: the value of the box by its words."""
    boxes = page.soup.select(f'input[name="{field}_choice"]')
    return {
        " ".join(page.soup.find("label", attrs={"for": box["id"]}).get_text(" ").split()): str(
            box["value"]
        )
        for box in boxes
    }


def test_a_branch_names_its_head_and_the_head_shows_it(app: Flask, staff: Browser) -> None:
    head = OrganizationFactory(name="Işık Derneği Genel Merkezi", registry_no="06-111-222")
    branch = OrganizationFactory(name="Işık Derneği Buca Şubesi", district=district("Buca"))
    page = edit(staff, branch, parent="06/111/222")
    assert page.link("Işık Derneği Genel Merkezi") == url(head)
    page = staff.get(url(head))
    assert "Şubeleri (1)" in page.text
    assert page.link("Işık Derneği Buca Şubesi") == url(branch)
    form = staff.get(url(branch, "/duzenle"))
    assert form.soup.find(id="parent")["value"] == "Işık Derneği Genel Merkezi"
    form.submit(SAVE, phone="0232 293 12 00")
    assert branch.parent is head
    edit(staff, branch, parent="")
    assert branch.parent is None
    changed = [line["changed"] for line in db.session.scalars(sa.select(AuditLine.details))]
    assert changed == [["parent"], ["phone"], ["parent"]]


def test_an_organisation_is_a_member_of_several(app: Flask, staff: Browser) -> None:
    ege, akdeniz = federation("Ege Federasyonu"), federation("Akdeniz Federasyonu")
    one = OrganizationFactory(name="Işık")
    page = edit(
        staff, one, umbrellas="ege federasyonu\r\n\r\nAKDENİZ FEDERASYONU\r\nEge Federasyonu"
    )
    assert "Üyesi olduğu kuruluşlar Akdeniz Federasyonu , Ege Federasyonu" in page.text
    assert "Üyeleri (1)" in staff.get(url(ege)).text
    form = staff.get(url(one, "/duzenle"))
    assert form.soup.find(id="umbrellas").get_text().split("\n")[-2:] == [
        "Akdeniz Federasyonu", "Ege Federasyonu",
    ]  # fmt: skip
    form.submit(SAVE, umbrellas="Ege Federasyonu")
    assert one.umbrellas == [ege]
    assert akdeniz.members == []


def test_a_name_that_is_nobodys_is_answered_with_those_it_may_mean(
    app: Flask, staff: Browser
) -> None:
    buca = OrganizationFactory(name="Işık Derneği", district=district("Buca"))
    foca = OrganizationFactory(name="Işık Derneği", district=district("Foça"))
    one = OrganizationFactory(name="Umut")
    page = edit(staff, one, 422, parent="ışık derneği", address="Bir sokak")
    assert "tam olarak tek bir kuruluşun adı değil" in error(page, "parent")
    assert page.soup.find(id="parent")["value"] == "ışık derneği"
    assert page.soup.find(id="address").get_text().strip() == "Bir sokak"
    choices = offered(page, "parent")
    assert set(choices.values()) == {buca.public_id, foca.public_id}
    assert [label for label in choices if "Foça" in label]
    again = page.submit(SAVE, 422, parent_choice=foca.public_id, phone="x")
    assert again.soup.select(f'input[value="{foca.public_id}"][checked]')
    page = again.submit(SAVE, phone="")
    assert one.parent is foca
    assert one.address == "Bir sokak"
    assert page.h1 == "Umut"
    # What stands in the field is the head that it has, although two have that name.
    edit(staff, one, short_name="U")
    assert one.parent is foca


def test_several_unclear_names_are_answered_together(app: Flask, staff: Browser) -> None:
    ege = federation("Ege Kadın Federasyonu")
    ada = federation("Ada Kadın Federasyonu")
    OrganizationFactory(name="Ege Kadın Derneği")
    one = OrganizationFactory(name="Umut")
    page = edit(staff, one, 422, umbrellas="Ege Kadın\nAda Kadın Federasyonu\nEge Kad")
    assert "“Ege Kadın”, “Ege Kad”" in error(page, "umbrellas")
    assert set(offered(page, "umbrellas").values()) == {ege.public_id}
    page.submit(SAVE, umbrellas_choice=ege.public_id)
    assert one.umbrellas == [ada, ege]


@pytest.mark.parametrize("typed", ["Hiçbir Yerde", "<script>", "'; drop table", "%", "…"])
def test_an_unknown_name_is_told_and_kept(app: Flask, staff: Browser, typed: str) -> None:
    one = OrganizationFactory(name="Umut")
    for field in ("parent", "umbrellas"):
        page = edit(staff, one, 422, **{field: typed})
        assert f"“{typed}” adında bir kuruluş yok." in error(page, field)
        field_now = page.soup.find(id=field)
        assert (field_now.get("value") or field_now.get_text()).strip() == typed


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ("x" * 201, "Her satıra yalnızca bir ad"),
        ("\n".join(f"Ad {n}" for n in range(31)), "Her satıra yalnızca bir ad"),
        ("10000000146", "T.C. kimlik numarasına benziyor"),
    ],
)
def test_too_much_in_the_field_is_refused(
    app: Flask, staff: Browser, typed: str, reason: str
) -> None:
    one = OrganizationFactory()
    assert reason in error(edit(staff, one, 422, umbrellas=typed), "umbrellas")


def test_nobody_is_above_or_below_itself(app: Flask, staff: Browser) -> None:
    head = OrganizationFactory(name="Genel Merkez")
    middle = OrganizationFactory(name="İl Şubesi", parent=head)
    low = OrganizationFactory(name="İlçe Şubesi", parent=middle)
    assert "kendi şubesi olamaz" in error(edit(staff, head, 409, parent="genel merkez"), "parent")
    page = edit(staff, head, 409, parent="İlçe Şubesi")
    assert "İlçe Şubesi bu kuruluşun şubesi olarak kayıtlı." in error(page, "parent")
    assert page.soup.find(id="parent")["value"] == "İlçe Şubesi"
    edit(staff, low, parent="Genel Merkez")
    assert (head.parent, low.parent) == (None, head)


def test_no_umbrella_is_under_its_own_member(app: Flask, staff: Browser) -> None:
    small, big = federation("Küçük"), federation("Büyük")
    small.umbrellas = [big]
    page = edit(staff, big, 409, umbrellas="Küçük")
    assert "Küçük bu kuruluşun üyesi olarak kayıtlı." in error(page, "umbrellas")
    assert "kendi üyesi olamaz" in error(edit(staff, big, 409, umbrellas="Büyük"), "umbrellas")


def test_only_umbrellas_have_members(app: Flask, staff: Browser) -> None:
    OrganizationFactory(name="Işık Derneği")
    page = edit(staff, OrganizationFactory(name="Umut"), 409, umbrellas="Işık Derneği")
    assert "Işık Derneği “Dernek” olarak kayıtlı." in error(page, "umbrellas")


def test_an_umbrella_that_changed_its_kind_keeps_its_members(app: Flask, staff: Browser) -> None:
    big = federation("Büyük")
    one = OrganizationFactory(umbrellas=[big])
    big.org_type = OrgType.ASSOCIATION
    edit(staff, one, short_name="U")
    assert one.umbrellas == [big]
    assert "Üyeleri (1)" in staff.get(url(big)).text


def test_a_new_organisation_is_tied_at_once(app: Flask, staff: Browser) -> None:
    big, head = federation("Büyük"), OrganizationFactory(name="Merkez")
    head.former_names.append(OrganizationName(name="Eski Merkez"))
    page = staff.get("/kuruluslar/yeni").submit(
        "Kuruluşu ekle", name="Yepyeni", parent="eski merkez", umbrellas="Büyük"
    )
    assert page.link("Merkez") == url(head)
    assert page.link("Büyük") == url(big)


def test_closing_the_head_leaves_its_branches_and_says_so(app: Flask, staff: Browser) -> None:
    head = OrganizationFactory(name="Genel Merkez")
    branches = [OrganizationFactory(parent=head) for _ in range(2)]
    OrganizationFactory(parent=head, status=OrgStatus.CLOSED)
    form = staff.get(url(head, "/durum"))
    assert "2 faal şubesi var. Onların durumu olduğu gibi kalır." in form.text
    assert staff.get(form.link("Şubeleri göster")).h1 == "Şubeleri"
    form.submit(SAVE, org_status="closed")
    assert {one.status for one in branches} == {OrgStatus.ACTIVE}
    assert "Genel Merkez (Kapanmış)" in staff.get(url(branches[0])).text
    assert "faal şubesi" not in staff.get(url(branches[0], "/durum")).text


def test_many_members_are_shown_in_part_and_listed_in_full(app: Flask, staff: Browser) -> None:
    big = federation("Büyük")
    for number in range(55):
        OrganizationFactory(name=f"Üye {number:02}", umbrellas=[big])
    OrganizationFactory(name="Birleşen", umbrellas=[big], status=OrgStatus.MERGED)
    page = staff.get(url(big))
    assert "Üyeleri (55)" in page.text
    assert "Üye 19" in page.text
    assert "Üye 20" not in page.text
    everyone = staff.get(page.link("Hepsini göster, 35 kuruluş daha"))
    assert len(everyone.rows()) == 50
    assert len(staff.get(everyone.link("Sonraki")).rows()) == 5
    for number in ("0", "99", "-1", "x", "9" * 30):
        staff.get(url(big, f"/uyeler?page={number}"))
    assert "Hiç yok" in staff.get(url(big, "/subeler")).text
    staff.get(url(big, "/baska"), 404)


def test_representatives_see_names_above_them_and_no_links(app: Flask) -> None:
    big = federation("Büyük")
    one = OrganizationFactory(umbrellas=[big], parent=OrganizationFactory(name="Merkez"))
    OrganizationFactory(name="Küçük Şube", parent=one)
    page = Browser(app).sign_in(represent(one)).get(url(one))
    assert "Büyük" in page.text
    assert "Merkez" in page.text
    assert "Küçük Şube" not in page.text
    assert url(big) not in str(page.soup)


def test_a_stale_form_shows_who_stands_above_now(
    app: Flask, staff: Browser, admin: Browser
) -> None:
    federation("Büyük")
    head, one = OrganizationFactory(name="Merkez"), OrganizationFactory(name="Umut")
    mine = staff.get(url(one, "/duzenle"))
    edit(admin, one, parent="Merkez", umbrellas="Büyük")
    page = mine.submit(SAVE, 409, short_name="U")
    assert "Merkez" in page.soup.find(id="parent-stored").get_text()
    assert "Büyük" in page.soup.find(id="umbrellas-stored").get_text()
    assert one.parent is head


def test_the_page_costs_the_same_with_a_large_family(app: Flask, staff: Browser) -> None:
    big = federation("Büyük")
    costs = []
    for size in (2, 40):
        for _ in range(size):
            shared = ContactFactory(organization=big, is_primary=False)
            ContactFactory(email=shared.email, organization__umbrellas=[big])
            OrganizationFactory(parent=big)
            big.umbrellas = [*big.umbrellas, federation("Çatı")]
            big.former_names.append(OrganizationName(name="Eski"))
        db.session.commit()
        with counted_statements() as statements:
            staff.get(url(big))
        costs.append(len(statements))
    assert costs[0] == costs[1]

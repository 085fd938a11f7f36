"""One person for several organisations, one organisation for one person only once."""

import sqlalchemy as sa
from flask import Flask

from coordinator import clock
from coordinator.access import Role
from coordinator.audit.models import AuditLine
from coordinator.extensions import db
from coordinator.registry import queries
from coordinator.registry.models import Contact, Organization, OrgStatus, Representation
from tests.browser import Browser
from tests.factories import ContactFactory, OrganizationFactory, UserFactory, represent

SAVE, ADD = "Kaydet", "Kişiyi ekle"


def page_of(organization: Organization, more: str = "") -> str:
    return f"/kuruluslar/{organization.public_id}{more}"


def url(contact: Contact) -> str:
    return page_of(contact.organization, f"/temsilciler/{contact.public_id}")


def contact(name: str, organization: str, email: str = "", phone: str = "") -> Contact:
    return ContactFactory(full_name=name, email=email, phone=phone, organization__name=organization)


def test_an_address_names_one_person(app: Flask, staff: Browser) -> None:
    here = contact("Nermin Su", "Akasya", "n@a.example")
    there = contact("N. Su", "Bahar", "n@a.example")
    ended = contact("Nermin Su", "Ceviz", "n@a.example")
    ended.active_until = clock.today()
    merged = contact("Nermin Su", "Defne", "n@a.example")
    merged.organization.status = OrgStatus.MERGED
    contact("Nermin Su", "Elma", "başka@a.example", here.phone)
    assert queries.same_person(here) == [there]
    page = staff.get(page_of(here.organization))
    assert "Ayrıca temsil ettiği: Bahar (orada N. Su adıyla)" in page.text
    assert page.link("Bahar") == page_of(there.organization)
    assert "Ayrıca temsil ettiği: Akasya (orada Nermin Su adıyla)" in (
        staff.get(page_of(there.organization)).text
    )


def test_without_an_address_name_and_phone_do(app: Flask) -> None:
    here = contact("Nermin Su", "Akasya", phone="+902322931200")
    there = contact("NERMİN SU", "Bahar", "n@a.example", "+902322931200")
    contact("Ayla Su", "Ceviz", phone="+902322931200")
    nobody = contact("Nermin Su", "Defne")
    assert queries.elsewhere([here, nobody]) == {here.id: [there], nobody.id: []}
    assert queries.same_person(there) == [here]


def test_a_change_is_made_in_the_other_organisations_as_well(app: Flask, staff: Browser) -> None:
    here = contact("Nermin Su", "Akasya", "n@a.example", "+902322931200")
    there = contact("Nermin Su", "Bahar", "n@a.example", "+902322931200")
    user = UserFactory(email="n@a.example", role=Role.REPRESENTATIVE)
    for one in (here, there):
        db.session.add(Representation(user_id=user.id, organization=one.organization))
    form = staff.get(url(here))
    assert "Bu kişi şunları da temsil ediyor: Bahar" in form.text
    form.submit(SAVE, full_name="Nermin Deniz", position="Başkan")
    assert there.full_name == "Nermin Su"
    staff.get(url(here)).submit(
        SAVE, full_name="Nermin Göl", email="nermin@a.example", phone="0532 123 45 67",
        position="Üye", everywhere="y",
    )  # fmt: skip
    assert (there.full_name, there.email, there.phone) == (
        "Nermin Göl", "nermin@a.example", "+905321234567",
    )  # fmt: skip
    assert there.position == ""
    assert db.session.scalars(sa.select(Representation)).all() == []
    lines = db.session.execute(
        sa.select(AuditLine.subject_id, AuditLine.details).order_by(AuditLine.id)
    ).all()
    assert [details["changed"] for _id, details in lines] == [
        ["full_name", "position"],
        ["email", "full_name", "phone", "position"],
        ["email", "full_name", "phone"],
    ]
    assert len({number for number, _details in lines}) == 2


def test_representatives_change_only_what_is_theirs(app: Flask) -> None:
    here = contact("Nermin Su", "Akasya", "n@a.example")
    there = contact("Nermin Su", "Bahar", "n@a.example")
    person = Browser(app).sign_in(represent(here.organization))
    assert "Bahar" not in person.get(page_of(here.organization)).text
    form = person.get(url(here))
    assert form.soup.find(id="everywhere") is None
    form.submit(SAVE, full_name="Nermin Göl", everywhere="y")
    assert there.full_name == "Nermin Su"


def test_who_is_here_already_is_told_and_may_be_added_knowingly(app: Flask, staff: Browser) -> None:
    here = contact("Nermin Su", "Akasya", "n@a.example")
    form = staff.get(page_of(here.organization, "/temsilciler/yeni"))
    page = form.submit(ADD, 409, full_name="Ayla Su", email="N@a.example", position="Sekreter")
    assert "Nermin Su bu kuruluşun irtibat kişisi." in page.soup.find(id="email-warning").get_text()
    assert page.soup.find(id="email")["aria-describedby"] == "email-warning"
    assert page.link("İrtibat kişisini düzenle: Nermin Su") == url(here)
    assert not page.soup.select(".p-errors")
    assert page.soup.find(id="position")["value"] == "Sekreter"
    page.submit("Yine de kişiyi ekle")
    added = db.session.scalars(sa.select(Contact).filter_by(full_name="Ayla Su")).one()
    assert (added.email, added.position) == ("n@a.example", "Sekreter")


def test_the_same_name_is_told_as_well(app: Flask, staff: Browser) -> None:
    here = contact("Işıl Su", "Akasya", "n@a.example")
    here.active_until = clock.today()
    form = staff.get(page_of(here.organization, "/temsilciler/yeni"))
    page = form.submit(ADD, 409, full_name="IŞIL SU", email="baska@a.example")
    warning = page.soup.find(id="full_name-warning").get_text()
    assert "Işıl Su bu kuruluşun eski irtibat kişisi." in warning
    assert staff.get(page.link("Yeniden irtibat kişisi yap")).h1 == (
        "Eski irtibat kişisini geri getir"
    )
    other = OrganizationFactory()
    page = staff.get(page_of(other, "/temsilciler/yeni")).submit(ADD, full_name="Işıl Su")
    assert "Işıl Su eklendi." in page.text

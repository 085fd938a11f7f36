"""Contacts: added, edited, ended; the primary one; accounts under their addresses."""

import sqlalchemy as sa
from flask import Flask

from coordinator import clock
from coordinator.access import Role
from coordinator.accounts.models import User
from coordinator.accounts.signals import unknown_address
from coordinator.audit.models import AuditLine
from coordinator.extensions import db
from coordinator.outbox.models import OutboxLetter
from coordinator.registry.models import (
    Channel,
    Contact,
    Organization,
    OrgStatus,
    Representation,
)
from tests.browser import Browser
from tests.factories import ContactFactory, OrganizationFactory, UserFactory, represent

TCKN = "10000000146"


def url(organization: Organization, more: str = "") -> str:
    return f"/kuruluslar/{organization.public_id}{more}"


def contact_url(contact: Contact, more: str = "") -> str:
    return url(contact.organization, f"/temsilciler/{contact.public_id}{more}")


def primary(organization: Organization) -> list[str]:
    db.session.expire_all()
    return [one.full_name for one in organization.contacts if one.is_primary]


def add(browser: Browser, organization: Organization, **values: str) -> None:
    form = browser.get(url(organization, "/temsilciler/yeni"))
    assert form.submit("Kişiyi ekle", **values).h1 == organization.name


def test_a_contact_is_added_as_typed(app: Flask, staff: Browser) -> None:
    one = OrganizationFactory(unreadable_email="n(at)a")
    form = staff.get(staff.get(url(one)).link("İrtibat kişisi ekle"))
    page = form.submit(
        "Kişiyi ekle",
        full_name=" Nermin  Su ",
        position="Başkan",
        email="Nermin@A.example",
        phone="0532 123 45 67",
        preferred_channel="phone",
        preferred_language="en",
    )
    for shown in (
        "Nermin Su eklendi.", "Asıl irtibat kişisi · Başkan", "0532 123 45 67",
        "nermin@a.example", "Ulaşma yolu: Telefon", "Mektuplar İngilizce",
    ):  # fmt: skip
        assert shown in page.text
    contact = db.session.scalars(sa.select(Contact)).one()
    assert contact.preferred_channel is Channel.PHONE
    assert contact.organization.unreadable_email == ""
    assert db.session.scalars(sa.select(AuditLine.action)).all() == ["contact.added"]


def test_what_cannot_be_kept_is_refused_beside_its_field(app: Flask, staff: Browser) -> None:
    one = OrganizationFactory()
    page = staff.get(url(one, "/temsilciler/yeni")).submit(
        "Kişiyi ekle", 422, full_name=f"Nermin {TCKN}", email="n@a", phone="abc",
        preferred_channel="pigeon", preferred_language="xx", position="p" * 121,
    )  # fmt: skip
    for field in (
        "full_name", "email", "phone", "preferred_channel", "preferred_language", "position",
    ):  # fmt: skip
        assert page.soup.find(id=f"{field}-error"), field
    assert page.soup.find(id="full_name")["value"] == f"Nermin {TCKN}"
    staff.get(url(one, "/temsilciler/yeni")).submit("Kişiyi ekle", 422, full_name="")


def test_there_is_always_one_primary_contact(app: Flask, staff: Browser) -> None:
    one = OrganizationFactory()
    add(staff, one, full_name="Zehra")
    assert primary(one) == ["Zehra"]
    add(staff, one, full_name="Ayla")
    assert primary(one) == ["Zehra"]
    add(staff, one, full_name="Mine", is_primary="y")
    assert primary(one) == ["Mine"]
    ayla = db.session.scalars(sa.select(Contact).filter_by(full_name="Ayla")).one()
    staff.get(contact_url(ayla)).submit("Kaydet", is_primary="y")
    assert primary(one) == ["Ayla"]
    form = staff.get(contact_url(ayla))
    assert form.soup.find(id="is_primary") is None
    form.submit("Kaydet", position="Başkan")
    assert primary(one) == ["Ayla"]
    staff.get(contact_url(ayla, "/bitir")).submit("İrtibatı bitir")
    assert primary(one) == ["Mine"]


def test_an_ended_contact_stays_on_paper_and_gets_nothing(app: Flask, staff: Browser) -> None:
    contact = ContactFactory(full_name="Nermin Su")
    page = staff.get(contact_url(contact, "/bitir"))
    assert "Nermin Su bugünden sonra" in page.text
    page = page.submit("İrtibatı bitir")
    assert "Eski irtibat kişileri" in page.text
    assert "Henüz irtibat kişisi yok" in page.text
    assert contact.active_until == clock.today()
    staff.get(contact_url(contact), 404)
    staff.get(contact_url(contact, "/bitir"), 404)


def test_a_stale_form_comes_back_with_both_values(
    app: Flask, staff: Browser, admin: Browser
) -> None:
    contact = ContactFactory(full_name="Nermin Su")
    mine, ending = staff.get(contact_url(contact)), staff.get(contact_url(contact, "/bitir"))
    admin.get(contact_url(contact)).submit("Kaydet", full_name="Nermin Deniz")
    page = mine.submit("Kaydet", 409, full_name="Nermin Göl")
    assert "Nermin Deniz" in page.soup.find(id="full_name-stored").get_text()
    ending.submit("İrtibatı bitir", 409)
    assert page.submit("Kaydet").h1 == contact.organization.name
    assert contact.full_name == "Nermin Göl"


def test_a_contact_is_found_only_under_its_organisation(app: Flask, staff: Browser) -> None:
    contact, other = ContactFactory(), OrganizationFactory()
    staff.get(url(other, f"/temsilciler/{contact.public_id}"), 404)
    staff.get(url(contact.organization, "/temsilciler/yok"), 404)
    staff.get(url(contact.organization, "/temsilciler/%00"), 404)


def test_representatives_keep_their_own_contacts(app: Flask) -> None:
    mine, foreign = OrganizationFactory(), ContactFactory()
    person = Browser(app).sign_in(represent(mine))
    add(person, mine, full_name="Ayla Su", email="ayla@a.example")
    ayla = db.session.scalars(sa.select(Contact).filter_by(full_name="Ayla Su")).one()
    page = person.get(contact_url(ayla)).submit("Kaydet", phone="0532 123 45 67")
    assert "Hesap aç" not in page.text
    person.get(contact_url(ayla, "/bitir")).submit("İrtibatı bitir")
    for more in ("", "/bitir"):
        person.get(contact_url(foreign, more), 404)
    person.get(url(foreign.organization, f"/temsilciler/{ayla.public_id}"), 404)
    assert person.send("POST", contact_url(ayla, "/hesap")).status_code in {400, 403}


def test_whoever_ends_themselves_is_led_out(app: Flask) -> None:
    contact = ContactFactory(email="ben@a.example")
    user = represent(contact.organization)
    user.email = "ben@a.example"
    person = Browser(app).sign_in(user)
    form = person.get(contact_url(contact, "/bitir"))
    assert "Bu kişi sizsiniz" in form.text
    page = form.submit("İrtibatı bitir")
    assert page.h1 == "Kuruluş bilgilerimiz"
    person.get(url(contact.organization), 404)


def test_staff_open_an_account_with_one_press(app: Flask, staff: Browser) -> None:
    contact = ContactFactory(
        full_name="Nermin Su", email="nermin@a.example", preferred_language="en"
    )
    second = ContactFactory(email="nermin@a.example")
    page = staff.get(url(contact.organization)).submit("Hesap aç")
    assert "Mektup şu adrese gidiyor: nermin@a.example." in page.text
    assert "Hesabı var" in page.text
    user = db.session.scalars(sa.select(User).filter_by(email="nermin@a.example")).one()
    assert (user.role, user.full_name, user.language) == (Role.REPRESENTATIVE, "Nermin Su", "en")
    represented = db.session.scalars(sa.select(Representation.organization_id))
    assert set(represented) == {contact.organization_id, second.organization_id}
    letter = db.session.scalars(sa.select(OutboxLetter)).one()
    assert (letter.to_address, letter.language, letter.links) == ("nermin@a.example", "en", {})
    assert "/giris" in letter.text


def test_an_address_of_staff_or_of_a_closed_account_gets_no_account(
    app: Flask, staff: Browser
) -> None:
    token = staff.get("/kuruluslar/yeni").soup.find("input", attrs={"name": "csrf_token"})["value"]

    def press(contact: Contact) -> str:
        return staff.post(contact_url(contact, "/hesap"), {"csrf_token": token}, 409).text

    UserFactory(email="personel@a.example")
    UserFactory(email="eski@a.example", role=Role.REPRESENTATIVE, active=False)
    assert "temsilci hesabı değil" in press(ContactFactory(email="personel@a.example"))
    assert "hesabı kapatılmış" in press(ContactFactory(email="eski@a.example"))
    assert "Önce e-posta adresini ekleyin" in press(ContactFactory(email=""))
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Representation)) == 0


def test_a_contact_who_asks_for_a_link_gets_an_account(app: Flask) -> None:
    a, b = ContactFactory(email="n@a.example"), ContactFactory(email="n@a.example")
    closed = ContactFactory(email="n@a.example")
    closed.organization.status = OrgStatus.CLOSED
    ContactFactory(email="n@a.example", active_until=clock.today())
    db.session.commit()
    answers = [user for _receiver, user in unknown_address.send(app, email="n@a.example") if user]
    assert [user.role for user in answers] == [Role.REPRESENTATIVE]
    represented = db.session.scalars(sa.select(Representation.organization_id))
    assert set(represented) == {a.organization_id, b.organization_id}
    assert db.session.scalars(sa.select(OutboxLetter)).all() == []


def test_a_stranger_or_former_contact_gets_none(app: Flask) -> None:
    ContactFactory(email="eski@a.example", active_until=clock.today())
    ContactFactory(email="kapali@a.example").organization.status = OrgStatus.CLOSED
    db.session.commit()
    for address in ("eski@a.example", "kapali@a.example", "yabanci@a.example", ""):
        assert not any(user for _r, user in unknown_address.send(app, email=address))
    assert db.session.scalars(sa.select(User)).all() == []


def test_access_follows_the_address(app: Flask, staff: Browser) -> None:
    contact = ContactFactory(email="n@a.example")
    user = represent(contact.organization)
    user.email = "n@a.example"
    staff.get(contact_url(contact)).submit("Kaydet", email="baska@a.example")
    assert db.session.scalars(sa.select(Representation)).all() == []
    staff.get(contact_url(contact)).submit("Kaydet", email="n@a.example")
    assert db.session.scalars(sa.select(Representation.user_id)).all() == [user.id]
    second = ContactFactory(organization=contact.organization, email="n@a.example")
    staff.get(contact_url(second, "/bitir")).submit("İrtibatı bitir")
    assert db.session.scalars(sa.select(Representation.user_id)).all() == [user.id]
    staff.get(contact_url(contact, "/bitir")).submit("İrtibatı bitir")
    assert db.session.scalars(sa.select(Representation)).all() == []


def test_the_pages_of_contacts_read_in_english(app: Flask, staff: Browser) -> None:
    contact = ContactFactory()
    assert staff.get(contact_url(contact, "?dil=en")).h1 == "Edit the contact"
    assert staff.get(contact_url(contact, "/bitir?dil=en")).h1 == "End the contact"
    assert staff.get(url(contact.organization, "/temsilciler/yeni?dil=en")).h1 == "New contact"

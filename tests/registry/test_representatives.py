"""What representatives see and change of their own organisations, and of others: nothing."""

import sqlalchemy as sa
from flask import Flask

from coordinator.extensions import db
from coordinator.registry.models import Organization, Representation
from tests.browser import Browser
from tests.factories import OrganizationFactory, represent


def only() -> Organization:
    return db.session.scalars(sa.select(Organization)).one()


def url(organization: Organization, more: str = "") -> str:
    return f"/kuruluslar/{organization.public_id}{more}"


def test_representatives_see_their_own_and_no_notes(app: Flask) -> None:
    mine, other = OrganizationFactory(notes="Şubenin notu"), OrganizationFactory()
    person = Browser(app).sign_in(represent(mine))
    page = person.get("/kurulusumuz")
    assert page.h1 == mine.name
    assert "Şubenin notu" not in page.text
    assert "Şube müdürlüğünün notları" not in page.text
    assert "Durumu değiştir" not in page.text
    for path in ("", "/duzenle", "/temsilciler/yeni"):
        person.get(url(other, path), 404)
    for path in ("/durum", "/kontrol"):
        assert person.send("POST", url(mine, path)).status_code in {400, 403}
    person.get("/kuruluslar/yeni", 403)


def test_representatives_change_how_they_are_reached_and_nothing_else(app: Flask) -> None:
    mine = OrganizationFactory(name="Bizim Dernek", notes="Not")
    person = Browser(app).sign_in(represent(mine))
    form = person.get(url(mine, "/duzenle"))
    assert form.soup.find(id="name") is None
    page = form.submit(
        "Kaydet", phone="0232 111 22 33", email="yeni@bizim.example", name="Ele geçti", notes="",
        registry_no="35-123-456", org_type="public",
    )  # fmt: skip
    assert page.h1 == "Bizim Dernek"
    one = only()
    assert (one.phone, one.email) == ("+902321112233", "yeni@bizim.example")
    assert (one.name, one.notes, one.registry_no) == ("Bizim Dernek", "Not", None)


def test_several_or_no_organisations_of_one_person(app: Flask) -> None:
    user = represent(OrganizationFactory(name="Akasya"))
    person = Browser(app).sign_in(user)
    db.session.add(
        Representation(user_id=user.id, organization_id=OrganizationFactory(name="Bahar").id)
    )
    page = person.get("/kurulusumuz")
    assert page.h1 == "Kuruluş bilgilerimiz"
    assert person.get(page.link("Bahar")).h1 == "Bahar"
    db.session.execute(sa.delete(Representation))
    assert "hiçbir kuruluş adına" in person.get("/kurulusumuz").text

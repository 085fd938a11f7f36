"""How long somebody is a contact: since when, until when, brought back, followed by another."""

from datetime import date, time, timedelta

import pytest
import sqlalchemy as sa
from flask import Flask

from coordinator import clock
from coordinator.access import Role
from coordinator.audit.models import AuditLine
from coordinator.extensions import db
from coordinator.i18n import typed
from coordinator.registry import operations, queries
from coordinator.registry.models import Contact, Organization, RelationKind, Representation
from tests.browser import Browser, Page
from tests.factories import ContactFactory, UserFactory, represent

SAVE, ADD, END = "Kaydet", "Kişiyi ekle", "İrtibatı bitir"


def day(offset: int) -> str:
    return typed(clock.today() + timedelta(days=offset))


def url(contact: Contact, more: str = "") -> str:
    return f"/kuruluslar/{contact.organization.public_id}/temsilciler/{contact.public_id}{more}"


def named(name: str) -> Contact:
    return db.session.scalars(sa.select(Contact).filter_by(full_name=name)).one()


def error(page: Page, field: str) -> str:
    return " ".join(page.soup.find(id=f"{field}-error").get_text().split())


def somebody_acts() -> bool:
    """May any account act for any organisation?"""
    return bool(db.session.scalars(sa.select(Representation)).all())


def account(contact: Contact) -> None:
    user = UserFactory(email=contact.email, role=Role.REPRESENTATIVE)
    db.session.add(Representation(user_id=user.id, organization=contact.organization))
    db.session.flush()


def at_midnight_of(until: date, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let it be the first minutes of a day."""
    moment = clock.at(until, time(0, 5))
    monkeypatch.setattr(clock, "now", lambda: moment)


def test_staff_write_down_a_term(app: Flask, staff: Browser) -> None:
    contact = ContactFactory()
    page = staff.get(url(contact)).submit(
        SAVE,
        active_from="12.03.2024",
        active_until=day(30),
        relation_kind="authorised",
    )
    assert f"İrtibat kişisi: 12.03.2024 gününden beri, {day(30)} gününe dek" in page.text
    assert "Asıl irtibat kişisi · İmza yetkilisi" in page.text
    assert (contact.active_from, contact.relation_kind) == (
        date(2024, 3, 12), RelationKind.AUTHORISED,
    )  # fmt: skip
    assert contact.is_active


@pytest.mark.parametrize(
    ("values", "status", "field", "reason"),
    [
        ({"active_from": "dün"}, 422, "active_from", "Tarihi 12.11.2026 gibi yazın."),
        ({"active_until": "31.02.2026"}, 422, "active_until", "Tarihi 12.11.2026 gibi yazın."),
        ({"relation_kind": "member"}, 422, "relation_kind", "Listeden birini seçin."),
        ({"active_from": day(1)}, 409, "active_from", "Bugünü ya da geçmiş bir günü yazın."),
        ({"active_from": day(-1), "active_until": day(-2)}, 409, "active_until",
         "Bitiş günü başlangıçtan önce olamaz."),
    ],
)  # fmt: skip
def test_a_term_that_cannot_be_is_refused(
    app: Flask, staff: Browser, values: dict[str, str], status: int, field: str, reason: str
) -> None:
    contact = ContactFactory()
    for path, button in ((url(contact), SAVE), (url(contact)[:-12] + "yeni", ADD)):
        page = staff.get(path).submit(button, status, **{"full_name": "Ayla Su", **values})
        assert reason in error(page, field)
        assert page.soup.find(id="full_name")["value"] == "Ayla Su"
    assert db.session.scalars(sa.select(Contact)).all() == [contact]


def test_one_day_is_a_term(app: Flask, staff: Browser) -> None:
    contact = ContactFactory()
    staff.get(url(contact)).submit(SAVE, active_from=day(0), active_until=day(0))
    assert not contact.is_active


def test_an_end_to_come_changes_nothing_until_then(
    app: Flask, staff: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    contact = ContactFactory(full_name="Nermin Su", email="n@a.example")
    deputy = ContactFactory(
        organization=contact.organization, full_name="Zehra Ay", is_primary=False, is_deputy=True
    )
    ContactFactory(organization=contact.organization, full_name="Ayla Ay", is_primary=False)
    account(contact)
    until = clock.today() + timedelta(days=3)
    page = staff.get(url(contact, "/bitir")).submit(END, active_until=typed(until))
    assert f"Nermin Su {typed(until)} gününe kadar irtibat kişisi." in page.text
    assert queries.with_address("n@a.example") == [contact]
    operations.end_terms()
    assert contact.is_primary
    assert somebody_acts()

    at_midnight_of(until, monkeypatch)
    assert queries.with_address("n@a.example") == []
    operations.end_terms()
    assert not somebody_acts()
    assert (contact.is_primary, deputy.is_primary) == (False, True)
    lines = db.session.execute(sa.select(AuditLine.action, AuditLine.actor_name)).all()
    assert lines[-1] == ("contact.ended", "worker")
    operations.end_terms()
    assert db.session.scalar(sa.select(sa.func.count()).select_from(AuditLine)) == len(lines)


def test_an_end_today_takes_the_access_at_once(app: Flask, staff: Browser) -> None:
    contact = ContactFactory(email="n@a.example")
    account(contact)
    staff.get(url(contact)).submit(SAVE, active_until=day(0))
    assert not somebody_acts()
    operations.end_terms()
    assert db.session.scalars(sa.select(AuditLine.action)).all() == ["contact.edited"]


def test_access_that_was_given_after_the_end_is_not_taken(
    app: Flask, staff: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    contact = ContactFactory(email="n@a.example")
    staff.get(url(contact, "/bitir")).submit(END)
    account(contact)
    db.session.commit()
    at_midnight_of(clock.today() + timedelta(days=1), monkeypatch)
    operations.end_terms()
    assert somebody_acts()


def test_whoever_ended_is_brought_back(app: Flask, staff: Browser) -> None:
    contact = ContactFactory(
        full_name="Nermin Su", email="n@a.example", active_from=date(2024, 3, 12)
    )
    account(contact)
    page = staff.get(url(contact, "/bitir")).submit(END)
    assert not somebody_acts()
    assert f"12.03.2024 – {day(0)}" in page.text
    form = staff.get(page.link("Yeniden irtibat kişisi yap"))
    assert form.soup.find(id="active_from")["value"] == "12.03.2024"
    form.submit("Yeniden irtibat kişisi yap", 409, active_from=day(2))
    page = form.submit("Yeniden irtibat kişisi yap")
    assert "Nermin Su yeniden irtibat kişisi." in page.text
    assert contact.is_active
    assert contact.is_primary
    assert somebody_acts()
    staff.get(url(contact, "/geri"), 404)
    assert db.session.scalars(sa.select(AuditLine.action)).all() == [
        "contact.ended", "contact.returned",
    ]  # fmt: skip


def test_representatives_do_the_same_for_theirs_alone(app: Flask) -> None:
    mine = ContactFactory(active_until=clock.today(), is_primary=False)
    foreign = ContactFactory(active_until=clock.today(), is_primary=False)
    person = Browser(app).sign_in(represent(mine.organization))
    page = person.get(f"/kuruluslar/{mine.organization.public_id}")
    person.get(page.link("Yeniden irtibat kişisi yap")).submit("Yeniden irtibat kişisi yap")
    assert mine.is_active
    person.get(url(foreign, "/geri"), 404)
    person.get(url(foreign, "/devir"), 404)
    assert person.get(url(mine, "/devir")).h1 == "Artık başkası temsil ediyor"


def test_a_deputy_is_shown_and_follows(app: Flask, staff: Browser) -> None:
    first = ContactFactory(full_name="Nermin Su")
    one: Organization = first.organization
    ContactFactory(organization=one, full_name="Ayla Ay", is_primary=False)
    zehra = ContactFactory(organization=one, full_name="Zehra Ay", is_primary=False)
    page = staff.get(url(zehra)).submit(SAVE, is_deputy="y", position="Sekreter")
    assert "Vekil · Sekreter" in page.text
    page = staff.get(url(first, "/bitir")).submit(END)
    assert named("Zehra Ay").is_primary
    assert "Asıl irtibat kişisi · Sekreter" in page.text

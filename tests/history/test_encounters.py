"""Calls, visits and notes: written down, corrected, deleted, by the branch alone."""

from datetime import timedelta

import sqlalchemy as sa
from flask import Flask

from coordinator import clock
from coordinator.audit.models import AuditLine
from coordinator.extensions import db
from coordinator.history.models import Encounter, EncounterKind
from coordinator.registry.models import Organization
from tests.browser import Browser, Page
from tests.factories import ContactFactory, OrganizationFactory, represent

TCKN = "10000000146"


def url(organization: Organization, more: str = "") -> str:
    return f"/kuruluslar/{organization.public_id}/gecmis{more}"


def encounter(organization: Organization) -> Encounter:
    one = Encounter(
        organization=organization,
        kind=EncounterKind.CALL,
        happened_at=clock.now() - timedelta(days=1),
        text="Salonu sordu.",
    )
    db.session.add(one)
    db.session.flush()
    return one


def write(browser: Browser, organization: Organization, status: int = 200, **values: str) -> Page:
    form = browser.get(url(organization, "/yeni"))
    return form.submit("Kaydet", status, **values)


def test_a_call_is_written_down_with_the_person_and_the_moment(app: Flask, staff: Browser) -> None:
    contact = ContactFactory(full_name="Nermin Su")
    page = write(
        staff,
        contact.organization,
        kind="call",
        day="12.11.2025",
        hour="14.30",
        contact_code=contact.public_id,
        text="Salonu sordu.\nYarın yine arayacağız.",
    )
    assert "Telefon görüşmesi: Nermin Su" in page.text
    assert "12 Kasım 2025" in page.text
    assert "14.30" in page.text
    assert "Yarın yine arayacağız." in page.text
    assert "Salonu sordu." in staff.get(f"/kuruluslar/{contact.organization.public_id}").text


def test_today_and_now_stand_in_the_form(app: Flask, staff: Browser) -> None:
    page = write(staff, OrganizationFactory(), kind="note", text="Not.")
    assert "Not." in page.text
    assert db.session.scalars(sa.select(Encounter)).one().happened_at <= clock.now()


def test_what_is_still_to_come_is_refused_beside_the_day(app: Flask, staff: Browser) -> None:
    one = OrganizationFactory()
    page = write(staff, one, 422, kind="visit", day="12.11.2099", text="Ziyaret edeceğiz.")
    assert "Bu an henüz gelmedi. Ne zaman olduğunu yazın." in page.text
    assert "Ziyaret edeceğiz." in page.text


def test_an_empty_text_and_an_identity_number_are_refused(app: Flask, staff: Browser) -> None:
    one = OrganizationFactory()
    assert "Bir cümle yazın." in write(staff, one, 422, kind="call", text=" ").text
    assert TCKN in write(staff, one, 422, kind="call", text=f"Kimliği {TCKN}").text
    assert not db.session.scalars(sa.select(Encounter)).all()


def test_it_is_corrected_and_a_save_meanwhile_is_shown(app: Flask, staff: Browser) -> None:
    one = encounter(OrganizationFactory())
    first = staff.get(url(one.organization, f"/kayit/{one.public_id}"))
    second = staff.get(url(one.organization, f"/kayit/{one.public_id}"))
    assert "Salon var." in first.submit("Kaydet", text="Salon var.").text
    refused = second.submit("Kaydet", 409, text="Salon yok.")
    assert "Salon yok." in refused.text
    assert "Salon var." in refused.text
    assert "Salon yok." in refused.submit("Kaydet").text


def test_it_is_deleted_after_a_question(app: Flask, staff: Browser) -> None:
    one = encounter(OrganizationFactory())
    form = staff.get(url(one.organization, f"/kayit/{one.public_id}/sil"))
    assert "Salonu sordu." in form.text
    assert "Silindi." in form.submit("Sil").text
    assert not db.session.scalars(sa.select(Encounter)).all()
    actions = db.session.scalars(sa.select(AuditLine.action)).all()
    assert "encounter.deleted" in actions


def test_readers_read_and_representatives_see_nothing(
    app: Flask, viewer: Browser, browser: Browser
) -> None:
    one = encounter(OrganizationFactory())
    assert "Salonu sordu." in viewer.get(url(one.organization)).text
    viewer.get(url(one.organization, "/yeni"), 403)
    viewer.get(url(one.organization, f"/kayit/{one.public_id}"), 403)
    browser.sign_in(represent(one.organization))
    browser.get(url(one.organization), 403)
    assert "Salonu sordu." not in browser.get(f"/kuruluslar/{one.organization.public_id}").text


def test_another_organisations_line_is_not_there(app: Flask, staff: Browser) -> None:
    one = encounter(OrganizationFactory())
    staff.get(url(OrganizationFactory(), f"/kayit/{one.public_id}"), 404)
    staff.get(url(one.organization, "/kayit/x"), 404)

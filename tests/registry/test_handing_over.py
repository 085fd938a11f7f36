"""Somebody else represents now: one step, and what was answered stays readable."""

from datetime import date, timedelta

import pytest
import sqlalchemy as sa
from flask import Flask

from coordinator import clock
from coordinator.actors import Actor
from coordinator.audit.models import AuditLine
from coordinator.extensions import db
from coordinator.i18n import typed
from coordinator.invitations import operations
from coordinator.invitations.models import AnsweredVia, RsvpAnswer
from coordinator.registry import queries
from coordinator.registry.models import Contact
from tests.browser import Browser
from tests.factories import ContactFactory, represent
from tests.invitations.parts import invitation_of, invited, letters

HAND_OVER = "Görevi devret"


def url(contact: Contact, more: str = "") -> str:
    return f"/kuruluslar/{contact.organization.public_id}/temsilciler/{contact.public_id}{more}"


def day(offset: int) -> str:
    return typed(clock.today() + timedelta(days=offset))


def everyone() -> list[tuple[str, bool, bool]]:
    db.session.expire_all()
    found = db.session.scalars(sa.select(Contact).order_by(Contact.id))
    return [(one.full_name, one.is_active, one.is_primary) for one in found]


def test_a_new_person_follows_in_one_step(app: Flask, staff: Browser) -> None:
    old = ContactFactory(full_name="Nermin Su", email="n@a.example")
    page = staff.get(f"/kuruluslar/{old.organization.public_id}")
    form = staff.get(page.link("Artık başkası temsil ediyor"))
    assert "Verdiği yanıtlar kendi adıyla kalır." in form.text
    page = form.submit(
        HAND_OVER, day=day(-3), full_name="Ayla Ay", position="Başkan", email="a@a.example",
        preferred_language="en", relation_kind="authorised",
    )  # fmt: skip
    assert "Artık Ayla Ay temsil ediyor." in page.text
    assert "Eski irtibat kişileri" in page.text
    assert everyone() == [("Nermin Su", False, False), ("Ayla Ay", True, True)]
    new = db.session.scalars(sa.select(Contact).filter_by(full_name="Ayla Ay")).one()
    assert new.active_from == old.active_until == clock.today() - timedelta(days=3)
    assert (new.preferred_language, new.position) == ("en", "Başkan")
    assert db.session.scalars(sa.select(AuditLine.action).order_by(AuditLine.id)).all() == [
        "contact.added", "contact.ended",
    ]  # fmt: skip


def test_a_deputy_follows_without_being_typed_again(app: Flask, staff: Browser) -> None:
    old = ContactFactory(full_name="Nermin Su")
    ContactFactory(organization=old.organization, full_name="Ayla Ay", is_primary=False)
    deputy = ContactFactory(
        organization=old.organization, full_name="Zehra Ay", is_primary=False, is_deputy=True
    )
    form = staff.get(url(old, "/devir"))
    assert form.soup.select(f'input[value="{deputy.public_id}"][checked]')
    form.submit(HAND_OVER)
    assert everyone() == [
        ("Nermin Su", False, False), ("Ayla Ay", True, False), ("Zehra Ay", True, True),
    ]  # fmt: skip
    assert not deputy.is_deputy


@pytest.mark.parametrize(
    ("values", "status", "field", "reason"),
    [
        ({"full_name": ""}, 422, "full_name", "Kişinin adını soyadını yazın."),
        ({"day": ""}, 422, "day", "Tarihi 12.11.2026 gibi yazın."),
        ({"day": day(1)}, 409, "day", "Bugünü ya da geçmiş bir günü yazın."),
        ({"day": "11.03.2020"}, 409, "active_until", "Bitiş günü başlangıçtan önce olamaz."),
        ({"email": "yok"}, 422, "email", "Tek bir e-posta adresi yazın"),
        ({"full_name": "Ayla 10000000146"}, 422, "full_name", "T.C. kimlik numarasına benziyor"),
    ],
)
def test_nothing_happens_when_something_is_wrong(
    app: Flask, staff: Browser, values: dict[str, str], status: int, field: str, reason: str
) -> None:
    old = ContactFactory(full_name="Nermin Su", active_from=date(2020, 3, 12))
    page = staff.get(url(old, "/devir")).submit(
        HAND_OVER, status, **{"full_name": "Ayla Ay", "position": "Başkan", **values}
    )
    told = page.soup.find(id=f"{field}-error") or page.soup.select_one(".p-errors")
    assert reason in told.get_text()
    assert page.soup.find(id="position")["value"] == "Başkan"
    assert everyone() == [("Nermin Su", True, True)]


def test_somebody_not_offered_is_refused(app: Flask, staff: Browser) -> None:
    old, foreign = ContactFactory(), ContactFactory()
    form = staff.get(url(old, "/devir"))
    form.submit(HAND_OVER, 422, full_name="Ayla", successor=foreign.public_id)
    assert old.is_active


def test_who_is_a_contact_already_is_told(app: Flask, staff: Browser) -> None:
    old = ContactFactory(full_name="Nermin Su", email="n@a.example")
    page = staff.get(url(old, "/devir")).submit(
        HAND_OVER, 409, full_name="Ayla Ay", email="n@a.example"
    )
    assert "Nermin Su bu kuruluşun irtibat kişisi." in page.soup.find(id="email-warning").get_text()
    page.submit("Yine de devret")
    assert everyone() == [("Nermin Su", False, False), ("Ayla Ay", True, True)]
    assert [one.name for one in queries.recipients([old.organization_id])[old.organization_id]] == [
        "Ayla Ay"
    ]


def test_a_stale_form_keeps_what_was_typed(app: Flask, staff: Browser, admin: Browser) -> None:
    old = ContactFactory(full_name="Nermin Su")
    mine = staff.get(url(old, "/devir"))
    admin.get(url(old)).submit("Kaydet", position="Başkan")
    page = mine.submit(HAND_OVER, 409, full_name="Ayla Ay")
    assert page.soup.find(id="full_name")["value"] == "Ayla Ay"
    assert page.soup.find(id="full_name-stored") is None
    page.submit(HAND_OVER)
    assert everyone() == [("Nermin Su", False, False), ("Ayla Ay", True, True)]


def test_whoever_hands_over_their_own_place_is_led_out(app: Flask) -> None:
    old = ContactFactory(email="ben@a.example")
    user = represent(old.organization)
    user.email = "ben@a.example"
    person = Browser(app).sign_in(user)
    form = person.get(url(old, "/devir"))
    assert "Bu kişi sizsiniz" in form.text
    page = form.submit(HAND_OVER, full_name="Ayla Ay", email="ayla@a.example")
    assert page.h1 == "Kuruluş bilgilerimiz"


def test_old_letters_and_answers_keep_the_old_name(app: Flask, staff: Browser) -> None:
    old = ContactFactory(full_name="Nermin Su", email="n@a.example")
    one = old.organization
    meeting = invited(one)
    invitation = invitation_of(meeting, one)
    operations.answer_invitation(
        invitation=invitation,
        reply=operations.Reply(RsvpAnswer.YES, 1, ["Nermin Su"], [], "", "Görüşürüz"),
        source=operations.Source(AnsweredVia.LINK),
        opened_version=invitation.version,
        actor=Actor.link("Nermin Su"),
    )
    staff.get(url(old, "/devir")).submit(HAND_OVER, full_name="Ayla Ay", email="a@a.example")
    assert (invitation.answered_by, invitation.attendee_names) == ("Nermin Su", ["Nermin Su"])
    assert {letter.to_name for letter in letters()} == {"Nermin Su"}
    page = staff.get(f"/toplantilar/{meeting.public_id}/davetliler")
    assert [row for row in page.rows() if one.name in row and "Katılacak" in row]

"""The invented city fills an empty house once, and everything in it can be used."""

from collections import Counter
from datetime import date

import pytest
import sqlalchemy as sa
from flask import Flask

from coordinator.access import Role
from coordinator.actors import COMMAND
from coordinator.bookings.models import BookingState, ServiceBooking
from coordinator.demo import calendar, operations
from coordinator.demo.waiting import SEATS, WANTING
from coordinator.extensions import db
from coordinator.inbox.models import InboxMessage, MessageKind
from coordinator.invitations.models import Invitation, RsvpAnswer
from coordinator.lists import queries as lists
from coordinator.outbox.models import OPEN_STATES, HeldAddress, LetterState, OutboxLetter
from tests.browser import Browser
from tests.factories import OrganizationFactory


def test_the_city_is_whole_and_its_pages_open(app: Flask, admin: Browser) -> None:
    made = operations.fill(COMMAND)
    db.session.commit()
    assert made.organizations == 30
    answers = db.session.scalars(
        sa.select(Invitation.answer).where(Invitation.meeting_id == made.meeting.id)
    ).all()
    assert (len(answers), answers.count(RsvpAnswer.NONE)) == (30, 9)
    for path in (
        "/",
        "/kuruluslar",
        "/kuruluslar/listeler",
        f"/toplantilar/{made.meeting.public_id}",
        f"/cagrilar/{made.call.public_id}",
        f"/ozel-gunler/{made.window.year}/25-kasim",
        f"/program/{made.window.year}/25-kasim",
        "/raporlar",
    ):
        admin.get(path)
    assert "Katılacak mısınız?" in Browser(app).get(made.invitation).text
    assert made.staff.role is Role.STAFF
    every_state_of_letters_answers_and_services_is_there(made, admin)


def every_state_of_letters_answers_and_services_is_there(
    made: operations.Filled, admin: Browser
) -> None:
    small = db.session.scalars(
        sa.select(Invitation.answer).where(Invitation.meeting_id != made.meeting.id)
    ).all()
    counts = Counter(small)
    assert counts[RsvpAnswer.YES] * 2 == SEATS
    assert counts[RsvpAnswer.WAITING] == len(WANTING) - SEATS // 2 - 1
    states = Counter(db.session.scalars(sa.select(OutboxLetter.state)))
    assert states[LetterState.BOUNCED] == 2
    assert db.session.scalar(sa.select(sa.func.count()).select_from(HeldAddress)) == 2
    kinds = Counter(db.session.scalars(sa.select(InboxMessage.kind)))
    assert kinds[MessageKind.BOUNCE] == 2
    assert {MessageKind.DELAYED, MessageKind.AUTOMATIC, MessageKind.UNMATCHED} < set(kinds)
    assert kinds[MessageKind.HUMAN] >= 1
    assert set(db.session.scalars(sa.select(ServiceBooking.state))) == set(BookingState)
    page = admin.get(f"/toplantilar/{made.meeting.public_id}/hizmetler")
    assert "önce 1 çocuk, şimdi 3 çocuk" in page.text
    for path in ("/gelen", "/mektuplar", f"/toplantilar/{made.meeting.public_id}/sessizler"):
        admin.get(path)


def test_an_empty_house_gets_a_name_an_administrator_and_lists_that_hold_somebody(
    app: Flask,
) -> None:
    made = operations.fill(COMMAND)
    assert made.staff.role is Role.ADMIN
    assert len(made.password) >= 12
    held = lists.held(lists.all_lists())
    assert [one.addresses for one in held.values()] == [5, 4, 4]


def test_it_does_not_mix_with_real_organisations(app: Flask, admin: Browser) -> None:
    OrganizationFactory()
    with pytest.raises(operations.HouseNotEmpty):
        operations.fill(COMMAND)
    page = admin.get("/yonetim/ornek")
    assert "Örnek yalnız boş bir kopyayı doldurur." in page.text


def test_one_button_fills_it(admin: Browser) -> None:
    offer = admin.get("/yonetim").link("Örnek verilerle doldur")
    page = admin.get(offer).submit("Örnek verilerle doldur")
    assert "Örnek kent hazır: 30 kuruluş." in page.text
    assert page.h1.startswith("25 Kasım")


@pytest.mark.in_turn
def test_letters_do_not_leave_for_a_mail_server_elsewhere(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(app.config, "MAIL_SERVER", "posta.belediye.bel.tr")
    operations.fill(COMMAND)
    states = set(db.session.scalars(sa.select(OutboxLetter.state)))
    assert LetterState.CANCELLED in states
    assert not states & set(OPEN_STATES)


@pytest.mark.parametrize(
    ("today", "year"),
    [(date(2026, 3, 1), 2026), (date(2026, 11, 22), 2026), (date(2026, 11, 23), 2027)],
)
def test_the_story_takes_place_in_days_to_come(today: date, year: int) -> None:
    when = calendar.dates(today)
    assert when.year == year
    assert today < when.last_answer < when.meeting < when.day or when.meeting == when.day
    assert when.call_from < today

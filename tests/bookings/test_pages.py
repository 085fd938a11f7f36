"""The needs of all answers become orders: added up, ordered, and watched when answers change."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

import pytest
import sqlalchemy as sa
import time_machine
from flask import Flask

from coordinator import clock
from coordinator.actors import COMMAND
from coordinator.audit.models import AuditLine
from coordinator.bookings import operations, queries
from coordinator.bookings.models import BookingState, ServiceBooking
from coordinator.bookings.operations import Order
from coordinator.bookings.operations.booking import DueAfterMeeting, QuantityMissing
from coordinator.days.models import ClosedDay
from coordinator.errors import SavedMeanwhile
from coordinator.extensions import db
from coordinator.invitations.models import AccessNeed, Invitation, RsvpAnswer
from coordinator.meetings import operations as meetings
from coordinator.meetings.models import Meeting, MeetingStatus
from tests.browser import Browser, counted_statements
from tests.factories import InvitationFactory, MeetingFactory, OrganizationFactory

SIGN, PLAY, RIDE = AccessNeed.SIGN_LANGUAGE, AccessNeed.CHILDCARE, AccessNeed.TRANSPORT
TO_ORDER, ORDERED, CONFIRMED, NOT_NEEDED = BookingState


@pytest.fixture(autouse=True)
def second_of_november() -> Iterator[None]:
    """A Monday; the meeting is on Thursday the 12th."""
    with time_machine.travel("2026-11-02T09:00:00+03:00", tick=False):
        yield


def a_meeting() -> Meeting:
    return MeetingFactory(
        status=MeetingStatus.INVITED,
        starts_at=datetime(2026, 11, 12, 14, tzinfo=clock.LOCAL),
        rsvp_deadline=date(2026, 11, 6),
    )


def answers(meeting: Meeting, name: str, *needs: AccessNeed, **more: object) -> Invitation:
    values = {"answer": RsvpAnswer.YES, "people": 2, **more}
    return InvitationFactory(
        meeting=meeting,
        organization=OrganizationFactory(name=name),
        access_needs=[one.value for one in needs],
        **values,
    )


def wanted(meeting: Meeting) -> dict[AccessNeed, int]:
    db.session.commit()
    return {one.need: one.wanted for one in queries.services(meeting)}


def test_needs_of_those_who_come_add_up(app: Flask, staff: Browser) -> None:
    meeting = a_meeting()
    answers(meeting, "Buca Mahalle Buluşması", SIGN, PLAY, need_numbers={"childcare": 2})
    answers(meeting, "Çiğli Turna Kooperatifi", SIGN, PLAY, RIDE, answer=RsvpAnswer.DEPUTY)
    answers(meeting, "Foça Sardunya", RIDE, answer=RsvpAnswer.NO, people=0)
    answers(
        meeting, "Bergama", PLAY, answer=RsvpAnswer.WAITING, waiting_no=1,
        waiting_for=RsvpAnswer.YES,
    )  # fmt: skip
    assert wanted(meeting) == {SIGN: 1, PLAY: 3, RIDE: 1}
    assert {one.need: one.wanted for one in queries.of_waiting(meeting)} == {PLAY: 1}
    page = staff.get(f"/toplantilar/{meeting.public_id}/hizmetler")
    assert "Bekleme listesindekiler de isterse: Çocuk bakım" in page.text
    assert queries.prepared(meeting) == {SIGN: TO_ORDER, PLAY: TO_ORDER, RIDE: TO_ORDER}
    assert {one.due_on for one in queries.services(meeting)} == {date(2026, 11, 9)}
    db.session.add(ClosedDay(on=date(2026, 11, 10), reason="İdari izin"))
    db.session.commit()
    assert queries.services(meeting)[0].due_on == date(2026, 11, 6)
    operations.keep(meeting, AccessNeed.CAPTIONS, Order(ORDERED, 1), version=None, actor=COMMAND)
    assert queries.prepared(meeting)[AccessNeed.CAPTIONS] is ORDERED


def test_a_service_is_ordered_and_watched(app: Flask, staff: Browser) -> None:
    meeting = a_meeting()
    path = f"/toplantilar/{meeting.public_id}/hizmetler"
    assert "Henüz hizmet isteyen yok" in staff.get(path).text
    one = answers(meeting, "Buca Mahalle Buluşması", SIGN, PLAY, needs_note="Biri 4 yaşında")
    page = staff.get(path)
    assert "2 hizmet gerekiyor. 2 hizmet ayarlanacak." in page.text
    assert "Buca Mahalle Buluşması Biri 4 yaşında" in page.rows()[1]
    assert "1 çocuk" in page.rows()[1]
    assert "9 Kasım Pzt gününe dek" in page.rows()[1]
    form = staff.get(page.link("Değiştir : Çocuk bakım"))
    assert form.h1.startswith("Çocuk bakım")
    wrong = form.submit("Kaydet", 422, quantity="çok", due_on="yarın", note="Oyun Evi")
    assert wrong.soup.find(id="note")["value"] == "Oyun Evi"
    refused = form.submit("Kaydet", 409, state="ordered", quantity="", note="Oyun Evi")
    assert "Ne kadar ayarlandığını yazın." in refused.text
    late = form.submit("Kaydet", 409, due_on="13.11.2026")
    assert "Toplantıdan önceki bir günü yazın." in late.text
    assert staff.user
    page = form.submit(
        "Kaydet", state="ordered", quantity="1", responsible=staff.user.public_id, note="Oyun Evi"
    )
    assert "kaydedildi" in page.text
    assert "Ayarlandı 1 çocuk Derya Tuna" in page.rows()[1]
    stale = form.submit("Kaydet", 409, state="not_needed")
    assert "Şu anda kayıtlı: Oyun Evi" in stale.text
    one.need_numbers = {"childcare": 3}
    page = staff.get(path)
    assert "Gereken sayı değişti: önce 1 çocuk, şimdi 3 çocuk." in page.rows()[1]
    assert not [one for one in page.soup.select("button") if "Çocuk bakım" in one.text]
    stored = db.session.execute(sa.select(ServiceBooking).filter_by(need=PLAY)).scalar_one()
    operations.move(meeting, PLAY, CONFIRMED, version=stored.version, actor=COMMAND)
    page = staff.get(path)
    assert "Gereken sayı değişti: önce 1 çocuk, şimdi 3 çocuk." in page.rows()[1]
    page = staff.get(page.link("Değiştir : Çocuk bakım")).submit(
        "Kaydet", quantity="3", state="ordered"
    )
    assert "Gereken sayı değişti" not in page.text
    page = page.submit("Ayarlandı : İşaret dili")
    page = page.submit("Kesinleşti : İşaret dili")
    booking = db.session.execute(sa.select(ServiceBooking).filter_by(need=SIGN)).scalar_one()
    assert (booking.state, booking.quantity, booking.needed) == (CONFIRMED, 1, 1)
    one.answer, one.people = RsvpAnswer.NO, 0
    assert "Artık isteyen yok." in staff.get(path).rows()[0]
    deeds = db.session.scalars(sa.select(AuditLine).filter_by(action="booking.kept")).all()
    assert [one.details["state"] for one in deeds] == [
        "ordered", "confirmed", "ordered", "ordered", "confirmed",
    ]  # fmt: skip


def test_what_nobody_asked_for_can_be_ordered_too(app: Flask, staff: Browser) -> None:
    meeting = a_meeting()
    page = staff.get(f"/toplantilar/{meeting.public_id}/hizmetler")
    form = staff.get(page.link("İşaret dili"))
    assert "İsteyen yok." in form.text
    page = form.submit("Kaydet", state="ordered", quantity="2")
    assert "2 çevirmen" in page.rows()[0]
    assert "Artık isteyen yok" not in page.text
    answers(meeting, "Buca Mahalle Buluşması", SIGN)
    page = staff.get(f"/toplantilar/{meeting.public_id}/hizmetler")
    assert "Şimdi isteyen var: 1 çevirmen." in page.rows()[0]


def test_orders_hear_of_a_meeting_that_moves_or_is_off(app: Flask, staff: Browser) -> None:
    meeting = a_meeting()
    answers(meeting, "Buca Mahalle Buluşması", SIGN, RIDE)
    db.session.commit()
    operations.move(meeting, SIGN, ORDERED, version=None, actor=COMMAND)
    assert queries.waiting() == []
    meeting.calendar_sequence += 1
    path = f"/toplantilar/{meeting.public_id}/hizmetler"
    assert "zamanı ya da yeri değişti" in staff.get(path).text
    assert [len(some) for _, some in queries.waiting()] == [1]
    meetings.cancel_meeting(meeting, reason="Fırtına", actor=COMMAND)
    page = staff.get(path)
    assert "Toplantı iptal edildi. 1 hizmetten vazgeçildiğini bildirin." in page.text
    assert "ayarlanacak" not in page.text
    assert "Ayarlanmadı" in page.rows()[1]
    assert len(page.soup.select(".p-service-do a")) == 1
    assert not page.soup.select(".p-service-do button, .p-services-more")
    english = staff.get(path, query={"dil": "en"}).text
    assert "The meeting was cancelled. One order is to be called off." in english
    (service,) = queries.waiting()[0][1]
    assert service.is_off
    operations.move(meeting, SIGN, NOT_NEEDED, version=service.version, actor=COMMAND)
    assert "Ayarlanacak ya da vazgeçilecek hizmet yok." in staff.get(path).text


def test_the_days_before_the_last_one_call_for_the_order(app: Flask, staff: Browser) -> None:
    meeting = a_meeting()
    answers(meeting, "Buca Mahalle Buluşması", SIGN)
    db.session.commit()
    assert queries.waiting() == []

    def told(day: int) -> str:
        with time_machine.travel(f"2026-11-{day:02}T09:00:00+03:00", tick=False):
            assert staff.user
            assert len(queries.waiting()) == (day < 12)
            path = f"/toplantilar/{meeting.public_id}/hizmetler"
            return staff.sign_in(staff.user).get(path).text

    assert "3 gün içinde ayarlayın." in told(6)
    assert "Bugün ayarlayın." in told(9)
    late = told(10)
    assert "Ayarlama günü geçti: 9 Kasım Pzt." in late
    assert "1 hizmet gecikti." in late
    after = told(13)
    assert "Toplantı bitti. Ayarlanan hizmet olmadı." in after
    assert "gecikti" not in after


def test_two_who_decide_first_do_not_undo_each_other(app: Flask) -> None:
    meeting = a_meeting()
    operations.keep(meeting, SIGN, Order(ORDERED, 1), version=None, actor=COMMAND)
    with pytest.raises(SavedMeanwhile):
        operations.keep(meeting, SIGN, Order(NOT_NEEDED), version=None, actor=COMMAND)
    with pytest.raises(QuantityMissing):
        operations.keep(meeting, PLAY, Order(CONFIRMED, 0), version=None, actor=COMMAND)
    later = Order(TO_ORDER, due_on=clock.today() + timedelta(days=20))
    with pytest.raises(DueAfterMeeting):
        operations.keep(meeting, PLAY, later, version=None, actor=COMMAND)


def test_those_who_only_read_see_and_cannot_order(app: Flask, viewer: Browser) -> None:
    meeting = a_meeting()
    answers(meeting, "Buca Mahalle Buluşması", SIGN)
    page = viewer.get(f"/toplantilar/{meeting.public_id}/hizmetler")
    assert len(page.rows()) == 1
    assert not page.soup.select("main form")
    viewer.get(f"/toplantilar/{meeting.public_id}/hizmetler/sign_language", 403)


def test_many_answers_cost_as_much_as_few(app: Flask, staff: Browser) -> None:
    counts = []
    for number in (2, 20):
        meeting = a_meeting()
        for place in range(number):
            answers(meeting, f"Kıyı {place}", SIGN, RIDE)
        path = f"/toplantilar/{meeting.public_id}/hizmetler"
        staff.get(path)
        with counted_statements() as statements:
            staff.get(path)
        counts.append(len(statements))
    assert counts[0] == counts[1]

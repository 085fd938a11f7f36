"""Places counted in people: the waiting list, moving up, and everybody answering at once."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from coordinator import clock
from coordinator.actors import COMMAND, Actor
from coordinator.audit.models import AuditLine
from coordinator.duplicates.facts import Choices
from coordinator.duplicates.operations import merge
from coordinator.extensions import db
from coordinator.invitations import operations, queries
from coordinator.invitations.models import (
    Addressee,
    AnsweredVia,
    AttendMode,
    Invitation,
    LetterKind,
    RsvpAnswer,
)
from coordinator.invitations.operations import NobodyWaits, NoFurtherPlace, Reply, Source
from coordinator.meetings.models import MeetingStatus, Mode
from coordinator.meetings.signals import seats_changed
from coordinator.outbox.models import LetterState
from coordinator.registry.models import Channel
from tests.browser import counted_statements
from tests.invitations.parts import invitation_of, invited, letters, organization

LINK = Source(AnsweredVia.LINK)
NO, YES, DEPUTY, WAITING = RsvpAnswer.NO, RsvpAnswer.YES, RsvpAnswer.DEPUTY, RsvpAnswer.WAITING


def asked(number: int, **meeting: object) -> list[Invitation]:
    some = [organization(f"Kıyı Derneği {place}") for place in range(number)]
    one = invited(*some, **meeting)
    return [invitation_of(one, organization) for organization in some]


def answer(invitation: Invitation, kind: RsvpAnswer, people: int = 1, **more: object) -> None:
    operations.answer_invitation(
        invitation=invitation,
        reply=Reply(kind, people, **more),
        source=LINK,
        opened_version=invitation.version,
        actor=Actor.link("Nermin Su"),
    )
    db.session.commit()


def states(invitations: list[Invitation]) -> list[str]:
    return [one.answer.value for one in invitations]


def test_who_finds_no_place_waits_and_moves_up_in_order(app):
    first, second, third, fourth = everybody = asked(4, capacity=2)
    answer(first, YES, 2)
    answer(second, DEPUTY, 2, needs=["childcare"], need_numbers={"childcare": 3})
    answer(third, YES)
    assert states(everybody) == ["yes", "waiting", "waiting", "none"]
    assert (second.waiting_for, second.people, second.is_coming) == (DEPUTY, 2, False)
    assert [queries.place_in_queue(one) for one in everybody] == [0, 1, 2, 0]
    assert (queries.taken_seats(first.meeting), queries.free_seats(first.meeting)) == (2, 0)

    answer(first, YES, 1)
    assert states(everybody)[1:3] == ["waiting"] * 2, "one place is not enough for the first"
    answer(fourth, YES, 1)
    assert fourth.answer is WAITING, "nobody overtakes those who wait"
    answer(first, NO)
    assert states(everybody) == ["no", "deputy", "waiting", "waiting"]
    assert (second.waiting_for, second.waiting_no, second.need_numbers) == (
        None, None, {"childcare": 3},
    )  # fmt: skip
    (letter,) = letters(LetterKind.MOVED_UP)
    assert letter.to_address == second.organization.contacts[0].email
    assert letter.subject.startswith("Bir yer açıldı")
    assert letter.calendar
    line = db.session.execute(
        sa.select(AuditLine).filter_by(action="invitation.moved_up")
    ).scalar_one()
    assert line.subject_id == second.id
    assert queries.meeting_totals([first.meeting_id])[first.meeting_id].waiting == 2


def test_the_same_wish_is_no_news_and_another_keeps_the_place_in_the_queue(app):
    first, second, third = asked(3, capacity=2)
    answer(first, YES, 1)
    answer(second, YES, 2)
    answer(third, YES, 1)
    version = second.version
    answer(second, YES, 2)
    assert (second.version, queries.place_in_queue(second)) == (version, 1)
    answer(second, YES, 1)
    assert (second.answer, third.answer) == (YES, WAITING)
    assert letters(LetterKind.MOVED_UP) == [], (
        "who moved up by an answer of their own gets its receipt"
    )
    answer(third, NO)
    assert (third.waiting_no, third.people) == (None, 0)


def test_nobody_who_has_a_place_loses_it(app):
    first, second = asked(2, capacity=3)
    answer(first, YES, 2)
    answer(second, YES, 1)
    with pytest.raises(NoFurtherPlace):
        answer(second, YES, 2)
    db.session.rollback()
    first.meeting.capacity = 1
    answer(first, YES, 2, note="Görüşürüz")
    assert (first.answer, first.people) == (YES, 2)


def test_more_places_and_a_hand_let_people_in(app):
    first, second, third, fourth = asked(4, capacity=1)
    for one in (first, second, third, fourth):
        answer(one, YES)
    assert operations.seat(invitation=third, actor=COMMAND) == 1
    assert states([first, second, third, fourth]) == ["yes", "waiting", "yes", "waiting"]
    with pytest.raises(NobodyWaits):
        operations.seat(invitation=third, actor=COMMAND)
    first.meeting.capacity = 3
    seats_changed.send(first.meeting, actor=COMMAND)
    assert states([second, fourth]) == ["yes", "waiting"]
    first.meeting.capacity = None
    seats_changed.send(first.meeting, actor=COMMAND)
    assert fourth.answer is YES
    assert len(letters(LetterKind.MOVED_UP)) == 3


def test_nobody_is_given_a_place_in_a_meeting_that_is_off_or_has_begun(app, staff):
    first, second = asked(2, capacity=1)
    for one in (first, second):
        answer(one, YES)
    meeting = first.meeting
    path = f"/toplantilar/{meeting.public_id}/davetliler"
    page = staff.get(path)
    seated = page.soup.select_one(f"form[action$='{second.public_id}/yer-ver']")
    meeting.status = MeetingStatus.CANCELLED
    db.session.commit()
    refused = staff.post(seated["action"], page.filled(seated))
    assert "Bu toplantı iptal edildi." in refused.text
    meeting.status, meeting.starts_at = MeetingStatus.PLANNED, clock.now() - timedelta(minutes=5)
    db.session.commit()
    with pytest.raises(operations.InvitationClosed):
        operations.seat(invitation=second, actor=COMMAND)
    assert (second.answer, letters(LetterKind.MOVED_UP)) == (WAITING, [])


def test_a_merge_holds_the_meetings_before_it_changes_anything(app):
    first, second, third = asked(3, capacity=2)
    for one in (first, second, third):
        answer(one, YES)
    with counted_statements() as statements:
        merge(kept=first.organization, other=second.organization, choices=Choices(), actor=COMMAND)
    held = [
        place for place, one in enumerate(statements)
        if "FROM meeting" in one and "invitation.organization_id IN" in one
    ]  # fmt: skip
    changed = [place for place, one in enumerate(statements) if one.startswith("UPDATE")]
    assert held[0] < changed[0]
    if db.engine.dialect.name == "postgresql":
        locks = [one for one in statements if " FOR " in one]
        assert "FOR NO KEY UPDATE OF meeting" in locks[0]


def test_two_records_of_one_organisation_free_a_place(app):
    first, second, third = asked(3, capacity=2)
    for one in (first, second, third):
        answer(one, YES)
    merge(kept=first.organization, other=second.organization, choices=Choices(), actor=COMMAND)
    db.session.commit()
    assert (third.answer, queries.taken_seats(third.meeting)) == (YES, 2)


def test_nobody_moves_up_once_the_meeting_has_begun(app):
    first, second = asked(2, capacity=1)
    answer(first, YES)
    answer(second, YES)
    second.meeting.starts_at = clock.now() - timedelta(minutes=5)
    answer(first, NO)
    assert second.answer is WAITING


def test_online_takes_no_seat_in_a_hybrid_meeting(app):
    first, second, third = asked(3, capacity=1, mode=Mode.HYBRID, online_url="https://o.example")
    answer(first, YES, mode=AttendMode.IN_PERSON)
    answer(second, YES, 2, mode=AttendMode.ONLINE)
    answer(third, YES)
    assert states([first, second, third]) == ["yes", "yes", "waiting"]
    answer(first, YES, mode=AttendMode.ONLINE)
    assert (third.answer, third.attend_mode) == (YES, AttendMode.IN_PERSON)


def test_an_organisation_may_have_places_of_its_own(app):
    first, second = asked(2, max_per_org=1)
    first.seats = 4
    db.session.commit()
    answer(first, YES, 4)
    with pytest.raises(operations.TooManyPeople):
        answer(second, YES, 2)


def test_the_list_shows_the_queue_and_staff_give_a_place(app, staff):
    everybody = first, second, third, fourth = asked(4, capacity=1)
    for one in (first, third, second):
        answer(one, YES, need_numbers={"childcare": 3}, needs=["childcare"])
    for one, done in ((fourth, None), (first, clock.now())):
        db.session.add(Addressee(invitation=one, channel=Channel.BY_HAND, done_at=done))
    letters()[3].state = LetterState.BOUNCED
    letters()[3].reason = "550 5.1.1 unknown"
    path = f"/toplantilar/{first.meeting.public_id}/davetliler"
    page = staff.get(path)
    assert "2 kişi bekleme listesinde." in page.text
    assert "Sipariş edilecekler: çocuk bakım ve oyun alanı 3." in page.text, "only for who comes"
    rows = dict(zip(everybody, page.rows(), strict=True))
    assert "2. sırada" in rows[second]
    assert "1. sırada" in rows[third]
    assert "Ulaştırılacak" in rows[fourth]
    assert "Ulaştırıldı" in rows[first]
    waiting = staff.get(path, query={"yanit": "waiting"}).rows()
    assert [third.name in waiting[0], second.name in waiting[1], len(waiting)] == [True, True, 2]
    seated = page.soup.select_one(f"form[action$='{second.public_id}/yer-ver']")
    staff.post(seated["action"], page.filled(seated))
    db.session.refresh(second)
    assert second.answer is YES
    refused = staff.post(seated["action"], page.filled(seated))
    assert "Bu kuruluş bekleme listesinde değil." in refused.text

"""Places counted in people: the waiting list, moving up, and everybody answering at once."""

import threading
from datetime import timedelta

import pytest
import sqlalchemy as sa

from coordinator import clock
from coordinator.actors import COMMAND, Actor
from coordinator.audit.models import AuditLine
from coordinator.extensions import db
from coordinator.invitations import operations, queries
from coordinator.invitations.models import (
    COMING,
    Addressee,
    AnsweredVia,
    AttendMode,
    GivenAnswer,
    Invitation,
    LetterKind,
    RsvpAnswer,
)
from coordinator.invitations.operations import NobodyWaits, NoFurtherPlace, Reply, Source
from coordinator.meetings.models import Meeting, Mode
from coordinator.meetings.signals import seats_changed
from coordinator.outbox.models import LetterState
from coordinator.registry.models import Channel
from tests.factories import InvitationFactory, MeetingFactory
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
    operations.seat(invitation=third, actor=COMMAND)
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


def at_once(app, number: int, deed) -> list[object]:
    """Let threads do the deed at the same moment; return what each came to."""
    gate, ends = threading.Barrier(number), [None] * number

    def one(place: int) -> None:
        with app.app_context():
            gate.wait()
            try:
                ends[place] = deed(place)
                db.session.commit()
            except Exception as error:
                db.session.rollback()
                ends[place] = error
            finally:
                db.session.remove()

    threads = [threading.Thread(target=one, args=(place,)) for place in range(number)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return ends


def test_two_hundred_answers_at_once_for_twenty_places(app):
    meeting = MeetingFactory(capacity=20)
    ids = [InvitationFactory(meeting=meeting).id for _ in range(200)]
    meeting_id = meeting.id
    db.session.commit()
    kept: list[int] = []

    def press(place: int) -> None:
        invitation = db.session.get_one(Invitation, ids[place])
        operations.answer_invitation(
            invitation=invitation, reply=Reply(YES, 1), source=LINK,
            opened_version=1, actor=Actor.link("N"),
        )  # fmt: skip
        if invitation.waiting_no:
            # Still holding the meeting's row: nobody else commits between this and the commit.
            kept.append(invitation.waiting_no)

    ends = at_once(app, 200, press)
    assert [one for one in ends if one] == []
    db.session.expire_all()
    meeting = db.session.get_one(Meeting, meeting_id)
    assert queries.taken_seats(meeting) == 20
    assert [one.waiting_no for one in queries.waiting_list(meeting_id)] == list(range(1, 181))
    assert kept == list(range(1, 181)), "the order of the list is the order of the commits"

    # Those who sit take their answer back, all at once: places are never given twice.
    seated = list(db.session.scalars(sa.select(Invitation.id).where(Invitation.answer.in_(COMING))))
    db.session.commit()

    def leave(place: int) -> None:
        invitation = db.session.get_one(Invitation, seated[place])
        operations.answer_invitation(
            invitation=invitation, reply=Reply(NO), source=LINK,
            opened_version=invitation.version, actor=Actor.link("N"),
        )  # fmt: skip

    assert [one for one in at_once(app, 20, leave) if one] == []
    db.session.expire_all()
    assert queries.taken_seats(db.session.get_one(Meeting, meeting_id)) == 20
    assert [one.waiting_no for one in queries.waiting_list(meeting_id)] == list(range(21, 181))


def test_fifty_answers_at_once_to_one_invitation_leave_one_and_the_whole_history(app):
    (invitation,) = asked(1, capacity=5)
    number, meeting_id = invitation.id, invitation.meeting_id
    db.session.commit()

    def press(place: int) -> bool:
        own = db.session.get_one(Invitation, number)
        return operations.answer_invitation(
            invitation=own, reply=Reply(YES if place % 2 else NO, 1), source=LINK,
            opened_version=own.version, actor=Actor.link(f"N{place}"),
        )  # fmt: skip

    ends = at_once(app, 50, press)
    assert {type(one).__name__ for one in ends} <= {"bool", "SavedMeanwhile"}
    news = sum(one is True for one in ends)
    assert news >= 1
    db.session.expire_all()
    own = db.session.get_one(Invitation, number)
    history = queries.given_answers(number)
    assert len(history) == news
    assert (history[0].answer, history[0].people) == (own.answer, own.people)
    totals = queries.meeting_totals([meeting_id])[meeting_id]
    assert (totals.yes + totals.no, totals.people) == (1, own.people)
    counted = sa.select(sa.func.count()).select_from(GivenAnswer)
    assert db.session.scalar(counted) == news

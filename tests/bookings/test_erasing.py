"""Who asked for what is forgotten in time, in answers and letters alike; sums stay."""

import json
from datetime import timedelta

import sqlalchemy as sa
import time_machine
from flask import Flask

from coordinator import clock
from coordinator.actors import COMMAND
from coordinator.audit.models import AuditLine
from coordinator.bookings import operations, queries
from coordinator.bookings.models import BookingState, ServiceBooking
from coordinator.bookings.operations.erasing import ERASED_TEXT
from coordinator.extensions import db
from coordinator.invitations.models import (
    AccessNeed,
    AnsweredVia,
    GivenAnswer,
    Invitation,
    InvitationLetter,
    LetterKind,
    RsvpAnswer,
)
from coordinator.invitations.operations import Reply, Source, answer_invitation, remove
from coordinator.invitations.operations.receipts import Receipt
from coordinator.letters import Letter
from coordinator.meetings.models import Meeting, MeetingStatus
from coordinator.outbox import operations as outbox
from coordinator.outbox.models import LetterState, OutboxLetter
from coordinator.registry.queries import Recipient
from tests.browser import Browser, counted_statements
from tests.factories import InvitationFactory, MeetingFactory
from tests.invitations.parts import deliver, invitation_of, invited, letters, organization

SIGN, PLAY = AccessNeed.SIGN_LANGUAGE, AccessNeed.CHILDCARE


def a_meeting(days_ago: int, guests: int = 2) -> Meeting:
    """A meeting that ended some days ago, to which organisations came with their wishes."""
    ended = clock.now() - timedelta(days=days_ago)
    meeting = MeetingFactory(
        status=MeetingStatus.HELD, starts_at=ended - timedelta(hours=2), ends_at=ended
    )
    for number in range(guests):
        _guest(meeting, number)
    db.session.commit()
    return meeting


def _guest(meeting: Meeting, number: int) -> None:
    invitation = InvitationFactory(
        meeting=meeting, answer=RsvpAnswer.YES, people=2, attendee_names=["Nermin Su"],
        access_needs=["sign_language", "childcare"], need_numbers={"childcare": 2},
        needs_note="Biri 4 yaşında", note="Geç geliriz", answered_by="Nermin Su",
    )  # fmt: skip
    row = outbox.queue(
        Letter("receipt", "N", f"n{number}@k.example", "tr", "Yanıt", "Çocuk bakımı", "<p>Ç</p>")
    )
    row.state, row.next_try_at = LetterState.SENT, None
    db.session.flush()
    db.session.add_all(
        [
            InvitationLetter(invitation=invitation, kind=LetterKind.RECEIPT, letter_id=row.id),
            GivenAnswer(
                invitation=invitation, answer=RsvpAnswer.YES, people=2, via=AnsweredVia.LINK,
                given_by="Nermin Su", note="Geç geliriz",
            ),
        ]
    )  # fmt: skip


def kept(meeting: Meeting) -> list[tuple[object, ...]]:
    db.session.expire_all()
    return [
        tuple(row)
        for row in db.session.execute(
            sa.select(
                Invitation.people,
                Invitation.access_needs,
                Invitation.need_numbers,
                Invitation.needs_note,
                Invitation.attendee_names,
                Invitation.answered_by,
                GivenAnswer.given_by,
                OutboxLetter.text,
            )
            .join(GivenAnswer)
            .join(InvitationLetter, InvitationLetter.invitation_id == Invitation.id)
            .join(OutboxLetter, OutboxLetter.id == InvitationLetter.letter_id)
            .where(Invitation.meeting_id == meeting.id)
        )
    ]


def test_needs_go_after_thirty_days_and_names_after_a_year(app: Flask, staff: Browser) -> None:
    fresh, month, year = a_meeting(29), a_meeting(31), a_meeting(366)
    operations.keep(
        month, SIGN, operations.Order(BookingState.CONFIRMED, 1), version=None, actor=COMMAND
    )
    erased = operations.erase(actor=COMMAND)
    db.session.commit()
    assert vars(erased) == {"meetings": 2, "needs": 4, "letters": 4, "names": 2, "given": 2}
    names = (["Nermin Su"], "Nermin Su", "Nermin Su")
    needs = (["sign_language", "childcare"], {"childcare": 2}, "Biri 4 yaşında")
    assert kept(fresh) == [(2, *needs, *names, "Çocuk bakımı")] * 2
    assert kept(month) == [(2, [], {}, "", *names, ERASED_TEXT)] * 2
    assert kept(year) == [(2, [], {}, "", [], "", "", ERASED_TEXT)] * 2
    sums = {one.need: one.wanted for one in queries.services(month)}
    assert sums == {SIGN: 1, PLAY: 4}
    page = staff.get(f"/toplantilar/{month.public_id}/hizmetler")
    assert "otuz gün sonra silinir" in page.text
    assert "4 çocuk" in page.rows()[1]
    lines = db.session.scalars(
        sa.select(AuditLine).where(AuditLine.action.endswith("_erased")).order_by(AuditLine.id)
    ).all()
    assert [(one.action, one.subject_id, one.details) for one in lines] == [
        (
            "meeting.needs_erased",
            one.id,
            {"answers": 2, "letters": 2, "services": {"sign_language": 1, "childcare": 4}},
        )
        for one in (month, year)
    ] + [("meeting.names_erased", year.id, {"answers": 2, "given": 2})]


def test_twice_erases_nothing_more_and_the_command_says_so(app: Flask) -> None:
    meeting = a_meeting(400)
    runner = app.test_cli_runner()
    first = json.loads(runner.invoke(args=["retention", "run", "--json"]).output)
    assert first == {"meetings": 1, "needs": 2, "letters": 2, "names": 2, "given": 2}
    again = json.loads(runner.invoke(args=["retention", "run", "--json"]).output)
    assert again == dict.fromkeys(first, 0)
    assert "needs: 0" in runner.invoke(args=["retention", "run"]).output
    count = db.session.scalar(sa.select(sa.func.count()).select_from(ServiceBooking))
    assert count == 2
    assert {one.wanted for one in queries.services(meeting)} == {1, 4}


def test_a_letter_on_its_way_is_left_alone(app: Flask) -> None:
    meeting = a_meeting(31, guests=1)
    letter = db.session.scalars(sa.select(OutboxLetter)).one()
    letter.state = LetterState.DEFERRED
    db.session.commit()
    operations.erase_by_the_clock()
    assert kept(meeting)[0][-1] == "Çocuk bakımı"


def test_letters_of_earlier_answers_are_erased_though_nobody_needs_anything_now(app: Flask) -> None:
    one = organization()
    meeting = invited(one)
    invitation = invitation_of(meeting, one)
    for answer, more in (
        (RsvpAnswer.YES, {"people": 1, "names": ["Nermin Su"], "needs": [AccessNeed.CHILDCARE]}),
        (RsvpAnswer.NO, {}),
    ):
        answer_invitation(
            invitation=invitation, reply=Reply(answer, **more),
            source=Source(AnsweredVia.LINK, Receipt(Recipient("N", "n@k.example", "tr", None))),
            opened_version=invitation.version, actor=COMMAND,
        )  # fmt: skip
        db.session.commit()
    deliver()
    assert sum("Nermin Su" in one.text for one in letters(LetterKind.RECEIPT)) == 1
    with time_machine.travel(meeting.ends_at + timedelta(days=29)):
        assert operations.erase(actor=COMMAND).letters == 0
    with time_machine.travel(meeting.ends_at + timedelta(days=31)):
        erased = operations.erase(actor=COMMAND)
        assert (erased.needs, erased.letters) == (0, 2)
        assert operations.erase(actor=COMMAND).letters == 0
    assert {one.text for one in letters(LetterKind.RECEIPT)} == {ERASED_TEXT}
    assert ERASED_TEXT not in {one.text for one in letters(LetterKind.INVITATION)}


def test_letters_of_an_invitation_taken_back_are_erased_by_their_own_age(app: Flask) -> None:
    a_meeting(1, guests=1)
    invitation = db.session.scalars(sa.select(Invitation)).one()
    remove(invitation=invitation, tell=False, actor=COMMAND)
    db.session.commit()
    for days, erased in ((29, 0), (31, 1), (32, 0)):
        with time_machine.travel(clock.now() + timedelta(days=days)):
            assert operations.erase(actor=COMMAND).letters == erased
    assert [one.text for one in letters()] == [ERASED_TEXT]
    asked = sa.select(AuditLine.details).filter_by(action="invitation.letters_erased")
    assert db.session.scalars(asked).all() == [{"letters": 1}]


def test_many_guests_cost_as_much_as_few(app: Flask) -> None:
    counts = []
    for guests in (2, 20):
        a_meeting(400, guests)
        with counted_statements() as statements:
            operations.erase_by_the_clock()
        counts.append(len(statements))
    assert counts[0] == counts[1]

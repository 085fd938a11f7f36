"""Everybody answers at the same moment: places are never given twice, no answer is lost."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
import sqlalchemy as sa
from flask import Flask

from coordinator.audit.models import AuditLine
from coordinator.extensions import db
from coordinator.invitations import queries
from coordinator.invitations.models import (
    GivenAnswer,
    Invitation,
    InvitationLetter,
    LetterKind,
    RsvpAnswer,
)
from coordinator.meetings.models import Meeting
from coordinator.outbox.models import LetterState
from tests.factories import OrganizationFactory
from tests.invitations.parts import cancel, deliver, invited, letters, path_of
from tests.invitations.test_waiting import asked


def send(app: Flask, invitation_path: str, version: int, answer: str) -> int:
    """Send the page's form as it was opened at that version; return the status."""
    data = {"answer": answer, "people": "1", "version": str(version)}
    return app.test_client().post(invitation_path, data=data).status_code


@pytest.fixture
def no_csrf(app, monkeypatch):
    """Forms are sent without opening each page first."""
    monkeypatch.setitem(app.config, "WTF_CSRF_ENABLED", False)


def at_once(number: int, deed: Callable[[int], int]) -> list[int]:
    """Do the deed so many times, in as many threads as a busy server has."""
    with ThreadPoolExecutor(24) as threads:
        return list(threads.map(deed, range(number)))


def test_two_hundred_answers_at_once_for_twenty_places(app, no_csrf):
    """Over HTTP: twenty people have a place, the others wait in the order of their commits."""
    some = [OrganizationFactory(email=f"kurum{place}@k.example") for place in range(200)]
    meeting_id = invited(*some, capacity=20).id
    paths = [path_of(letter) for letter in letters(LetterKind.INVITATION)]
    (version,) = set(db.session.scalars(sa.select(Invitation.version)))
    db.session.commit()

    assert set(at_once(200, lambda place: send(app, paths[place], version, "yes"))) == {303}
    meeting = db.session.get_one(Meeting, meeting_id)
    assert queries.taken_seats(meeting) == 20
    waiting = queries.waiting_list(meeting_id)
    assert [one.waiting_no for one in waiting] == list(range(1, 181))
    kept = sa.select(GivenAnswer.invitation_id).where(GivenAnswer.answer == RsvpAnswer.WAITING)
    in_order = db.session.scalars(kept.order_by(GivenAnswer.id)).all()
    assert [one.id for one in waiting] == in_order, "the meeting's row is held until the commit"

    # Those who sit take their answer back, all at once: places are never given twice.
    leaving = db.session.execute(
        sa.select(InvitationLetter, Invitation.version)
        .join(InvitationLetter.invitation)
        .where(Invitation.answer == RsvpAnswer.YES, InvitationLetter.kind == LetterKind.INVITATION)
    ).all()
    forms = [(path_of(one.letter), now) for one, now in leaving]
    db.session.commit()
    assert set(at_once(20, lambda place: send(app, *forms[place], "no"))) == {303}
    db.session.expire_all()
    assert queries.taken_seats(meeting) == 20
    assert [one.waiting_no for one in queries.waiting_list(meeting_id)] == list(range(21, 181))
    assert len(letters(LetterKind.MOVED_UP)) == 20


def test_many_answer_beside_each_other_while_the_meeting_is_called_off(app, no_csrf):
    """Without a limit they do not wait for each other, nor in a circle; none is left untold."""
    some = [OrganizationFactory(email=f"kurum{place}@k.example") for place in range(24)]
    meeting_id = invited(*some).id
    deliver()
    paths = [path_of(letter) for letter in letters(LetterKind.INVITATION)]
    (version,) = set(db.session.scalars(sa.select(Invitation.version)))
    db.session.commit()

    def act(place: int) -> int:
        if place != 12:
            return send(app, paths[place], version, "yes")
        with app.app_context():
            cancel(db.session.get_one(Meeting, meeting_id))
            db.session.remove()
        return 303

    assert set(at_once(24, act)) <= {303, 409, 410}
    waiting = [one for one in letters() if one.state is LetterState.QUEUED]
    assert {one.kind for one in waiting} == {LetterKind.CANCELLATION}
    assert len(waiting) == 24


def test_fifty_answers_at_once_to_one_invitation_leave_one_and_the_whole_history(app, no_csrf):
    (invitation,) = asked(1, capacity=5)
    number, meeting_id, version = invitation.id, invitation.meeting_id, invitation.version
    path = path_of(letters(LetterKind.INVITATION)[0])
    db.session.commit()
    ends = at_once(50, lambda n: send(app, path, version, "yes" if n % 2 else "no"))
    assert set(ends) <= {303, 409}, "nobody sees a fault"
    db.session.expire_all()
    history = queries.given_answers(number)
    assert len(history) == 1, "all had opened the page before anybody answered"
    own = db.session.get_one(Invitation, number)
    assert (history[0].answer, history[0].people) == (own.answer, own.people)
    totals = queries.meeting_totals([meeting_id])[meeting_id]
    assert (totals.yes + totals.no, totals.people) == (1, own.people)
    counted = sa.select(sa.func.count()).where(AuditLine.action == "invitation.answered")
    assert db.session.scalar(counted) == 1

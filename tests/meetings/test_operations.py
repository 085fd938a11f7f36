"""Plan, change, cancel, hold: one door for each."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
import sqlalchemy as sa
import time_machine
from flask import Flask

from coordinator.audit.models import AuditLine
from coordinator.errors import SavedMeanwhile
from coordinator.extensions import db
from coordinator.meetings import operations, queries
from coordinator.meetings.models import MOVES, Meeting, MeetingStatus, Mode
from coordinator.meetings.operations.planning import MeetingIsOver, PlanRefused
from coordinator.meetings.operations.states import NotFromHere, NotYetBegun
from coordinator.meetings.plans import MeetingPlan, faults, plan_of
from coordinator.meetings.signals import meeting_cancelled, meeting_changed, seats_changed
from tests.factories import DayWindowFactory, MeetingFactory
from tests.meetings.people import ACTOR

PLAN = MeetingPlan(
    title="STK buluşması",
    starts_at=datetime(2026, 11, 12, 11, tzinfo=UTC),
    ends_at=datetime(2026, 11, 12, 13, tzinfo=UTC),
    rsvp_deadline=date(2026, 11, 5),
    place="Kültürpark",
    agenda=("Açılış", "Öneriler"),
)


@pytest.fixture
def heard() -> Any:
    """What the floors above were told."""
    told: list[tuple[str, Meeting, dict[str, Any]]] = []

    def changed(meeting: Meeting, **more: Any) -> None:
        told.append(("changed", meeting, more))

    def cancelled(meeting: Meeting, **more: Any) -> None:
        told.append(("cancelled", meeting, more))

    def seats(meeting: Meeting, **more: Any) -> None:
        told.append(("seats", meeting, more))

    with (
        meeting_changed.connected_to(changed),
        meeting_cancelled.connected_to(cancelled),
        seats_changed.connected_to(seats),
    ):
        yield told


def test_a_meeting_is_planned(app: Flask) -> None:
    window = DayWindowFactory()
    meeting = operations.plan_meeting(replace(PLAN, window=window), actor=ACTOR)
    assert meeting.status is MeetingStatus.PLANNED
    assert [item.title for item in meeting.agenda] == ["Açılış", "Öneriler"]
    assert meeting.window is window
    assert plan_of(meeting) == replace(PLAN, window=window)
    assert queries.of_window(window) == [meeting]
    assert db.session.scalars(sa.select(AuditLine.action)).all() == ["meeting.planned"]


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"title": ""}, "title"),
        ({"ends_at": PLAN.starts_at}, "end"),
        ({"rsvp_deadline": date(2026, 11, 12)}, "rsvp_deadline"),
        ({"place": ""}, "place"),
        ({"mode": Mode.HYBRID}, "online_url"),
        ({"mode": Mode.ONLINE}, "online_url"),
        ({"online_url": "http://toplanti.example"}, "online_url"),
        ({"online_url": "javascript:alert(1)"}, "online_url"),
    ],
)
def test_a_plan_against_the_rules_is_refused(
    app: Flask, changes: dict[str, Any], field: str
) -> None:
    with pytest.raises(PlanRefused) as refused:
        operations.plan_meeting(replace(PLAN, **changes), actor=ACTOR)
    assert refused.value.field == field


def test_every_fault_is_named_at_once(app: Flask) -> None:
    wrong = replace(PLAN, place="", rsvp_deadline=date(2026, 11, 30))
    assert [field for field, _ in faults(wrong)] == ["rsvp_deadline", "place"]
    assert str(dict(faults(wrong))["rsvp_deadline"]) == (
        "Son yanıt günü toplantıdan önce olsun. Toplantı 12.11.2026’da."
    )


def test_an_online_meeting_needs_no_place(app: Flask) -> None:
    plan = replace(PLAN, mode=Mode.ONLINE, place="", online_url="https://toplanti.example/oda")
    assert operations.plan_meeting(plan, actor=ACTOR).mode is Mode.ONLINE


def test_moving_a_meeting_is_told(app: Flask, heard: Any) -> None:
    meeting = operations.plan_meeting(PLAN, actor=ACTOR)
    later = replace(PLAN, starts_at=PLAN.starts_at + timedelta(hours=1), place="Konak")
    operations.edit_meeting(meeting, later, version=meeting.version, actor=ACTOR)
    assert heard == [
        ("changed", meeting, {"changed": frozenset({"starts_at", "place"}), "actor": ACTOR})
    ]
    assert meeting.calendar_sequence == 1


def test_a_better_title_or_agenda_is_not_told(app: Flask, heard: Any) -> None:
    meeting = operations.plan_meeting(PLAN, actor=ACTOR)
    better = replace(PLAN, title="STK buluşması: 25 Kasım", agenda=("Söz", "Açılış"))
    changed = operations.edit_meeting(meeting, better, version=1, actor=ACTOR)
    db.session.expire_all()
    assert changed == {"title"}
    assert [item.title for item in meeting.agenda] == ["Söz", "Açılış"]
    assert heard == []
    assert meeting.calendar_sequence == 0


def test_more_or_fewer_seats_are_told(app: Flask, heard: Any) -> None:
    meeting = operations.plan_meeting(replace(PLAN, capacity=20), actor=ACTOR)
    way = replace(PLAN, capacity=20, directions="Metro: Hilal durağı")
    operations.edit_meeting(meeting, way, version=meeting.version, actor=ACTOR)
    assert (meeting.directions, heard) == ("Metro: Hilal durağı", [])
    for plan in (replace(way, capacity=30), replace(way, capacity=None, max_per_org=3)):
        operations.edit_meeting(meeting, plan, version=meeting.version, actor=ACTOR)
    assert heard == [("seats", meeting, {"actor": ACTOR})] * 2
    assert meeting.calendar_sequence == 0


def test_a_stale_form_does_not_win(app: Flask) -> None:
    meeting = operations.plan_meeting(PLAN, actor=ACTOR)
    operations.edit_meeting(meeting, replace(PLAN, title="Bir"), version=1, actor=ACTOR)
    for version in (1, None, 99):
        with pytest.raises(SavedMeanwhile):
            operations.edit_meeting(
                meeting, replace(PLAN, title="İki"), version=version, actor=ACTOR
            )
    assert meeting.title == "Bir"


def test_a_cancelled_meeting_stays_as_it_is(app: Flask, heard: Any) -> None:
    meeting = operations.plan_meeting(PLAN, actor=ACTOR)
    operations.cancel_meeting(meeting, reason="Salon su bastı.", actor=ACTOR)
    assert meeting.status is MeetingStatus.CANCELLED
    assert (meeting.cancel_reason, meeting.calendar_sequence) == ("Salon su bastı.", 1)
    assert heard == [("cancelled", meeting, {"reason": "Salon su bastı.", "actor": ACTOR})]
    with pytest.raises(MeetingIsOver):
        operations.edit_meeting(meeting, PLAN, version=meeting.version, actor=ACTOR)
    with pytest.raises(NotFromHere):
        operations.cancel_meeting(meeting, reason="x", actor=ACTOR)
    assert not meeting.is_on


def test_a_meeting_is_held_once_it_has_begun(app: Flask) -> None:
    meeting = operations.plan_meeting(PLAN, actor=ACTOR)
    with pytest.raises(NotYetBegun):
        operations.mark_held(meeting, actor=ACTOR)
    with time_machine.travel("2026-11-12T14:30:00+03:00"):
        operations.mark_held(meeting, actor=ACTOR)
        assert meeting.status is MeetingStatus.HELD
        with pytest.raises(NotFromHere):
            operations.cancel_meeting(meeting, reason="x", actor=ACTOR)


def test_noting_that_invitations_went_out_may_be_repeated(app: Flask) -> None:
    meeting = operations.plan_meeting(PLAN, actor=ACTOR)
    operations.mark_invited(meeting, actor=ACTOR)
    operations.mark_invited(meeting, actor=ACTOR)
    assert meeting.status is MeetingStatus.INVITED


def test_every_state_has_its_moves() -> None:
    assert set(MOVES) == set(MeetingStatus)


def test_meetings_that_share_time(app: Flask) -> None:
    meeting = operations.plan_meeting(PLAN, actor=ACTOR)
    hour = timedelta(hours=1)
    start, end = PLAN.starts_at, PLAN.ends_at
    assert queries.overlapping(start + hour, end + hour) == [meeting]
    assert queries.overlapping(end, end + hour) == []
    assert queries.overlapping(start - hour, start) == []
    assert queries.overlapping(start, end, except_for=meeting) == []
    operations.cancel_meeting(meeting, reason="x", actor=ACTOR)
    assert queries.overlapping(start, end) == []


def test_a_meeting_is_found_by_its_address(app: Flask) -> None:
    meeting = MeetingFactory()
    key = meeting.public_id
    for text in (
        key, f"/toplantilar/{key}", f"/toplantilar/{key}/davetliler", f" {key} ",
        f"http://127.0.0.1:5000/toplantilar/{key}?a=1", f"/toplantilar/{key}#x",
    ):  # fmt: skip
        assert queries.find_meeting(text) is meeting, text
    for text in ("", "x", key[:-1], f"{key}x", f"/davet/{key}", f"{key}\x00", "a" * 10_000):
        assert queries.find_meeting(text) is None, text


def test_the_database_keeps_the_end_behind_the_start(app: Flask) -> None:
    with pytest.raises(sa.exc.IntegrityError):
        MeetingFactory(ends_at=datetime(2020, 1, 1, tzinfo=UTC))
    db.session.rollback()

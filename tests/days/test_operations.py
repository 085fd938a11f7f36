"""Windows are opened once, their dates keep their order, days move with their windows."""

from dataclasses import asdict, replace
from datetime import date

import pytest
import sqlalchemy as sa
from flask import Flask

from coordinator.audit.models import AuditLine
from coordinator.days import calendar, operations, queries
from coordinator.days.models import DayTheme, DayWindow
from coordinator.days.operations import (
    ClosedAlready,
    DatesOutOfOrder,
    DayFacts,
    NoSuchDay,
    NoSuchWindow,
    OutOfReach,
)
from coordinator.days.stages import StageKind, StageState
from coordinator.errors import SavedMeanwhile
from coordinator.extensions import db
from tests.factories import special_day
from tests.meetings.people import ACTOR

FACTS = DayFacts(
    name_tr="Kadın Kooperatifleri Günü", name_en="Day of Women’s Cooperatives", month=6,
    day_or_rule="3", length_days=1, theme=DayTheme.ECONOMY, lead_days=30,
)  # fmt: skip


def actions() -> list[str]:
    return list(db.session.scalars(sa.select(AuditLine.action).order_by(AuditLine.id)))


def test_a_window_is_opened_once(app: Flask) -> None:
    first = operations.open_window(special_day(), 2027, ACTOR)
    assert operations.open_window(special_day(), 2027, ACTOR) is first
    assert db.session.scalar(sa.select(sa.func.count()).select_from(DayWindow)) == 1
    assert actions() == ["window.opened"]
    assert (first.starts_on, first.length_days) == (date(2027, 11, 25), 16)


def test_the_database_holds_one_window_a_day_and_year(app: Flask) -> None:
    window = operations.open_window(special_day(), 2027, ACTOR)
    copy = {c.name: getattr(window, c.name) for c in DayWindow.__table__.columns}
    copy |= {"id": None, "public_id": "a" * 12, "feed_key": "b" * 12}
    db.session.add(DayWindow(**{k: v for k, v in copy.items() if v is not None}))
    with pytest.raises(sa.exc.IntegrityError):
        db.session.flush()
    db.session.rollback()


def test_a_part_has_the_window_of_the_whole(app: Flask) -> None:
    part = operations.open_window(special_day("sixteen_days_of_activism"), 2027, ACTOR)
    assert part.special_day.slug == "25-kasim"
    assert queries.find_window(2027, "16-gun") is part
    assert queries.find_window(2027, "25-kasim") is part
    assert queries.find_window(2028, "25-kasim") is None
    assert queries.find_window(99999999999, "25-kasim") is None
    assert queries.find_window(2027, "25-kasim\x00") is None


def test_the_stages_of_a_window(app: Flask) -> None:
    window = operations.open_window(special_day(), 2027, ACTOR)
    stages = queries.stages(window)
    assert [one.kind for one in stages] == list(StageKind)
    assert (stages[3].first, stages[3].last) == (date(2027, 11, 25), date(2027, 12, 10))
    assert stages[4].first == date(2027, 12, 11)
    assert stages[0].by_date(date(2027, 11, 1)) is StageState.UNDER_WAY
    assert stages[0].by_date(date(2027, 11, 20)) is StageState.DONE
    assert stages[3].by_date(date(2027, 11, 20)) is StageState.WAITING


def test_a_window_is_opened_by_its_name(app: Flask) -> None:
    assert operations.open_named_window("2027/8-mart", ACTOR).starts_on == date(2027, 3, 8)
    assert operations.open_named_window("/ozel-gunler/2027/8-mart", ACTOR).year == 2027
    for wrong in ("2027/yok", "8-mart", "", "2027/", "99999/8-mart"):
        with pytest.raises((NoSuchWindow, OutOfReach)):
            operations.open_named_window(wrong, ACTOR)
    with pytest.raises(OutOfReach):
        operations.open_named_window("1999/8-mart", ACTOR)


def test_dates_keep_their_order(app: Flask) -> None:
    window = operations.open_window(special_day(), 2027, ACTOR)
    plan = calendar.Plan(
        **{name: getattr(window, name) for name in calendar.Plan.__dataclass_fields__}
    )
    for field, day in (
        ("call_until", date(2027, 10, 1)),
        ("call_until", date(2027, 11, 26)),
        ("meeting_around", date(2027, 11, 26)),
        ("programme_until", date(2027, 11, 1)),
        ("programme_until", date(2027, 12, 11)),
        ("evaluation_until", date(2027, 12, 9)),
    ):
        with pytest.raises(DatesOutOfOrder) as refused:
            operations.set_dates(
                window, dates=replace(plan, **{field: day}), version=1, actor=ACTOR
            )
        assert refused.value.field == field
    later = replace(plan, meeting_around=date(2027, 11, 15))
    operations.set_dates(window, dates=later, version=1, actor=ACTOR)
    assert window.meeting_around == date(2027, 11, 15)
    with pytest.raises(SavedMeanwhile):
        operations.set_dates(window, dates=later, version=1, actor=ACTOR)


def test_a_day_of_our_own_gets_an_address(app: Flask) -> None:
    assert operations.add_day(FACTS, actor=ACTOR).slug == "3-haziran"
    again = replace(FACTS, name_tr="Başka Bir Gün")
    assert operations.add_day(again, actor=ACTOR).slug == "baska-bir-gun"
    assert operations.add_day(again, actor=ACTOR).slug == "baska-bir-gun-2"
    movable = replace(FACTS, name_tr="Yeni", day_or_rule="nth:1:mon")
    assert operations.add_day(movable, actor=ACTOR).slug == "yeni-2"
    emoji = replace(FACTS, name_tr="🎗️", day_or_rule="nth:1:mon")
    assert operations.add_day(emoji, actor=ACTOR).slug == "gun-2"


def test_a_month_without_that_day_is_refused(app: Flask) -> None:
    with pytest.raises(NoSuchDay):
        operations.add_day(replace(FACTS, day_or_rule="31"), actor=ACTOR)


def test_windows_to_come_move_with_their_day(app: Flask) -> None:
    day = operations.add_day(FACTS, actor=ACTOR)
    window = operations.open_window(day, 2027, ACTOR)
    before = window.meeting_around
    operations.edit_day(
        day, replace(FACTS, day_or_rule="10", length_days=3), version=1, actor=ACTOR
    )
    assert (window.starts_on, window.length_days) == (date(2027, 6, 10), 3)
    assert (window.meeting_around - before).days == 7
    assert window.evaluation_until == date(2027, 7, 2)
    assert day.slug == "3-haziran"


def test_the_sixteen_days_stretch_the_window_of_25_kasim(app: Flask) -> None:
    window = operations.open_window(special_day(), 2027, ACTOR)
    part = special_day("sixteen_days_of_activism")
    facts = DayFacts(
        name_tr=part.name_tr, name_en=part.name_en, month=11, day_or_rule="25", length_days=10,
        theme=part.theme, lead_days=30,
    )  # fmt: skip
    operations.edit_day(part, facts, version=1, actor=ACTOR)
    assert window.length_days == 10
    operations.edit_day(part, replace(facts, is_active=False), version=2, actor=ACTOR)
    assert window.length_days == 1


def test_a_closed_day_is_marked_once(app: Flask) -> None:
    closed = operations.close_day(
        on=date(2026, 12, 31), half_day=False, reason="İdari izin", actor=ACTOR
    )
    with pytest.raises(ClosedAlready):
        operations.close_day(on=date(2026, 12, 31), half_day=True, reason="x", actor=ACTOR)
    operations.reopen_day(closed, actor=ACTOR)
    assert queries.find_closed_day(date(2026, 12, 31)) is None
    assert actions() == ["closed_day.added", "closed_day.removed"]


def test_the_next_days_run_over_the_turn_of_the_year(app: Flask) -> None:
    coming = queries.next_days(20)
    assert [one.first for one in coming] == sorted(one.first for one in coming)
    assert coming[0].day.slug == "10-kasim"
    assert coming[0].days_left == 7
    assert coming[-1].first.year == 2027
    assert "16-gun" not in [one.day.slug for one in coming]


def test_upcoming_windows_end_with_their_evaluation(app: Flask) -> None:
    past = operations.open_window(special_day("international_womens_day"), 2026, ACTOR)
    soon = operations.open_window(special_day(), 2026, ACTOR)
    later = operations.open_window(special_day(), 2027, ACTOR)
    assert queries.upcoming_windows() == [soon, later]
    assert queries.windows() == [later, soon, past]
    assert queries.next_window() is soon
    assert asdict(calendar.plan(soon.starts_on, 16, 30, date(2026, 11, 3)))["call_from"] == (
        soon.call_from
    )

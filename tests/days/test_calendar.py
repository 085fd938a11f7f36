"""When special days are, and how the work before them is spread."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coordinator.days import calendar
from coordinator.days.calendar import UnreadableRule
from tests.factories import special_day


@pytest.mark.parametrize(
    ("month", "rule", "year", "expected"),
    [
        (5, "nth:2:sun", 2026, date(2026, 5, 10)),
        (5, "nth:2:sun", 2027, date(2027, 5, 9)),
        (5, "nth:2:sun", 2022, date(2022, 5, 8)),
        (4, "nth:4:thu", 2026, date(2026, 4, 23)),
        (4, "nth:4:thu", 2027, date(2027, 4, 22)),
        (3, "nth:1:mon", 2027, date(2027, 3, 1)),
        (10, "nth:last:fri", 2026, date(2026, 10, 30)),
        (2, "nth:last:mon", 2028, date(2028, 2, 28)),
        (11, "25", 2026, date(2026, 11, 25)),
        (2, "29", 2027, date(2027, 2, 28)),
        (2, "29", 2028, date(2028, 2, 29)),
    ],
)
def test_a_rule_falls_on_its_day(month: int, rule: str, year: int, expected: date) -> None:
    assert calendar.on_day(month, rule, year) == expected


@pytest.mark.parametrize("rule", ["", "nth:5:sun", "nth:0:sun", "nth:2:pzr", "çarşamba", "nth:2"])
def test_a_rule_nobody_understands_is_refused(rule: str) -> None:
    assert not calendar.is_rule(rule, 5)
    with pytest.raises(UnreadableRule):
        calendar.on_day(5, rule, 2026)


def test_a_month_has_only_its_days() -> None:
    assert calendar.is_rule("29", 2)
    assert not calendar.is_rule("30", 2)
    assert not calendar.is_rule("31", 11)
    assert not calendar.is_rule("0", 1)


def test_25_kasim_with_its_sixteen_days(app: object) -> None:
    day = special_day()
    assert calendar.occurrence(day, 2026) == date(2026, 11, 25)
    assert calendar.window_length(day, 2026) == 16
    assert day.length_days == 1
    assert calendar.window_length(special_day("international_womens_day"), 2026) == 1
    assert calendar.last_day(special_day("sixteen_days_of_activism"), 2026) == date(2026, 12, 10)


def test_the_work_is_spread_over_thirty_days() -> None:
    plan = calendar.plan(date(2026, 11, 25), 16, 30, today=date(2026, 9, 1))
    assert plan == calendar.Plan(
        call_from=date(2026, 10, 26),
        call_until=date(2026, 11, 9),
        meeting_around=date(2026, 11, 12),
        programme_from=date(2026, 11, 13),
        programme_until=date(2026, 11, 20),
        evaluation_until=date(2026, 12, 30),
    )


def test_a_late_start_keeps_the_order_in_less_time() -> None:
    plan = calendar.plan(date(2026, 11, 25), 16, 30, today=date(2026, 11, 15))
    assert plan.call_from == date(2026, 11, 15)
    assert plan.call_until == date(2026, 11, 20)
    assert plan.meeting_around == date(2026, 11, 21)
    assert plan.programme_until == date(2026, 11, 23)


def test_a_day_that_is_over_is_planned_as_it_would_have_been() -> None:
    plan = calendar.plan(date(2026, 3, 8), 1, 30, today=date(2026, 11, 3))
    assert plan.call_from == date(2026, 2, 6)


@given(
    left=st.integers(0, 400), lead=st.integers(1, 365), length=st.integers(1, 60),
    start=st.dates(date(2001, 1, 1), date(2099, 1, 1)),
)  # fmt: skip
def test_no_date_lies_on_the_wrong_side(left: int, lead: int, length: int, start: date) -> None:
    today = start - timedelta(days=left)
    plan = calendar.plan(start, length, lead, today)
    in_order = [
        today, plan.call_from, plan.call_until, plan.meeting_around, plan.programme_from,
        plan.programme_until, start, start + timedelta(days=length - 1), plan.evaluation_until,
    ]  # fmt: skip
    assert in_order == sorted(in_order)

"""What speaks against a time: it is said, and never refused."""

from datetime import date, datetime, time

import pytest
from flask import Flask, g

from coordinator import clock
from coordinator.days import concerns, operations, turkey
from coordinator.extensions import db
from tests.factories import special_day
from tests.meetings.people import ACTOR


def at(day: date, start: str = "10:00", end: str = "12:00") -> list[str]:
    """Return the codes of the concerns about a time."""
    found = concerns.concerns(*_moments(day, start, end))
    return [one.code.split(":")[0] for one in found]


def words(day: date, start: str = "10:00", end: str = "12:00") -> str:
    return " | ".join(str(one) for one in concerns.concerns(*_moments(day, start, end)))


def _moments(day: date, start: str, end: str) -> tuple[datetime, datetime]:
    return clock.at(day, time.fromisoformat(start)), clock.at(day, time.fromisoformat(end))


@pytest.mark.parametrize(
    ("day", "name"),
    [
        (date(2027, 3, 9), "Ramazan Bayramı"),
        (date(2027, 5, 17), "Kurban Bayramı"),
        (date(2030, 2, 6), "Ramazan Bayramı"),
        (date(2027, 4, 23), "Ulusal Egemenlik ve Çocuk Bayramı"),
        (date(2029, 4, 23), "Ulusal Egemenlik ve Çocuk Bayramı"),
    ],
)
def test_special_days_that_clash_with_a_holiday(app: Flask, day: date, name: str) -> None:
    assert "holiday" in at(day)
    assert name in words(day)


def test_the_calendar_of_2026_is_that_of_the_diyanet() -> None:
    feast = [day for day in turkey.of_year(2026, "tr") if turkey.on(day, "tr")[0].name ==
             "Kurban Bayramı" and not turkey.on(day, "tr")[0].half_day]  # fmt: skip
    assert feast == [date(2026, 5, day) for day in (27, 28, 29, 30)]
    assert turkey.on(date(2026, 5, 28), "tr")[0].half_day is False


def test_8_mart_2027_is_an_eve_and_closed_in_the_afternoon_only(app: Flask) -> None:
    day = date(2027, 3, 8)
    assert at(day, "10:00", "12:30") == []
    assert at(day, "14:00", "16:00") == ["half_day"]
    assert words(day, "14:00", "16:00").startswith(
        "8 Mart öğleden sonra yarım gün tatil. Ramazan Bayramı arifesi. "
        "13.00’ten sonra birçok kişi çalışmıyor."
    )


def test_23_nisan_2029_is_a_holiday_and_an_eve_as_well(app: Flask) -> None:
    assert at(date(2029, 4, 23), "14:00", "16:00") == ["holiday", "half_day"]
    assert "Kurban Bayramı arifesi" in words(date(2029, 4, 23), "14:00", "16:00")


def test_the_picture_of_the_design(app: Flask) -> None:
    # 28 October 2027 lies ahead, that of 2026 is over on our day.
    said = words(date(2027, 10, 28), "14:00", "16:00")
    assert "28 Ekim öğleden sonra yarım gün tatil." in said
    assert "Cumhuriyet Bayramı arifesi" in said
    assert "En yakın iş günleri: 27 Ekim Çar ve 1 Kasım Pzt." in said
    assert said.endswith("Yine de bu tarihle sürdürebilirsiniz.")


def test_the_same_in_english(app: Flask) -> None:
    g.language = "en"
    said = words(date(2027, 10, 28), "14:00", "16:00")
    assert said.startswith(
        "28 October is a half day, closed in the afternoon. The eve of Republic Day. "
        "Many do not work after 13.00."
    )
    assert "Wed 27 October and Mon 1 November" in said


def test_weekends_hours_and_the_past(app: Flask) -> None:
    assert at(date(2026, 11, 14)) == ["weekend"]
    assert at(date(2026, 11, 12), "08:30", "18:30") == ["early", "late"]
    assert at(date(2026, 11, 12), "09:00", "18:00") == []
    assert at(date(2026, 11, 2)) == ["past"]
    assert at(date(2026, 11, 3), "08:00", "10:00") == ["past", "early"]


def test_a_day_that_we_closed_ourselves(app: Flask) -> None:
    operations.close_day(on=date(2026, 11, 12), half_day=False, reason="İdari izin", actor=ACTOR)
    operations.close_day(on=date(2026, 11, 13), half_day=True, reason="Taşınma", actor=ACTOR)
    assert at(date(2026, 11, 12)) == ["closed"]
    assert "İdari izin." in words(date(2026, 11, 12))
    assert at(date(2026, 11, 13)) == []
    assert at(date(2026, 11, 13), "13:30", "15:00") == ["half_day"]
    assert "En yakın iş günleri: 11 Kasım Çar ve 16 Kasım Pzt." in words(date(2026, 11, 12))


def test_an_ordinary_day_is_passed_over_in_silence(app: Flask) -> None:
    assert words(date(2026, 11, 12), "14:00", "16:00") == ""


def test_what_somebody_wrote_is_escaped_in_a_page(app: Flask) -> None:
    operations.close_day(on=date(2026, 11, 12), half_day=False, reason="<b>x</b>", actor=ACTOR)
    one = concerns.concerns(*_moments(date(2026, 11, 12), "10:00", "12:00"))[0]
    assert "&lt;b&gt;" in one.__html__()
    assert "<b>" not in one.__html__()


@pytest.mark.parametrize("day", [date(1900, 1, 1), date(2200, 12, 31), date(2100, 12, 31)])
def test_days_far_away_end_in_no_error(app: Flask, day: date) -> None:
    concerns.concerns(*_moments(day, "10:00", "12:00"))


def test_the_planned_meeting_falls_on_a_working_day(app: Flask) -> None:
    day = special_day("human_rights_day")
    window = operations.open_window(day, 2026, ACTOR)
    assert concerns.is_working_day(window.meeting_around)
    operations.close_day(on=date(2027, 11, 12), half_day=False, reason="İzin", actor=ACTOR)
    db.session.flush()
    # 12 November 2027 would be the day, a Friday.
    assert operations.open_window(special_day(), 2027, ACTOR).meeting_around == date(2027, 11, 11)

"""When the invented story takes place: always in the days around today."""

from dataclasses import dataclass
from datetime import date, timedelta

from coordinator import clock

MONTH, DAY = 11, 25
LEAST_DAYS_LEFT = 3
SHORT, LONG = 16, 10
FRIDAY = 5


@dataclass(frozen=True)
class Dates:
    """The days of the story in the order in which they come."""

    year: int
    day: date
    call_from: date
    last_answer: date
    meeting: date

    @property
    def call_until(self) -> date:
        return self.last_answer


def dates(today: date | None = None) -> Dates:
    """Return days on which the call and the invitations are open now.

    The story is about this year's 25 Kasım unless that is over or only three days away. The
    meeting is in ten days, or half-way to the day when that is near.
    """
    today = today or clock.today()
    year = today.year
    if (date(year, MONTH, DAY) - today).days < LEAST_DAYS_LEFT:
        year += 1
    day = date(year, MONTH, DAY)
    left = (day - today).days
    meeting = today + timedelta(days=LONG if left >= SHORT else max(2, left // 2))
    if left >= SHORT and meeting.isoweekday() > FRIDAY:
        meeting += timedelta(days=8 - meeting.isoweekday())
    return Dates(
        year=year,
        day=day,
        call_from=today - timedelta(days=6),
        last_answer=meeting - timedelta(days=3 if left >= SHORT else 1),
        meeting=meeting,
    )

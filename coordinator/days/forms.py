"""The shapes of what staff write about days."""

from typing import Any

from babel.dates import get_day_names, get_month_names
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, RadioField

from coordinator.days import calendar
from coordinator.days.calendar import NTH, WEEKDAYS
from coordinator.days.models import DayTheme, SpecialDay
from coordinator.days.operations import DayFacts
from coordinator.fields import Choice, Day, Line, Needed, Number
from coordinator.forms import AppForm, EditForm
from coordinator.i18n import language

NTH_WORDS = dict(
    zip(NTH, (_l("first"), _l("second"), _l("third"), _l("fourth"), _l("last")), strict=True)
)
FIXED, MOVABLE = "fixed", "movable"


def months() -> list[tuple[str, str]]:
    """Return the months by number, named in the reader's language."""
    return [(str(number), name) for number, name in get_month_names(locale=language()).items()]


def weekdays() -> list[tuple[str, str]]:
    """Return the weekdays by code, named in the reader's language."""
    names = get_day_names(locale=language())
    return [(code, names[number]) for number, code in enumerate(WEEKDAYS)]


class Boxes(Choice, RadioField):
    """One of a few, as large boxes."""

    widget = RadioField.widget
    option_widget = RadioField.option_widget


class Wanted(Needed):
    """Needed, where the form says so for this field: one kind of day leaves the others empty."""

    field_flags: dict[str, bool] = {}

    def __init__(self, kind: str, message: Any) -> None:
        super().__init__(message)
        self.kind = kind

    def __call__(self, form: Any, field: Any) -> None:
        if form.kind.data == self.kind:
            super().__call__(form, field)


class SpecialDayForm(EditForm):
    """A special day: fixed, or the nth weekday of a month."""

    name_tr = Line(_l("Name in Turkish"), validators=[Needed(_l("Write the Turkish name."))])
    name_en = Line(_l("Name in English"), validators=[Needed(_l("Write the English name."))])
    kind = Boxes(
        _l("When is it?"),
        choices=[(FIXED, _l("The same date each year")), (MOVABLE, _l("A weekday of the month"))],
        default=FIXED,
    )
    month = Choice(_l("Month"))
    day = Number(
        _l("Day of the month"),
        least=1,
        most=31,
        validators=[Wanted(FIXED, _l("Write the day of the month, like 25."))],
    )
    nth = Choice(_l("Which one"), choices=list(NTH_WORDS.items()))
    weekday = Choice(_l("Weekday"), default="sun")
    length_days = Number(
        _l("How many days it lasts"),
        least=1,
        most=60,
        default=1,
        description=_l("25 November with the 16 days lasts 16 days."),
        validators=[Needed(_l("Write how many days it lasts, like 1."))],
    )
    theme = Choice(_l("Theme"), choices=DayTheme.choices())
    lead_days = Number(
        _l("How many days before it the work begins"),
        least=1,
        most=365,
        default=30,
        validators=[Needed(_l("Write how many days before it the work begins, like 30."))],
    )
    is_active = BooleanField(_l("Show it in the calendar"), default=True)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.month.choices, self.weekday.choices = months(), weekdays()

    @property
    def facts(self) -> DayFacts:
        movable = self.kind.data == MOVABLE
        rule = f"nth:{self.nth.data}:{self.weekday.data}" if movable else str(self.day.data)
        return DayFacts(
            name_tr=self.name_tr.data,
            name_en=self.name_en.data,
            month=int(self.month.data),
            day_or_rule=rule,
            length_days=self.length_days.data or 1,
            theme=DayTheme(self.theme.data),
            lead_days=self.lead_days.data or 1,
            is_active=self.is_active.data,
        )


class WrittenDay:
    """A stored special day as the form writes it."""

    def __init__(self, special_day: SpecialDay) -> None:
        movable = calendar.nth_weekday(special_day.day_or_rule)
        self.version = special_day.version
        self.name_tr, self.name_en = special_day.name_tr, special_day.name_en
        self.kind = MOVABLE if movable else FIXED
        self.month = str(special_day.month)
        self.day = None if movable else int(special_day.day_or_rule)
        self.nth, self.weekday = movable or (NTH[0], "sun")
        self.length_days, self.lead_days = special_day.length_days, special_day.lead_days
        self.theme = special_day.theme.value
        self.is_active = special_day.is_active


class WindowDatesForm(EditForm):
    """The dates of a window's stages."""

    call_from = Day(_l("The call opens"), validators=[Needed(_l("Write the day like 12.11.2026."))])
    call_until = Day(
        _l("The call closes"), validators=[Needed(_l("Write the day like 12.11.2026."))]
    )
    meeting_around = Day(
        _l("Meeting around"), validators=[Needed(_l("Write the day like 12.11.2026."))]
    )
    programme_from = Day(
        _l("Work on the programme begins"),
        validators=[Needed(_l("Write the day like 12.11.2026."))],
    )
    programme_until = Day(
        _l("The programme is ready"), validators=[Needed(_l("Write the day like 12.11.2026."))]
    )
    evaluation_until = Day(
        _l("The evaluation ends"), validators=[Needed(_l("Write the day like 12.11.2026."))]
    )

    @property
    def plan(self) -> calendar.Plan:
        return calendar.Plan(
            call_from=self.call_from.data,
            call_until=self.call_until.data,
            meeting_around=self.meeting_around.data,
            programme_from=self.programme_from.data,
            programme_until=self.programme_until.data,
            evaluation_until=self.evaluation_until.data,
        )


class ClosedDayForm(AppForm):
    """A day on which the offices are closed."""

    on = Day(
        _l("Day"),
        description=_l("Example: 12.11.2026"),
        validators=[Needed(_l("Write the day like 12.11.2026."))],
    )
    half_day = BooleanField(_l("Closed in the afternoon only"))
    reason = Line(
        _l("Reason"),
        description=_l("Example: administrative leave"),
        validators=[Needed(_l("Write why the offices are closed."))],
    )

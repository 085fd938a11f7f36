"""Fields that the forms of activities share."""

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import SelectMultipleField
from wtforms.validators import ValidationError

from coordinator.days.calendar import FIRST_YEAR, LAST_YEAR
from coordinator.fields import Day


class SomeDay(Day):
    """A day within the years that calendars can hold."""

    def pre_validate(self, form: Any) -> None:
        if self.data is not None and not FIRST_YEAR <= self.data.year <= LAST_YEAR:
            raise ValidationError(
                _l("Write a year between %(first)s and %(last)s.", first=FIRST_YEAR, last=LAST_YEAR)
            )


class Ticks(SelectMultipleField):
    """Several of a list, with a sentence of ours when one is not of it."""

    def pre_validate(self, form: Any) -> None:
        known = {value for value, *_more in self.choices or ()}
        if any(value not in known for value in self.data or ()):
            raise ValidationError(_l("Choose from the list."))

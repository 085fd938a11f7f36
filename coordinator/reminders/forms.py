"""When a reminder goes out, as staff set it."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField
from wtforms.validators import ValidationError

from coordinator.fields import Choice, Number
from coordinator.forms import EditForm
from coordinator.reminders.models import Aim, Before, ReminderRule
from coordinator.reminders.operations import Values

HOURS = range(8, 20)


class RuleForm(EditForm):
    """One reminder: how many days before what, at which hour, on or off."""

    days = Number(_l("How many days before?"), least=0, most=60)
    before = Choice(_l("Counted back from"), choices=Before.choices())
    hour = Choice(_l("At what time?"), coerce=int, choices=[(one, f"{one}.00") for one in HOURS])
    is_on = BooleanField(_l("It goes out by itself"))

    def __init__(self, *, obj: ReminderRule, **kwargs: Any) -> None:
        self.rule = obj
        super().__init__(obj=obj, prefix=f"{obj.public_id}-", **kwargs)

    def validate_days(self, field: Number) -> None:
        if field.data is None and not field.errors:
            raise ValidationError(_("Write how many days."))

    @property
    def values(self) -> Values:
        return Values(
            days=self.days.data or 0,
            before=Before(self.before.data),
            hour=self.hour.data,
            is_on=bool(self.is_on.data),
        )


class NewRuleForm(RuleForm):
    """A further reminder, with its aim."""

    aim = Choice(_l("To whom?"), choices=Aim.choices())

    def __init__(self, **kwargs: Any) -> None:
        rule = ReminderRule(
            public_id="yeni", aim=Aim.SILENT, days=1, before=Before.DEADLINE, hour=10, is_on=True
        )
        super().__init__(obj=rule, **kwargs)

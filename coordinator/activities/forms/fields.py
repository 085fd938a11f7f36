"""A field that the forms of activities need."""

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import SelectMultipleField
from wtforms.validators import ValidationError


class Ticks(SelectMultipleField):
    """Several of a list, with a sentence of ours when one is not of it."""

    def pre_validate(self, form: Any) -> None:
        known = {value for value, *_more in self.choices or ()}
        if any(value not in known for value in self.data or ()):
            raise ValidationError(_l("Choose from the list."))

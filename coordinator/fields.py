"""Form fields that read what people in Türkiye type, and say how to put it right."""

import re
from collections.abc import Callable
from datetime import date, time
from typing import Any

from flask_babel import LazyString, lazy_ngettext
from flask_babel import lazy_gettext as _l
from wtforms import Field, IntegerField, SelectField, StringField, TextAreaField
from wtforms.validators import StopValidation, ValidationError

from coordinator import reachability
from coordinator.i18n import phone as shown_phone
from coordinator.i18n import typed as typed_day
from coordinator.wording import TCKN_REFUSED, Unkeepable, holds_tckn, keepable, refuse_tckn

_DAY = re.compile(r"^\s*(\d{1,2})\s*[./\- ]\s*(\d{1,2})\s*[./\- ]\s*(\d{4})\s*$")
_ISO = re.compile(r"^\s*(\d{4})-(\d{2})-(\d{2})\s*$")
_TIME = re.compile(r"^\s*(\d{1,2})\s*[.:]?\s*(\d{2})\s*$")


class Needed:
    """The field must be filled; `message` says what to write there."""

    field_flags = {"required": True}

    def __init__(self, message: LazyString | str) -> None:
        self.message = message

    def __call__(self, form: Any, field: Field) -> None:
        if field.errors or field.process_errors:
            raise StopValidation()
        if field.data is None or field.data in ("", []):
            raise StopValidation(self.message)


class LongEnough:
    """The text may have at most so many characters.

    The page sets no `maxlength`: a browser would cut what is pasted, and say nothing.
    """

    def __init__(self, most: int) -> None:
        self.most = most

    def __call__(self, form: Any, field: Field) -> None:
        size = len(field.data or "")
        if size > self.most:
            raise ValidationError(
                _l(
                    "Shorten this to %(most)s characters; it has %(size)s.",
                    most=self.most,
                    size=size,
                )
            )


class Between:
    """A whole number between two bounds."""

    def __init__(self, least: int, most: int) -> None:
        self.least, self.most = least, most

    def __call__(self, form: Any, field: Field) -> None:
        if field.data is not None and not self.least <= field.data <= self.most:
            raise ValidationError(number_wanted(self.least, self.most))


def number_wanted(least: int, most: int) -> LazyString:
    return _l("Write a number between %(least)s and %(most)s.", least=least, most=most)


class _Read(StringField):
    """A text field that keeps what was typed and turns it into a value."""

    typed: str | None = None

    def read(self, text: str) -> Any:
        raise NotImplementedError

    def show(self, value: Any) -> str:
        return "" if value is None else str(value)

    def _value(self) -> str:
        return self.show(self.data) if self.typed is None else self.typed

    def process_formdata(self, valuelist: list[Any]) -> None:
        if not valuelist:
            return
        self.typed = str(valuelist[0])
        try:
            refuse_tckn(self.typed)
            self.data = self.read(self.typed)
        except Unkeepable as error:
            self.data = None if self.empty is None else self.typed
            raise ValueError(error.message) from error

    empty: Any = ""


class Line(_Read):
    """One line of text, cleaned; at most `most` characters; a TCKN is refused."""

    def __init__(self, label: Any = None, *, most: int = 200, **kwargs: Any) -> None:
        kwargs["validators"] = [*kwargs.get("validators", ()), LongEnough(most)]
        super().__init__(label, **kwargs)

    def read(self, text: str) -> Any:
        return keepable(text)


class Lines(Line, TextAreaField):
    """Text of several lines, cleaned; at most `most` characters; a TCKN is refused."""

    widget = TextAreaField.widget

    def __init__(self, label: Any = None, *, most: int = 4000, **kwargs: Any) -> None:
        super().__init__(label, most=most, **kwargs)

    def read(self, text: str) -> Any:
        return keepable(text, lines=True)


class Phone(_Read):
    """A phone number, kept as E.164."""

    def read(self, text: str) -> Any:
        return reachability.phone(text)

    def show(self, value: Any) -> str:
        return shown_phone(value)


class Email(_Read):
    """One e-mail address, kept in small letters."""

    def read(self, text: str) -> Any:
        return reachability.email(text)


class Website(_Read):
    """A web address, kept with its scheme."""

    def read(self, text: str) -> Any:
        return reachability.website(text)


class Day(_Read):
    """A day typed like 12.11.2026; `data` is a date or None."""

    empty = None

    def read(self, text: str) -> date | None:
        if not text.strip():
            return None
        parts = _DAY.match(text)
        iso = _ISO.match(text)
        numbers = [parts[3], parts[2], parts[1]] if parts else list(iso.groups()) if iso else None
        try:
            day = date(*map(int, numbers or ()))
        except (ValueError, TypeError) as error:
            raise Unkeepable(_l("Write the day like 12.11.2026.")) from error
        if not 1900 <= day.year <= 2200:
            raise Unkeepable(_l("Write the day like 12.11.2026."))
        return day

    def show(self, value: date | None) -> str:
        return typed_day(value)


class Clock(_Read):
    """A time typed like 14.00; `data` is a time or None."""

    empty = None

    def read(self, text: str) -> time | None:
        if not text.strip():
            return None
        parts = _TIME.match(text) or re.match(r"^\s*(\d{1,2})()\s*$", text)
        try:
            return time(int(parts[1]), int(parts[2] or 0))  # type: ignore[index]
        except (ValueError, TypeError) as error:
            raise Unkeepable(_l("Write the time like 14.00.")) from error

    def show(self, value: time | None) -> str:
        return "" if value is None else value.strftime("%H.%M")


class Number(IntegerField):
    """A whole number between `least` and `most`."""

    def __init__(self, label: Any = None, *, least: int, most: int, **kwargs: Any) -> None:
        self.least, self.most = least, most
        kwargs["validators"] = [*kwargs.get("validators", ()), Between(least, most)]
        super().__init__(label, **kwargs)

    def process_formdata(self, valuelist: list[Any]) -> None:
        text = str(valuelist[0]).strip() if valuelist else ""
        self.data = None
        if not text:
            return
        if holds_tckn(text):
            raise ValueError(TCKN_REFUSED)
        if not (text.isascii() and text.isdigit() and len(text) < 10):
            raise ValueError(number_wanted(self.least, self.most))
        self.data = int(text)


class Choice(SelectField):
    """One of a list, with a sentence of ours when it is none of them."""

    def pre_validate(self, form: Any) -> None:
        if self.process_errors:
            return
        if self.validate_choice and self.data not in [value for value, *_ in self.iter_choices()]:
            raise ValidationError(_l("Choose one from the list."))


def at_most(count: int) -> Callable[[Any, Field], None]:
    """Return a validator: at most so many lines may be filled."""

    def check(_form: Any, field: Field) -> None:
        lines = [line for line in (field.data or "").splitlines() if line.strip()]
        if len(lines) > count:
            raise ValidationError(
                lazy_ngettext("Write at most one line.", "Write at most %(num)s lines.", count)
            )

    return check

"""The form that every page uses: refusals come back beside what was typed."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from flask import Flask, request
from flask_babel import LazyString
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import Field, FormField, HiddenField, RadioField, SelectMultipleField
from wtforms.form import BaseForm
from wtforms.i18n import get_translations

from coordinator.errors import RuleBroken, SavedMeanwhile
from coordinator.extensions import db
from coordinator.i18n import language

UNPROCESSABLE = 422


def init_app(app: Flask) -> None:
    app.jinja_env.globals.update(faults=faults, own_errors=own_errors)


NOT_OFFERED = _l("Choose one from the list.")
NOT_OFFERED_IN_WTFORMS = {
    "Invalid Choice: could not coerce.",
    "Invalid choice(s): one or more data inputs could not be coerced.",
    "Not a valid choice.",
    "'%(value)s' is not a valid choice for this field.",
}


class _Texts:
    """WTForms' own texts in a language, with our sentence for what is not on a list."""

    def __init__(self, language: str) -> None:
        self.theirs = get_translations([language])

    def gettext(self, text: str) -> str:
        return str(NOT_OFFERED if text in NOT_OFFERED_IN_WTFORMS else self.theirs.gettext(text))

    def ngettext(self, one: str, many: str, number: int) -> str:
        if one in NOT_OFFERED_IN_WTFORMS:
            return str(NOT_OFFERED)
        return str(self.theirs.ngettext(one, many, number))


_texts = cache(_Texts)


class AppForm(FlaskForm):
    """A form with three ends: accepted, wrong (422), or refused by a rule (409)."""

    class Meta(FlaskForm.Meta):  # type: ignore[misc]
        """Flask-WTF reads the catalogue of WTForms' own texts from disk in every request."""

        def get_translations(self, _form: Any) -> Any:
            return _texts(language())

    refusal: LazyString | str | None = None
    refusal_status = RuleBroken.status
    stale = False

    @property
    def status(self) -> int:
        """The status of the page that shows this form again."""
        if self.refusal or self.stale:
            return self.refusal_status
        return UNPROCESSABLE if request.method == "POST" and self.errors else 200

    def refuse(self, error: RuleBroken, record: Any = None) -> None:
        """Take the deed back and show its reason beside the field it names, or on top.

        With `record`, a refusal because somebody saved meanwhile shows what is stored now
        beside each field that differs; sending the form again then overwrites knowingly.
        """
        db.session.rollback()
        named = self._fields.get(error.field) if error.field else None
        if isinstance(error, SavedMeanwhile) and record is not None:
            self._show_stored(record)
        if named is not None:
            named.errors = [*named.errors, error.message]
        self.refusal, self.refusal_status = error.message, error.status

    def _show_stored(self, record: Any) -> None:
        self.stale = True
        show_stored(self, type(self)(formdata=None, obj=record))
        version = self._fields.get("version")
        if version is not None:
            version.data = version.raw_data = None
            version.process_data(record.version)


class EditForm(AppForm):
    """A form over a stored record: it knows the version it was opened on."""

    version = HiddenField()

    @property
    def opened_version(self) -> int | None:
        """The version of the record when this form was opened; None if it is missing."""
        text = str(self.version.data or "")
        return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None


@dataclass(frozen=True)
class Fault:
    """One line of the box above a form: what is wrong, and the input that it leads to."""

    label: str
    text: str
    target: str
    """The input's id; empty where nobody sees the input."""


def faults(fields: Iterable[Any]) -> list[Fault]:
    """Return what is wrong in a form, each at its own input, also within lists of inputs."""
    return [fault for field in fields for fault in _faults(field)]


def own_errors(field: Any) -> list[str]:
    """Return what is wrong with the field itself; its inputs' own errors stand at them."""
    if isinstance(field, FormField):
        return []
    return [str(error) for error in field.errors if not isinstance(error, (list, tuple, dict))]


def _faults(field: Any) -> Iterator[Fault]:
    if isinstance(field, FormField):
        yield from faults(field.form)
        return
    entries = getattr(field, "entries", [])
    yield from faults(entries)
    if own := own_errors(field):
        shown = getattr(getattr(field, "widget", None), "input_type", "") != "hidden"
        yield Fault(str(field.label.text), " ".join(own), _input_of(field, entries) * shown)


def _input_of(field: Any, entries: list[Any]) -> str:
    """Return the id of the input, or of the first of several."""
    if entries:
        return str(entries[0].id)
    return f"{field.id}-0" if isinstance(field, (RadioField, SelectMultipleField)) else field.id


def claim(record: Any, version: int | None) -> None:
    """Refuse with SavedMeanwhile unless `record` still has the version the editor saw."""
    if version != record.version:
        raise SavedMeanwhile


def show_stored(form: BaseForm, stored: BaseForm) -> None:
    """Write beside each field that differs what is stored now; `stored` is filled with it."""
    for name, field in form._fields.items():
        now = stored._fields[name]
        if not isinstance(field, HiddenField) and _shown(field) != _shown(now):
            field.now_saved = _shown(now) or "–"


def _shown(field: Field) -> str:
    """Return what a person sees in the field: the words of a choice, or the text."""
    choices = getattr(field, "choices", None)
    if choices:
        words = {str(value): str(word) for value, word, *_ in choices}
        values = field.data if isinstance(field.data, list) else [field.data]
        return ", ".join(words.get(str(value), "") for value in values)
    if hasattr(field, "_value"):
        # A browser sends CR LF where LF is stored; that alone is no difference.
        return str(field._value() or "").replace("\r\n", "\n").strip()
    return str(field.data if field.data is not None else "")

"""Fields read what people type, say how to put it right, and keep what was typed."""

from datetime import date, time
from typing import Any

import pytest
from flask import Flask
from flask_babel import force_locale
from werkzeug.datastructures import MultiDict
from wtforms import RadioField, SelectField, SelectMultipleField

from coordinator import fields
from coordinator.forms import AppForm

TCKN = "10000000146"


class Everything(AppForm):
    class Meta:
        csrf = False

    line = fields.Line("Line", most=10)
    lines = fields.Lines("Lines", most=20)
    phone = fields.Phone("Phone")
    email = fields.Email("E-mail")
    website = fields.Website("Website")
    day = fields.Day("Day")
    clock = fields.Clock("Time")
    number = fields.Number("Number", least=1, most=10)


def filled(app: Flask, **typed: str) -> Any:
    with app.test_request_context(method="POST", headers={"Accept-Language": "tr"}):
        form = Everything(formdata=MultiDict(typed))
        form.validate()
        return form, {name: [str(one) for one in found] for name, found in form.errors.items()}


@pytest.mark.parametrize(
    "name", ["line", "lines", "phone", "email", "website", "day", "clock", "number"]
)
def test_a_national_identity_number_is_refused_with_the_reason_in_every_field(
    app: Flask, name: str
) -> None:
    _form, errors = filled(app, **{name: TCKN})
    assert "kimlik numarası tutmaz" in errors[name][0]


@pytest.mark.parametrize(
    ("name", "typed", "value"),
    [
        ("line", "  Çiğli \u200b", "Çiğli"), ("phone", "0532 123 45 67", "+905321234567"),
        ("email", " A@B.ORG.TR ", "a@b.org.tr"), ("day", "12.11.2026", date(2026, 11, 12)),
        ("day", "2026-11-12", date(2026, 11, 12)), ("day", "5/1/2026", date(2026, 1, 5)),
        ("clock", "14.00", time(14)), ("clock", "9:30", time(9, 30)), ("clock", "14", time(14)),
        ("number", " 7 ", 7), ("website", "www.a.org", "http://www.a.org"),
    ],
)  # fmt: skip
def test_what_people_write_is_understood(app: Flask, name: str, typed: str, value: object) -> None:
    form, errors = filled(app, **{name: typed})
    assert errors == {}
    assert form[name].data == value


@pytest.mark.parametrize(
    ("name", "typed", "said"),
    [
        ("line", "x" * 11, "En çok 10 karaktere kısaltın"), ("phone", "yok", "gibi yazın"),
        ("email", "a(at)b", "e-posta adresi yazın"), ("day", "31.02.2026", "12.11.2026 gibi"),
        ("day", "yarın", "12.11.2026 gibi"), ("clock", "25.00", "14.00 gibi"),
        ("number", "11", "1 ile 10 arasında"), ("number", "iki", "1 ile 10 arasında"),
        ("number", "9" * 400, "1 ile 10 arasında"), ("website", "a b", "web adresini"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_and_what_was_typed_stays(
    app: Flask, name: str, typed: str, said: str
) -> None:
    form, errors = filled(app, **{name: typed})
    assert said.lower() in errors[name][0].lower()
    assert form[name]._value() == typed


class Lists(AppForm):
    class Meta:
        csrf = False

    choice = fields.Choice("Choice", choices=[(1, "one")], coerce=int)
    select = SelectField("Select", choices=[(1, "one")], coerce=int)
    radio = RadioField("Radio", choices=[("a", "A")])
    several = SelectMultipleField("Several", choices=[(1, "one")], coerce=int)


@pytest.mark.parametrize("typed", ["x", "2", "", "%(value)s", "9" * 400])
@pytest.mark.parametrize(
    ("locale", "said"), [("tr", "Listeden birini seçin."), ("en", "Choose one from the list.")]
)
def test_what_is_not_on_a_list_gets_one_sentence_in_every_kind_of_list(
    app: Flask, typed: str, locale: str, said: str
) -> None:
    names = ["choice", "select", "radio", "several"]
    with app.test_request_context(method="POST"), force_locale(locale):
        form = Lists(formdata=MultiDict(dict.fromkeys(names, typed)))
        assert not form.validate()
        assert {name: [str(one) for one in found] for name, found in form.errors.items()} == {
            name: [said] for name in names
        }

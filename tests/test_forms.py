"""What is wrong in a form is told at its own input, also where one field has several inputs."""

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask, render_template_string
from markupsafe import escape
from werkzeug.datastructures import MultiDict
from wtforms import FieldList

from coordinator.extensions import db
from coordinator.forms import AppForm
from coordinator.invitations import forms as answers
from coordinator.invitations import letter_form
from coordinator.invitations.models import Invitation
from coordinator.verification.forms import CorrectionForm
from coordinator.verification.sheet import Eyes, sheet_of
from tests.factories import OrganizationFactory
from tests.invitations.parts import invitation_of, invited, organization

LONG = "u" * 3000
SUMMARY = "{% from 'macros/form.html' import error_summary %}{{ error_summary(form) }}"


def invitation() -> Invitation:
    one = organization()
    made = invitation_of(invited(one, max_per_org=3), one)
    made.people = 3
    return made


NAMED = {"attendee_names-0": LONG, "attendee_names-1": "Su Er", "attendee_names-2": "10000000146"}
CAME = {"came-0-full_name": LONG, "came-0-email": "x"}
MADE: dict[type[AppForm], tuple[Callable[[Any], AppForm], dict[str, str]]] = {
    one: (lambda typed, one=one: one(typed, obj=invitation()), NAMED)
    for one in (
        answers.AnswerForm,
        answers.PhonedAnswerForm,
        answers.NamesForm,
        letter_form.LetterAnswerForm,
        letter_form.LetterNamesForm,
    )
}


def corrections(typed: Any) -> AppForm:
    return CorrectionForm(sheet_of(OrganizationFactory(), None, Eyes()), formdata=typed)


MADE[CorrectionForm] = (corrections, CAME)


def all_forms(base: type[AppForm] = AppForm) -> set[type[AppForm]]:
    below = [all_forms(one) for one in base.__subclasses__()]
    return {base}.union(*below)


def has_list(form: type[AppForm]) -> bool:
    fields = (getattr(form, name).field_class for name in dir(form) if _is_field(form, name))
    return any(isinstance(one, type) and issubclass(one, FieldList) for one in fields)


def _is_field(form: type[AppForm], name: str) -> bool:
    return hasattr(getattr(form, name, None), "field_class")


def test_every_form_with_a_list_of_inputs_is_looked_at(app: Flask) -> None:
    assert {one for one in all_forms() if has_list(one)} == set(MADE)


@pytest.mark.parametrize("kind", MADE, ids=lambda kind: kind.__name__)
@pytest.mark.parametrize("language", ["tr", "en"])
def test_the_box_names_each_input_of_a_list_and_never_shows_the_list_itself(
    app: Flask, kind: type[AppForm], language: str
) -> None:
    make, typed = MADE[kind]
    with app.test_request_context(f"/?dil={language}", method="POST"):
        form = make(MultiDict(typed))
        assert not form.validate()
        box = render_template_string(SUMMARY, form=form)
        db.session.rollback()
    wrong = [name for name in typed if typed[name] != "Su Er"]
    for name in wrong:
        assert f'href="#{name}"' in box, name
    assert box.count("href=") == box.count("<li>")
    assert not [sign for sign in ("[", "]", "{", escape("'")) if sign in box]

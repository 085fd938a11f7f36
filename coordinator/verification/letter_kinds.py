"""The kinds of letters of the yearly question whose words staff may change, and samples."""

from collections.abc import Callable
from datetime import timedelta

from flask import Flask
from flask_babel import LazyString, force_locale
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from coordinator import clock
from coordinator.institution import queries as institution
from coordinator.letter_texts import kinds
from coordinator.letter_texts.kinds import NAME, ORGANIZATION, Feature, Kind, Placeholder
from coordinator.letter_texts.words import Words, usual
from coordinator.letters import Letter
from coordinator.links import absolute
from coordinator.registry.queries import Recipient
from coordinator.verification.emails import QUESTION, REMINDER, Envelope, Writer
from coordinator.verification.models import Round

FEATURE = Feature(40, _l("The yearly question"))
PLACEHOLDERS = (NAME, ORGANIZATION, Placeholder("son_gun", _l("the last day to answer")))


def init_app(app: Flask) -> None:
    for order, (code, label, when, make) in enumerate(
        (
            (QUESTION, _l("Are the details still right?"), _l("when a round is sent"), _question),
            (REMINDER, _l("Reminder of the question"), _l("to those who are silent"), _reminder),
        )
    ):
        kinds.add(app, _kind(order, code, label, when, make))


def _kind(
    order: int, code: str, label: LazyString, when: LazyString, make: Callable[[], Words]
) -> Kind:
    return Kind(
        FEATURE, order, code, label, when, PLACEHOLDERS, make,
        lambda words, language, _about: sample(code, words, language),
    )  # fmt: skip


def _question() -> Words:
    return usual(
        _("Are the details of %(organization)s still right?", organization="{kurulus}"),
        _("Once a year we ask whether what we know of %(organization)s still holds: its address,"
          " its phone, the people who represent it. It takes a few minutes.",
          organization="{kurulus}"),
    )  # fmt: skip


def _reminder() -> Words:
    return usual(
        _("Reminder: are the details of %(organization)s still right?", organization="{kurulus}"),
        _("We have not heard yet whether what we know of %(organization)s still holds."
          " One press of a button is enough if it does.", organization="{kurulus}"),
    )  # fmt: skip


def sample(code: str, words: Words, language: str) -> Letter:
    """Return the letter with these words, to an invented reader; its link leads to an example."""
    with force_locale(language):
        round_ = Round(name="", answer_by=clock.today() + timedelta(days=30))
        envelope = Envelope(
            Recipient(_("Nermin Su"), "nermin@dernek.example", language, None),
            _("Gulf Breeze Women’s Association"),
            absolute("verification.example"),
        )
    writer = Writer(round_, institution.current(), {code: lambda _language: words})
    return writer.write(code, envelope)

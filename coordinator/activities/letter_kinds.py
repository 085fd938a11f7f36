"""The kinds of letters about activities whose words staff may change, and samples of them."""

from datetime import time, timedelta

from flask import Flask
from flask_babel import force_locale
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from coordinator import clock
from coordinator.activities import emails
from coordinator.activities.models import ActivityPartner, ActivityTask, JointActivity, PartnerRole
from coordinator.days.models import DayWindow
from coordinator.letter_texts import kinds
from coordinator.letter_texts.kinds import NAME, ORGANIZATION, Feature, Kind, Placeholder
from coordinator.letter_texts.words import Words, usual
from coordinator.letters import Letter
from coordinator.registry.models import Organization
from coordinator.registry.queries import Recipient

FEATURE = Feature(30, _l("Activities"))
OF_ACTIVITIES = (NAME, ORGANIZATION, Placeholder("etkinlik", _l("the activity’s title")))
OF_PARTNERS = (
    *OF_ACTIVITIES,
    Placeholder("rol", _l("what the organisation does in it: partner, supporter, speaker …")),
)
OF_TASKS = (
    *OF_ACTIVITIES,
    Placeholder("gorev", _l("what is to be done")),
    Placeholder("son_gun", _l("until when; a paragraph of it alone falls away if no day is set")),
)


def init_app(app: Flask) -> None:
    for order, (code, label, when, known, make, sample) in enumerate(
        (
            (emails.PARTNER, _l("Part in an activity"),
             _l("to an organisation that takes part in an activity"),
             OF_PARTNERS, _partner, sample_of_partner),
            (emails.TASK, _l("Task for an activity"),
             _l("to an organisation that has something to do"), OF_TASKS, _task, sample_of_task),
        )
    ):  # fmt: skip
        kinds.add(app, Kind(FEATURE, order, code, label, when, known, make, sample))


def _partner() -> Words:
    return usual(
        _("You take part: %(title)s", title="{etkinlik}"),
        _("%(organization)s takes part in the activity “%(title)s”. Its part: %(role)s.",
          organization="{kurulus}", title="{etkinlik}", role="{rol}"),
        _("Is this not right? Reply to this letter or call us."),
    )  # fmt: skip


def _task() -> Words:
    return usual(
        _("For you to do: %(title)s", title="{gorev}"),
        _("%(organization)s has a task for the activity “%(title)s”.",
          organization="{kurulus}", title="{etkinlik}"),
        _("Can you not do it? Reply to this letter or call us."),
    )  # fmt: skip


def sample_of_partner(words: Words, language: str, _about: str = "") -> Letter:
    """Return the letter about a part with these words, to an invented reader."""
    with force_locale(language):
        reader, organization = _reader(language), _organization()
        partner = ActivityPartner(
            activity=_activity(), organization=organization, role=PartnerRole.SUPPORTER
        )
    (letter,) = emails.partner_letters(partner, [reader], lambda _language: words)
    return letter


def sample_of_task(words: Words, language: str, _about: str = "") -> Letter:
    """Return the letter about a task with these words, to an invented reader."""
    with force_locale(language):
        reader, organization, activity = _reader(language), _organization(), _activity()
        task = ActivityTask(
            activity=activity, responsible_org=organization, title=_("Print the posters"),
            due_on=clock.today() + timedelta(days=20),
        )  # fmt: skip
    (letter,) = emails.task_letters(task, [reader], lambda _language: words)
    return letter


def _reader(language: str) -> Recipient:
    return Recipient(_("Nermin Su"), "nermin@dernek.example", language, None)


def _organization() -> Organization:
    return Organization(name=_("Gulf Breeze Women’s Association"), public_id="ornek")


def _activity() -> JointActivity:
    """Return an activity that is in no database, in the language in force."""
    on = clock.today() + timedelta(days=30)
    return JointActivity(
        title=_("Panel: our rights"),
        place=_("Culture centre, small hall"),
        starts_at=clock.at(on, time(14, 0)),
        ends_at=clock.at(on, time(16, 30)),
        window=DayWindow(starts_on=on, length_days=1),
        public_id="ornek",
    )

"""The kinds of invitations' letters whose words staff may change, and samples of them."""

from collections.abc import Sequence
from datetime import date, time, timedelta

from flask import Flask, url_for
from flask_babel import force_locale
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from coordinator import clock
from coordinator.institution import queries as institution
from coordinator.invitations.emails import Envelope, Writer
from coordinator.invitations.models import LetterKind
from coordinator.invitations.shipped import SHIPPED, placeholders
from coordinator.letter_texts import kinds
from coordinator.letter_texts.kinds import About, Feature, Kind
from coordinator.letter_texts.words import Words
from coordinator.letters import Letter
from coordinator.links import absolute
from coordinator.meetings import queries as meetings
from coordinator.meetings.models import Meeting
from coordinator.registry.queries import Recipient

WHEN = {
    LetterKind.INVITATION: _l("when you press “Send”"),
    LetterKind.REMINDER: _l("to those who are silent"),
    LetterKind.CHANGE: _l("when day, time or place of a meeting change"),
    LetterKind.CANCELLATION: _l("when a meeting is cancelled"),
    LetterKind.RECEIPT: _l("after each answer"),
    LetterKind.MOVED_UP: _l("when a place becomes free for those who wait"),
    LetterKind.HANDOVER: _l("to the colleague to whom an invitation is handed over"),
    LetterKind.WITHDRAWAL: _l("when an organisation is taken off the list after its letter went"),
    LetterKind.NAMES: _l("to those who come and have not given the names"),
    LetterKind.EVE: _l("the day before, to all who come"),
}
FEATURE = Feature(10, _l("Meetings and invitations"))
EXAMPLES = 20


def _more(kind: LetterKind) -> dict[str, object]:
    """Return what an example of the kind says beside its words, in the language in force."""
    given: dict[LetterKind, dict[str, object]] = {
        LetterKind.CHANGE: {"answer": ""},
        LetterKind.CANCELLATION: {"reason": ""},
        LetterKind.NAMES: {"people": 2, "names": 0},
        LetterKind.EVE: {"people": 2, "names": [], "services": [], "directions": ""},
        LetterKind.RECEIPT: {"answer": _("You will come"), "details": [], "by": "",
                             "coming": True, "open": True},
        LetterKind.MOVED_UP: {"people": 2},
        LetterKind.HANDOVER: {"giver": _("Hale Ay")},
    }  # fmt: skip
    return given.get(kind, {})


def init_app(app: Flask) -> None:
    for order, kind in enumerate(SHIPPED):
        kinds.add(app, _kind(order, kind))


def _kind(order: int, kind: LetterKind) -> Kind:
    return Kind(
        feature=FEATURE,
        order=order,
        code=kind.value,
        label=kind.word,
        when=WHEN[kind],
        placeholders=placeholders(kind),
        make=SHIPPED[kind],
        sample=lambda words, language, about: sample(kind, words, language, about),
        about=_meeting,
        examples=_coming,
    )


def sample(kind: LetterKind, words: Words, language: str, about: str) -> Letter:
    """Return the letter with these words, to an invented reader; its link leads to an example."""
    meeting = (meetings.find_meeting(about) if about else None) or _invented(language)
    with force_locale(language):
        envelope = Envelope(
            recipient=Recipient(_("Nermin Su"), "nermin@dernek.example", language, None),
            organization_name=_("Gulf Breeze Women’s Association"),
            url=absolute("invitations.example"),
            more=_more(kind),
        )
    return Writer(meeting, institution.current(), {kind: lambda _language: words}).write(
        kind, envelope
    )


def _invented(language: str) -> Meeting:
    """Return a meeting that is in no database."""
    on: date = clock.today() + timedelta(days=30)
    with force_locale(language):
        return Meeting(
            title=_("We prepare together"),
            purpose=_("We speak about what we do together this year."),
            starts_at=clock.at(on, time(14, 0)),
            ends_at=clock.at(on, time(16, 30)),
            place=_("Culture centre, small hall"),
            address="",
            online_url="",
            rsvp_deadline=on - timedelta(days=5),
            max_per_org=2,
            public_id="ornek",
            calendar_sequence=0,
        )


def _meeting(code: str) -> About | None:
    found = meetings.find_meeting(code)
    return _about(found) if found and found.public_id == code else None


def _coming() -> Sequence[About]:
    return [_about(one) for one in meetings.coming(limit=EXAMPLES)]


def _about(meeting: Meeting) -> About:
    url = url_for("invitations.preview", public_id=meeting.public_id)
    return About(meeting.public_id, meeting.title, url)

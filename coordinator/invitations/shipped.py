"""The words of invitations' letters as they are shipped, and the placeholders they know."""

from collections.abc import Callable

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from coordinator.invitations.models import LetterKind
from coordinator.letter_texts.kinds import NAME, ORGANIZATION, Placeholder
from coordinator.letter_texts.words import Words, usual

PLACEHOLDERS = (
    NAME,
    ORGANIZATION,
    Placeholder("toplanti", _l("the meeting’s title")),
    Placeholder("amac", _l("what the meeting is for; a paragraph of it alone falls away if empty")),
    Placeholder("gun", _l("the day, written out")),
    Placeholder("kisa_gun", _l("day and time in short, for the subject")),
    Placeholder("saat", _l("from when to when")),
    Placeholder("yer", _l("place and address")),
    Placeholder("son_gun", _l("the last day to answer")),
    Placeholder("kisi_sayisi", _l("how many people of the organisation can come, a number")),
    Placeholder("kontenjan", _l("the same as a sentence")),
)


def _invitation() -> Words:
    return usual(
        _("Invitation: %(title)s, %(day)s", title="{toplanti}", day="{kisa_gun}"),
        _("%(organization)s is invited to our meeting.", organization="{kurulus}")
        + " {kontenjan}\n\n{amac}",
    )


def _reminder() -> Words:
    return usual(
        _("Reminder: %(title)s, %(day)s", title="{toplanti}", day="{kisa_gun}"),
        _("We are waiting for the answer of %(organization)s.", organization="{kurulus}")
        + " {kontenjan}",
    )


def _change() -> Words:
    return usual(
        _("Changed: %(title)s, %(day)s", title="{toplanti}", day="{kisa_gun}"),
        _(
            "The meeting to which %(organization)s is invited has changed."
            " This is how it stands now:",
            organization="{kurulus}",
        ),
    )


def _cancellation() -> Words:
    return usual(
        _("Cancelled: %(title)s, %(day)s", title="{toplanti}", day="{kisa_gun}"),
        _("The meeting will not take place. Nothing is expected of you."),
    )


def _names() -> Words:
    return usual(
        _("Who comes? %(title)s, %(day)s", title="{toplanti}", day="{kisa_gun}"),
        _(
            "You told us that people of %(organization)s come. Who will it be?",
            organization="{kurulus}",
        ),
    )


def _eve() -> Words:
    return usual(
        _("We meet on %(day)s: %(title)s", title="{toplanti}", day="{kisa_gun}"),
        _("We look forward to seeing %(organization)s.", organization="{kurulus}"),
    )


def _moved_up() -> Words:
    return usual(
        _("A place became free: %(title)s, %(day)s", title="{toplanti}", day="{kisa_gun}"),
        _(
            "A place became free: %(organization)s is no longer on the waiting list.",
            organization="{kurulus}",
        ),
    )


def _handover() -> Words:
    return usual(
        _("Invitation: %(title)s, %(day)s", title="{toplanti}", day="{kisa_gun}"),
        _(
            "%(giver)s handed you the invitation of %(organization)s to our meeting.",
            giver="{devreden}",
            organization="{kurulus}",
        )
        + "\n\n{amac}",
    )


def _withdrawal() -> Words:
    return usual(
        _("Invitation taken back: %(title)s, %(day)s", title="{toplanti}", day="{kisa_gun}"),
        _(
            "We have taken back the invitation of %(organization)s to this meeting."
            " Nothing is expected of you.",
            organization="{kurulus}",
        )
        + "\n\n"
        + _("If you think that this is a mistake, please call us."),
    )


def _receipt() -> Words:
    return usual(
        _("We have your answer: %(title)s, %(day)s", title="{toplanti}", day="{kisa_gun}"),
        _("We have your answer."),
    )


GIVER = Placeholder("devreden", _l("who handed the invitation over"))


def placeholders(kind: LetterKind) -> tuple[Placeholder, ...]:
    """Return the placeholders that a kind of letter knows."""
    return (*PLACEHOLDERS, GIVER) if kind is LetterKind.HANDOVER else PLACEHOLDERS


SHIPPED: dict[LetterKind, Callable[[], Words]] = {
    LetterKind.INVITATION: _invitation,
    LetterKind.REMINDER: _reminder,
    LetterKind.CHANGE: _change,
    LetterKind.CANCELLATION: _cancellation,
    LetterKind.NAMES: _names,
    LetterKind.EVE: _eve,
    LetterKind.RECEIPT: _receipt,
    LetterKind.MOVED_UP: _moved_up,
    LetterKind.HANDOVER: _handover,
    LetterKind.WITHDRAWAL: _withdrawal,
}

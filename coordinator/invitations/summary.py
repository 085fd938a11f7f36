"""What was understood of an answer, in the language in force, as the organisation reads it."""

from dataclasses import dataclass

from flask_babel import LazyString, gettext, ngettext
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from coordinator.i18n import language
from coordinator.invitations import queries
from coordinator.invitations.models import WANTING, AccessNeed, Invitation, RsvpAnswer
from coordinator.reachability import masked_name

OURS: dict[RsvpAnswer, LazyString] = {
    RsvpAnswer.YES: _l("We will come"),
    RsvpAnswer.DEPUTY: _l("We will send a deputy"),
    RsvpAnswer.MAYBE: _l("Not yet known"),
    RsvpAnswer.NO: _l("We cannot come"),
}
"""The answers that an organisation chooses from, as it gives them."""

GIVEN = {**OURS, RsvpAnswer.WAITING: _l("We are on the waiting list")}
"""The answers as they may stand."""

UNDERSTOOD: dict[RsvpAnswer, LazyString] = {
    RsvpAnswer.YES: _l("You will come"),
    RsvpAnswer.DEPUTY: _l("You will send a deputy"),
    RsvpAnswer.WAITING: _l("You are on the waiting list"),
    RsvpAnswer.MAYBE: _l("You do not know yet"),
    RsvpAnswer.NO: _l("You cannot come"),
    RsvpAnswer.NONE: _l("No answer"),
}


@dataclass(frozen=True)
class Summary:
    """The answer in words, and pairs of a word and what belongs to it."""

    answer: str
    details: list[tuple[str, str]]


def summary(invitation: Invitation, *, masked: bool = False) -> Summary:
    """Return what the branch has understood; `masked` for a page that may be in other hands."""
    details = []
    if place := queries.place_in_queue(invitation):
        details.append((_("Your turn"), queue_line(place)))
    if invitation.answer in WANTING:
        details.append((_("Who comes"), people_line(invitation, masked=masked)))
    if invitation.attend_mode is not None:
        details.append((_("How"), str(invitation.attend_mode.word)))
    if needs := number_of_needs(invitation) if masked else needs_line(invitation):
        details.append((_("We will prepare"), needs))
    if invitation.needs_note and not masked:
        details.append((_("More about it"), invitation.needs_note))
    if invitation.note:
        note = _("kept") if masked else " ".join(invitation.note.split())
        details.append((_("Your note"), note))
    return Summary(str(UNDERSTOOD[invitation.answer]), details)


def standing(invitation: Invitation) -> str:
    """Say in one masked line what is answered now; nothing before there is an answer."""
    if invitation.answer is RsvpAnswer.NONE:
        return ""
    parts = [str(UNDERSTOOD[invitation.answer])]
    if place := queries.place_in_queue(invitation):
        parts.append(queue_line(place))
    if invitation.answer in WANTING:
        parts.append(people_line(invitation, masked=True))
    return ", ".join(parts)


def queue_line(place: int) -> str:
    """Say how many organisations come before."""
    if place == 1:
        return _("first in the queue")
    return ngettext(
        "one organisation is before you", "%(num)s organisations are before you", place - 1
    )


def people_line(invitation: Invitation, *, masked: bool = False) -> str:
    """Nermin Su and Hale Ay; or the number, as far as names are still missing."""
    names = [masked_name(name) if masked else str(name) for name in invitation.attendee_names]
    missing = invitation.people - len(names)
    if missing > 0 and names:
        names.append(ngettext("one more person", "%(num)s more people", missing))
    line = joined(names) or ngettext("one person", "%(num)s people", invitation.people)
    return _("%(people)s; the names follow", people=line) if invitation.names_later else line


def number_of_needs(invitation: Invitation) -> str:
    """Say how many services are stored, and not which; nothing where there are none."""
    number = len(invitation.access_needs)
    return ngettext("one service", "%(num)s services", number) if number else ""


def needs_line(invitation: Invitation) -> str:
    """Sign language interpreter, childcare (3)."""
    wanted, numbers = set(invitation.access_needs), invitation.need_numbers
    parts = []
    for need in AccessNeed:
        if need.value in wanted:
            number = numbers.get(need.value)
            parts.append(lowered(str(need.word)) + (f" ({number})" if number else ""))
    return ", ".join(parts)


def joined(parts: list[str]) -> str:
    """Return a, b and c."""
    if len(parts) < 2:
        return "".join(parts)
    return gettext("%(first)s and %(last)s", first=", ".join(parts[:-1]), last=parts[-1])


def lowered(word: str) -> str:
    """Return a word as it stands inside a sentence."""
    first = {"İ": "i", "I": "ı"} if language() == "tr" else {}
    return first.get(word[:1], word[:1].lower()) + word[1:]

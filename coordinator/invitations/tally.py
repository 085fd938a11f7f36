"""The sentence above the list: how many answered, who comes, what is to be ordered, until when."""

from dataclasses import dataclass

from flask_babel import gettext as _
from flask_babel import ngettext

from coordinator import clock
from coordinator.i18n import number, suffix
from coordinator.invitations.models import RsvpAnswer
from coordinator.invitations.occasion import deadline_of
from coordinator.invitations.permissions import CALLED_OFF, names_closed
from coordinator.invitations.queries import Totals, needs_of, takes_seats
from coordinator.invitations.queries.lines import Line
from coordinator.invitations.summary import lowered
from coordinator.meetings.models import Meeting

Part = tuple[int, str, str, str, RsvpAnswer]


@dataclass(frozen=True)
class Tally:
    """What the list comes to, in words and as parts of the bar."""

    sentence: str
    orders: str
    deadline: str
    parts: list[Part]
    letters: int
    still_open: int
    progress: str


def tally_of(meeting: Meeting, totals: Totals, lines: list[Line]) -> Tally:
    """Put the totals of a list into words."""
    letters = sum(line.post.letters for line in lines)
    still_open = sum(line.post.still_open for line in lines)
    return Tally(
        sentence=sentence_of(meeting, totals, _seated(meeting, lines)),
        orders="" if names_closed(meeting) else _orders(lines),
        deadline="" if meeting.status in CALLED_OFF else _deadline(meeting),
        parts=bar_of(totals),
        letters=letters,
        still_open=still_open,
        progress=_(
            "%(done)s of %(total)s letters have gone out",
            total=number(letters),
            done=suffix(letters - still_open, "poss"),
        ),
    )


def bar_of(totals: Totals) -> list[Part]:
    """Return the parts of the bar: how many gave each answer."""
    return [
        (getattr(totals, one.value), lowered(str(one.word)), one.shape, one.tone, one)
        for one in RsvpAnswer
        if one is not RsvpAnswer.WAITING or totals.waiting
    ]


def _seated(meeting: Meeting, lines: list[Line]) -> int:
    """Return how many places of the room are taken."""
    coming = (line for line in lines if line.is_coming)
    return sum(takes_seats(meeting, line.people, line.mode) for line in coming)


def sentence_of(meeting: Meeting, totals: Totals, seated: int) -> str:
    """Say who answered, who comes and how many places are left; `seated` places are taken."""
    if not totals.invited:
        return _("Nobody has been invited yet.")
    answered = _(
        "%(answered)s of %(invited)s invitees have answered.",
        invited=number(totals.invited),
        answered=suffix(totals.answered, "poss"),
    )
    if meeting.status in CALLED_OFF:
        would = ngettext(
            "One person would have come.", "%(num)s people would have come.", totals.people
        ) if totals.people else ""  # fmt: skip
        return " ".join(filter(None, (answered, would)))
    coming = ngettext(
        "One person is coming.", "%(num)s people are coming.", totals.people
    ) if totals.people else _("Nobody is coming yet.")  # fmt: skip
    waiting = ngettext(
        "One person is on the waiting list.",
        "%(num)s people are on the waiting list.",
        totals.people_waiting,
    ) if totals.people_waiting else ""  # fmt: skip
    return " ".join(filter(None, (answered, _with_room(meeting, seated, coming), waiting)))


def _with_room(meeting: Meeting, people: int, coming: str) -> str:
    if not meeting.capacity or not people:
        return coming
    free = meeting.capacity - people
    if free < 0:
        room = ngettext("one place is missing", "%(num)s places are missing", -free)
    else:
        room = ngettext("one place is free", "%(num)s places are free", free)
    return _("%(coming)s In the room %(room)s.", coming=coming, room=room)


def _deadline(meeting: Meeting) -> str:
    left = (meeting.rsvp_deadline - clock.today()).days
    day = deadline_of(meeting)
    if left < 0:
        return _("The last day to answer was %(day)s.", day=day)
    if left == 0:
        return _("The last day to answer is today, %(day)s.", day=day)
    return ngettext(
        "The last day to answer is %(day)s, one day is left.",
        "The last day to answer is %(day)s, %(num)s days are left.",
        left,
        day=day,
    )


def _orders(lines: list[Line]) -> str:
    wanted = needs_of((line.needs, line.numbers) for line in lines if line.is_coming)
    if not wanted:
        return ""
    items = ", ".join(f"{lowered(str(need.word))} {count}" for need, count in wanted)
    return _("To be ordered: %(items)s.", items=items)

"""To whom a reminder would go now: read once for all reminders of a meeting."""

from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from flask_babel import force_locale

from coordinator.bookings import queries as bookings
from coordinator.bookings.models import BookingState
from coordinator.invitations import queries as invitations
from coordinator.invitations.emails import key
from coordinator.invitations.models import (
    COMING,
    AccessNeed,
    Invitation,
    LetterKind,
    RsvpAnswer,
)
from coordinator.invitations.operations.composing import Target
from coordinator.invitations.queries.holders import Holder, holders
from coordinator.invitations.queries.pause import written_lately
from coordinator.invitations.queries.reach import reach
from coordinator.meetings.models import Meeting
from coordinator.optouts.queries import standing
from coordinator.registry.queries import recipients
from coordinator.reminders import queries
from coordinator.reminders.models import Aim
from coordinator.wording import many_lines, one_line

LETTERS = {
    Aim.SILENT: LetterKind.REMINDER,
    Aim.NAMES: LetterKind.NAMES,
    Aim.COMING: LetterKind.EVE,
}
READY = (BookingState.ORDERED, BookingState.CONFIRMED)


@dataclass
class Audience:
    """Who of one reminder gets it now, and who was written to so lately that they wait."""

    targets: list[Target] = field(default_factory=list)
    paused: list[Target] = field(default_factory=list)

    @property
    def organizations(self) -> int:
        return len({one.invitation.id for one in self.targets})


@dataclass
class Unwritten:
    """The organisations that come and are not written to."""

    on_hold: list[str] = field(default_factory=list)
    without_address: list[str] = field(default_factory=list)


class Crowd:
    """Everybody invited to a meeting, as reminders see them."""

    def __init__(self, meeting: Meeting) -> None:
        self.meeting = meeting
        found = invitations.of_meeting(meeting.id)
        self.invited = [one for one in found if one.invited_at is not None]

    def audience(self, aim: Aim, round_: str) -> Audience:
        """Return who gets a reminder with that aim now; without those who have it already."""
        wanted, more = AIMED[aim]
        targets = [
            Target(
                invitation=one,
                recipient=holder.recipient,
                more=more(self, one, holder.recipient.language),
                handover_id=holder.handover_id,
            )
            for one in self.invited
            if wanted(one)
            for holder in self._people(one, aim)
            if key(LETTERS[aim].value, one.id, holder.recipient.address, round_) not in self.keys
        ]
        return self._with_pause(aim, targets)

    def _people(self, invitation: Invitation, aim: Aim) -> list[Holder]:
        """Who holds the invitation; who comes and holds no letter is reached as ever."""
        people = self.holders[invitation.id]
        if aim is Aim.COMING:
            return people or self.others.get(invitation.organization_id, [])
        return [one for one in people if one.recipient.address.lower() not in self.opted_out]

    def _with_pause(self, aim: Aim, targets: list[Target]) -> Audience:
        """Keep back whom we wrote to within a day; the letter of the day before must go."""
        lately = self.eve_lately if aim is Aim.COMING else self.lately
        found = Audience()
        for one in targets:
            kept_back = one.recipient.address in lately
            (found.paused if kept_back else found.targets).append(one)
        return found

    @cached_property
    def holders(self) -> dict[int, list[Holder]]:
        return holders([one.id for one in self.invited])

    @cached_property
    def others(self) -> dict[int, list[Holder]]:
        """Whom to write to of those who come though no letter reached them."""
        without = [one for one in self.invited if _comes(one) and not self.holders[one.id]]
        found = recipients([one.organization_id for one in without])
        return {number: [Holder(one) for one in people] for number, people in found.items()}

    @cached_property
    def unwritten(self) -> Unwritten:
        """Who comes and gets no letter, by what keeps it away."""
        without = [one for one in self.invited if _comes(one) and not self._people(one, Aim.COMING)]
        ways = reach(one.organization_id for one in without) if without else {}
        found = Unwritten()
        for one in without:
            on_hold = ways[one.organization_id].is_on_hold
            (found.on_hold if on_hold else found.without_address).append(one.name)
        return found

    @cached_property
    def opted_out(self) -> Collection[str]:
        """The addresses, small, whose owners want no round letters."""
        return standing([one.recipient.address for some in self.holders.values() for one in some])

    @cached_property
    def keys(self) -> Collection[str]:
        """The keys of all letters of the meeting."""
        return invitations.written_letters(self.meeting.id).keys

    @cached_property
    def lately(self) -> set[str]:
        return written_lately()

    @cached_property
    def eve_lately(self) -> set[str]:
        return queries.eve_lately(self.meeting.id)

    @cached_property
    def prepared(self) -> set[AccessNeed]:
        """The services that were ordered for the meeting."""
        found = bookings.prepared(self.meeting)
        return {need for need, state in found.items() if state in READY}


def _is_silent(invitation: Invitation) -> bool:
    return invitation.answer is RsvpAnswer.NONE


def _comes(invitation: Invitation) -> bool:
    return invitation.answer in COMING


def _lacks_names(invitation: Invitation) -> bool:
    return _comes(invitation) and len(invitation.attendee_names) < invitation.people


def _nothing_more(_crowd: Crowd, _invitation: Invitation, _language: str) -> dict[str, Any]:
    return {}


def _number(_crowd: Crowd, invitation: Invitation, _language: str) -> dict[str, Any]:
    return {"people": invitation.people, "names": len(invitation.attendee_names)}


def _eve(crowd: Crowd, invitation: Invitation, language: str) -> dict[str, Any]:
    """What the letter of the day before says to one organisation alone."""
    ready = [one for one in AccessNeed if one in crowd.prepared]
    with force_locale(language):
        services = [str(one.word) for one in ready if one.value in invitation.access_needs]
    return {
        "people": invitation.people,
        "names": [one_line(str(name)) for name in invitation.attendee_names],
        "services": services,
        "directions": many_lines(crowd.meeting.directions or ""),
    }


More = Callable[[Crowd, Invitation, str], dict[str, Any]]
AIMED: dict[Aim, tuple[Callable[[Invitation], bool], More]] = {
    Aim.SILENT: (_is_silent, _nothing_more),
    Aim.NAMES: (_lacks_names, _number),
    Aim.COMING: (_comes, _eve),
}

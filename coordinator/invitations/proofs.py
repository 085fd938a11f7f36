"""The letters of a round before they are written down: nothing here changes the database."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from coordinator.i18n import LANGUAGES
from coordinator.institution import queries as institution
from coordinator.invitations import queries
from coordinator.invitations.distribution import in_order
from coordinator.invitations.emails import Envelope, Writer
from coordinator.invitations.models import Invitation, LetterKind
from coordinator.invitations.oddities import oddities
from coordinator.invitations.oddity import Oddity
from coordinator.invitations.queries.addressees import Reached, reached
from coordinator.invitations.queries.reach import Reach, reach
from coordinator.invitations.signals import Asked, blocks_for
from coordinator.letters import Letter
from coordinator.links import absolute
from coordinator.meetings.models import Meeting
from coordinator.registry.queries import Recipient


@dataclass(frozen=True)
class Round:
    """Who is chosen: in the order of the distribution, each with how it is reached."""

    chosen: list[tuple[Invitation, Reached]]
    oddities: list[Oddity]
    ways: Mapping[int, Reach] = field(default_factory=dict)
    """By what those can be reached to whom nothing goes, by organisation."""

    @property
    def letters(self) -> list[tuple[Invitation, Recipient]]:
        return [(one, recipient) for one, people in self.chosen for recipient in people.letters]

    @property
    def reached(self) -> list[Invitation]:
        """Those to whom a letter goes by e-mail."""
        return [one for one, people in self.chosen if people.letters]

    @property
    def to_bring(self) -> list[Invitation]:
        """Those to whom somebody brings it, or an official letter goes."""
        return [one for one, people in self.chosen if people.is_to_bring]

    @property
    def to_call(self) -> list[Invitation]:
        """Those who can only be phoned."""
        return [one for one in self._nothing_goes_to if self.ways[one.organization_id].has_phone]

    @property
    def lost(self) -> list[Invitation]:
        """Those whom nothing reaches: neither a phone number, nor an address that letters go to."""
        return [one for one in self._nothing_goes_to if self.ways[one.organization_id].no_way]

    @property
    def left_out(self) -> list[Invitation]:
        """Those without a phone number who could be written to, and are not."""
        return [one for one in self._nothing_goes_to if self.ways[one.organization_id].only_by_mail]

    @property
    def _nothing_goes_to(self) -> list[Invitation]:
        return [one for one, people in self.chosen if people.is_to_call]

    @property
    def places(self) -> dict[int, int]:
        """The place of each invitation's first letter, counted from one."""
        found: dict[int, int] = {}
        for place, (one, _recipient) in enumerate(self.letters, 1):
            found.setdefault(one.id, place)
        return found


def round_of(meeting: Meeting, *, with_oddities: bool = True) -> Round:
    """Return the round of all that are chosen and not yet invited."""
    chosen = in_order(queries.chosen(meeting.id))
    people = reached(chosen)
    pairs = [(one, people[one.id]) for one in chosen]
    if not with_oddities or not pairs:
        return Round(pairs, [])
    silent = [one.organization_id for one, some in pairs if some.is_to_call]
    ways = reach(silent) if silent else {}
    return Round(pairs, oddities(meeting, pairs, ways), ways)


def proof(meeting: Meeting, round_: Round, place: int, language: str = "") -> Letter:
    """Return the letter as it will arrive, but for the personal link; or in another language."""
    invitation, recipient = round_.letters[place]
    if language in LANGUAGES:
        recipient = replace(recipient, language=language)
    asked = Asked(
        invitation_id=invitation.id,
        organization_id=invitation.organization_id,
        contact_id=recipient.contact_id,
        language=recipient.language,
        sample=True,
    )
    envelope = Envelope(
        recipient=recipient,
        organization_name=invitation.organization.name,
        url=absolute("invitations.example"),
        blocks=blocks_for(meeting, [asked])[0],
        seats=invitation.seats,
    )
    return Writer(meeting, institution.current()).write(LetterKind.INVITATION, envelope)

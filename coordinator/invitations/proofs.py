"""The letters of a round before they are written down: nothing here changes the database."""

from collections import Counter
from dataclasses import dataclass
from typing import Any

from flask import current_app
from flask_babel import gettext as _
from flask_babel import ngettext

from coordinator import clock
from coordinator.institution import queries as institution
from coordinator.invitations import queries
from coordinator.invitations.emails import Envelope, Writer
from coordinator.invitations.models import Invitation, LetterKind
from coordinator.invitations.occasion import deadline_of
from coordinator.invitations.signals import Asked, blocks_for
from coordinator.letters import Letter
from coordinator.links import absolute
from coordinator.meetings.models import Meeting
from coordinator.registry.queries import Recipient, recipients


@dataclass(frozen=True)
class Round:
    """Who is chosen: with whom each organisation is reached, and who has to be phoned."""

    reached: list[tuple[Invitation, list[Recipient]]]
    to_call: list[Invitation]
    oddities: list[str]

    @property
    def letters(self) -> list[tuple[Invitation, Recipient]]:
        return [(invitation, one) for invitation, people in self.reached for one in people]


def round_of(meeting: Meeting) -> Round:
    """Return the round of all that are chosen and not yet invited."""
    chosen = queries.chosen(meeting.id)
    people = recipients([one.organization_id for one in chosen])
    reached = [(one, people[one.organization_id]) for one in chosen if people[one.organization_id]]
    to_call = [one for one in chosen if not people[one.organization_id]]
    return Round(reached, to_call, _oddities(meeting, reached, to_call))


def proof(meeting: Meeting, round_: Round, place: int) -> Letter:
    """Return the letter as it will arrive, but for the personal link."""
    invitation, recipient = round_.letters[place]
    app: Any = current_app._get_current_object()  # type: ignore[attr-defined]
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
        blocks=blocks_for(app, meeting, [asked])[0],
    )
    return Writer(meeting, institution.current()).write(LetterKind.INVITATION, envelope)


def _oddities(
    meeting: Meeting,
    reached: list[tuple[Invitation, list[Recipient]]],
    to_call: list[Invitation],
) -> list[str]:
    """Return what staff may want to look at before they send; none of it stops them."""
    odd = []
    if clock.now() >= meeting.starts_at:
        odd.append(_("The meeting has already begun."))
    if clock.today() > meeting.rsvp_deadline:
        odd.append(_("The last day to answer, %(day)s, has passed.", day=deadline_of(meeting)))
    times = Counter(one.address for _invitation, people in reached for one in people)
    for address, number in sorted(times.items()):
        if number > 1:
            odd.append(
                _(
                    "%(address)s gets %(number)s letters, for %(number)s organisations.",
                    address=address,
                    number=number,
                )
            )
    if to_call:
        odd.append(
            ngettext(
                "One organisation has no e-mail address and has to be phoned.",
                "%(num)s organisations have no e-mail address and have to be phoned.",
                len(to_call),
            )
        )
    return odd

"""What was written to one organisation about one meeting, and by which links it is answered."""

from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import defer, joinedload, selectinload

from coordinator import links
from coordinator.extensions import db
from coordinator.invitations.models import Addressee, Invitation, InvitationLetter
from coordinator.links import PersonalLink
from coordinator.outbox.models import OutboxLetter
from coordinator.states import Shown


@dataclass(frozen=True)
class Opening:
    """A link to the answer page: whose it is, by what it came, and whether it opens."""

    link: PersonalLink
    name: str
    address: str
    brought_by: Shown
    """The kind of its letter, or the way in which it was brought."""

    @property
    def is_open(self) -> bool:
        return links.is_open(self.link)

    @property
    def is_revoked(self) -> bool:
        return self.link.revoked_at is not None


def letters_to(invitation: Invitation) -> list[InvitationLetter]:
    """Return the letters of an invitation with every attempt and their links, oldest first."""
    asked = (
        sa.select(InvitationLetter)
        .where(InvitationLetter.invitation_id == invitation.id)
        .options(
            joinedload(InvitationLetter.letter).options(
                defer(OutboxLetter.text), defer(OutboxLetter.html), defer(OutboxLetter.calendar),
                selectinload(OutboxLetter.tries),
            ),
            joinedload(InvitationLetter.link),
            joinedload(InvitationLetter.contact),
        )
        .order_by(InvitationLetter.id)
    )  # fmt: skip
    return list(db.session.scalars(asked))


def letter_to(invitation: Invitation, number: int) -> InvitationLetter | None:
    """Return one letter of the invitation."""
    asked = sa.select(InvitationLetter).where(
        InvitationLetter.id == number, InvitationLetter.invitation_id == invitation.id
    )
    return db.session.scalar(asked.options(joinedload(InvitationLetter.letter)))


def openings(letters: list[InvitationLetter], addressees: list[Addressee]) -> list[Opening]:
    """Return every link of an invitation once, the newest first."""
    found: dict[int, Opening] = {}
    for row in addressees:
        if row.link is not None:
            name = row.contact.full_name if row.contact else row.invitation.organization.name
            found[row.link.id] = Opening(row.link, name, "", row.channel)
    for one in letters:
        if one.link is not None and one.link.id not in found:
            found[one.link.id] = Opening(
                one.link, one.letter.to_name, one.letter.to_address, one.kind
            )
    return [found[number] for number in sorted(found, reverse=True)]

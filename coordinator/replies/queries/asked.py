"""Who was asked by an invitation, and which invitation a message is probably about."""

from collections.abc import Mapping
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import contains_eager, joinedload

from coordinator import clock, turkish
from coordinator.extensions import db
from coordinator.inbox.models import InboxMessage, MessageKind
from coordinator.invitations.models import Invitation, InvitationLetter
from coordinator.invitations.queries.holders import ASKING
from coordinator.links import PersonalLink
from coordinator.meetings.models import Meeting, MeetingStatus
from coordinator.outbox.models import WENT_OUT, OutboxLetter
from coordinator.outbox.queries import perhaps_arrived
from coordinator.records import is_public_id
from coordinator.registry.models import Contact, Organization
from coordinator.registry.queries import Recipient, active_contact, stands

ANSWERED = "answered"
"""The outcome of a calendar answer that became the organisation's."""
PARTLY = "partly"
"""The same, though it was refused for a further organisation of that address."""
ENOUGH = 20
ANSWERABLE = (MeetingStatus.PLANNED, MeetingStatus.INVITED)


@dataclass(frozen=True)
class Asked:
    """Somebody who may answer for the organisation, and the link that they were sent."""

    recipient: Recipient
    link: PersonalLink | None = None


def invitation_letter(letter: OutboxLetter | None) -> InvitationLetter | None:
    """Return which invitation's letter this is, with its meeting and organisation."""
    if letter is None:
        return None
    return db.session.scalar(_whole().where(InvitationLetter.letter_id == letter.id))


def letters_at(meeting: str, address: str) -> list[InvitationLetter]:
    """Return by which letter each organisation was asked to a meeting at one address.

    Only letters that ask, and that may have arrived; those whose links to that address were all
    ended are left out.
    """
    rows = db.session.scalars(
        _whole()
        .join(OutboxLetter, OutboxLetter.id == InvitationLetter.letter_id)
        .join(Invitation, Invitation.id == InvitationLetter.invitation_id)
        .join(Meeting, Meeting.id == Invitation.meeting_id)
        .join(PersonalLink, PersonalLink.id == InvitationLetter.link_id)
        .where(
            Meeting.public_id == meeting,
            sa.func.lower(OutboxLetter.to_address) == address.lower(),
            InvitationLetter.kind.in_(ASKING),
            PersonalLink.revoked_at.is_(None),
            stands(Invitation.organization_id),
        )
        .order_by(InvitationLetter.id)
    ).all()
    perhaps = perhaps_arrived(one.letter_id for one in rows if one.letter.state not in WENT_OUT)
    found: dict[int, InvitationLetter] = {}
    for one in rows:
        if one.letter.state in WENT_OUT or one.letter_id in perhaps:
            found.setdefault(one.invitation_id, one)
    return list(found.values())


def _whole() -> sa.Select[InvitationLetter]:
    return sa.select(InvitationLetter).options(
        joinedload(InvitationLetter.letter),
        joinedload(InvitationLetter.link),
        joinedload(InvitationLetter.contact),
        joinedload(InvitationLetter.invitation).options(
            joinedload(Invitation.meeting).joinedload(Meeting.window),
            joinedload(Invitation.organization),
        ),
    )


def links_to(own: InvitationLetter) -> list[PersonalLink]:
    """Return the links that the letter's recipient was sent for the invitation, oldest first.

    Answers of a calendar come by the first letter for good, whatever became of its own link.
    """
    return list(
        db.session.scalars(
            sa.select(PersonalLink)
            .join(InvitationLetter, InvitationLetter.link_id == PersonalLink.id)
            .join(OutboxLetter, OutboxLetter.id == InvitationLetter.letter_id)
            .where(
                InvitationLetter.invitation_id == own.invitation_id,
                sa.func.lower(OutboxLetter.to_address) == own.letter.to_address.lower(),
            )
            .order_by(InvitationLetter.id)
        )
    )


def open_link_to(own: InvitationLetter) -> PersonalLink | None:
    """Return the newest of these links that was not ended."""
    found = [one for one in links_to(own) if one.revoked_at is None]
    return found[-1] if found else None


def asked_of(invitation: Invitation) -> Mapping[str, Asked]:
    """Return by address who may answer: the contacts, the organisation, those it was handed to.

    Whoever is no longer a contact is not among them, nor is an address that was given up.
    """
    asked = {one.address: Asked(one) for one in _theirs(invitation.organization)}
    rows = db.session.execute(
        sa.select(InvitationLetter, OutboxLetter)
        .join(OutboxLetter, OutboxLetter.id == InvitationLetter.letter_id)
        .where(InvitationLetter.invitation_id == invitation.id)
        .options(joinedload(InvitationLetter.link))
        .order_by(InvitationLetter.id)
    )
    for one, letter in rows:
        address = letter.to_address.lower()
        is_open = one.link is not None and one.link.revoked_at is None
        handed = one.handed_by_id is not None and is_open
        if address in asked or handed:
            name = Recipient(letter.to_name, address, letter.language, one.contact_id)
            known = asked.get(address)
            asked[address] = Asked(name, one.link if is_open else known.link if known else None)
    return asked


def _theirs(organization: Organization) -> list[Recipient]:
    people = db.session.execute(
        sa.select(Contact.full_name, Contact.email, Contact.preferred_language, Contact.id)
        .where(Contact.organization_id == organization.id, Contact.email != "", active_contact())
        .order_by(Contact.id)
    )
    found = [
        Recipient(name, address.lower(), language, number)
        for name, address, language, number in people
    ]
    own = db.session.execute(
        sa.select(Organization.name, Organization.email).where(
            sa.or_(
                Organization.id == organization.id,
                Organization.merged_into_id == organization.id,
            ),
            Organization.email != "",
        )
    )
    found += [Recipient(name, address.lower(), "tr", None) for name, address in own]
    return found


def letter_for(invitation: Invitation, address: str) -> OutboxLetter | None:
    """Return the invitation's letter to that address; without one, its first letter."""
    rows = db.session.scalars(
        sa.select(OutboxLetter)
        .join(InvitationLetter, InvitationLetter.letter_id == OutboxLetter.id)
        .where(InvitationLetter.invitation_id == invitation.id)
        .order_by(InvitationLetter.id)
    ).all()
    theirs = [one for one in rows if one.to_address.lower() == address.lower()]
    return next(iter([*theirs, *rows]), None)


def last_calendar_answer(invitation: Invitation) -> InboxMessage | None:
    """Return the calendar answer that last became the invitation's."""
    return db.session.scalar(
        sa.select(InboxMessage)
        .join(InvitationLetter, InvitationLetter.letter_id == InboxMessage.letter_id)
        .where(
            InvitationLetter.invitation_id == invitation.id,
            InboxMessage.kind == MessageKind.ANSWER,
            InboxMessage.outcome.in_([ANSWERED, PARTLY]),
        )
        .order_by(InboxMessage.id.desc())
        .limit(1)
    )


def likely(message: InboxMessage) -> list[Invitation]:
    """Return the invitations that a message is probably about, the likeliest first.

    Those for which alone its answer was refused; that of its letter; else those of the
    organisations that the sender's address belongs to, to the meeting that a calendar answer
    names or to those that can be answered.
    """
    if message.outcome == PARTLY:
        refused = [str(one["invitation"]) for one in message.details["not_for"]]
        return _open_invitations(Invitation.public_id.in_(refused), "")
    own = invitation_letter(message.letter)
    if own is not None:
        return [own.invitation]
    said = (message.sender_address, str(message.details.get("address") or ""))
    senders = {one.lower() for one in said if one}
    if not senders:
        return []
    named = str(message.details.get("meeting") or "")
    meeting = named if is_public_id(named) else ""
    return _open_invitations(Organization.id.in_(_organizations_of(senders)), meeting)


def _organizations_of(addresses: set[str]) -> sa.Select[int]:
    people = sa.select(Contact.organization_id).where(
        sa.func.lower(Contact.email).in_(addresses), active_contact()
    )
    own = sa.select(Organization.id).where(sa.func.lower(Organization.email).in_(addresses))
    return sa.select(people.union(own).subquery().c[0])


def found_by_name(text: str) -> list[Invitation]:
    """Return the invitations of organisations with such a name to meetings still to come."""
    key = turkish.search_key(text)
    if not key:
        return []
    return _open_invitations(Organization.search_key.contains(key, autoescape=True), "")


def _open_invitations(where: sa.ColumnElement[bool], meeting: str) -> list[Invitation]:
    asked = (
        sa.select(Invitation)
        .join(Invitation.meeting)
        .join(Invitation.organization)
        .where(
            where,
            Invitation.invited_at.is_not(None),
            stands(Invitation.organization_id),
            Meeting.ends_at > clock.now(),
            Meeting.status.in_(ANSWERABLE),
        )
        .options(
            contains_eager(Invitation.meeting).joinedload(Meeting.window),
            contains_eager(Invitation.organization),
        )
        .order_by(
            (Meeting.public_id == meeting).desc(),
            Meeting.starts_at,
            Organization.sort_key,
            Invitation.id,
        )
        .limit(ENOUGH)
    )
    return list(db.session.scalars(asked))

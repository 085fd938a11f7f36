"""How each organisation is reached: by which letters, and what somebody brings by hand."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from coordinator.extensions import db
from coordinator.invitations.models import Addressee, Invitation
from coordinator.outbox.queries import held
from coordinator.registry.models import Channel, Contact
from coordinator.registry.queries import Recipient, recipients

AT_ONCE = 5000
BROUGHT = (Channel.EBYS, Channel.POST, Channel.BY_HAND)
"""Channels by which the invitation goes on paper or by the official system."""


@dataclass(frozen=True, slots=True)
class Reached:
    """Who of an organisation gets a letter, and who is reached in another way."""

    letters: list[Recipient] = field(default_factory=list)
    others: list[Addressee] = field(default_factory=list)
    lost: list[Addressee] = field(default_factory=list)
    """Chosen for e-mail, but without an address that letters go to."""

    @property
    def is_to_call(self) -> bool:
        """Is the phone the only way left?"""
        return not self.letters and not self.is_to_bring

    @property
    def is_to_bring(self) -> bool:
        """Does a letter on paper, or an official one, go to them?"""
        return any(one.channel in BROUGHT for one in self.others)


def reached(invitations: Collection[Invitation]) -> dict[int, Reached]:
    """Return how each invitation's organisation is reached; as many questions for any number.

    Whom staff chose for e-mail gets the letters; where they chose nobody, those who are written
    to anyway.
    """
    rows = of_invitations(one.id for one in invitations)
    own = [one for one in invitations if not _is_chosen(one, rows.get(one.id, []))]
    usual = recipients([one.organization_id for one in own]) if own else {}
    by_itself = {one.id for one in own}
    on_hold = held(_address(one) for some in rows.values() for one in some)
    found = {}
    for one in invitations:
        mine = rows.get(one.id, [])
        written = [row for row in mine if row.channel is Channel.EMAIL]
        letters = (
            list(usual.get(one.organization_id, ()))
            if one.id in by_itself
            else _recipients(row for row in written if _is_written_to(row, on_hold))
        )
        found[one.id] = Reached(
            letters,
            [row for row in mine if row.channel is not Channel.EMAIL],
            [row for row in written if not _is_written_to(row, on_hold)],
        )
    return found


def of_invitations(invitation_ids: Iterable[int]) -> dict[int, list[Addressee]]:
    """Return the addressees that were chosen for each of these invitations."""
    ids = list(invitation_ids)
    found: dict[int, list[Addressee]] = defaultdict(list)
    for start in range(0, len(ids), AT_ONCE):
        asked = (
            sa.select(Addressee)
            .where(Addressee.invitation_id.in_(ids[start : start + AT_ONCE]))
            .options(
                joinedload(Addressee.contact),
                joinedload(Addressee.link),
                joinedload(Addressee.invitation).joinedload(Invitation.organization),
            )
            .order_by(Addressee.id)
        )
        for row in db.session.scalars(asked):
            found[row.invitation_id].append(row)
    return found


def addressee(invitation: Invitation, number: int) -> Addressee | None:
    """Return an addressee of that invitation."""
    asked = sa.select(Addressee).where(
        Addressee.id == number, Addressee.invitation_id == invitation.id
    )
    return db.session.scalar(asked)


def on_paper(meeting_id: int) -> list[Addressee]:
    """Return to whom of a meeting's invitees the invitation is brought, in Turkish order."""
    asked = (
        sa.select(Addressee)
        .join(Addressee.invitation)
        .join(Invitation.organization)
        .where(
            Invitation.meeting_id == meeting_id,
            Invitation.invited_at.is_not(None),
            Addressee.channel.in_(BROUGHT),
        )
        .options(
            joinedload(Addressee.contact),
            joinedload(Addressee.link),
            joinedload(Addressee.invitation).joinedload(Invitation.organization),
        )
    )
    rows = list(db.session.scalars(asked))
    return sorted(rows, key=lambda row: (row.invitation.organization.sort_key, row.id))


def _is_chosen(invitation: Invitation, rows: Collection[Addressee]) -> bool:
    """Did staff choose who gets it, rather than add a further way after it had gone out?"""
    sent = invitation.invited_at
    return any(
        row.channel is Channel.EMAIL or sent is None or row.created_at <= sent for row in rows
    )


def _address(row: Addressee) -> str:
    return row.contact.email if row.contact else row.invitation.organization.email


def _is_written_to(row: Addressee, on_hold: Collection[str]) -> bool:
    gone = row.contact is not None and not row.contact.is_active
    return bool(_address(row)) and not gone and _address(row) not in on_hold


def _recipients(rows: Iterable[Addressee]) -> list[Recipient]:
    """Return the recipients of these rows; no address twice."""
    found: dict[str, Recipient] = {}
    for row in rows:
        found.setdefault(_address(row), recipient_of(row))
    return list(found.values())


def recipient_of(row: Addressee) -> Recipient:
    """Return the addressee as somebody who reads the invitation, with an address or without."""
    contact: Contact | None = row.contact
    if contact is None:
        one = row.invitation.organization
        return Recipient(one.name, one.email, "tr", None)
    return Recipient(contact.full_name, contact.email, contact.preferred_language, contact.id)

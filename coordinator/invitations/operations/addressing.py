"""To whom of an organisation the invitation goes, in what way, and whether it was brought."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from flask_babel import lazy_gettext as _l
from sqlalchemy.orm import joinedload

from coordinator import clock, links
from coordinator.actors import Actor
from coordinator.audit import operations as audit
from coordinator.errors import RuleBroken
from coordinator.extensions import db
from coordinator.forms import claim
from coordinator.invitations.models import Addressee, Invitation, ListKind
from coordinator.invitations.operations.composing import OPEN_AFTER, PURPOSE
from coordinator.invitations.operations.holding import lock
from coordinator.registry.models import Channel, Contact
from coordinator.wording import one_line


class NoSuchWay(RuleBroken):
    """Somebody without an address cannot be written to."""

    message = _l("There is no e-mail address to write to. Choose another way, or add the address.")


class NotTheirs(RuleBroken):
    """A contact stands for one organisation, and for some time."""

    message = _l("This person is no contact of the organisation any more.")


@dataclass(frozen=True)
class Way:
    """One way in which the invitation goes to somebody; without a contact, to the organisation."""

    contact: Contact | None
    channel: Channel


@dataclass(frozen=True)
class Place:
    """Where an organisation stands in the distribution, and how many people it may send."""

    list_kind: ListKind
    seats: int | None


def address(
    *,
    invitation: Invitation,
    ways: Sequence[Way],
    place: Place,
    opened_version: int | None,
    actor: Actor,
) -> None:
    """Keep to whom and how the invitation goes; without any way, as the organisation is reached.

    Somebody who stays keeps their link and whether it was brought. Raises SavedMeanwhile,
    NoSuchWay, NotTheirs.
    """
    lock(invitation.meeting)
    # A text of the desk adds addressees as well, and holds the invitation only.
    db.session.refresh(invitation, ["version"], with_for_update=True)
    claim(invitation, opened_version)
    for way in ways:
        _refuse(invitation, way)
    _keep(invitation, {way.contact.id if way.contact else None: way.channel for way in ways})
    invitation.list_kind, invitation.seats = place.list_kind, place.seats
    invitation.updated_at = clock.now()
    db.session.flush()
    audit.record(
        "invitation.addressed",
        invitation,
        actor,
        ways=[way.channel.value for way in ways],
        list_kind=place.list_kind.value,
        seats=place.seats,
    )


def mark_brought(*, addressee: Addressee, brought: bool, note: str, actor: Actor) -> None:
    """Note that the invitation was handed over (or after all was not), with who said so."""
    addressee.done_at = clock.now() if brought else None
    addressee.done_by = one_line(actor.name)[:200] if brought else ""
    addressee.note = one_line(note)
    db.session.flush()
    audit.record(
        "invitation.brought" if brought else "invitation.not_brought",
        addressee.invitation,
        actor,
        channel=addressee.channel.value,
    )


def prepare_paper(*, addressees: Sequence[Addressee], actor: Actor) -> dict[int, str]:
    """Return for each addressee the short code that goes on paper, making links where needed."""
    codes: dict[int, str] = {}
    if addressees:
        lock(addressees[0].invitation.meeting)
        _read_links(addressees)
    fresh = [row for row in addressees if row.link is None or not links.is_open(row.link)]
    for row in fresh:
        meeting = row.invitation.meeting
        row.link = links.issue(PURPOSE, row.invitation_id, meeting.ends_at + OPEN_AFTER)
    for row in addressees:
        if row.link is not None:
            codes[row.id] = links.shorten(row.link)
    db.session.flush()
    if addressees:
        meeting = addressees[0].invitation.meeting
        audit.record("invitations.printed", meeting, actor, letters=len(addressees))
    return codes


def _read_links(addressees: Sequence[Addressee]) -> None:
    """Read anew which links stand on paper: somebody else may have made them meanwhile."""
    asked = sa.select(Addressee).where(Addressee.id.in_([row.id for row in addressees]))
    db.session.scalars(
        asked.options(joinedload(Addressee.link)).execution_options(populate_existing=True)
    ).all()


def _refuse(invitation: Invitation, way: Way) -> None:
    field = f"contact_{way.contact.public_id}" if way.contact else "own"
    if way.contact is not None and (
        way.contact.organization_id != invitation.organization_id or not way.contact.is_active
    ):
        raise NotTheirs(field=field)
    email = way.contact.email if way.contact else invitation.organization.email
    if way.channel is Channel.EMAIL and not email:
        raise NoSuchWay(field=field)


def _keep(invitation: Invitation, wanted: Mapping[int | None, Channel]) -> None:
    """Let the rows be those of these contacts, each with its channel."""
    known = {row.contact_id: row for row in _rows(invitation)}
    for contact_id, row in known.items():
        if contact_id not in wanted:
            _end_link(row)
            db.session.delete(row)
    for contact_id, channel in wanted.items():
        if contact_id not in known:
            db.session.add(
                Addressee(invitation_id=invitation.id, contact_id=contact_id, channel=channel)
            )
        elif known[contact_id].channel is not channel:
            row = known[contact_id]
            row.channel, row.done_at, row.done_by = channel, None, ""


def _rows(invitation: Invitation) -> Sequence[Addressee]:
    asked = sa.select(Addressee).where(Addressee.invitation_id == invitation.id)
    return db.session.scalars(asked.order_by(Addressee.id)).all()


def _end_link(row: Addressee) -> None:
    if row.link is not None and row.link.revoked_at is None:
        row.link.revoked_at = clock.now()

"""Who has to be phoned: organisations that no letter reached, and whom to ask for."""

from collections.abc import Iterable
from dataclasses import dataclass, field

import sqlalchemy as sa

from coordinator.extensions import db
from coordinator.invitations.models import Delivery, RsvpAnswer
from coordinator.invitations.queries.lines import Line
from coordinator.registry.models import Channel, Contact, WorkArea, organization_work_area
from coordinator.registry.queries import active_contact

UNREACHED = (Delivery.TO_CALL, Delivery.FAILED, Delivery.BOUNCED)


@dataclass(slots=True)
class Call:
    """An organisation to be phoned, with the people to ask for."""

    line: Line
    people: list[tuple[str, str]] = field(default_factory=list)
    new_address: bool = False
    """Has an address been put right, to which no letter has gone yet?"""


def calls(lines: Iterable[Line]) -> list[Call]:
    """Return the phone list; one question for all contacts."""
    found = {
        line.organization_id: Call(line)
        for line in lines
        if line.delivery in UNREACHED and line.answer is RsvpAnswer.NONE
    }
    if not found:
        return []
    written: dict[int, list[str]] = {}
    rows = db.session.execute(
        sa.select(
            Contact.organization_id,
            Contact.full_name,
            Contact.phone,
            Contact.email,
            Contact.preferred_channel,
        )
        .where(Contact.organization_id.in_(found), active_contact())
        .order_by(Contact.is_primary.desc(), Contact.sort_key, Contact.id)
    )
    for organization_id, name, phone, email, channel in rows:
        found[organization_id].people.append((name, phone))
        if email and channel is Channel.EMAIL:
            written.setdefault(organization_id, []).append(email)
    for organization_id, call in found.items():
        own = [call.line.email] if call.line.email else []
        wanted = written.get(organization_id, own)
        call.new_address = bool(set(wanted) - call.line.post.written_to)
    return list(found.values())


def in_area(code: str) -> set[int] | None:
    """Return the organisations that work in a field; None where no field is asked for."""
    if not code:
        return None
    return set(
        db.session.scalars(
            sa.select(organization_work_area.c.organization_id)
            .join(WorkArea, WorkArea.id == organization_work_area.c.work_area_id)
            .where(WorkArea.code == code)
        )
    )

"""The lines that staff wrote themselves: calls, visits, messages, notes."""

import sqlalchemy as sa
from flask import url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy.orm import joinedload

from coordinator.extensions import db
from coordinator.history.models import Encounter, EncounterKind
from coordinator.history.sources import Event, Source
from coordinator.registry.models import Organization

NAME = "note"


def load(organization: Organization, most: int) -> list[Event]:
    """Return what was written down about an organisation, the newest first."""
    found = db.session.scalars(
        sa.select(Encounter)
        .where(Encounter.organization_id == organization.id)
        .options(joinedload(Encounter.contact), joinedload(Encounter.created_by))
        .order_by(Encounter.happened_at.desc(), Encounter.id.desc())
        .limit(most)
    )
    return [_event(one, organization) for one in found]


def _event(one: Encounter, organization: Organization) -> Event:
    title = str(one.kind.word)
    if one.contact:
        title = _("%(kind)s with %(name)s", kind=title, name=one.contact.full_name)
    return Event(
        at=one.happened_at,
        kind=NAME,
        title=title,
        text=one.text,
        url=url_for("history.edit", public_id=organization.public_id, encounter_id=one.public_id),
        link=_("Change or delete"),
        shape="bar" if one.kind is EncounterKind.NOTE else "ring",
        tone="mor",
        who=one.created_by.full_name if one.created_by else "",
        ours=True,
    )


WRITTEN = Source(NAME, _l("Calls and notes"), load)

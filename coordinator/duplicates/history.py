"""Merges in an organisation's history."""

import sqlalchemy as sa
from flask import Flask, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy.orm import joinedload

from coordinator.duplicates.models import Merge
from coordinator.extensions import db
from coordinator.history import sources
from coordinator.history.sources import Event, Source
from coordinator.registry.models import Organization

NAME = "merge"


def init_app(app: Flask) -> None:
    sources.add(app, Source(NAME, _l("Merged records"), load))


def load(organization: Organization, most: int) -> list[Event]:
    """Return the records that became one with this one, and those taken apart again."""
    found = db.session.scalars(
        sa.select(Merge)
        .where(sa.or_(Merge.kept_id == organization.id, Merge.other_id == organization.id))
        .options(joinedload(Merge.kept), joinedload(Merge.other), joinedload(Merge.made_by))
        .order_by(Merge.id.desc())
        .limit(most)
    )
    return [event for one in found for event in _events(one)]


def _events(one: Merge) -> list[Event]:
    url = url_for("duplicates.undo", public_id=one.public_id) if one.undone_at is None else None
    made = Event(
        at=one.created_at,
        kind=NAME,
        title=_("%(other)s was merged into %(kept)s", other=one.other.name, kept=one.kept.name),
        url=url,
        shape="two_rings",
        tone="mor",
        who=one.made_by.full_name if one.made_by else "",
    )
    if one.undone_at is None:
        return [made]
    title = _("%(other)s and %(kept)s are two records again", other=one.other.name,
              kept=one.kept.name)  # fmt: skip
    return [made, Event(at=one.undone_at, kind=NAME, title=title, shape="two_rings")]

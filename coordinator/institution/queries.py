"""Whose copy this is."""

from typing import cast

from flask import g, has_request_context

from coordinator.extensions import db
from coordinator.institution.models import Institution


def current() -> Institution | None:
    """Return the institution, or None before the first set-up; asked once a request."""
    if not has_request_context():
        return db.session.get(Institution, 1)
    if g.get("institution") is None:
        g.institution = db.session.get(Institution, 1)
    return cast("Institution | None", g.institution)


def remember(institution: Institution | None) -> None:
    """Keep for this request what another question has brought along."""
    if institution is not None:
        g.institution = institution

"""Find what an address names, or answer 404."""

from flask import abort

from coordinator.registry import queries as registry
from coordinator.registry.models import Organization
from coordinator.verification import queries
from coordinator.verification.models import Round, Verification


def round_or_404(public_id: str) -> Round:
    found = queries.round_by_public_id(public_id)
    if found is None:
        abort(404)
    return found


def verification_or_404(public_id: str) -> Verification:
    found = queries.by_public_id(public_id)
    if found is None:
        abort(404)
    return found


def organization_or_404(public_id: str) -> Organization:
    found = registry.organization(public_id)
    if found is None:
        abort(404)
    return found

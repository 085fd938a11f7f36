"""Who may answer for an organisation, and when nobody can any more."""

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

from coordinator.accounts.models import User
from coordinator.registry.models import Organization, OrgStatus
from coordinator.registry.permissions import represents
from coordinator.verification.models import Verification

RECORD_CLOSED = _l("The record of this organisation is closed. There is nothing to check.")
RECORD_MERGED = _l("This record was merged with another one. There is nothing to check here.")
ROUND_ENDED = _l("The last day to answer has passed.")


def can_answer_for(user: User, organization: Organization | None) -> bool:
    """Representatives answer for their own organisations."""
    return represents(user, organization)


def closed(organization: Organization, verification: Verification | None) -> LazyString | None:
    """Return why no answer is taken, or None while one can be given."""
    if organization.status is OrgStatus.MERGED:
        return RECORD_MERGED
    if organization.status is OrgStatus.CLOSED:
        return RECORD_CLOSED
    if verification is not None and verification.round and not verification.round.is_open:
        return ROUND_ENDED
    return None

"""Hold a record while it is answered for or decided on, and see it as it is stored now."""

import sqlalchemy as sa

from coordinator.errors import RuleBroken
from coordinator.extensions import db
from coordinator.registry.models import Contact, Organization
from coordinator.verification.models import Verification
from coordinator.verification.permissions import RECORD_MERGED


class RecordMerged(RuleBroken):
    """Nothing is written into a record that stands for nothing any more."""

    message = RECORD_MERGED


def hold(organization: Organization, verification: Verification | None) -> None:
    """Let one deed wait for the other; what was read before is read again."""
    # The lock takes the one row: a record is loaded with its district beside it, which may be
    # missing, and PostgreSQL locks no side of an outer join that may be.
    own = sa.select(Organization.id).where(Organization.id == organization.id)
    db.session.execute(own.with_for_update())
    db.session.refresh(organization)
    db.session.scalars(
        sa.select(Contact)
        .where(Contact.organization_id == organization.id)
        .execution_options(populate_existing=True)
    ).all()
    db.session.expire(organization, ["contacts"])
    if verification is not None:
        db.session.refresh(verification)
        db.session.expire(verification, ["changes"])


def hold_standing(verification: Verification) -> None:
    """Hold the record that an answer belongs to; raises RecordMerged.

    The answer may have gone over to another record meanwhile: that one has to be looked at first.
    """
    organization = verification.organization
    hold(organization, verification)
    if organization.merged_into_id is not None:
        raise RecordMerged

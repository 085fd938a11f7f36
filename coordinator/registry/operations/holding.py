"""Let one change of an organisation wait for the other, and see it as it is stored now."""

from collections.abc import Iterable

import sqlalchemy as sa
from flask_babel import lazy_gettext as _l

from coordinator.errors import RuleBroken, SavedMeanwhile
from coordinator.extensions import db
from coordinator.forms import claim
from coordinator.registry.models import Contact, Organization, OrgStatus
from coordinator.registry.queries import heir


class MergedAway(RuleBroken):
    """A record that was merged is only read."""

    def __init__(self, organization: Organization) -> None:
        super().__init__(
            _l("%(name)s was merged into %(heir)s. Make the change there.",
               name=organization.name, heir=heir(organization).name)
        )  # fmt: skip


def hold(organizations: Iterable[Organization]) -> None:
    """Let one change of organisations and their contacts wait for the other; read them anew."""
    held = set(organizations)
    numbers = sorted(one.id for one in held)
    db.session.flush()
    db.session.scalars(
        sa.select(Organization)
        .where(Organization.id.in_(numbers))
        .order_by(Organization.id)
        .with_for_update(of=Organization)
        .execution_options(populate_existing=True)
    ).all()
    db.session.scalars(
        sa.select(Contact)
        .where(Contact.organization_id.in_(numbers))
        .execution_options(populate_existing=True)
    ).all()
    for one in held:
        db.session.expire(one, ["contacts"])


def claim_contact(contact: Contact, version: int | None, also: Iterable[Contact] = ()) -> None:
    """Hold a contact's organisation; refuse where the contact was changed or moved meanwhile.

    Raises SavedMeanwhile, MergedAway. Those of whom `also` something is changed are held too.
    """
    organization = contact.organization
    hold([organization, *(one.organization for one in also)])
    refuse_merged(organization)
    if contact not in organization.contacts:
        raise SavedMeanwhile
    claim(contact, version)


def refuse_merged(organization: Organization) -> None:
    """Raise MergedAway for a record that stands for nothing any more."""
    if organization.merged_into_id is not None or organization.status is OrgStatus.MERGED:
        raise MergedAway(organization)

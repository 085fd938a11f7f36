"""Who takes part in an activity, and how."""

from flask_babel import lazy_gettext as _l
from sqlalchemy.exc import IntegrityError

from coordinator.activities import emails
from coordinator.activities.models import ActivityPartner, JointActivity, PartnerRole
from coordinator.activities.operations.activities import ActivityCancelled
from coordinator.actors import Actor
from coordinator.audit import operations as audit
from coordinator.errors import RuleBroken
from coordinator.extensions import db
from coordinator.forms import claim
from coordinator.outbox import operations as outbox
from coordinator.registry.models import Organization
from coordinator.registry.queries import recipients


class AlreadyPartner(RuleBroken):
    """An organisation stands once among the partners."""

    message = _l("This organisation is among the partners already.")


class IsTheLead(RuleBroken):
    """The lead is no partner of its own activity."""

    message = _l("This organisation leads the activity. Choose another one.")


def add(
    activity: JointActivity,
    *,
    organization: Organization,
    role: PartnerRole,
    contribution: str,
    actor: Actor,
) -> ActivityPartner:
    """Let an organisation take part and write to it; raises AlreadyPartner, IsTheLead."""
    if activity.is_cancelled:
        raise ActivityCancelled
    if organization.id == activity.lead_id:
        raise IsTheLead(field="organization")
    if any(one.organization_id == organization.id for one in activity.partners):
        raise AlreadyPartner(field="organization")
    partner = ActivityPartner(organization=organization, role=role, contribution=contribution)
    activity.partners.append(partner)
    try:
        db.session.flush()
    except IntegrityError as error:
        raise AlreadyPartner(field="organization") from error
    people = recipients([organization.id])[organization.id]
    for letter in emails.partner_letters(partner, people):
        outbox.queue(letter)
    audit.record(
        "activity.partner_added", activity, actor, organization=organization.public_id,
        role=role.value,
    )  # fmt: skip
    return partner


def change(
    partner: ActivityPartner,
    *,
    role: PartnerRole,
    contribution: str,
    version: int | None,
    actor: Actor,
) -> None:
    """Change what a partner does; raises SavedMeanwhile."""
    claim(partner, version)
    partner.role, partner.contribution = role, contribution
    db.session.flush()
    audit.record(
        "activity.partner_changed", partner.activity, actor,
        organization=partner.organization.public_id, role=role.value,
    )  # fmt: skip


def remove(partner: ActivityPartner, *, actor: Actor) -> None:
    """Take a partner out of an activity."""
    activity, organization = partner.activity, partner.organization
    activity.partners.remove(partner)
    db.session.flush()
    audit.record("activity.partner_removed", activity, actor, organization=organization.public_id)

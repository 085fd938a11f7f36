"""Set a copy up, and say for whom an account acts."""

from flask_babel import lazy_gettext as _l

from coordinator.access import Role
from coordinator.accounts import operations as accounts
from coordinator.accounts.models import User
from coordinator.actors import Actor
from coordinator.administration import queries
from coordinator.audit import operations as audit
from coordinator.errors import RuleBroken
from coordinator.extensions import db
from coordinator.institution import operations as institution
from coordinator.institution.operations import AlreadyFounded, Details
from coordinator.registry import queries as registry
from coordinator.registry.models import Organization, Representation


class UnknownOrganization(RuleBroken):
    """The text names no organisation, or more than one."""

    def __init__(self, likely: list[str]) -> None:
        message = _l("No organisation has this name or number. Write its full name.")
        if likely:
            message = _l("Write the full name. Do you mean: %(names)s?", names="; ".join(likely))
        super().__init__(message, field="organization")


class NotRepresentative(RuleBroken):
    """Staff see all organisations and act for none."""

    message = _l("Only representatives are tied to an organisation.")


def set_up(*, details: Details, full_name: str, email: str, password: str) -> User:
    """Write down whose copy this is, and make its first administrator.

    Raises AlreadyFounded, PasswordRefused; of two who try at once, one succeeds.
    """
    if queries.is_set_up():
        raise AlreadyFounded
    actor = Actor(name=full_name, via="page")
    institution.found(details, actor=actor)
    return accounts.create_account(
        full_name=full_name, email=email, role=Role.ADMIN, password=password, actor=actor
    )


def open_account(
    *,
    full_name: str,
    email: str,
    role: Role,
    actor: Actor,
    organization: str = "",
    password: str | None = None,
    language: str | None = None,
) -> User:
    """Make an account; a representative's acts for the organisation that the text names.

    Raises EmailTaken, PasswordRefused, UnknownOrganization, NotRepresentative.
    """
    if organization and role is not Role.REPRESENTATIVE:
        raise NotRepresentative(field="organization")
    theirs = named_organization(organization) if organization else None
    user = accounts.create_account(
        full_name=full_name,
        email=email,
        role=role,
        password=password,
        language=language,
        actor=actor,
    )
    if theirs is not None:
        tie(user, theirs, actor=actor)
    return user


def named_organization(text: str) -> Organization:
    """Return the organisation of a name, register number or page; raises UnknownOrganization."""
    found = registry.find_organization(text)
    if found is None:
        raise UnknownOrganization(queries.likely_organizations(text))
    return found


def tie(user: User, organization: Organization, *, actor: Actor) -> None:
    """Let a representative act for an organisation; raises NotRepresentative."""
    if user.role is not Role.REPRESENTATIVE:
        raise NotRepresentative
    if queries.representation(user, organization.public_id) is None:
        db.session.add(Representation(user_id=user.id, organization_id=organization.id))
        db.session.flush()
        audit.record("account.tied", user, actor, organization=organization.name)


def untie(user: User, tied: Representation, *, actor: Actor) -> None:
    """Let a representative no longer act for an organisation."""
    audit.record("account.untied", user, actor, organization=tied.organization.name)
    db.session.delete(tied)
    db.session.flush()

"""The life of an account: made, edited, closed, opened again."""

from flask_babel import lazy_gettext as _l
from sqlalchemy.exc import IntegrityError

from coordinator import links
from coordinator.access import Role
from coordinator.accounts import emails, passwords, queries, signed_in
from coordinator.accounts.models import User
from coordinator.accounts.operations.passwords import send_password_link
from coordinator.actors import Actor
from coordinator.audit import operations as audit
from coordinator.errors import RuleBroken
from coordinator.extensions import db
from coordinator.forms import claim
from coordinator.outbox import operations as outbox


class EmailTaken(RuleBroken):
    """Each address belongs to one account."""

    message = _l("An account with this address exists. Open that one instead.")


class LastAdministrator(RuleBroken):
    """Somebody must be able to administer this copy."""

    message = _l("This is the last administrator. Make somebody else administrator first.")


def create_account(
    *,
    full_name: str,
    email: str,
    role: Role,
    actor: Actor,
    password: str | None = None,
    language: str | None = None,
    letter: bool = True,
) -> User:
    """Make an account; raises EmailTaken, PasswordRefused.

    Without a password, staff get a letter with which to choose one and representatives a letter
    that says how they sign in, unless `letter` is off.
    """
    if queries.by_email(email) is not None:
        raise EmailTaken(field="email")
    if password is not None:
        passwords.check(password, belonging=(full_name, email))
    user = User(
        full_name=full_name,
        email=email,
        role=role,
        language=language,
        password_hash=passwords.digest(password) if password is not None else None,
    )
    db.session.add(user)
    _flush()
    audit.record("account.created", user, actor, role=role.value)
    if letter and password is None:
        if user.is_staff:
            send_password_link(user, actor=actor, welcome=True)
        else:
            outbox.queue(emails.welcome(user))
    return user


def edit_account(
    user: User,
    *,
    full_name: str,
    email: str,
    role: Role,
    language: str | None,
    version: int | None,
    actor: Actor,
) -> None:
    """Change an account; raises EmailTaken, LastAdministrator, SavedMeanwhile.

    A new role or address ends the account's sessions and the links it was sent.
    """
    claim(user, version)
    if user.role is Role.ADMIN and role is not Role.ADMIN:
        _keep_an_administrator(user, field="role")
    moved = {
        field: [getattr(user, field), value]
        for field, value in (("role", role), ("email", email))
        if getattr(user, field) != value
    }
    if "email" in moved and queries.by_email(email) is not None:
        raise EmailTaken(field="email")
    user.full_name, user.email, user.role, user.language = full_name, email, role, language
    _flush()
    if moved:
        _shut_out(user)
    audit.record("account.edited", user, actor, changed=sorted(moved))


def close_account(user: User, *, actor: Actor) -> None:
    """Close an account: its sessions and links end; what it did stays. Raises LastAdministrator."""
    if user.role is Role.ADMIN:
        _keep_an_administrator(user)
    user.active = False
    _shut_out(user)
    audit.record("account.closed", user, actor)


def reopen_account(user: User, *, actor: Actor) -> None:
    """Let a closed account in again."""
    user.active = True
    audit.record("account.reopened", user, actor)


def _keep_an_administrator(user: User, field: str | None = None) -> None:
    if user.active and not queries.other_administrators(user):
        raise LastAdministrator(field=field)


def _shut_out(user: User) -> None:
    signed_in.end_all(user)
    for purpose in (emails.SIGN_IN, emails.PASSWORD):
        links.revoke(purpose, user.id)


def _flush() -> None:
    try:
        db.session.flush()
    except IntegrityError as error:
        raise EmailTaken(field="email") from error

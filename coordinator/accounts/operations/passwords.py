"""Passwords chosen, changed and asked for anew."""

from datetime import timedelta

from flask_babel import lazy_gettext as _l

from coordinator.accounts import attempts, emails, passwords, queries, signed_in
from coordinator.accounts.models import User
from coordinator.accounts.operations import one_use
from coordinator.actors import Actor
from coordinator.audit import operations as audit
from coordinator.errors import RuleBroken
from coordinator.links import PersonalLink
from coordinator.outbox import operations as outbox

FIRST_LASTS = timedelta(days=7)
RESET_LASTS = timedelta(minutes=60)
LETTERS_A_DAY = 5


class WrongOwnPassword(RuleBroken):
    """Whoever changes a password shows that they know the old one."""

    message = _l("This is not your present password.")


def send_password_link(user: User, *, actor: Actor, welcome: bool = False) -> None:
    """Send a letter with which the account's owner chooses a password."""
    lasting = FIRST_LASTS if welcome else RESET_LASTS
    link = one_use.newest_only(emails.PASSWORD, user, lasting)
    outbox.queue(emails.choose_password(user, link, welcome=welcome))
    audit.record("account.password_link_sent", user, actor)


def ask_for_password_link(*, email: str) -> None:
    """Send a password link if staff have this address; else do nothing. Raises TooManyTries."""
    attempts.begin(attempts.ASK, email)
    user = queries.by_email(email)
    if user is not None and user.active and user.is_staff:
        send_password_link_to(user)
    else:
        link, nobody = one_use.for_nobody()
        emails.choose_password(nobody, link, welcome=False)


def send_password_link_to(user: User) -> None:
    """Send a password link to its owner, who asked for it; at most five a day."""
    lately = one_use.issued_within(emails.PASSWORD, user, timedelta(days=1))
    if lately < LETTERS_A_DAY:
        send_password_link(user, actor=Actor.account(user))


def password_link_of(token: str) -> tuple[PersonalLink, User] | None:
    """Return the link and the account whose password it sets; raises LinkUsedUp."""
    return one_use.holder(emails.PASSWORD, token)


def choose_password(link: PersonalLink, user: User, *, password: str) -> None:
    """Set the password by a letter's link; all sessions end. Raises PasswordRefused, LinkUsedUp."""
    passwords.check(password, belonging=(user.full_name, user.email))
    one_use.use_up(link)
    user.password_hash = passwords.digest(password)
    signed_in.end_all(user)
    attempts.forget(attempts.SIGN_IN, user.email)
    outbox.queue(emails.password_changed(user))
    audit.record("account.password_chosen", user, Actor.link(user.full_name))


def change_password(user: User, *, old: str, new: str, actor: Actor) -> None:
    """Set one's own password; other sessions end. Raises WrongOwnPassword, PasswordRefused.

    Raises TooManyTries as well, so that a session left open does not give the password away.
    """
    number = attempts.begin(attempts.OWN, user.email)
    if not passwords.matches(user.password_hash, old):
        raise WrongOwnPassword(field="old")
    attempts.forgive(number)
    passwords.check(new, belonging=(user.full_name, user.email), field="new")
    user.password_hash = passwords.digest(new)
    signed_in.end_others(user)
    outbox.queue(emails.password_changed(user))
    audit.record("account.password_changed", user, actor)

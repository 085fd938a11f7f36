"""Into an account and out of it."""

from datetime import timedelta

from flask import current_app
from flask_babel import lazy_gettext as _l

from coordinator.accounts import attempts, emails, passwords, queries, signals, signed_in
from coordinator.accounts.models import User
from coordinator.accounts.operations import one_use
from coordinator.accounts.operations.one_use import LinkUsedUp
from coordinator.accounts.operations.passwords import send_password_link_to
from coordinator.accounts.operations.people import EmailTaken
from coordinator.actors import Actor
from coordinator.audit import operations as audit
from coordinator.errors import RuleBroken
from coordinator.extensions import db
from coordinator.links import PersonalLink
from coordinator.outbox import operations as outbox

__all__ = ["LinkUsedUp"]

LINK_LASTS = timedelta(minutes=30)
LETTERS_AN_HOUR = 5


class WrongPassword(RuleBroken):
    """Address and password do not belong together; which of them is wrong is not said."""

    message = _l("Address and password do not match. Check both, or ask for a new password.")
    status = 422


def sign_in_with_password(*, email: str, password: str) -> User:
    """Start a session; raises TooManyTries, and WrongPassword after the same work for all.

    The password is compared between transactions, so that nobody waits for it.
    """
    number = attempts.begin(attempts.SIGN_IN, email)
    user = queries.by_email(email)
    user_id, stored = (user.id, user.password_hash) if user and user.active else (None, None)
    db.session.rollback()
    if not passwords.matches(stored, password):
        attempts.note_failure(user_id)
        raise WrongPassword
    attempts.forgive(number)
    return _enter(db.session.get_one(User, user_id), "password")


def ask_for_sign_in_link(*, email: str, back: str | None = None) -> None:
    """Send a letter that lets the address's owner in, if there is an account; else do nothing.

    Staff sign in with a password, so they get the letter with which to choose one.
    Raises TooManyTries.
    """
    attempts.begin(attempts.ASK, email)
    user = queries.by_email(email) or _account_from_above(email)
    if user is None or not user.active:
        link, nobody = one_use.for_nobody()
        emails.sign_in_link(nobody, link, back=back)
        return
    if user.is_staff:
        send_password_link_to(user)
        return
    lately = one_use.issued_within(emails.SIGN_IN, user, timedelta(hours=1))
    if lately < LETTERS_AN_HOUR:
        link = one_use.newest_only(emails.SIGN_IN, user, LINK_LASTS)
        outbox.queue(emails.sign_in_link(user, link, back=back))


def sign_in_link_of(token: str) -> tuple[PersonalLink, User] | None:
    """Return the link and the account it opens; raises LinkUsedUp."""
    return one_use.holder(emails.SIGN_IN, token)


def sign_in_with_link(link: PersonalLink, user: User) -> User:
    """Use the link up and start a session; raises LinkUsedUp."""
    one_use.use_up(link)
    return _enter(user, "link")


def sign_out(user: User) -> None:
    """End this session."""
    audit.record("account.signed_out", user, Actor.account(user))
    signed_in.end()


def _enter(user: User, way: str) -> User:
    signed_in.start(user)
    audit.record("account.signed_in", user, Actor.account(user), way=way)
    return user


def _account_from_above(email: str) -> User | None:
    app = current_app._get_current_object()  # type: ignore[attr-defined]
    try:
        answers = signals.unknown_address.send(app, email=email)
    except EmailTaken:
        # Somebody else asked for the same address at the same moment, and has the account made.
        db.session.rollback()
        return queries.by_email(email)
    return next((user for _receiver, user in answers if user is not None), None)

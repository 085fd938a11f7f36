"""Which account a request comes from.

The cookie holds a random token; its hash names a row of `user_session`. Signing out deletes the
row, so a saved copy of the cookie opens nothing afterwards.
"""

import hashlib
import secrets
from datetime import timedelta
from functools import cache

import sqlalchemy as sa
from flask import Flask, Response, current_app, request, session
from flask_login import current_user, login_user, logout_user

from coordinator import clock
from coordinator.accounts.models import User, UserSession
from coordinator.extensions import db, login_manager
from coordinator.institution import queries as institution
from coordinator.institution.models import Institution
from coordinator.records import UtcDateTime


def init_app(app: Flask) -> None:
    login_manager.init_app(app)
    login_manager.user_loader(load_user)
    login_manager.session_protection = None
    app.after_request(note_activity)


def load_user(_user_id: str) -> User | None:
    """Return the account of this request's session while both are good, else None."""
    token, seen = session.get("sid"), session.get("seen", 0)
    idle = current_app.config["SESSION_IDLE_MINUTES"] * 60
    if not token or clock.now().timestamp() - seen > idle:
        return None
    row = db.session.execute(_asked(), {"token_hash": _hash(token), "now": clock.now()}).first()
    if row is None:
        return None
    user, branch = row
    institution.remember(branch)
    return user


@cache
def _asked() -> sa.Select[User, Institution]:
    """The question of every request, built once; the institution, shown on every page, with it."""
    return (
        sa.select(User, Institution)
        .join(UserSession, UserSession.user_id == User.id)
        .outerjoin(Institution, Institution.id == 1)
        .where(
            UserSession.token_hash == sa.bindparam("token_hash"),
            UserSession.expires_at > sa.bindparam("now", type_=UtcDateTime()),
            User.active,
        )
    )


def start(user: User) -> None:
    """Sign the account in on this device, under a new token."""
    _drop_row()
    session.clear()
    token = secrets.token_urlsafe(32)
    hours = current_app.config["SESSION_HOURS"]
    db.session.add(
        UserSession(
            user_id=user.id,
            token_hash=_hash(token),
            expires_at=clock.now() + timedelta(hours=hours),
            device=(request.user_agent.string or "")[:200],
        )
    )
    # Not through the object: a sign-in is no edit, and must not make an open form stale.
    db.session.execute(
        sa.update(User).where(User.id == user.id).values(last_sign_in_at=clock.now())
    )
    db.session.flush()
    session["sid"] = token
    session["seen"] = int(clock.now().timestamp())
    login_user(user)


def end() -> None:
    """Sign out: the session's row goes, and with it every copy of the cookie."""
    _drop_row()
    logout_user()
    session.clear()


def end_all(user: User) -> None:
    """End every session of an account, on all devices."""
    db.session.execute(sa.delete(UserSession).where(UserSession.user_id == user.id))


def end_others(user: User) -> None:
    """End every session of an account but this request's."""
    db.session.execute(
        sa.delete(UserSession).where(
            UserSession.user_id == user.id,
            UserSession.token_hash != _hash(session.get("sid", "")),
        )
    )


def is_this(opened: UserSession) -> bool:
    """Is it the session of this request?"""
    return opened.token_hash == _hash(session.get("sid", ""))


def note_activity(response: Response) -> Response:
    """Move the cookie's clock once a minute, so that idle time can be told without a write."""
    moment = int(clock.now().timestamp())
    if "sid" in session and current_user.is_authenticated and moment - session["seen"] > 60:
        session["seen"] = moment
    return response


def _drop_row() -> None:
    if token := session.get("sid"):
        db.session.execute(sa.delete(UserSession).where(UserSession.token_hash == _hash(token)))


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()

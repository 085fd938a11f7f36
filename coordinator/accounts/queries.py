"""Accounts and sessions, as they are asked for."""

import sqlalchemy as sa

from coordinator import turkish
from coordinator.access import Role
from coordinator.accounts.models import User, UserSession
from coordinator.clock import now
from coordinator.extensions import db


def by_email(address: str) -> User | None:
    """Return the account of an address as `reachability.email` gives it, be it active or not."""
    return db.session.scalar(sa.select(User).where(User.email == address))


def by_public_id(public_id: str) -> User | None:
    """Return the account whose page has this address."""
    return db.session.scalar(sa.select(User).where(User.public_id == public_id))


def any_administrator() -> bool:
    """Can anybody administer this copy?"""
    return bool(
        db.session.scalar(
            sa.select(sa.exists().where(User.role == Role.ADMIN, User.active.is_(True)))
        )
    )


def other_administrators(user: User) -> list[User]:
    """Return the other active administrators, locked, so that two cannot leave at once."""
    everyone = db.session.scalars(
        sa.select(User)
        .where(User.role == Role.ADMIN, User.active.is_(True))
        .order_by(User.id)
        .with_for_update()
    )
    return [one for one in everyone if one.id != user.id]


def people(role: Role | None = None, search: str = "") -> sa.Select[User]:
    """Select accounts in Turkish order of their names, the closed ones last."""
    query = sa.select(User).order_by(User.active.desc(), User.sort_key, User.id)
    if role is not None:
        query = query.where(User.role == role)
    if wanted := turkish.search_key(search):
        query = query.where(User.search_key.contains(wanted, autoescape=True))
    return query


def sessions_of(user: User) -> list[UserSession]:
    """Return the account's open sessions, the newest first."""
    return list(
        db.session.scalars(
            sa.select(UserSession)
            .where(UserSession.user_id == user.id, UserSession.expires_at > now())
            .order_by(UserSession.created_at.desc(), UserSession.id.desc())
        )
    )


def session_of(user: User, session_id: int) -> UserSession | None:
    """Return the account's session of that number; None if it is somebody else's."""
    return db.session.scalar(
        sa.select(UserSession).where(UserSession.id == session_id, UserSession.user_id == user.id)
    )

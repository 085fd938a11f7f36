"""Accounts and their sessions."""

from datetime import datetime

import sqlalchemy as sa
from flask_login import UserMixin
from sqlalchemy.orm import Mapped, mapped_column

from coordinator.access import Role
from coordinator.database import Model
from coordinator.records import Addressed, Record, Versioned, coded


class User(UserMixin, Versioned, Addressed, Model):
    """A person who signs in: staff with a password, a representative with a link by mail."""

    __tablename__ = "user_account"

    full_name: Mapped[str] = mapped_column(sa.String(200))
    email: Mapped[str] = mapped_column(sa.String(254), unique=True)
    role: Mapped[Role] = mapped_column(coded(Role, "role"))
    password_hash: Mapped[str | None] = mapped_column(sa.String(200))
    language: Mapped[str | None] = mapped_column(sa.String(2))
    active: Mapped[bool] = mapped_column(default=True)
    last_sign_in_at: Mapped[datetime | None]

    @property
    def is_active(self) -> bool:
        return self.active

    @property
    def is_staff(self) -> bool:
        """Does this account belong to the branch (whatever it may change there)?"""
        return self.role is not Role.REPRESENTATIVE


class UserSession(Record, Model):
    """One sign-in on one device; its end makes every copy of its cookie worthless."""

    __tablename__ = "user_session"

    user_id: Mapped[int] = mapped_column(
        sa.ForeignKey("user_account.id", ondelete="CASCADE"), index=True
    )
    token_hash: Mapped[str] = mapped_column(sa.String(64), unique=True)
    expires_at: Mapped[datetime]
    device: Mapped[str] = mapped_column(sa.String(200), default="")


class SignInAttempt(Record, Model):
    """A failed sign-in, counted per address typed and per machine it came from."""

    __tablename__ = "sign_in_attempt"

    email_hash: Mapped[str] = mapped_column(sa.String(64), index=True)
    machine_hash: Mapped[str] = mapped_column(sa.String(64), index=True)

"""Accounts and their sessions."""

from datetime import datetime

import sqlalchemy as sa
from flask_login import UserMixin
from sqlalchemy.orm import Mapped, mapped_column, validates

from coordinator import turkish
from coordinator.access import Role
from coordinator.database import Model
from coordinator.records import Addressed, Record, Versioned, coded, sorted_text

BROWSERS = (("Edg", "Edge"), ("OPR", "Opera"), ("SamsungBrowser", "Samsung Internet"),
            ("Firefox", "Firefox"), ("FxiOS", "Firefox"), ("CriOS", "Chrome"),
            ("Chrome", "Chrome"), ("Safari", "Safari"))  # fmt: skip
SYSTEMS = (("Android", "Android"), ("iPhone", "iPhone"), ("iPad", "iPad"), ("Windows", "Windows"),
           ("Mac OS", "macOS"), ("CrOS", "ChromeOS"), ("Linux", "Linux"))  # fmt: skip


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
    search_key: Mapped[str] = mapped_column(sa.String(700), default="")
    sort_key: Mapped[str] = mapped_column(sorted_text(500), default="", index=True)

    @validates("full_name", "email")
    def _follow_name(self, attribute: str, value: str) -> str:
        name = value if attribute == "full_name" else self.full_name or ""
        email = value if attribute == "email" else self.email or ""
        self.search_key = turkish.search_key(f"{name} {email}")
        self.sort_key = turkish.sort_key(name)
        return value

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

    @property
    def device_name(self) -> str:
        """The browser and its system in their own names; empty if neither is known."""
        known = (
            next((name for mark, name in marks if mark in self.device), "")
            for marks in (BROWSERS, SYSTEMS)
        )
        return ", ".join(name for name in known if name)


class SignInAttempt(Record, Model):
    """A failed sign-in, counted per address typed and per machine it came from."""

    __tablename__ = "sign_in_attempt"

    email_hash: Mapped[str] = mapped_column(sa.String(64), index=True)
    machine_hash: Mapped[str] = mapped_column(sa.String(64), index=True)

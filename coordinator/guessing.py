"""Who tries personal links that lead nowhere is slowed: thirty in a minute for a machine.

Only wrong links are counted, so whoever shares an address with a guesser still opens a right
one, and a page that is opened as it should costs nothing. The count stands in the database: it
is one for all web processes.
"""

import hashlib
import hmac
import ipaddress
from datetime import timedelta

import sqlalchemy as sa
from flask import current_app, request
from sqlalchemy.orm import Mapped, mapped_column
from werkzeug.exceptions import TooManyRequests

from coordinator import clock
from coordinator.database import Model
from coordinator.extensions import db
from coordinator.records import Record

MOST = 30
WINDOW = timedelta(minutes=1)


class WrongLink(Record, Model):
    """A link that led nowhere, and which machine tried it."""

    __tablename__ = "wrong_link"

    machine_hash: Mapped[str] = mapped_column(sa.String(64))

    __table_args__ = (sa.Index(None, "machine_hash", "created_at"), sa.Index(None, "created_at"))


def count_wrong() -> None:
    """Note that this request named a link that does not exist; raises TooManyRequests (429).

    The request's own transaction ends here: on SQLite it would hold the door shut for this one.
    """
    db.session.rollback()
    own = {"machine_hash": mark("wrong-link", machine())}
    now = clock.now()
    with db.engine.begin() as connection:
        recent = sa.select(sa.func.count()).where(
            WrongLink.machine_hash == own["machine_hash"], WrongLink.created_at > now - WINDOW
        )
        if (connection.scalar(recent) or 0) >= MOST:
            raise TooManyRequests(retry_after=int(WINDOW.total_seconds()))
        connection.execute(sa.insert(WrongLink).values(**own))
        connection.execute(sa.delete(WrongLink).where(WrongLink.created_at < now - 2 * WINDOW))


def machine() -> str:
    """Return the machine a request came from; of IPv6 the network, whose addresses are free."""
    address = request.remote_addr or ""
    if ":" not in address:
        return address
    return str(ipaddress.ip_network(f"{address.split('%')[0]}/64", strict=False))


def mark(purpose: str, value: str) -> str:
    """Return what stands for an address or a machine where only sameness matters."""
    key = current_app.config["SECRET_KEY"].encode()
    return hmac.new(key, f"try:{purpose}:{value}".encode(), hashlib.sha256).hexdigest()

"""Personal links for letters: unguessable, expiring, revocable one by one.

The token is an HMAC of the secret key over a random nonce. The table keeps the nonce and the
token's hash, so a copy of the database, its logs or its backups opens nothing. A letter waiting
in the outbox holds a marker where the token belongs; the worker puts it in when it sends.

A link that stands on paper has a short code as well, which a person can type: 28 letters and
digits (137 bits), an HMAC like the token, found by its hash.
"""

import base64
import hashlib
import hmac
import re
import secrets
from collections.abc import Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from flask import current_app, has_request_context, url_for
from sqlalchemy.orm import Mapped, mapped_column

from coordinator import clock, guessing
from coordinator.database import Model
from coordinator.extensions import db
from coordinator.records import ALPHABET, Record


class PersonalLink(Record, Model):
    """A link that opens one thing: `subject_id` of the table that `purpose` stands for."""

    __tablename__ = "personal_link"

    purpose: Mapped[str] = mapped_column(sa.String(30))
    subject_id: Mapped[int]
    nonce: Mapped[str] = mapped_column(sa.String(32))
    token_hash: Mapped[str] = mapped_column(sa.String(64), unique=True)
    short_hash: Mapped[str | None] = mapped_column(sa.String(64), unique=True, index=True)
    """The hash of the short code that stands on paper for the token; None: it has none."""
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]
    revoked_at: Mapped[datetime | None]

    __table_args__ = (sa.Index(None, "purpose", "subject_id"),)


_FOUND = sa.select(PersonalLink).where(
    PersonalLink.token_hash == sa.bindparam("token_hash"),
    PersonalLink.purpose == sa.bindparam("purpose"),
)


SHORT, GROUP = 28, 4
_BETWEEN = re.compile(r"[\W_]+")
"""Spaces, and hyphens or the dashes that a phone makes of them."""


class LinkBook:
    """The personal links of one letter, by the marker that stands for each until it is sent."""

    def __init__(self) -> None:
        self.links: dict[str, int] = {}

    def url(self, endpoint: str, link: PersonalLink, **values: str) -> str:
        """Return the address of a view whose `token` is the link's."""
        return absolute(endpoint, token=self.mark(link), **values)

    def mark(self, link: PersonalLink) -> str:
        """Return what stands for the link's token until the letter is sent."""
        marker = f"LINK-{secrets.token_hex(12)}"
        self.links[marker] = link.id
        return marker


def issue(purpose: str, subject_id: int, expires_at: datetime) -> PersonalLink:
    """Make a link and flush it, so that letters can name it."""
    return issue_all(purpose, [subject_id], expires_at)[0]


def issue_all(purpose: str, subject_ids: Sequence[int], expires_at: datetime) -> list[PersonalLink]:
    """Make a link for each subject in a few statements; one may be named several times."""
    made = [_new(purpose, subject_id, expires_at) for subject_id in subject_ids]
    hashes = [values["token_hash"] for values in made]
    if made:
        db.session.execute(sa.insert(PersonalLink), made)
    found: dict[str, PersonalLink] = {}
    # A database takes some ten thousand parameters in one question, not more.
    for start in range(0, len(hashes), 5000):
        some = PersonalLink.token_hash.in_(hashes[start : start + 5000])
        found |= {
            row.token_hash: row for row in db.session.scalars(sa.select(PersonalLink).where(some))
        }
    return [found[token_hash] for token_hash in hashes]


def _new(purpose: str, subject_id: int, expires_at: datetime) -> dict[str, Any]:
    nonce = secrets.token_hex(16)
    return {
        "purpose": purpose,
        "subject_id": subject_id,
        "nonce": nonce,
        "token_hash": _hash(_token(purpose, nonce)),
        "expires_at": expires_at,
    }


def token_of(link: PersonalLink) -> str:
    """Return the 43 characters (256 bits) that open the link."""
    return _token(link.purpose, link.nonce)


def find(purpose: str, token: str) -> PersonalLink | None:
    """Return the link that the token opens, be it expired or not; None if there is none.

    In a request a wrong token is counted: `guessing` says what happens when there are many.
    """
    found = None
    if len(token) == 43 and token.isascii():
        found = db.session.scalar(_FOUND, {"token_hash": _hash(token), "purpose": purpose})
    return _or_counted(found)


def shorten(link: PersonalLink) -> str:
    """Give the link a short code for paper, the same one whenever it is asked for; return it."""
    code = _short(link)
    link.short_hash = _hash(code)
    return "-".join(code[start : start + GROUP] for start in range(0, SHORT, GROUP))


def find_short(purpose: str, typed: str) -> PersonalLink | None:
    """Return the link of a short code, however it is grouped and whatever the case."""
    code = _BETWEEN.sub("", typed.lower())
    found = None
    if len(code) == SHORT and set(code) <= set(ALPHABET):
        asked = sa.select(PersonalLink).where(
            PersonalLink.short_hash == _hash(code), PersonalLink.purpose == purpose
        )
        found = db.session.scalar(asked)
    return _or_counted(found)


def _or_counted(found: PersonalLink | None) -> PersonalLink | None:
    if found is None and has_request_context():
        guessing.count_wrong()
    return found


def is_open(link: PersonalLink) -> bool:
    """Is the link neither expired nor revoked?"""
    return link.revoked_at is None and clock.now() < link.expires_at


def revoke(purpose: str, subject_id: int) -> None:
    """End every link to the thing at once."""
    db.session.execute(
        sa.update(PersonalLink)
        .where(
            PersonalLink.purpose == purpose,
            PersonalLink.subject_id == subject_id,
            PersonalLink.revoked_at.is_(None),
        )
        .values(revoked_at=clock.now())
    )


def absolute(endpoint: str, **values: Any) -> str:
    """Return a full address that begins with BASE_URL, whatever Host the request named."""
    with current_app.test_request_context(base_url=current_app.config["BASE_URL"]):
        path = url_for(endpoint, **values)
    return f"{current_app.config['BASE_URL']}{path}"


def _token(purpose: str, nonce: str) -> str:
    digest = _digest(f"personal-link:{purpose}:{nonce}")
    return base64.urlsafe_b64encode(digest).rstrip(b"=").decode()


def _short(link: PersonalLink) -> str:
    number = int.from_bytes(_digest(f"short-link:{link.purpose}:{link.nonce}"))
    return "".join(ALPHABET[number // len(ALPHABET) ** place % len(ALPHABET)]
                   for place in range(SHORT))  # fmt: skip


def _digest(text: str) -> bytes:
    key = current_app.config["SECRET_KEY"].encode()
    return hmac.new(key, text.encode(), hashlib.sha256).digest()


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()

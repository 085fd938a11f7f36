"""What the tests of accounts share: a password, and the addresses that letters carry."""

import sqlalchemy as sa

from coordinator import links
from coordinator.accounts import passwords
from coordinator.accounts.models import User
from coordinator.extensions import db
from coordinator.links import PersonalLink
from coordinator.outbox.models import OutboxLetter
from tests.factories import UserFactory

PASSWORD = "mavi kapı sessiz deniz"
_digest = passwords.digest(PASSWORD)


def with_password(**values: object) -> User:
    """Return a member of staff who signs in with PASSWORD."""
    return UserFactory(password_hash=_digest, **values)


def letters_to(address: str) -> list[OutboxLetter]:
    """Return the letters to an address, the oldest first."""
    db.session.expire_all()
    query = sa.select(OutboxLetter).where(OutboxLetter.to_address == address)
    return list(db.session.scalars(query.order_by(OutboxLetter.id)))


def link_in(letter: OutboxLetter) -> str:
    """Return the path of the letter's personal link, as its reader gets it."""
    [(marker, number)] = letter.links.items()
    [line] = [word for word in letter.text.split() if marker in word]
    token = links.token_of(db.session.get_one(PersonalLink, number))
    return line.replace(marker, token).removeprefix("http://127.0.0.1")

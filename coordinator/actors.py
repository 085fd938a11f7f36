"""Who does a deed: an account, a person behind a personal link, or a command."""

from dataclasses import dataclass
from typing import Any

from flask_babel import gettext


@dataclass(frozen=True)
class Actor:
    """The acting person as the audit names them; `via` is page, link, command or worker."""

    name: str
    via: str
    user_id: int | None = None

    @classmethod
    def account(cls, user: Any) -> "Actor":
        """The signed-in account."""
        return cls(name=user.full_name, via="page", user_id=user.id)

    @classmethod
    def link(cls, name: str) -> "Actor":
        """A person who came by a personal link."""
        return cls(name=name, via="link")


COMMAND = Actor(name="command line", via="command")
WORKER = Actor(name="worker", via="worker")


def spoken(name: str) -> str:
    """Return a stored actor's name as people read it; the machine's own in their language."""
    if name == COMMAND.name:
        return gettext("command line")
    return gettext("Paydaş itself") if name == WORKER.name else name

"""A letter before it is written down in the outbox."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from flask import render_template
from flask_babel import force_locale

from coordinator.links import LinkBook
from coordinator.records import new_public_id
from coordinator.wording import defused, one_line

LONGEST_NAME = 200
_EMPTY_LINES = re.compile(r"\n(?:[ \t]*\n){2,}")


@dataclass(frozen=True)
class Letter:
    """One letter to one address. Links in it are markers of `links` until it is sent."""

    kind: str
    to_name: str
    to_address: str
    language: str
    subject: str
    text: str
    html: str
    links: Mapping[str, int] = field(default_factory=dict)
    calendar: str | None = None
    calendar_method: str | None = None
    once: str | None = None
    """A key that makes a second letter with the same key impossible."""
    code: str = field(default_factory=new_public_id)
    """The letter's own name, from which the addresses that answers and bounces go to are made."""
    is_answered_by_mail: bool = False
    """Are answers to it read? Then it names a reply address of its own."""
    is_round: bool = False
    """Is it a round letter, which people may do without, and not an official one?"""

    def __post_init__(self) -> None:
        """Keep a typed name from becoming two headers, or a link in the header "To"."""
        name = defused(one_line(self.to_name))[:LONGEST_NAME].rstrip()
        object.__setattr__(self, "to_name", name)


def render(template: str, *, language: str, book: LinkBook, **context: Any) -> tuple[str, str, str]:
    """Return (subject, text, html) of `template` in a language.

    `template` names a pair `<feature>/email/<name>`.txt and .html; the text's first line is the
    subject, behind "Subject: ", then an empty line. Parts that a letter leaves out leave no gap.
    What others typed (names, notes) goes through `defused(…)` there, and so becomes no link.
    """
    with force_locale(language):
        values = {
            **context,
            "defused": defused,
            "link": book.url,
            "language": language,
            "locale": language,
        }
        text = render_template(f"{template}.txt", **values).strip()
        html = render_template(f"{template}.html", **values)
    head, _, body = text.partition("\n")
    subject = " ".join(head.removeprefix("Subject:").split())
    return subject, _EMPTY_LINES.sub("\n\n", body.strip()) + "\n", html

"""Writes the letters that ask whether a record is right. Nothing here asks the database."""

import hashlib
from dataclasses import dataclass, field

from coordinator.institution.models import Institution
from coordinator.letters import Letter, render
from coordinator.links import LinkBook
from coordinator.patterns import Pattern, stand_in
from coordinator.registry.queries import Recipient
from coordinator.verification.models import Round
from coordinator.wording import defused, one_line

QUESTION, REMINDER = "verification", "verification_reminder"


@dataclass(frozen=True)
class Envelope:
    """One organisation's recipient; `url` is a marker of `book` until the letter is sent."""

    recipient: Recipient
    organization_name: str
    url: str
    book: LinkBook = field(default_factory=LinkBook)
    once: str | None = None


class Writer:
    """Writes the letters of one round; each is rendered once a language and filled in."""

    def __init__(self, round_: Round, institution: Institution | None) -> None:
        self.round = round_
        self.institution = institution or Institution(name="Paydaş", unit="")
        self.patterns: dict[tuple[str, str], Pattern] = {}

    def write(self, kind: str, envelope: Envelope) -> Letter:
        to = envelope.recipient
        subject, text, html = self._pattern(kind, to.language).filled(
            {
                "name": defused(one_line(to.name)),
                "organization": defused(one_line(envelope.organization_name)),
                "url": envelope.url,
            }
        )
        return Letter(
            kind=kind,
            to_name=one_line(to.name),
            to_address=to.address,
            language=to.language,
            subject=subject,
            text=text,
            html=html,
            links=envelope.book.links,
            once=envelope.once,
            is_round=True,
        )

    def _pattern(self, kind: str, language: str) -> Pattern:
        known = (kind, language)
        if known not in self.patterns:
            self.patterns[known] = Pattern.of(
                *render(
                    f"verification/email/{kind}",
                    language=language,
                    book=LinkBook(),
                    institution=self.institution,
                    answer_by=self.round.answer_by,
                    name=stand_in("name"),
                    organization=stand_in("organization"),
                    url=stand_in("url"),
                )
            )
        return self.patterns[known]


def key(kind: str, verification_id: int, address: str, turn: object = "") -> str:
    """Return what makes a second letter of that kind, to that address, in that turn impossible."""
    to = hashlib.sha256(address.lower().encode()).hexdigest()[:24]
    return f"{kind}:{verification_id}:{turn}:{to}"

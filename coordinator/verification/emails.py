"""Writes the letters that ask whether a record is right. Nothing here changes the database."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field

from flask_babel import force_locale

from coordinator.i18n import day
from coordinator.institution.models import Institution
from coordinator.letter_texts import queries as letter_texts
from coordinator.letter_texts.words import Wording
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
    """Writes the letters of one round; each is rendered once a language and filled in.

    The words of a kind are those that staff gave it, asked for once; `words` is for trying others.
    """

    def __init__(
        self,
        round_: Round,
        institution: Institution | None,
        words: Mapping[str, Wording] | None = None,
    ) -> None:
        self.round = round_
        self.wordings = dict(words or {})
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
        if kind not in self.wordings:
            self.wordings[kind] = letter_texts.in_use(kind)
        if known not in self.patterns:
            self.patterns[known] = Pattern.of(
                *render(
                    f"verification/email/{kind}",
                    language=language,
                    book=LinkBook(),
                    institution=self.institution,
                    words=self.wordings[kind](language).filled(self._values(language)),
                    answer_by=self.round.answer_by,
                    organization=stand_in("organization"),
                    url=stand_in("url"),
                )
            )
        return self.patterns[known]

    def _values(self, language: str) -> dict[str, str]:
        with force_locale(language):
            until = day(self.round.answer_by)
        return {"ad": stand_in("name"), "kurulus": stand_in("organization"), "son_gun": until}


def key(kind: str, verification_id: int, address: str, turn: object = "") -> str:
    """Return what makes a second letter of that kind, to that address, in that turn impossible."""
    to = hashlib.sha256(address.lower().encode()).hexdigest()[:24]
    return f"{kind}:{verification_id}:{turn}:{to}"

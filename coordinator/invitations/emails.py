"""Writes the letters of a meeting's invitations. Nothing here changes the database."""

import hashlib
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from flask import current_app
from flask_babel import force_locale

from coordinator.institution.models import Institution
from coordinator.invitations.models import LetterKind
from coordinator.invitations.occasion import Occasion, describe, room_for
from coordinator.invitations.signals import Block
from coordinator.letter_texts import queries as letter_texts
from coordinator.letter_texts.words import Wording, Words
from coordinator.letters import Letter, render
from coordinator.links import LinkBook
from coordinator.meetings import calendar
from coordinator.meetings.models import Meeting
from coordinator.outbox.addresses import reply_address
from coordinator.patterns import Pattern, stand_in
from coordinator.records import new_public_id
from coordinator.registry.queries import Recipient
from coordinator.wording import defused, one_line

METHODS: dict[LetterKind, calendar.Method] = {
    LetterKind.INVITATION: "REQUEST",
    LetterKind.HANDOVER: "REQUEST",
    LetterKind.CHANGE: "REQUEST",
    LetterKind.CANCELLATION: "CANCEL",
    LetterKind.WITHDRAWAL: "CANCEL",
    LetterKind.MOVED_UP: "PUBLISH",
}
ANSWERED_BY_MAIL = frozenset(LetterKind) - {LetterKind.CANCELLATION, LetterKind.WITHDRAWAL}
"""Kinds of letters to which people answer, by calendar or in their own words."""
ROUNDS = frozenset({LetterKind.REMINDER, LetterKind.NAMES})
"""Kinds that people may do without."""


@dataclass(frozen=True)
class Envelope:
    """One recipient of one organisation, and what only their letter says.

    `url` is the address of their page: a marker of `book` until the letter is sent.
    """

    recipient: Recipient
    organization_name: str
    url: str
    book: LinkBook = field(default_factory=LinkBook)
    blocks: Sequence[Block] = ()
    once: str | None = None
    organizer_code: str | None = None
    """The letter whose reply address is the calendar's organizer; None: this letter's own.

    A calendar program takes an update from the organizer it knows, so all letters about a meeting
    to one address name the first one's."""
    more: dict[str, Any] = field(default_factory=dict)
    trial: bool = False
    seats: int | None = None
    """How many of this organisation can come; None: as many as the meeting says."""


class Writer:
    """Writes letters about one meeting; what they all say is put into words once a language.

    The words of a kind are those that staff gave it, asked for once; `words` is for trying others.
    """

    def __init__(
        self,
        meeting: Meeting,
        institution: Institution | None,
        words: Mapping[LetterKind, Wording] | None = None,
    ) -> None:
        self.meeting = meeting
        self.wordings = dict(words or {})
        self.room = cache(_room)
        self.institution = institution or Institution(name="Paydaş", unit="")
        self.occasion = cache(self._occasion)
        self.patterns: dict[Hashable, Pattern] = {}
        self.files: dict[calendar.Method, str] = {}

    def write(self, kind: LetterKind, envelope: Envelope) -> Letter:
        recipient = envelope.recipient
        subject, text, html = self._pattern(kind, envelope).filled(self._words(envelope))
        method = self._method(kind, envelope)
        code = new_public_id()
        return Letter(
            kind=kind.value,
            to_name=one_line(recipient.name),
            to_address=recipient.address,
            language=recipient.language,
            subject=subject,
            text=text,
            html=html,
            links=envelope.book.links,
            calendar=self._calendar(method, envelope, code) if method else None,
            calendar_method=method,
            once=envelope.once,
            code=code,
            is_answered_by_mail=kind in ANSWERED_BY_MAIL and not envelope.trial,
            is_round=kind in ROUNDS,
        )

    def said(self, kind: LetterKind, envelope: Envelope) -> Words:
        """Return the kind's words alone, as this recipient reads them: what stands on paper."""
        language = envelope.recipient.language
        own = {stand_in(name): value for name, value in self._words(envelope).items()}
        shared = _values(self.occasion(language), envelope)
        values = {name: own.get(value, value) for name, value in shared.items()}
        return self._text(kind, language).filled(values)

    def _pattern(self, kind: LetterKind, envelope: Envelope) -> Pattern:
        """Return the letter with stand-ins for what only this recipient reads."""
        language = envelope.recipient.language
        blocks = tuple((one.title, one.text, one.link_text) for one in envelope.blocks)
        known = (kind, language, blocks, envelope.trial, repr(envelope.more))
        if known not in self.patterns:
            occasion = self.occasion(language)
            self.patterns[known] = Pattern.of(
                *render(
                    f"invitations/email/{kind.value}",
                    language=language,
                    book=envelope.book,
                    occasion=occasion,
                    institution=self.institution,
                    length_days=occasion.length_days,
                    name=stand_in("name"),
                    organization=stand_in("organization"),
                    url=stand_in("url"),
                    blocks=[_clean(one, n) for n, one in enumerate(envelope.blocks)],
                    trial=envelope.trial,
                    words=self._text(kind, language).filled(_values(occasion, envelope)),
                    **envelope.more,
                )
            )
        return self.patterns[known]

    def _text(self, kind: LetterKind, language: str) -> Words:
        """Return the kind's words as staff changed them, or as shipped."""
        if kind not in self.wordings:
            self.wordings[kind] = letter_texts.in_use(kind.value, self.meeting.public_id or "")
        return self.wordings[kind](language)

    def _words(self, envelope: Envelope) -> dict[str, str]:
        """Return what only this recipient reads. What others typed becomes no link."""
        seats = envelope.seats or self.meeting.max_per_org
        return {
            "name": defused(one_line(envelope.recipient.name)),
            "organization": defused(one_line(envelope.organization_name)),
            "url": envelope.url,
            "seats": str(seats),
            "room": self.room(envelope.recipient.language, seats),
            **{f"block{number}": one.url for number, one in enumerate(envelope.blocks)},
        }

    def _method(self, kind: LetterKind, envelope: Envelope) -> calendar.Method | None:
        if kind is LetterKind.RECEIPT and envelope.more["coming"]:
            return "PUBLISH"
        return METHODS.get(kind)

    def _calendar(self, method: calendar.Method, envelope: Envelope, code: str) -> str:
        """Return the calendar file that asks this recipient, and names nobody else."""
        if method not in self.files:
            self.files[method] = calendar.event(self.meeting, method=method)
        recipient, (name, address) = envelope.recipient, organizer(self.institution)
        reply = None if envelope.trial else reply_address(envelope.organizer_code or code)
        return calendar.addressed(
            self.files[method],
            organizer=(name, reply or address),
            attendee=None if method == "PUBLISH" else (defused(recipient.name), recipient.address),
        )

    def _occasion(self, language: str) -> Occasion:
        with force_locale(language):
            return describe(self.meeting)


def organizer(institution: Institution) -> calendar.Person:
    """Return who invites: the branch, under the address that answers mail."""
    name = institution.unit or institution.name
    return name, institution.email or current_app.config["MAIL_DEFAULT_SENDER"]


def key(kind: str, invitation_id: int, address: str, round_: object = "") -> str:
    """Return what makes a second letter of that kind, to that address, in that round impossible."""
    to = hashlib.sha256(address.lower().encode()).hexdigest()[:24]
    return f"{kind}:{invitation_id}:{round_}:{to}"


def _room(language: str, seats: int) -> str:
    with force_locale(language):
        return room_for(seats)


def _values(occasion: Occasion, envelope: Envelope) -> dict[str, str]:
    """Return what stands for each placeholder; for what differs by recipient, its stand-in."""
    return {
        "ad": stand_in("name"),
        "kurulus": stand_in("organization"),
        "toplanti": occasion.heading,
        "amac": occasion.purpose,
        "gun": occasion.day,
        "kisa_gun": occasion.short_day,
        "saat": occasion.time,
        "yer": ", ".join(filter(None, (occasion.place, occasion.address))),
        "son_gun": occasion.deadline,
        "kisi_sayisi": stand_in("seats"),
        "kontenjan": stand_in("room"),
        "devreden": defused(one_line(envelope.more.get("giver", ""))),
    }


def _clean(block: Block, number: int) -> Block:
    return Block(
        title=one_line(block.title),
        text=one_line(block.text),
        link_text=one_line(block.link_text),
        url=stand_in(f"block{number}"),
    )

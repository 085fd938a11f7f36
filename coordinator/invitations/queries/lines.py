"""The list of a meeting's invitees: three questions, whatever their number.

Hundreds of rows are read for one page, so they come as plain values; the words for them, and
what the letters of one invitation add up to, are worked out here, which takes half the time that
a database takes for the same.
"""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache, lru_cache
from typing import Any

import sqlalchemy as sa

from coordinator.extensions import db
from coordinator.invitations.models import (
    COMING,
    Addressee,
    AnsweredVia,
    AttendMode,
    Delivery,
    Invitation,
    InvitationLetter,
    LetterKind,
    RsvpAnswer,
    WhyCalled,
)
from coordinator.invitations.queries.totals import Totals
from coordinator.outbox.models import OPEN_STATES, LetterState
from coordinator.outbox.models import OutboxLetter as Letter
from coordinator.registry.models import Channel, District, Organization

NEWS = (
    LetterKind.INVITATION,
    LetterKind.REMINDER,
    LetterKind.CHANGE,
    LetterKind.CANCELLATION,
    LetterKind.MOVED_UP,
    LetterKind.HANDOVER,
    LetterKind.NAMES,
    LetterKind.EVE,
)
"""The letters that the branch sends of its own accord; a receipt follows an answer."""
BEST_FIRST = (
    (LetterState.SENT, Delivery.SENT),
    (Delivery.BROUGHT, Delivery.BROUGHT),
    (LetterState.SENDING, Delivery.SENDING),
    (LetterState.QUEUED, Delivery.TO_SEND),
    (LetterState.DEFERRED, Delivery.DEFERRED),
    (Delivery.TO_BRING, Delivery.TO_BRING),
    (LetterState.BOUNCED, Delivery.BOUNCED),
    (LetterState.FAILED, Delivery.FAILED),
    (LetterState.CANCELLED, Delivery.CANCELLED),
)
RETURNED = frozenset({LetterState.FAILED, LetterState.BOUNCED})
TOLD_WHY = frozenset({LetterState.FAILED, LetterState.BOUNCED, LetterState.DEFERRED})
CALLED = frozenset({Channel.PHONE, Channel.SMS})
"""Ways in which somebody is spoken to; by the others something is brought."""
STATES = {one.value: one for one in LetterState}
ANSWERS = {one.value: one for one in RsvpAnswer}
VIAS = {one.value: one for one in AnsweredVia}
MODES = {one.value: one for one in AttendMode}


@dataclass(slots=True)
class Post:
    """What became of an invitation's letters; `states` and `written_to` are of the first ones.

    What goes another way than by mail counts among the states: to be brought, or brought.
    """

    states: set[LetterState | Delivery] = field(default_factory=set)
    written_to: set[str] = field(default_factory=set)
    letters: int = 0
    still_open: int = 0
    to_bring: int = 0
    sent_at: datetime | None = None
    reminded_at: datetime | None = None
    reason: str | None = None

    @property
    def delivery(self) -> Delivery:
        """The best that any of the letters came to."""
        return next((best for state, best in BEST_FIRST if state in self.states), Delivery.TO_CALL)

    def add(self, kind: str, state: LetterState, letter: Sequence[Any]) -> None:
        sent_at, reason, address = letter
        self.letters += state is not LetterState.CANCELLED
        self.still_open += state in OPEN_STATES
        if kind == LetterKind.INVITATION:
            self.states.add(state)
            self.written_to.add(address)
            self.sent_at = _later(self.sent_at, sent_at)
            if reason and state in TOLD_WHY:
                self.reason = max(self.reason or "", reason)
        elif kind == LetterKind.REMINDER:
            self.reminded_at = _later(self.reminded_at, sent_at)

    def add_by_hand(self, channel: str, done: bool) -> None:
        if done:
            self.states.add(Delivery.BROUGHT)
        elif channel not in CALLED:
            self.states.add(Delivery.TO_BRING)
            self.to_bring += 1


@dataclass(slots=True)
class Line:
    """One invitee with the answer and what became of the letters."""

    id: int
    public_id: str
    invited: bool
    answer: RsvpAnswer
    people: int
    needs: tuple[str, ...]
    needs_note: str
    answered_at: datetime | None
    via: AnsweredVia | None
    answered_by: str
    waiting_no: int | None
    names: int
    names_later: bool
    mode: AttendMode | None
    numbers: dict[str, int]
    post: Post
    delivery: Delivery
    organization_id: int
    organization: str
    organization_page: str
    search_key: str
    email: str
    phone: str
    district: str | None
    why_called: WhyCalled | None = None
    """Noted by `queries.to_call.explain`."""

    @property
    def is_silent(self) -> bool:
        return self.invited and self.answer is RsvpAnswer.NONE

    @property
    def failed(self) -> bool:
        """Did a letter come back, whatever became of others?"""
        return not RETURNED.isdisjoint(self.post.states)

    @property
    def is_coming(self) -> bool:
        return self.answer in COMING


def lines(meeting_id: int) -> list[Line]:
    """Return every invitee of the meeting in Turkish order."""
    posts, nothing = _posts(meeting_id), Post()
    return [_line(row, posts.get(row[0], nothing)) for row in _rows(_invitees(), meeting_id)]


def _line(row: Sequence[Any], post: Post) -> Line:
    id_, number, invited, answer, people, needs, note, answered_at, via, by, *rest = row
    waiting_no, names, names_later, mode, numbers, *organization = rest
    delivery = post.delivery if invited else Delivery.TO_SEND
    return Line(
        id_, number, bool(invited), ANSWERS[answer], people, _needs(needs), note, answered_at,
        VIAS.get(via), by, waiting_no, len(_needs(names)), bool(names_later), MODES.get(mode),
        _numbers(numbers), post, delivery, *organization,
    )  # fmt: skip


def touched_since(meeting_id: int, moment: datetime) -> set[int]:
    """Return the invitations of whose letters something has become since."""
    touched = _of_meeting(sa.select(InvitationLetter.invitation_id)).where(
        Letter.updated_at >= moment
    )
    return set(db.session.scalars(touched, {"meeting_id": meeting_id}))


def totals_of(all_lines: Iterable[Line]) -> Totals:
    """Add up a list that is already read."""
    totals = Totals()
    for line in all_lines:
        if line.invited:
            totals.add(line.answer, 1, line.people)
    return totals


def _posts(meeting_id: int) -> dict[int, Post]:
    posts: dict[int, Post] = {}
    for invitation_id, kind, state, *letter in _rows(_letters(), meeting_id):
        post = posts.get(invitation_id)
        if post is None:
            post = posts[invitation_id] = Post()
        post.add(kind, STATES[state], letter)
    for invitation_id, channel, done in _rows(_by_hand(), meeting_id):
        posts.setdefault(invitation_id, Post()).add_by_hand(channel, bool(done))
    return posts


def _rows(asked: sa.Select[Any], meeting_id: int) -> Iterable[Any]:
    """Ask past the session, which takes as long for the rows as the database."""
    return db.session.connection().execute(asked, {"meeting_id": meeting_id}).all()


def _later(one: datetime | None, other: datetime | None) -> datetime | None:
    return max(one, other) if one and other else one or other


@lru_cache(maxsize=1024)
def _needs(text: str) -> tuple[str, ...]:
    return tuple(json.loads(text) or ())


@lru_cache(maxsize=1024)
def _numbers(text: str) -> dict[str, int]:
    return dict(json.loads(text) or {})


def _code(column: Any) -> Any:
    """The column as the text that it is in the database."""
    return sa.type_coerce(column, sa.String)


@cache
def _invitees() -> sa.Select[Any]:
    """The question, built once: building it costs more than the answer."""
    return (
        sa.select(
            Invitation.id,
            Invitation.public_id,
            Invitation.invited_at.is_not(None),
            _code(Invitation.answer),
            Invitation.people,
            sa.cast(Invitation.access_needs, sa.Text),
            Invitation.needs_note,
            Invitation.answered_at,
            _code(Invitation.answered_via),
            Invitation.answered_by,
            Invitation.waiting_no,
            sa.cast(Invitation.attendee_names, sa.Text),
            Invitation.names_later,
            _code(Invitation.attend_mode),
            sa.cast(Invitation.need_numbers, sa.Text),
            Organization.id,
            Organization.name,
            Organization.public_id,
            Organization.search_key,
            Organization.email,
            Organization.phone,
            District.name,
        )
        .join(Organization, Organization.id == Invitation.organization_id)
        .outerjoin(District, District.id == Organization.district_id)
        .where(
            Invitation.meeting_id == sa.bindparam("meeting_id"),
            Organization.merged_into_id.is_(None),
        )
        .order_by(Organization.sort_key, Organization.id)
    )


@cache
def _letters() -> sa.Select[Any]:
    return _of_meeting(
        sa.select(
            InvitationLetter.invitation_id,
            _code(InvitationLetter.kind),
            _code(Letter.state),
            Letter.sent_at,
            Letter.reason,
            Letter.to_address,
        )
    )


@cache
def _by_hand() -> sa.Select[Any]:
    """To whom the invitation goes another way than by mail, and whether it has."""
    return (
        sa.select(Addressee.invitation_id, _code(Addressee.channel), Addressee.done_at.is_not(None))
        .join(Invitation, Invitation.id == Addressee.invitation_id)
        .where(
            Invitation.meeting_id == sa.bindparam("meeting_id"),
            Addressee.channel != Channel.EMAIL,
        )
    )


def _of_meeting(asked: sa.Select[Any]) -> sa.Select[Any]:
    return (
        asked.join(Letter, Letter.id == InvitationLetter.letter_id)
        .join(Invitation, Invitation.id == InvitationLetter.invitation_id)
        .where(Invitation.meeting_id == sa.bindparam("meeting_id"), InvitationLetter.kind.in_(NEWS))
    )

"""What invited organisations are told when a meeting moves or is off."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

import sqlalchemy as sa
from flask_babel import force_locale

from coordinator.extensions import db
from coordinator.invitations.models import Invitation, LetterKind
from coordinator.invitations.operations.composing import (
    OPEN_AFTER,
    PURPOSE,
    Target,
    write_letters,
)
from coordinator.invitations.operations.readers import EXPECTED, Readers
from coordinator.invitations.operations.receipts import Receipt, write_receipts
from coordinator.invitations.summary import summary
from coordinator.links import PersonalLink
from coordinator.meetings.models import Meeting
from coordinator.meetings.outlook import Outlook
from coordinator.outbox.queries import held


@dataclass(frozen=True)
class Told:
    """How many letters were written, and who may come though nobody can write to them."""

    letters: int
    untold: list[Invitation]


@dataclass
class News:
    """What is to be written, and who may come though nobody can write to them."""

    written: dict[LetterKind, list[Target]] = field(default_factory=lambda: defaultdict(list))
    receipts: list[tuple[Invitation, Receipt]] = field(default_factory=list)
    untold: list[Invitation] = field(default_factory=list)


def tell_changed(*, meeting: Meeting) -> Told:
    """Write to everybody who holds an invitation, or comes without one, how the meeting stands.

    Letters that have not gone yet are called back, and what must still be said is written anew,
    so that nobody reads a time that is no longer true. Letters that failed go anew as well.
    """
    news = _of_change(Readers(meeting))
    _keep_links_open(meeting)
    anew = write_receipts(meeting, news.receipts, f"s{meeting.calendar_sequence}")
    return Told(_write(meeting, news.written) + anew, news.untold)


def _of_change(readers: Readers) -> News:
    news = News()
    for one in readers.invitations:
        people, seated = readers.of(one), list(readers.moved_up(one))
        news.receipts += _receipts(readers, one, people, seated)
        news.written[LetterKind.MOVED_UP] += seated
        enough = {_place(target) for target in seated} - readers.out.keys()
        for kind, target in people.values():
            if _place(target) not in enough:
                news.written[kind].append(target)
        if one.answer in EXPECTED and not (people or seated):
            news.untold.append(one)
    return news


def _receipts(
    readers: Readers,
    invitation: Invitation,
    people: dict[str, tuple[LetterKind, Target]],
    seated: Sequence[Target],
) -> Iterator[tuple[Invitation, Receipt]]:
    """Give the receipts to write anew; a letter of the change tells the answer in their place."""
    told = {target.recipient.address.lower() for target in seated}
    for one, person in readers.receipts(invitation):
        address = person.address.lower()
        kind, target = people.get(address, (None, None))
        if kind is LetterKind.CHANGE and target is not None:
            with force_locale(target.recipient.language):
                details = summary(invitation).details
            people[address] = kind, replace(target, more={**target.more, "details": details})
        elif address not in told:
            yield invitation, Receipt(person, one.link, one.handed_by_id)


def tell_cancelled(*, meeting: Meeting, reason: str = "") -> Told:
    """Call back what has not gone yet, and write to those whose letter went out, or who come."""
    news = _of_cancellation(Readers(meeting), " ".join((reason or "").split()))
    return Told(_write(meeting, news.written), news.untold)


def _of_cancellation(readers: Readers, reason: str) -> News:
    news = News()
    told = {_place(target): target for target in readers.former()}
    for one in readers.invitations:
        people = readers.of(one)
        for kind, target in people.values():
            if kind is LetterKind.CHANGE or one.answer in EXPECTED:
                told.setdefault(_place(target), target)
        if one.answer in EXPECTED and not people:
            news.untold.append(one)
    news.written[LetterKind.CANCELLATION] = [
        replace(one, more={**one.more, "reason": reason}) for one in told.values()
    ]
    return news


def foresee_change(meeting: Meeting) -> Outlook:
    """Return what `tell_changed` would write now; nothing is changed."""
    readers = Readers(meeting, foresee=True)
    return _outlook(readers, _of_change(readers))


def foresee_cancellation(meeting: Meeting) -> Outlook:
    """Return what `tell_cancelled` would write now; nothing is changed."""
    readers = Readers(meeting, foresee=True)
    return _outlook(readers, _of_cancellation(readers, ""))


def _outlook(readers: Readers, news: News) -> Outlook:
    """Count the letters that have somewhere to go: none does to an address on hold."""
    places = [_place(target) for targets in news.written.values() for target in targets]
    places += [(one.id, receipt.recipient.address.lower()) for one, receipt in news.receipts]
    on_hold = held({address for _id, address in places})
    going = [invitation_id for invitation_id, address in places if address not in on_hold]
    told = len(set(going))
    return Outlook(len(going), told, len(readers.invitations) - told)


def _write(meeting: Meeting, written: dict[LetterKind, list[Target]]) -> int:
    """Write the letters, each once for every change of the meeting; return how many."""
    round_ = f"s{meeting.calendar_sequence}"
    return sum(
        len(write_letters(kind, meeting, targets, round_))
        for kind, targets in written.items()
        if targets
    )


def _place(target: Target) -> tuple[int, str]:
    return target.invitation.id, target.recipient.address.lower()


def _keep_links_open(meeting: Meeting) -> None:
    """Let every link of the meeting end as long after it as before."""
    own = sa.select(Invitation.id).where(Invitation.meeting_id == meeting.id)
    db.session.execute(
        sa.update(PersonalLink)
        .where(PersonalLink.purpose == PURPOSE, PersonalLink.subject_id.in_(own))
        .values(expires_at=meeting.ends_at + OPEN_AFTER)
        .execution_options(synchronize_session=False)
    )

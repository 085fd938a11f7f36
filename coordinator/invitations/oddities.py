"""What is odd about a round of invitations before it is sent, and what to do about it.

None of it stops anybody. Every check is one question for the whole round.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import timedelta

import sqlalchemy as sa
from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from coordinator import clock
from coordinator.days import concerns as days
from coordinator.extensions import db
from coordinator.invitations.models import Invitation
from coordinator.invitations.occasion import deadline_of
from coordinator.invitations.oddity import Oddity, Pair, some_of
from coordinator.invitations.queries.reach import Reach
from coordinator.invitations.unwritten import of_the_unwritten
from coordinator.meetings.models import Meeting
from coordinator.meetings.queries import overlapping
from coordinator.outbox.models import HeldAddress, LetterState, OutboxLetter
from coordinator.registry.models import Contact, Organization, OrgStatus
from coordinator.registry.queries import active_contact, stands

NEAR = timedelta(days=2)
AT_ONCE = 2000


def oddities(meeting: Meeting, pairs: Sequence[Pair], ways: Mapping[int, Reach]) -> list[Oddity]:
    """Return everything that staff may want to look at before they send.

    `ways` says by what those can be reached to whom nothing goes, by organisation.
    """
    return [
        *_of_time(meeting),
        *_of_other_meetings(meeting, pairs),
        *_of_status(pairs),
        *_of_addresses(pairs),
        *of_the_unwritten(pairs, ways),
        *_of_doubles(pairs),
        *_of_room(meeting, pairs),
    ]


def _of_time(meeting: Meeting) -> list[Oddity]:
    edit = url_for("meetings.edit", public_id=meeting.public_id)
    change = _("Change the meeting")
    odd = []
    if clock.now() >= meeting.starts_at:
        odd.append(
            Oddity(_("The meeting has already begun."), _("Check day and time."), edit, change)
        )
    left = meeting.rsvp_deadline - clock.today()
    if left < timedelta(0):
        odd.append(
            Oddity(
                _("The last day to answer, %(day)s, has passed.", day=deadline_of(meeting)),
                _("Nobody could answer. Set a later day first."), edit, change,
            )
        )  # fmt: skip
    elif left < NEAR:
        odd.append(
            Oddity(
                _("The last day to answer, %(day)s, is very near.", day=deadline_of(meeting)),
                _("Give them some days to decide, or phone them as well."), edit, change,
            )
        )  # fmt: skip
    if clock.now() < meeting.starts_at:
        for concern in days.concerns(meeting.starts_at, meeting.ends_at):
            odd.append(Oddity(concern.title, concern.text, edit, change))
    return odd


def _of_other_meetings(meeting: Meeting, pairs: Sequence[Pair]) -> list[Oddity]:
    others = overlapping(meeting.starts_at, meeting.ends_at, except_for=meeting)
    if not others:
        return []
    wanted = {one.organization_id for one, _people in pairs}
    both: Counter[int] = Counter()
    rows = db.session.execute(
        sa.select(Invitation.meeting_id, Invitation.organization_id).where(
            Invitation.meeting_id.in_([one.id for one in others]),
            stands(Invitation.organization_id),
        )
    )
    for meeting_id, organization_id in rows:
        both[meeting_id] += organization_id in wanted
    return [_clash(other, both[other.id]) for other in others]


def _clash(other: Meeting, both: int) -> Oddity:
    title = _("Our meeting “%(title)s” is at the same time.", title=other.title)
    advice = (
        ngettext(
            "One of these organisations is asked to both. Choose another time, or tell them.",
            "%(num)s of these organisations are asked to both. Choose another time, or tell them.",
            both,
        )
        if both
        else _("None of these organisations is asked to both.")
    )
    url = url_for("meetings.meeting", public_id=other.public_id)
    return Oddity(title, advice, url, _("Look at that meeting"))


def _of_status(pairs: Sequence[Pair]) -> list[Oddity]:
    idle = [one.name for one, _p in pairs if one.organization.status is not OrgStatus.ACTIVE]
    if not idle:
        return []
    title = ngettext(
        "One organisation is not active: %(names)s.",
        "%(num)s organisations are not active: %(names)s.",
        len(idle),
        names=some_of(idle),
    )
    return [Oddity(title, _("Take it off the list, or put its status right in its record."))]


def _of_addresses(pairs: Sequence[Pair]) -> list[Oddity]:
    odd = []
    for names, address, words in _held(pairs):
        odd.append(
            Oddity(
                _("%(address)s (%(name)s) is on hold: letters came back.", address=address,
                  name=names),
                " ".join(filter(None, (_quoted(words), _(
                    "Nothing goes there. Correct the address, or choose somebody else below."
                )))),
            )
        )  # fmt: skip
    for address, words in _came_back(pairs):
        odd.append(
            Oddity(
                _("The last letter to %(address)s did not arrive.", address=address),
                " ".join(
                    filter(None, (_quoted(words), _("Ask by phone whether the address is right.")))
                ),
            )
        )
    lost = [one.name for one, people in pairs if people.lost]
    if lost:
        odd.append(
            Oddity(
                _("Somebody chosen cannot be written to: %(names)s.", names=some_of(lost)),
                _("Choose somebody else below, or add the address in the record."),
            )
        )
    return odd


def _of_doubles(pairs: Sequence[Pair]) -> list[Oddity]:
    times = Counter(one.address for _one, people in pairs for one in people.letters)
    return [
        Oddity(
            _(
                "%(address)s gets %(number)s letters, for %(number)s organisations.",
                address=address,
                number=number,
            ),
            _(
                "Each letter has its own link. A calendar shows them as one event, so an answer "
                "given there counts for one organisation only; for the others, the links are "
                "needed. Take an organisation off if one letter is enough."
            ),
        )
        for address, number in sorted(times.items())
        if number > 1
    ]


def _of_room(meeting: Meeting, pairs: Sequence[Pair]) -> list[Oddity]:
    if meeting.capacity is None:
        return []
    asked = sum(one.seats or meeting.max_per_org for one, _people in pairs)
    if asked <= meeting.capacity:
        return []
    title = _(
        "If everybody sends as many as they may, %(asked)s people come; the room has %(room)s.",
        asked=asked,
        room=meeting.capacity,
    )
    return [Oddity(title, _("Who finds no place comes on the waiting list."))]


def _held(pairs: Sequence[Pair]) -> list[tuple[str, str, str]]:
    """Return (organisation, address, the server's words) of its addresses that are on hold."""
    names = {one.organization_id: one.name for one, _people in pairs}
    found = []
    for some in _chunks(names):
        people = sa.select(Contact.organization_id, Contact.email).where(
            Contact.organization_id.in_(some), Contact.email != "", active_contact()
        )
        own = sa.select(Organization.id, Organization.email).where(Organization.id.in_(some))
        addresses = sa.union(people, own).subquery()
        number, address = addresses.c
        rows = db.session.execute(
            sa.select(number, address, HeldAddress.reason)
            .join(HeldAddress, HeldAddress.address == sa.func.lower(address))
            .where(HeldAddress.released_at.is_(None))
            .order_by(address)
        )
        found += [(names[row[0]], str(row[1]), str(row[2] or "")) for row in rows]
    return found


def _came_back(pairs: Sequence[Pair]) -> list[tuple[str, str]]:
    """Return the addresses to which the last letter failed, though they are not on hold."""
    addresses = {one.address for _one, people in pairs for one in people.letters}
    found = []
    for some in _chunks(addresses):
        last = (
            sa.select(sa.func.max(OutboxLetter.id))
            .where(OutboxLetter.to_address.in_(some), OutboxLetter.state != LetterState.CANCELLED)
            .group_by(OutboxLetter.to_address)
        )
        rows = db.session.scalars(
            sa.select(OutboxLetter)
            .where(
                OutboxLetter.id.in_(last),
                OutboxLetter.state.in_([LetterState.FAILED, LetterState.BOUNCED]),
            )
            .order_by(OutboxLetter.to_address)
        )
        found += [(row.to_address, row.reason_words) for row in rows]
    return found


def _chunks(values: Iterable[object]) -> list[list[object]]:
    known = sorted(values, key=str)
    return [known[start : start + AT_ONCE] for start in range(0, len(known), AT_ONCE)]


def _quoted(words: str) -> str:
    """Return a mail server's words as they stand before a sentence of ours."""
    return f"“{' '.join(words.split())}”." if words else ""

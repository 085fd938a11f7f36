"""A calendar's answer, checked against who was asked, becomes the answer of the organisation."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from flask_babel import force_locale

from coordinator import clock
from coordinator.actors import Actor
from coordinator.errors import RuleBroken, SavedMeanwhile
from coordinator.extensions import db
from coordinator.i18n import LANGUAGES
from coordinator.inbox import queries as inbox
from coordinator.inbox.arrival import Arrival
from coordinator.inbox.models import MessageKind
from coordinator.inbox.takers import Verdict
from coordinator.invitations.models import (
    AnsweredVia,
    Invitation,
    InvitationLetter,
    RsvpAnswer,
)
from coordinator.invitations.operations import Reply, Source, answer_invitation, hold
from coordinator.invitations.operations.receipts import Receipt
from coordinator.outbox import addresses
from coordinator.outbox.models import OutboxLetter
from coordinator.replies import queries
from coordinator.replies.operations.together import Place, places_of
from coordinator.replies.parsing import CalendarReply, Person, Unreadable, read_reply
from coordinator.replies.queries import Asked
from coordinator.replies.queries.asked import ANSWERED, PARTLY
from coordinator.wording import holds_tckn

ANSWERS = {
    "ACCEPTED": RsvpAnswer.YES,
    "TENTATIVE": RsvpAnswer.MAYBE,
    "DECLINED": RsvpAnswer.NO,
}
SAME = "same"
TRIES = 5


@dataclass(frozen=True)
class Said:
    """One calendar answer of somebody who was asked, ready to be kept."""

    reply: CalendarReply
    person: Person
    answer: RsvpAnswer
    by: Asked
    stamp: datetime
    comment: str


def take_calendar(arrival: Arrival, text: str) -> Verdict:
    """Keep the answer, or say why it waits for staff."""
    try:
        reply = read_reply(text)
    except Unreadable:
        return Verdict(MessageKind.UNMATCHED, "calendar_unreadable")
    letter = _proven_letter(arrival, reply)
    details = _told(reply, reply.people[0])
    if letter is None:
        return Verdict(MessageKind.UNMATCHED, "no_part", details)
    own, trouble = _own(letter, reply)
    if own is None:
        return Verdict(MessageKind.UNMATCHED, trouble, details, letter)
    details["invitation"] = own.invitation.public_id
    if trouble:
        return Verdict(MessageKind.UNMATCHED, trouble, details, letter)
    meant = reply.to_meeting(own.invitation.meeting.public_id)
    if meant is None:
        return Verdict(MessageKind.UNMATCHED, "other_meeting", details, letter)
    reply, details = meant, details | _told(meant, meant.people[0])
    asked = queries.asked_of(own.invitation)
    found = _who(arrival, reply, asked)
    if found is None:
        return Verdict(MessageKind.UNMATCHED, "stranger", details, letter)
    person, by = found
    details |= _told(reply, person) | _comment(arrival, reply)
    if not _is_by_who_was_asked(arrival, asked):
        return Verdict(MessageKind.UNMATCHED, "other_sender", details, letter)
    return _judged(arrival, reply, person, by, own, details)


def _judged(
    arrival: Arrival,
    reply: CalendarReply,
    person: Person,
    by: Asked,
    own: InvitationLetter,
    details: dict[str, Any],
) -> Verdict:
    """Keep what somebody who was asked has answered, where it can be an answer."""
    letter = own.letter
    if reply.method == "COUNTER":
        return Verdict(MessageKind.HUMAN, "counter", details, letter)
    if person.answer == "DELEGATED":
        return Verdict(MessageKind.HUMAN, "delegated", details, letter)
    answer = ANSWERS.get(person.answer)
    if answer is None or reply.method != "REPLY":
        return Verdict(MessageKind.UNMATCHED, "unclear", details, letter)
    stamp = min(reply.stamp or arrival.written_at or clock.now(), clock.now())
    details["stamp"] = stamp.isoformat()
    said = Said(reply, person, answer, by, stamp, details["comment"])
    (first, by), *others = places_of(own, by, answer)
    outcome, more = _keep(first.invitation, _said_by(said, first, by), standing_since)
    if outcome in (ANSWERED, SAME):
        more["also"], refused = _keep_for_others(said, others)
        if refused:
            outcome, more["not_for"] = PARTLY, refused
    details |= {"invitation": first.invitation.public_id, **more}
    return Verdict(MessageKind.ANSWER, outcome, details, first.letter)


def _keep_for_others(said: Said, others: Sequence[Place]) -> tuple[list[str], list[dict[str, Any]]]:
    """Keep it for further organisations of this address. Guests come once.

    Returns the names of these organisations, and for which others it could not be kept.
    """
    alone = replace(said, person=replace(said.person, guests=0))
    names, refused = [], []
    for one, by in others:
        invitation = one.invitation
        outcome, more = _keep(invitation, _said_by(alone, one, by), last_stamp)
        if outcome == ANSWERED:
            names.append(invitation.name)
        elif outcome == "refused":
            refused.append({"name": invitation.name, "invitation": invitation.public_id, **more})
    return names, refused


def _said_by(said: Said, one: InvitationLetter, by: Asked) -> Said:
    """Return the answer as that of an organisation, whose receipt carries a link of its own."""
    link = by.link if by.link is not None else queries.open_link_to(one)
    return replace(said, by=replace(by, link=link))


def _keep(
    invitation: Invitation, said: Said, since: Callable[[Invitation], datetime | None]
) -> tuple[str, dict[str, Any]]:
    """Keep the answer unless a later one stands; return the outcome and what belongs to it."""
    for _try in range(TRIES):
        try:
            with db.session.begin_nested():
                hold(invitation.meeting)
                if why := _overtaken(invitation, said, since):
                    return why, {}
                is_new = _answer(invitation, said)
        except SavedMeanwhile:
            db.session.refresh(invitation)
            continue
        except RuleBroken as refusal:
            return "refused", {"refusal": in_each_language(refusal)}
        if not is_new:
            return SAME, {}
        return ANSWERED, {"kept": invitation.answer.value, "people": invitation.people}
    return "refused", {"refusal": in_each_language(SavedMeanwhile())}


def _overtaken(
    invitation: Invitation, said: Said, since: Callable[[Invitation], datetime | None]
) -> str:
    """Return whether the meeting moved since it was said, or a later answer stands."""
    sequence = said.reply.sequence
    if sequence is not None and sequence < invitation.meeting.calendar_sequence:
        return "moved"
    return "outdated" if said.stamp < (since(invitation) or said.stamp) else ""


def _answer(invitation: Invitation, said: Said) -> bool:
    """Keep it; a calendar knows no deputy, so that its "Accept" leaves one who was announced."""
    answer = said.answer
    if answer is RsvpAnswer.YES and RsvpAnswer.DEPUTY in (
        invitation.answer,
        invitation.waiting_for,
    ):
        answer = RsvpAnswer.DEPUTY
    reply = Reply.standing(invitation, answer, note=said.comment or None)
    if said.answer is RsvpAnswer.YES and said.person.guests:
        reply = replace(reply, people=said.person.guests + 1)
    recipient = said.by.recipient
    return answer_invitation(
        invitation=invitation,
        reply=reply,
        source=Source(AnsweredVia.CALENDAR, Receipt(recipient, said.by.link)),
        opened_version=invitation.version,
        actor=Actor(name=recipient.name, via="mail"),
    )


def standing_since(invitation: Invitation) -> datetime | None:
    """Return when the answer that stands was given, by the clock of whoever gave it."""
    if invitation.answer is RsvpAnswer.NONE or invitation.answered_at is None:
        return None
    by_calendar = invitation.answered_via is AnsweredVia.CALENDAR
    return (last_stamp(invitation) if by_calendar else None) or invitation.answered_at


def last_stamp(invitation: Invitation) -> datetime | None:
    """Return when a calendar last answered a letter of this very invitation."""
    last = queries.last_calendar_answer(invitation)
    stamp = last.details.get("stamp") if last is not None else None
    return datetime.fromisoformat(stamp) if stamp else None


def in_each_language(refusal: RuleBroken) -> dict[str, str]:
    """Return why it was refused, for readers of every language."""
    words = {}
    for language in LANGUAGES:
        with force_locale(language):
            words[language] = str(refusal.message)
    return words


def _proven_letter(arrival: Arrival, reply: CalendarReply) -> OutboxLetter | None:
    """Return the letter whose secret address the answer came to, or names as the organizer."""
    if arrival.is_proven:
        return arrival.letter
    named = (addresses.letter_of(addresses.REPLY, one.organizer) for one in reply.every)
    code = next(filter(None, named), None)
    return inbox.letter_coded(code) if code else None


def _own(letter: OutboxLetter, reply: CalendarReply) -> tuple[InvitationLetter | None, str]:
    """Return by which letter they were asked, and what stands in the way of an answer.

    One event answers for all organisations that the address was asked for: where the invitation
    of the first letter was taken back or ended, another one goes on.
    """
    own = queries.invitation_letter(letter)
    links = queries.links_to(own) if own is not None else []
    if own is not None and not (links and all(one.revoked_at is not None for one in links)):
        return own, ""
    meeting = reply.uid.partition("@")[0]
    others = queries.letters_at(meeting, letter.to_address)
    if others:
        return others[0], ""
    return own, "ended" if own is not None else "no_invitation"


def _who(
    arrival: Arrival, reply: CalendarReply, asked: Mapping[str, Asked]
) -> tuple[Person, Asked] | None:
    """Return who of those that were asked has answered, as the calendar file says."""
    for person in reply.people:
        if person.address in asked:
            return person, asked[person.address]
    sender = arrival.sender_address.strip().lower()
    return (reply.people[0], asked[sender]) if sender in asked else None


def _is_by_who_was_asked(arrival: Arrival, asked: Mapping[str, Asked]) -> bool:
    """Does the message come from an address that was asked?

    What a calendar file says of its ATTENDEE and of an assistant (SENT-BY) anybody can write who
    was passed the letter. The domain of an address says no more: many organisations write from
    the same large mail service. So an assistant who was not asked waits for staff. The envelope's
    sender does not count: calendar services send in people's names from addresses of their own.
    """
    return arrival.sender_address.strip().lower() in asked


def _comment(arrival: Arrival, reply: CalendarReply) -> dict[str, Any]:
    """Return what was written along, as it may be kept."""
    comment = reply.comment or _body_of_outlook(arrival, reply)
    if holds_tckn(comment):
        return {"comment": "", "left_out": "tckn"}
    return {"comment": comment}


def _body_of_outlook(arrival: Arrival, reply: CalendarReply) -> str:
    """Return what was written into the mail, where the program sends nothing else in it."""
    if "microsoft" not in reply.product.lower():
        return ""
    return arrival.text.strip()[:2000]


def _told(reply: CalendarReply, person: Person) -> dict[str, Any]:
    """Return what the pages tell of it."""
    answer = ANSWERS.get(person.answer)
    return {
        "answer": answer.value if answer is not None else "",
        "address": person.address,
        "name": person.name,
        "comment": reply.comment,
        "meeting": reply.uid.partition("@")[0][:40],
    }

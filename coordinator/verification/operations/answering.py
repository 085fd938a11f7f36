"""An organisation answers: all is right, or this is how it should be."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from flask_babel import lazy_gettext as _l

from coordinator import clock
from coordinator.actors import Actor
from coordinator.audit import operations as audit
from coordinator.errors import RuleBroken, SavedMeanwhile
from coordinator.extensions import db
from coordinator.registry.models import Contact, Organization
from coordinator.registry.operations import mark_checked
from coordinator.verification.facts import (
    CONTACT_FIELDS,
    CONTACT_LEFT,
    FIELDS,
    NEW_CONTACT,
    PRIVATE,
    same,
    stored,
)
from coordinator.verification.models import (
    AnsweredVia,
    AnswerState,
    ChangeState,
    ProposedChange,
    Verification,
)
from coordinator.verification.operations.holding import hold
from coordinator.verification.permissions import closed
from coordinator.verification.queries import asked_now, current
from coordinator.verification.sheet import EVERYTHING, Eyes, version_of


class AnswerClosed(RuleBroken):
    """Nothing is asked any more; the message says why."""


class RecordChanged(SavedMeanwhile):
    """What was on the page is no longer what is stored."""

    message = _l("The record was changed while this page was open. Look at it once more.")


@dataclass(frozen=True)
class Answerer:
    """Who answers, by which road, and what of the record they were shown."""

    name: str
    via: AnsweredVia
    actor: Actor
    eyes: Eyes


@dataclass(frozen=True)
class PersonSaid:
    """What was said of a contact: the fields as they should be, or that they left."""

    values: Mapping[str, Any]
    left: bool = False


@dataclass(frozen=True)
class Said:
    """What a form says of the record: each field as it should be."""

    values: Mapping[str, Any]
    people: Mapping[str, PersonSaid] = field(default_factory=dict)
    """By the contact's public_id."""
    came: tuple[Mapping[str, Any], ...] = ()
    note: str = ""


def confirm(
    *,
    organization: Organization,
    verification: Verification | None,
    version: int | None,
    by: Answerer,
) -> Verification:
    """Say that the whole record is right today; what was proposed before and waits is taken back.

    Raises AnswerClosed, RecordChanged.
    """
    answer = _opened(organization, verification, version)
    _confirm(answer, by)
    return answer


def propose(
    *,
    organization: Organization,
    verification: Verification | None,
    version: int | None,
    said: Said,
    by: Answerer,
) -> Verification:
    """Propose what differs from the record, in place of what was proposed before and waits.

    What others proposed and this answerer was not shown goes on waiting. A form in which nothing
    differs and nothing is noted confirms the record. Raises AnswerClosed, RecordChanged.
    """
    answer = _opened(organization, verification, version)
    changes = list(_differences(organization, said, by.eyes))
    unseen = [one for one in answer.open_changes if _is_left(one, said, by.eyes)]
    if not changes and not unseen and not said.note:
        _confirm(answer, by)
        return answer
    _withdraw(answer, unseen)
    for change in changes:
        change.letter_id = next(iter(by.eyes.letters), None)
    answer.changes.extend(changes)
    _sign(answer, AnswerState.PROPOSED, said.note, by)
    audit.record("verification.proposed", answer, by.actor, fields=sorted(_names(changes)))
    return answer


def check_by_staff(*, organization: Organization, actor: Actor) -> None:
    """Note that the branch itself looked today, by phone say; open questions are answered."""
    mark_checked(organization=organization, actor=actor)
    by = Answerer(actor.name, AnsweredVia.STAFF, actor, EVERYTHING)
    for answer in asked_now([organization.id]):
        _sign(answer, AnswerState.CONFIRMED, "", by)


def _opened(
    organization: Organization, verification: Verification | None, version: int | None
) -> Verification:
    """Let one answer wait for the other, and return where it is kept."""
    hold(organization, verification)
    if why := closed(organization, verification):
        raise AnswerClosed(why)
    if version != version_of(organization, verification):
        raise RecordChanged
    if verification is None:
        if current(organization.id) is not None:
            raise RecordChanged
        verification = Verification(organization=organization)
        db.session.add(verification)
        db.session.flush()
    return verification


def _confirm(answer: Verification, by: Answerer) -> None:
    _withdraw(answer)
    _sign(answer, AnswerState.CONFIRMED, "", by)
    mark_checked(organization=answer.organization, actor=by.actor)
    audit.record("verification.confirmed", answer, by.actor)


def _withdraw(answer: Verification, kept: Sequence[ProposedChange] = ()) -> None:
    for change in answer.open_changes:
        if change not in kept:
            answer.changes.remove(change)
    db.session.flush()


def _is_left(change: ProposedChange, said: Said, eyes: Eyes) -> bool:
    """Was a proposal neither shown to the answerer nor is anything said in its place?"""
    if eyes.may_read_proposal(change):
        return False
    person = said.people.get(change.contact.public_id) if change.contact else None
    return person is None or not (person.left or person.values[change.field])


def _sign(answer: Verification, state: AnswerState, note: str, by: Answerer) -> None:
    answer.state, answer.note = state, note
    answer.answered_at = clock.now()
    answer.answered_by, answer.answered_via = by.name[:200], by.via
    db.session.flush()


def _differences(organization: Organization, said: Said, eyes: Eyes) -> Iterator[ProposedChange]:
    for name in FIELDS:
        before = stored(organization, name)
        if name in said.values and not same(before, said.values[name]):
            yield _change(name, before, said.values[name])
    for contact in organization.active_contacts:
        person = said.people.get(contact.public_id)
        if person is not None:
            yield from _of_person(contact, person, eyes)
    for values in said.came:
        yield _change(NEW_CONTACT, None, dict(values))


def _of_person(contact: Contact, person: PersonSaid, eyes: Eyes) -> Iterator[ProposedChange]:
    if person.left:
        yield _change(CONTACT_LEFT, contact.full_name, None, contact)
        return
    for name in CONTACT_FIELDS:
        before, after = stored(contact, name), person.values[name]
        unseen = name in PRIVATE and not eyes.may_read(contact)
        if not same(before, after) and not (unseen and not after):
            yield _change(name, before, after, contact)


def _change(name: str, before: Any, after: Any, contact: Contact | None = None) -> ProposedChange:
    return ProposedChange(
        field=name,
        before=before,
        after=after,
        contact=contact,
        contact_id=contact.id if contact else None,
        state=ChangeState.OPEN,
    )


def _names(changes: list[ProposedChange]) -> set[str]:
    return {change.field for change in changes}

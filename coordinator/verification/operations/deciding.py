"""The branch takes over what was proposed, or does not; the registry's own operations do it."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask_babel import lazy_gettext as _l

from coordinator import clock
from coordinator.actors import Actor
from coordinator.audit import operations as audit
from coordinator.errors import RuleBroken
from coordinator.extensions import db
from coordinator.registry.models import Contact, Organization, OrgType
from coordinator.registry.operations import (
    add_contact,
    edit_contact,
    edit_organization,
    end_contact,
    mark_checked,
)
from coordinator.verification.facts import CONTACT_LEFT, NEW_CONTACT, same
from coordinator.verification.models import (
    AnswerState,
    ChangeState,
    ProposedChange,
    Verification,
)
from coordinator.verification.operations.answering import RecordChanged
from coordinator.verification.operations.holding import hold_standing
from coordinator.verification.sheet import version_of
from coordinator.verification.standing import Standing, standing


class Decided(RuleBroken):
    """Somebody was quicker."""

    message = _l("Somebody has decided on this meanwhile. This is how it stands now.")


class CannotTake(RuleBroken):
    """A person who is no contact any more has no details to correct."""

    message = _l("This person is no longer a contact, so this cannot be taken over.")


@dataclass(frozen=True)
class Taken:
    """How many corrections were taken over; `left` wait because the record was changed."""

    accepted: int
    left: int


def decide(*, change: ProposedChange, accept: bool, version: int | None, actor: Actor) -> None:
    """Take one correction over or leave it, knowing what is stored.

    Raises RecordMerged, Decided, RecordChanged (look again), CannotTake, and what the registry
    refuses.
    """
    answer = change.verification
    hold_standing(answer)
    if change.state is not ChangeState.OPEN:
        raise Decided
    if accept:
        if version != version_of(answer.organization, answer):
            raise RecordChanged
        if standing(change) is Standing.GONE:
            raise CannotTake
        _apply(answer.organization, [change], actor)
    _mark([change], ChangeState.ACCEPTED if accept else ChangeState.REFUSED)
    deed = "verification.accepted" if accept else "verification.refused"
    audit.record(deed, answer, actor, fields=[change.field])
    _settle(answer, actor)


def accept_all(*, verification: Verification, version: int | None, actor: Actor) -> Taken:
    """Take over all that waits, but for what somebody has to choose.

    That is a value that was changed since, and one for which two things are proposed, as merged
    records may bring them along. Raises RecordMerged, Decided, RecordChanged, and what the
    registry refuses.
    """
    hold_standing(verification)
    waiting = verification.open_changes
    if not waiting:
        raise Decided
    if version != version_of(verification.organization, verification):
        raise RecordChanged
    plain = [
        one
        for one in waiting
        if standing(one) in (Standing.PLAIN, Standing.THERE) and not _is_contested(one, waiting)
    ]
    _apply(verification.organization, plain, actor)
    _mark(plain, ChangeState.ACCEPTED)
    if plain:
        fields = sorted({one.field for one in plain})
        audit.record("verification.accepted", verification, actor, fields=fields)
    _settle(verification, actor)
    return Taken(accepted=len(plain), left=len(waiting) - len(plain))


def acknowledge(*, verification: Verification, actor: Actor) -> None:
    """Note that the branch has read a note that came without a correction.

    Raises RecordMerged, Decided.
    """
    hold_standing(verification)
    if verification.state is not AnswerState.PROPOSED or verification.open_changes:
        raise Decided
    _settle(verification, actor)
    audit.record("verification.read", verification, actor)


def _is_contested(change: ProposedChange, waiting: Sequence[ProposedChange]) -> bool:
    """Is something else proposed for the same value?"""
    place = (change.field, change.contact_id)
    return change.field != NEW_CONTACT and any(
        (one.field, one.contact_id) == place and not same(one.after, change.after)
        for one in waiting
    )


def _mark(changes: Sequence[ProposedChange], state: ChangeState) -> None:
    for change in changes:
        change.state, change.decided_at = state, clock.now()
    db.session.flush()


def _settle(answer: Verification, actor: Actor) -> None:
    """End the question when nothing waits any more: the record was looked at today."""
    if not answer.open_changes:
        answer.state = AnswerState.SETTLED
        mark_checked(organization=answer.organization, actor=actor)
        db.session.flush()


def _apply(organization: Organization, changes: Sequence[ProposedChange], actor: Actor) -> None:
    own: dict[str, Any] = {}
    people: dict[Contact, dict[str, Any]] = defaultdict(dict)
    for change in changes:
        if standing(change) is Standing.THERE:
            continue
        if change.field == NEW_CONTACT:
            add_contact(organization=organization, actor=actor, knowingly=True, **change.after)
        elif change.contact is None:
            own[change.field] = _value(change)
        elif change.field != CONTACT_LEFT:
            people[change.contact][change.field] = change.after
    if own:
        edit_organization(
            organization=organization, version=organization.version, actor=actor, **own
        )
    for contact, values in people.items():
        edit_contact(contact=contact, version=contact.version, actor=actor, **values)
    for change in changes:
        if change.field == CONTACT_LEFT and change.contact and change.contact.is_active:
            end_contact(contact=change.contact, version=change.contact.version, actor=actor)


def _value(change: ProposedChange) -> Any:
    return OrgType(change.after) if change.field == "org_type" else change.after

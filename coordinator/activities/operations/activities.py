"""Make an activity, change it, move it along, write down what came of it."""

from dataclasses import asdict

from flask_babel import lazy_gettext as _l
from sqlalchemy.exc import IntegrityError

from coordinator.activities.facts import Facts as Facts
from coordinator.activities.facts import Outcome as Outcome
from coordinator.activities.models import (
    CANCELLABLE,
    MOVES,
    ActivityStatus,
    JointActivity,
)
from coordinator.activities.queries import activities as queries
from coordinator.actors import Actor
from coordinator.audit import operations as audit
from coordinator.days.models import DayWindow
from coordinator.errors import RuleBroken
from coordinator.extensions import db
from coordinator.forms import claim
from coordinator.proposals import operations as proposals
from coordinator.proposals.models import Proposal, ProposalStatus, origins
from coordinator.registry.models import Organization

CALENDAR_FIELDS = ("title", "starts_at", "ends_at", "place", "district")
BECOMES_ACTIVITY = (ProposalStatus.ACCEPTED, ProposalStatus.REALISED)
REALISABLE = origins(ProposalStatus.REALISED)


class EndsTooEarly(RuleBroken):
    """An activity ends after it starts."""

    message = _l(
        "The end must be after the start. If it ends on a later day, write that day as well."
    )


class EndWithoutStart(RuleBroken):
    """Without a start there is no end."""

    message = _l("Write when it starts as well.")


class AlreadyAnActivity(RuleBroken):
    """A proposal becomes an activity once."""

    message = _l("This proposal has already become an activity.")


class NotAccepted(RuleBroken):
    """Only what the branch accepted becomes an activity."""

    message = _l("Only an accepted proposal can become an activity.")


class MoveNotPossible(RuleBroken):
    """The table of moves does not lead there."""

    message = _l("The activity cannot go there from where it stands now. Reload its page.")


class ActivityCancelled(RuleBroken):
    """A cancelled activity stays as it was."""

    message = _l("This activity is cancelled. Plan it again before you change it.")


def create(
    *, window: DayWindow, facts: Facts, actor: Actor, proposal: Proposal | None = None
) -> JointActivity:
    """Make an activity of a window, from a proposal where one is given.

    Raises NotAccepted or AlreadyAnActivity for the proposal, EndsTooEarly, EndWithoutStart.
    """
    _check_times(facts)
    if proposal is not None:
        _check_proposal(proposal)
    activity = JointActivity(
        window=window,
        proposal=proposal,
        status=ActivityStatus.PLANNED if facts.starts_at else ActivityStatus.IDEA,
        **facts.values(),
    )
    db.session.add(activity)
    try:
        db.session.flush()
    except IntegrityError as error:
        if proposal is None:
            raise
        raise AlreadyAnActivity from error
    made_of = {"proposal": proposal.public_id} if proposal else {}
    audit.record("activity.created", activity, actor, window=window.public_id, **made_of)
    return activity


def edit(activity: JointActivity, *, facts: Facts, version: int | None, actor: Actor) -> None:
    """Change an activity; raises SavedMeanwhile, ActivityCancelled, EndsTooEarly."""
    claim(activity, version)
    _refuse_cancelled(activity)
    _check_times(facts)
    values = facts.values()
    changed = [name for name, value in values.items() if getattr(activity, name) != value]
    if not changed:
        return
    if any(name in CALENDAR_FIELDS for name in changed):
        activity.calendar_sequence += 1
    for name in changed:
        setattr(activity, name, values[name])
    left = _leave_partners(activity, facts.lead)
    db.session.flush()
    audit.record("activity.edited", activity, actor, changed=changed, **left)


def move(activity: JointActivity, *, to: ActivityStatus, version: int | None, actor: Actor) -> None:
    """Move an activity along the table of moves; raises MoveNotPossible, SavedMeanwhile."""
    claim(activity, version)
    if to not in MOVES[activity.status]:
        raise MoveNotPossible
    before = activity.status
    if before is ActivityStatus.CANCELLED:
        activity.calendar_sequence += 1
    activity.status = to
    _finish(activity, actor)
    db.session.flush()
    audit.record("activity.moved", activity, actor, before=before.value, after=to.value)


def cancel(activity: JointActivity, *, version: int | None, actor: Actor) -> None:
    """Call an activity off; calendars that follow the programme are told."""
    claim(activity, version)
    if activity.status not in CANCELLABLE:
        raise MoveNotPossible
    before = activity.status
    activity.status = ActivityStatus.CANCELLED
    activity.calendar_sequence += 1
    db.session.flush()
    audit.record("activity.cancelled", activity, actor, before=before.value)


def record_outcome(
    activity: JointActivity, *, outcome: Outcome, version: int | None, actor: Actor
) -> None:
    """Write down what came of an activity; one that has taken place is then completed."""
    claim(activity, version)
    _refuse_cancelled(activity)
    values = asdict(outcome)
    for name, value in values.items():
        setattr(activity, name, value)
    if activity.is_over and activity.is_counted:
        activity.status = ActivityStatus.DONE
    _finish(activity, actor)
    db.session.flush()
    values.pop("outcome_note")
    audit.record(
        "activity.outcome_recorded", activity, actor, status=activity.status.value, **values
    )


def _check_times(facts: Facts) -> None:
    if facts.ends_at is None:
        return
    if facts.starts_at is None:
        raise EndWithoutStart(field="starts_on")
    if facts.ends_at <= facts.starts_at:
        raise EndsTooEarly(field="ends_clock")


def _check_proposal(proposal: Proposal) -> None:
    if proposal.status not in BECOMES_ACTIVITY:
        raise NotAccepted
    if queries.of_proposal(proposal.id) is not None:
        raise AlreadyAnActivity


def _finish(activity: JointActivity, actor: Actor) -> None:
    """Let the proposal of a completed activity be a realised one."""
    proposal = activity.proposal
    if activity.status is ActivityStatus.DONE and proposal and proposal.status in REALISABLE:
        proposals.realise(proposal, actor=actor)


def _refuse_cancelled(activity: JointActivity) -> None:
    if activity.is_cancelled:
        raise ActivityCancelled


def _leave_partners(activity: JointActivity, lead: Organization | None) -> dict[str, str]:
    """Take the lead out of the partners: nobody stands there twice."""
    for partner in [one for one in activity.partners if one.organization is lead]:
        activity.partners.remove(partner)
        return {"no_longer_partner": partner.organization.public_id}
    return {}

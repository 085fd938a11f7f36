"""The verbs of reminders: prepared, changed, added, removed, sent by hand and by the clock."""

import logging
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import TypedDict, Unpack

import sqlalchemy as sa
from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

from coordinator import clock
from coordinator.actors import WORKER, Actor
from coordinator.audit import operations as audit
from coordinator.errors import RuleBroken
from coordinator.extensions import db
from coordinator.forms import claim
from coordinator.invitations.operations.composing import write_letters
from coordinator.invitations.operations.holding import lock
from coordinator.invitations.permissions import closed
from coordinator.meetings.models import Meeting
from coordinator.reminders import queries
from coordinator.reminders.audience import LETTERS, Crowd
from coordinator.reminders.models import Aim, Before, ReminderRule
from coordinator.reminders.moments import WINDOW, closed_for, is_open, moment_of

JOB = "reminders.send"
LAST_RUN = WINDOW - timedelta(minutes=20)
"""From when on a reminder counts as gone out though somebody still waits for a day."""
EVE_NEAR = timedelta(days=2)
"""So long before the meeting its letter of the day before goes by hand without asking."""
MOST = 8
USUAL = (
    (Aim.SILENT, 2, Before.DEADLINE),
    (Aim.NAMES, 3, Before.MEETING),
    (Aim.COMING, 1, Before.MEETING),
)
BY_DAY = time(8), time(20)
"""Between which hours reminders go out; only the letter of the day before goes at any hour."""
logger = logging.getLogger(__name__)


class TooLate(RuleBroken):
    """Nobody is reminded of what can no longer be done."""

    message = _l("This meeting has begun or will not take place, so nobody is reminded of it.")


class Early(RuleBroken):
    """The letter of the day before goes days before only when somebody knows that it does."""

    status = 422
    message = _l("The meeting is more than two days away. Tick that you send this letter now.")


class TooMany(RuleBroken):
    """A meeting has a few reminders, not dozens."""

    message = _l("A meeting can have eight reminders at most.")


class LastOfItsKind(RuleBroken):
    """One reminder of each aim stays; it can be switched off."""

    message = _l("This is the only reminder of its kind. Switch it off instead.")


class Values(TypedDict):
    """What people decide about a reminder."""

    days: int
    before: Before
    hour: int
    is_on: bool


@dataclass(frozen=True)
class Gone:
    """What came of sending: organisations, letters, and recipients who wait for a day."""

    organizations: int
    letters: int
    paused: int


def prepare(*, meeting: Meeting, actor: Actor) -> bool:
    """Give a meeting the usual reminders if it has none; return whether it got them now."""
    lock(meeting)
    if queries.have_rules(meeting.id):
        return False
    rules = [
        {"meeting_id": meeting.id, "aim": aim, "days": days, "before": before}
        for aim, days, before in USUAL
    ]
    db.session.execute(sa.insert(ReminderRule), rules)
    audit.record("reminders.prepared", meeting, actor)
    return True


def add(*, meeting: Meeting, aim: Aim, actor: Actor, **values: Unpack[Values]) -> ReminderRule:
    """Add a further reminder. Raises TooMany."""
    lock(meeting)
    if len(queries.of_meeting(meeting.id)) >= MOST:
        raise TooMany
    rule = ReminderRule(meeting=meeting, aim=aim, **values)
    db.session.add(rule)
    db.session.flush()
    audit.record("reminder.added", rule, actor, meeting=meeting.title)
    return rule


def change(
    *, rule: ReminderRule, version: int | None, actor: Actor, **values: Unpack[Values]
) -> None:
    """Set when a reminder goes out and whether it does. Raises SavedMeanwhile."""
    claim(rule, version)
    changed = [name for name, value in values.items() if getattr(rule, name) != value]
    for name in changed:
        setattr(rule, name, values[name])  # type: ignore[literal-required]
    if changed:
        db.session.flush()
        audit.record("reminder.changed", rule, actor, changed=sorted(changed))


def remove(*, rule: ReminderRule, actor: Actor) -> None:
    """Take a reminder away. Raises LastOfItsKind."""
    lock(rule.meeting)
    if sum(one.aim is rule.aim for one in queries.of_meeting(rule.meeting_id)) < 2:
        raise LastOfItsKind
    audit.record("reminder.removed", rule, actor)
    db.session.delete(rule)
    db.session.flush()


def hindrance(aim: Aim, meeting: Meeting) -> LazyString | None:
    """Return why a reminder cannot go out any more, or None while it can."""
    if aim is Aim.SILENT and (why := closed(meeting)):
        return why
    return None if meeting.is_on and not meeting.has_begun else TooLate.message


def is_early(rule: ReminderRule) -> bool:
    """Is it the letter of the day before, long before that day?"""
    return rule.aim is Aim.COMING and rule.meeting.starts_at - clock.now() > EVE_NEAR


def send_now(*, rule: ReminderRule, actor: Actor, sure: bool = False) -> Gone:
    """Send a reminder by hand: one letter a day at most to each recipient.

    Raises TooLate, and Early where it takes somebody who is `sure`.
    """
    lock(rule.meeting)
    if why := hindrance(rule.aim, rule.meeting):
        raise TooLate(why)
    if is_early(rule) and not sure:
        raise Early
    return _send(rule, by_hand(rule), actor)


def send_due() -> int:
    """Send what is due, each reminder in a transaction of its own; return the number of letters.

    Meetings whose invitations went out without reminders get the usual ones.
    """
    for meeting in queries.meetings_without_rules():
        prepare(meeting=meeting, actor=WORKER)
        db.session.commit()
    rules = queries.of_meetings_to_come()
    closed_days = closed_for((rule, rule.meeting) for rule in rules)
    due = [(rule.id, moment_of(rule, rule.meeting, closed_days)) for rule in rules]
    letters = 0
    for rule_id, moment in due:
        if not is_open(moment):
            continue
        try:
            letters += send(rule=db.session.get_one(ReminderRule, rule_id), moment=moment).letters
            db.session.commit()
        except Exception:  # one that cannot go keeps none of the others back
            db.session.rollback()
            logger.exception("reminder %s could not be sent; it is tried again", rule_id)
    return letters


def send(*, rule: ReminderRule, moment: datetime) -> Gone:
    """Send a reminder whose moment has come, once to each recipient.

    While somebody has to wait for a day it stays due, so that they get it later in its time.
    """
    lock(rule.meeting)
    db.session.refresh(rule)
    hour = clock.local(clock.now()).time()
    by_day = BY_DAY[0] <= hour < BY_DAY[1]
    if rule.done_for == moment or not rule.is_on or not (by_day or rule.aim is Aim.COMING):
        return Gone(0, 0, 0)
    if hindrance(rule.aim, rule.meeting):
        return Gone(0, 0, 0)
    gone = _send(rule, by_clock(rule, moment), WORKER)
    if not gone.paused or clock.now() >= moment + LAST_RUN:
        rule.done_for = moment
    return gone


def by_hand(rule: ReminderRule) -> str:
    """Name the round of a reminder that somebody sends today."""
    return f"r{rule.id}d{clock.today():%Y%m%d}"


def by_clock(rule: ReminderRule, moment: datetime) -> str:
    """Name the round of a reminder that goes out at its moment."""
    return f"r{rule.id}m{moment:%Y%m%d%H}"


def _send(rule: ReminderRule, round_: str, actor: Actor) -> Gone:
    audience = Crowd(rule.meeting).audience(rule.aim, round_)
    written = write_letters(LETTERS[rule.aim], rule.meeting, audience.targets, round_)
    gone = Gone(
        organizations=len({one.invitation.id for one in written}),
        letters=len(written),
        paused=len(audience.paused),
    )
    if written:
        audit.record(
            "reminders.sent",
            rule.meeting,
            actor,
            aim=rule.aim.value,
            organizations=gone.organizations,
            letters=gone.letters,
        )
    return gone

"""Open a call, change it, send its link."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa
from flask_babel import lazy_gettext as _l

from coordinator import clock
from coordinator.actors import Actor
from coordinator.audit import operations as audit
from coordinator.days.models import DayWindow
from coordinator.errors import RuleBroken
from coordinator.extensions import db
from coordinator.forms import claim
from coordinator.links import PersonalLink
from coordinator.outbox import operations as outbox
from coordinator.proposals import emails, queries
from coordinator.proposals.models import Call, CallAccess
from coordinator.proposals.operations import accesses
from coordinator.registry import queries as registry


class ClosesBeforeOpening(RuleBroken):
    """A call cannot end before it begins."""

    message = _l("The last day must not come before the first.")


class CallOver(RuleBroken):
    """Nobody is asked to a call that is over."""

    message = _l("The call is closed. Move its last day, then send it.")


class NobodyToAsk(RuleBroken):
    """There is no organisation left to which the call's letter could go."""

    message = _l("Choose at least one organisation to which the call has not gone yet.")


@dataclass(frozen=True)
class Sent:
    """What came of sending a call: organisations written to, letters, ids of the unreachable."""

    organizations: int
    letters: int
    unreachable: tuple[int, ...]


def open_call(
    window: DayWindow,
    *,
    title: str,
    opens_on: date,
    closes_on: date,
    actor: Actor,
    text: str = "",
) -> Call:
    """Open a call in the window; who is invited to its meetings may write to it at once.

    Raises ClosesBeforeOpening.
    """
    _check_days(opens_on, closes_on)
    call = Call(window_id=window.id, title=title, text=text, opens_on=opens_on, closes_on=closes_on)
    db.session.add(call)
    db.session.flush()
    places = _places(queries.invited_ids(window))
    accesses.welcome(call, places)
    audit.record("call.opened", call, actor, opens=str(opens_on), closes=str(closes_on))
    return call


def edit_call(
    call: Call,
    *,
    title: str,
    text: str,
    opens_on: date,
    closes_on: date,
    version: int | None,
    actor: Actor,
) -> None:
    """Change a call; its links live as long as the changed days ask.

    Raises SavedMeanwhile, ClosesBeforeOpening.
    """
    claim(call, version)
    _check_days(opens_on, closes_on)
    call.title, call.text = title, text
    call.opens_on, call.closes_on = opens_on, closes_on
    db.session.flush()
    own = sa.select(CallAccess.link_id).where(CallAccess.call_id == call.id)
    db.session.execute(
        sa.update(PersonalLink)
        .where(PersonalLink.id.in_(own), PersonalLink.expires_at < accesses.expiry(call))
        .values(expires_at=accesses.expiry(call))
        .execution_options(synchronize_session=False)
    )
    audit.record("call.edited", call, actor, opens=str(opens_on), closes=str(closes_on))


def send_call(call: Call, *, organization_ids: Iterable[int], actor: Actor) -> Sent:
    """Write the call's letter to each recipient of the organisations who has not had it yet.

    Raises CallOver, NobodyToAsk.
    """
    if call.is_over:
        raise CallOver
    ids = list(dict.fromkeys(organization_ids))
    recipients = registry.recipients(ids)
    unreachable = tuple(one for one in ids if not recipients[one])
    found = accesses.welcome(call, _places(ids, recipients))
    fresh = [
        (found[organization_id, one.contact_id], one)
        for organization_id, some in recipients.items()
        for one in some
        if found[organization_id, one.contact_id].letter_id is None
    ]
    if not fresh:
        raise NobodyToAsk
    letters = outbox.queue_all(emails.calls(call, fresh))
    for (access, _recipient), letter in zip(fresh, letters, strict=True):
        access.letter, access.asked_at = letter, clock.now()
    db.session.flush()
    asked = {access.organization_id for access, _recipient in fresh}
    audit.record("call.sent", call, actor, organizations=len(asked), letters=len(letters))
    return Sent(len(asked), len(letters), unreachable)


def _places(
    ids: Iterable[int], recipients: dict[int, list[registry.Recipient]] | None = None
) -> list[accesses.Place]:
    found = registry.recipients(ids) if recipients is None else recipients
    return [(number, one.contact_id) for number, some in found.items() for one in some]


def _check_days(opens_on: date, closes_on: date) -> None:
    if closes_on < opens_on:
        raise ClosesBeforeOpening(field="closes_on")

"""A round's life: prepared, changed, sent, closed; one that was never sent can be dropped."""

from datetime import date, timedelta
from typing import Any

import sqlalchemy as sa
from flask_babel import lazy_gettext as _l

from coordinator import clock
from coordinator.actors import Actor
from coordinator.audit import operations as audit
from coordinator.errors import RuleBroken
from coordinator.extensions import db
from coordinator.forms import claim
from coordinator.links import PersonalLink
from coordinator.verification.models import Round, Verification, VerificationLetter

OPEN_AFTER = timedelta(days=30)
"""How long a link shows what became of the answer after the last day."""
LONGEST = timedelta(days=366)


class DayPassed(RuleBroken):
    """Nobody can answer in the past, and nobody waits for years."""

    message = _l("Choose a last day from today on, within one year.")


class RoundEnded(RuleBroken):
    """A round that has ended asks nobody any more."""

    message = _l("This round has ended. Start a new one.")


class AlreadySent(RuleBroken):
    """What went out cannot be unsaid."""

    message = _l("The letters of this round have gone out. Close it instead.")


def prepare_round(*, name: str, answer_by: date, scope: dict[str, Any], actor: Actor) -> Round:
    """Prepare a round without asking anybody yet; raises DayPassed."""
    _check(answer_by)
    round_ = Round(name=name, answer_by=answer_by, scope=scope, created_by_id=actor.user_id)
    db.session.add(round_)
    db.session.flush()
    audit.record("round.prepared", round_, actor)
    return round_


def edit_round(
    *,
    round_: Round,
    version: int | None,
    name: str,
    answer_by: date,
    scope: dict[str, Any],
    actor: Actor,
) -> None:
    """Change a round; the links that went out follow its last day.

    Raises SavedMeanwhile, RoundEnded, DayPassed.
    """
    claim(round_, version)
    if round_.closed_at is not None:
        raise RoundEnded
    if answer_by != round_.answer_by:
        _check(answer_by)
        round_.answer_by = answer_by
        _move_links(round_)
    round_.name, round_.scope = name, scope
    db.session.flush()
    audit.record("round.edited", round_, actor)


def close_round(*, round_: Round, actor: Actor) -> None:
    """End a round before its last day: links take no answer from now on."""
    if not round_.is_open:
        raise RoundEnded
    round_.closed_at = clock.now()
    audit.record("round.closed", round_, actor)


def drop_round(*, round_: Round, actor: Actor) -> None:
    """Delete a round of which nothing was sent; raises AlreadySent."""
    if round_.sent_at is not None:
        raise AlreadySent
    audit.record("round.dropped", round_, actor)
    db.session.delete(round_)


def expiry(round_: Round) -> Any:
    """Return the moment after which a link of the round opens nothing."""
    return clock.end_of(round_.answer_by) + OPEN_AFTER


def _check(answer_by: date) -> None:
    if not clock.today() <= answer_by <= clock.today() + LONGEST:
        raise DayPassed(field="answer_by")


def _move_links(round_: Round) -> None:
    own = (
        sa.select(VerificationLetter.link_id)
        .join(Verification, Verification.id == VerificationLetter.verification_id)
        .where(Verification.round_id == round_.id)
    )
    db.session.execute(
        sa.update(PersonalLink)
        .where(PersonalLink.id.in_(own))
        .values(expires_at=expiry(round_))
        .execution_options(synchronize_session=False)
    )

"""The yearly question in an organisation's history: asked, answered, taken over."""

from collections import defaultdict

import sqlalchemy as sa
from flask import Flask, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from coordinator.extensions import db
from coordinator.history import sources
from coordinator.history.letters import fate
from coordinator.history.sources import Event, Source
from coordinator.outbox.models import OutboxLetter
from coordinator.registry.models import Organization
from coordinator.verification.models import (
    AnswerState,
    Round,
    Verification,
    VerificationLetter,
)

NAME = "verification"


def init_app(app: Flask) -> None:
    sources.add(app, Source(NAME, _l("Is it still right?"), load))


def load(organization: Organization, most: int) -> list[Event]:
    """Return when an organisation was asked about its record, and what it said."""
    rows = db.session.execute(
        sa.select(Verification, Round)
        .outerjoin(Round, Round.id == Verification.round_id)
        .where(Verification.organization_id == organization.id)
        .order_by(Verification.id.desc())
        .limit(most)
    ).all()
    letters = _letters([one.id for one, _round in rows])
    return [
        *(_asked(one, letters[one.id]) for one, round_ in rows if round_ and letters[one.id]),
        *(_answered(one) for one, _round in rows if one.answered_at is not None),
    ]


def _letters(numbers: list[int]) -> dict[int, list[OutboxLetter]]:
    found: dict[int, list[OutboxLetter]] = defaultdict(list)
    rows = db.session.execute(
        sa.select(VerificationLetter.verification_id, OutboxLetter)
        .join(OutboxLetter, OutboxLetter.id == VerificationLetter.letter_id)
        .where(VerificationLetter.verification_id.in_(numbers))
        .order_by(VerificationLetter.id)
    )
    for number, letter in rows:
        found[number].append(letter)
    return found


def _asked(one: Verification, letters: list[OutboxLetter]) -> Event:
    return Event(
        at=letters[0].created_at,
        kind=NAME,
        title=_("Asked whether the record is still right"),
        text="\n".join(map(fate, letters)),
        url=url_for("verification.index"),
        shape="plane",
    )


def _answered(one: Verification) -> Event:
    assert one.answered_at is not None
    confirmed = one.state is AnswerState.CONFIRMED
    return Event(
        at=one.answered_at,
        kind=NAME,
        title=_("Said that the record is right") if confirmed else _("Corrected the record"),
        text=one.note,
        url=None if confirmed else url_for("verification.correction", public_id=one.public_id),
        shape=one.state.shape,
        tone=one.state.tone,
        who=one.answered_by,
    )

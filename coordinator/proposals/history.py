"""Proposals and the branch's answers in an organisation's history."""

from datetime import datetime

import sqlalchemy as sa
from flask import Flask, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from coordinator.extensions import db
from coordinator.history import sources
from coordinator.history.letters import fate
from coordinator.history.sources import Event, Source
from coordinator.outbox.models import OutboxLetter
from coordinator.proposals.models import Call, CallAccess, Proposal
from coordinator.registry.models import Organization

NAME, ASKED = "proposal", "call"


def init_app(app: Flask) -> None:
    sources.add(app, Source(NAME, _l("Proposals"), load))
    sources.add(app, Source(ASKED, _l("Calls for proposals"), asked))


def load(organization: Organization, most: int) -> list[Event]:
    """Return what an organisation proposed, and what the branch said."""
    sent = db.session.scalars(
        sa.select(Proposal)
        .where(Proposal.organization_id == organization.id, Proposal.submitted_at.is_not(None))
        .order_by(Proposal.submitted_at.desc(), Proposal.id.desc())
        .limit(most)
    )
    decided = db.session.scalars(
        sa.select(Proposal)
        .where(Proposal.organization_id == organization.id, Proposal.decided_at.is_not(None))
        .order_by(Proposal.decided_at.desc(), Proposal.id.desc())
        .limit(most)
    )
    return [*map(_sent, sent), *map(_decided, decided)]


def _sent(one: Proposal) -> Event:
    assert one.submitted_at is not None
    return Event(
        at=one.submitted_at,
        kind=NAME,
        title=_("Proposed: %(title)s", title=one.title),
        url=url_for("proposals.show", public_id=one.public_id),
        shape="ring",
        tone="mor",
        who=one.author_name,
    )


def _decided(one: Proposal) -> Event:
    assert one.decided_at is not None
    return Event(
        at=one.decided_at,
        kind=NAME,
        title=_("%(status)s: %(title)s", status=one.status.word, title=one.title),
        text=one.decision_note,
        url=url_for("proposals.show", public_id=one.public_id),
        shape=one.status.shape,
        tone=one.status.tone,
        who=one.decided_by,
        ours=True,
    )


def asked(organization: Organization, most: int) -> list[Event]:
    """Return the calls that went to an organisation, each with what became of its letters.

    A call that travelled with an invitation has no letter of its own.
    """
    rows = db.session.execute(
        sa.select(CallAccess.asked_at, Call, OutboxLetter)
        .join(Call, Call.id == CallAccess.call_id)
        .outerjoin(OutboxLetter, OutboxLetter.id == CallAccess.letter_id)
        .where(CallAccess.organization_id == organization.id, CallAccess.asked_at.is_not(None))
        .order_by(CallAccess.asked_at.desc(), CallAccess.id.desc())
        .limit(most)
    )
    found: dict[Call, tuple[datetime, list[str]]] = {}
    for asked_at, call, letter in rows:
        assert asked_at is not None
        lines = found.setdefault(call, (asked_at, []))[1]
        if letter is not None:
            lines.append(fate(letter))
    return [
        Event(
            at=at,
            kind=ASKED,
            title=_("Asked for proposals: %(call)s", call=call.title),
            text="\n".join(lines) or _("Asked with the invitation."),
            url=url_for("proposals.call", public_id=call.public_id),
            shape="plane",
        )
        for call, (at, lines) in found.items()
    ]

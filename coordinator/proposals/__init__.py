"""Calls for proposals, what organisations propose, and the branch's answers."""

import sqlalchemy as sa
from flask import Flask
from flask_babel import lazy_gettext as _l

from coordinator import navigation
from coordinator.access import READERS, REPRESENTATIVES
from coordinator.outbox import truth
from coordinator.proposals import (
    commands,
    history,
    letter_kinds,
    next_steps,
    queries,
    receivers,
    section,
    views,
)
from coordinator.proposals.blueprint import blueprint
from coordinator.proposals.models import CallAccess, Proposal
from coordinator.proposals.queries.outdated import outdated
from coordinator.registry import belongings, sections
from coordinator.registry.belongings import Belonging

VIEWS = views.__all__

BELONGINGS = (
    Belonging(label=_l("Proposals"), column=Proposal.organization_id),
    Belonging(
        label=_l("Links to calls"),
        column=CallAccess.organization_id,
        # An organisation's own address is one place as well: it has no contact.
        once_per=(CallAccess.call_id, sa.func.coalesce(CallAccess.contact_id, 0)),
        stronger=sa.case((CallAccess.asked_at.is_not(None), 1), else_=0),
    ),
)


def init_app(app: Flask) -> None:
    truth.add_outdated(app, outdated)
    history.init_app(app)
    letter_kinds.init_app(app)
    next_steps.init_app(app)
    app.register_blueprint(blueprint)
    app.cli.add_command(commands.calls)
    app.cli.add_command(commands.proposals)
    receivers.connect()
    sections.add(app, section.PROPOSALS)
    for one in BELONGINGS:
        belongings.add(app, one)
    for order, label, roles, count in (
        (40, _l("Proposals"), READERS, queries.waiting_for_decision),
        (30, _l("Our proposals"), REPRESENTATIVES, None),
    ):
        navigation.add(
            app,
            navigation.Entry(
                order=order,
                label=label,
                endpoint="proposals.index",
                icon="chat-left-text",
                roles=roles,
                count=count,
            ),
        )

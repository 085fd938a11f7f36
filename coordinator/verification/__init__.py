"""The yearly round: is what we know of you still right?"""

import sqlalchemy as sa
from flask import Flask
from flask_babel import lazy_gettext as _l

from coordinator import navigation
from coordinator.outbox import truth
from coordinator.registry import belongings, places, sections
from coordinator.verification import (
    commands,
    history,
    letter_kinds,
    queries,
    receivers,
    section,
    views,
)
from coordinator.verification.models import AnswerState, Verification
from coordinator.verification.queries.outdated import outdated


def init_app(app: Flask) -> None:
    truth.add_outdated(app, outdated)
    views.init_app(app)
    receivers.connect()
    history.init_app(app)
    letter_kinds.init_app(app)
    app.cli.add_command(commands.group)
    navigation.under(app, "verification", "registry.organizations")
    sections.add(app, section.STILL_RIGHT)
    places.add(
        app,
        places.Place(
            order=40,
            label=_l("Is it still right?"),
            endpoint="verification.index",
            icon="clipboard-check",
            count=queries.waiting,
        ),
    )
    belongings.add(
        app,
        belongings.Belonging(
            label=_l("Yearly checks"),
            column=Verification.organization_id,
            once_per=(Verification.round_id,),
            stronger=sa.case(
                (Verification.state == AnswerState.PROPOSED, 2),
                (Verification.answered_at.is_not(None), 1),
                else_=0,
            ),
        ),
    )

"""Who is asked to which meeting, what they are sent and what they answer."""

import sqlalchemy as sa
from flask import Flask
from flask_babel import lazy_gettext as _l

from coordinator import jobs
from coordinator.invitations import (
    commands,
    history,
    in_short,
    letter_kinds,
    parts,
    receivers,
    views,
)
from coordinator.invitations.models import COMING, Invitation, RsvpAnswer
from coordinator.invitations.operations import mend_by_the_clock
from coordinator.invitations.operations.changing import foresee_cancellation, foresee_change
from coordinator.invitations.queries.outdated import outdated
from coordinator.meetings import outlook
from coordinator.outbox import truth
from coordinator.registry import belongings
from coordinator.registry.belongings import Belonging

INVITATIONS = Belonging(
    label=_l("Invitations"),
    column=Invitation.organization_id,
    once_per=(Invitation.meeting_id,),
    stronger=sa.case(
        (Invitation.answer.in_(COMING), 5),
        (Invitation.waiting_no.is_not(None), 3 + 1.0 / (1 + Invitation.waiting_no)),
        (Invitation.answer != RsvpAnswer.NONE, 2),
        (Invitation.invited_at.is_not(None), 1),
        else_=0,
    ),
)


def init_app(app: Flask) -> None:
    truth.add_outdated(app, outdated)
    parts.init_app(app)
    in_short.init_app(app)
    letter_kinds.init_app(app)
    history.init_app(app)
    views.init_app(app)
    receivers.init_app(app)
    outlook.add(app, outlook.Source(foresee_change, foresee_cancellation))
    commands.init_app(app)
    belongings.add(app, INVITATIONS)
    jobs.add(app, "invitations.mend", mend_by_the_clock, minute="*/10")

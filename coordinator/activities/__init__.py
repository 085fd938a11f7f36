"""Joint activities of a special day: partners, tasks, the window and the public programme."""

from flask import Flask
from flask_babel import lazy_gettext as _l

from coordinator import navigation
from coordinator.access import READERS, REPRESENTATIVES
from coordinator.activities import (
    commands,
    history,
    letter_kinds,
    next_step,
    receivers,
    section,
    views,
)
from coordinator.activities.models import ActivityPartner, ActivityTask, JointActivity
from coordinator.proposals import next_steps
from coordinator.registry import belongings, sections
from coordinator.registry.belongings import Belonging

BELONGINGS = (
    Belonging(label=_l("Activities"), column=JointActivity.lead_id),
    Belonging(
        label=_l("Parts in activities"),
        column=ActivityPartner.organization_id,
        once_per=(ActivityPartner.activity_id,),
    ),
    Belonging(label=_l("Tasks"), column=ActivityTask.responsible_org_id),
)


def init_app(app: Flask) -> None:
    history.init_app(app)
    letter_kinds.init_app(app)
    app.register_blueprint(views.blueprint)
    app.cli.add_command(commands.activities)
    next_steps.add(app, next_step.step_of, next_step.taken)
    receivers.connect()
    sections.add(app, section.ACTIVITIES)
    for one in BELONGINGS:
        belongings.add(app, one)
    for order, label, icon, roles in (
        (60, _l("Activities"), "signpost-split", READERS),
        (40, _l("Shared calendar"), "calendar3", REPRESENTATIVES),
    ):
        navigation.add(app, navigation.Entry(order, label, "activities.index", icon, roles))

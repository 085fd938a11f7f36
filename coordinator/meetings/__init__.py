"""Meetings, their agenda and who came."""

from flask import Flask
from flask_babel import lazy_gettext as _l

from coordinator import navigation
from coordinator.access import READERS
from coordinator.meetings import expected, tabs, views
from coordinator.meetings.blueprint import blueprint
from coordinator.meetings.commands import meetings
from coordinator.meetings.tabs import Tab

VIEWS = views
"""Imported for their routes."""


def init_app(app: Flask) -> None:
    tabs.init_app(app)
    expected.init_app(app)
    app.register_blueprint(blueprint)
    app.cli.add_command(meetings)
    tabs.add(app, Tab(10, _l("Summary"), "meetings.meeting"))
    tabs.add(app, Tab(50, _l("Attendance"), "meetings.attendance"))
    navigation.add(
        app,
        navigation.Entry(
            30,
            _l("Meetings"),
            "meetings.meetings",
            "people",
            READERS,
            more_endpoints=(
                "invitations.invitees",
                "invitations.choose",
                "invitations.preview",
                "invitations.letter_sheet",
                "invitations.phoned_answer",
            ),
        ),
    )

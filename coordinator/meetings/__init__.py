"""Meetings, their agenda and who came."""

import sqlalchemy as sa
from flask import Flask
from flask_babel import lazy_gettext as _l

from coordinator import navigation
from coordinator.access import READERS
from coordinator.meetings import criteria, expected, history, outlook, parts, tabs, views
from coordinator.meetings.blueprint import blueprint
from coordinator.meetings.commands import meetings
from coordinator.meetings.models import CAME, Attendance, AttendanceStatus
from coordinator.meetings.tabs import Tab
from coordinator.registry import belongings
from coordinator.registry.belongings import Belonging
from coordinator.registry.listing import criteria as registry_criteria

VIEWS = views
"""Imported for their routes."""

ATTENDANCE = Belonging(
    label=_l("Attendance"),
    column=Attendance.organization_id,
    once_per=(Attendance.meeting_id,),
    stronger=sa.case(
        (Attendance.status.in_(CAME), 2),
        (Attendance.status == AttendanceStatus.EXCUSED, 1),
        else_=0,
    ),
)


def init_app(app: Flask) -> None:
    history.init_app(app)
    registry_criteria.add(app, criteria.came)
    tabs.init_app(app)
    expected.init_app(app)
    outlook.init_app(app)
    parts.init_app(app)
    app.register_blueprint(blueprint)
    app.cli.add_command(meetings)
    belongings.add(app, ATTENDANCE)
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
                "bookings.services",
                "bookings.service",
            ),
        ),
    )

"""What the tests of activities are made of."""

from datetime import date, time, timedelta

from flask import Flask

from coordinator import clock
from coordinator.activities.models import (
    ActivityPartner,
    ActivityTask,
    ActivityType,
    JointActivity,
    PartnerRole,
)
from coordinator.activities.operations.activities import Facts
from coordinator.actors import Actor
from coordinator.days.models import DayWindow
from coordinator.extensions import db
from coordinator.invitations.models import RsvpAnswer
from coordinator.meetings.models import Attendance, AttendanceStatus, MeetingStatus
from coordinator.proposals.models import ProposalStatus
from coordinator.registry.models import Organization
from tests.browser import Browser, Page
from tests.factories import (
    CallFactory,
    InvitationFactory,
    JointActivityFactory,
    MeetingFactory,
    OrganizationFactory,
    ProposalFactory,
    represent,
)

ACTOR = Actor(name="Derya Tuna", via="page")


def facts(**more: object) -> Facts:
    """Return the facts of a march on 25 Kasım of the next year."""
    day = date(clock.today().year + 1, 11, 25)
    given = {
        "title": "Işıkla yürüyoruz",
        "activity_type": ActivityType.MARCH,
        "starts_at": clock.at(day, time(18)),
        "ends_at": clock.at(day, time(20)),
        "place": "Cumhuriyet Meydanı",
        **more,
    }
    return Facts(**given)  # type: ignore[arg-type]


def partner(activity: JointActivity, organization: Organization) -> ActivityPartner:
    row = ActivityPartner(
        activity=activity, organization=organization, role=PartnerRole.PARTNER, contribution=""
    )
    db.session.add(row)
    db.session.flush()
    return row


def task(activity: JointActivity, title: str = "Ses düzeni", **more: object) -> ActivityTask:
    row = ActivityTask(activity=activity, title=title, **more)
    db.session.add(row)
    db.session.flush()
    return row


def late(days: int = 4) -> date:
    return clock.today() - timedelta(days=days)


def window_path(window: DayWindow) -> str:
    return f"/ozel-gunler/{window.year}/{window.special_day.slug}"


def programme_path(window: DayWindow) -> str:
    return f"/program/{window.year}/{window.special_day.slug}"


def path_of(activity: JointActivity, *more: str) -> str:
    return "/".join(["/etkinlikler", activity.public_id, *more])


def only() -> JointActivity:
    return db.session.execute(db.select(JointActivity)).scalar_one()


def representative(app: Flask, organization: Organization) -> Browser:
    return Browser(app).sign_in(represent(organization))


def errors(page: Page) -> list[str]:
    return [" ".join(one.get_text(" ").split()) for one in page.soup.select(".p-error")]


def busy(window: DayWindow, number: int) -> None:
    """Fill a window with `number` of everything."""
    meeting = MeetingFactory(window=window, status=MeetingStatus.INVITED)
    call = CallFactory(window=window)
    for _each in range(number):
        organization = OrganizationFactory()
        InvitationFactory(meeting=meeting, organization=organization, answer=RsvpAnswer.YES)
        db.session.add(
            Attendance(
                meeting_id=meeting.id,
                organization=organization,
                status=AttendanceStatus.PRESENT,
                people=2,
            )
        )
        ProposalFactory(call=call, organization=organization, status=ProposalStatus.ACCEPTED)
        activity = JointActivityFactory(window=window, lead=organization, place="")
        partner(activity, OrganizationFactory())
        task(activity, due_on=late(), responsible_org=organization)


def lacks(page: object) -> list[str]:
    rows = page.soup.select(".p-action .p-action-text h3")  # type: ignore[attr-defined]
    return [" ".join(row.get_text(" ").split()) for row in rows]

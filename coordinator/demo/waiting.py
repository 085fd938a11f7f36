"""A small meeting of the invented city: its room is full, some wait, one has moved up."""

from collections.abc import Mapping
from datetime import date, time, timedelta

import sqlalchemy as sa

from coordinator import clock
from coordinator.actors import Actor
from coordinator.days.concerns import nearest_working_day
from coordinator.days.models import DayWindow
from coordinator.extensions import db
from coordinator.invitations.models import AnsweredVia, Invitation, RsvpAnswer
from coordinator.invitations.operations import Reply, Source, answer_invitation, invite
from coordinator.meetings.models import Meeting, MeetingType
from coordinator.meetings.operations import planning
from coordinator.meetings.plans import MeetingPlan
from coordinator.registry.models import Organization

TITLE = "Çalışma grubu: gece otobüsünde güvenli durak"
SEATS = 6
AHEAD, ROOM = timedelta(days=12), timedelta(days=5)
WANTING = (
    "Nergis Kadın Hukukçular Derneği",
    "Şafak Kadın Sendikacılar Ağı",
    "Karabağlar Mahalle Kadınları Derneği",
    "Bornova Genç Kadınlar İnisiyatifi",
    "Körfez Rüzgârı Kadın Derneği",
    "Akasya Kadın Danışma Derneği",
)
SILENT = ("Kıyı Kadın Sağlığı Vakfı", "Işıltı Bilimde Kadın Derneği")


def fill_a_small_room(window: DayWindow, by_name: Mapping[str, Organization], actor: Actor) -> None:
    """Invite more than there are seats for; who answers first sits, and one gives way."""
    today = clock.today()
    on = nearest_working_day(today + AHEAD, today + AHEAD - timedelta(days=2), today + AHEAD + ROOM)
    meeting = _plan(window, on, actor)
    guests = [by_name[name] for name in (*WANTING, *SILENT)]
    invite(meeting=meeting, organizations=guests, actor=actor)
    invited = {
        one.organization.name: one
        for one in db.session.scalars(sa.select(Invitation).filter_by(meeting_id=meeting.id))
    }
    for name in WANTING:
        _answer(invited[name], RsvpAnswer.YES)
    _answer(invited[WANTING[0]], RsvpAnswer.NO)


def _plan(window: DayWindow, on: date, actor: Actor) -> Meeting:
    return planning.plan_meeting(
        MeetingPlan(
            title=TITLE,
            starts_at=clock.at(on, time(10)),
            ends_at=clock.at(on, time(12)),
            rsvp_deadline=on - timedelta(days=3),
            meeting_type=MeetingType.WORKING_GROUP,
            place="Konak Kadın Dayanışma Evi, küçük salon",
            directions="Konak metro durağından beş dakika. Giriş yan sokaktan; asansör var.",
            purpose="Durak önerisini birlikte yazıya döküyoruz.",
            agenda=("Haritaya bakış", "Metnin yazımı"),
            max_per_org=2,
            capacity=SEATS,
            window=window,
        ),
        actor=actor,
    )


def _answer(invitation: Invitation, answer: RsvpAnswer) -> None:
    people = invitation.organization.active_contacts
    who = people[0].full_name if people else invitation.organization.name
    coming = answer is RsvpAnswer.YES
    answer_invitation(
        invitation=invitation,
        reply=Reply(
            answer=answer,
            people=2 if coming else 0,
            names=[who] if coming else [],
            names_later=coming,
        ),
        source=Source(via=AnsweredVia.LINK),
        opened_version=invitation.version,
        actor=Actor.link(who),
    )

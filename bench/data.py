"""Fills a database with organisations and a meeting, by bulk statements."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import sqlalchemy as sa

from coordinator import clock, links, turkish
from coordinator.access import Role
from coordinator.accounts.models import User
from coordinator.actors import COMMAND
from coordinator.days import operations as days
from coordinator.extensions import db
from coordinator.invitations.models import Invitation, InvitationLetter
from coordinator.invitations.operations import sending
from coordinator.meetings.models import Meeting, MeetingType
from coordinator.outbox.models import LetterState, OutboxLetter
from coordinator.records import new_public_id
from coordinator.registry import search
from coordinator.registry.models import Channel, Contact, District, Organization, OrgStatus, OrgType

PLACES = ("Kordon", "Işık", "Mavi Kıyı", "Çınar", "Gül", "Ihlamur", "Şafak", "Ümit", "İmbat", "Öz")
ENDINGS = ("Derneği", "Vakfı", "Kooperatifi", "Platformu", "Girişimi")
INVITED = 300


@dataclass(frozen=True)
class House:
    """What a bench needs to know of the filled database."""

    user_id: int
    meeting_id: int
    meeting: str
    tokens: list[str]
    versions: list[int]


def fill(count: int, invited: int = INVITED) -> House:
    """Make `count` organisations with a contact each and a meeting with at most `invited`."""
    _organizations(count)
    user = User(full_name="Derya Tuna", email="derya@belediye.example", role=Role.STAFF)
    admin = User(full_name="Ayla Er", email="ayla@belediye.example", role=Role.ADMIN)
    db.session.add_all([user, admin])
    window = days.open_named_window(f"{clock.today().year + 1}/25-kasim", COMMAND)
    starts = clock.now().replace(microsecond=0) + timedelta(days=20)
    meeting = Meeting(
        title="STK buluşması",
        meeting_type=MeetingType.STAKEHOLDER,
        window=window,
        starts_at=starts,
        ends_at=starts + timedelta(hours=2),
        place="Kültürpark",
        rsvp_deadline=date.today() + timedelta(days=10),
    )
    db.session.add(meeting)
    db.session.flush()
    chosen = db.session.scalars(
        sa.select(Organization).order_by(Organization.id).limit(invited)
    ).all()
    sending.invite(meeting=meeting, organizations=chosen, actor=COMMAND)
    db.session.execute(
        sa.update(OutboxLetter).values(
            state=LetterState.SENT, sent_at=clock.now(), next_try_at=None
        )
    )
    db.session.commit()
    rows = db.session.scalars(sa.select(InvitationLetter).order_by(InvitationLetter.id)).all()
    house = House(
        user_id=user.id,
        meeting_id=meeting.id,
        meeting=meeting.public_id,
        tokens=[links.token_of(row.link) for row in rows if row.link],
        versions=[row.invitation.version for row in rows],
    )
    db.session.remove()
    return house


def letters(count: int) -> None:
    """Queue `count` invitations with a calendar part to as many organisations."""
    _organizations(count)
    db.session.flush()
    starts = clock.now().replace(microsecond=0) + timedelta(days=20)
    meeting = Meeting(
        title="STK buluşması: 25 Kasım’ı birlikte hazırlıyoruz",
        meeting_type=MeetingType.STAKEHOLDER,
        starts_at=starts,
        ends_at=starts + timedelta(hours=2),
        place="Kültürpark Buluşma Salonu",
        rsvp_deadline=date.today() + timedelta(days=10),
    )
    db.session.add(meeting)
    db.session.flush()
    asked = db.session.scalars(sa.select(Organization)).all()
    sending.invite(meeting=meeting, organizations=asked, actor=COMMAND)
    db.session.commit()


def open_letters() -> int:
    """Return how many letters have not been sent."""
    waiting = sa.select(sa.func.count()).select_from(OutboxLetter)
    return db.session.scalar(waiting.where(OutboxLetter.state != LetterState.SENT)) or 0


def invitation_id(token: str) -> int:
    """Return the row of the invitation that a token opens."""
    link = links.find("invitation", token)
    assert link is not None
    return db.session.scalars(sa.select(Invitation.id).filter_by(id=link.subject_id)).one()


def _organizations(count: int) -> None:
    districts = db.session.scalars(sa.select(District.id).order_by(District.id)).all()
    moment = clock.now()
    times = {"created_at": moment, "updated_at": moment}
    types = list(OrgType)
    organizations: list[dict[str, Any]] = []
    contacts: list[dict[str, Any]] = []
    for number in range(1, count + 1):
        place, ending = PLACES[number % len(PLACES)], ENDINGS[number % len(ENDINGS)]
        name = f"{place} {number} Kadın Dayanışma {ending}"
        organizations.append(
            {
                **times,
                "id": number,
                "public_id": new_public_id(),
                "name": name,
                "org_type": types[number % len(types)],
                "status": OrgStatus.ACTIVE,
                "district_id": districts[number % len(districts)],
                "search_key": turkish.search_key(name),
                "sort_key": turkish.sort_key(name),
            }
        )
        person = f"Nermin {number} Su"
        contacts.append(
            {
                **times,
                "public_id": new_public_id(),
                "organization_id": number,
                "full_name": person,
                "email": f"kisi{number}@kurulus.example",
                "phone": "+902320000010",
                "preferred_channel": Channel.EMAIL,
                "is_primary": True,
                "search_key": turkish.search_key(person),
                "sort_key": turkish.sort_key(person),
            }
        )
    db.session.execute(sa.insert(Organization), organizations)
    db.session.execute(sa.insert(Contact), contacts)
    search.reindex()
    if db.engine.dialect.name == "postgresql":
        db.session.execute(
            sa.text("select setval('organization_id_seq', (select max(id) from organization))")
        )
        db.session.execute(sa.text("analyze"))

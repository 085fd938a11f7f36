"""Makes records for tests: invented organisations, people and days."""

from datetime import date, datetime, timedelta

import factory
from factory.alchemy import SQLAlchemyModelFactory

from coordinator import clock
from coordinator.access import Role
from coordinator.accounts.models import User
from coordinator.activities.models import ActivityStatus, ActivityType, JointActivity
from coordinator.days.models import DayWindow, SpecialDay
from coordinator.extensions import db
from coordinator.history.models import Encounter, EncounterKind
from coordinator.invitations.models import Invitation
from coordinator.meetings.models import Meeting, MeetingType
from coordinator.proposals.models import Call, Proposal, ProposalStatus
from coordinator.registry.models import (
    Contact,
    District,
    Organization,
    OrganizationName,
    OrgType,
    Representation,
)


class Factory(SQLAlchemyModelFactory):
    class Meta:
        abstract = True
        sqlalchemy_session_factory = lambda: db.session  # noqa: E731
        sqlalchemy_session_persistence = "flush"


def in_days(count: int) -> datetime:
    """Return the moment so many days from now, without microseconds."""
    return clock.now().replace(microsecond=0) + timedelta(days=count)


class UserFactory(Factory):
    class Meta:
        model = User

    full_name = factory.Sequence(lambda n: f"Derya Tuna {n}")
    email = factory.Sequence(lambda n: f"derya{n}@belediye.example")
    role = Role.STAFF


def district(name: str) -> District:
    """Return the shipped district of that name."""
    return db.session.execute(db.select(District).filter_by(name=name)).scalar_one()


class OrganizationFactory(Factory):
    class Meta:
        model = Organization

    name = factory.Sequence(lambda n: f"Mavi Kıyı Kadın Derneği {n}")
    org_type = OrgType.ASSOCIATION
    district = factory.LazyFunction(lambda: district("Konak"))


class FormerNameFactory(Factory):
    class Meta:
        model = OrganizationName

    organization = factory.SubFactory(OrganizationFactory)
    name = factory.Sequence(lambda n: f"Eski Kıyı Kadın Derneği {n}")


class ContactFactory(Factory):
    class Meta:
        model = Contact

    organization = factory.SubFactory(OrganizationFactory)
    full_name = factory.Sequence(lambda n: f"Nermin Su {n}")
    email = factory.Sequence(lambda n: f"nermin{n}@kurulus.example")
    phone = "+902320000010"
    is_primary = True


def represent(organization: Organization) -> User:
    """Return a new representative's account that acts for the organisation."""
    user = UserFactory(role=Role.REPRESENTATIVE)
    db.session.add(Representation(user_id=user.id, organization=organization))
    db.session.flush()
    return user


def special_day(key: str = "elimination_of_violence_day") -> SpecialDay:
    """Return the shipped special day of that key; 25 Kasım unless told."""
    return db.session.execute(db.select(SpecialDay).filter_by(key=key)).scalar_one()


class DayWindowFactory(Factory):
    class Meta:
        model = DayWindow
        sqlalchemy_get_or_create = ("special_day", "year")

    special_day = factory.LazyFunction(special_day)
    year = factory.LazyFunction(lambda: clock.today().year + 1)
    starts_on = factory.LazyAttribute(lambda o: date(o.year, 11, 25))
    length_days = 16
    call_from = factory.LazyFunction(lambda: clock.today() - timedelta(days=3))
    call_until = factory.LazyFunction(lambda: clock.today() + timedelta(days=10))
    meeting_around = factory.LazyFunction(lambda: clock.today() + timedelta(days=14))
    programme_from = factory.LazyFunction(lambda: clock.today() + timedelta(days=15))
    programme_until = factory.LazyFunction(lambda: clock.today() + timedelta(days=20))
    evaluation_until = factory.LazyAttribute(lambda o: date(o.year, 12, 31))


class MeetingFactory(Factory):
    class Meta:
        model = Meeting

    title = "STK buluşması: 25 Kasım’ı birlikte hazırlıyoruz"
    meeting_type = MeetingType.STAKEHOLDER
    window = factory.SubFactory(DayWindowFactory)
    starts_at = factory.LazyFunction(lambda: in_days(14))
    ends_at = factory.LazyAttribute(lambda o: o.starts_at + timedelta(hours=2))
    place = "Kültürpark Buluşma Salonu, Konak"
    rsvp_deadline = factory.LazyFunction(lambda: clock.today() + timedelta(days=7))
    max_per_org = 2


class InvitationFactory(Factory):
    class Meta:
        model = Invitation

    meeting = factory.SubFactory(MeetingFactory)
    organization = factory.SubFactory(OrganizationFactory)
    invited_at = factory.LazyFunction(clock.now)


class CallFactory(Factory):
    class Meta:
        model = Call

    window = factory.SubFactory(DayWindowFactory)
    title = "25 Kasım’da ve sonrasında ne yapalım?"
    text = "Birkaç cümle yeter."
    opens_on = factory.LazyFunction(lambda: clock.today() - timedelta(days=3))
    closes_on = factory.LazyFunction(lambda: clock.today() + timedelta(days=10))


class ProposalFactory(Factory):
    class Meta:
        model = Proposal

    call = factory.SubFactory(CallFactory)
    organization = factory.SubFactory(OrganizationFactory)
    title = "Gece otobüsünde güvenli durak"
    summary = "Geç saatte otobüsten iki durak arasında inilebilsin."
    status = ProposalStatus.SUBMITTED
    author_name = "Nermin Su"
    author_email = "nermin@kurulus.example"
    submitted_at = factory.LazyFunction(clock.now)
    decision_note = factory.LazyAttribute(
        lambda o: (
            "Toplantıda destek gördü."
            if o.status in {ProposalStatus.ACCEPTED, ProposalStatus.REJECTED}
            else ""
        )
    )


class JointActivityFactory(Factory):
    class Meta:
        model = JointActivity

    window = factory.SubFactory(DayWindowFactory)
    title = "Işıkla yürüyoruz"
    activity_type = ActivityType.MARCH
    status = ActivityStatus.PLANNED
    starts_at = factory.LazyFunction(lambda: in_days(30))
    place = "Cumhuriyet Meydanı"


class EncounterFactory(Factory):
    class Meta:
        model = Encounter

    organization = factory.SubFactory(OrganizationFactory)
    kind = EncounterKind.CALL
    happened_at = factory.LazyFunction(lambda: in_days(-1))
    text = "Salonu sordu."

"""An activity as it is typed, new, stored, or made of a proposal."""

from datetime import date, datetime, time
from typing import Any

import sqlalchemy as sa
from flask_babel import lazy_gettext as _l
from wtforms import Field
from wtforms.validators import ValidationError

from coordinator import clock, turkish
from coordinator.activities.facts import Facts
from coordinator.activities.forms.fields import Ticks
from coordinator.activities.models import ActivityType, JointActivity
from coordinator.activities.queries import organizations
from coordinator.extensions import db
from coordinator.fields import Choice, Clock, Day, Line, Lines, Needed, Number
from coordinator.forms import EditForm
from coordinator.invitations.models import AccessNeed
from coordinator.proposals.models import Proposal
from coordinator.registry.models import District, Organization
from coordinator.registry.queries import district_names

MOST_PEOPLE = 9_999_999
OWN, PUBLIC = "own", "public"
STEMS = {
    "yuru": ActivityType.MARCH,
    "panel": ActivityType.PANEL,
    "soylesi": ActivityType.TALK,
    "sempozyum": ActivityType.SYMPOSIUM,
    "atolye": ActivityType.WORKSHOP,
    "egitim": ActivityType.TRAINING,
    "film": ActivityType.FILM,
    "tiyatro": ActivityType.THEATRE,
    "konser": ActivityType.CONCERT,
    "sergi": ActivityType.EXHIBITION,
    "stant": ActivityType.STAND,
    "kampanya": ActivityType.CAMPAIGN,
    "anket": ActivityType.SURVEY,
    "pazar": ActivityType.MARKET,
    "basin": ActivityType.PRESS,
}
"""Words of a proposal's title that tell what kind of activity it would be."""
SERVICES = (
    AccessNeed.SIGN_LANGUAGE,
    AccessNeed.CAPTIONS,
    AccessNeed.WHEELCHAIR,
    AccessNeed.CHILDCARE,
    AccessNeed.BABY_ROOM,
    AccessNeed.LARGE_PRINT,
    AccessNeed.EASY_TEXT,
    AccessNeed.LANGUAGE,
    AccessNeed.TRANSPORT,
)
"""What an activity can offer; the other needs are asked of a person, not announced."""


class Typed:
    """A stored activity as the form shows it; read anew whenever it is asked."""

    def __init__(self, activity: JointActivity) -> None:
        self.activity = activity

    def __getattr__(self, name: str) -> Any:
        return getattr(self.activity, name)

    @property
    def kind(self) -> str:
        return self.activity.activity_type.value

    @property
    def starts_on(self) -> date | None:
        return _day(self.activity.starts_at)

    @property
    def starts_clock(self) -> time | None:
        return _clock(self.activity.starts_at)

    @property
    def ends_on(self) -> date | None:
        last = _day(self.activity.ends_at)
        return None if last == self.starts_on else last

    @property
    def ends_clock(self) -> time | None:
        return _clock(self.activity.ends_at)

    @property
    def place_district(self) -> str:
        return self.activity.district.slug if self.activity.district else ""

    @property
    def visibility(self) -> str:
        return PUBLIC if self.activity.is_public else OWN

    @property
    def leader(self) -> str:
        return self.activity.lead.public_id if self.activity.lead else ""


class ActivityForm(EditForm):
    """An activity, new or stored (`obj` is then a `Typed`)."""

    title = Line(_l("Title"), validators=[Needed(_l("Write what the activity is called."))])
    kind = Choice(_l("Kind"), choices=ActivityType.choices())
    summary = Lines(_l("Summary"), most=3000)
    starts_on = Day(_l("Day"))
    starts_clock = Clock(_l("Start time"))
    ends_clock = Clock(_l("End time"))
    ends_on = Day(_l("Last day"))
    place = Line(_l("Place"), most=200)
    place_district = Choice(_l("District"), validate_choice=True)
    leader = Choice(_l("Who leads"))
    access_services = Ticks(_l("What will be there"))
    visibility = Choice(
        _l("Who may see it"),
        choices=[
            (OWN, _l("The branch and those who take part")),
            (PUBLIC, _l("Everybody, on the public programme")),
        ],
        default=OWN,
    )
    expected = Number(_l("Expected number of people"), least=0, most=MOST_PEOPLE)

    def __init__(self, *args: Any, lead: Organization | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        stored = kwargs.get("obj")
        kept = {lead.id} if lead else set()
        if isinstance(stored, Typed) and stored.activity.lead_id:
            kept.add(stored.activity.lead_id)
        names, self.more_organizations = organizations.choices(keep=kept)
        self.leader.choices = [("", _l("The branch itself")), *names]
        self.place_district.choices = [
            ("", _l("No district")),
            *((one.slug, one.name) for one in district_names()),
        ]
        self.access_services.choices = [(need.value, need.word) for need in SERVICES]

    def validate_starts_on(self, field: Field) -> None:
        typed_more = self.starts_clock.data or self.ends_clock.data or self.ends_on.data
        if field.data is None and not field.errors and typed_more:
            raise ValidationError(_l("Write the day as well."))

    def validate_starts_clock(self, field: Field) -> None:
        if field.data is None and not field.errors and self.starts_on.data:
            raise ValidationError(_l("Write the start time as well."))

    def validate_ends_clock(self, field: Field) -> None:
        if field.data is None and not field.errors and self.ends_on.data:
            raise ValidationError(_l("Write the end time as well."))

    def facts(self) -> Facts:
        """Return what was typed as an operation takes it."""
        first = self.starts_on.data
        last = self.ends_on.data or first
        slug = self.place_district.data
        return Facts(
            title=self.title.data,
            activity_type=ActivityType(self.kind.data),
            summary=self.summary.data or "",
            starts_at=_moment(first, self.starts_clock.data),
            ends_at=_moment(last, self.ends_clock.data),
            place=self.place.data or "",
            district=db.session.scalar(sa.select(District).where(District.slug == slug)),
            access_services=[need.value for need in SERVICES if need in self.access_services.data],
            lead=organizations.find(self.leader.data),
            is_public=self.visibility.data == PUBLIC,
            expected=self.expected.data,
        )


def of_proposal(proposal: Proposal) -> ActivityForm:
    """Return the form of the activity that a proposal may become, filled from it."""
    return ActivityForm(
        lead=proposal.organization,
        title=proposal.title,
        kind=likely_kind(proposal.title).value,
        summary=proposal.summary,
        place=proposal.place[:200],
        leader=proposal.organization.public_id,
    )


def likely_kind(title: str) -> ActivityType:
    """Return the kind that a word of the title tells, OTHER if none does."""
    words = turkish.search_key(title)
    return next((kind for stem, kind in STEMS.items() if stem in words), ActivityType.OTHER)


def _moment(day: date | None, hour: time | None) -> datetime | None:
    return None if day is None or hour is None else clock.at(day, hour)


def _day(moment: datetime | None) -> date | None:
    return clock.local(moment).date() if moment else None


def _clock(moment: datetime | None) -> time | None:
    return clock.local(moment).time() if moment else None

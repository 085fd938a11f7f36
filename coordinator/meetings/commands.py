"""The command line of meetings: `flask --app wsgi meetings …`. Upper floors add to the group."""

import json
import sys
from datetime import date, datetime

import click
from flask.cli import AppGroup
from flask_babel import lazy_gettext as _l

from coordinator import clock
from coordinator.actors import COMMAND
from coordinator.days import operations as days
from coordinator.errors import RuleBroken
from coordinator.extensions import db
from coordinator.meetings import concerns, operations
from coordinator.meetings.forms.planning import usual_deadline
from coordinator.meetings.models import MeetingType, Mode
from coordinator.meetings.plans import MeetingPlan
from coordinator.reachability import website
from coordinator.wording import Unkeepable, keepable

meetings = AppGroup("meetings", help="Meetings, who is invited and who comes.")

Parameter = click.Parameter | None
Context = click.Context | None

KINDS = [kind.value for kind in MeetingType]
PLACE_LATER = "Yeri ayrıca bildirilecek"


class Moment(click.ParamType[datetime]):
    """A moment like 2026-11-10T14:00, in Istanbul unless it says otherwise."""

    name = "moment"

    def convert(self, value: str, param: Parameter, context: Context) -> datetime:
        try:
            moment = datetime.fromisoformat(value)
        except ValueError:
            self.fail(f"{value!r} is no moment; write it like 2026-11-10T14:00", param, context)
        if not 2000 <= moment.year <= 2100:
            self.fail("the year must lie between 2000 and 2100", param, context)
        return moment if moment.tzinfo else moment.replace(tzinfo=clock.LOCAL)


class IsoDay(click.ParamType[date]):
    """A day like 2026-11-05."""

    name = "day"

    def convert(self, value: str, param: Parameter, context: Context) -> date:
        try:
            return date.fromisoformat(value)
        except ValueError:
            self.fail(f"{value!r} is no day; write it like 2026-11-05", param, context)


@meetings.command("create")
@click.option("--title", required=True)
@click.option("--starts", required=True, type=Moment(), help="2026-11-10T14:00")
@click.option("--ends", required=True, type=Moment(), help="2026-11-10T16:00")
@click.option("--window", default="", help="2026/25-kasim; it is opened if it is not open yet.")
@click.option("--place", default="")
@click.option("--address", default="")
@click.option("--directions", default="", help="How to get there.")
@click.option("--online-url", default="")
@click.option("--deadline", type=IsoDay(), help="Last day to answer; a week before unless told.")
@click.option("--max-per-org", default=2, type=click.IntRange(1, 10))
@click.option("--capacity", type=click.IntRange(1, 5000))
@click.option(
    "--kind",
    default=MeetingType.STAKEHOLDER.value,
    type=click.Choice([kind.value for kind in MeetingType]),
)
@click.option("--purpose", default="")
@click.option("--agenda", multiple=True, help="One item; may be given several times.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object.")
def create(as_json: bool, window: str, agenda: tuple[str, ...], **given: object) -> None:
    """Plan a meeting and print its address."""
    try:
        plan = _plan(window, agenda, **given)  # type: ignore[arg-type]
        for concern in (*concerns.of_time(plan), *concerns.of_deadline(plan)):
            click.echo(str(concern), err=True)
        meeting = operations.plan_meeting(plan, actor=COMMAND)
    except (RuleBroken, Unkeepable) as error:
        db.session.rollback()
        click.echo(str(error.message), err=True)
        sys.exit(1)
    db.session.commit()
    address = f"/toplantilar/{meeting.public_id}"
    click.echo(json.dumps({"meeting": address}) if as_json else address)


def _plan(
    window: str,
    agenda: tuple[str, ...],
    *,
    title: str,
    starts: datetime,
    ends: datetime,
    place: str,
    address: str,
    directions: str,
    online_url: str,
    deadline: date | None,
    max_per_org: int,
    capacity: int | None,
    kind: str,
    purpose: str,
) -> MeetingPlan:
    """Return the plan with every text cleaned as the page cleans it."""
    link = website(_text(online_url, 500))
    mode = Mode.IN_PERSON if not link else Mode.HYBRID if place else Mode.ONLINE
    return MeetingPlan(
        title=_text(title, 200),
        starts_at=starts,
        ends_at=ends,
        rsvp_deadline=deadline or usual_deadline(clock.local(starts).date()),
        meeting_type=MeetingType(kind),
        mode=mode,
        place=_text(place, 200) or ("" if link else PLACE_LATER),
        address=_text(address, 300),
        directions=_text(directions, 1000, lines=True),
        online_url=link,
        purpose=_text(purpose, 4000, lines=True),
        agenda=tuple(item for text in agenda if (item := _text(text, 300))),
        max_per_org=max_per_org,
        capacity=capacity,
        window=days.open_named_window(window, COMMAND) if window else None,
    )


def _text(text: str, most: int, *, lines: bool = False) -> str:
    """Return a text as the page would clean it, refused when it is too long."""
    clean = keepable(text, lines=lines)
    if len(clean) > most:
        raise Unkeepable(
            _l("Shorten “%(start)s…” to %(most)s characters.", start=clean[:20], most=most)
        )
    return clean

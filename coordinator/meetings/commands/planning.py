"""Plan a meeting from the command line."""

from collections.abc import Sequence
from datetime import date, datetime

import click

from coordinator import clock
from coordinator.actors import COMMAND
from coordinator.command_line import as_json, clean, tell
from coordinator.days import operations as days
from coordinator.extensions import db
from coordinator.meetings import concerns, operations
from coordinator.meetings.commands.group import meetings, path_of
from coordinator.meetings.forms.planning import (
    LONGEST_ITEM,
    MOST_ITEMS,
    secure_link,
    usual_deadline,
)
from coordinator.meetings.models import MeetingType, Mode
from coordinator.meetings.plans import MeetingPlan, faults, unnumbered

Parameter = click.Parameter | None
Context = click.Context | None

PLACE_LATER = "Yeri ayrıca bildirilecek"
OPTIONS = {"rsvp_deadline": "--deadline", "end": "--ends"}
"""By which option a field is said, where it is called otherwise."""


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
@click.option("--title", required=True, help="What the meeting is called.")
@click.option("--starts", required=True, type=Moment(), help="2026-11-10T14:00, in Istanbul.")
@click.option("--ends", required=True, type=Moment(), help="2026-11-10T16:00")
@click.option("--window", default="", help="2026/25-kasim; it is opened if it is not open yet.")
@click.option(
    "--kind",
    type=click.Choice([kind.value for kind in MeetingType]),
    default=MeetingType.STAKEHOLDER.value,
    show_default=True,
    help="What kind of meeting it is.",
)
@click.option(
    "--mode",
    type=click.Choice([mode.value for mode in Mode]),
    help="How people meet. Without it: in person; online with a link; hybrid with link and place.",
)
@click.option("--place", default="", help="Where people meet; may be told later.")
@click.option("--address", default="", help="Street and number of the place.")
@click.option("--directions", default="", help="How to get there.")
@click.option("--online-url", default="", help="The link for those online; https:// only.")
@click.option("--deadline", type=IsoDay(), help="Last day to answer; a week before unless told.")
@click.option(
    "--max-per-org",
    type=click.IntRange(1, 10),
    default=2,
    show_default=True,
    help="How many people an organisation may send.",
)
@click.option(
    "--capacity",
    "--seats",
    type=click.IntRange(1, 5000),
    help="Seats, counted in people; who finds none is on the waiting list. Without it: no limit.",
)
@click.option("--purpose", default="", help="What the meeting is for; it stands in the letter.")
@click.option("--agenda", multiple=True, help="One item; may be given several times.")
@as_json
def create(as_json: bool, window: str, agenda: tuple[str, ...], **given: object) -> None:
    """Plan a meeting and print its address.

    What speaks against its day or hours is said on standard error, and it is planned all the same.
    """
    plan = _plan(window, agenda, **given)  # type: ignore[arg-type]
    if wrong := [f"{_option(name)}: {message}" for name, message in faults(plan)]:
        raise click.ClickException("\n".join(wrong))
    against = (*concerns.of_time(plan), *concerns.of_deadline(plan))
    meeting = operations.plan_meeting(plan, actor=COMMAND)
    db.session.commit()
    for concern in against:
        click.echo(f"Note: {concern}", err=True)
    tell({"meeting": path_of(meeting)}, as_json, [path_of(meeting)])


def _plan(
    window: str,
    agenda: tuple[str, ...],
    *,
    title: str,
    starts: datetime,
    ends: datetime,
    mode: str | None,
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
    link = secure_link(clean(online_url, "--online-url", most=500))
    where = clean(place, "--place", most=200)
    how = Mode(mode) if mode else _usual_mode(link, where)
    return MeetingPlan(
        title=clean(title, "--title", most=200),
        starts_at=starts,
        ends_at=ends,
        rsvp_deadline=deadline or usual_deadline(clock.local(starts).date()),
        meeting_type=MeetingType(kind),
        mode=how,
        place=where or ("" if how is Mode.ONLINE else PLACE_LATER),
        address=clean(address, "--address", most=300),
        directions=clean(directions, "--directions", most=1000, lines=True),
        online_url=link,
        purpose=clean(purpose, "--purpose", most=4000, lines=True),
        agenda=tuple(_items(agenda)),
        max_per_org=max_per_org,
        capacity=capacity,
        window=days.open_named_window(window, COMMAND) if window else None,
    )


def _usual_mode(link: str, place: str) -> Mode:
    if not link:
        return Mode.IN_PERSON
    return Mode.HYBRID if place else Mode.ONLINE


def _items(agenda: Sequence[str]) -> list[str]:
    items = [item for text in agenda if (item := clean(text, "--agenda", most=LONGEST_ITEM))]
    if len(items) > MOST_ITEMS:
        raise click.ClickException(f"--agenda: at most {MOST_ITEMS} items, not {len(items)}")
    return unnumbered(items)


def _option(field: str) -> str:
    return OPTIONS.get(field) or f"--{field.replace('_', '-')}"

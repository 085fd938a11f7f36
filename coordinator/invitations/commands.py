"""`meetings invite` and the commands of `invitations`: the same roads as the pages."""

import json
from dataclasses import replace
from typing import Any

import click
import sqlalchemy as sa
from flask import Flask
from flask.cli import AppGroup, with_appcontext

from coordinator import turkish
from coordinator.actors import COMMAND
from coordinator.errors import RuleBroken
from coordinator.extensions import db
from coordinator.invitations import operations, queries
from coordinator.invitations.models import COMING, AnsweredVia, Invitation, RsvpAnswer
from coordinator.invitations.operations import Reply, Source
from coordinator.invitations.queries.lines import Line, lines, totals_of
from coordinator.invitations.summary import OURS
from coordinator.lists import queries as lists
from coordinator.meetings.commands import meetings
from coordinator.meetings.models import Meeting
from coordinator.meetings.queries import find_meeting
from coordinator.registry.listing import Filters, choose
from coordinator.registry.models import District, Organization, WorkArea
from coordinator.registry.queries import find_organization

invitations = AppGroup("invitations", help="Answers to invitations: state, reminders, by hand.")
TOTALS = ("invited", "yes", "deputy", "waiting", "maybe", "no", "none", "people", "people_waiting")
as_json = click.option("--json", "json_wanted", is_flag=True, help="Answer with one JSON object.")


def init_app(app: Flask) -> None:
    meetings.add_command(invite)
    app.cli.add_command(invitations)


meeting_argument = click.argument("meeting")


@click.command("invite")
@meeting_argument
@click.option("--all", "everybody", is_flag=True, help="Invite every active organisation.")
@click.option(
    "--list", "list_name", help="Invite a saved list, a district or a field of work, by its name."
)
@as_json
@with_appcontext
def invite(meeting: str, everybody: bool, list_name: str | None, json_wanted: bool) -> None:
    """Invite organisations to MEETING and queue their letters."""
    if everybody == bool(list_name):
        raise click.UsageError("say either --all or --list NAME")
    found = _meeting(meeting)
    filters = Filters() if everybody else _filters_named(str(list_name))
    wanted = list(db.session.scalars(choose(filters)))
    if list_name and not wanted:
        raise click.ClickException("no organisation at work is on that list now")
    sent = _by_the_rules(operations.invite, meeting=found, organizations=wanted, actor=COMMAND)
    _tell(vars(sent), json_wanted)


@invitations.command("status")
@meeting_argument
@as_json
def status(meeting: str, json_wanted: bool) -> None:
    """Show who of MEETING's invitees answered what, and what became of each letter."""
    record = _meeting(meeting)
    found = [line for line in lines(record.id) if line.invited]
    totals = totals_of(found)
    numbers = {name: getattr(totals, name) for name in TOTALS}
    letters = _letters(record)
    _tell({"totals": numbers, "organisations": [_told(one, letters) for one in found]}, json_wanted)


@invitations.command("remind")
@click.argument("meeting", required=False)
@as_json
def remind(meeting: str | None, json_wanted: bool) -> None:
    """Write to MEETING's invitees who have not answered, at most once a day.

    Without MEETING, to those of every meeting that can still be answered.
    """
    wanted = queries.awaiting_answers() if meeting is None else [_meeting(meeting)]
    sent = [_by_the_rules(operations.remind, meeting=one, actor=COMMAND) for one in wanted]
    told = {
        "reminded": sum(one.invited for one in sent),
        "letters": sum(one.letters for one in sent),
    }
    _tell(told, json_wanted)


@invitations.command("answer")
@meeting_argument
@click.argument("organisation")
@click.option("--answer", type=click.Choice([one.value for one in OURS]), required=True)
@click.option(
    "--people", type=click.IntRange(0, 50), help="How many come; what stands stays, or 1."
)
@click.option("--name", "names", multiple=True, help="Who comes; what stands stays. Repeatable.")
@as_json
def answer(
    meeting: str, organisation: str, answer: str, people: int | None, names: tuple[str, ...],
    json_wanted: bool,
) -> None:  # fmt: skip
    """Enter the answer of ORGANISATION to MEETING; what is not said here stays as it was."""
    invitation = _invitation(_meeting(meeting), organisation)
    reply = _reply(invitation, RsvpAnswer(answer), people, list(names))
    new = _by_the_rules(
        operations.answer_invitation,
        invitation=invitation,
        reply=reply,
        source=Source(AnsweredVia.COMMAND),
        opened_version=invitation.version,
        actor=COMMAND,
    )
    told = {
        "answer": invitation.answer.value,
        "waiting_no": invitation.waiting_no,
        "people": invitation.people,
        "changed": new,
    }
    _tell(told, json_wanted)


def _reply(
    invitation: Invitation, answer: RsvpAnswer, people: int | None, names: list[str]
) -> Reply:
    standing = Reply.standing(invitation, answer)
    known = names or standing.names
    if people is not None and not names and answer in COMING and 0 < people < len(known):
        raise click.ClickException(
            f"{len(known)} people are named: {', '.join(known)}. Say with --name who comes."
        )
    return replace(standing, people=standing.people if people is None else people, names=known)


def _by_the_rules(deed: Any, **arguments: Any) -> Any:
    """Do the deed and commit it; a rule that refuses it becomes the command's error."""
    try:
        result = deed(**arguments)
        db.session.commit()
    except RuleBroken as error:
        db.session.rollback()
        raise click.ClickException(str(error)) from error
    return result


def _meeting(address: str) -> Meeting:
    meeting = find_meeting(address)
    if meeting is None:
        raise click.ClickException(f"there is no meeting at {address!r}")
    return meeting


def _filters_named(name: str) -> Filters:
    try:
        if saved := lists.filters_named(name):
            return saved
    except RuleBroken as error:
        raise click.ClickException(str(error)) from error
    wanted = turkish.search_key(name)
    for district in db.session.scalars(sa.select(District).order_by(District.id)):
        if wanted in (turkish.search_key(district.name), turkish.search_key(district.slug)):
            return Filters(ilce=(district.slug,))
    for area in db.session.scalars(sa.select(WorkArea).order_by(WorkArea.order_no)):
        if wanted in map(turkish.search_key, (area.name_tr, area.name_en, area.code)):
            return Filters(alan=(area.code,))
    known = ", ".join(lists.names()) or "none"
    raise click.ClickException(
        f"there is no list, no district and no field of work called {name!r}. Lists: {known}"
    )


def _invitation(meeting: Meeting, name: str) -> Invitation:
    organization: Organization | None = find_organization(name)
    if organization is None:
        raise click.ClickException(f"there is no organisation called {name!r}")
    for one in queries.of_meeting(meeting.id):
        if one.organization_id == organization.id:
            return one
    raise click.ClickException(f"{organization.name} is not invited to this meeting")


def _letters(meeting: Meeting) -> dict[int, list[dict[str, Any]]]:
    found: dict[int, list[dict[str, Any]]] = {}
    for one in queries.letters_of(meeting.id):
        found.setdefault(one.invitation_id, []).append(
            {
                "kind": one.kind.value,
                "to": one.letter.to_address,
                "state": one.letter.state.value,
                "message_id": one.letter.message_id,
                "attempts": one.letter.attempts,
                "reason": one.letter.reason,
            }
        )
    return found


def _told(line: Line, letters: dict[int, list[dict[str, Any]]]) -> dict[str, Any]:
    return {
        "name": line.organization,
        "state": line.delivery.value,
        "answer": line.answer.value,
        "waiting_no": line.waiting_no,
        "people": line.people,
        "via": line.via.value if line.via else None,
        "letters": letters.get(line.id, []),
    }


def _tell(told: dict[str, Any], json_wanted: bool) -> None:
    if json_wanted:
        click.echo(json.dumps(told, ensure_ascii=False))
        return
    for name, value in told.items():
        if isinstance(value, list):
            for one in value:
                click.echo(f"{one['name']}: {one['state']}, {one['answer']}")
        else:
            click.echo(f"{name}: {value}")

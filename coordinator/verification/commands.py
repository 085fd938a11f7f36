"""`verification`: the yearly round from the command line, by the same roads as the pages."""

import json
from datetime import date, datetime, timedelta
from typing import Any

import click
from flask.cli import AppGroup

from coordinator import clock
from coordinator.actors import COMMAND
from coordinator.errors import RuleBroken
from coordinator.extensions import db
from coordinator.registry.listing.filters import OLD
from coordinator.registry.queries import find_organization
from coordinator.verification import operations, queries
from coordinator.verification.models import Round
from coordinator.verification.sheet import version_of
from coordinator.wording import Unkeepable, keepable

group = AppGroup("verification", help="The yearly question: are the records still right?")
as_json = click.option("--json", "json_wanted", is_flag=True, help="Answer with one JSON object.")
TIME_TO_ANSWER = timedelta(days=21)


@group.command("start")
@click.option("--name", help="What the round is called; without it the year's check.")
@click.option(
    "--answer-by",
    metavar="DATE",
    help="The last day to answer, like 2026-11-12; three weeks from now without it.",
)
@click.option("--all", "everybody", is_flag=True, help="Ask also whose record was checked lately.")
@as_json
def start(name: str | None, answer_by: str | None, everybody: bool, json_wanted: bool) -> None:
    """Start a round and queue its letters.

    Asked are the active organisations whose record was not checked for a year; with --all every
    active one. Organisations without an e-mail address are counted as unreachable.
    """
    try:
        round_ = operations.prepare_round(
            name=_name(name),
            answer_by=_day(answer_by),
            scope={} if everybody else {"tazelik": OLD},
            actor=COMMAND,
        )
        sent = operations.send(round_=round_, actor=COMMAND)
        db.session.commit()
    except RuleBroken as error:
        db.session.rollback()
        raise click.ClickException(str(error)) from error
    told = {**_round(round_), **vars(sent)}
    _tell(told, json_wanted)


@group.command("status")
@as_json
def status(json_wanted: bool) -> None:
    """Show how old the records are, what waits, and how far each round has come."""
    rounds = queries.rounds()
    totals = queries.totals([one.id for one in rounds])
    told: dict[str, Any] = dict(vars(queries.counts()))
    told["rounds"] = [
        {**_round(one), "totals": {state.value: n for state, n in totals[one.id].items()}}
        for one in rounds
    ]
    _tell(told, json_wanted)


@group.command("remind")
@as_json
def remind(json_wanted: bool) -> None:
    """Write to those who have not answered the open round, not within a day of the last letter."""
    round_ = queries.open_round()
    if round_ is None:
        raise click.ClickException("there is no round that can be answered today")
    letters = operations.remind(round_=round_, actor=COMMAND)
    db.session.commit()
    _tell({**_round(round_), "letters": letters}, json_wanted)


@group.command("accept")
@click.argument("organisation")
@as_json
def accept(organisation: str, json_wanted: bool) -> None:
    """Take over all corrections of ORGANISATION that wait.

    ORGANISATION is its page's address, register number or name. Values that were changed in the
    record since they were proposed are left for a person to decide; "left" counts them.
    """
    found = find_organization(organisation)
    if found is None:
        raise click.ClickException(f"there is no organisation called {organisation!r}")
    accepted = left = 0
    try:
        for answer in queries.corrections(found.id):
            if not answer.open_changes:
                left += 1
                continue
            taken = operations.accept_all(
                verification=answer, version=version_of(found, answer), actor=COMMAND
            )
            accepted, left = accepted + taken.accepted, left + taken.left
        db.session.commit()
    except RuleBroken as error:
        db.session.rollback()
        raise click.ClickException(str(error)) from error
    _tell({"organisation": found.name, "accepted": accepted, "left": left}, json_wanted)


def _round(round_: Round) -> dict[str, Any]:
    return {
        "round": round_.public_id,
        "name": round_.name,
        "answer_by": round_.answer_by.isoformat(),
        "open": round_.is_open,
    }


def _name(name: str | None) -> str:
    try:
        clean = keepable(name or f"{clock.today().year} kontrolü")
    except Unkeepable as error:
        raise click.ClickException(f"--name: {error.message}") from error
    if not clean or len(clean) > 100:
        raise click.ClickException("--name: write at most 100 characters")
    return clean


def _day(text: str | None) -> date:
    if text is None:
        return clock.today() + TIME_TO_ANSWER
    for form in ("%Y-%m-%d", "%d.%m.%Y"):
        try:
            return datetime.strptime(text, form).date()
        except ValueError:
            continue
    raise click.ClickException(f"--answer-by: write the day like 2026-11-12, not {text!r}")


def _tell(told: dict[str, Any], json_wanted: bool) -> None:
    if json_wanted:
        click.echo(json.dumps(told, ensure_ascii=False))
        return
    for name, value in told.items():
        if isinstance(value, list):
            for one in value:
                click.echo(f"{one['name']}: {one['totals']}")
        else:
            click.echo(f"{name}: {value}")

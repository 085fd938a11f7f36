"""`verification`: the yearly round from the command line, by the same roads as the pages."""

from datetime import date, datetime, timedelta
from typing import Any

import click

from coordinator import clock
from coordinator.actors import COMMAND
from coordinator.command_line import Commands, as_json, clean, tell
from coordinator.extensions import db
from coordinator.registry.commands import organization_named
from coordinator.registry.listing.filters import OLD
from coordinator.verification import operations, queries
from coordinator.verification.models import Round
from coordinator.verification.sheet import version_of

group = Commands("verification", help="The yearly question: are the records still right?")
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
def start(name: str | None, answer_by: str | None, everybody: bool, as_json: bool) -> None:
    """Start a round and queue its letters.

    Asked are the active organisations whose record was not checked for a year; with --all every
    active one. Organisations without an e-mail address are counted as unreachable.
    """
    round_ = operations.prepare_round(
        name=_name(name),
        answer_by=_day(answer_by),
        scope={} if everybody else {"tazelik": OLD},
        actor=COMMAND,
    )
    sent = operations.send(round_=round_, actor=COMMAND)
    db.session.commit()
    tell({**_round(round_), **vars(sent)}, as_json)


@group.command("status")
@as_json
def status(as_json: bool) -> None:
    """Show how old the records are, and each round.

    What waits is counted as well, and how far each round has come.
    """
    rounds = queries.rounds()
    totals = queries.totals([one.id for one in rounds])
    counts = dict(vars(queries.counts()))
    told = [
        {**_round(one), "totals": {state.value: n for state, n in totals[one.id].items()}}
        for one in rounds
    ]
    lines = [f"{name}: {number}" for name, number in counts.items()]
    lines += [f"{one['name']}: {one['totals']}" for one in told]
    tell({**counts, "rounds": told}, as_json, lines)


@group.command("remind")
@as_json
def remind(as_json: bool) -> None:
    """Write to those who have not answered.

    The open round is meant; nobody is written to within a day of the last letter.
    """
    round_ = queries.open_round()
    if round_ is None:
        raise click.ClickException("there is no round that can be answered today")
    letters = operations.remind(round_=round_, actor=COMMAND)
    db.session.commit()
    tell({**_round(round_), "letters": letters}, as_json)


@group.command("accept")
@click.argument("organisation")
@as_json
def accept(organisation: str, as_json: bool) -> None:
    """Take over all corrections of ORGANISATION that wait.

    ORGANISATION is its page's address, register number or name. Values that were changed in the
    record since they were proposed are left for a person to decide; "left" counts them.
    """
    found = organization_named(organisation)
    accepted = left = 0
    for answer in queries.corrections(found.id):
        if not answer.open_changes:
            left += 1
            continue
        taken = operations.accept_all(
            verification=answer, version=version_of(found, answer), actor=COMMAND
        )
        accepted, left = accepted + taken.accepted, left + taken.left
    db.session.commit()
    tell({"organisation": found.name, "accepted": accepted, "left": left}, as_json)


def _round(round_: Round) -> dict[str, Any]:
    return {
        "round": round_.public_id,
        "name": round_.name,
        "answer_by": round_.answer_by.isoformat(),
        "open": round_.is_open,
    }


def _name(name: str | None) -> str:
    kept = clean(name or f"{clock.today().year} kontrolü", "--name", most=100)
    if not kept:
        raise click.BadParameter("is empty", param_hint="--name")
    return kept


def _day(text: str | None) -> date:
    if text is None:
        return clock.today() + TIME_TO_ANSWER
    for form in ("%Y-%m-%d", "%d.%m.%Y"):
        try:
            return datetime.strptime(text, form).date()
        except ValueError:
            continue
    raise click.BadParameter(
        f"write the day like 2026-11-12, not {text!r}", param_hint="--answer-by"
    )

"""The command line of calls and proposals, by the same operations as the pages."""

from datetime import date, datetime
from typing import Any
from urllib.parse import urlsplit

import click

from coordinator import clock
from coordinator.actors import COMMAND
from coordinator.command_line import Commands, as_json, clean, tell
from coordinator.days import queries as days
from coordinator.days.models import DayWindow
from coordinator.extensions import db
from coordinator.links import absolute
from coordinator.proposals import operations, queries
from coordinator.proposals.models import Proposal

calls = Commands("calls", help="Calls for proposals.")
proposals = Commands("proposals", help="Proposals and the answers to them.")


def _window(named: str) -> DayWindow:
    parts = days.named_window(named)
    window = days.find_window(*parts) if parts else None
    if window is None:
        raise click.ClickException(f"there is no window {named!r}; write it like 2026/25-kasim")
    return window


def _last_part(address: str) -> str:
    return address.rstrip("/").rsplit("/", 1)[-1]


def _path(endpoint: str, public_id: str) -> str:
    return urlsplit(absolute(endpoint, public_id=public_id)).path


@calls.command("open")
@click.argument("window")
@click.option("--title", required=True, help="What the organisations are asked.")
@click.option("--text", default="", help="A few sentences below the question.")
@click.option("--from", "opens", type=click.DateTime(["%Y-%m-%d"]), help="First day; today.")
@click.option("--until", type=click.DateTime(["%Y-%m-%d"]), required=True, help="Last day.")
@click.option("--send", is_flag=True, help="Send its link to the invited organisations.")
@as_json
def open_call(
    window: str,
    title: str,
    text: str,
    opens: datetime | None,
    until: datetime,
    send: bool,
    as_json: bool,
) -> None:
    """Open a call in WINDOW (2026/25-kasim)."""
    sent = None
    call = operations.open_call(
        _window(window),
        title=clean(title, "--title", most=200),
        text=clean(text, "--text", most=4000, lines=True),
        opens_on=_day(opens) or clock.today(),
        closes_on=until.date(),
        actor=COMMAND,
    )
    if send:
        ids = queries.untold_ids(call)
        sent = operations.send_call(call, organization_ids=ids, actor=COMMAND)
    db.session.commit()
    address = _path("proposals.call", call.public_id)
    tell({"call": address, "letters": sent.letters if sent else 0}, as_json, [address])


def _day(moment: datetime | None) -> date | None:
    return moment.date() if moment else None


@proposals.command("list")
@click.option("--window", help="Only those of a window: 2026/25-kasim.")
@as_json
def list_proposals(window: str | None, as_json: bool) -> None:
    """List what was sent in, the latest first."""
    found = queries.sent_in(_window(window) if window else None)
    rows = [_row(one) for one in found]
    lines = [f"{row['proposal']}  {row['status']:<10}  {row['title']}" for row in rows]
    tell({"proposals": rows}, as_json, lines)


def _row(proposal: Proposal) -> dict[str, Any]:
    return {
        "proposal": _path("proposals.show", proposal.public_id),
        "title": proposal.title,
        "organisation": proposal.organization.name,
        "status": proposal.status.value,
        "submitted_at": proposal.submitted_at.isoformat() if proposal.submitted_at else None,
        "reason": proposal.decision_note,
    }


@proposals.command("decide")
@click.argument("proposal")
@click.option("--accept/--decline", required=True, default=None, help="The answer.")
@click.option("--reason", required=True, help="Why; the organisation reads it.")
@as_json
def decide(proposal: str, accept: bool, reason: str, as_json: bool) -> None:
    """Decide on a proposal; its author is written to.

    PROPOSAL is the address of its page, or the last part of it.
    """
    found = queries.get(_last_part(proposal))
    if found is None or found.submitted_at is None:
        raise click.ClickException(f"there is no proposal {proposal!r}")
    why = clean(reason, "--reason", most=4000, lines=True)
    operations.decide(found, accept=accept, reason=why, actor=COMMAND)
    db.session.commit()
    row = _row(found)
    tell(row, as_json, [f"{row['proposal']}: {row['status']}"])

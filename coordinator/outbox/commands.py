"""The outbox on the command line."""

import threading
from collections import Counter
from datetime import datetime
from typing import Any

import click
import sqlalchemy as sa

from coordinator import clock, jobs
from coordinator.actors import COMMAND
from coordinator.command_line import Commands, as_json, tell
from coordinator.extensions import db
from coordinator.outbox import ledger, operations, queries, working
from coordinator.outbox.delivery import deliver_due
from coordinator.outbox.models import NOT_ARRIVED, LetterState, OutboxLetter

outbox = Commands("outbox", help="Letters and their delivery.")


@outbox.command()
@click.option("--once", is_flag=True, help="Only one pass over what is due now.")
@as_json
def deliver(once: bool, as_json: bool) -> None:
    """Deliver the letters that are due.

    Without --once it goes on, through the pauses between tries, until no letter is open.
    Ctrl-C or SIGTERM lets it end the letter in hand; the status then is 1.
    """
    with jobs.asked_to_stop() as stop:
        tally, told = passes(once, stop), stop.is_set()
    ends = (LetterState.SENT, LetterState.DEFERRED, LetterState.FAILED)
    tell({end.value: tally[end] for end in ends}, as_json)
    if told:
        raise click.exceptions.Exit(1)


def passes(once: bool, stop: threading.Event) -> Counter[LetterState]:
    """Deliver in one pass, or in as many as it takes; return how many tries ended how."""
    working.take_over()
    tally: Counter[LetterState] = Counter()
    while not stop.is_set():
        with working.in_hand():
            tally += deliver_due(stopping=stop.is_set)
        with ledger.opened() as book:
            turn = book.next_turn()
        if once or turn is None:
            break
        stop.wait(min(30.0, max(0.1, (turn - clock.now()).total_seconds())))
    return tally


@outbox.command()
@as_json
def status(as_json: bool) -> None:
    """Say how many letters are in each state."""
    tell({state.value: number for state, number in queries.counts().items()}, as_json)


@outbox.command("list")
@click.option(
    "--state",
    type=click.Choice([state.value for state in LetterState]),
    help="Only those in this state.",
)
@as_json
def list_letters(state: str | None, as_json: bool) -> None:
    """List letters, newest first."""
    query = queries.letters(LetterState(state) if state else None)
    found = [described(letter) for letter in db.session.scalars(query)]
    shown = ("letter", "state", "to", "subject", "reason")
    lines = ["  ".join(letter[name] or "" for name in shown).rstrip() for letter in found]
    tell({"letters": found}, as_json, lines)


@outbox.command()
@click.argument("letter", required=False)
@click.option(
    "--state",
    type=click.Choice([state.value for state in NOT_ARRIVED]),
    help="Without LETTER: send all of this state again (failed, unless told otherwise).",
)
@as_json
def resend(letter: str | None, state: str | None, as_json: bool) -> None:
    """Send letters again that did not arrive.

    LETTER is a letter's code from the list; without it, all that failed go again, except those
    to addresses on hold ("held" says how many).
    """
    if letter is None:
        which = LetterState(state or LetterState.FAILED)
        count, skipped = operations.resend_all(COMMAND, which), count_held_back(which)
        db.session.commit()
        tell({"queued": count, "held": skipped}, as_json)
        return
    found = queries.by_public_id(letter)
    if found is None:
        raise click.ClickException(f"there is no letter {letter}")
    if state is not None and found.state != state:
        raise click.ClickException(f"the letter {letter} is {found.state.value}, not {state}")
    operations.resend(found, COMMAND)
    db.session.commit()
    tell({"letter": found.public_id, "state": found.state.value}, as_json)


def count_held_back(state: LetterState) -> int:
    """Return how many letters of a state could go again, were their address not on hold."""
    held = queries.letters(state).where(
        ~queries.is_not_held(OutboxLetter.to_address), OutboxLetter.called_back_at.is_(None)
    )
    asked = held.with_only_columns(sa.func.count()).order_by(None)
    return db.session.scalar(asked) or 0


@outbox.group("hold")
def hold() -> None:
    """Addresses on hold.

    A letter came back from them, so nothing goes there until they are cleared.
    """


@hold.command("list")
@as_json
def list_held(as_json: bool) -> None:
    """List the addresses on hold, newest first."""
    found = db.session.scalars(queries.all_held()).all()
    told = [
        {"address": one.address, "held_at": moment(one.held_at), "reason": one.reason}
        for one in found
    ]
    lines = [f"{one['address']}  {one['held_at']}  {one['reason']}".rstrip() for one in told]
    tell({"held": told}, as_json, lines)


@hold.command("release")
@click.argument("address")
@click.option("--resend", is_flag=True, help="Queue what did not go because of the hold.")
@as_json
def release(address: str, resend: bool, as_json: bool) -> None:
    """Let letters go to ADDRESS again.

    "waiting" says how many did not go because of the hold and are still true; with --resend they
    are queued.
    """
    try:
        cleared = operations.release(address, actor=COMMAND)
    except operations.NotOnHold as refusal:
        raise click.ClickException(f"{address}: {refusal}") from refusal
    waiting = queries.count_kept_back([cleared]).get(cleared.address, 0)
    queued = operations.resend_kept_back(address, COMMAND) if resend else 0
    db.session.commit()
    tell(
        {"released": cleared.address, "waiting": waiting - queued, "queued": queued},
        as_json,
    )


def described(letter: OutboxLetter) -> dict[str, Any]:
    """Return what a list says of a letter; its text stays where it is."""
    return {
        "letter": letter.public_id,
        "kind": letter.kind,
        "to": letter.to_address,
        "subject": letter.subject,
        "state": letter.state.value,
        "attempts": letter.attempts,
        "message_id": letter.message_id,
        "written_at": moment(letter.created_at),
        "next_try_at": moment(letter.next_try_at),
        "sent_at": moment(letter.sent_at),
        "delayed_at": moment(letter.delayed_at),
        "bounced_at": moment(letter.bounced_at),
        "reason": letter.reason,
    }


def moment(value: datetime | None) -> str | None:
    return value.isoformat() if value else None

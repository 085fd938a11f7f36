"""The mailbox on the command line."""

import threading
from collections import Counter

import click
from flask import current_app

from coordinator import jobs
from coordinator.command_line import Commands, as_json, tell
from coordinator.inbox import reading
from coordinator.inbox.models import MessageKind
from coordinator.inbox.transports import MailboxTrouble

inbox = Commands("inbox", help="Mail that arrives: answers and bounces.")
PAUSE_SECONDS = 10
NAMES = {
    "answers": MessageKind.ANSWER,
    "bounces": MessageKind.BOUNCE,
    "delayed": MessageKind.DELAYED,
    "automatic": MessageKind.AUTOMATIC,
    "human": MessageKind.HUMAN,
    "unmatched": MessageKind.UNMATCHED,
}


@inbox.command()
@click.option("--once", is_flag=True, help="Only what is in the mailbox now.")
@as_json
def read(once: bool, as_json: bool) -> None:
    """Read the mailbox, and say what arrived.

    The mailbox is the one that INBOX_URL names; the answer counts how many messages were what, and
    how many of the calendar answers were kept as an organisation's answer.
    Without --once it goes on, looking every ten seconds, until Ctrl-C or SIGTERM, and through
    times when the mailbox cannot be reached. With --once the status then is 1.
    """
    if not current_app.config["INBOX_URL"]:
        raise click.ClickException("INBOX_URL is not set, so that no mail is read")
    with jobs.asked_to_stop() as stop:
        tally = one_pass(stop) if once else passes(stop)
    counts = {name: tally[kind] for name, kind in NAMES.items()}
    tell({"read": sum(counts.values()), **counts, "kept": tally[reading.KEPT]}, as_json)


def one_pass(stop: threading.Event) -> Counter[str]:
    """Read what is there now, also when another process has to end first."""
    try:
        return reading.read(stop.is_set, patience=reading.WAIT_SECONDS)
    except MailboxTrouble as trouble:
        raise click.ClickException(str(trouble)) from trouble


def passes(stop: threading.Event) -> Counter[str]:
    """Read again and again until told to stop."""
    tally, told = Counter[str](), ""
    while not stop.is_set():
        try:
            tally += reading.read(stop.is_set)
            told = ""
        except reading.ReadElsewhere:
            pass
        except MailboxTrouble as trouble:
            if str(trouble) != told:
                click.echo(f"Error: {trouble}; trying again", err=True)
            told = str(trouble)
        stop.wait(PAUSE_SECONDS)
    return tally

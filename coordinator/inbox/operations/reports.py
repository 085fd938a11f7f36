"""What a delivery report does: the letter came back, or it is late."""

from typing import Any

from flask import current_app

from coordinator.inbox.arrival import Arrival, Fate, Fault, Report
from coordinator.inbox.models import MessageKind
from coordinator.inbox.takers import Verdict
from coordinator.outbox import operations as outbox
from coordinator.outbox.models import OutboxLetter

WORST_FIRST = (Fate.FAILED, Fate.DELAYED, Fate.DELIVERED)


def verdict_of_report(arrival: Arrival, report: Report) -> Verdict:
    """Mark the letter as come back or late; a report that names no letter of ours does nothing."""
    letter = arrival.letter
    fault = None
    if letter is not None and is_believed(arrival):
        fault = fault_of(report, letter, proven=arrival.is_proven)
    if letter is None or fault is None:
        worst = _worst(report.faults) if report.faults else None
        said = {**_said(worst), "fate": worst.fate.value} if worst is not None else {}
        return Verdict(MessageKind.UNMATCHED, "report_unknown", said)
    if fault.fate is Fate.DELIVERED:
        return Verdict(MessageKind.AUTOMATIC, "delivered", _said(fault), letter)
    if fault.fate is Fate.DELAYED:
        outbox.delayed(letter, reason=_reason(fault))
        return Verdict(MessageKind.DELAYED, "delayed", _said(fault), letter)
    fresh = outbox.bounced(letter, reason=_reason(fault), holds=fault.is_the_address)
    outcome = "bounced" if fault.is_the_address else "returned"
    return Verdict(MessageKind.BOUNCE, outcome if fresh else "bounced_before", _said(fault), letter)


def is_believed(arrival: Arrival) -> bool:
    """May the report do anything?

    One at the letter's BOUNCE_ADDRESS may. Some servers ignore the envelope and some relays write
    their own account into it. So a Message-ID with the letter's own recipient (`fault_of`) does as
    well, but only where a server says that it sent the report. That keeps mistakes out, and not
    somebody who was passed the letter and takes pains. Without BOUNCE_ADDRESS there is nothing
    better than the Message-ID.
    """
    configured = bool(current_app.config["BOUNCE_ADDRESS"])
    return arrival.is_proven or not configured or arrival.is_from_server


def fault_of(report: Report, letter: OutboxLetter, *, proven: bool) -> Fault | None:
    """Return what the report says of the letter's address.

    A letter has one recipient, so whatever comes back to its own address speaks of it, under
    whatever name the last server knows that recipient. A Message-ID proves less: everybody to
    whom the letter was passed on knows it.
    """
    own = [fault for fault in report.faults if letter.to_address.casefold() in fault.addresses]
    if own:
        return _worst(own)
    return _worst(report.faults) if proven and report.faults else None


def _worst(faults: tuple[Fault, ...] | list[Fault]) -> Fault:
    return min(faults, key=lambda fault: WORST_FIRST.index(fault.fate))


def _reason(fault: Fault) -> str:
    """Return the server's words, beginning with the code."""
    words = fault.words
    return words if fault.status in words else f"{fault.status} {words}".strip()


def _said(fault: Fault) -> dict[str, Any]:
    return {
        "address": fault.recipient or fault.original,
        "original": fault.original,
        "status": fault.status,
        "words": fault.words,
    }

"""Which of our letters a message answers or brings back."""

from dataclasses import replace

from coordinator.inbox import queries
from coordinator.inbox.arrival import Arrival
from coordinator.outbox import addresses
from coordinator.outbox.models import OutboxLetter


def matched(arrival: Arrival) -> Arrival:
    """Return the message with its letter: by the address it was sent to, else by Message-ID.

    Reports come back to the envelope's address; one that was sent where answers go is a stranger's
    invention, or is known by its Message-ID.
    """
    code = _named(arrival)
    if code:
        letter = queries.letter_coded(code)
        if letter is not None:
            return replace(arrival, code=code, letter=letter, is_proven=True)
        return replace(arrival, code=code, letter=_called(arrival))
    return replace(arrival, letter=_called(arrival))


def _named(arrival: Arrival) -> str:
    purposes = [addresses.BOUNCE]
    if arrival.report is None:
        purposes.insert(0, addresses.REPLY)
    found = (
        addresses.letter_of(purpose, address)
        for purpose in purposes
        for address in arrival.recipients
    )
    return next((code for code in found if code), "")


def _called(arrival: Arrival) -> OutboxLetter | None:
    names = arrival.report.message_ids if arrival.report is not None else ()
    found = queries.letters_called([*names, *arrival.references])
    return found[0] if found else None

"""What staff read when the hold of an address is cleared."""

from flask_babel import gettext as _

from coordinator.invitations.queries.never_written import never_written
from coordinator.outbox import phrases


def cleared(address: str, again: int) -> str:
    """Say what goes to the address now, and which invitations were never written because of it."""
    said = phrases.cleared(address, again)
    missed = [f"{one.name} ({one.meeting.title})" for one in never_written(address)]
    if not missed:
        return said
    more = _(
        "Because of the hold no invitation was written to %(names)s. Send it from the list of "
        "invitees.",
        names=", ".join(missed),
    )
    return f"{said}\n{more}"

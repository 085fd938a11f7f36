"""Why an organisation stands on the desk."""

from collections.abc import Iterable

from flask_babel import lazy_gettext as _l

from coordinator.invitations.models import Delivery, RsvpAnswer
from coordinator.invitations.queries.lines import Line
from coordinator.states import Shown

NOT_REACHED = frozenset(
    {
        Delivery.TO_CALL,
        Delivery.TO_BRING,
        Delivery.FAILED,
        Delivery.BOUNCED,
        Delivery.CANCELLED,
        Delivery.DEFERRED,
    }
)


class Ground(Shown):
    """What keeps an organisation on the desk, the most pressing first."""

    UNREACHED = "unreached", _l("Not reached"), "triangle", "red"
    SILENT = "silent", _l("No answer"), "ring", "slate"
    MAYBE = "maybe", _l("Not yet known"), "diamond", "amber"


def ground_of(line: Line) -> Ground | None:
    """Return why an invitee stands on the desk; None for those who answered or are only chosen."""
    if not line.invited:
        return None
    if line.answer is RsvpAnswer.MAYBE:
        return Ground.MAYBE
    if line.answer is not RsvpAnswer.NONE:
        return None
    return Ground.UNREACHED if line.delivery in NOT_REACHED else Ground.SILENT


def grouped(lines: Iterable[Line]) -> dict[Ground, list[Line]]:
    """Return the invitees of the desk by the reason why they stand there."""
    found: dict[Ground, list[Line]] = {ground: [] for ground in Ground}
    for line in lines:
        if ground := ground_of(line):
            found[ground].append(line)
    return found

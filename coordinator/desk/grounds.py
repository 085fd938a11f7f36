"""Why an organisation stands on the desk."""

from collections.abc import Container, Iterable

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

    CANCELLED = "cancelled", _l("Does not know of the cancellation"), "triangle", "red"
    MOVED = "moved", _l("Does not know of the change"), "triangle", "red"
    UNREACHED = "unreached", _l("Not reached"), "triangle", "red"
    SILENT = "silent", _l("No answer"), "ring", "slate"
    MAYBE = "maybe", _l("Not yet known"), "diamond", "amber"


UNTOLD = (Ground.CANCELLED, Ground.MOVED)


def ground_of(line: Line, untold: Container[int] = (), *, off: bool = False) -> Ground | None:
    """Return why an invitee stands on the desk; None for those who answered or are only chosen.

    `untold` are the invitations of those who do not know of the last change. Of a meeting that
    is off nobody has to answer any more. Who was never reached knows of no former day either.
    """
    if not line.invited:
        return None
    if off:
        return Ground.CANCELLED if line.id in untold else None
    never_reached = line.answer is RsvpAnswer.NONE and line.delivery in NOT_REACHED
    if line.id in untold and not never_reached:
        return Ground.MOVED
    if line.answer is RsvpAnswer.MAYBE:
        return Ground.MAYBE
    if line.answer is not RsvpAnswer.NONE:
        return None
    return Ground.UNREACHED if line.delivery in NOT_REACHED else Ground.SILENT


def grouped(
    lines: Iterable[Line], untold: Container[int] = (), *, off: bool = False
) -> dict[Ground, list[Line]]:
    """Return the invitees of the desk by the reason why they stand there."""
    found: dict[Ground, list[Line]] = {ground: [] for ground in Ground}
    for line in lines:
        if ground := ground_of(line, untold, off=off):
            found[ground].append(line)
    return found

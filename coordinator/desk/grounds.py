"""Why an organisation stands on the desk."""

from collections.abc import Container, Iterable
from dataclasses import dataclass

from flask_babel import lazy_gettext as _l

from coordinator.invitations.models import RsvpAnswer
from coordinator.invitations.queries.lines import Line
from coordinator.invitations.queries.unreached import is_unreached
from coordinator.states import Shown


class Ground(Shown):
    """What keeps an organisation on the desk, the most pressing first."""

    CANCELLED = "cancelled", _l("Does not know of the cancellation"), "triangle", "red"
    MOVED = "moved", _l("Does not know of the change"), "triangle", "red"
    SEATED = "seated", _l("Got a place and does not know"), "triangle", "red"
    UNREACHED = "unreached", _l("Not reached"), "triangle", "red"
    SILENT = "silent", _l("No answer"), "ring", "slate"
    MAYBE = "maybe", _l("Not yet known"), "diamond", "amber"


UNTOLD = (Ground.CANCELLED, Ground.MOVED, Ground.SEATED)


@dataclass(frozen=True)
class Known:
    """What is known of a meeting's invitations beyond their lines, by their ids."""

    untold: Container[int] = ()
    """Those who do not know of the last change."""
    seated: Container[int] = ()
    """Those who do not know that they have a place now."""
    cut_off: Container[int] = ()
    """Those whose letters all go to addresses on hold."""
    off: bool = False


def ground_of(line: Line, known: Known) -> Ground | None:
    """Return why an invitee stands on the desk; None for those who answered or are only chosen.

    Of a meeting that is off nobody has to answer any more. Who was never reached knows of no
    former day either.
    """
    if not line.invited:
        return None
    if known.off:
        return Ground.CANCELLED if line.id in known.untold else None
    if is_unreached(line, known.cut_off):
        return Ground.UNREACHED
    if line.id in known.untold:
        return Ground.MOVED
    if line.id in known.seated:
        return Ground.SEATED
    if line.answer is RsvpAnswer.NONE:
        return Ground.SILENT
    return Ground.MAYBE if line.answer is RsvpAnswer.MAYBE else None


def grouped(lines: Iterable[Line], known: Known) -> dict[Ground, list[Line]]:
    """Return the invitees of the desk by the reason why they stand there."""
    found: dict[Ground, list[Line]] = {ground: [] for ground in Ground}
    for line in lines:
        if ground := ground_of(line, known):
            found[ground].append(line)
    return found

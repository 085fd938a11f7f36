"""The list of invitees as the page draws it: each text worked out once, however often it stands."""

from collections.abc import Callable, Hashable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple

from flask_babel import gettext as _
from flask_babel import ngettext

from coordinator import clock, turkish
from coordinator.i18n import daymonth
from coordinator.invitations.forms import ListFilters
from coordinator.invitations.models import (
    COMING,
    AccessNeed,
    AnsweredVia,
    AttendMode,
    Delivery,
    RsvpAnswer,
    WhyCalled,
)
from coordinator.invitations.queries.lines import Line
from coordinator.invitations.summary import lowered
from coordinator.outbox.models import shown_reason
from coordinator.states import Shown

ORDER = list(RsvpAnswer)
SENDING = list(Delivery)
NOT_WRITTEN_TO = frozenset(Delivery) - {Delivery.SENT, Delivery.SENDING, Delivery.DEFERRED}


@dataclass(slots=True, eq=False)
class Cell:
    """What stands in many rows alike: a state (or none) and the lines below it."""

    state: Shown | None
    lines: tuple[str, ...] = ()
    reason: str = ""


class Alike(NamedTuple):
    """The cells of a row that may be those of many others."""

    sending: Cell
    answer: Cell
    who: Cell


class Row(NamedTuple):
    """One invitee: what the page says of it alone, and what it shares with others."""

    number: str
    organization: str
    page: str
    district: str | None
    alike: Alike
    deed: str
    """What can be done with it: send or plan (the invitation), correct (the address), enter or
    change (the answer)."""
    can_remind: bool
    checked: bool


class Cells:
    """Cells that are alike are one object: put into words, and drawn, once."""

    def __init__(self) -> None:
        self.known: dict[Hashable, Cell] = {}
        self.together: set[Alike] = set()
        self.needs = {need.value: str(need.word) for need in AccessNeed}
        self.vias = {via: str(via.word) for via in AnsweredVia}
        self.modes = {mode: str(mode.word) for mode in AttendMode}
        self.places: dict[int, int] = {}
        """The place of an invitation in the queue."""

    def __iter__(self) -> Iterator[Alike]:
        return iter(self.together)

    def alike(self, line: Line) -> Alike:
        alike = Alike(self.sending(line, line.delivery), self.answer(line), self.who(line))
        self.together.add(alike)
        return alike

    def sending(self, line: Line, delivery: Delivery) -> Cell:
        post = line.post
        gone = _day(post.sent_at) if delivery is Delivery.SENT else None
        known = (delivery, gone, _day(post.reminded_at), post.reason, post.to_bring)
        return self._once((*known, line.why_called), _sending)

    def answer(self, line: Line) -> Cell:
        silent = line.answer is RsvpAnswer.NONE or line.answered_at is None or line.via is None
        by = line.answered_by if line.via is AnsweredVia.PHONE else ""
        on, place = None if silent else _day(line.answered_at), self.places.get(line.id, 0)
        known = (line.answer, on, line.via, by, place)
        return self._once(known, self._answer)

    def who(self, line: Line) -> Cell:
        numbers = tuple(sorted(line.numbers.items()))
        later = line.names_later and line.names < line.people
        known = (line.people, line.needs, line.needs_note, numbers, later, line.mode)
        return self._once(known, self._who)

    def _once(self, known: tuple[Any, ...], make: Callable[..., Cell]) -> Cell:
        cell = self.known.get(known)
        if cell is None:
            cell = self.known[known] = make(*known)
        return cell

    def _answer(
        self, answer: RsvpAnswer, on: date | None, via: AnsweredVia | None, by: str, place: int
    ) -> Cell:
        turn = (_("number %(place)s in the queue", place=place),) if place else ()
        if on is None or via is None:
            return Cell(answer, turn)
        said = f"{daymonth(on)}, {self.vias[via]}"
        return Cell(answer, (*turn, f"{said}: {by}" if by else said))

    def _who(
        self,
        people: int,
        needs: tuple[str, ...],
        note: str,
        numbers: tuple[tuple[str, int], ...],
        names_later: bool,
        mode: AttendMode | None,
    ) -> Cell:
        who = ngettext("one person", "%(num)s people", people) if people else "–"
        if mode is AttendMode.ONLINE:
            who = f"{who}, {lowered(self.modes[mode])}"
        later = _("names to follow") if names_later else ""
        counted = dict(numbers)
        wanted = ", ".join(
            f"{self.needs[code]} ({counted[code]})" if code in counted else self.needs[code]
            for code in needs
            if code in self.needs
        )
        lines = (who, later, ": ".join(filter(None, (wanted, note))))
        return Cell(None, tuple(filter(None, lines)))


def _sending(
    delivery: Delivery,
    gone: date | None,
    reminded: date | None,
    reason: str | None,
    to_bring: int,
    why_called: WhyCalled | None,
) -> Cell:
    if delivery is Delivery.TO_CALL:
        return Cell(delivery, (str(why_called.word),) if why_called else ())
    sent = _("%(day)s, e-mail", day=daymonth(gone)) if gone else ""
    again = _("reminded on %(day)s", day=daymonth(reminded)) if reminded else ""
    said = ", ".join(filter(None, (sent, again)))
    left = (
        ngettext("one more to be handed over", "%(num)s more to be handed over", to_bring)
        if to_bring and delivery is not Delivery.TO_BRING
        else ""
    )
    return Cell(delivery, tuple(filter(None, (said, left))), shown_reason(reason))


def _day(moment: datetime | None) -> date | None:
    return clock.local(moment).date() if moment else None


def rows_of(
    lines: Iterable[Line], filters: ListFilters, in_area: set[int] | None
) -> tuple[list[Row], Cells]:
    """Return the rows that the filters leave, in the order asked for, and their cells."""
    lines = list(lines)
    wanted = turkish.search_key(filters.ara).split()
    kept = [line for line in lines if _kept(line, filters, in_area) and _matches(line, wanted)]
    if filters.yanit == RsvpAnswer.WAITING:
        kept.sort(key=lambda line: line.waiting_no or 0)
    elif filters.sirala == "yanit":
        kept.sort(key=lambda line: (ORDER.index(line.answer), line.waiting_no or 0))
    elif filters.sirala == "gonderim":
        kept.sort(key=lambda line: -SENDING.index(line.delivery))
    cells = Cells()
    cells.places = {line.id: place for place, line in enumerate(waiting_list(lines), 1)}
    return [_row(line, cells, filters.sec == "sessiz") for line in kept], cells


def waiting_list(lines: Iterable[Line]) -> list[Line]:
    """Return who waits for a place, in order."""
    waiting = [line for line in lines if line.waiting_no is not None]
    return sorted(waiting, key=lambda line: (line.waiting_no or 0, line.id))


def _row(line: Line, cells: Cells, silent_checked: bool) -> Row:
    delivery = line.delivery
    can_remind = line.is_silent and delivery not in NOT_WRITTEN_TO
    return Row(
        line.public_id,
        line.organization,
        line.organization_page,
        line.district,
        cells.alike(line),
        _deed(line),
        can_remind,
        silent_checked and can_remind,
    )


def _deed(line: Line) -> str:
    if not line.invited:
        return "send" if line.delivery is Delivery.TO_SEND else "plan"
    if line.answer is not RsvpAnswer.NONE:
        return "change"
    if line.why_called is WhyCalled.NOT_YET:
        return "write"
    return "correct" if line.failed and line.delivery is not Delivery.SENT else "enter"


def _kept(line: Line, filters: ListFilters, in_area: set[int] | None) -> bool:
    if filters.yanit == "coming":
        if line.answer not in COMING:
            return False
    elif filters.yanit and (line.answer != filters.yanit or not line.invited):
        return False
    if filters.gonderim and line.delivery != filters.gonderim:
        return False
    return in_area is None or line.organization_id in in_area


def _matches(line: Line, wanted: list[str]) -> bool:
    if not wanted:
        return True
    there = f"{line.search_key} {turkish.search_key(line.district or '')}"
    return all(word in there for word in wanted)

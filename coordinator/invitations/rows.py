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
from coordinator.invitations.models import COMING, AccessNeed, AnsweredVia, Delivery, RsvpAnswer
from coordinator.invitations.queries.lines import Line
from coordinator.outbox.models import shown_reason
from coordinator.states import Shown

ORDER = list(RsvpAnswer)
SENDING = list(Delivery)
NOT_WRITTEN_TO = (Delivery.TO_SEND, Delivery.TO_CALL, Delivery.FAILED, Delivery.CANCELLED)


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
    """What can be done with it: send, correct (the address), enter or change (the answer)."""
    can_remind: bool
    checked: bool


class Cells:
    """Cells that are alike are one object: put into words, and drawn, once."""

    def __init__(self) -> None:
        self.known: dict[Hashable, Cell] = {}
        self.together: set[Alike] = set()
        self.needs = {need.value: str(need.word) for need in AccessNeed}
        self.vias = {via: str(via.word) for via in AnsweredVia}

    def __iter__(self) -> Iterator[Alike]:
        return iter(self.together)

    def alike(self, line: Line) -> Alike:
        alike = Alike(self.sending(line, line.delivery), self.answer(line), self.who(line))
        self.together.add(alike)
        return alike

    def sending(self, line: Line, delivery: Delivery) -> Cell:
        post = line.post
        gone = _day(post.sent_at) if delivery is Delivery.SENT else None
        known = (delivery, gone, _day(post.reminded_at), post.reason)
        return self._once(known, _sending)

    def answer(self, line: Line) -> Cell:
        silent = line.answer is RsvpAnswer.NONE or line.answered_at is None or line.via is None
        by = line.answered_by if line.via is AnsweredVia.PHONE else ""
        known = (line.answer, None if silent else _day(line.answered_at), line.via, by)
        return self._once(known, self._answer)

    def who(self, line: Line) -> Cell:
        return self._once((line.people, line.needs, line.needs_note), self._who)

    def _once(self, known: tuple[Any, ...], make: Callable[..., Cell]) -> Cell:
        cell = self.known.get(known)
        if cell is None:
            cell = self.known[known] = make(*known)
        return cell

    def _answer(
        self, answer: RsvpAnswer, on: date | None, via: AnsweredVia | None, by: str
    ) -> Cell:
        if on is None or via is None:
            return Cell(answer)
        said = f"{daymonth(on)}, {self.vias[via]}"
        return Cell(answer, (f"{said}: {by}" if by else said,))

    def _who(self, people: int, needs: tuple[str, ...], note: str) -> Cell:
        who = ngettext("one person", "%(num)s people", people) if people else "–"
        wanted = ", ".join(self.needs[code] for code in needs if code in self.needs)
        return Cell(None, tuple(filter(None, (who, ": ".join(filter(None, (wanted, note)))))))


def _sending(
    delivery: Delivery, gone: date | None, reminded: date | None, reason: str | None
) -> Cell:
    if delivery is Delivery.TO_CALL:
        return Cell(delivery, (_("No e-mail address"),))
    sent = _("%(day)s, e-mail", day=daymonth(gone)) if gone else ""
    again = _("reminded on %(day)s", day=daymonth(reminded)) if reminded else ""
    said = ", ".join(filter(None, (sent, again)))
    return Cell(delivery, (said,) if said else (), shown_reason(reason))


def _day(moment: datetime | None) -> date | None:
    return clock.local(moment).date() if moment else None


def rows_of(
    lines: Iterable[Line], filters: ListFilters, in_area: set[int] | None
) -> tuple[list[Row], Cells]:
    """Return the rows that the filters leave, in the order asked for, and their cells."""
    wanted = turkish.search_key(filters.ara).split()
    kept = [line for line in lines if _kept(line, filters, in_area) and _matches(line, wanted)]
    if filters.sirala == "yanit":
        kept.sort(key=lambda line: ORDER.index(line.answer))
    elif filters.sirala == "gonderim":
        kept.sort(key=lambda line: -SENDING.index(line.delivery))
    cells = Cells()
    return [_row(line, cells, filters.sec == "sessiz") for line in kept], cells


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
        return "send"
    if line.answer is not RsvpAnswer.NONE:
        return "change"
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

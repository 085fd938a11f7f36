"""The list of invitees as the page draws it: each text worked out once, however often it stands."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from flask_babel import gettext as _
from flask_babel import ngettext

from coordinator import clock, turkish
from coordinator.i18n import daymonth
from coordinator.invitations.forms import ListFilters
from coordinator.invitations.models import COMING, AccessNeed, AnsweredVia, Delivery, RsvpAnswer
from coordinator.invitations.queries.lines import Line
from coordinator.outbox.models import shown_reason

ORDER = list(RsvpAnswer)
SENDING = list(Delivery)
NOT_WRITTEN_TO = (Delivery.TO_SEND, Delivery.TO_CALL, Delivery.FAILED, Delivery.CANCELLED)


@dataclass(slots=True)
class Row:
    """One invitee in words."""

    line: Line
    delivery: Delivery
    delivered: str
    reason: str
    answered: str
    who: str
    needs: str
    checked: bool
    can_remind: bool


class _Words:
    """Words and days that stand in many rows."""

    def __init__(self) -> None:
        self.needs = {need.value: str(need.word) for need in AccessNeed}
        self.vias = {via: str(via.word) for via in AnsweredVia}
        self.days: dict[date, str] = {}

    def day(self, moment: datetime) -> str:
        on = clock.local(moment).date()
        if on not in self.days:
            self.days[on] = daymonth(on)
        return self.days[on]


def rows_of(lines: Iterable[Line], filters: ListFilters, in_area: set[int] | None) -> list[Row]:
    """Return the rows that the filters leave, in the order that was asked for."""
    wanted = turkish.search_key(filters.ara).split()
    kept = [line for line in lines if _kept(line, filters, in_area) and _matches(line, wanted)]
    if filters.sirala == "yanit":
        kept.sort(key=lambda line: ORDER.index(line.answer))
    elif filters.sirala == "gonderim":
        kept.sort(key=lambda line: -SENDING.index(line.delivery))
    words = _Words()
    return [_row(line, words, filters.sec == "sessiz") for line in kept]


def _row(line: Line, words: _Words, silent_checked: bool) -> Row:
    delivery = line.delivery
    can_remind = line.is_silent and delivery not in NOT_WRITTEN_TO
    failed = line.failed or delivery is Delivery.DEFERRED
    return Row(
        line=line,
        delivery=delivery,
        delivered=_delivered(line, delivery, words),
        reason=shown_reason(line.reason) if failed else "",
        answered=_answered(line, words),
        who=ngettext("one person", "%(num)s people", line.people) if line.people else "",
        needs=", ".join(words.needs[code] for code in line.needs if code in words.needs),
        checked=silent_checked and can_remind,
        can_remind=can_remind,
    )


def _delivered(line: Line, delivery: Delivery, words: _Words) -> str:
    if delivery is Delivery.TO_CALL:
        return _("No e-mail address")
    gone = line.sent_at if delivery is Delivery.SENT else None
    sent = _("%(day)s, e-mail", day=words.day(gone)) if gone else ""
    if line.reminded_at is None:
        return sent
    reminded = _("reminded on %(day)s", day=words.day(line.reminded_at))
    return f"{sent}, {reminded}" if sent else reminded


def _answered(line: Line, words: _Words) -> str:
    if line.answered_at is None or line.via is None or line.answer is RsvpAnswer.NONE:
        return ""
    said = f"{words.day(line.answered_at)}, {words.vias[line.via]}"
    return f"{said}: {line.answered_by}" if line.via is AnsweredVia.PHONE else said


def _kept(line: Line, filters: ListFilters, in_area: set[int] | None) -> bool:
    if filters.yanit == "coming":
        if line.answer not in COMING:
            return False
    elif filters.yanit and (line.answer != filters.yanit or line.invited_at is None):
        return False
    if filters.gonderim and line.delivery != filters.gonderim:
        return False
    return in_area is None or line.organization_id in in_area


def _matches(line: Line, wanted: list[str]) -> bool:
    if not wanted:
        return True
    there = f"{line.search_key} {turkish.search_key(line.district or '')}"
    return all(word in there for word in wanted)

"""One page of the desk: which part of the list, with its rows in words."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask_babel import ngettext

from coordinator.desk.forms import SaidForm
from coordinator.desk.grounds import UNTOLD, Ground, Known, grouped
from coordinator.desk.queries import dossiers
from coordinator.desk.rows import Row, row_of
from coordinator.desk.texts import ReadyText, ready_text
from coordinator.desk.untold import Told, changed_at, is_off, seated_untold, told, untold
from coordinator.invitations.queries import free_seats
from coordinator.invitations.queries.lines import lines
from coordinator.invitations.queries.unreached import cut_off
from coordinator.meetings.models import Meeting

PER_PAGE = 30
UNSURE = [ground for ground in Ground if ground not in UNTOLD]


@dataclass(frozen=True)
class Wanted:
    """What the page's address asks for: a part of the list, a page of it, one ready text."""

    neden: str = ""
    sayfa: int = 1
    metin: str = ""
    kisi: str = ""

    @classmethod
    def read(cls, values: Mapping[str, Any]) -> "Wanted":
        ground, page = str(values.get("neden", "")), str(values.get("sayfa", ""))
        known = page.isascii() and page.isdigit() and len(page) < 4
        return cls(
            neden=ground if ground in list(Ground) else "",
            sayfa=max(int(page), 1) if known else 1,
            metin=str(values.get("metin", ""))[:12],
            kisi=str(values.get("kisi", ""))[:12],
        )

    def query(self, **changes: Any) -> dict[str, Any]:
        """Return what stands in the address of this part of the list, with some changed."""
        stands = {"neden": self.neden, "sayfa": self.sayfa if self.sayfa > 1 else None}
        return {name: value for name, value in {**stands, **changes}.items() if value}


@dataclass
class Page:
    """What the desk shows at once."""

    wanted: Wanted
    counts: dict[Ground, int]
    rows: list[Row]
    forms: dict[str, SaidForm]
    text: ReadyText | None
    pages: int
    full: bool
    """Does whoever says now that they will come go on the waiting list?"""
    told: list[Told]
    """Who does know of the last change, because staff said so by phone."""

    @classmethod
    def of(
        cls, meeting: Meeting, wanted: Wanted, form: SaidForm | None, *, may_write: bool
    ) -> "Page":
        off = is_off(meeting)
        since = changed_at(meeting)
        known = Known(untold(meeting, since), seated_untold(meeting), cut_off(meeting.id), off)
        found = grouped(lines(meeting.id), known)
        chosen = [
            (line, ground)
            for ground, some in found.items()
            if wanted.neden in ("", ground.value)
            for line in some
        ]
        first = (wanted.sayfa - 1) * PER_PAGE
        here = chosen[first : first + PER_PAGE]
        files = dossiers([line for line, _ground in here])
        rows = [row_of(one, ground) for one, (_line, ground) in zip(files, here, strict=True)]
        page = cls(
            wanted=wanted,
            counts={ground: len(some) for ground, some in found.items()},
            rows=rows,
            forms={},
            text=None,
            pages=-(-len(chosen) // PER_PAGE),
            full=not off and free_seats(meeting) == 0,
            told=told(meeting, since),
        )
        if may_write and not off:
            page.forms = _forms(rows, form)
            page.text = _text(rows, wanted)
        return page

    @property
    def total(self) -> int:
        return sum(self.counts.values())

    @property
    def sentence(self) -> str:
        """The desk in words: who does not know what happened, how many are silent, and why."""
        unreached, silent, maybe = (self.counts[ground] for ground in UNSURE)
        parts = [
            ngettext("%(num)s not reached", "%(num)s not reached", unreached) if unreached else "",
            ngettext("%(num)s without an answer", "%(num)s without an answer", silent)
            if silent
            else "",
            ngettext("%(num)s undecided", "%(num)s undecided", maybe) if maybe else "",
        ]
        whole = ngettext(
            "We do not know yet whether one organisation comes",
            "We do not know yet whether %(num)s organisations come",
            unreached + silent + maybe,
        )
        unsure = f"{whole}: {', '.join(part for part in parts if part)}." if any(parts) else ""
        return " ".join(filter(None, (self._untold, self._seated, unsure)))

    @property
    def _untold(self) -> str:
        """Say how many have to be told what happened to the meeting."""
        moved, off = self.counts[Ground.MOVED], self.counts[Ground.CANCELLED]
        if off:
            return ngettext(
                "One organisation may come without knowing that the meeting is off. Call it.",
                "%(num)s organisations may come without knowing that the meeting is off. "
                "Call them.",
                off,
            )
        if not moved:
            return ""
        return ngettext(
            "One organisation does not know of the change of the meeting. Call it.",
            "%(num)s organisations do not know of the change of the meeting. Call them.",
            moved,
        )

    @property
    def _seated(self) -> str:
        """Say how many have to be told that they have a place."""
        seated = self.counts[Ground.SEATED]
        if not seated:
            return ""
        return ngettext(
            "A place became free for one organisation, and it does not know. Call it.",
            "Places became free for %(num)s organisations, and they do not know. Call them.",
            seated,
        )

    def after(self, row: Row) -> str:
        """Return the row that comes next, for the way back."""
        place = self.rows.index(row) + 1
        return self.rows[place].dossier.line.public_id if place < len(self.rows) else ""


def _forms(rows: list[Row], form: SaidForm | None) -> dict[str, SaidForm]:
    """Return each row's form; one that was refused keeps what was typed."""
    made = {
        one.dossier.line.public_id: SaidForm(obj=one.dossier.invitation, formdata=None)
        for one in rows
    }
    if form is not None:
        made[form.invitation.public_id] = form
    return made


def _text(rows: list[Row], wanted: Wanted) -> ReadyText | None:
    for row in rows:
        if row.dossier.line.public_id != wanted.metin:
            continue
        for one in row.dossier.addressees:
            if (one.contact.public_id if one.contact else "") == wanted.kisi:
                return ready_text(one)
    return None

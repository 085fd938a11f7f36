"""Ties a list's organisations to those they belong to, when all of its rows are known.

A head or an umbrella may be here already or stand anywhere in the list; it is named by its
register number or by a name. What cannot be tied is kept in the notes, and said.
"""

from collections import defaultdict
from typing import Protocol

from flask_babel import lazy_gettext as _l

from coordinator.registry.importing.planning.changes import Change
from coordinator.registry.importing.planning.known import Known
from coordinator.registry.importing.planning.matching import Index
from coordinator.registry.importing.planning.merging import Merger
from coordinator.registry.importing.reading.cells import Problem
from coordinator.registry.importing.reading.columns import Column, Layout
from coordinator.registry.importing.reading.readings import Reading
from coordinator.registry.importing.reading.words import folded
from coordinator.registry.models import UMBRELLAS, OrgStatus
from coordinator.registry.register_number import normalized


class Row(Protocol):
    """A planned row, as far as ties are concerned."""

    reading: Reading
    known: Known | None
    changes: list[Change]


class Tier:
    """Ties row by row; what it changes is said in the row's changes."""

    def __init__(self, index: Index, merger: Merger, layout: Layout) -> None:
        self.index, self.merger, self.layout = index, merger, layout
        self._short: dict[str, list[Known]] | None = None

    def tie(self, row: Row) -> bool:
        """Tie the row's organisation to those that the row names; return whether it had to."""
        reading, known = row.reading, row.known
        if known is None or not (reading.parent or reading.umbrellas):
            return False
        before = len(row.changes)
        if reading.parent:
            self._parent(row, known, reading.parent)
        for text in reading.umbrellas:
            self._umbrella(row, known, text)
        return len(row.changes) > before

    def _parent(self, row: Row, known: Known, text: str) -> None:
        head = self._find(text)
        if head is None:
            self._keep(row, known, Column.PARENT, text, _NOT_FOUND)
        elif head is known or known in self._above(head):
            self._keep(row, known, Column.PARENT, text, _ITSELF)
        elif known.parent is None:
            known.parent = head
            known.changed.add("parent")
            row.changes.append(Change(Column.PARENT.word, "", head.name))
        elif known.parent is not head:
            self._keep(row, known, Column.PARENT, text, _ANOTHER)

    def _umbrella(self, row: Row, known: Known, text: str) -> None:
        umbrella = self._find(text)
        if umbrella is None:
            self._keep(row, known, Column.UMBRELLAS, text, _NOT_FOUND)
        elif umbrella is known or known in self._over(umbrella):
            self._keep(row, known, Column.UMBRELLAS, text, _ITSELF)
        elif umbrella.values["org_type"] not in UMBRELLAS:
            self._keep(row, known, Column.UMBRELLAS, text, _NO_UMBRELLA)
        elif umbrella not in known.umbrellas:
            known.umbrellas.append(umbrella)
            known.changed.add("umbrellas")
            row.changes.append(Change(Column.UMBRELLAS.word, "", umbrella.name))

    def _find(self, text: str) -> Known | None:
        """Return the one organisation of that code, register number or name."""
        if text in self.index.codes:
            return self.index.codes[text]
        number = self.index.numbers.get(normalized(text))
        if number is not None:
            return number
        key = folded(text)
        named = self.index.names.get(key, [])
        if len(named) == 1:
            return named[0]
        if named:
            return None
        short = self._short_names().get(key, [])
        return short[0] if len(short) == 1 else self.index.aliases.get(key)

    def _short_names(self) -> dict[str, list[Known]]:
        if self._short is None:
            self._short = defaultdict(list)
            for one in self.index.all:
                if one.values["short_name"] and one.values["status"] is not OrgStatus.MERGED:
                    self._short[folded(one.values["short_name"])].append(one)
        return self._short

    def _above(self, known: Known) -> set[Known]:
        """Return the heads of an organisation, and theirs."""
        found: set[Known] = set()
        at = known.parent
        while at is not None and at not in found:
            found.add(at)
            at = at.parent
        return found

    def _over(self, known: Known) -> set[Known]:
        """Return the umbrellas of an organisation, and theirs."""
        found: set[Known] = set()
        waiting = list(known.umbrellas)
        while waiting:
            one = waiting.pop()
            if one not in found:
                found.add(one)
                waiting += one.umbrellas
        return found

    def _keep(self, row: Row, known: Known, column: Column, text: str, why: object) -> None:
        index = next((i for i, one in self.layout.mapping.items() if one is column), None)
        heading = self.layout.heading(column)
        message = _l("“%(name)s”: %(why)s", name=text, why=why)
        number = row.reading.row
        row.reading.problems.append(Problem(number, heading, message, index=index, lost=True))
        row.changes += self.merger.keep(known, column, text)


_NOT_FOUND = _l("no one organisation of this name or number is here or in the list. It is kept "
                "in the notes.")  # fmt: skip
_ITSELF = _l("an organisation cannot belong to itself. It is kept in the notes.")
_ANOTHER = _l("another one is recorded already. It is kept in the notes.")
_NO_UMBRELLA = _l("only federations, confederations, platforms and networks have members. It is "
                  "kept in the notes.")  # fmt: skip

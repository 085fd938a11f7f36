"""The forms behind a letter's link: what is stored is hidden, and kept where a field is empty."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import zip_longest
from types import SimpleNamespace
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField

from coordinator.forms import EditForm
from coordinator.invitations.forms import AnswerForm, NamesForm
from coordinator.invitations.models import Invitation
from coordinator.invitations.operations import Reply
from coordinator.invitations.summary import number_of_needs
from coordinator.reachability import masked_name

OPEN_TO_ALL = ("version", "answer", "people", "attend_mode", "names_later")
"""What the page shows anyway: the letter may have been forwarded."""


class _KeepsNames(EditForm):
    """Names are shown masked; an empty field keeps the name that is stored for it."""

    clear_names = BooleanField(_l("Delete the stored names"))

    kept: Invitation

    def __init__(self, *args: Any, obj: Invitation, **kwargs: Any) -> None:
        self.kept = obj
        super().__init__(*args, obj=obj, **kwargs)

    def shown_of(self, invitation: Invitation) -> Any:
        return SimpleNamespace(**{name: getattr(invitation, name) for name in OPEN_TO_ALL})

    @property
    def name_hints(self) -> list[str]:
        """Return what stands beside each field for a name."""
        return [
            _("Stored now: %(name)s", name=masked_name(name)) for name in self.kept.attendee_names
        ]

    def names_within(self, people: int) -> list[str]:
        typed = self["attendee_names"].data
        stored = [] if self.clear_names.data else self.kept.attendee_names
        return with_stored(typed, stored, people)

    def _show_stored(self, record: Any) -> None:
        """Beside hidden values stands already, masked, what is stored."""
        super()._show_stored(record)
        for name, field in self._fields.items():
            if name not in OPEN_TO_ALL and hasattr(field, "now_saved"):
                del field.now_saved


class LetterAnswerForm(_KeepsNames, AnswerForm):
    """An answer by somebody who may not be whom the letter was written to."""

    clear_needs = BooleanField(_l("The stored services are no longer needed"))
    clear_note = BooleanField(_l("Delete the stored note"))

    @property
    def stored_needs(self) -> str:
        """Say how many services are stored, and whether with a remark."""
        parts = [number_of_needs(self.kept), _("a remark") if self.kept.needs_note else ""]
        return ", ".join(filter(None, parts))

    @property
    def stored_note(self) -> bool:
        return bool(self.kept.note)

    @property
    def reply(self) -> Reply:
        typed, now = super().reply, self.kept
        kept = replace(typed, names=self.names_within(typed.people), note=typed.note or self._note)
        if self.clear_needs.data:
            return kept
        if not typed.needs:
            kept = replace(kept, needs=list(now.access_needs), need_numbers=dict(now.need_numbers))
        return replace(kept, needs_note=typed.needs_note or now.needs_note)

    @property
    def _note(self) -> str:
        return "" if self.clear_note.data else self.kept.note


class LetterNamesForm(_KeepsNames, NamesForm):
    """The names of those who come, given by whoever has the letter."""

    @property
    def names(self) -> list[str]:
        return self.names_within(self.kept.people)


def with_stored(typed: Sequence[str | None], stored: Sequence[str], people: int) -> list[str]:
    """Return the typed names, and in empty fields the stored ones as far as there is room."""
    room = people - sum(map(bool, typed))
    found: list[str] = []
    for new, old in zip_longest(typed, stored, fillvalue=""):
        if new:
            found.append(new)
        elif old and room > 0 and old not in typed:
            found.append(old)
            room -= 1
    return found

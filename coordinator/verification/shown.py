"""Proposed corrections as pages show them: which field, of whom, before, after, what is stored."""

from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _

from coordinator.verification.facts import CONTACT_LEFT, NEW_CONTACT, label, person_words, words
from coordinator.verification.models import ChangeState, ProposedChange, Verification
from coordinator.verification.sheet import Eyes, masked
from coordinator.verification.standing import Standing, now_stored, standing


@dataclass(frozen=True)
class ShownChange:
    """A correction in words; `now` is what the record says if it was changed meanwhile."""

    id: int
    field: Any
    person: str
    before: str
    after: str
    now: str
    state: ChangeState
    standing: Standing | None

    @property
    def waits(self) -> bool:
        return self.state is ChangeState.OPEN

    @property
    def takeable(self) -> bool:
        return self.standing is not Standing.GONE

    @property
    def changed(self) -> bool:
        return self.standing is Standing.CHANGED

    @property
    def there(self) -> bool:
        return self.standing is Standing.THERE


def shown_changes(answer: Verification, eyes: Eyes) -> list[ShownChange]:
    """Return all that was proposed with an answer, in order, as the reader may see it."""
    return [_shown(one, eyes.may_read_proposal(one)) for one in answer.changes]


def _shown(change: ProposedChange, open_: bool) -> ShownChange:
    def said(field: str, value: Any) -> Any:
        return value if open_ else masked(field, value)

    stands = standing(change) if change.state is ChangeState.OPEN else None
    person = change.contact.full_name if change.contact else ""
    if change.field == NEW_CONTACT:
        values = {name: said(name, value) for name, value in change.after.items()}
        field, before, after = _("New contact"), "–", "\n".join(person_words(values))
    elif change.field == CONTACT_LEFT:
        person = str(change.before)
        field, before, after = _("Contact"), person, _("No longer a representative")
    else:
        field = str(label(change.field))
        before = words(change.field, said(change.field, change.before))
        after = words(change.field, said(change.field, change.after))
    now = ""
    if stands is Standing.CHANGED:
        now = words(change.field, said(change.field, now_stored(change)))
    return ShownChange(change.id, field, person, before, after, now, change.state, stands)

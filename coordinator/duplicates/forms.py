"""The form of a merge: a question for each fact on which the two records disagree."""

from collections.abc import Iterable, Sequence
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, RadioField, SelectMultipleField

from coordinator.duplicates import facts, queries
from coordinator.duplicates.facts import Choices, Fact, Pick
from coordinator.forms import AppForm
from coordinator.registry.models import Contact, Organization, TargetGroup, WorkArea

FACT = "fact_"
SETS = ("work_areas", "target_groups", "umbrellas", "same_people")


class MergeForm(AppForm):
    """What of two records stays; the questions are made for the two."""

    kept_version = HiddenField()
    other_version = HiddenField()

    @property
    def versions(self) -> tuple[int | None, int | None]:
        return _version(self.kept_version.data), _version(self.other_version.data)

    @property
    def questions(self) -> list[RadioField]:
        return [field for name, field in self._fields.items() if name.startswith(FACT)]

    @property
    def choices(self) -> Choices:
        """Return what was chosen."""
        picks = {field.name.removeprefix(FACT): Pick(field.data) for field in self.questions}
        sets = {name: frozenset(self._fields[name].data or ()) for name in SETS if name in self}
        return Choices(picks=picks, **sets)


def merge_form(kept: Organization, other: Organization, language: str) -> MergeForm:
    """Return the form for two records, with what is safe chosen."""
    fields: dict[str, Any] = {
        f"{FACT}{fact.name}": RadioField(
            fact.label,
            choices=_answers(fact, kept, other),
            default=fact.first_pick(kept, other).value,
        )
        for fact in facts.differing(kept, other)
    }
    fields |= {
        "work_areas": _terms(_l("Fields of work"), kept.work_areas, other.work_areas, language),
        "target_groups": _terms(
            _l("Target groups"), kept.target_groups, other.target_groups, language
        ),
        "umbrellas": _umbrellas(kept, other),
        "same_people": _same_people(queries.twins(kept, other)),
    }
    own = {name: field for name, field in fields.items() if field is not None}
    form: MergeForm = type("MergeForm", (MergeForm,), own)()
    if not form.is_submitted():
        form.kept_version.data, form.other_version.data = str(kept.version), str(other.version)
    return form


def _answers(fact: Fact, kept: Organization, other: Organization) -> list[tuple[str, str]]:
    answers = [(Pick.KEPT.value, fact.shown(kept)), (Pick.OTHER.value, fact.shown(other))]
    if fact.may_keep_both:
        both = _("Keep both: the second one goes to the notes") if fact.to_notes else _("Keep both")
        answers.append((Pick.BOTH.value, both))
    return answers


def _terms(
    label: Any,
    ours: Sequence[WorkArea | TargetGroup],
    theirs: Sequence[WorkArea | TargetGroup],
    language: str,
) -> SelectMultipleField | None:
    named = {one.id: one.name(language) for one in (*ours, *theirs)}
    differ = {one.id for one in ours} != {one.id for one in theirs}
    return _ticks(label, list(named.items()), named) if differ else None


def _umbrellas(kept: Organization, other: Organization) -> SelectMultipleField | None:
    named = {one.id: one.name for one in (*kept.umbrellas, *other.umbrellas)}
    for one in (kept, other):
        named.pop(one.id, None)
    if {one.id for one in kept.umbrellas} == {one.id for one in other.umbrellas}:
        return None
    return _ticks(_l("Member of"), list(named.items()), named) if named else None


def _same_people(pairs: Sequence[tuple[Contact, Contact]]) -> SelectMultipleField | None:
    if not pairs:
        return None
    choices = [(theirs.id, f"{_person(ours)} = {_person(theirs)}") for ours, theirs in pairs]
    chosen = [theirs.id for ours, theirs in pairs if queries.sure(ours, theirs)]
    return _ticks(_l("The same person"), choices, chosen)


def _person(one: Contact) -> str:
    reached = ", ".join(filter(None, [one.position, one.email]))
    return f"{one.full_name} ({reached})" if reached else one.full_name


def _ticks(label: Any, choices: list[tuple[int, str]], chosen: Iterable[int]) -> Any:
    return SelectMultipleField(label, choices=choices, coerce=int, default=list(chosen))


def _version(text: Any) -> int | None:
    typed = str(text or "")
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 10 else None

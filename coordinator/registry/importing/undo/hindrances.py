"""Why an import cannot be taken back: what somebody built on the organisations that it brought."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import sqlalchemy as sa
from flask_babel import gettext, ngettext
from sqlalchemy import orm

from coordinator.extensions import db
from coordinator.registry import belongings
from coordinator.registry.importing.planning.known import AT_ONCE
from coordinator.registry.importing.undo import standing
from coordinator.registry.importing.undo.wording import word
from coordinator.registry.models import Contact, Organization, organization_umbrella

if TYPE_CHECKING:
    from coordinator.registry.importing.undo.undoing import Undone

OWN_TABLES = {
    "organization", "contact", "representation", "import_change", "organization_name",
    "organization_word", "organization_work_area", "organization_target_group",
    "organization_umbrella",
}  # fmt: skip
"""What hangs on an organisation by itself, and is compared or goes along."""


def say(undone: Sequence["Undone"]) -> None:
    """Write beside each organisation what stands in the way of taking it back."""
    vanishing = [one.id for one in undone if one.is_new]
    _belongings(undone, vanishing)
    _members(undone, set(vanishing))
    _merged([one for one in undone if not one.is_new])
    checked = _checked(vanishing)
    added: dict[int, Undone] = {}
    for one in undone:
        if one.is_new:
            _edited(one)
            if one.id in checked:
                one.reasons.append(gettext("Somebody checked the record since."))
        else:
            _overwritten(one, added)
    _contacts_used(added)


def _belongings(undone: Sequence["Undone"], vanishing: list[int]) -> None:
    told = belongings.counts(vanishing)
    known_tables = {one.table.name for one in belongings.known()}
    told_apart = OWN_TABLES | known_tables | belongings.traces()
    other = standing.references(Organization.id, vanishing, told_apart)
    for one in undone:
        for belonging, count in told.get(one.id, ()):
            if belonging.hinders_undo:
                one.reasons.append(f"{belonging.label}: {count}")
        if other.get(one.id):
            one.reasons.append(
                ngettext("One other record names it.", "%(num)s other records name it.",
                         other[one.id])
            )  # fmt: skip


def _members(undone: Sequence["Undone"], vanishing: set[int]) -> None:
    """Who was tied since to an organisation that would vanish stands in the way."""
    by_id = {one.id: one for one in undone}
    ids = list(vanishing)
    for start in range(0, len(ids), AT_ONCE):
        chunk = ids[start : start + AT_ONCE]
        heirs = sa.select(Organization.merged_into_id, Organization.name).where(
            Organization.merged_into_id.in_(chunk)
        )
        for number, name in db.session.execute(heirs):
            by_id[number or 0].reasons.append(gettext("%(name)s was merged into it.", name=name))
        _tied(by_id, chunk, vanishing)


def _merged(changed: list["Undone"]) -> None:
    """A merge carried what the import changed to another record, or mixed it with another's."""
    by_id = {one.id: one for one in changed}
    ids = list(by_id)
    heir = orm.aliased(Organization)
    pairs = sa.select(Organization, heir).join(heir, heir.id == Organization.merged_into_id)
    for start in range(0, len(ids), AT_ONCE):
        chunk = ids[start : start + AT_ONCE]
        gone = pairs.with_only_columns(Organization.id, heir.name).where(Organization.id.in_(chunk))
        for number, name in db.session.execute(gone):
            by_id[number].reasons.append(gettext("It was merged into %(name)s.", name=name))
        came = pairs.with_only_columns(heir.id, Organization.name, Organization.updated_at)
        for number, name, moment in db.session.execute(came.where(heir.id.in_(chunk))):
            if moment > by_id[number].moment:
                by_id[number].reasons.append(gettext("%(name)s was merged into it.", name=name))


def _tied(by_id: dict[int, "Undone"], chunk: list[int], vanishing: set[int]) -> None:
    link = organization_umbrella.c
    branches = sa.select(Organization.parent_id, Organization.id, Organization.name).where(
        Organization.parent_id.in_(chunk)
    )
    members = (
        sa.select(link.umbrella_id, Organization.id, Organization.name)
        .join(Organization, Organization.id == link.organization_id)
        .where(link.umbrella_id.in_(chunk))
    )
    for name_of_tie, asked in (("parent", branches), ("umbrellas", members)):
        for number, tied, name in db.session.execute(asked):
            other = by_id.get(tied)
            ours = other is not None and _tied_by_import(other, name_of_tie, number)
            if tied not in vanishing and not ours:
                by_id[number].reasons.append(gettext("%(name)s belongs to it.", name=name))


def _tied_by_import(other: "Undone", tie: str, number: int) -> bool:
    """Did the import itself tie the other organisation to it, so that this goes back as well?"""
    if other.before is None:
        return True
    if tie == "parent":
        changed = standing.changed_values(other.before, other.after)
        return changed.get("parent", (None, None))[1] == number
    return number in standing.added(other.before, other.after, tie)


def _checked(ids: list[int]) -> set[int]:
    found: set[int] = set()
    for start in range(0, len(ids), AT_ONCE):
        asked = sa.select(Organization.id).where(
            Organization.id.in_(ids[start : start + AT_ONCE]), Organization.verified_at.is_not(None)
        )
        found.update(db.session.scalars(asked))
    return found


def _edited(one: "Undone") -> None:
    names = standing.edited(one.after, one.now)
    if names:
        words = ", ".join(str(word(name)) for name in names)
        one.reasons.append(gettext("Changed since: %(what)s.", what=words))


def _overwritten(one: "Undone", added: dict[int, "Undone"]) -> None:
    """What the import changed must stand as it left it; the rest may be as it likes."""
    assert one.before is not None
    changed = standing.changed_values(one.before, one.after)
    names = [name for name, (_old, new) in changed.items() if standing.value(one.now, name) != new]
    before, after, now = (standing.contacts(state) for state in (one.before, one.after, one.now))
    people = []
    for number, left in after.items():
        stands = now.get(number)
        if number not in before:
            if stands is not None:
                added[number] = one
            if stands is None or standing.differing(left, stands):
                people.append(left["full_name"])
            continue
        touched = standing.differing(before[number], left)
        if touched and (stands is None or set(touched) & set(standing.differing(left, stands))):
            people.append(left["full_name"])
    words = [*(str(word(name)) for name in names), *people]
    if words:
        one.reasons.append(gettext("Changed since: %(what)s.", what=", ".join(words)))


def _contacts_used(added: dict[int, "Undone"]) -> None:
    """A contact that the import added, and through whom something was done since."""
    used = standing.references(Contact.id, added, OWN_TABLES)
    names = dict(
        db.session.execute(
            sa.select(Contact.id, Contact.full_name).where(Contact.id.in_(used))
        ).all()
    ) if used else {}  # fmt: skip
    for number, count in used.items():
        added[number].reasons.append(
            ngettext("One record names the contact %(name)s.",
                     "%(num)s records name the contact %(name)s.", count, name=names[number])
        )  # fmt: skip

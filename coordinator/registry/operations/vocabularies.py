"""Fields of work and target groups: added, renamed, moved, merged, retired; never deleted.

Each deed holds the whole list first, so that two people's deeds come one after the other.
"""

import re
from typing import Any

import sqlalchemy as sa
from flask_babel import lazy_gettext as _l

from coordinator import clock, turkish
from coordinator.actors import Actor
from coordinator.audit import operations as audit
from coordinator.errors import RuleBroken
from coordinator.extensions import db
from coordinator.forms import claim
from coordinator.registry.models import Organization, TargetGroup, Term, WorkArea
from coordinator.registry.queries import vocabularies as queries

LONGEST_CODE = 30
_STEMS: dict[type[Term], str] = {WorkArea: "area", TargetGroup: "group"}


class NameTaken(RuleBroken):
    """Two entries of one name could not be told apart in lists that are imported."""

    def __init__(self, other: Term, field: str) -> None:
        if other.merged_into_id is not None:
            message = _l(
                "“%(name)s” was merged into another entry, and lists that say so mean that one."
                " Choose another name.",
                name=other.name_tr,
            )
        elif other.retired:
            message = _l(
                "“%(name)s” is in the list but no longer offered. Bring it back instead.",
                name=other.name_tr,
            )
        else:
            message = _l("“%(name)s” has this name. Choose another name.", name=other.name_tr)
        super().__init__(message, field=field)


class NotInUse(RuleBroken):
    """What was retired or merged is first brought back, or stays as it is."""

    message = _l("Somebody else merged or retired this entry meanwhile. Look at the list again.")


class IntoItself(RuleBroken):
    """An entry cannot take its own place."""

    message = _l("Choose another entry. This one cannot be merged into itself.")


def add_term(*, kind: type[Term], name_tr: str, name_en: str, actor: Actor) -> Term:
    """Put an entry at the end of a list; its code is made from the name. Raises NameTaken."""
    everything = _held(kind)
    _refuse_taken(everything, None, name_tr=name_tr, name_en=name_en)
    model: Any = kind
    added: Term = model(
        code=_code(kind, name_tr, {one.code for one in everything}),
        name_tr=name_tr,
        name_en=name_en,
        order_no=max((one.order_no for one in everything), default=0) + 1,
    )
    db.session.add(added)
    audit.record("vocabulary.added", added, actor)
    return added


def rename_term(
    *, term: Term, version: int | None, name_tr: str, name_en: str, actor: Actor
) -> None:
    """Give an entry other names; its code stays. Raises SavedMeanwhile, NameTaken."""
    everything = _held(type(term))
    claim(term, version)
    _refuse_taken(everything, term, name_tr=name_tr, name_en=name_en)
    before = (term.name_tr, term.name_en)
    if before != (name_tr, name_en):
        term.name_tr, term.name_en = name_tr, name_en
        audit.record("vocabulary.renamed", term, actor, before=list(before))


def move_term(*, term: Term, before: Term | None, after: Term | None, actor: Actor) -> int:
    """Put an entry right before or after another, and return its place among those in use."""
    everything = _held(type(term))
    if term.retired:
        raise NotInUse
    order = [one for one in everything if one is not term]
    beside = before or after
    assert beside is not None
    if beside is not term:
        order.insert(order.index(beside) + (after is not None), term)
        if order != everything:
            _number(type(term), order)
            audit.record("vocabulary.moved", term, actor)
    now = order if beside is not term else everything
    return [one for one in now if not one.retired].index(term) + 1


def merge_term(*, term: Term, into: Term, version: int | None, actor: Actor) -> None:
    """Let one entry take another's place for all organisations described by it.

    The old one is retired; its names and code go on being understood as the new one's.
    Raises SavedMeanwhile, NotInUse, IntoItself.
    """
    _held(type(term))
    claim(term, version)
    if term is into:
        raise IntoItself
    if term.merged_into_id is not None or into.retired:
        raise NotInUse
    moved = _describe_by(term, into)
    model: Any = type(term)
    term.retired, term.merged_into_id = True, into.id
    earlier = sa.update(model).where(model.merged_into_id == term.id)
    db.session.flush()
    db.session.execute(
        earlier.values(merged_into_id=into.id).execution_options(synchronize_session=False)
    )
    audit.record("vocabulary.merged", term, actor, into=into.code, organizations=moved)
    db.session.flush()
    db.session.expire_all()


def retire_term(*, term: Term, version: int | None, actor: Actor) -> None:
    """Stop offering an entry; organisations keep it. Raises SavedMeanwhile, NotInUse."""
    _held(type(term))
    claim(term, version)
    if term.retired:
        raise NotInUse
    term.retired = True
    audit.record("vocabulary.retired", term, actor)


def bring_back_term(*, term: Term, actor: Actor) -> None:
    """Offer a retired entry again, where it stood. Raises NotInUse for a merged one."""
    _held(type(term))
    if term.merged_into_id is not None:
        raise NotInUse
    if term.retired:
        term.retired = False
        audit.record("vocabulary.brought_back", term, actor)


def _held(kind: type[Term]) -> list[Term]:
    """Hold the list until the transaction ends, and return it as it stands now, in order."""
    model: Any = kind
    db.session.execute(sa.select(model.id).order_by(model.id).with_for_update())
    asked = sa.select(model).order_by(model.order_no, model.id)
    return list(db.session.scalars(asked.execution_options(populate_existing=True)))


def _number(kind: type[Term], order: list[Term]) -> None:
    """Count the entries anew. Their versions stay: whoever is renaming one is not disturbed."""
    model: Any = kind
    places = {one.id: place for place, one in enumerate(order, 1)}
    db.session.execute(
        sa.update(model)
        .values(order_no=sa.case(places, value=model.id, else_=model.order_no))
        .execution_options(synchronize_session=False)
    )
    for one in order:
        db.session.expire(one, ["order_no"])


def _describe_by(term: Term, into: Term) -> int:
    """Describe all by the one who were described by the other; return how many they are."""
    table, column = queries.DESCRIBING[type(term)]
    described = sa.select(table.c.organization_id).where(table.c[column] == term.id)
    # Whoever has one of them open learns of it before saving the old list of fields again.
    touched = db.session.execute(
        sa.update(Organization)
        .where(Organization.id.in_(described))
        .values(version=Organization.version + 1, updated_at=clock.now())
        .execution_options(synchronize_session=False)
    )
    already = sa.select(table.c.organization_id).where(table.c[column] == into.id)
    db.session.execute(
        sa.insert(table).from_select(
            ["organization_id", column],
            sa.select(table.c.organization_id, sa.literal(into.id)).where(
                table.c[column] == term.id, table.c.organization_id.not_in(already)
            ),
        )
    )
    db.session.execute(sa.delete(table).where(table.c[column] == term.id))
    return int(touched.rowcount)  # type: ignore[attr-defined]


def _refuse_taken(everything: list[Term], own: Term | None, **names: str) -> None:
    for field, name in names.items():
        wanted = queries.folded_name(name)
        for other in everything:
            taken = {queries.folded_name(one) for one in (other.name_tr, other.name_en)}
            if other is not own and wanted in taken:
                raise NameTaken(other, field)


def _code(kind: type[Term], name: str, taken: set[str]) -> str:
    """Return a code that nobody has: the name in plain letters, with a number if it must be."""
    stem = re.sub(r"[^a-z0-9]+", "_", turkish.search_key(name)).strip("_") or _STEMS[kind]
    code, number = stem[:LONGEST_CODE].rstrip("_"), 1
    while code in taken:
        number += 1
        code = f"{stem[: LONGEST_CODE - 1 - len(str(number))].rstrip('_')}_{number}"
    return code

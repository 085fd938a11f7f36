"""What is done to a merged pair before the merge is taken back."""

from typing import Any

import pytest
from flask import Flask

from coordinator.actors import COMMAND
from coordinator.extensions import db
from coordinator.registry.models import Organization, TargetGroup, Term, WorkArea
from coordinator.registry.operations import edit_contact
from coordinator.registry.operations.vocabularies import merge_term
from tests.duplicates.parts import merge, unmerge
from tests.factories import ContactFactory, OrganizationFactory

LISTS = pytest.mark.parametrize(
    ("kind", "name"), [(WorkArea, "work_areas"), (TargetGroup, "target_groups")]
)


def terms(kind: type[Term]) -> list[Any]:
    return db.session.query(kind).order_by(kind.order_no, kind.id).limit(4).all()


def become(term: Term, into: Term) -> None:
    merge_term(term=term, into=into, version=term.version, actor=COMMAND)
    db.session.commit()


def described(one: Organization, name: str) -> list[Term]:
    db.session.expire_all()
    return list(getattr(one, name))


def test_both_have_one_primary_contact_after_another_was_made_it(app: Flask) -> None:
    ours, theirs = ContactFactory(), ContactFactory()
    kept, other = ours.organization, theirs.organization
    made = merge(kept, other)
    edit_contact(contact=theirs, version=theirs.version, actor=COMMAND, is_primary=True)
    db.session.commit()
    assert [one.is_primary for one in (ours, theirs)] == [False, True]
    unmerge(made)
    assert (ours.organization, ours.is_primary) == (kept, True)
    assert (theirs.organization, theirs.is_primary) == (other, True)


@LISTS
def test_what_the_other_brought_goes_under_the_name_it_has_now(
    app: Flask, kind: type[Term], name: str
) -> None:
    one, two, three, _four = terms(kind)
    kept, other = OrganizationFactory(**{name: [one]}), OrganizationFactory(**{name: [two]})
    made = merge(kept, other)
    become(two, three)
    assert described(kept, name) == [one, three]
    unmerge(made)
    assert described(kept, name) == [one]
    assert described(other, name) == [three]


@LISTS
def test_what_was_its_own_stays_though_the_others_became_the_same(
    app: Flask, kind: type[Term], name: str
) -> None:
    one, two, three, _four = terms(kind)
    kept, other = OrganizationFactory(**{name: [one]}), OrganizationFactory(**{name: [two, three]})
    made = merge(kept, other)
    become(two, one)
    unmerge(made)
    assert described(kept, name) == [one]
    assert described(other, name) == [one, three]


@LISTS
def test_what_was_left_out_comes_back_under_the_name_it_has_now(
    app: Flask, kind: type[Term], name: str
) -> None:
    one, two, three, four = terms(kind)
    kept, other = OrganizationFactory(**{name: [one, two]}), OrganizationFactory(**{name: [three]})
    made = merge(kept, other, **{name: frozenset({two.id, three.id})})
    become(one, three)
    become(three, four)
    unmerge(made)
    assert set(described(kept, name)) == {two, four}
    assert described(other, name) == [four]

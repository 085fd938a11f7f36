"""Several people merge, undo and edit at the same moment: one is first, the others are told."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from flask import Flask

from coordinator.actors import COMMAND
from coordinator.duplicates import operations, queries
from coordinator.duplicates.facts import Choices
from coordinator.duplicates.models import Merge
from coordinator.errors import RuleBroken
from coordinator.extensions import db
from coordinator.registry.models import Organization
from tests.duplicates.parts import everything, merge
from tests.factories import ContactFactory, OrganizationFactory


def test_of_four_who_merge_each_way_one_is_first(app: Flask) -> None:
    pair = [OrganizationFactory(), OrganizationFactory()]
    ids = [one.id for one in pair]
    for one in pair:
        ContactFactory(organization=one)
    before = everything()
    db.session.remove()
    start = Barrier(4)

    def act(number: int) -> bool:
        with app.app_context():
            kept, other = (db.session.get_one(Organization, one) for one in ids)
            if number % 2:
                kept, other = other, kept
            versions = (kept.version, other.version)
            db.session.rollback()
            start.wait()
            try:
                operations.merge(
                    kept=kept, other=other, choices=Choices(), actor=COMMAND, versions=versions
                )
                db.session.commit()
            except RuleBroken:
                db.session.rollback()
                return False
            return True

    with ThreadPoolExecutor(4) as people:
        assert sum(people.map(act, range(4))) == 1
    made = db.session.query(Merge).one()
    operations.unmerge(merge=made, actor=COMMAND)
    assert everything() == before


def test_of_three_who_take_back_one_does(app: Flask) -> None:
    kept, other = OrganizationFactory(), OrganizationFactory()
    before = everything()
    address = merge(kept, other).public_id
    db.session.remove()
    start = Barrier(3)

    def act(_number: int) -> bool:
        with app.app_context():
            made = queries.merge_of(address)
            assert made is not None
            db.session.rollback()
            start.wait()
            try:
                operations.unmerge(merge=made, actor=COMMAND)
                db.session.commit()
            except RuleBroken:
                db.session.rollback()
                return False
            return True

    with ThreadPoolExecutor(3) as people:
        assert sum(people.map(act, range(3))) == 1
    assert everything() == before


def test_two_merges_that_share_a_record_leave_no_half(app: Flask) -> None:
    ids = [OrganizationFactory().id for _ in range(3)]
    before = everything()
    db.session.remove()
    start = Barrier(2)

    def act(pair: tuple[int, int]) -> bool:
        with app.app_context():
            kept, other = (db.session.get_one(Organization, ids[one]) for one in pair)
            db.session.rollback()
            start.wait()
            try:
                operations.merge(kept=kept, other=other, choices=Choices(), actor=COMMAND)
                db.session.commit()
            except RuleBroken:
                db.session.rollback()
                return False
            return True

    with ThreadPoolExecutor(2) as people:
        done = list(people.map(act, [(0, 1), (1, 2)]))
    # Merged into one that was merged before, or refused: never into one that is gone.
    assert any(done)
    for made in db.session.query(Merge).order_by(Merge.id.desc()):
        operations.unmerge(merge=made, actor=COMMAND)
    assert everything() == before

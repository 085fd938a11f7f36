"""Several people change lists at the same moment."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from flask import Flask

from coordinator.actors import COMMAND
from coordinator.errors import RuleBroken
from coordinator.extensions import db
from coordinator.lists import operations, queries
from tests.factories import OrganizationFactory
from tests.lists.parts import group


def test_four_who_add_the_same_add_each_once(app: Flask) -> None:
    ones = [OrganizationFactory(name=f"Kuruluş {n}") for n in range(6)]
    board = group(name="Kurul")
    db.session.commit()
    address, wanted = board.public_id, [one.public_id for one in ones]
    db.session.remove()
    start = Barrier(4)

    def add(number: int) -> int:
        with app.app_context():
            start.wait()
            found = queries.find(address)
            assert found is not None
            mine = queries.organizations(wanted[number : number + 3])
            new = operations.add(group=found, organizations=mine, actor=COMMAND)
            db.session.commit()
            return new

    with ThreadPoolExecutor(4) as people:
        added = sum(people.map(add, range(4)))
    assert added == 6
    found = queries.find(address)
    assert found is not None
    assert len(queries.member_ids(found)) == 6


def test_a_name_that_four_choose_is_one_list(app: Flask) -> None:
    db.session.remove()
    start = Barrier(4)

    def make(_number: int) -> bool:
        with app.app_context():
            start.wait()
            try:
                operations.new_group(name="Kurul", description="", actor=COMMAND)
                db.session.commit()
            except RuleBroken:
                db.session.rollback()
                return False
            return True

    with ThreadPoolExecutor(4) as people:
        assert sum(people.map(make, range(4))) == 1
    assert queries.names() == ["Kurul"]


def test_who_adds_while_another_deletes_is_told(app: Flask) -> None:
    one = OrganizationFactory()
    board = group(name="Kurul")
    db.session.commit()
    address, wanted = board.public_id, one.public_id
    db.session.remove()
    start = Barrier(2)

    def add() -> str:
        with app.app_context():
            found = queries.find(address)
            mine = queries.organizations([wanted])
            start.wait()
            try:
                assert found is not None
                operations.add(group=found, organizations=mine, actor=COMMAND)
                db.session.commit()
            except RuleBroken:
                db.session.rollback()
                return "told"
            return "added"

    def delete() -> str:
        with app.app_context():
            start.wait()
            found = queries.find(address)
            assert found is not None
            operations.delete(one=found, version=found.version, actor=COMMAND)
            db.session.commit()
            return "deleted"

    with ThreadPoolExecutor(2) as people:
        done = [people.submit(add), people.submit(delete)]
        said = {one.result() for one in done}
    assert "deleted" in said
    assert said <= {"told", "added", "deleted"}
    assert queries.find(address) is None

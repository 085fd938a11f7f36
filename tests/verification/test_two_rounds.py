"""Two rounds at a time ask nobody twice."""

from flask import Flask

from coordinator.actors import COMMAND
from coordinator.extensions import db
from coordinator.verification import operations, queries
from tests.verification.parts import letters, organization, prepared, sent


def test_who_is_being_asked_is_not_asked_by_another_round(app: Flask) -> None:
    organization("Ada")
    first = sent()
    second = prepared()
    assert queries.plan_of(second).organizations == 0
    organization("Ova", email="ova@k.example")
    assert queries.plan_of(second).letters == 1
    operations.send(round_=second, actor=COMMAND)
    assert len(letters()) == 2
    operations.close_round(round_=first, actor=COMMAND)
    db.session.commit()
    assert queries.plan_of(second).letters == 1

"""Two people press the same button at the same moment."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from flask import Flask

from coordinator.days import operations, queries
from coordinator.extensions import db
from tests.factories import special_day
from tests.meetings.people import ACTOR


def test_a_window_pressed_by_four_is_opened_once(app: Flask) -> None:
    db.session.remove()
    start = Barrier(4)

    def press(_number: int) -> str:
        with app.app_context():
            start.wait()
            window = operations.open_window(special_day(), 2027, ACTOR)
            public_id = window.public_id
            db.session.commit()
            return public_id

    with ThreadPoolExecutor(4) as people:
        opened = set(people.map(press, range(4)))
    assert opened == {one.public_id for one in queries.windows()}
    assert len(opened) == 1

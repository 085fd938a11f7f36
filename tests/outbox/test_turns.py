"""Taking the next letter costs the same however many wait."""

from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from coordinator import clock
from coordinator.extensions import db
from coordinator.outbox import statements as say


@pytest.mark.parametrize("name", ["DUE", "NEXT_TURN", "CLAIM"])
def test_letters_are_taken_in_the_order_of_their_index(app: Flask, name: str) -> None:
    postgres = db.engine.dialect.name == "postgresql"
    asked = say.CLAIM_SKIPPING if (name, postgres) == ("CLAIM", True) else getattr(say, name)
    times = {"moment": clock.now(), "later": clock.now() + timedelta(minutes=5), "most": 1}
    seen: list[tuple[str, Any]] = []

    def note(_c: Any, _cursor: Any, statement: str, parameters: Any, *_more: Any) -> None:
        seen.append((statement, parameters))

    with db.engine.connect() as connection:
        if postgres:  # its few rows would be read one after the other
            connection.exec_driver_sql("SET LOCAL enable_seqscan = off")
            connection.exec_driver_sql("SET LOCAL enable_sort = off")
        sa.event.listen(connection, "before_cursor_execute", note)
        connection.execute(
            asked, {key: times[key] for key in asked.compile().params if key in times}
        )
        sa.event.remove(connection, "before_cursor_execute", note)
        statement, parameters = seen[-1]
        explain = "EXPLAIN" if postgres else "EXPLAIN QUERY PLAN"
        rows = connection.exec_driver_sql(f"{explain} {statement}", parameters).all()
        plan = "\n".join(str(row[-1]) for row in rows)
        connection.rollback()
    assert "ix_letter_turn" in plan, plan
    assert "TEMP B-TREE" not in plan, plan

"""Lists that nobody saved are forgotten after a week: they hold people's addresses."""

from datetime import timedelta

import pytest
import sqlalchemy as sa
from flask import Flask

from coordinator import clock, jobs
from coordinator.extensions import db
from coordinator.registry.models import ImportBatch, ImportRow, ImportState
from tests.browser import Browser
from tests.registry.lists import lines
from tests.registry.uploads import batch, count, preview


@pytest.mark.parametrize(("days", "forgotten"), [(6, False), (8, True)])
def test_though_nobody_loads_another(
    app: Flask, staff: Browser, days: int, forgotten: bool
) -> None:
    preview(staff, lines("Ada Derneği;Su;su@b.example"))
    long_ago = clock.now() - timedelta(days=days)
    db.session.execute(sa.update(ImportBatch).values(created_at=long_ago))
    db.session.commit()
    job = jobs.of(app).jobs["registry.old_lists"]
    assert (job.hour, job.minute) == ("3", "0")
    job.run()
    db.session.rollback()
    assert (batch().state is ImportState.DROPPED) is forgotten
    assert (batch().rows == []) is forgotten
    assert (count(ImportRow) == 0) is forgotten

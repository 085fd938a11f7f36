"""The migrations build what the models say, on both databases, up and down."""

import sqlalchemy as sa
from alembic.script import ScriptDirectory
from flask import Flask
from flask_migrate import Migrate, check, downgrade, upgrade

from coordinator.extensions import db


def test_there_is_one_head(app: Flask) -> None:
    migrate: Migrate = app.extensions["migrate"].migrate
    assert len(ScriptDirectory.from_config(migrate.get_config()).get_heads()) == 1


def test_models_and_migrations_agree(app: Flask) -> None:
    check()


def test_down_and_up_again_leaves_the_shipped_lists(app: Flask) -> None:
    db.session.remove()
    counts = {"special_day": 47, "district": 30, "work_area": 25, "target_group": 16}
    downgrade(revision="base")
    assert sa.inspect(db.engine).get_table_names() == ["alembic_version"]
    upgrade()
    for table, count in counts.items():
        found = db.session.execute(sa.select(sa.func.count()).select_from(sa.table(table)))
        assert found.scalar_one() == count

"""What tests of merging share: a merge with every choice left safe, and a picture of all tables."""

import json
from typing import Any

import sqlalchemy as sa

from coordinator.actors import COMMAND
from coordinator.duplicates import operations
from coordinator.duplicates.facts import Choices
from coordinator.duplicates.models import Merge
from coordinator.extensions import db
from coordinator.records import Base
from coordinator.registry.models import Organization

NOT_COMPARED = {"audit_line", "merge", "alembic_version"}
NEVER_THE_SAME = {"updated_at", "version"}


def merge(kept: Organization, other: Organization, **choices: Any) -> Merge:
    """Merge the two with all safe choices but those given, and commit."""
    made = operations.merge(kept=kept, other=other, choices=Choices(**choices), actor=COMMAND)
    db.session.commit()
    return made


def unmerge(made: Merge) -> None:
    operations.unmerge(merge=made, actor=COMMAND)
    db.session.commit()


def everything() -> dict[str, list[str]]:
    """Return every row of every table, without what a save changes by itself."""
    db.session.commit()
    return {
        table.name: sorted(
            json.dumps(
                {k: str(v) for k, v in row._mapping.items() if k not in NEVER_THE_SAME},
                ensure_ascii=False,
            )
            for row in db.session.execute(sa.select(table))
        )
        for table in Base.metadata.sorted_tables
        if table.name not in NOT_COMPARED
    }

"""The imports of late: what somebody may go on with, and what became of the others."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from coordinator.accounts.models import User
from coordinator.extensions import db
from coordinator.registry.importing.permissions import may_go_on
from coordinator.registry.models import AT_WORK, OPEN, ImportBatch, ImportState

MOST = 10


@dataclass(frozen=True)
class Import:
    """An import as the list of recent ones shows it."""

    batch: ImportBatch
    who: str
    mine: bool
    """May the reader go on with it?"""

    @property
    def moment(self) -> datetime:
        return self.batch.applied_at or self.batch.created_at

    @property
    def is_open(self) -> bool:
        return self.batch.state in (*OPEN, *AT_WORK)

    @property
    def result(self) -> dict[str, Any]:
        return dict(self.batch.result)


def recent(reader: User) -> list[Import]:
    """Return the latest imports that were not dropped, whoever loaded them."""
    return [
        Import(batch, name or "", may_go_on(reader, batch))
        for batch, name in db.session.execute(
            sa.select(ImportBatch, User.full_name)
            .outerjoin(User, User.id == ImportBatch.created_by_id)
            .where(ImportBatch.state != ImportState.DROPPED)
            .order_by(ImportBatch.id.desc())
            .limit(MOST)
        )
    ]


def waiting(reader: User) -> int:
    """Return how many imports the reader began and did not end."""
    count = sa.select(sa.func.count()).select_from(ImportBatch)
    states = (*AT_WORK, ImportState.READY, ImportState.FAILED)
    mine = sa.and_(ImportBatch.created_by_id == reader.id, ImportBatch.state.in_(states))
    return db.session.scalar(count.where(mine)) or 0

"""Lists that ship with the application: districts, fields of work, special days"""

import csv
from datetime import UTC, datetime
from pathlib import Path

import sqlalchemy as sa
from alembic import op

from coordinator import turkish
from coordinator.records import UtcDateTime, new_public_id

revision = "0009"
down_revision = "0008"

DATA = Path(__file__).parents[2] / "coordinator"
MOMENT = datetime(2026, 11, 1, tzinfo=UTC)


def rows(name):
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def table(name, *columns):
    return sa.table(
        name,
        *(sa.column(column) for column in columns),
        sa.column("created_at", UtcDateTime),
        sa.column("updated_at", UtcDateTime),
    )


def upgrade():
    times = {"created_at": MOMENT, "updated_at": MOMENT}
    op.bulk_insert(
        table("district", "slug", "name", "aliases", "sort_key"),
        [
            {**row, **times, "sort_key": turkish.sort_key(row["name"])}
            for row in rows("registry/data/districts.csv")
        ],
    )
    op.bulk_insert(
        table("work_area", "code", "name_tr", "name_en", "order_no", "retired"),
        [
            {**row, **times, "order_no": number, "retired": False}
            for number, row in enumerate(rows("registry/data/work_areas.csv"), 1)
        ],
    )
    columns = (
        "public_id", "key", "slug", "month", "day_or_rule", "length_days", "name_tr", "name_en",
        "theme", "lead_days", "is_active", "source", "part_of_id", "version",
    )  # fmt: skip
    days = table("special_day", *columns)
    shipped = rows("days/data/special_days.csv")
    for row in shipped:
        row.update(
            times,
            public_id=new_public_id(),
            month=int(row["month"]),
            length_days=int(row["length_days"]),
            lead_days=30,
            is_active=True,
            version=1,
            part_of_id=None,
        )
    op.bulk_insert(days, [{k: v for k, v in row.items() if k != "part_of"} for row in shipped])
    for row in (row for row in shipped if row["part_of"]):
        whole = sa.select(sa.column("id")).select_from(sa.table("special_day"))
        whole = whole.where(sa.column("key") == row["part_of"]).scalar_subquery()
        id_of_whole = op.get_bind().execute(sa.select(whole)).scalar_one()
        op.execute(days.update().where(days.c.key == row["key"]).values(part_of_id=id_of_whole))


def downgrade():
    for name in ("special_day", "work_area", "district"):
        op.execute(sa.table(name).delete())

"""Registry: target groups, former names, umbrellas, and more facts"""

import csv
from datetime import UTC, datetime
from pathlib import Path

import sqlalchemy as sa
from alembic import op

import coordinator.records

revision = "0010"
down_revision = "0009"

DATA = Path(__file__).parents[2] / "coordinator/registry/data"
MOMENT = datetime(2026, 11, 21, tzinfo=UTC)


def upgrade():
    op.create_table(
        "target_group",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("merged_into_id", sa.Integer(), nullable=True),
        sa.Column("code", sa.String(length=30), nullable=False),
        sa.Column("name_tr", sa.String(length=100), nullable=False),
        sa.Column("name_en", sa.String(length=100), nullable=False),
        sa.Column("order_no", sa.Integer(), nullable=False),
        sa.Column("retired", sa.Boolean(), nullable=False),
        sa.Column("created_at", coordinator.records.UtcDateTime(timezone=True), nullable=False),
        sa.Column("updated_at", coordinator.records.UtcDateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["merged_into_id"],
            ["target_group.id"],
            name=op.f("fk_target_group_merged_into_id_target_group"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_target_group")),
        sa.UniqueConstraint("code", name=op.f("uq_target_group_code")),
    )
    op.create_table(
        "organization_name",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("organization_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "former",
                "merged",
                name="kind",
                native_enum=False,
                create_constraint=True,
                length=30,
            ),
            nullable=False,
        ),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("created_at", coordinator.records.UtcDateTime(timezone=True), nullable=False),
        sa.Column("updated_at", coordinator.records.UtcDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["organization_id"],
            ["organization.id"],
            name=op.f("fk_organization_name_organization_id_organization"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_organization_name")),
    )
    with op.batch_alter_table("organization_name", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_organization_name_organization_id"), ["organization_id"], unique=False
        )

    op.create_table(
        "organization_target_group",
        sa.Column("organization_id", sa.Integer(), nullable=False),
        sa.Column("target_group_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organization_id"],
            ["organization.id"],
            name=op.f("fk_organization_target_group_organization_id_organization"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["target_group_id"],
            ["target_group.id"],
            name=op.f("fk_organization_target_group_target_group_id_target_group"),
        ),
        sa.PrimaryKeyConstraint(
            "organization_id", "target_group_id", name=op.f("pk_organization_target_group")
        ),
    )
    with op.batch_alter_table("organization_target_group", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_organization_target_group_target_group_id_organization_id"),
            ["target_group_id", "organization_id"],
            unique=False,
        )

    op.create_table(
        "organization_umbrella",
        sa.Column("organization_id", sa.Integer(), nullable=False),
        sa.Column("umbrella_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organization_id"],
            ["organization.id"],
            name=op.f("fk_organization_umbrella_organization_id_organization"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["umbrella_id"],
            ["organization.id"],
            name=op.f("fk_organization_umbrella_umbrella_id_organization"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint(
            "organization_id", "umbrella_id", name=op.f("pk_organization_umbrella")
        ),
    )
    with op.batch_alter_table("organization_umbrella", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_organization_umbrella_umbrella_id_organization_id"),
            ["umbrella_id", "organization_id"],
            unique=False,
        )

    with op.batch_alter_table("contact", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column(
                "relation_kind",
                sa.Enum(
                    "contact",
                    "authorised",
                    name="relation_kind",
                    native_enum=False,
                    create_constraint=True,
                    length=30,
                ),
                server_default="contact",
                nullable=False,
            )
        )
        batch_op.add_column(
            sa.Column("is_deputy", sa.Boolean(), server_default=sa.false(), nullable=False)
        )
        batch_op.add_column(sa.Column("active_from", sa.Date(), nullable=True))

    with op.batch_alter_table("organization", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("tax_no", sa.String(length=20), server_default="", nullable=False)
        )
        batch_op.add_column(
            sa.Column("public_benefit", sa.Boolean(), server_default=sa.false(), nullable=False)
        )
        batch_op.add_column(
            sa.Column("tax_exempt", sa.Boolean(), server_default=sa.false(), nullable=False)
        )
        batch_op.add_column(sa.Column("parent_id", sa.Integer(), nullable=True))
        batch_op.add_column(
            sa.Column("kep", sa.String(length=254), server_default="", nullable=False)
        )
        batch_op.add_column(sa.Column("protocol_order", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("merged_into_id", sa.Integer(), nullable=True))
        batch_op.create_index(
            batch_op.f("ix_organization_merged_into_id"), ["merged_into_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_organization_parent_id"), ["parent_id"], unique=False)
        batch_op.create_foreign_key(
            batch_op.f("fk_organization_parent_id_organization"),
            "organization",
            ["parent_id"],
            ["id"],
        )
        batch_op.create_foreign_key(
            batch_op.f("fk_organization_merged_into_id_organization"),
            "organization",
            ["merged_into_id"],
            ["id"],
        )

    with op.batch_alter_table("work_area", schema=None) as batch_op:
        batch_op.add_column(sa.Column("merged_into_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("version", sa.Integer(), server_default="1", nullable=False))
        batch_op.create_foreign_key(
            batch_op.f("fk_work_area_merged_into_id_work_area"),
            "work_area",
            ["merged_into_id"],
            ["id"],
        )

    times = {"created_at": MOMENT, "updated_at": MOMENT}
    with (DATA / "target_groups.csv").open(encoding="utf-8", newline="") as file:
        shipped = list(csv.DictReader(file))
    op.bulk_insert(
        sa.table(
            "target_group",
            *map(sa.column, ("code", "name_tr", "name_en", "order_no", "retired", "version")),
            sa.column("created_at", coordinator.records.UtcDateTime),
            sa.column("updated_at", coordinator.records.UtcDateTime),
        ),
        [
            {**row, **times, "order_no": number, "retired": False, "version": 1}
            for number, row in enumerate(shipped, 1)
        ],
    )


def downgrade():
    with op.batch_alter_table("work_area", schema=None) as batch_op:
        batch_op.drop_constraint(
            batch_op.f("fk_work_area_merged_into_id_work_area"), type_="foreignkey"
        )
        batch_op.drop_column("version")
        batch_op.drop_column("merged_into_id")

    with op.batch_alter_table("organization", schema=None) as batch_op:
        batch_op.drop_constraint(
            batch_op.f("fk_organization_merged_into_id_organization"), type_="foreignkey"
        )
        batch_op.drop_constraint(
            batch_op.f("fk_organization_parent_id_organization"), type_="foreignkey"
        )
        batch_op.drop_index(batch_op.f("ix_organization_parent_id"))
        batch_op.drop_index(batch_op.f("ix_organization_merged_into_id"))
        batch_op.drop_column("merged_into_id")
        batch_op.drop_column("protocol_order")
        batch_op.drop_column("kep")
        batch_op.drop_column("parent_id")
        batch_op.drop_column("tax_exempt")
        batch_op.drop_column("public_benefit")
        batch_op.drop_column("tax_no")

    with op.batch_alter_table("contact", schema=None) as batch_op:
        batch_op.drop_constraint(op.f("ck_contact_relation_kind"), type_="check")
        batch_op.drop_column("active_from")
        batch_op.drop_column("is_deputy")
        batch_op.drop_column("relation_kind")

    with op.batch_alter_table("organization_umbrella", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_organization_umbrella_umbrella_id_organization_id"))

    op.drop_table("organization_umbrella")
    with op.batch_alter_table("organization_target_group", schema=None) as batch_op:
        batch_op.drop_index(
            batch_op.f("ix_organization_target_group_target_group_id_organization_id")
        )

    op.drop_table("organization_target_group")
    with op.batch_alter_table("organization_name", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_organization_name_organization_id"))

    op.drop_table("organization_name")
    op.drop_table("target_group")

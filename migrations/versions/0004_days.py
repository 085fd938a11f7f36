"""Special days and their windows"""

import sqlalchemy as sa
from alembic import op

import coordinator.records

revision = "0004"
down_revision = "0003"


def upgrade():
    op.create_table(
        "closed_day",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("on_day", sa.Date(), nullable=False),
        sa.Column("half_day", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.String(length=200), nullable=False),
        sa.Column("created_at", coordinator.records.UtcDateTime(timezone=True), nullable=False),
        sa.Column("updated_at", coordinator.records.UtcDateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_closed_day")),
        sa.UniqueConstraint("on_day", name=op.f("uq_closed_day_on_day")),
    )
    op.create_table(
        "special_day",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=12), nullable=False),
        sa.Column("key", sa.String(length=60), nullable=False),
        sa.Column("slug", sa.String(length=60), nullable=False),
        sa.Column("month", sa.Integer(), nullable=False),
        sa.Column("day_or_rule", sa.String(length=12), nullable=False),
        sa.Column("length_days", sa.Integer(), nullable=False),
        sa.Column("name_tr", sa.String(length=200), nullable=False),
        sa.Column("name_en", sa.String(length=200), nullable=False),
        sa.Column(
            "theme",
            sa.Enum(
                "women_rights",
                "violence",
                "girls",
                "child_rights",
                "education",
                "economy",
                "health",
                "participation",
                "rural",
                "care",
                "disability",
                "older_people",
                "family",
                "youth",
                "diversity",
                "migration",
                "human_rights",
                "national",
                "local",
                name="theme",
                native_enum=False,
                create_constraint=True,
                length=30,
            ),
            nullable=False,
        ),
        sa.Column("lead_days", sa.Integer(), nullable=False),
        sa.Column("is_active", sa.Boolean(), nullable=False),
        sa.Column("source", sa.String(length=300), nullable=False),
        sa.Column("part_of_id", sa.Integer(), nullable=True),
        sa.Column("created_at", coordinator.records.UtcDateTime(timezone=True), nullable=False),
        sa.Column("updated_at", coordinator.records.UtcDateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["part_of_id"], ["special_day.id"], name=op.f("fk_special_day_part_of_id_special_day")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_special_day")),
        sa.UniqueConstraint("key", name=op.f("uq_special_day_key")),
        sa.UniqueConstraint("public_id", name=op.f("uq_special_day_public_id")),
        sa.UniqueConstraint("slug", name=op.f("uq_special_day_slug")),
    )
    op.create_table(
        "day_window",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=12), nullable=False),
        sa.Column("special_day_id", sa.Integer(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("length_days", sa.Integer(), nullable=False),
        sa.Column("call_from", sa.Date(), nullable=False),
        sa.Column("call_until", sa.Date(), nullable=False),
        sa.Column("meeting_around", sa.Date(), nullable=False),
        sa.Column("programme_from", sa.Date(), nullable=False),
        sa.Column("programme_until", sa.Date(), nullable=False),
        sa.Column("evaluation_until", sa.Date(), nullable=False),
        sa.Column("feed_key", sa.String(length=12), nullable=False),
        sa.Column("created_at", coordinator.records.UtcDateTime(timezone=True), nullable=False),
        sa.Column("updated_at", coordinator.records.UtcDateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["special_day_id"],
            ["special_day.id"],
            name=op.f("fk_day_window_special_day_id_special_day"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_day_window")),
        sa.UniqueConstraint("feed_key", name=op.f("uq_day_window_feed_key")),
        sa.UniqueConstraint("public_id", name=op.f("uq_day_window_public_id")),
        sa.UniqueConstraint(
            "special_day_id", "year", name=op.f("uq_day_window_special_day_id_year")
        ),
    )
    with op.batch_alter_table("day_window", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_day_window_starts_on"), ["starts_on"], unique=False)


def downgrade():
    with op.batch_alter_table("day_window", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_day_window_starts_on"))

    op.drop_table("day_window")
    op.drop_table("special_day")
    op.drop_table("closed_day")

"""Merged records, and pairs that are two after all"""

import sqlalchemy as sa
from alembic import op

import coordinator.records

revision = "0013"
down_revision = "0012"


def upgrade():
    op.create_table(
        "distinct_organizations",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("first_id", sa.Integer(), nullable=False),
        sa.Column("second_id", sa.Integer(), nullable=False),
        sa.Column("created_at", coordinator.records.UtcDateTime(timezone=True), nullable=False),
        sa.Column("updated_at", coordinator.records.UtcDateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "first_id < second_id", name=op.f("ck_distinct_organizations_first_is_lower")
        ),
        sa.ForeignKeyConstraint(
            ["first_id"],
            ["organization.id"],
            name=op.f("fk_distinct_organizations_first_id_organization"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["second_id"],
            ["organization.id"],
            name=op.f("fk_distinct_organizations_second_id_organization"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_distinct_organizations")),
        sa.UniqueConstraint(
            "first_id", "second_id", name=op.f("uq_distinct_organizations_first_id_second_id")
        ),
    )
    with op.batch_alter_table("distinct_organizations", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_distinct_organizations_second_id"), ["second_id"], unique=False
        )

    op.create_table(
        "merge",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=12), nullable=False),
        sa.Column("kept_id", sa.Integer(), nullable=False),
        sa.Column("other_id", sa.Integer(), nullable=False),
        sa.Column("journal", sa.JSON(), nullable=False),
        sa.Column("made_by_id", sa.Integer(), nullable=True),
        sa.Column("undone_at", coordinator.records.UtcDateTime(timezone=True), nullable=True),
        sa.Column("created_at", coordinator.records.UtcDateTime(timezone=True), nullable=False),
        sa.Column("updated_at", coordinator.records.UtcDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["kept_id"],
            ["organization.id"],
            name=op.f("fk_merge_kept_id_organization"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["made_by_id"], ["user_account.id"], name=op.f("fk_merge_made_by_id_user_account")
        ),
        sa.ForeignKeyConstraint(
            ["other_id"],
            ["organization.id"],
            name=op.f("fk_merge_other_id_organization"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_merge")),
        sa.UniqueConstraint("public_id", name=op.f("uq_merge_public_id")),
    )
    with op.batch_alter_table("merge", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_merge_kept_id"), ["kept_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_merge_other_id"), ["other_id"], unique=False)


def downgrade():
    with op.batch_alter_table("merge", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_merge_other_id"))
        batch_op.drop_index(batch_op.f("ix_merge_kept_id"))

    op.drop_table("merge")
    with op.batch_alter_table("distinct_organizations", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_distinct_organizations_second_id"))

    op.drop_table("distinct_organizations")

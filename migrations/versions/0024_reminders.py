"""Letters that go out by themselves before a meeting"""

import sqlalchemy as sa
from alembic import op

import coordinator.records

revision = "0024"
down_revision = "0023"


def upgrade():
    op.create_table(
        "reminder_rule",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=12), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column(
            "aim",
            sa.Enum(
                "silent",
                "names",
                "coming",
                name="aim",
                native_enum=False,
                create_constraint=True,
                length=30,
            ),
            nullable=False,
        ),
        sa.Column("days", sa.Integer(), nullable=False),
        sa.Column(
            "before",
            sa.Enum(
                "deadline",
                "meeting",
                name="before",
                native_enum=False,
                create_constraint=True,
                length=30,
            ),
            nullable=False,
        ),
        sa.Column("hour", sa.Integer(), nullable=False),
        sa.Column("is_on", sa.Boolean(), nullable=False),
        sa.Column("done_for", coordinator.records.UtcDateTime(timezone=True), nullable=True),
        sa.Column("created_at", coordinator.records.UtcDateTime(timezone=True), nullable=False),
        sa.Column("updated_at", coordinator.records.UtcDateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("days between 0 and 60", name=op.f("ck_reminder_rule_days_in_bounds")),
        sa.CheckConstraint("hour between 8 and 19", name=op.f("ck_reminder_rule_hour_in_bounds")),
        sa.ForeignKeyConstraint(
            ["meeting_id"],
            ["meeting.id"],
            name=op.f("fk_reminder_rule_meeting_id_meeting"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reminder_rule")),
        sa.UniqueConstraint("public_id", name=op.f("uq_reminder_rule_public_id")),
    )
    with op.batch_alter_table("reminder_rule", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_reminder_rule_meeting_id"), ["meeting_id"], unique=False
        )


def downgrade():
    with op.batch_alter_table("reminder_rule", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_reminder_rule_meeting_id"))
    op.drop_table("reminder_rule")

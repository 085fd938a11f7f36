"""Letters that came back, addresses on hold, and who wants no round letters"""

import sqlalchemy as sa
from alembic import op

import coordinator.records

revision = "0019"
down_revision = "0018"

BEFORE = ("queued", "sending", "sent", "deferred", "failed", "cancelled")
ENDS = (("letter", "state"), ("delivery_attempt", "outcome"))


def _allow(table, column, values):
    """Let the column hold these codes."""
    listed = ", ".join(f"'{value}'" for value in values)
    with op.batch_alter_table(table, schema=None) as batch_op:
        name = batch_op.f(f"ck_{table}_{column}")
        batch_op.drop_constraint(name, type_="check")
        batch_op.create_check_constraint(name, f"{column} IN ({listed})")


def upgrade():
    op.create_table(
        "opt_out",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("address", sa.String(length=254), nullable=False),
        sa.Column("since", coordinator.records.UtcDateTime(timezone=True), nullable=False),
        sa.Column("via", sa.String(length=30), nullable=False),
        sa.Column("ended_at", coordinator.records.UtcDateTime(timezone=True), nullable=True),
        sa.Column("created_at", coordinator.records.UtcDateTime(timezone=True), nullable=False),
        sa.Column("updated_at", coordinator.records.UtcDateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_opt_out")),
        sa.UniqueConstraint("address", name=op.f("uq_opt_out_address")),
    )
    op.create_table(
        "held_address",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("address", sa.String(length=254), nullable=False),
        sa.Column("held_at", coordinator.records.UtcDateTime(timezone=True), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("letter_id", sa.Integer(), nullable=True),
        sa.Column("released_at", coordinator.records.UtcDateTime(timezone=True), nullable=True),
        sa.Column("released_by", sa.String(length=200), nullable=False),
        sa.Column("created_at", coordinator.records.UtcDateTime(timezone=True), nullable=False),
        sa.Column("updated_at", coordinator.records.UtcDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["letter_id"],
            ["letter.id"],
            name=op.f("fk_held_address_letter_id_letter"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_held_address")),
        sa.UniqueConstraint("address", name=op.f("uq_held_address_address")),
    )
    with op.batch_alter_table("held_address", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_held_address_letter_id"), ["letter_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_held_address_released_at"), ["released_at"], unique=False
        )
    with op.batch_alter_table("letter", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column(
                "is_answered_by_mail", sa.Boolean(), server_default=sa.false(), nullable=False
            )
        )
        batch_op.add_column(
            sa.Column("is_round", sa.Boolean(), server_default=sa.false(), nullable=False)
        )
        batch_op.add_column(
            sa.Column("bounced_at", coordinator.records.UtcDateTime(timezone=True), nullable=True)
        )
        batch_op.add_column(
            sa.Column("delayed_at", coordinator.records.UtcDateTime(timezone=True), nullable=True)
        )
        batch_op.add_column(
            sa.Column(
                "called_back_at", coordinator.records.UtcDateTime(timezone=True), nullable=True
            )
        )
    with op.batch_alter_table("delivery_attempt", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("is_try", sa.Boolean(), server_default=sa.false(), nullable=False)
        )
    for table, column in ENDS:
        _allow(table, column, (*BEFORE, "bounced"))


def downgrade():
    op.execute("UPDATE letter SET state = 'failed' WHERE state = 'bounced'")
    op.execute("UPDATE delivery_attempt SET outcome = 'failed' WHERE outcome = 'bounced'")
    for table, column in ENDS:
        _allow(table, column, BEFORE)
    with op.batch_alter_table("delivery_attempt", schema=None) as batch_op:
        batch_op.drop_column("is_try")
    with op.batch_alter_table("letter", schema=None) as batch_op:
        batch_op.drop_column("called_back_at")
        batch_op.drop_column("delayed_at")
        batch_op.drop_column("bounced_at")
        batch_op.drop_column("is_round")
        batch_op.drop_column("is_answered_by_mail")
    with op.batch_alter_table("held_address", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_held_address_released_at"))
        batch_op.drop_index(batch_op.f("ix_held_address_letter_id"))
    op.drop_table("held_address")
    op.drop_table("opt_out")

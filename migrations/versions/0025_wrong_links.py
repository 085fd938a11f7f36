"""Links that led nowhere, counted by machine"""

import sqlalchemy as sa
from alembic import op

import coordinator.records

revision = "0025"
down_revision = "0024"


def upgrade():
    op.create_table(
        "wrong_link",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("machine_hash", sa.String(length=64), nullable=False),
        sa.Column("created_at", coordinator.records.UtcDateTime(timezone=True), nullable=False),
        sa.Column("updated_at", coordinator.records.UtcDateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_wrong_link")),
    )
    with op.batch_alter_table("wrong_link", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_wrong_link_machine_hash_created_at"), ["machine_hash", "created_at"]
        )
        batch_op.create_index(batch_op.f("ix_wrong_link_created_at"), ["created_at"])


def downgrade():
    with op.batch_alter_table("wrong_link", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_wrong_link_created_at"))
        batch_op.drop_index(batch_op.f("ix_wrong_link_machine_hash_created_at"))
    op.drop_table("wrong_link")

"""Mail that arrived"""

import sqlalchemy as sa
from alembic import op

import coordinator.records

revision = "0020"
down_revision = "0019"


def upgrade():
    op.create_table(
        "inbox_message",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=12), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("message_id", sa.String(length=998), nullable=False),
        sa.Column("written_at", coordinator.records.UtcDateTime(timezone=True), nullable=True),
        sa.Column("sender_name", sa.String(length=200), nullable=False),
        sa.Column("sender_address", sa.String(length=254), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("raw", sa.LargeBinary(), nullable=True),
        sa.Column(
            "kind",
            sa.Enum(
                "answer",
                "bounce",
                "delayed",
                "automatic",
                "human",
                "unmatched",
                name="kind",
                native_enum=False,
                create_constraint=True,
                length=30,
            ),
            nullable=False,
        ),
        sa.Column("letter_id", sa.Integer(), nullable=True),
        sa.Column("outcome", sa.String(length=40), nullable=False),
        sa.Column("details", sa.JSON(), nullable=False),
        sa.Column("seen_at", coordinator.records.UtcDateTime(timezone=True), nullable=True),
        sa.Column("seen_by", sa.String(length=200), nullable=False),
        sa.Column("created_at", coordinator.records.UtcDateTime(timezone=True), nullable=False),
        sa.Column("updated_at", coordinator.records.UtcDateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["letter_id"],
            ["letter.id"],
            name=op.f("fk_inbox_message_letter_id_letter"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_inbox_message")),
        sa.UniqueConstraint("digest", name=op.f("uq_inbox_message_digest")),
        sa.UniqueConstraint("public_id", name=op.f("uq_inbox_message_public_id")),
    )
    with op.batch_alter_table("inbox_message", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_inbox_message_created_at"), ["created_at"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_inbox_message_letter_id"), ["letter_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_inbox_message_seen_at"), ["seen_at"], unique=False)


def downgrade():
    with op.batch_alter_table("inbox_message", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_inbox_message_seen_at"))
        batch_op.drop_index(batch_op.f("ix_inbox_message_letter_id"))
        batch_op.drop_index(batch_op.f("ix_inbox_message_created_at"))
    op.drop_table("inbox_message")

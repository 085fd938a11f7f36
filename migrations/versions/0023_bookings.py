"""Services ordered for a meeting"""

import sqlalchemy as sa
from alembic import op

import coordinator.records

revision = "0023"
down_revision = "0022"


def upgrade():
    op.create_table(
        "service_booking",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=12), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column(
            "need",
            sa.Enum(
                "sign_language",
                "childcare",
                "wheelchair",
                "transport",
                "captions",
                "large_print",
                "easy_text",
                "baby_room",
                "language",
                "front_seat",
                "companion",
                "diet",
                "other",
                name="need",
                native_enum=False,
                create_constraint=True,
                length=30,
            ),
            nullable=False,
        ),
        sa.Column(
            "state",
            sa.Enum(
                "to_order",
                "ordered",
                "confirmed",
                "not_needed",
                name="state",
                native_enum=False,
                create_constraint=True,
                length=30,
            ),
            nullable=False,
        ),
        sa.Column("quantity", sa.Integer(), nullable=True),
        sa.Column("needed", sa.Integer(), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("responsible_id", sa.Integer(), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("note", sa.String(length=500), nullable=False),
        sa.Column("created_at", coordinator.records.UtcDateTime(timezone=True), nullable=False),
        sa.Column("updated_at", coordinator.records.UtcDateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("quantity >= 0", name=op.f("ck_service_booking_quantity_not_negative")),
        sa.ForeignKeyConstraint(
            ["meeting_id"],
            ["meeting.id"],
            name=op.f("fk_service_booking_meeting_id_meeting"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["responsible_id"],
            ["user_account.id"],
            name=op.f("fk_service_booking_responsible_id_user_account"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_service_booking")),
        sa.UniqueConstraint("meeting_id", "need", name=op.f("uq_service_booking_meeting_id_need")),
        sa.UniqueConstraint("public_id", name=op.f("uq_service_booking_public_id")),
    )
    with op.batch_alter_table("service_booking", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_service_booking_due_on"), ["due_on"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_service_booking_responsible_id"), ["responsible_id"], unique=False
        )


def downgrade():
    with op.batch_alter_table("service_booking", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_service_booking_responsible_id"))
        batch_op.drop_index(batch_op.f("ix_service_booking_due_on"))
    op.drop_table("service_booking")

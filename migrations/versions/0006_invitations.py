"""Invitations"""

import sqlalchemy as sa
from alembic import op

import coordinator.records

revision = "0006"
down_revision = "0005"


def upgrade():
    op.create_table(
        "invitation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=12), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("organization_id", sa.Integer(), nullable=False),
        sa.Column("invited_at", coordinator.records.UtcDateTime(timezone=True), nullable=True),
        sa.Column(
            "answer",
            sa.Enum(
                "yes",
                "deputy",
                "maybe",
                "no",
                "none",
                name="answer",
                native_enum=False,
                create_constraint=True,
                length=30,
            ),
            nullable=False,
        ),
        sa.Column("people", sa.Integer(), nullable=False),
        sa.Column("attendee_names", sa.JSON(), nullable=False),
        sa.Column("access_needs", sa.JSON(), nullable=False),
        sa.Column("needs_note", sa.String(length=500), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("answered_at", coordinator.records.UtcDateTime(timezone=True), nullable=True),
        sa.Column(
            "answered_via",
            sa.Enum(
                "link",
                "account",
                "phone",
                "command",
                name="answered_via",
                native_enum=False,
                create_constraint=True,
                length=30,
            ),
            nullable=True,
        ),
        sa.Column("answered_by", sa.String(length=200), nullable=False),
        sa.Column("created_at", coordinator.records.UtcDateTime(timezone=True), nullable=False),
        sa.Column("updated_at", coordinator.records.UtcDateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("people between 0 and 50", name=op.f("ck_invitation_people_in_bounds")),
        sa.ForeignKeyConstraint(
            ["meeting_id"],
            ["meeting.id"],
            name=op.f("fk_invitation_meeting_id_meeting"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["organization_id"],
            ["organization.id"],
            name=op.f("fk_invitation_organization_id_organization"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_invitation")),
        sa.UniqueConstraint(
            "meeting_id", "organization_id", name=op.f("uq_invitation_meeting_id_organization_id")
        ),
        sa.UniqueConstraint("public_id", name=op.f("uq_invitation_public_id")),
    )
    with op.batch_alter_table("invitation", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_invitation_organization_id"), ["organization_id"], unique=False
        )

    op.create_table(
        "invitation_letter",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("invitation_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "invitation",
                "reminder",
                "receipt",
                "change",
                "cancellation",
                name="kind",
                native_enum=False,
                create_constraint=True,
                length=30,
            ),
            nullable=False,
        ),
        sa.Column("contact_id", sa.Integer(), nullable=True),
        sa.Column("letter_id", sa.Integer(), nullable=False),
        sa.Column("link_id", sa.Integer(), nullable=True),
        sa.Column("created_at", coordinator.records.UtcDateTime(timezone=True), nullable=False),
        sa.Column("updated_at", coordinator.records.UtcDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["contact_id"],
            ["contact.id"],
            name=op.f("fk_invitation_letter_contact_id_contact"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["invitation_id"],
            ["invitation.id"],
            name=op.f("fk_invitation_letter_invitation_id_invitation"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["letter_id"], ["letter.id"], name=op.f("fk_invitation_letter_letter_id_letter")
        ),
        sa.ForeignKeyConstraint(
            ["link_id"],
            ["personal_link.id"],
            name=op.f("fk_invitation_letter_link_id_personal_link"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_invitation_letter")),
        sa.UniqueConstraint("letter_id", name=op.f("uq_invitation_letter_letter_id")),
    )
    with op.batch_alter_table("invitation_letter", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_invitation_letter_invitation_id"), ["invitation_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_invitation_letter_link_id"), ["link_id"], unique=False)


def downgrade():
    with op.batch_alter_table("invitation_letter", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_invitation_letter_link_id"))
        batch_op.drop_index(batch_op.f("ix_invitation_letter_invitation_id"))

    op.drop_table("invitation_letter")
    with op.batch_alter_table("invitation", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_invitation_organization_id"))

    op.drop_table("invitation")

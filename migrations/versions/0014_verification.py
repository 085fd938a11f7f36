"""The yearly round of asking whether the records are right"""

import sqlalchemy as sa
from alembic import op

import coordinator.records

revision = "0014"
down_revision = "0013"


def upgrade():
    op.create_table(
        "verification_round",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=12), nullable=False),
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("answer_by", sa.Date(), nullable=False),
        sa.Column("scope", sa.JSON(), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.Column("sent_at", coordinator.records.UtcDateTime(timezone=True), nullable=True),
        sa.Column("closed_at", coordinator.records.UtcDateTime(timezone=True), nullable=True),
        sa.Column("created_at", coordinator.records.UtcDateTime(timezone=True), nullable=False),
        sa.Column("updated_at", coordinator.records.UtcDateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["created_by_id"],
            ["user_account.id"],
            name=op.f("fk_verification_round_created_by_id_user_account"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_verification_round")),
        sa.UniqueConstraint("public_id", name=op.f("uq_verification_round_public_id")),
    )
    op.create_table(
        "verification",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=12), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=True),
        sa.Column("organization_id", sa.Integer(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "asked",
                "confirmed",
                "proposed",
                "settled",
                "unreached",
                name="state",
                native_enum=False,
                create_constraint=True,
                length=30,
            ),
            nullable=False,
        ),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("answered_at", coordinator.records.UtcDateTime(timezone=True), nullable=True),
        sa.Column(
            "answered_via",
            sa.Enum(
                "link",
                "account",
                "staff",
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
        sa.ForeignKeyConstraint(
            ["organization_id"],
            ["organization.id"],
            name=op.f("fk_verification_organization_id_organization"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["round_id"],
            ["verification_round.id"],
            name=op.f("fk_verification_round_id_verification_round"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_verification")),
        sa.UniqueConstraint("public_id", name=op.f("uq_verification_public_id")),
        sa.UniqueConstraint(
            "round_id", "organization_id", name=op.f("uq_verification_round_id_organization_id")
        ),
    )
    with op.batch_alter_table("verification", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_verification_organization_id"), ["organization_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_verification_state"), ["state"], unique=False)

    op.create_table(
        "proposed_change",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("verification_id", sa.Integer(), nullable=False),
        sa.Column("contact_id", sa.Integer(), nullable=True),
        sa.Column("field", sa.String(length=40), nullable=False),
        sa.Column("before", sa.JSON(), nullable=False),
        sa.Column("after", sa.JSON(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "open",
                "accepted",
                "refused",
                name="state",
                native_enum=False,
                create_constraint=True,
                length=30,
            ),
            nullable=False,
        ),
        sa.Column("decided_at", coordinator.records.UtcDateTime(timezone=True), nullable=True),
        sa.Column("created_at", coordinator.records.UtcDateTime(timezone=True), nullable=False),
        sa.Column("updated_at", coordinator.records.UtcDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["contact_id"],
            ["contact.id"],
            name=op.f("fk_proposed_change_contact_id_contact"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["verification_id"],
            ["verification.id"],
            name=op.f("fk_proposed_change_verification_id_verification"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_proposed_change")),
    )
    with op.batch_alter_table("proposed_change", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_proposed_change_verification_id"), ["verification_id"], unique=False
        )

    op.create_table(
        "verification_letter",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("verification_id", sa.Integer(), nullable=False),
        sa.Column("contact_id", sa.Integer(), nullable=True),
        sa.Column("letter_id", sa.Integer(), nullable=False),
        sa.Column("link_id", sa.Integer(), nullable=True),
        sa.Column("created_at", coordinator.records.UtcDateTime(timezone=True), nullable=False),
        sa.Column("updated_at", coordinator.records.UtcDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["contact_id"],
            ["contact.id"],
            name=op.f("fk_verification_letter_contact_id_contact"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["letter_id"], ["letter.id"], name=op.f("fk_verification_letter_letter_id_letter")
        ),
        sa.ForeignKeyConstraint(
            ["link_id"],
            ["personal_link.id"],
            name=op.f("fk_verification_letter_link_id_personal_link"),
        ),
        sa.ForeignKeyConstraint(
            ["verification_id"],
            ["verification.id"],
            name=op.f("fk_verification_letter_verification_id_verification"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_verification_letter")),
        sa.UniqueConstraint("letter_id", name=op.f("uq_verification_letter_letter_id")),
    )
    with op.batch_alter_table("verification_letter", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_verification_letter_link_id"), ["link_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_verification_letter_verification_id"), ["verification_id"], unique=False
        )


def downgrade():
    with op.batch_alter_table("verification_letter", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_verification_letter_verification_id"))
        batch_op.drop_index(batch_op.f("ix_verification_letter_link_id"))

    op.drop_table("verification_letter")
    with op.batch_alter_table("proposed_change", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_proposed_change_verification_id"))

    op.drop_table("proposed_change")
    with op.batch_alter_table("verification", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_verification_state"))
        batch_op.drop_index(batch_op.f("ix_verification_organization_id"))

    op.drop_table("verification")
    op.drop_table("verification_round")

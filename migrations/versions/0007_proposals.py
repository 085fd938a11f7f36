"""Calls and proposals"""

import sqlalchemy as sa
from alembic import op

import coordinator.records

revision = "0007"
down_revision = "0006"


def upgrade():
    op.create_table(
        "proposal_call",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=12), nullable=False),
        sa.Column("window_id", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("opens_on", sa.Date(), nullable=False),
        sa.Column("closes_on", sa.Date(), nullable=False),
        sa.Column("created_at", coordinator.records.UtcDateTime(timezone=True), nullable=False),
        sa.Column("updated_at", coordinator.records.UtcDateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "closes_on >= opens_on", name=op.f("ck_proposal_call_closes_after_opening")
        ),
        sa.ForeignKeyConstraint(
            ["window_id"], ["day_window.id"], name=op.f("fk_proposal_call_window_id_day_window")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_proposal_call")),
        sa.UniqueConstraint("public_id", name=op.f("uq_proposal_call_public_id")),
    )
    with op.batch_alter_table("proposal_call", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_proposal_call_window_id"), ["window_id"], unique=False)

    op.create_table(
        "call_access",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("call_id", sa.Integer(), nullable=False),
        sa.Column("organization_id", sa.Integer(), nullable=False),
        sa.Column("contact_id", sa.Integer(), nullable=True),
        sa.Column("link_id", sa.Integer(), nullable=True),
        sa.Column("letter_id", sa.Integer(), nullable=True),
        sa.Column("asked_at", coordinator.records.UtcDateTime(timezone=True), nullable=True),
        sa.Column("created_at", coordinator.records.UtcDateTime(timezone=True), nullable=False),
        sa.Column("updated_at", coordinator.records.UtcDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["call_id"],
            ["proposal_call.id"],
            name=op.f("fk_call_access_call_id_proposal_call"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["contact_id"],
            ["contact.id"],
            name=op.f("fk_call_access_contact_id_contact"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["letter_id"], ["letter.id"], name=op.f("fk_call_access_letter_id_letter")
        ),
        sa.ForeignKeyConstraint(
            ["link_id"], ["personal_link.id"], name=op.f("fk_call_access_link_id_personal_link")
        ),
        sa.ForeignKeyConstraint(
            ["organization_id"],
            ["organization.id"],
            name=op.f("fk_call_access_organization_id_organization"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_call_access")),
        sa.UniqueConstraint(
            "call_id",
            "organization_id",
            "contact_id",
            name=op.f("uq_call_access_call_id_organization_id_contact_id"),
        ),
        sa.UniqueConstraint("letter_id", name=op.f("uq_call_access_letter_id")),
    )
    with op.batch_alter_table("call_access", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_call_access_link_id"), ["link_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_call_access_organization_id"), ["organization_id"], unique=False
        )
        batch_op.create_index(
            "uq_call_access_without_contact",
            ["call_id", "organization_id"],
            unique=True,
            sqlite_where=sa.text("contact_id is null"),
            postgresql_where=sa.text("contact_id is null"),
        )

    op.create_table(
        "proposal",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=12), nullable=False),
        sa.Column("call_id", sa.Integer(), nullable=False),
        sa.Column("organization_id", sa.Integer(), nullable=False),
        sa.Column("access_id", sa.Integer(), nullable=True),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("summary", sa.Text(), nullable=False),
        sa.Column("need", sa.Text(), nullable=False),
        sa.Column("for_whom", sa.String(length=300), nullable=False),
        sa.Column("place", sa.String(length=300), nullable=False),
        sa.Column("timing", sa.String(length=300), nullable=False),
        sa.Column("wanted_support", sa.Text(), nullable=False),
        sa.Column("document_id", sa.Integer(), nullable=True),
        sa.Column("author_name", sa.String(length=200), nullable=False),
        sa.Column("author_email", sa.String(length=254), nullable=False),
        sa.Column("language", sa.String(length=2), nullable=False),
        sa.Column(
            "status",
            sa.Enum(
                "draft",
                "submitted",
                "review",
                "more_info",
                "accepted",
                "merged",
                "rejected",
                "withdrawn",
                "realised",
                name="status",
                native_enum=False,
                create_constraint=True,
                length=30,
            ),
            nullable=False,
        ),
        sa.Column("submitted_at", coordinator.records.UtcDateTime(timezone=True), nullable=True),
        sa.Column("decision_note", sa.Text(), nullable=False),
        sa.Column("decided_at", coordinator.records.UtcDateTime(timezone=True), nullable=True),
        sa.Column("decided_by", sa.String(length=200), nullable=False),
        sa.Column("search_key", sa.Text(), nullable=False),
        sa.Column("created_at", coordinator.records.UtcDateTime(timezone=True), nullable=False),
        sa.Column("updated_at", coordinator.records.UtcDateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "status in ('draft', 'withdrawn') or submitted_at is not null",
            name=op.f("ck_proposal_sent_in_when"),
        ),
        sa.CheckConstraint(
            "status not in ('accepted', 'rejected') or decision_note <> ''",
            name=op.f("ck_proposal_decided_with_reason"),
        ),
        sa.ForeignKeyConstraint(
            ["access_id"],
            ["call_access.id"],
            name=op.f("fk_proposal_access_id_call_access"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["call_id"], ["proposal_call.id"], name=op.f("fk_proposal_call_id_proposal_call")
        ),
        sa.ForeignKeyConstraint(
            ["document_id"], ["document.id"], name=op.f("fk_proposal_document_id_document")
        ),
        sa.ForeignKeyConstraint(
            ["organization_id"],
            ["organization.id"],
            name=op.f("fk_proposal_organization_id_organization"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_proposal")),
        sa.UniqueConstraint("public_id", name=op.f("uq_proposal_public_id")),
    )
    with op.batch_alter_table("proposal", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_proposal_access_id"), ["access_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_proposal_call_id"), ["call_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_proposal_organization_id"), ["organization_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_proposal_status_submitted_at"), ["status", "submitted_at"], unique=False
        )

    op.create_table(
        "proposal_step",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("proposal_id", sa.Integer(), nullable=False),
        sa.Column(
            "status",
            sa.Enum(
                "draft",
                "submitted",
                "review",
                "more_info",
                "accepted",
                "merged",
                "rejected",
                "withdrawn",
                "realised",
                name="status",
                native_enum=False,
                create_constraint=True,
                length=30,
            ),
            nullable=False,
        ),
        sa.Column("by_name", sa.String(length=200), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("created_at", coordinator.records.UtcDateTime(timezone=True), nullable=False),
        sa.Column("updated_at", coordinator.records.UtcDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["proposal_id"],
            ["proposal.id"],
            name=op.f("fk_proposal_step_proposal_id_proposal"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_proposal_step")),
    )
    with op.batch_alter_table("proposal_step", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_proposal_step_proposal_id"), ["proposal_id"], unique=False
        )


def downgrade():
    with op.batch_alter_table("proposal_step", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_proposal_step_proposal_id"))

    op.drop_table("proposal_step")
    with op.batch_alter_table("proposal", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_proposal_status_submitted_at"))
        batch_op.drop_index(batch_op.f("ix_proposal_organization_id"))
        batch_op.drop_index(batch_op.f("ix_proposal_call_id"))
        batch_op.drop_index(batch_op.f("ix_proposal_access_id"))

    op.drop_table("proposal")
    with op.batch_alter_table("call_access", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_call_access_without_contact",
            sqlite_where=sa.text("contact_id is null"),
            postgresql_where=sa.text("contact_id is null"),
        )
        batch_op.drop_index(batch_op.f("ix_call_access_organization_id"))
        batch_op.drop_index(batch_op.f("ix_call_access_link_id"))

    op.drop_table("call_access")
    with op.batch_alter_table("proposal_call", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_proposal_call_window_id"))

    op.drop_table("proposal_call")

"""Joint activities"""

import sqlalchemy as sa
from alembic import op

import coordinator.records

revision = "0008"
down_revision = "0007"


def upgrade():
    op.create_table(
        "joint_activity",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=12), nullable=False),
        sa.Column("window_id", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("summary", sa.Text(), nullable=False),
        sa.Column(
            "activity_type",
            sa.Enum(
                "march",
                "panel",
                "talk",
                "symposium",
                "workshop",
                "training",
                "film",
                "theatre",
                "concert",
                "exhibition",
                "stand",
                "campaign",
                "survey",
                "sport",
                "market",
                "visit",
                "press",
                "lighting",
                "publication",
                "other",
                name="activity_type",
                native_enum=False,
                create_constraint=True,
                length=30,
            ),
            nullable=False,
        ),
        sa.Column(
            "status",
            sa.Enum(
                "idea",
                "planned",
                "approval",
                "approved",
                "running",
                "done",
                "cancelled",
                name="status",
                native_enum=False,
                create_constraint=True,
                length=30,
            ),
            nullable=False,
        ),
        sa.Column("starts_at", coordinator.records.UtcDateTime(timezone=True), nullable=True),
        sa.Column("ends_at", coordinator.records.UtcDateTime(timezone=True), nullable=True),
        sa.Column("place", sa.String(length=200), nullable=False),
        sa.Column("district_id", sa.Integer(), nullable=True),
        sa.Column("access_services", sa.JSON(), nullable=False),
        sa.Column("is_public", sa.Boolean(), nullable=False),
        sa.Column("calendar_sequence", sa.Integer(), nullable=False),
        sa.Column("lead_id", sa.Integer(), nullable=True),
        sa.Column("proposal_id", sa.Integer(), nullable=True),
        sa.Column("expected", sa.Integer(), nullable=True),
        sa.Column("reached_women", sa.Integer(), nullable=True),
        sa.Column("reached_men", sa.Integer(), nullable=True),
        sa.Column("reached_children", sa.Integer(), nullable=True),
        sa.Column("outcome_note", sa.Text(), nullable=False),
        sa.Column("search_key", sa.Text(), nullable=False),
        sa.Column("created_at", coordinator.records.UtcDateTime(timezone=True), nullable=False),
        sa.Column("updated_at", coordinator.records.UtcDateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "ends_at is null or (starts_at is not null and ends_at > starts_at)",
            name=op.f("ck_joint_activity_ends_after_start"),
        ),
        sa.ForeignKeyConstraint(
            ["district_id"], ["district.id"], name=op.f("fk_joint_activity_district_id_district")
        ),
        sa.ForeignKeyConstraint(
            ["lead_id"], ["organization.id"], name=op.f("fk_joint_activity_lead_id_organization")
        ),
        sa.ForeignKeyConstraint(
            ["proposal_id"], ["proposal.id"], name=op.f("fk_joint_activity_proposal_id_proposal")
        ),
        sa.ForeignKeyConstraint(
            ["window_id"], ["day_window.id"], name=op.f("fk_joint_activity_window_id_day_window")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_joint_activity")),
        sa.UniqueConstraint("proposal_id", name=op.f("uq_joint_activity_proposal_id")),
        sa.UniqueConstraint("public_id", name=op.f("uq_joint_activity_public_id")),
    )
    with op.batch_alter_table("joint_activity", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_joint_activity_lead_id"), ["lead_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_joint_activity_starts_at"), ["starts_at"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_joint_activity_window_id"), ["window_id"], unique=False
        )

    op.create_table(
        "activity_partner",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("activity_id", sa.Integer(), nullable=False),
        sa.Column("organization_id", sa.Integer(), nullable=False),
        sa.Column(
            "role",
            sa.Enum(
                "partner",
                "supporter",
                "speaker",
                "venue",
                name="role",
                native_enum=False,
                create_constraint=True,
                length=30,
            ),
            nullable=False,
        ),
        sa.Column("contribution", sa.String(length=300), nullable=False),
        sa.Column("created_at", coordinator.records.UtcDateTime(timezone=True), nullable=False),
        sa.Column("updated_at", coordinator.records.UtcDateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["activity_id"],
            ["joint_activity.id"],
            name=op.f("fk_activity_partner_activity_id_joint_activity"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["organization_id"],
            ["organization.id"],
            name=op.f("fk_activity_partner_organization_id_organization"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_activity_partner")),
        sa.UniqueConstraint(
            "activity_id",
            "organization_id",
            name=op.f("uq_activity_partner_activity_id_organization_id"),
        ),
    )
    with op.batch_alter_table("activity_partner", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_activity_partner_organization_id"), ["organization_id"], unique=False
        )

    op.create_table(
        "activity_task",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=12), nullable=False),
        sa.Column("activity_id", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("responsible_org_id", sa.Integer(), nullable=True),
        sa.Column("responsible_name", sa.String(length=200), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column(
            "status",
            sa.Enum(
                "open",
                "doing",
                "done",
                "dropped",
                name="status",
                native_enum=False,
                create_constraint=True,
                length=30,
            ),
            nullable=False,
        ),
        sa.Column("done_at", coordinator.records.UtcDateTime(timezone=True), nullable=True),
        sa.Column("created_at", coordinator.records.UtcDateTime(timezone=True), nullable=False),
        sa.Column("updated_at", coordinator.records.UtcDateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["activity_id"],
            ["joint_activity.id"],
            name=op.f("fk_activity_task_activity_id_joint_activity"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["responsible_org_id"],
            ["organization.id"],
            name=op.f("fk_activity_task_responsible_org_id_organization"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_activity_task")),
        sa.UniqueConstraint("public_id", name=op.f("uq_activity_task_public_id")),
    )
    with op.batch_alter_table("activity_task", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_activity_task_activity_id"), ["activity_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_activity_task_responsible_org_id"), ["responsible_org_id"], unique=False
        )


def downgrade():
    with op.batch_alter_table("activity_task", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_activity_task_responsible_org_id"))
        batch_op.drop_index(batch_op.f("ix_activity_task_activity_id"))

    op.drop_table("activity_task")
    with op.batch_alter_table("activity_partner", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_activity_partner_organization_id"))

    op.drop_table("activity_partner")
    with op.batch_alter_table("joint_activity", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_joint_activity_window_id"))
        batch_op.drop_index(batch_op.f("ix_joint_activity_starts_at"))
        batch_op.drop_index(batch_op.f("ix_joint_activity_lead_id"))

    op.drop_table("joint_activity")

"""Registry: organisations, contacts, lists, imports"""

import sqlalchemy as sa
from alembic import op

import coordinator.records

revision = "0003"
down_revision = "0002"


def upgrade():
    op.create_table(
        "district",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("slug", sa.String(length=60), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("aliases", sa.String(length=200), nullable=False),
        sa.Column(
            "sort_key",
            sa.String(length=80).with_variant(sa.String(length=80, collation="C"), "postgresql"),
            nullable=False,
        ),
        sa.Column("created_at", coordinator.records.UtcDateTime(timezone=True), nullable=False),
        sa.Column("updated_at", coordinator.records.UtcDateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_district")),
        sa.UniqueConstraint("slug", name=op.f("uq_district_slug")),
    )
    with op.batch_alter_table("district", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_district_sort_key"), ["sort_key"], unique=False)

    op.create_table(
        "work_area",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=30), nullable=False),
        sa.Column("name_tr", sa.String(length=100), nullable=False),
        sa.Column("name_en", sa.String(length=100), nullable=False),
        sa.Column("order_no", sa.Integer(), nullable=False),
        sa.Column("retired", sa.Boolean(), nullable=False),
        sa.Column("created_at", coordinator.records.UtcDateTime(timezone=True), nullable=False),
        sa.Column("updated_at", coordinator.records.UtcDateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_work_area")),
        sa.UniqueConstraint("code", name=op.f("uq_work_area_code")),
    )
    op.create_table(
        "import_batch",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=12), nullable=False),
        sa.Column("filename", sa.String(length=255), nullable=False),
        sa.Column("sheet", sa.String(length=100), nullable=False),
        sa.Column("heading_row", sa.Integer(), nullable=False),
        sa.Column("headings", sa.JSON(), nullable=False),
        sa.Column("rows", sa.JSON(), nullable=False),
        sa.Column("mapping", sa.JSON(), nullable=False),
        sa.Column("decisions", sa.JSON(), nullable=False),
        sa.Column("result", sa.JSON(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "read",
                "applied",
                "dropped",
                name="state",
                native_enum=False,
                create_constraint=True,
                length=30,
            ),
            nullable=False,
        ),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.Column("applied_at", coordinator.records.UtcDateTime(timezone=True), nullable=True),
        sa.Column("created_at", coordinator.records.UtcDateTime(timezone=True), nullable=False),
        sa.Column("updated_at", coordinator.records.UtcDateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["created_by_id"],
            ["user_account.id"],
            name=op.f("fk_import_batch_created_by_id_user_account"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_import_batch")),
        sa.UniqueConstraint("public_id", name=op.f("uq_import_batch_public_id")),
    )
    op.create_table(
        "organization",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=12), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("short_name", sa.String(length=60), nullable=False),
        sa.Column(
            "org_type",
            sa.Enum(
                "association",
                "association_branch",
                "foundation",
                "federation",
                "confederation",
                "platform",
                "network",
                "cooperative",
                "union",
                "chamber",
                "bar",
                "city_council",
                "university",
                "municipality",
                "commission",
                "public",
                "company",
                "other",
                name="org_type",
                native_enum=False,
                create_constraint=True,
                length=30,
            ),
            nullable=False,
        ),
        sa.Column(
            "status",
            sa.Enum(
                "draft",
                "active",
                "passive",
                "closed",
                "merged",
                name="status",
                native_enum=False,
                create_constraint=True,
                length=30,
            ),
            nullable=False,
        ),
        sa.Column("registry_no", sa.String(length=30), nullable=True),
        sa.Column("district_id", sa.Integer(), nullable=True),
        sa.Column("address", sa.String(length=500), nullable=False),
        sa.Column("website", sa.String(length=200), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("phone", sa.String(length=60), nullable=False),
        sa.Column("founded_year", sa.Integer(), nullable=True),
        sa.Column("unreadable_email", sa.String(length=300), nullable=False),
        sa.Column("notes", sa.Text(), nullable=False),
        sa.Column("source", sa.String(length=200), nullable=False),
        sa.Column("verified_at", sa.Date(), nullable=True),
        sa.Column("search_key", sa.String(length=700), nullable=False),
        sa.Column(
            "sort_key",
            sa.String(length=500).with_variant(sa.String(length=500, collation="C"), "postgresql"),
            nullable=False,
        ),
        sa.Column("created_at", coordinator.records.UtcDateTime(timezone=True), nullable=False),
        sa.Column("updated_at", coordinator.records.UtcDateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["district_id"], ["district.id"], name=op.f("fk_organization_district_id_district")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_organization")),
        sa.UniqueConstraint("public_id", name=op.f("uq_organization_public_id")),
        sa.UniqueConstraint("registry_no", name=op.f("uq_organization_registry_no")),
    )
    with op.batch_alter_table("organization", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_organization_district_id_sort_key"),
            ["district_id", "sort_key"],
            unique=False,
        )
        batch_op.create_index(batch_op.f("ix_organization_email"), ["email"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_organization_org_type_sort_key"), ["org_type", "sort_key"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_organization_phone"), ["phone"], unique=False)
        batch_op.create_index(batch_op.f("ix_organization_sort_key"), ["sort_key"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_organization_status_sort_key"), ["status", "sort_key"], unique=False
        )

    op.create_table(
        "contact",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=12), nullable=False),
        sa.Column("organization_id", sa.Integer(), nullable=False),
        sa.Column("full_name", sa.String(length=200), nullable=False),
        sa.Column("position", sa.String(length=120), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("phone", sa.String(length=60), nullable=False),
        sa.Column(
            "preferred_channel",
            sa.Enum(
                "email",
                "phone",
                "sms",
                "ebys",
                "post",
                "by_hand",
                name="preferred_channel",
                native_enum=False,
                create_constraint=True,
                length=30,
            ),
            nullable=False,
        ),
        sa.Column("preferred_language", sa.String(length=2), nullable=False),
        sa.Column("is_primary", sa.Boolean(), nullable=False),
        sa.Column("active_until", sa.Date(), nullable=True),
        sa.Column("search_key", sa.String(length=300), nullable=False),
        sa.Column(
            "sort_key",
            sa.String(length=400).with_variant(sa.String(length=400, collation="C"), "postgresql"),
            nullable=False,
        ),
        sa.Column("created_at", coordinator.records.UtcDateTime(timezone=True), nullable=False),
        sa.Column("updated_at", coordinator.records.UtcDateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organization_id"],
            ["organization.id"],
            name=op.f("fk_contact_organization_id_organization"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contact")),
        sa.UniqueConstraint("public_id", name=op.f("uq_contact_public_id")),
    )
    with op.batch_alter_table("contact", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_contact_email"), ["email"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_contact_organization_id_email_active_until"),
            ["organization_id", "email", "active_until"],
            unique=False,
        )
        batch_op.create_index(batch_op.f("ix_contact_phone"), ["phone"], unique=False)

    op.create_table(
        "organization_word",
        sa.Column("organization_id", sa.Integer(), nullable=False),
        sa.Column(
            "word",
            sa.String(length=60).with_variant(sa.String(length=60, collation="C"), "postgresql"),
            nullable=False,
        ),
        sa.ForeignKeyConstraint(
            ["organization_id"],
            ["organization.id"],
            name=op.f("fk_organization_word_organization_id_organization"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("organization_id", "word", name=op.f("pk_organization_word")),
    )
    with op.batch_alter_table("organization_word", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_organization_word_word_organization_id"),
            ["word", "organization_id"],
            unique=False,
        )

    op.create_table(
        "organization_work_area",
        sa.Column("organization_id", sa.Integer(), nullable=False),
        sa.Column("work_area_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organization_id"],
            ["organization.id"],
            name=op.f("fk_organization_work_area_organization_id_organization"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["work_area_id"],
            ["work_area.id"],
            name=op.f("fk_organization_work_area_work_area_id_work_area"),
        ),
        sa.PrimaryKeyConstraint(
            "organization_id", "work_area_id", name=op.f("pk_organization_work_area")
        ),
    )
    with op.batch_alter_table("organization_work_area", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_organization_work_area_work_area_id_organization_id"),
            ["work_area_id", "organization_id"],
            unique=False,
        )

    op.create_table(
        "representation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("organization_id", sa.Integer(), nullable=False),
        sa.Column("created_at", coordinator.records.UtcDateTime(timezone=True), nullable=False),
        sa.Column("updated_at", coordinator.records.UtcDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["organization_id"],
            ["organization.id"],
            name=op.f("fk_representation_organization_id_organization"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["user_id"],
            ["user_account.id"],
            name=op.f("fk_representation_user_id_user_account"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_representation")),
        sa.UniqueConstraint(
            "user_id", "organization_id", name=op.f("uq_representation_user_id_organization_id")
        ),
    )
    with op.batch_alter_table("representation", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_representation_organization_id"), ["organization_id"], unique=False
        )


def downgrade():
    with op.batch_alter_table("representation", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_representation_organization_id"))

    op.drop_table("representation")
    with op.batch_alter_table("organization_work_area", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_organization_work_area_work_area_id_organization_id"))

    op.drop_table("organization_work_area")
    with op.batch_alter_table("organization_word", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_organization_word_word_organization_id"))

    op.drop_table("organization_word")
    with op.batch_alter_table("contact", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_contact_phone"))
        batch_op.drop_index(batch_op.f("ix_contact_organization_id_email_active_until"))
        batch_op.drop_index(batch_op.f("ix_contact_email"))

    op.drop_table("contact")
    with op.batch_alter_table("organization", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_organization_status_sort_key"))
        batch_op.drop_index(batch_op.f("ix_organization_sort_key"))
        batch_op.drop_index(batch_op.f("ix_organization_phone"))
        batch_op.drop_index(batch_op.f("ix_organization_org_type_sort_key"))
        batch_op.drop_index(batch_op.f("ix_organization_email"))
        batch_op.drop_index(batch_op.f("ix_organization_district_id_sort_key"))

    op.drop_table("organization")
    op.drop_table("import_batch")
    op.drop_table("work_area")
    with op.batch_alter_table("district", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_district_sort_key"))

    op.drop_table("district")

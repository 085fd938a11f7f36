"""Lists of organisations with a name"""

import sqlalchemy as sa
from alembic import op

import coordinator.records

revision = "0012"
down_revision = "0011"


def upgrade():
    op.create_table(
        "organization_list",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=12), nullable=False),
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("description", sa.String(length=500), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "search", "fixed", name="kind", native_enum=False, create_constraint=True, length=30
            ),
            nullable=False,
        ),
        sa.Column("filters", sa.JSON(), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.Column(
            "search_key",
            sa.String(length=200).with_variant(sa.String(length=200, collation="C"), "postgresql"),
            nullable=False,
        ),
        sa.Column(
            "sort_key",
            sa.String(length=300).with_variant(sa.String(length=300, collation="C"), "postgresql"),
            nullable=False,
        ),
        sa.Column("created_at", coordinator.records.UtcDateTime(timezone=True), nullable=False),
        sa.Column("updated_at", coordinator.records.UtcDateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["created_by_id"],
            ["user_account.id"],
            name=op.f("fk_organization_list_created_by_id_user_account"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_organization_list")),
        sa.UniqueConstraint("public_id", name=op.f("uq_organization_list_public_id")),
        sa.UniqueConstraint("search_key", name=op.f("uq_organization_list_search_key")),
    )
    with op.batch_alter_table("organization_list", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_organization_list_sort_key"), ["sort_key"], unique=False
        )

    op.create_table(
        "list_member",
        sa.Column("list_id", sa.Integer(), nullable=False),
        sa.Column("organization_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["list_id"],
            ["organization_list.id"],
            name=op.f("fk_list_member_list_id_organization_list"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["organization_id"],
            ["organization.id"],
            name=op.f("fk_list_member_organization_id_organization"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("list_id", "organization_id", name=op.f("pk_list_member")),
    )
    with op.batch_alter_table("list_member", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_list_member_organization_id"), ["organization_id"], unique=False
        )


def downgrade():
    with op.batch_alter_table("list_member", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_list_member_organization_id"))

    op.drop_table("list_member")
    with op.batch_alter_table("organization_list", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_organization_list_sort_key"))

    op.drop_table("organization_list")

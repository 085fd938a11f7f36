"""Imports: what they changed, and which columns held what"""

import sqlalchemy as sa
from alembic import op

import coordinator.records

revision = "0011"
down_revision = "0010"

BEFORE = ("read", "applied", "dropped")
STATES = (
    "read", "planning", "ready", "saving", "applied", "failed", "dropped", "undoing", "undone",
)  # fmt: skip


def upgrade():
    op.create_table(
        "column_memory",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("fingerprint", sa.String(length=64), nullable=False),
        sa.Column("mapping", sa.JSON(), nullable=False),
        sa.Column("created_at", coordinator.records.UtcDateTime(timezone=True), nullable=False),
        sa.Column("updated_at", coordinator.records.UtcDateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_column_memory")),
        sa.UniqueConstraint("fingerprint", name=op.f("uq_column_memory_fingerprint")),
    )
    op.create_table(
        "import_change",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("batch_id", sa.Integer(), nullable=False),
        sa.Column("organization_id", sa.Integer(), nullable=False),
        sa.Column("before", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("after", sa.JSON(), nullable=False),
        sa.Column("created_at", coordinator.records.UtcDateTime(timezone=True), nullable=False),
        sa.Column("updated_at", coordinator.records.UtcDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["batch_id"],
            ["import_batch.id"],
            name=op.f("fk_import_change_batch_id_import_batch"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["organization_id"],
            ["organization.id"],
            name=op.f("fk_import_change_organization_id_organization"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_import_change")),
    )
    with op.batch_alter_table("import_change", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_import_change_batch_id"), ["batch_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_import_change_organization_id"), ["organization_id"], unique=False
        )

    op.create_table(
        "import_row",
        sa.Column("batch_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column(
            "outcome",
            sa.Enum(
                "new",
                "merge",
                "same",
                "refused",
                "skipped",
                name="outcome",
                native_enum=False,
                create_constraint=True,
                length=30,
            ),
            nullable=False,
        ),
        sa.Column("asks", sa.Boolean(), nullable=False),
        sa.Column("shown", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["batch_id"],
            ["import_batch.id"],
            name=op.f("fk_import_row_batch_id_import_batch"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("batch_id", "number", name=op.f("pk_import_row")),
    )
    with op.batch_alter_table("import_row", schema=None) as batch_op:
        for other in ("asks", "outcome"):
            columns = ["batch_id", other, "number"]
            batch_op.create_index(
                batch_op.f(f"ix_import_row_{'_'.join(columns)}"), columns, unique=False
            )
    _widen_batches()


def _widen_batches():
    moment = coordinator.records.UtcDateTime(timezone=True)
    with op.batch_alter_table("import_batch", schema=None) as batch_op:
        for name, kind, default in (
            ("counts", sa.JSON(), "{}"),
            ("picture", sa.String(length=32), ""),
            ("register_mark", sa.String(length=64), ""),
            ("outdated", sa.Boolean(), sa.false()),
            ("total_rows", sa.Integer(), "0"),
            ("done_rows", sa.Integer(), "0"),
            ("language", sa.String(length=2), "tr"),
            ("trouble", sa.String(length=20), ""),
            ("tries", sa.Integer(), "0"),
            ("lease", sa.String(length=32), ""),
        ):
            batch_op.add_column(sa.Column(name, kind, server_default=default, nullable=False))
        batch_op.add_column(sa.Column("lease_until", moment, nullable=True))
        batch_op.add_column(sa.Column("saved_by_id", sa.Integer(), nullable=True))
        batch_op.create_foreign_key(
            batch_op.f("fk_import_batch_saved_by_id_user_account"),
            "user_account",
            ["saved_by_id"],
            ["id"],
        )
        _allow_states(batch_op, STATES)


def _allow_states(batch_op, states):
    batch_op.drop_constraint(batch_op.f("ck_import_batch_state"), type_="check")
    listed = ", ".join(f"'{state}'" for state in states)
    batch_op.create_check_constraint(batch_op.f("ck_import_batch_state"), f"state IN ({listed})")


def downgrade():
    op.execute("UPDATE import_batch SET state = 'applied' WHERE state = 'undoing'")
    op.execute("UPDATE import_batch SET state = 'dropped' WHERE state = 'undone'")
    op.execute("UPDATE import_batch SET state = 'read' WHERE state NOT IN ('applied', 'dropped')")
    with op.batch_alter_table("import_batch", schema=None) as batch_op:
        _allow_states(batch_op, BEFORE)
        batch_op.drop_constraint(
            batch_op.f("fk_import_batch_saved_by_id_user_account"), type_="foreignkey"
        )
        for name in (
            "saved_by_id", "lease_until", "lease", "tries", "trouble", "language", "done_rows",
            "total_rows", "outdated", "register_mark", "picture", "counts",
        ):  # fmt: skip
            batch_op.drop_column(name)
    op.drop_table("import_row")
    with op.batch_alter_table("import_change", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_import_change_organization_id"))
        batch_op.drop_index(batch_op.f("ix_import_change_batch_id"))

    op.drop_table("import_change")
    op.drop_table("column_memory")

"""Indexes for what names a contact, so that one that goes is not looked for in every row"""

from alembic import op

revision = "0017"
down_revision = "0016"

TABLES = (
    "invitation_letter",
    "call_access",
    "encounter",
    "verification_letter",
    "proposed_change",
)


def upgrade():
    for name in TABLES:
        with op.batch_alter_table(name) as table:
            table.create_index(table.f(f"ix_{name}_contact_id"), ["contact_id"])


def downgrade():
    for name in reversed(TABLES):
        with op.batch_alter_table(name) as table:
            table.drop_index(table.f(f"ix_{name}_contact_id"))

"""By which letter's link a correction was proposed: whose it is to see"""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"


def upgrade():
    with op.batch_alter_table("proposed_change") as table:
        table.add_column(sa.Column("letter_id", sa.Integer(), nullable=True))
        table.create_foreign_key(
            table.f("fk_proposed_change_letter_id_verification_letter"),
            "verification_letter",
            ["letter_id"],
            ["id"],
            ondelete="SET NULL",
        )
        table.create_index(table.f("ix_proposed_change_letter_id"), ["letter_id"])


def downgrade():
    with op.batch_alter_table("proposed_change") as table:
        table.drop_index(table.f("ix_proposed_change_letter_id"))
        table.drop_constraint(
            table.f("fk_proposed_change_letter_id_verification_letter"), type_="foreignkey"
        )
        table.drop_column("letter_id")

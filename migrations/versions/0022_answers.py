"""Waiting lists, seats, ways to be reached, and every answer that was given"""

import sqlalchemy as sa
from alembic import op

import coordinator.records

revision = "0022"
down_revision = "0021"

CODES = (
    ("invitation", "answer", ("yes", "deputy", "maybe", "no", "none"), ("waiting",)),
    ("invitation", "answered_via", ("link", "account", "phone", "command"), ("calendar", "mail")),
    (
        "invitation_letter",
        "kind",
        ("invitation", "reminder", "receipt", "change", "cancellation"),
        ("moved_up", "handover", "names", "eve", "withdrawal"),
    ),
    (
        "contact",
        "preferred_channel",
        ("email", "phone", "sms", "ebys", "post", "by_hand"),
        ("whatsapp",),
    ),
)


def _allow(table, column, values):
    """Let the column hold these codes."""
    listed = ", ".join(f"'{value}'" for value in values)
    with op.batch_alter_table(table, schema=None) as batch_op:
        name = batch_op.f(f"ck_{table}_{column}")
        batch_op.drop_constraint(name, type_="check")
        batch_op.create_check_constraint(name, f"{column} IN ({listed})")


def upgrade():
    op.create_table(
        "addressee",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("invitation_id", sa.Integer(), nullable=False),
        sa.Column("contact_id", sa.Integer(), nullable=True),
        sa.Column(
            "channel",
            sa.Enum(
                "email",
                "phone",
                "sms",
                "whatsapp",
                "ebys",
                "post",
                "by_hand",
                name="channel",
                native_enum=False,
                create_constraint=True,
                length=30,
            ),
            nullable=False,
        ),
        sa.Column("link_id", sa.Integer(), nullable=True),
        sa.Column("done_at", coordinator.records.UtcDateTime(timezone=True), nullable=True),
        sa.Column("done_by", sa.String(length=200), nullable=False),
        sa.Column("note", sa.String(length=500), nullable=False),
        sa.Column("created_at", coordinator.records.UtcDateTime(timezone=True), nullable=False),
        sa.Column("updated_at", coordinator.records.UtcDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["contact_id"],
            ["contact.id"],
            name=op.f("fk_addressee_contact_id_contact"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["invitation_id"],
            ["invitation.id"],
            name=op.f("fk_addressee_invitation_id_invitation"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["link_id"], ["personal_link.id"], name=op.f("fk_addressee_link_id_personal_link")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_addressee")),
        sa.UniqueConstraint(
            "invitation_id", "contact_id", name=op.f("uq_addressee_invitation_id_contact_id")
        ),
    )
    with op.batch_alter_table("addressee", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_addressee_contact_id"), ["contact_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_addressee_invitation_id"), ["invitation_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_addressee_link_id"), ["link_id"], unique=False)
        batch_op.create_index(
            "uq_addressee_without_contact",
            ["invitation_id"],
            unique=True,
            sqlite_where=sa.text("contact_id is null"),
            postgresql_where=sa.text("contact_id is null"),
        )
    op.create_table(
        "given_answer",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("invitation_id", sa.Integer(), nullable=False),
        sa.Column(
            "answer",
            sa.Enum(
                "yes",
                "deputy",
                "waiting",
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
        sa.Column(
            "via",
            sa.Enum(
                "link",
                "account",
                "phone",
                "command",
                "calendar",
                "mail",
                name="via",
                native_enum=False,
                create_constraint=True,
                length=30,
            ),
            nullable=False,
        ),
        sa.Column("given_by", sa.String(length=200), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("created_at", coordinator.records.UtcDateTime(timezone=True), nullable=False),
        sa.Column("updated_at", coordinator.records.UtcDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["invitation_id"],
            ["invitation.id"],
            name=op.f("fk_given_answer_invitation_id_invitation"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_given_answer")),
    )
    with op.batch_alter_table("given_answer", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_given_answer_invitation_id"), ["invitation_id"], unique=False
        )
    with op.batch_alter_table("invitation", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("source", sa.String(length=200), server_default="", nullable=False)
        )
        batch_op.add_column(
            sa.Column(
                "list_kind",
                sa.Enum(
                    "action",
                    "information",
                    "protocol",
                    name="list_kind",
                    native_enum=False,
                    create_constraint=True,
                    length=30,
                ),
                server_default="action",
                nullable=False,
            )
        )
        batch_op.add_column(sa.Column("seats", sa.Integer(), nullable=True))
        batch_op.add_column(
            sa.Column("letters_due", sa.Integer(), server_default="0", nullable=False)
        )
        batch_op.add_column(
            sa.Column(
                "waiting_for",
                sa.Enum(
                    "yes",
                    "deputy",
                    "waiting",
                    "maybe",
                    "no",
                    "none",
                    name="waiting_for",
                    native_enum=False,
                    create_constraint=True,
                    length=30,
                ),
                nullable=True,
            )
        )
        batch_op.add_column(sa.Column("waiting_no", sa.Integer(), nullable=True))
        batch_op.add_column(
            sa.Column(
                "attend_mode",
                sa.Enum(
                    "in_person",
                    "online",
                    name="attend_mode",
                    native_enum=False,
                    create_constraint=True,
                    length=30,
                ),
                nullable=True,
            )
        )
        batch_op.add_column(
            sa.Column("names_later", sa.Boolean(), server_default=sa.false(), nullable=False)
        )
        batch_op.add_column(
            sa.Column("need_numbers", sa.JSON(), server_default="{}", nullable=False)
        )
    with op.batch_alter_table("invitation_letter", schema=None) as batch_op:
        batch_op.add_column(sa.Column("handed_by_id", sa.Integer(), nullable=True))
        batch_op.create_index(
            batch_op.f("ix_invitation_letter_handed_by_id"), ["handed_by_id"], unique=False
        )
        batch_op.create_foreign_key(
            batch_op.f("fk_invitation_letter_handed_by_id_invitation_letter"),
            "invitation_letter",
            ["handed_by_id"],
            ["id"],
            ondelete="SET NULL",
        )
    with op.batch_alter_table("meeting", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("directions", sa.String(length=1000), server_default="", nullable=False)
        )
    with op.batch_alter_table("personal_link", schema=None) as batch_op:
        batch_op.add_column(sa.Column("short_hash", sa.String(length=64), nullable=True))
        batch_op.create_index(
            batch_op.f("ix_personal_link_short_hash"), ["short_hash"], unique=True
        )
    for table, column, before, more in CODES:
        _allow(table, column, (*before, *more))
    with op.batch_alter_table("invitation", schema=None) as batch_op:
        batch_op.create_check_constraint(
            batch_op.f("ck_invitation_seats_in_bounds"), "seats between 1 and 50"
        )
        batch_op.create_check_constraint(
            batch_op.f("ck_invitation_waits_with_a_number"),
            "(answer = 'waiting') = (waiting_no is not null)",
        )


def downgrade():
    op.execute("UPDATE invitation SET waiting_no = NULL, answer = 'maybe' WHERE answer = 'waiting'")
    op.execute(
        "UPDATE invitation SET answered_via = 'link' WHERE answered_via IN ('calendar', 'mail')"
    )
    op.execute(
        "UPDATE invitation_letter SET kind = 'reminder' "
        "WHERE kind IN ('moved_up', 'handover', 'names', 'eve', 'withdrawal')"
    )
    op.execute("UPDATE contact SET preferred_channel = 'sms' WHERE preferred_channel = 'whatsapp'")
    for table, column, before, _more in CODES:
        _allow(table, column, before)
    with op.batch_alter_table("personal_link", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_personal_link_short_hash"))
        batch_op.drop_column("short_hash")
    with op.batch_alter_table("meeting", schema=None) as batch_op:
        batch_op.drop_column("directions")
    with op.batch_alter_table("invitation_letter", schema=None) as batch_op:
        batch_op.drop_constraint(
            batch_op.f("fk_invitation_letter_handed_by_id_invitation_letter"), type_="foreignkey"
        )
        batch_op.drop_index(batch_op.f("ix_invitation_letter_handed_by_id"))
        batch_op.drop_column("handed_by_id")
    with op.batch_alter_table("invitation", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("ck_invitation_waits_with_a_number"), type_="check")
        batch_op.drop_constraint(batch_op.f("ck_invitation_seats_in_bounds"), type_="check")
        batch_op.drop_constraint(batch_op.f("ck_invitation_list_kind"), type_="check")
        batch_op.drop_constraint(batch_op.f("ck_invitation_waiting_for"), type_="check")
        batch_op.drop_constraint(batch_op.f("ck_invitation_attend_mode"), type_="check")
        batch_op.drop_column("need_numbers")
        batch_op.drop_column("names_later")
        batch_op.drop_column("attend_mode")
        batch_op.drop_column("waiting_no")
        batch_op.drop_column("waiting_for")
        batch_op.drop_column("letters_due")
        batch_op.drop_column("seats")
        batch_op.drop_column("list_kind")
        batch_op.drop_column("source")
    with op.batch_alter_table("given_answer", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_given_answer_invitation_id"))
    op.drop_table("given_answer")
    with op.batch_alter_table("addressee", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_addressee_without_contact",
            sqlite_where=sa.text("contact_id is null"),
            postgresql_where=sa.text("contact_id is null"),
        )
        batch_op.drop_index(batch_op.f("ix_addressee_link_id"))
        batch_op.drop_index(batch_op.f("ix_addressee_invitation_id"))
        batch_op.drop_index(batch_op.f("ix_addressee_contact_id"))
    op.drop_table("addressee")

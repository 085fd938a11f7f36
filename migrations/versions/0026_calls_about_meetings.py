"""What a call or message was about: the meeting at whose desk it was typed in"""

import sqlalchemy as sa
from alembic import op

revision = "0026"
down_revision = "0025"

OUTCOMES = ("Yanıt veren olmadı", "Kendileri arayacak", "Metin gönderildi", "Haber verildi")
FILLED = """
    UPDATE encounter SET about = COALESCE((
        SELECT meeting.public_id
        FROM invitation JOIN meeting ON meeting.id = invitation.meeting_id
        WHERE invitation.organization_id = encounter.organization_id
        AND invitation.invited_at <= encounter.happened_at
        AND encounter.text IN ({words})
        ORDER BY meeting.id DESC LIMIT 1
    ), '')
"""


def upgrade():
    with op.batch_alter_table("encounter", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("about", sa.String(length=12), server_default="", nullable=False)
        )
    words = ", ".join(f"'{one}: ' || meeting.title" for one in OUTCOMES)
    op.execute(FILLED.format(words=words))


def downgrade():
    with op.batch_alter_table("encounter", schema=None) as batch_op:
        batch_op.drop_column("about")

"""Small notes of the chat platforms by book and key: conversation references of Teams, installations of Slack.

Revision: 0005, after 0004
"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """A table."""
    op.create_table(
        "notes",
        sa.Column("book", sa.String(60), nullable=False),
        sa.Column("key", sa.Text, nullable=False),
        sa.Column("value", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("book", "key", name="pk_notes"),
    )


def downgrade() -> None:
    """Platforms learn their conversations again from what they hear; installations have to be made again."""
    op.drop_table("notes")

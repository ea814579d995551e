"""An index of the few outbox rows that did not get through: health counts them without reading the table.

Revision: 0002, after 0001
"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

LOST = sa.text("state IN ('failed', 'unknown')")


def upgrade() -> None:
    """The index."""
    op.create_index(
        "ix_outbox_lost", "outbox", ["due_at", "state"], unique=False, sqlite_where=LOST, postgresql_where=LOST
    )


def downgrade() -> None:
    """Without it the counts are the same, and slower."""
    op.drop_index("ix_outbox_lost", "outbox")

"""Who entered a freeze and what a calendar file called it; emergencies that still owe their review.

Revision: 0003, after 0002
"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """New columns only; what is there keeps its meaning."""
    op.add_column("freezes", sa.Column("given_by", sa.Text))
    op.add_column("freezes", sa.Column("uid", sa.Text))
    op.add_column("releases", sa.Column("review_open", sa.Boolean, nullable=False, server_default=sa.false()))


def downgrade() -> None:
    """They go; the ledger keeps what they said."""
    op.drop_column("releases", "review_open")
    op.drop_column("freezes", "uid")
    op.drop_column("freezes", "given_by")

"""When a release was last accepted with a risk or an exception: the team's amber of 30 days is counted from few rows.

Rows of before are taken for accepted at their start, where their state names such a consent; what counts is then read from it.

Revision: 0004, after 0003
"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

INSTANT = sa.DateTime(timezone=True).with_variant(sa.String(27), "sqlite")
KINDS = ("risk", "exception", "breakglass")


def upgrade() -> None:
    """A column that may be empty, and its index."""
    op.add_column("releases", sa.Column("accepted_at", INSTANT, nullable=True))
    named = " OR ".join(f'state LIKE \'%"kind":"{kind}"%\'' for kind in KINDS)
    op.execute(f"UPDATE releases SET accepted_at = start_at WHERE {named}")  # noqa: S608 - our own names
    op.create_index("ix_releases_accepted", "releases", ["service", "accepted_at"], unique=False)


def downgrade() -> None:
    """The column goes; it can be worked out again from the states."""
    op.drop_index("ix_releases_accepted", "releases")
    op.drop_column("releases", "accepted_at")

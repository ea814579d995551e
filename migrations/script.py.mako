"""${message}

The law of migrations:
 1. A released migration is never edited; a mistake is mended by the next one.
 2. Expand first, contract a release later: the version before must run on the new schema, since replicas are upgraded one
    by one and a rollback of the bot must find its data.
 3. It runs on SQLite and on PostgreSQL, up and down, in one transaction each; no lock that outlasts a few seconds.
 4. Rows of `ledger` and `seals` are never touched: no UPDATE, no DELETE, no copy of the table. What changes its meaning is
    lifted on reading (bot/store/codec.py, UPCASTS). After batch operations on them the triggers must still be there.
 5. It does not import bot.*: it describes the schema of its day.
 6. There is one head. The downgrade gives back the schema before; where it would lose data, it says so in its docstring.

Revision: ${up_revision}, after ${down_revision or "nothing"}
"""

import sqlalchemy as sa
from alembic import op
${imports if imports else ""}
revision = ${repr(up_revision)}
down_revision = ${repr(down_revision)}
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Expand."""
    ${upgrades if upgrades else "pass"}


def downgrade() -> None:
    """Back."""
    ${downgrades if downgrades else "pass"}

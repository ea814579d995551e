"""Alembic's entry: `alembic upgrade head` with T_MINUS_DATABASE_URL set (or `-x url=…`), and bot.store.migrate in code."""

import os

from alembic import context

from bot.store import migrate


def main() -> None:
    """Run on the connection that code handed over, or open one."""
    connection = context.config.attributes.get("connection")
    if connection is not None:
        migrate.run_migrations(connection)
        return
    given = context.get_x_argument(as_dictionary=True).get("url")
    url = given if isinstance(given, str) else os.environ.get("T_MINUS_DATABASE_URL", "")
    if not url:
        msg = "name the database: T_MINUS_DATABASE_URL=sqlite:///var/t-minus.db, or -x url=…"
        raise SystemExit(msg)
    migrate.run_on_url(url)


main()

"""The database: the only home of SQLAlchemy. One code for SQLite and PostgreSQL 15 and newer."""

from bot.store.database import Database, open_store

__all__ = ["Database", "open_store"]

"""A PostgreSQL that is gone without a word: a machine that was cut off, a failover behind one address, a server that hangs.

TCP alone would wait a quarter of an hour for it, and each connection of the pool as long. So each statement has an end, a
connection that rested is asked first, and one that does not answer is dropped at once with all that are as old: what they
were to do is told as not written (G17), and the next one connects anew.
"""

from time import monotonic
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy.engine import ExceptionContext
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.ext.asyncio import AsyncEngine
from sqlalchemy.pool import ConnectionPoolEntry, PoolProxiedConnection

STATEMENT_S: Final = 20.0
"""No statement of the bot's takes as long; waiting for a lock ends after 15 s by itself."""
CONNECT_S: Final = 5.0
_ASK_S: Final = 1.5
"""A connection that rested answers within that time; less than a person waits for an answer."""
_TRUSTED_S: Final = 2.0
"""So long a connection of the pool may rest and is used without asking; asking is a round trip."""


def drop_the_gone(pool: AsyncEngine) -> None:
    """A connection that rested for a while is asked whether it still stands; one that did not answer is used no more.

    Where it does not stand, nor do those that are as old: the pool begins anew.
    """
    driver = pool.sync_engine.dialect.loaded_dbapi.asyncpg

    def put_back(_: DBAPIConnection | None, record: ConnectionPoolEntry) -> None:
        record.info["rests_since"] = monotonic()

    def taken(connection: DBAPIConnection, record: ConnectionPoolEntry, _: PoolProxiedConnection) -> None:
        since = record.info.get("rests_since")
        if since is None or monotonic() - since <= _TRUSTED_S:
            return
        try:
            _ask(connection)
            # The last is the driver's word for a farewell of the server's that came while nothing was asked.
        except (OSError, driver.PostgresError, driver.InterfaceError, driver.InternalClientError) as error:
            _cut(connection)
            raise sa.exc.InvalidatePoolError from error

    def failed(context: ExceptionContext) -> None:
        if isinstance(context.original_exception, TimeoutError) and context.connection is not None:
            context.is_disconnect = True
            if not context.connection.invalidated:
                _cut(context.connection.connection.dbapi_connection)

    sa.event.listen(pool.sync_engine, "checkin", put_back)
    sa.event.listen(pool.sync_engine, "checkout", taken)
    sa.event.listen(pool.sync_engine, "handle_error", failed)


def _ask(connection: Any) -> None:  # noqa: ANN401 - SQLAlchemy's own wrapper, which its types do not name
    connection.run_async(lambda driver: driver.execute("SELECT 1", timeout=_ASK_S))


def _cut(connection: Any) -> None:  # noqa: ANN401 - as above
    """Without a farewell, for which a server that is gone would be waited for."""
    connection.driver_connection.terminate()

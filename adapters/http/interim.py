"""Answers that only say that one is to come (1xx): a few are heard, a flood of them ends the call.

The client reads them without end and without a pause, so that no time limit is looked at, and nothing else in the process runs.
"""

from typing import Any, Final, Self

import aiohttp
from aiohttp.connector import Connection

MOST: Final = 8
"""So many may come before the answer. Servers send one or two: 100 Continue, 103 Early Hints."""


class Patient(aiohttp.ClientResponse):
    """A response that takes at most `MOST` interim ones before it. Raises ClientPayloadError for more."""

    async def start(self, connection: Connection) -> Self:
        """Read until the answer itself begins."""
        protocol: Any = connection.protocol
        read, heard = protocol.read, 0

        async def counted() -> object:
            nonlocal heard
            heard += 1
            if heard > MOST + 1:
                msg = "interim answers without end"
                raise aiohttp.ClientPayloadError(msg)
            return await read()

        protocol.read = counted
        try:
            await super().start(connection)
        finally:
            del protocol.read  # its own again: the connection may serve further calls
        return self

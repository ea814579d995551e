"""A line between the bot and PostgreSQL that can be cut: what is sent gets lost without a word, as where a machine is gone."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import sqlalchemy as sa

SOCKET = ".s.PGSQL.5432"


class Relay:
    """`url` leads through it. Connections that stood when it was cut hang for ever, also when it is mended.

    `lingers`: what the server closes stays open on the bot's side, as behind a pooler, or for the moment between two packets.
    """

    def __init__(self, url: str, folder: Path) -> None:
        to = sa.make_url(url)
        self._to = Path(str(to.query["host"])) / SOCKET
        self._folder = folder
        self._lost = asyncio.Event()
        self.lingers = False
        self._lingering: list[asyncio.StreamWriter] = []
        self._pumps: set[asyncio.Task[None]] = set()
        self.url = to.update_query_dict({"host": str(folder)}).render_as_string(hide_password=False)

    def cut(self) -> None:
        """From now on nothing gets through."""
        self._lost.set()

    def mend(self) -> None:
        """What connects from now on is answered."""
        self._lost = asyncio.Event()

    def let_go(self) -> None:
        """Close what lingers, and let nothing linger any more."""
        self.lingers = False
        for writer in self._lingering:
            writer.close()

    @asynccontextmanager
    async def open(self) -> AsyncIterator["Relay"]:
        """It listens."""
        server = await asyncio.start_unix_server(self._take, self._folder / SOCKET)
        try:
            yield self
        finally:
            server.close()
            self.let_go()
            for pump in self._pumps:
                pump.cancel()
            await asyncio.gather(*self._pumps, return_exceptions=True)

    async def _take(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        lost = self._lost
        there, back = await asyncio.open_unix_connection(self._to)
        for source, target in ((reader, back), (there, writer)):
            pump = asyncio.get_running_loop().create_task(self._pump(source, target, lost))
            self._pumps.add(pump)
            pump.add_done_callback(self._pumps.discard)

    async def _pump(self, source: asyncio.StreamReader, target: asyncio.StreamWriter, lost: asyncio.Event) -> None:
        """Until one side closes; what comes after the cut is dropped, and its end too."""
        try:
            while part := await source.read(65536):
                if not lost.is_set():
                    target.write(part)
                    await target.drain()
        except ConnectionError:
            pass
        finally:
            if self.lingers:
                self._lingering.append(target)
            else:
                target.close()

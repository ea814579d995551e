"""The client's side of the platform process: a Chat for workers, and plain questions for whoever counts."""

import asyncio
import json
import socket
from datetime import datetime
from typing import Any

from bot.domain.people import Place
from bot.ports import Ambiguous, CannotLook, Found, Look, NotFound, Outgoing, SendResult, Sent, Throttled

NAME = "wire"


class WireChat:
    """Implements ports.Chat. `blind`: the look-back never finds anything; a mutation that has to produce doubles."""

    platform = NAME

    def __init__(self, port: int, worker: str, *, blind: bool = False) -> None:
        self._port = port
        self._worker = worker
        self._blind = blind
        self._free: list[tuple[asyncio.StreamReader, asyncio.StreamWriter]] = []

    async def send(self, outgoing: Outgoing) -> SendResult:
        """Post once."""
        try:
            said = await self._ask({"op": "post", "key": outgoing.key, "worker": self._worker})
        except OSError as error:
            return Ambiguous(type(error).__name__)
        return Sent(said["id"]) if "id" in said else Throttled(said["retry_after"])

    async def find(self, key: str, place: Place, since: datetime, thread: str | None = None) -> Look:
        """Look back; the log has one place and forgets nothing."""
        del place, since, thread
        if self._blind:
            return NotFound()
        try:
            said = await self._ask({"op": "find", "key": key})
        except OSError as error:
            return CannotLook(type(error).__name__)
        return Found(said["id"]) if said["id"] else NotFound()

    async def _ask(self, asked: dict[str, Any]) -> dict[str, Any]:
        line = self._free.pop() if self._free else await asyncio.open_connection("127.0.0.1", self._port, limit=2**26)
        try:
            line[1].write(json.dumps(asked).encode() + b"\n")
            answer = await line[0].readline()
        except BaseException:
            line[1].close()
            raise
        if not answer:
            line[1].close()
            raise ConnectionResetError
        self._free.append(line)
        said: dict[str, Any] = json.loads(answer)
        return said


def ask(port: int, op: str) -> dict[str, Any]:
    """One question, answered at once: count or log."""
    with socket.create_connection(("127.0.0.1", port)) as line, line.makefile("rwb") as file:
        file.write(json.dumps({"op": op}).encode() + b"\n")
        file.flush()
        said: dict[str, Any] = json.loads(file.readline())
    return said

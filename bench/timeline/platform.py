"""A chat platform as a process of its own: JSON lines over loopback TCP. It records a post BEFORE it acknowledges it.

So a worker that is killed while it waits has posted: the gap between post and commit that a bot must close. The log lives
here, outside every process that is killed: doubled and lost posts are counted at the receiver.

Seeded faults, each with its share of posts: `gone` records and then drops the line (posted, never acknowledged), `deaf` drops
the line without recording (not posted), `busy` answers 429.
"""

import argparse
import asyncio
import json
import random
import time
from typing import Any


class Log:
    """What was posted, in order: (key, worker, when). `seen` is the first of each key."""

    def __init__(self, ack_s: float, faults: float, seed: int) -> None:
        self.posts: list[tuple[str, str, float]] = []
        self.seen: dict[str, str] = {}
        self._ack_s = ack_s
        self._faults = faults
        self._random = random.Random(seed)

    async def answer(self, asked: dict[str, Any]) -> dict[str, Any] | None:
        """The answer, or None: the line is dropped."""
        match asked["op"]:
            case "post":
                return await self._post(asked)
            case "find":
                return {"id": self.seen.get(asked["key"])}
            case "count":
                return {"posts": len(self.posts), "keys": len(self.seen)}
            case "log":
                return {"posts": self.posts}
        return {"error": "unknown_op"}

    async def _post(self, asked: dict[str, Any]) -> dict[str, Any] | None:
        luck = self._random.random() if self._faults else 1.0
        if luck < self._faults / 3:
            return {"retry_after": 0.2}
        if luck < self._faults * 2 / 3:
            return None
        self.posts.append((asked["key"], asked["worker"], time.time()))
        message = self.seen.setdefault(asked["key"], f"m{len(self.posts)}")
        await asyncio.sleep(self._ack_s)
        return None if luck < self._faults else {"id": message}


async def serve(port: int, log: Log) -> None:
    """Until killed. Prints the port."""

    async def line(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while asked := await reader.readline():
                said = await log.answer(json.loads(asked))
                if said is None:
                    break
                writer.write(json.dumps(said).encode() + b"\n")
                await writer.drain()
        except (ConnectionError, asyncio.IncompleteReadError):
            pass
        finally:
            writer.close()

    server = await asyncio.start_server(line, "127.0.0.1", port, limit=2**26, backlog=2000)
    print(server.sockets[0].getsockname()[1], flush=True)
    async with server:
        await server.serve_forever()


def main() -> None:
    """`python -m bench.timeline.platform --ack-ms 20 --faults 0.05 --seed 1`."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--ack-ms", type=float, default=20)
    parser.add_argument("--faults", type=float, default=0)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    asyncio.run(serve(given.port, Log(given.ack_ms / 1000, given.faults, given.seed)))


if __name__ == "__main__":
    main()

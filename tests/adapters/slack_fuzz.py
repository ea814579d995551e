"""Hostile requests, by a seed: any signature over mutated payloads. `python -m tests.adapters.slack_fuzz 1000000`."""

import argparse
import asyncio
import json
import logging
import multiprocessing
import random
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from http import HTTPStatus
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from adapters.slack.app import EVENTS
from tests.adapters.slack_server import TEAM
from tests.adapters.slack_world import World, signed, slack_world

CONNECTIONS = 16
FORM, JSON = "application/x-www-form-urlencoded", "application/json"
WORDS: tuple[Any, ...] = (
    None, True, 0, -1, 1e308, "", "HOSTILE", "HOSTILE" * 200, "\x00", "🚀", "<!channel>", [], {}, [[]], {"a": {}}, "U0ANA",
    "C1", "17.5", TEAM, "press:0:go", "form", '["t","C1",""]', "1|go|R-1|1||",
)  # fmt: skip


def requests(rng: random.Random, count: int) -> Iterator[tuple[bytes, dict[str, str]]]:
    """So many bodies with their headers."""
    for _ in range(count):
        raw, kind = _body(rng)
        if rng.random() < 0.1:
            raw = bytes(rng.randrange(256) for _ in range(rng.randrange(200)))
        yield raw, _headers(rng, raw, kind)


def _body(rng: random.Random) -> tuple[bytes, str]:
    kind = rng.choice(["command", "interaction", "event"])
    if kind == "command":
        names = ("command", "text", "user_id", "channel_id", "team_id", "trigger_id", "response_url", "ssl_check")
        return urlencode({n: str(rng.choice(WORDS)) for n in names if rng.random() < 0.8}).encode(), FORM
    whole = _interaction(rng) if kind == "interaction" else _event(rng)
    text = json.dumps(_mutated(rng, whole))
    return (urlencode({"payload": text}).encode(), FORM) if kind == "interaction" else (text.encode(), JSON)


def _interaction(rng: random.Random) -> dict[str, Any]:
    kinds = ("block_actions", "view_submission", "view_closed", "message_action", "shortcut", "block_suggestion")
    return {
        "type": rng.choice(kinds), "team": {"id": TEAM}, "user": {"id": "U0ANA", "team_id": TEAM}, "trigger_id": "1.2",
        "callback_id": rng.choice(["use_as_evidence", "plan_release", "x"]), "channel": {"id": "C1"},
        "actions": [{"type": "button", "action_id": "press:0:go", "value": "1|go|R-1|1||"}],
        "view": {"type": "modal", "callback_id": "form",
                  "private_metadata": '["t","C1",""]', "state": {"values": {"a": {"b": {"value": "x"}}}}},
        "message": {"ts": "17.5", "text": "x"}, "container": {"message_ts": "17.5", "channel_id": "C1"},
    }  # fmt: skip


def _event(rng: random.Random) -> dict[str, Any]:
    kinds = ("message", "app_mention", "app_home_opened", "tokens_revoked", "reaction_added", "url_verification")
    event = {
        "type": rng.choice(kinds),
        "user": "U0ANA",
        "channel": "C1",
        "ts": "17.5",
        "thread_ts": "17.1",
        "text": "x",
        "tokens": {},
    }
    return {"type": "event_callback", "team_id": TEAM, "event_id": "Ev1", "event": event}


def _mutated(rng: random.Random, value: Any) -> Any:  # noqa: ANN401 - any JSON
    if rng.random() < 0.06:
        return rng.choice(WORDS)
    if isinstance(value, dict):
        return {k: _mutated(rng, v) for k, v in value.items() if rng.random() > 0.04}
    return [_mutated(rng, v) for v in value] if isinstance(value, list) else value


def _headers(rng: random.Random, raw: bytes, kind: str) -> dict[str, str]:
    made = signed(raw, rng.choice([kind, kind, kind, FORM, JSON, "text/plain"]))
    chance = rng.random()
    if chance < 0.2:
        made["X-Slack-Signature"] = rng.choice(["", "v0=", "v0=" + "0" * 64, "v1=" + "a" * 64, "é"])
    elif chance < 0.3:
        made["X-Slack-Request-Timestamp"] = rng.choice(["", "now", "-1", "9" * 30, "0", "1e3", "½"])
    elif chance < 0.35:
        del made["X-Slack-Signature"]
    return made


async def installed(world: World) -> None:
    """Some requests say that the bot was removed; the next ones shall find it in its place again."""
    if not world.platform._installations.all():
        await world.platform._installations.identify()


class _Lines(logging.Handler):
    """What is logged: none of it may hold what came in."""

    def __init__(self) -> None:
        super().__init__()
        self.bad: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        line = self.format(record)
        if "HOSTILE" in line or record.exc_info:
            self.bad.append(line[-1500:])


async def _many(count: int, seed: int, seconds: float) -> tuple[int, int]:
    """As many as fit into the time, at most `count`: how many went, and how many of them were taken as signed."""
    lines = _Lines()
    logging.getLogger().addHandler(lines)
    logging.getLogger().setLevel(logging.INFO)
    made, until = requests(random.Random(seed), count), time.monotonic() + seconds
    done = taken = 0

    async def connection(world: World) -> None:
        nonlocal done, taken
        for raw, headers in made:
            async with world.session.post(world.base + EVENTS, data=raw, headers=headers) as answer:
                text = await answer.text()
                if answer.status >= 500 or "Traceback" in text or lines.bad:
                    sys.exit(f"seed {seed}, near request {done}: {answer.status} {raw[:400]!r} {headers} {lines.bad}")
                taken += answer.status == HTTPStatus.OK
            await installed(world)
            done += 1
            if not done % 256:
                world.heard.clear()
                world.slack.calls.clear()
            if time.monotonic() > until:
                return

    with tempfile.TemporaryDirectory() as folder:
        async with slack_world(Path(folder)) as world:
            await asyncio.gather(*(connection(world) for _ in range(CONNECTIONS)))
    return done, taken


def main() -> None:
    """Each process has a bot of its own and seeds of its own."""
    parser = argparse.ArgumentParser(prog="python -m tests.adapters.slack_fuzz", description=__doc__)
    parser.add_argument("count", type=int, nargs="?", default=10_000)
    parser.add_argument("--seed", type=int, default=1, help="of the first process; the others have the next ones")
    parser.add_argument("--processes", type=int, default=1)
    parser.add_argument("--seconds", type=float, default=86_400, help="ends after that time, however many were sent")
    given = parser.parse_args()
    share, began = -(-given.count // given.processes), time.monotonic()
    with ProcessPoolExecutor(given.processes, multiprocessing.get_context("spawn")) as pool:
        asked = [pool.submit(_one, share, given.seed + n, given.seconds) for n in range(given.processes)]
        done = [one.result() for one in asked]
    sent, taken = (sum(of) for of in zip(*done, strict=True))
    took = time.monotonic() - began
    seeds = f"seeds {given.seed} to {given.seed + given.processes - 1}"
    print(f"{sent} hostile requests, {taken} of them well signed, in {took:.0f} s ({sent / took:.0f}/s), {seeds}")
    print("no 500, no stack trace, nothing of them in a log")


def _one(count: int, seed: int, seconds: float) -> tuple[int, int]:
    return asyncio.run(_many(count, seed, seconds))


if __name__ == "__main__":
    main()

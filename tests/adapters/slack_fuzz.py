"""Hostile requests, by a seed: mutated payloads, signed well, badly or not at all, some of them no HTTP any more.

The bot's own answers change by the seed too, and the Slack that it calls stumbles: whatever it does, a request gives no 500,
no stack trace, and nothing of it is in the log. `python -m tests.adapters.slack_fuzz 1000000`.
"""

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
from contextlib import suppress
from http import HTTPStatus
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import aiohttp

from adapters.slack.api import Refused, TooFast, Unsure
from adapters.slack.app import EVENTS
from bot.messages.heard import Answer, Errors, Open, Quiet, Say
from bot.messages.model import Bullets, Form, FormField, Message, Text
from tests.adapters.slack_server import TEAM
from tests.adapters.slack_world import World, signed, slack_world

CONNECTIONS = 16
FORM, JSON = "application/x-www-form-urlencoded", "application/json"
WORDS: tuple[Any, ...] = (
    None, True, 0, -1, 1e308, "", "HOSTILE", "HOSTILE" * 200, "\x00", "🚀", "<!channel>", [], {}, [[]], {"a": {}}, "U0ANA",
    "C1", "17.5", TEAM, "press:0:go", "form", '["t","C1",""]', "1|go|R-1|1||", "DEEP", 10**400, "\ud800HOSTILE",
    "http://[HOSTILE", "<@U0KAI> <https://HOSTILE> <!here>", "im", "bot_message",
)  # fmt: skip
FORM_ASKED = Form("approve", "Approve", (FormField("reason", "Reason", "textarea"),), "1|approve|R-1|1||")
LONG = Message("NO-GO", (Bullets(tuple(f"gap {n}" for n in range(300))),), attachments=(("R-1.md", "# plan"),))
ANSWERS: tuple[Answer, ...] = (
    Quiet(), Say(Message("GO", (Text("well"),))), Say(LONG), Open(FORM_ASKED), Errors({"reason": "Say why."}, FORM_ASKED),
)  # fmt: skip
METHODS = ("views.open", "views.push", "views.update", "views.publish", "users.info", "chat.postEphemeral", "chat.postMessage",
           "conversations.open", "auth.test", "files.getUploadURLExternal", "usergroups.users.list")  # fmt: skip
FAULTS = ("429", "500", "no_json", "list", "drop", "error:invalid_auth", "error:push_limit_reached")


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
        values = [(n, str(rng.choice(WORDS))) for n in names for _ in range(rng.choice([0, 1, 1, 1, 1, 2]))]
        return urlencode(values, errors="surrogatepass").encode(), FORM
    whole = _interaction(rng) if kind == "interaction" else _event(rng)
    depth = rng.choice([50, 900, 10_000])
    text = json.dumps(_mutated(rng, whole)).replace('"DEEP"', "[" * depth + "]" * depth)
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
    if rng.random() < 0.03:
        made["Content-Encoding"] = rng.choice(["gzip", "deflate", "br", "identity", "HOSTILE"])
    if rng.random() < 0.1:
        made["X-Slack-Retry-Num"] = rng.choice(["1", "HOSTILE", "-1"])
    return made


def wire(rng: random.Random, raw: bytes, headers: dict[str, str]) -> bytes:
    """The request as bytes of a broken client: chunks that are none, lengths that lie, headers twice, lines that are cut."""
    length = rng.choice([str(len(raw)), "0", "-1", "9" * 30, "HOSTILE", str(max(len(raw) - 3, 0))])
    how = rng.choice(["length", "chunked", "both"])
    lines = [f"POST {EVENTS} HTTP/1.1", "Host: x", "Connection: close", *(f"{k}: {v}" for k, v in headers.items())]
    lines += [f"Content-Length: {length}"] if how != "chunked" else []
    lines += ["Transfer-Encoding: chunked"] if how != "length" else []
    if rng.random() < 0.3:
        lines.append(rng.choice(lines[1:]))
    if rng.random() < 0.2:
        lines[rng.randrange(len(lines))] = rng.choice(
            ["HOSTILE", "HOSTILE: \x00", ": HOSTILE", "Expect: HOSTILE", "\x01"]
        )
    size = rng.choice([f"{len(raw):x}", "zz", "5", "", "-1", "f" * 20])
    body = size.encode() + b"\r\n" + raw + rng.choice([b"\r\n0\r\n\r\n", b"\r\n", b""]) if how != "length" else raw
    return "\r\n".join(lines).encode("utf-8", "surrogatepass") + b"\r\n\r\n" + body


def turned(rng: random.Random, world: World) -> None:
    """What the bot says next, and how Slack stumbles next."""
    world.answer = rng.choice(ANSWERS)
    if rng.random() < 0.2:
        world.slack.faults[rng.choice(METHODS)].append(rng.choice(FAULTS))


async def installed(world: World) -> None:
    """Some requests say that the bot was removed; the next ones shall find it in its place again."""
    while not world.platform._installations.all():
        with suppress(Refused, TooFast, Unsure):  # the next of the faults was for this call
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
    rng = random.Random(seed)
    made, until = requests(rng, count), time.monotonic() + seconds
    done = taken = 0

    async def connection(world: World) -> None:
        nonlocal done, taken
        for raw, headers in made:
            status, text, went = await delivered(world, rng, raw, headers)
            if status >= 500 or "Traceback" in text or lines.bad:
                sys.exit(f"seed {seed}, near request {done}: {status} {went[:600]!r} {headers} {lines.bad}")
            taken += status == HTTPStatus.OK
            await installed(world)
            done += 1
            if not done % 256:
                world.heard.clear()
                world.slack.calls.clear()
                world.slack.messages.clear()
                world.slack.hooked.clear()
            if time.monotonic() > until:
                return

    with tempfile.TemporaryDirectory() as folder:
        async with slack_world(Path(folder)) as world:
            await asyncio.gather(*(connection(world) for _ in range(CONNECTIONS)))
    return done, taken


async def delivered(world: World, rng: random.Random, raw: bytes, headers: dict[str, str]) -> tuple[int, str, bytes]:
    """One request, some of them broken on the wire: the status (0 where the connection was shut), the answer, what went."""
    if rng.random() < 0.05:
        turned(rng, world)
    if rng.random() < 0.05:
        broken = wire(rng, raw, headers)
        return *await _sent(world, broken), broken
    return *await _posted(world, raw, headers), raw


async def _posted(world: World, raw: bytes, headers: dict[str, str]) -> tuple[int, str]:
    """Once more where the connection was shut: the request before it may have been a broken one."""
    for _ in range(2):
        try:
            async with world.session.post(world.base + EVENTS, data=raw, headers=headers) as answer:
                return answer.status, await answer.text()
        except aiohttp.ClientConnectionError:
            continue
    return 0, ""


async def _sent(world: World, broken: bytes) -> tuple[int, str]:
    """Bytes as they are, and the end of them; a connection that is shut without an answer counts as refused."""
    reader, writer = await asyncio.open_connection("127.0.0.1", int(world.base.rpartition(":")[2]))
    try:
        async with asyncio.timeout(20):
            writer.write(broken)
            writer.write_eof()
            found = await reader.read()
    except ConnectionError:
        found = b""
    finally:
        writer.close()
    head = found.split(b" ", 2)
    return int(head[1]) if len(head) > 1 and head[1].isdigit() else 0, found.decode("utf-8", "replace")


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

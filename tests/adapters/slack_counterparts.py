"""local-slack and emulate: two programs of others that stand in for Slack. Started once for a file, ended by their ids."""

import json
import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import aiohttp

from tests.adapters.slack_bot import CHANNELS, PEOPLE, account

MODULES = Path(__file__).parents[1] / "counterparts" / "node_modules"
LOCAL = MODULES / "local-slack-linux-x64" / "bin" / "local-slack"
EMULATE = MODULES / "emulate" / "dist" / "index.js"
Json = dict[str, Any]


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port: int = found.getsockname()[1]
        return port


class LocalSlack:
    """What people do in its web page, over its own interfaces. `bot_port`: where it sends what they do."""

    def __init__(self, port: int, bot_port: int) -> None:
        self.base = f"http://127.0.0.1:{port}"
        self.bot_port = bot_port
        self.session: aiohttp.ClientSession | None = None

    async def control(self, what: str, **values: object) -> Json:
        assert self.session is not None
        async with self.session.post(f"{self.base}/_control/{what}", json=values) as answer:
            text = await answer.text()
            assert answer.status == 200, text
            found: Json = json.loads(text) if text else {}
            return found

    async def reset(self) -> None:
        await self.control("reset")

    async def messages(self, channel: str) -> list[Json]:
        assert self.session is not None
        async with self.session.get(f"{self.base}/_control/messages/{channel}") as answer:
            found = await answer.json()
            listed: list[Json] = found["messages"] if isinstance(found, dict) else found
            return listed

    async def page(self) -> aiohttp.ClientWebSocketResponse:
        """The line that its page has: what is shown comes in, what people do goes out."""
        assert self.session is not None
        return await self.session.ws_connect(self.base.replace("http", "ws") + "/ui")


@contextmanager
def local_slack(mode: str) -> Iterator[LocalSlack]:
    """`mode` is events (HTTP) or socket."""
    port, bot_port = free_port(), free_port()
    folder = Path(tempfile.mkdtemp(prefix="local-slack-"))
    config = {
        "workspace": {"name": "Acme", "domain": "acme", "teamId": "T01TEST"},
        "app": {
            "appId": "A01APP", "botUserId": "U0BOT", "botName": "t-minus", "botToken": "xoxb-test-token",
            "appToken": "xapp-test-token", "signingSecret": "test-signing-secret", "mode": mode,
            "requestUrl": f"http://127.0.0.1:{bot_port}/slack/events",
        },
        "users": [{"id": account(p), "name": p, "real_name": p.title(), "email": f"{p}@acme.example"} for p in PEOPLE],
        "channels": [{"id": c, "name": n, "members": [*(account(p) for p in PEOPLE), "U0BOT"]} for c, n in CHANNELS.items()],
    }  # fmt: skip
    file = folder / "config.yaml"
    file.write_text(json.dumps(config))  # JSON is YAML
    with _running([str(LOCAL), "--config", str(file), "--port", str(port), "--base-host", "127.0.0.1"], port, folder):
        yield LocalSlack(port, bot_port)


@contextmanager
def emulate(seed: Mapping[str, object]) -> Iterator[str]:
    """Its address, with a slash at the end."""
    port = free_port()
    folder = Path(tempfile.mkdtemp(prefix="emulate-"))
    file = folder / "seed.yaml"
    file.write_text(json.dumps(seed))
    node = shutil.which("node")
    assert node is not None, "Node.js is missing: `make setup` installs it"
    with _running([node, str(EMULATE), "--service", "slack", "--port", str(port), "--seed", str(file)], port, folder):
        yield f"http://127.0.0.1:{port}/"


@contextmanager
def _running(command: Sequence[str], port: int, folder: Path) -> Iterator[None]:
    assert Path(command[-1]).exists() or Path(command[0]).exists(), "`npm ci` in tests/counterparts installs it"
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen(command, cwd=folder, stdout=log, stderr=log, start_new_session=True)
    try:
        for _ in range(2_400):
            assert process.poll() is None, (folder / "log").read_text()
            try:
                urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=1).close()
                break
            except urllib.error.HTTPError:
                break
            except OSError:
                time.sleep(0.05)
        else:
            raise AssertionError((folder / "log").read_text())
        yield
    finally:
        with suppress(ProcessLookupError):  # where it fell by itself, its log says why, above
            os.killpg(process.pid, signal.SIGTERM)
        process.wait(60)
        shutil.rmtree(folder, ignore_errors=True)

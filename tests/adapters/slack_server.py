"""A Slack of our own that does what no emulator does: commits and drops the line, bursts of 429, 500, no JSON, revoked tokens.

Its log is what counts: how often a message really stands in a channel.
"""

import asyncio
import json
from collections import defaultdict, deque
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager, suppress
from typing import Any

from aiohttp import web

Json = dict[str, Any]
BOT, TEAM, TOKEN = "U0BOT", "T01TEST", "xoxb-test-token"


class Slack:
    """Channels and what stands in them. `faults[method]`: what goes wrong with the next calls of it, one each.

    `only`: tokens that reach what there is, where not all of them do. `odd[method]`: what it answers in the place of the truth.
    `hook_status`: of response_url, 0 drops the line. `lines`: sockets that are open, the oldest first; `sockets`: what goes down
    one of them next; `acknowledged`: what came up, with the number of its line. `gone`: nothing is there to connect to.
    """

    def __init__(self) -> None:
        self.messages: dict[str, list[Json]] = defaultdict(list)
        self.calls: list[tuple[str, Json]] = []
        self.faults: dict[str, deque[str]] = defaultdict(deque)
        self.users: dict[str, Json] = {}
        self.channels: dict[str, Json] = {"C1": {"id": "C1", "name": "payments", "is_member": True}}
        self.groups: dict[str, list[str]] = {}
        self.inside: dict[str, list[str]] = {}
        self.hooked: list[Json] = []
        self.scopes = "chat:write,commands"
        self.only: set[str] = set()
        self.odd: dict[str, Json] = {}
        self.oauth: Json = {}
        self.nobody = False
        self.hook_status = self.upload_status = 200
        self.gone = False
        self.connected = asyncio.Event()
        self.lines: dict[int, web.WebSocketResponse] = {}
        self.tickets: set[str] = set()
        self.sockets: asyncio.Queue[Json] = asyncio.Queue()
        self.acknowledged: asyncio.Queue[Json] = asyncio.Queue()
        self.retry_after = "7"
        self.upload_to = ""
        self.base = ""
        self._ts = 1_795_528_800

    def called(self, method: str) -> list[Json]:
        return [values for name, values in self.calls if name == method]

    async def handle(self, request: web.Request) -> web.StreamResponse:
        method = request.match_info["method"]
        values = {k: _read(v) for k, v in (await request.post()).items()}
        token = request.headers.get("Authorization", "").removeprefix("Bearer ")
        self.calls.append((method, {**values, "_token": token}))
        fault = self.faults[method].popleft() if self.faults[method] else ""
        if fault == "drop":
            return await self._dropped(request)
        if fault and (plain := self._plain(fault)):
            return plain
        elsewhere = self.only and token not in self.only and method != "auth.test"
        body = {"ok": False, "error": "not_found_here"} if elsewhere else self.answer(method, values)
        body = {"ok": True, **self.odd[method]} if method in self.odd else body
        match fault.partition(":"):
            case ("commit_then_drop", _, _):
                return await self._dropped(request)
            case ("commit_then_500", _, _):
                return web.Response(status=500)
            case ("slow", _, seconds):
                await asyncio.sleep(float(seconds or 30))
        headers = {"x-oauth-scopes": self.scopes} if self.scopes else {}
        return web.json_response(body, headers=headers)

    def _plain(self, fault: str) -> web.Response | None:
        """What goes wrong before anything was done."""
        match fault.partition(":"):
            case ("429", _, _):
                error = {"ok": False, "error": "ratelimited"}
                return web.json_response(error, status=429, headers={"Retry-After": self.retry_after})
            case ("500", _, _):
                return web.Response(status=500, text="<html>stumbled</html>")
            case ("no_json", _, _):
                return web.Response(status=200, text="<html>", content_type="text/html")
            case ("bytes", _, _):
                return web.Response(status=200, body=b"\x1f\x8b", content_type="application/gzip")
            case ("list", _, _):
                return web.json_response([1, 2])
            case ("error", _, code):
                return web.json_response({"ok": False, "error": code, "needed": "im:write"})
        return None

    async def _dropped(self, request: web.Request) -> web.StreamResponse:
        assert request.transport is not None
        request.transport.abort()
        return web.Response()

    def answer(self, method: str, values: Json) -> Json:
        made = getattr(self, "on_" + method.replace(".", "_"), None)
        found: Json = made(values) if made else {}
        return {"ok": "error" not in found, **found}

    def on_auth_test(self, _: Json) -> Json:
        return {} if self.nobody else {"team_id": TEAM, "user_id": BOT, "bot_id": "B0BOT", "team": "Test"}

    def on_oauth_v2_access(self, _: Json) -> Json:
        return self.oauth

    def on_apps_connections_open(self, _: Json) -> Json:
        """An address that counts once, and only until another one is asked for."""
        self.tickets = {str(len(self.calls))}
        return {"url": self.base.replace("http", "ws", 1).replace("/api/", f"/socket?ticket={len(self.calls)}")}

    def on_chat_postMessage(self, values: Json) -> Json:  # noqa: N802 - Slack's own name
        known = self.channels.get(values["channel"])
        if known is None or (known.get("is_private") and not known.get("is_member")):
            return {"error": "channel_not_found"}
        if known.get("is_archived"):
            return {"error": "is_archived"}
        self._ts += 1
        kept = {"ts": f"{self._ts}.000100", "user": BOT, "bot_id": "B0BOT", **values}
        self.messages[values["channel"]].append(kept)
        return {"ts": kept["ts"], "channel": values["channel"]}

    def on_chat_update(self, values: Json) -> Json:
        for kept in self.messages[values["channel"]]:
            if kept["ts"] == values["ts"]:
                kept.update(values)
                return {"ts": kept["ts"]}
        return {"error": "message_not_found"}

    def on_conversations_history(self, values: Json) -> Json:
        return self._page([m for m in self.messages[values["channel"]] if not m.get("thread_ts")], values)

    def on_conversations_replies(self, values: Json) -> Json:
        return self._page([m for m in self.messages[values["channel"]] if m.get("thread_ts") == values["ts"]], values)

    def on_conversations_open(self, values: Json) -> Json:
        channel = f"D{values['users'][1:]}"
        self.channels[channel] = {"id": channel, "is_im": True}
        return {"channel": {"id": channel}}

    def on_conversations_info(self, values: Json) -> Json:
        found = self.channels.get(values["channel"])
        return {"channel": found} if found else {"error": "channel_not_found"}

    def on_conversations_members(self, values: Json) -> Json:
        found = self.inside.get(values["channel"])
        if found is None:
            return {"error": "channel_not_found"}
        start, size = int(values.get("cursor") or 0), 2
        more = str(start + size) if start + size < len(found) else ""
        return {"members": found[start : start + size], "response_metadata": {"next_cursor": more}}

    def on_users_info(self, values: Json) -> Json:
        return {"user": {"id": values["user"], "team_id": TEAM, **self.users.get(str(values["user"]), {})}}

    def on_users_lookupByEmail(self, values: Json) -> Json:  # noqa: N802 - Slack's own name
        found = [u for u, facts in self.users.items() if facts.get("profile", {}).get("email") == values["email"]]
        return {"user": {"id": found[0]}} if found else {"error": "users_not_found"}

    def on_usergroups_users_list(self, values: Json) -> Json:
        found = self.groups.get(values["usergroup"])
        return {"users": found} if found is not None else {"error": "no_such_subteam"}

    def on_files_getUploadURLExternal(self, values: Json) -> Json:  # noqa: N802 - Slack's own name
        return {
            "upload_url": f"{self.upload_to or self.base}upload/{values['filename']}",
            "file_id": f"F{len(self.calls)}",
        }

    def _page(self, found: list[Json], values: Json) -> Json:
        newest_first = [m for m in reversed(found) if float(m["ts"]) >= float(values.get("oldest", 0))]
        start, size = int(values.get("cursor") or 0), 2
        more = str(start + size) if start + size < len(newest_first) else ""
        return {"messages": newest_first[start : start + size], "response_metadata": {"next_cursor": more}}

    async def upload(self, request: web.Request) -> web.Response:
        self.calls.append(("upload", {"name": request.match_info["name"], "body": await request.read()}))
        return web.Response(text="OK", status=self.upload_status)

    async def hook(self, request: web.Request) -> web.StreamResponse:
        self.hooked.append(await request.json())
        return web.Response(text="ok", status=self.hook_status) if self.hook_status else await self._dropped(request)

    async def socket(self, request: web.Request) -> web.StreamResponse:
        ticket = request.query["ticket"]
        if self.gone or ticket not in self.tickets:
            return web.Response(status=403)
        self.tickets.remove(ticket)
        number, line = int(ticket), web.WebSocketResponse()
        await line.prepare(request)
        await line.send_json({"type": "hello", "num_connections": 1})
        self.lines[number] = line
        self.connected.set()
        sending = asyncio.create_task(self._down(line))
        async for message in line:
            self.acknowledged.put_nowait({**json.loads(message.data), "line": number})
        sending.cancel()
        del self.lines[number]
        return line

    async def _down(self, line: web.WebSocketResponse) -> None:
        while True:
            await line.send_json(await self.sockets.get())


@asynccontextmanager
async def slack_server(slack: Slack | None = None) -> AsyncIterator[Slack]:
    """Listening on a free port; `base` is its address."""
    slack = slack or Slack()
    app = web.Application(client_max_size=4_000_000)
    app.router.add_post("/api/{method}", slack.handle)
    app.router.add_post("/api/upload/{name}", slack.upload)
    app.router.add_post("/hook", slack.hook)
    app.router.add_get("/socket", slack.socket)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    slack.base = f"http://127.0.0.1:{runner.addresses[0][1]}/api/"
    try:
        yield slack
    finally:
        await runner.cleanup()


def _read(value: object) -> Any:  # noqa: ANN401 - a form's value, or the JSON in it
    text = str(value)
    if text[:1] in {"[", "{"}:
        with suppress(ValueError):
            return json.loads(text)
    return {"true": True, "false": False}.get(text, text)


def written(message: Mapping[str, Any]) -> str:
    """All the words of a message."""
    return json.dumps(message.get("blocks", []), ensure_ascii=False)

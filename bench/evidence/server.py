"""Four kinds of servers behind one port, in a process of its own: they answer at once, and write down what they were asked."""

import asyncio
import hashlib
import json
import sys
from datetime import UTC, datetime
from email.utils import format_datetime
from typing import Any

from aiohttp import web

RULE = {
    "type": "alerting", "name": "Errors", "query": 'errors{job="shop"} > 5', "labels": {"service": "shop"}, "state": "inactive",
    "health": "ok", "lastEvaluation": "2026-11-24T15:15:00Z", "alerts": [],
}  # fmt: skip
LAYERS = [f"sha256:{hashlib.sha256(str(n).encode()).hexdigest()}" for n in range(6)]
MANIFEST = json.dumps({"config": {"digest": LAYERS[0]}, "layers": [{"digest": d} for d in LAYERS[1:]]})
ROLLOUT = {
    "metadata": {"generation": 2},
    "spec": {"template": {"spec": {"containers": [{"name": "app", "image": "acme/shop:2.4.1"}]}}},
    "status": {"observedGeneration": "2", "phase": "Healthy", "currentPodHash": "a", "stableRS": "a"},
}
AT = 1795533300.0
HEADERS = {"Date": format_datetime(datetime.fromtimestamp(AT, UTC), usegmt=True)}
"""It is always the same time at this server."""
SLOW = "/slow"
"""What is asked below this path is heard, and answered long after anybody waits for it."""

_LONG_S = 60.0


def answer(path: str, query: str) -> tuple[str, str]:
    """Body and type."""
    if path == "/api/v1/query":
        series = [{"metric": {"job": "shop"}, "value": [AT, "1" if query.startswith("up") else "0.2"]}]
        return _json({"status": "success", "data": {"resultType": "vector", "result": series}})
    if path == "/api/v1/rules":
        return _json({"status": "success", "data": {"groups": [{"interval": 60, "rules": [RULE] * 20}]}})
    if path.startswith("/api/v2/"):
        return "[]", "application/json"
    if "/manifests/" in path:
        return MANIFEST, "application/vnd.oci.image.manifest.v1+json"
    if "/rollouts/" in path:
        return _json(ROLLOUT)
    return _json({"status": "UP"})


def _json(said: object) -> tuple[str, str]:
    return json.dumps(said), "application/json"


def application() -> web.Application:
    """`GET /asked` gives what was asked since the last time, as [method, path with query]."""
    heard: list[tuple[str, str]] = []

    async def one(request: web.Request) -> web.StreamResponse:
        if request.path == "/asked":
            said = list(heard)
            heard.clear()
            return web.json_response(said)
        if request.path.startswith(f"{SLOW}/"):
            await asyncio.sleep(_LONG_S)
        heard.append((request.method, request.raw_path))
        body, kind = answer(request.path, request.query.get("query", ""))
        return web.Response(text=body, content_type=kind, headers=HEADERS)

    app = web.Application()
    app.router.add_route("*", "/{path:.*}", one)
    return app


def main() -> None:
    """Serve on the port of the first argument."""
    options: dict[str, Any] = {"access_log": None, "print": None}
    web.run_app(application(), host="127.0.0.1", port=int(sys.argv[1]), **options)


if __name__ == "__main__":
    main()

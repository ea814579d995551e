"""A real Prometheus with a real Alertmanager on loopback, and the services that it scrapes."""

import http.client
import json
import shutil
import socket
import subprocess
import threading
import time
import urllib.parse
from collections.abc import Callable
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from bot.clock import machine_time

LOOPBACK = "127.0.0.1"
JOBS = (
    "calm",
    "empty",
    "nan",
    "killed",
    "half",
    "second",
    "sick",
    "silenced",
    "hushed",
    "partial",
    "norule",
    "badrule",
    "watched",
)
SERIES = 'error_ratio{track="canary"} 0.2\nerror_ratio{track="stable"} 0.1\nlatency_ms 120\n'
OLD_S = 200
PATIENCE_S = 60.0
PAUSE_S = 0.1


@dataclass
class Scraped:
    """What each job shows when it is scraped; None: it is down."""

    port: int = 0
    says: dict[str, str | None] = field(default_factory=lambda: dict.fromkeys(JOBS, SERIES))


@dataclass(frozen=True)
class Monitoring:
    """Where the servers listen."""

    prometheus: str
    alertmanager: str
    scraped: Scraped

    def until(self, expression: str, wanted: Callable[[list[dict[str, Any]]], bool]) -> None:
        """Wait until the query gives what is wanted."""
        path = f"/api/v1/query?query={urllib.parse.quote(expression)}"
        wait(lambda: wanted(self.ask(path)["result"]))

    def until_firing(self, job: str) -> None:
        """Wait until an alert of the job fires, in both servers."""
        self.until(f'ALERTS{{service="{job}",alertstate="firing"}}', bool)
        wait(lambda: any(a["labels"].get("service") == job for a in get(f"{self.alertmanager}/api/v2/alerts")))

    def rules(self) -> list[dict[str, Any]]:
        return [rule for group in self.ask("/api/v1/rules")["groups"] for rule in group["rules"]]

    def ask(self, path: str) -> dict[str, Any]:
        found: dict[str, Any] = get(f"{self.prometheus}{path}")["data"]
        return found

    def silence(self, **labels: str) -> str:
        """Silence what has these labels, as bob would. Gives its id."""
        matchers = [{"name": k, "value": v, "isRegex": False, "isEqual": True} for k, v in labels.items()]
        at = machine_time()
        body = {"matchers": matchers, "createdBy": "bob", "comment": "deploying", "startsAt": at.isoformat(),
                "endsAt": at.replace(year=at.year + 1).isoformat()}  # fmt: skip
        made = str(json.loads(call("POST", f"{self.alertmanager}/api/v2/silences", json.dumps(body))[1])["silenceID"])
        wait(lambda: get(f"{self.alertmanager}/api/v2/silence/{made}")["status"]["state"] == "active")
        return made

    def end(self, silence: str) -> None:
        """Bob ends it."""
        call("DELETE", f"{self.alertmanager}/api/v2/silence/{silence}")


def wait(true: Callable[[], bool]) -> None:
    """Until it is true; the servers take a second for each step."""
    end = time.monotonic() + PATIENCE_S
    while not true():
        assert time.monotonic() < end, "the servers do not come to it"
        time.sleep(PAUSE_S)


def call(method: str, url: str, body: str | None = None) -> tuple[int, bytes]:
    """Status and body."""
    parts = urllib.parse.urlsplit(url)
    connection = http.client.HTTPConnection(parts.netloc, timeout=5)
    try:
        path = f"{parts.path}?{parts.query}" if parts.query else parts.path
        connection.request(method, path, body, {"Content-Type": "application/json"})
        answer = connection.getresponse()
        return answer.status, answer.read()
    finally:
        connection.close()


def get(url: str) -> Any:  # noqa: ANN401 - whatever JSON the server sends
    return json.loads(call("GET", url)[1])


def ready(url: str) -> bool:
    try:
        return call("GET", url)[0] == 200
    except OSError:
        return False


def scraped() -> tuple[Scraped, ThreadingHTTPServer]:
    """The services that are scraped: one path for each."""
    shown = Scraped()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            said = shown.says.get(self.path.strip("/"))
            self.send_response(200 if said is not None else 503)
            self.send_header("Content-Type", "text/plain; version=0.0.4")
            self.end_headers()
            self.wfile.write((said or "").encode())

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer((LOOPBACK, 0), Handler)
    shown.port = server.server_port
    threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
    return shown, server


def configure(folder: Path, services: int, alertmanager: int) -> None:
    """Write what both read. One job has two targets; one asks a second server that is dead, so its answers are partial."""
    at = f"{LOOPBACK}:{services}"
    jobs: list[dict[str, Any]] = [
        {"job_name": j, "metrics_path": f"/{j}", "static_configs": [{"targets": [at]}]} for j in JOBS if j != "second"
    ]
    second = {"targets": [at], "labels": {"__metrics_path__": "/second", "instance": "second"}}
    jobs[JOBS.index("half")]["static_configs"].append(second)
    config = {
        "global": {"scrape_interval": "1s", "scrape_timeout": "1s", "evaluation_interval": "1s"},
        "rule_files": ["rules.yml"],
        "alerting": {"alertmanagers": [{"static_configs": [{"targets": [f"{LOOPBACK}:{alertmanager}"]}]}]},
        "remote_read": [{"url": f"http://{LOOPBACK}:1/", "read_recent": True, "required_matchers": {"job": "partial"}}],
        "scrape_configs": jobs,
    }
    alerts = [
        {"alert": "Errors", "expr": f'error_ratio{{job="{j}"}} > 5', "labels": {"service": j, "severity": "page"}}
        for j in (*JOBS, "ghost")
        if j not in {"norule", "badrule"}
    ]
    broken = 'up{job="badrule"} * on() error_ratio{job="badrule"}'
    alerts.append({"alert": "Broken", "expr": broken, "labels": {"service": "badrule"}})
    (folder / "rules.yml").write_text(json.dumps({"groups": [{"name": "own", "rules": alerts}]}))
    (folder / "prom.yml").write_text(json.dumps(config))
    route = {"receiver": "none", "group_wait": "1s"}
    (folder / "am.yml").write_text(json.dumps({"route": route, "receivers": [{"name": "none"}]}))


def backfill(folder: Path) -> None:
    """Samples of a job that is scraped no more: too old to speak of now, and still shown by Prometheus."""
    at = int(machine_time().timestamp()) - OLD_S
    series = (("up", 1), ("error_ratio", 0.1), ("latency_ms", 9))
    text = "\n".join(f'{name}{{job="ghost"}} {value} {at}' for name, value in series)
    (folder / "old.txt").write_text(f"{text}\n# EOF\n")
    made = [program("promtool"), "tsdb", "create-blocks-from", "openmetrics", "old.txt", "data"]
    subprocess.run(made, cwd=folder, check=True, capture_output=True, timeout=30)


def start(folder: Path, name: str, *arguments: str) -> subprocess.Popen[bytes]:
    with (folder / f"{name}.log").open("wb") as log:
        return subprocess.Popen([program(name), *arguments], cwd=folder, stdout=log, stderr=log)


def program(name: str) -> str:
    found = shutil.which(name)
    assert found, f"{name} is missing: .ci/system installs it"
    return found


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind((LOOPBACK, 0))
        return int(probe.getsockname()[1])

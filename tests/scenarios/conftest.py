"""Whole release days over the sandbox's HTTP interface: the real process, a fresh folder, a simulated clock.

One process serves the tests of a file; every test takes the next working day for itself and leaves nothing open behind.
"""

import json
import shutil
import subprocess
import sys
import tempfile
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
MEMORY = Path("/dev/shm")  # noqa: S108 - the folder in it is made by mkdtemp
Json = dict[str, Any]
FRIDAY = 4
BY_HAND = {"planning": "cancel", "planned": "cancel", "cleared": "cancel", "held": "cancel", "live": "rollback"}


class Bot:
    """A running sandbox and what people do in it. `stop` and `kill` end the process that `start` made, by its id."""

    def __init__(self, data: Path) -> None:
        self.data = data
        self.base = ""
        self._process: subprocess.Popen[str] | None = None
        self.start()
        # The demo's standing evidence is dated back from the first start over a folder, and grows old with its clock.
        self.began_at = self.now()

    def start(self) -> None:
        """Start it on a free port, and wait until it answers."""
        command = [sys.executable, "-m", "bot", "sandbox", "--port", "0", "--data", str(self.data)]
        self._process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        assert "http://" in line, line
        self.base = "http://" + line.split("http://")[1].split()[0]

    def begin_anew(self) -> None:
        """In a folder of its own inside the old one, with a clock and evidence of today."""
        self.stop()
        self.data = self.data / "anew"
        self.start()
        self.began_at = self.now()

    def stop(self) -> None:
        """SIGTERM, and its end."""
        self._end(kill=False)

    def kill(self) -> None:
        """SIGKILL, and its end."""
        self._end(kill=True)

    def _end(self, *, kill: bool) -> None:
        process, self._process = self._process, None
        if process is None:
            return
        if kill:
            process.kill()
        else:
            process.terminate()
        process.wait(timeout=30)
        if process.stdout is not None:
            process.stdout.close()

    # ---- the interface -------------------------------------------------------------------------------------------

    def call(self, path: str, body: Mapping[str, object] | None = None, *, status: int = 200) -> Any:  # noqa: ANN401 - whatever JSON it gives
        """GET or POST; the status has to be that one."""
        got, raw = self.raw(path, body)
        assert got == status, raw
        return json.loads(raw)

    def raw(self, path: str, body: Mapping[str, object] | None = None) -> tuple[int, str]:
        """The status and the text."""
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(self.base + path, data=data, headers={"Content-Type": "application/json"})  # noqa: S310 - loopback only
        try:
            with urllib.request.urlopen(request, timeout=60) as answer:  # noqa: S310 - loopback only
                return answer.status, answer.read().decode()
        except urllib.error.HTTPError as error:
            with error:
                return error.code, error.read().decode()

    def say(
        self, person: str, text: str, *, place: str = "#payments", thread: str | None = None, receipt: str | None = None
    ) -> Json:
        """Somebody types."""
        body = {"person": person, "place": place, "text": text, "thread": thread, "receipt": receipt}
        return dict(self.call("/api/say", body))

    def press(
        self, person: str, message: str, button: str, *, token: str | None = None, receipt: str | None = None
    ) -> Json:
        """Somebody presses a button."""
        body = {"person": person, "message": message, "button": button, "token": token, "receipt": receipt}
        return dict(self.call("/api/press", body))

    def fill(self, person: str, form: str, **values: str) -> Json:
        """Somebody sends a form off."""
        return dict(self.call("/api/fill", {"person": person, "form": form, "values": values}))

    def messages(self, place: str | None = None, person: str | None = None) -> list[Json]:
        """What stands in a place, or all that the person sees."""
        query = {k: v for k, v in (("place", place), ("person", person)) if v is not None}
        return list(self.call("/api/messages?" + urllib.parse.urlencode(query)))

    def release(self, name: str) -> Json:
        """The public JSON of a release."""
        return dict(self.call(f"/api/releases/{name}"))

    def ledger(self, name: str) -> list[Json]:
        """The record of a release."""
        return list(self.call(f"/api/releases/{name}/ledger"))

    def demo(self, source: str, **changes: object) -> None:
        """What a demo source answers from now on."""
        self.call("/api/demo", {"source": source, "set": changes})

    # ---- time ----------------------------------------------------------------------------------------------------

    def now(self) -> datetime:
        """What the simulated clock says."""
        return at(self.call("/api/clock")["now"])

    def turn(self, to: datetime, *, down: bool = False) -> None:
        """Turn the clock; what is due in the span is done."""
        self.call("/api/clock", {"to": stamp(to), "down": down})


class Day:
    """A working day from 08:00 UTC on, and what a test does on it."""

    def __init__(self, bot: Bot) -> None:
        self.bot = bot
        if bot.now() - bot.began_at > timedelta(days=7):
            bot.begin_anew()
        next_day = (bot.now() + timedelta(days=1)).replace(hour=8, minute=0, second=0, microsecond=0)
        while next_day.weekday() >= FRIDAY:
            next_day += timedelta(days=1)
        bot.turn(next_day)
        self.start_at = next_day + timedelta(hours=6)
        """When releases of this day start: 14:00 UTC."""

    def plan(self, words: str, *, person: str = "ana", place: str = "#payments") -> str:
        """`/release plan …` at 14:00 UTC; gives the id of the release."""
        before = {r["id"] for r in self.bot.call("/api/releases")}
        self.bot.say(person, f"/release plan {words}", place=place)
        fresh = [r["id"] for r in self.bot.call("/api/releases") if r["id"] not in before]
        assert len(fresh) == 1, (words, fresh)
        return str(fresh[0])

    @property
    def when(self) -> str:
        """The start as people type it."""
        return f"at {self.start_at:%Y-%m-%d %H:%M} UTC"

    def mark(self, minutes: int, *, down: bool = False) -> None:
        """Turn the clock to that many minutes after (before: negative) the start."""
        self.bot.turn(self.start_at + timedelta(minutes=minutes), down=down)

    def search(self, version: str) -> str:
        """A LOW release of `search`, planned; only a sign-off and the go are open."""
        return self.plan(f"search {version} {self.when}", place="#search")

    def sign_off(self, release: str, person: str = "kai") -> None:
        """That person gives what is asked of that person."""
        reason = f"read the drill and the limits of {release} myself"
        self.bot.say(person, f"/release approve {release} {reason}", place="#search")

    def cleared(self, version: str) -> str:
        """A release of `search` with its sign-off and its go."""
        release = self.search(version)
        self.sign_off(release)
        self.bot.say("lena", f"/release go {release}", place="#search")
        assert self.bot.release(release)["cleared"] is True, self.bot.release(release)["findings"]
        return release

    def close(self) -> None:
        """Nothing stays open: the next test begins clean."""
        for source in ("ci", "scm", "prometheus", "rollout", "registry", "incidents"):
            self.bot.demo(source)
        for release in self.bot.call("/api/releases"):
            name, phase = release["id"], release["phase"]
            if phase in BY_HAND:
                self.bot.say(release["owner"], f"/release {BY_HAND[phase]} {name} the rehearsal of this day is over")
                phase = self.bot.release(name)["phase"]
            if phase == "rolling_back":
                self.bot.say(release["owner"], f"/release rolledback {name}")


def at(text: str) -> datetime:
    """An instant of the interface."""
    return datetime.fromisoformat(text)


def stamp(instant: datetime) -> str:
    """An instant for the interface."""
    return instant.astimezone(UTC).isoformat().replace("+00:00", "Z")


def words_of(message: Json) -> str:
    """All that a reader of the message sees, in one string; buttons too."""
    return json.dumps([message["text"], message["blocks"]], ensure_ascii=False)


def said(answer: Json) -> str:
    """All that the caller saw because of a call."""
    return "\n".join(words_of(m) for m in answer["answers"])


def marks(release: Json) -> list[tuple[str, str, str]]:
    """Mark, audience and state of each post of a mark."""
    return [(a["mark"], a["audience"], a["state"]) for a in release["announcements"] if a["mark"]]


def posts(release: Json, occasion: str) -> list[Json]:
    """The posts of an occasion."""
    return [a for a in release["announcements"] if a["occasion"] == occasion]


def question(bot: Bot, release: str) -> Json | None:
    """The message that asks the open question of a release; None: no question is open."""
    found = [a["message"] for a in posts(bot.release(release), "QUESTION") if a["message"]]
    by_id = {m["id"]: m for m in bot.messages()}
    open_ones = [by_id[i] for i in found if i in by_id and any(b["id"] == "dont_know" for b in by_id[i]["buttons"])]
    return open_ones[-1] if open_ones else None


def missing_musts(release: Json) -> list[Json]:
    """MUST findings that stand in the way."""
    return [f for f in release["findings"] if f["level"] == "MUST" and f["result"] not in {"clear", "warn"}]


def events(ledger: Sequence[Json], what: str) -> list[Json]:
    """The rows of the record of that kind or name."""
    return [e for e in ledger if what in {e["what"], e["name"]}]


@pytest.fixture(scope="module")
def bot(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bot]:
    """One sandbox for the tests of a file."""
    # Memory, where there is a file system of it: a killed process loses nothing of it, and the disk is not what is tested.
    folder = tempfile.mkdtemp(dir=MEMORY) if MEMORY.is_dir() else str(tmp_path_factory.mktemp("sandbox"))
    running = Bot(Path(folder))
    try:
        yield running
    finally:
        running.stop()
        shutil.rmtree(folder)


@pytest.fixture
def day(bot: Bot) -> Iterator[Day]:
    """A day of its own."""
    found = Day(bot)
    yield found
    found.close()

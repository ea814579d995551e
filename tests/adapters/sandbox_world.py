"""A small fake bot behind the sandbox's Protocols: a few lines for each part, enough to see all that the chat can show."""

from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from adapters.evidence.demo_file import DemoFile
from adapters.http.server import Server
from adapters.sandbox.app import Book, Page, SandboxChat, SandboxDirectory, SandboxParts, sandbox_application
from adapters.slack.render import payload as as_slack
from adapters.teams.render import card as as_teams
from bot.domain.facts import Policy, Rubric
from bot.domain.people import Person, Place, Roster
from bot.domain.service import Audience, Service
from bot.messages.heard import Answer, Asked, Errors, Filled, Heard, Open, Pressed, Quiet, Say
from bot.messages.model import (
    Actions,
    Block,
    Bullets,
    Button,
    Code,
    Context,
    Divider,
    Fields,
    Form,
    FormField,
    Heading,
    Link,
    Message,
    Table,
    Text,
)
from bot.messages.tokens import Token
from bot.ports import Catalog, Outgoing, Sent
from tests.adapters.sandbox_release import LEDGER_ROW, R1, WORDS, FakeDrills

START = datetime(2026, 11, 24, 13, 0, tzinfo=UTC)
NAMES = {
    "ana": "engineer",
    "kai": "SRE",
    "lena": "tech lead",
    "priya": "product owner",
    "quinn": "QA lead",
    "mia": "engineering lead",
    "sam": "support",
}


def place(name: str) -> Place:
    return Place("sandbox", name)


def catalog() -> Catalog:
    people = {p: Person(p, p.title(), title=title, direct={"sandbox": f"@{p}"}) for p, title in NAMES.items()}
    services = {
        name: Service(
            id=name,
            name=name,
            tier=1,
            time_zone="Europe/Berlin",
            team=tuple(NAMES),
            roles={},
            channels={Audience.TEAM: (place(f"#{name}"),), Audience.STAKEHOLDERS: (place("#releases"),)},
        )
        for name in ("payments", "search")
    }
    return Catalog(services, Roster(people), Policy("1", ()), Rubric("1", ()))


class FakeClock:
    """Simulated time; remembers whether the bot was down during a span, and drains at the end of it."""

    simulated = True

    def __init__(self) -> None:
        self.time = START
        self.speed = 0.0
        self.spans: list[tuple[datetime, bool]] = []

    def now(self) -> datetime:
        return self.time

    def rate(self) -> float:
        return self.speed

    async def advance(self, seconds: float, *, down: bool) -> None:
        await self.to(self.time + timedelta(seconds=seconds), down=down)

    async def to(self, instant: datetime, *, down: bool) -> None:
        self.time = instant
        self.spans.append((instant, down))

    async def set_rate(self, rate: float) -> None:
        self.speed = rate


class FakeReleases:
    """One release, R-1."""

    async def releases(self) -> Sequence[Mapping[str, Any]]:
        return [R1]

    async def panels(self) -> Sequence[Mapping[str, Any]]:
        return [{"word": "NO-GO UNTIL VERIFIED", "asked": ["sign_off_open"], **R1}]

    async def release(self, release: str) -> Mapping[str, Any] | None:
        return R1 if release == "R-1" else None

    async def plan(self, release: str, form: str) -> Page | None:
        types = {"json": "application/json", "md": "text/markdown", "html": "text/html"}
        return Page(types[form], f"<h1>Plan of {release}</h1>") if release == "R-1" else None

    async def ledger(self, release: str) -> Sequence[Mapping[str, Any]] | None:
        return [LEDGER_ROW] if release == "R-1" else None

    async def arithmetic(self, release: str) -> Sequence[Block] | None:
        rows = (("novelty", "regularly", "0"), ("data change", "expand", "6"), ("Risk", "MEDIUM", "43"))
        return (Table(("Factor", "Answer", "Points"), rows), Context("Rubric 1")) if release == "R-1" else None

    async def next_mark(self) -> datetime | None:
        return START + timedelta(minutes=90)


def approve(revision: int = 1) -> Button:
    token = Token("approve", "R-1", revision, "risk:migration").pack()
    return Button("approve_risk", "⚠ Approve risk for payments 2.4.1…", token, "danger")


def card(last: str, buttons: tuple[Button, ...]) -> Message:
    blocks: tuple[Block, ...] = (
        Heading("NO-GO UNTIL VERIFIED · payments 2.4.1"),
        Fields((("When", "today 15:00 UTC (16:00 Europe/Berlin)"), ("Owner", "Ana"), ("Rollback owner", "Kai"))),
        Text("43 MEDIUM = inherent 33 + missing evidence 10", "Risk"),
        Bullets(
            ("Rollback was never tested: Kai can supply the date of a drill", "One peer signs off by 14:30 UTC"),
            label="Missing",
        ),
        Table(
            ("Cause", "Impact", "Mitigation"),
            (("Long lock", "checkout slow", "Kai: batch it"),),
        ),
        Code("kubectl argo rollouts promote payments --namespace production  # not executed", "SUGGESTED_COMMAND"),
        Link("Dashboard", "https://grafana.example/d/payments"),
        Divider(),
        *((Actions(buttons),) if buttons else ()),
        Context(f"13:00 UTC · {last} · plan #a91c"),
    )
    return Message("NO-GO UNTIL VERIFIED: payments 2.4.1", blocks, mentions=("kai",))


def risk_form(reason: str = "") -> Form:
    fields = (
        FormField(
            "reason", "Reason", "textarea", value=reason, hint="At least 15 characters; it is kept word for word."
        ),
        FormField("way", "Way back", "choice", choices=(("flag", "Flag"), ("redeploy", "Redeploy")), value="redeploy"),
        FormField("backup", "Who else knows", "person", required=False),
    )
    token = Token("approve", "R-1", 1, "risk:migration").pack()
    return Form(
        "approve", "Approve risk for payments 2.4.1", fields, token, "Approve risk", (Text("It locks a table.", "Why"),)
    )


@dataclass
class FakeBot:
    """Plans R-1, asks for a risk, and announces in the background: posts are delivered by settle()."""

    chat: SandboxChat
    heard: list[Heard] = field(default_factory=list)
    due: list[Outgoing] = field(default_factory=list)
    card_id: str = ""
    state: str = "waiting for approval"

    async def hear(self, heard: Heard) -> Answer:
        self.heard.append(heard)
        match heard:
            case Asked(verb="plan"):
                self.due.append(
                    Outgoing("R-1:card:sandbox:#payments", place("#payments"), card("planned by Ana", (approve(),)))
                )
                return Say(Message("Checking 5 sources.", private=True))
            case Asked(verb="boom"):
                msg = "a secret inside"
                raise RuntimeError(msg)
            case Asked(verb="status"):
                return Say(Message(f"R-1 is {self.state}.", private=True))
            case Pressed():
                return (
                    Open(risk_form())
                    if self.state == "waiting for approval"
                    else Say(Message("Already approved.", private=True))
                )
            case Filled(values=values):
                return self._filled(heard, values)
            case _:
                return Quiet()

    def _filled(self, heard: Heard, values: Mapping[str, str]) -> Answer:
        reason = values.get("reason", "")
        if len(reason) < 15:
            return Errors({"reason": "At least 15 characters are needed."}, risk_form(reason))
        self.state = "approved"
        revised = card(f"risk approved by {heard.actor.person}: {reason}", ())
        self.due.append(Outgoing("R-1:card#edit", place("#payments"), revised, edit_of=self.card_id))
        self.due.append(Outgoing("R-1:told", place("@ana"), Message("Kai approved the risk.")))
        return Say(Message("Recorded.", private=True))

    async def settle(self) -> None:
        while self.due:
            sent = await self.chat.send(self.due.pop(0))
            if isinstance(sent, Sent) and not self.card_id:
                self.card_id = sent.message_id


@dataclass
class World:
    """The running fake: where it listens and what is behind."""

    base: str
    bot: FakeBot
    clock: FakeClock
    book: Book
    chat: SandboxChat


@asynccontextmanager
async def running(folder: Path, known: Catalog | None = None) -> AsyncIterator[World]:
    """The sandbox with the fake bot on a free port; everything it keeps lies in the folder."""
    clock, directory, book = FakeClock(), SandboxDirectory(lambda: known or catalog()), Book(folder / "messages.sqlite")
    chat = SandboxChat(book, directory, clock.now)
    bot = FakeBot(chat)
    parts = SandboxParts(
        hear=bot.hear,
        settle=bot.settle,
        clock=clock,
        book=book,
        directory=directory,
        releases=FakeReleases(),
        demo=DemoFile(folder / "demo.json", ("payments", "search")),
        verbs=(
            ("plan", "starts or continues the planning"),
            ("status", "what is T-minus now"),
            ("rollback", "declares a rollback"),
        ),
        redact=lambda text: text.replace("hunter2", "[secret]"),
        words=lambda: WORDS,
        drills=FakeDrills(),
        renderers={"slack": as_slack, "teams": as_teams},
    )
    server = Server(sandbox_application(parts), 0)
    port = await server.start()
    try:
        yield World(f"http://127.0.0.1:{port}", bot, clock, book, chat)
    finally:
        await server.stop()
        await book.close()

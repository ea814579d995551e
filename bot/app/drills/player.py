"""Does what a script says through the doors that people use: say, press, fill, and the file of the demo sources."""

from collections.abc import Mapping
from contextlib import suppress

from adapters.evidence.demo_file import DemoFile
from adapters.evidence.demo_keys import ROLES
from adapters.http.server import Fault
from adapters.sandbox.book import Book, Json
from adapters.sandbox.calls import Calls, visible
from adapters.sandbox.parts import SandboxParts
from adapters.sandbox.payloads import FillBody, PressBody, SayBody
from adapters.sandbox.render import buttons_of
from bot.app.drills.script import Act, Fill, Press, Say, Source
from bot.domain.release import Phase, Release
from bot.messages.tokens import BadToken, unpack
from bot.messages.words import say

_LAST_ACT = {
    Phase.PLANNING: "cancel",
    Phase.PLANNED: "cancel",
    Phase.CLEARED: "cancel",
    Phase.HELD: "cancel",
    Phase.LIVE: "rollback",
}


class Player:
    """The hands of all persons. `place`: where they talk."""

    def __init__(self, parts: SandboxParts, demo: DemoFile) -> None:
        self._parts = parts
        self._calls = Calls(parts)
        self._book: Book = parts.book
        self._demo = demo
        self._form: Json | None = None

    async def act(self, act: Act, place: str, values: Mapping[str, str]) -> bool:
        """Do it. False: it could not be done (no such button, a form that was refused)."""
        match act:
            case Say(person, words):
                outcome = await self._calls.say(SayBody(person=person, place=place, text=words.format(**values)))
                self._form = outcome.form
                return True
            case Press(person, button):
                return await self._press(person, button, values["release"])
            case Fill(person, given):
                if self._form is None:
                    return False
                body = FillBody(
                    person=person,
                    form=str(self._form["id"]),
                    values={name: value.format(**values) for name, value in given.items()},
                )
                return not (await self._calls.fill(body)).errors
            case Source(name, given):
                if name == "incidents" and not given:
                    self._no_incident(values["service"])
                else:
                    scope = None if name == "incidents" else values["service"]
                    self._demo.apply(name, _meant(given, values), scope)
                return True

    async def close(self, release: Release | None, service: str, place: str) -> None:
        """Nothing stays open: the sources answer as usual, and the release ends by its owner's hand."""
        for role in ROLES:
            if role == "incidents":
                self._no_incident(service)
            else:
                self._demo.apply(role, {}, service)
        if release is None:
            return
        act = _LAST_ACT.get(release.phase)
        if act is not None:
            words = say("drill.over_reason")
            await self._tell(release.owner, f"/release {act} {release.id} {words}", place)
        if release.phase in {Phase.LIVE, Phase.ROLLING_BACK}:
            await self._tell(release.owner, f"/release rolledback {release.id}", place)

    async def _tell(self, person: str, words: str, place: str) -> None:
        with suppress(Fault):
            await self._calls.say(SayBody(person=person, place=place, text=words))

    async def _press(self, person: str, button: str, release: str) -> bool:
        for kept in sorted(await self._book.changed_since(0), key=lambda k: -k.id):
            if not visible(self._parts, kept, person):
                continue
            if any(b["id"] == button and _release_of(b["token"]) == release for b in buttons_of(kept)):
                outcome = await self._calls.press(PressBody(person=person, message=f"m{kept.id}", button=button))
                self._form = outcome.form
                return True
        return False

    def _no_incident(self, service: str) -> None:
        """The incident of the drill is over; one that somebody else opened is none of its business."""
        opened = self._demo.settings("incidents", service).get("open_incident")
        if isinstance(opened, dict) and opened.get("service") == service:
            self._demo.apply("incidents", {})


def _release_of(token: str) -> str:
    try:
        return unpack(token).release
    except BadToken:
        return ""


def _meant(given: Mapping[str, object], values: Mapping[str, str]) -> dict[str, object]:
    """The set, with the service's name filled in, at any depth."""
    return {
        key: _meant(value, values)
        if isinstance(value, dict)
        else value.format(**values)
        if isinstance(value, str)
        else value
        for key, value in given.items()
    }

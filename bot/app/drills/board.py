"""Where the director's own cards stand, and what the page reads of a drill."""

from collections.abc import Mapping

from adapters.sandbox.book import Draft
from adapters.sandbox.outbound import BOT
from adapters.sandbox.parts import SandboxParts
from adapters.sandbox.render import blocks_json, instant
from bot.app.drills import guide
from bot.app.drills.memory import On
from bot.app.drills.scripts import DRILLS
from bot.app.drills.stage import TEAM
from bot.messages import answers
from bot.messages.model import Message
from bot.messages.words import say


class Board:
    """The cards of the director in the chat; they are no posts of a release, so the outbox knows nothing of them."""

    def __init__(self, parts: SandboxParts) -> None:
        self._parts = parts

    async def post(self, place: str, message: Message) -> int:
        """Post it; gives its number."""
        now = instant(self._parts.clock.now())
        return (await self._parts.book.write(Draft(place, BOT, message.text, now, blocks_json(message)))).id

    async def edit(self, card: int, message: Message) -> None:
        """Replace a card; 0 is none."""
        if card:
            await self._parts.book.edit(card, message.text, blocks_json(message), instant(self._parts.clock.now()))


def place_of(on: On) -> str:
    """Where that drill is played."""
    return f"#{DRILLS[on.drill].of}" if DRILLS[on.drill].of else TEAM


def goes_on(on: On) -> Message:
    """The answer to the one who asked for the next step; what happened stands in the channel."""
    return answers.line("drill.goes_on", {"title": guide.title(on.drill), "place": place_of(on)})


def described(on: On | None) -> Mapping[str, object]:
    """JSON-ready: all drills, and the one that is on with its step (from 1), its place and the number of its card."""
    shown = on and {
        "name": on.drill,
        "step": on.step + 1,
        "of": len(DRILLS[on.drill].steps),
        "playing": on.playing,
        "place": place_of(on),
        "release": on.release or None,
        "guide": f"m{on.guide}" if on.guide else None,
    }
    known = [{"name": n, "title": guide.title(n), "about": say(f"drill.about.{n}")} for n in DRILLS]
    return {"drills": known, "on": shown}

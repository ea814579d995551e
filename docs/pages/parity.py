"""What each platform can do: verbs and cards are the same everywhere; where a platform is different, it says why."""

from collections.abc import Iterator
from typing import Final

from bot.messages.cards.index import CARDS
from flows.index import VERBS

PLATFORMS: Final = ("Slack", "Teams", "sandbox")

RULES: Final[tuple[tuple[str, str, str, str], ...]] = (
    (
        "Commands",
        "`/release …`, a mention",
        "a mention; none in the personal chat; slash commands by choice",
        "`/release …`",
    ),
    (
        "Free words and a typed `Approve-Risk: …`",
        "in a release's thread and to the bot alone",
        "with a mention: Teams gives a bot in a channel nothing else; without one in the personal chat",
        "everywhere",
    ),
    (
        "Answers for one person alone",
        "a line that only this person sees",
        (
            "to a slash command: in place, seen by its sender alone; to a mention: the personal chat, for only where "
            "somebody whispered to the bot does it know that this Teams can whisper"
        ),
        "marked as private",
    ),
    (
        "Forms",
        "a modal, errors at the field",
        "in the card or in a window, errors at the field",
        "a dialog, errors at the field",
    ),
    (
        "Who sees a button",
        "everybody: Slack has no views of one message for some",
        "who is asked, where that is at most 60 people who were heard; else everybody",
        "everybody",
    ),
    ("Who may press it", "checked at the press (G7)", "checked at the press (G7)", "checked at the press (G7)"),
    (
        "Guests, strangers, bots (G18)",
        "guests and strangers see nothing, bots never approve",
        "guests and strangers see nothing, bots never approve",
        "the account *Guest* sees nothing, bots never approve",
    ),
    (
        "Releases of private channels",
        "shown to members of the channel, as Slack tells, five minutes old at most",
        "shown to members of the team or chat, as Teams tells, five minutes old at most; every conversation counts as private",
        "shown to whom a service names; a service is private where the catalogue says so",
    ),
    (
        "One person on two platforms (G7)",
        "account, or e-mail on a verified domain",
        "Entra object id, or e-mail",
        "its own accounts",
    ),
    ("A second delivery", "known by its receipt", "known by its receipt", "known by its receipt"),
    (
        "The reader's own time (T5)",
        "beside UTC",
        "UTC and the service's zone: cards of Teams know no zone",
        "beside UTC",
    ),
    ("One decision, every copy", "edited in place", "edited in place", "edited in place"),
    (
        "A post of which nobody knows whether it arrived (T2)",
        "looked up by its key",
        "stays unknown, and its owner is told: a bot cannot read a conversation of Teams",
        "looked up by its key",
    ),
    ("Files", "attached in the direct message", "follow as text: a bot cannot put a file into a channel", "attached"),
    ("What waits for me", "the Home tab, `home`", "`home`, a card in the personal chat", "`home`"),
)
"""(what, and how on each of PLATFORMS)."""


def page() -> str:
    """The whole page."""
    return "\n".join(_lines()) + "\n"


def _lines() -> Iterator[str]:
    yield "# What each platform can do\n"
    yield "Every verb is heard and every card is drawn on Slack, on Teams and in the sandbox, with the same words and rules."
    yield "A test asks each adapter for each verb and each card. Where a platform does something in its own way, this is how.\n"
    yield f"| | {' | '.join(PLATFORMS)} |"
    yield "| --- | --- | --- | --- |"
    yield from (f"| {' | '.join(row)} |" for row in RULES)
    yield "\n## Verbs\n"
    yield from _table("verb", (f"`{verb.name}`" for verb in VERBS.values()))
    yield "\n## Cards\n"
    yield from _table("card", (f"{name.replace('_', ' ')}" for name in CARDS))


def _table(what: str, names: Iterator[str]) -> Iterator[str]:
    yield f"| {what} | {' | '.join(PLATFORMS)} |"
    yield "| --- | --- | --- | --- |"
    yield from (f"| {name} | yes | yes | yes |" for name in names)

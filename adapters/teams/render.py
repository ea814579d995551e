"""From the neutral message to an Adaptive Card within the budget of bytes, whatever the message holds.

A card takes blocks while they fit. Buttons and the revision line are set aside first, so that what is cut is never the way
out of it; what was left out is counted and said.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

from adapters.teams import limits
from adapters.teams.elements import (
    PRESS,
    TOKEN,
    Account,
    Json,
    execute,
    lines,
    made,
    nobody,
    plain,
    rows,
    run,
    seen,
    small,
)
from adapters.teams.limits import cut, untagged, weight
from bot.messages.model import Actions, Block, Code, Context, Heading, Message, Text
from bot.messages.shorter import ending_of, lines_of, opens, sections, shorter
from bot.messages.telling import flat
from bot.messages.words import say

SCHEMA: Final = "http://adaptivecards.io/schemas/adaptive-card.json"
REFRESH: Final = "refresh"
"""The verb that fetches what a person may do on a card."""

_FRAME: Final = 1_500
"""Room for the frame and for the line that says what was left out."""
_PART: Final = 4_000
"""The same for a part of a document, with what its blocks take besides."""
_CALLS: Final = 6_000
"""Room for mentions, each of which stands in the card twice."""


def card(
    message: Message,
    *,
    account: Account = nobody,
    viewers: Sequence[str] = (),
    key: str = "",
    cut_code: str = "chat.cut",
) -> Json:
    """The card of the message.

    `viewers`: Teams ids of who may decide on it; where there are at most VIEWERS of them, they alone see its buttons, by a
    refresh that names `key`, and all others one that fetches what they may do. Rights are checked at the press, always.
    """
    apart = bool(key) and 0 < len(viewers) <= limits.VIEWERS and bool(message.buttons)
    source = _apart(message) if apart else message
    drawn: Json = {
        "type": "AdaptiveCard",
        "$schema": SCHEMA,
        "version": limits.VERSION,
        "fallbackText": fallback(message),
        "body": [],
    }
    calls, entities = _called(message, account)
    room = (
        limits.CARD
        - _FRAME
        - weight(drawn)
        - weight(calls)
        - weight(entities)
        - sum(weight(v) + 4 for v in viewers if apart)
    )
    body = _body(source, room, cut_code)
    if apart:
        body += rows([execute(say("teams.mine"), REFRESH, {"k": key})])
        asks = {"type": "Action.Execute", "verb": REFRESH, "data": {"k": key, "v": REFRESH}}
        drawn["refresh"] = {"action": asks, "userIds": list(viewers)}
    body[_below_title(body) : _below_title(body)] = calls
    drawn["body"] = body or [small(message.text or say("chat.bot"))]
    drawn["msteams"] = {"width": "full", **({"entities": entities} if entities else {})}
    return drawn


def fallback(message: Message) -> str:
    """What notifications, screen readers and old clients get: it carries the verdict."""
    return cut(untagged(seen(plain(message.text))), limits.FALLBACK) or say("chat.bot")


def parts(message: Message) -> Iterator[Message]:
    """A document that is too long for one card, as several that follow one another; any other message as it is."""
    first, *rest = sections(message.blocks)
    shown, number = list(first), 1
    for section in rest:
        if shown and sum(_weights(made(block)) for block in (*shown, *section)) > limits.CARD - _PART:
            yield replace(message, blocks=tuple(shown))
            number += 1
            shown = [Context(say("chat.rest", {"number": str(number)}))]
        shown += section
    yield replace(message, blocks=tuple(shown))


def files(message: Message) -> Iterator[Message]:
    """Files as messages: a bot cannot put a file into a chat, so what is in it follows as fixed-width text.

    The files of a document hold what its cards say: they are on the board, and in the export.
    """
    part, most = 3_500, 20
    if any(opens(block) for block in message.blocks):
        return
    for name, text in message.attachments:
        pieces = [text[n : n + part] for n in range(0, len(text), part)] or [""]
        for n, piece in enumerate(pieces[:most], 1):
            label = f"{name} {n}/{len(pieces)}"
            yield Message(label, (Code(piece, label),), private=message.private)


def tokens_of(drawn: Mapping[str, Any]) -> list[str]:
    """The tokens of the buttons that a card shows."""
    found = [a for e in drawn.get("body", ()) if e["type"] == "ActionSet" for a in e["actions"]]
    return [a["data"][TOKEN] for a in found if a.get("verb") == PRESS]


def _apart(message: Message) -> Message:
    """The message as everybody sees it: without the buttons that few may press."""
    return replace(message, blocks=tuple(b for b in message.blocks if not isinstance(b, Actions)))


def _called(message: Message, account: Account) -> tuple[list[Json], list[Json]]:
    """Whom the message calls: a mention where the account is known, else the name as words, which calls nobody."""
    entities: list[Json] = []
    told: list[str] = []
    others: list[str] = []
    for person in message.mentions[: limits.CALLED]:
        known = account(person)
        name = _plain_name(known[1] if known else "") or _plain_name(person) or "–"
        if known is None or not known[0]:
            others.append(name)
            continue
        if any(e["mentioned"]["name"] == name and e["mentioned"]["id"] != known[0] for e in entities):
            name = f"{name} {_plain_name(person)}"  # Teams finds whom a mention calls by its text alone
        tag = f"<at>{name}</at>"
        entity = {"type": "mention", "text": tag, "mentioned": {"id": known[0], "name": name}}
        if entity not in entities and weight([*entities, entity]) < _CALLS // 2:
            entities.append(entity)
            told.append(tag)
    shown: list[Json] = []
    if told:
        shown.append({"type": "TextBlock", "text": " ".join(told), "wrap": True, "spacing": "Small"})
    if others:
        shown.append(lines([run(", ".join(others))], spacing="Small"))
    return shown, entities


def _plain_name(name: str) -> str:
    """Letters, digits, spaces and a few marks: a display name is somebody's words too."""
    return "".join(c for c in cut(name, 60) if c.isalnum() or c in " '").strip()


def _body(message: Message, room: int, cut_code: str) -> list[Json]:
    """As many blocks as fit, buttons and the last small print before all others; a document is cut before a section."""
    source = message.blocks or (Text(message.text),)
    last = max((n for n, block in enumerate(source) if isinstance(block, Context)), default=-1)
    left, kept, left_out = room, dict[int, list[Json]](), 0
    ending = ending_of(source)
    for n, block in enumerate(source):
        if isinstance(block, Actions) or n == last or n >= ending:
            kept[n] = []
            for one in made(block):
                if weight(one) <= left * 2 // 3:
                    kept[n].append(one)
                    left -= weight(one) + 2
    body: list[Json] = []
    cut_at, names, at = -1, list[str](), 0
    for part in sections(source):
        section = bool(part) and opens(part[0]) and at not in kept
        whole = sum(_weights(made(block)) for n, block in enumerate(part, at) if n not in kept)
        if section and (names or whole > left):
            cut_at = len(body) if cut_at < 0 else cut_at
            names += [block.text for block in part[:1] if isinstance(block, Heading)]
        for n, block in enumerate(part, at):
            shown, missing = (kept[n], 0) if n in kept else ([], 0) if section and names else _fitted(block, left)
            body += shown
            left -= 0 if n in kept else _weights(shown)
            left_out += missing
        at += len(part)
    if left_out or names:
        spot = next((n for n, one in enumerate(body) if one["type"] == "ActionSet"), len(body))
        body.insert(cut_at if cut_at >= 0 else spot, small(_note(left_out, names, cut_code)))
    return body


def _note(left_out: int, names: Sequence[str], cut_code: str) -> str:
    """What was left out, and where it is."""
    told = [say(cut_code, {"count": str(left_out)})] if left_out else []
    told += [say(f"{cut_code}_sections", {"sections": flat(", ".join(names), 250)})] if names else []
    return " ".join(told)


def _fitted(block: Block, room: int) -> tuple[list[Json], int]:
    """The block, or as much of it as fits, and how many lines of it are missing."""
    shown = made(block)
    if _weights(shown) <= room:
        return shown, 0
    for part, rest in shorter(block):
        shown = made(part)
        if _weights(shown) <= room:
            return shown, lines_of(rest)
    return [], lines_of(block)


def _weights(shown: Sequence[Json]) -> int:
    """What the elements take, with what stands between them."""
    return sum(weight(one) + 2 for one in shown)


def _below_title(body: Sequence[Json]) -> int:
    """The verdict word comes first, then who is called."""
    return 1 if body and body[0].get("size", "") == "Large" else int(len(body) > 1)

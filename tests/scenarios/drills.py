"""Plays a drill with Next and writes down what everybody reads, so that it can be compared with a golden file."""

import re
import urllib.parse
from collections.abc import Sequence
from datetime import timedelta

from bot.app.drills.wishes import quarter
from tests.scenarios.conftest import Bot, Json, at

PEOPLE = ("ana", "kai", "lena", "mia")
MOST_STEPS = 20
_ABOUT = re.compile(r"\bR-\d+\b")
_STEP = re.compile(r"^((?:DRILL|TOUR) .*(?:step \d+ of \d+|· done)):.*$")
_UNSURE = (
    (re.compile(r"\d{4}-\d{2}-\d{2}"), "<day>"),
    (re.compile(r"(?:today|tomorrow|\w{3} \d{1,2} \w{3}),? "), ""),
    (re.compile(r"\d{1,2}:\d{2} UTC(?: \(\d{1,2}:\d{2} [\w/]+\))?"), "<time>"),
    (re.compile(r"\b2\.4\.\d+\b"), "<version>"),
    (re.compile(r"\bR-\d+\b"), "R-1"),
    (re.compile(r"\b(drill-[a-z]+)-\d+\b"), r"\1"),
)


def begin(bot: Bot, name: str) -> str:
    """Begin it; gives what is answered."""
    return str(bot.call("/api/drills", {"do": "begin", "name": name})["answer"])


def on(bot: Bot) -> Json | None:
    """The drill that is on."""
    found: Json | None = bot.call("/api/drills")["on"]
    return found


def next_step(bot: Bot) -> str:
    """Do the next step; gives what is answered."""
    answer = str(bot.call("/api/drills", {"do": "next"})["answer"])
    assert "did not come about" not in answer, (on(bot), bot.call("/api/releases")[0])
    return answer


def seen(bot: Bot, places: Sequence[str], after: str) -> dict[str, Json]:
    """Everything since that message which the persons of the drill can read: in its channels, and alone with the bot."""
    found: dict[str, Json] = {}
    for person in PEOPLE:
        for place in (*places, f"@{person}"):
            query = urllib.parse.urlencode({"place": place, "person": person, "after": after})
            found.update({m["id"]: m for m in bot.call(f"/api/messages?{query}")})
    return found


def written(bot: Bot, name: str) -> str:
    """The drill from its first card to its end: a line for each message that is new or was edited, after every step.

    Times are minutes from the planned start; of an emergency, which has none, from the beginning.
    """
    places = ("#payments", "#releases") if name == "tour" else ("#drill", "#drill-audience")
    bot.call("/api/drills", {"do": "end"})
    # Starts stand on full quarters: from another minute an emergency would begin some minutes into its own drill.
    bot.call("/api/clock", {"to": quarter(bot.now()).isoformat()})
    # What was said to one person alone counts too: another test may have played in this process before.
    there = [m["id"] for who in (None, *PEOPLE) for m in bot.messages(person=who)]
    last = max((int(i[1:]) for i in there), default=0)
    begin(bot, name)
    start, before = bot.now(), dict[str, Json]()
    planned = False
    lines: list[str] = []
    for _ in range(MOST_STEPS):
        if on(bot) is None:
            break
        next_step(bot)
        now = seen(bot, places, f"m{last}")
        release = bot.call("/api/releases")[0]
        if release["start_at"] and not planned and name != "breakglass":
            start, planned = at(release["start_at"]), True
        fresh = [m for i, m in now.items() if i not in before or _told_anew(m, before[i])]
        fresh = [m for m in fresh if set(_ABOUT.findall(m["text"])) <= {release["id"]}]
        for message in sorted(fresh, key=_order):
            edited = message["id"] in before
            when = (at(message["edited_at"] or message["posted_at"]) - start) / timedelta(minutes=1)
            lines.append(_line(message, f"T{when:+.0f}", edited=edited))
        lines.append("")
        before = now
    return "\n".join(lines)


def _order(message: Json) -> tuple[object, ...]:
    """Posts to different places go out side by side: only within a place is their order one."""
    return at(message["edited_at"] or message["posted_at"]), message["place"], int(message["id"][1:])


def _told_anew(message: Json, before: Json) -> bool:
    """Edited; that a card of the drill itself lost its buttons is no news."""
    return bool(message["revision"] > before["revision"]) and " · step " not in message["text"]


def _line(message: Json, when: str, *, edited: bool) -> str:
    """Where, who, and what is said first: the verdict, what it is about, and one sentence; of a step its number."""
    text = message["text"]
    for pattern, instead in _UNSURE:
        text = pattern.sub(instead, text)
    if message["author"] == "t-minus":
        head, about, rest = text.partition("→ production. ")
        text = f"{head}{about}{rest.partition('. ')[0]}" if about else head.split(". ")[0]
        text = _STEP.sub(r"\1", text).removesuffix(".")
    where = message["place"] + (" (thread)" if message["thread"] else "") + (" edited" if edited else "")
    to = f" to {message['to']}" if message["to"] and not message["place"].startswith("@") else ""
    return f"{when:>5}  {where}{to}  {message['author']}: {text}"

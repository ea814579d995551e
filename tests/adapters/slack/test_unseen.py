"""What nobody sees, and what turns the direction of reading: no name, label or link hides in it, wherever words may stand."""

import json

import pytest

from adapters.slack.blocks import NOTHING
from adapters.slack.limits import clean, cut
from adapters.slack.modal import modal
from adapters.slack.render import payload
from bot.messages.model import (
    Actions,
    Bullets,
    Button,
    Code,
    Context,
    Fields,
    Form,
    FormField,
    Heading,
    Link,
    Message,
    Table,
    Text,
)

MARKS = "".join(map(chr, (0xAD, 0x61C, 0x180E, 0x200B, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2060, 0x2065))))
MARKS += "".join(map(chr, (*range(0x2066, 0x206A), 0xFEFF)))
JOINERS = ("\u200d", "\u200c", "\ufe0f", "\u3164", "\u2800\u2800", "\u115f\u1160\uffa0 ")
HOSTILE = (
    "<!channel>",
    "<@U0ANA>",
    "<https://evil.example|https://ci.example>",
    "&lt;!here&gt;",
    "*_~`x`~_*",
    ":tada:",
    "@here",
)


def everywhere(words: str) -> Message:
    """People's words in each place in which they may stand."""
    return Message(
        words,
        (
            Heading(words),
            Text(words, label=words),
            Bullets((words,), label=words),
            Fields(((words, words),)),
            Table((words, words), ((words, words),), label=words),
            Code(words, label=words),
            Link(words, "https://ci.example/91"),
            Link(words, f"https://ci.example/{words}"),
            Context(words),
            Actions((Button("go", words, "1|go|R-1|1||"),)),
        ),
        mentions=("nobody",),
    )


@pytest.mark.parametrize("mark", MARKS, ids=[f"U+{ord(m):04X}" for m in MARKS])
def test_a_mark_that_nobody_sees_stands_nowhere(mark: str) -> None:
    drawn = json.dumps(payload(everywhere(f"ana{mark}.evil")), ensure_ascii=False)
    assert mark not in drawn
    assert "ana.evil" in drawn
    assert mark not in json.dumps(
        modal(Form("f", mark, (FormField("n", f"a{mark}", value=mark),), "t")), ensure_ascii=False
    )


@pytest.mark.parametrize("nothing", JOINERS, ids=ascii)
def test_a_label_of_which_nothing_is_seen_is_shown_as_nothing(nothing: str) -> None:
    (row,) = [b for b in payload(everywhere(nothing))["blocks"] if b["type"] == "actions"]
    assert row["elements"][0]["text"]["text"] == NOTHING
    assert not [b for b in payload(everywhere(nothing))["blocks"] if b["type"] == "header"]


def test_letters_that_belong_together_stay_so() -> None:
    for kept in ("👩\u200d🚀", "\u0645\u06cc\u200c\u062e", "❤️", "שלום", "क्ष", "ﷺ"):
        assert clean(kept) == cut(kept, 20) == kept


@pytest.mark.parametrize("words", HOSTILE)
def test_markup_that_people_type_is_a_run_of_plain_text_wherever_it_stands(words: str) -> None:
    """In blocks as typed, since plain and rich text know no markup; in the fallback with its entities."""
    body = payload(everywhere(words))
    assert not {"mrkdwn", "user", "usergroup", "broadcast", "channel", "emoji"} & set(_types(body["blocks"]))
    assert "<" not in body["text"]
    assert body["text"] == words.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    links = {one["url"] for one in _parts(body["blocks"]) if one.get("type") == "link"}
    assert links <= {"https://ci.example/91", f"https://ci.example/{words}"}


def _parts(of: object) -> list[dict[str, object]]:
    if isinstance(of, dict):
        return [of, *(part for value in of.values() for part in _parts(value))]
    return [part for one in of for part in _parts(one)] if isinstance(of, list) else []


def _types(of: object) -> list[object]:
    return [part.get("type") for part in _parts(of)]

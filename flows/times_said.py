"""What to say about a time that cannot be used: why, and what to type instead (T5)."""

from collections.abc import Sequence

from bot.messages.model import Actions, Block, Button, Code, Message, Text
from bot.messages.words import say
from flows.parse_time import TimeTrouble


def trouble_text(trouble: TimeTrouble) -> str:
    """One sentence; for a time that could be two it is a question."""
    return say(f"talk.time.{trouble.code}", trouble.params)


def trouble_message(trouble: TimeTrouble, lines: Sequence[str] = (), buttons: Sequence[Button] = ()) -> Message:
    """The sentence, what to type, and the same as buttons. `lines`: whole command lines that would do."""
    text = trouble_text(trouble)
    blocks: list[Block] = [Text(text), Text(say("talk.nothing_recorded"))]
    if lines:
        blocks.append(Code("\n".join(lines), label=say("talk.type_this")))
    if buttons:
        blocks.append(Actions(tuple(buttons)))
    return Message(text, tuple(blocks), private=True)

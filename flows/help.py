"""`help [verb]`: only what works, from the index itself."""

from collections.abc import Iterable

from bot.messages.model import Block, Bullets, Code, Heading, Message, Text
from bot.messages.model import Context as Small
from bot.messages.words import known, say
from flows.verb import Group, Verb


def help_page(verbs: Iterable[Verb]) -> Message:
    """All verbs in groups, each in one line."""
    listed = tuple(verbs)
    heading = say("help.title")
    blocks: list[Block] = [Heading(heading), Text(say("help.intro"))]
    for group in Group:
        lines = tuple(_line(v) for v in listed if v.group is group)
        blocks.append(Bullets(lines, label=say(f"help.group_{group}")))
    blocks.append(Small(say("help.outro")))
    return Message(say("help.text"), tuple(blocks), private=True)


def verb_page(verb: Verb) -> Message:
    """One verb: how it is typed, what it does, an example, its other names."""
    usage = f"/release {say(f'help.usage.{verb.name}')}"
    about = say(f"help.about.{verb.name}")
    blocks: list[Block] = [Heading(verb.typed), Code(usage), Text(f"{about[0].upper()}{about[1:]}.")]
    example = f"help.example.{verb.name}"
    if known(example):
        blocks.append(Code(f"/release {say(example)}", label=say("help.label_example")))
    if verb.aliases:
        blocks.append(Small(say("help.aliases", {"names": ", ".join(verb.aliases)})))
    return Message(f"{usage}: {about}", tuple(blocks), private=True)


def _line(verb: Verb) -> str:
    return say("help.line", {"usage": say(f"help.usage.{verb.name}"), "about": say(f"help.about.{verb.name}")})

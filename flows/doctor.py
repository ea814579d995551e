"""`doctor`: what the bot lacks, each line with its remedy, for everybody of the roster."""

from collections.abc import Iterable

from bot.messages.heard import Heard
from bot.messages.model import Block, Bullets, Heading, Message
from bot.messages.telling import flat
from bot.messages.words import say
from bot.ports import Check
from flows.context import Context
from flows.dialog import Reply, Step
from flows.verb import Group, Verb

_MOST = 20
_WIDTH = 300


def doctor(heard: Heard, ctx: Context) -> Step:
    """First what lacks, then what is well."""
    del heard
    known = [c for c in ctx.checks if not _names(c, ctx.veiled)]
    lacks = [c for c in known if not c.ok]
    values = {"lacks": str(len(lacks)), "count": str(len(known))}
    title = say("doctor.title_lacks" if lacks else "doctor.title_well", values)
    lines = [_line(c) for c in (*lacks, *(c for c in known if c.ok))]
    shown = lines[:_MOST]
    if len(lines) > _MOST:
        shown.append(say("doctor.more", {"count": str(len(lines) - _MOST)}))
    blocks: tuple[Block, ...] = (Heading(title), *((Bullets(tuple(shown)),) if shown else ()))
    return Reply(Message("; ".join([title, *map(_line, lacks[:3])]), blocks, private=True))


VERB = Verb("doctor", doctor, Group.LOOK, ("checkup", "diagnose"), needs=("checks",), reads_only=True)


def _names(check: Check, veiled: Iterable[str]) -> bool:
    """True for a line about a service of which the reader knows nothing."""
    told = f"{check.sentence} {check.remedy}".casefold()
    return any(service.casefold() in told for service in veiled)


def _line(check: Check) -> str:
    said = flat(check.sentence, _WIDTH)
    if check.remedy and not check.ok:
        said = say("doctor.remedy", {"sentence": f"{said}.", "remedy": flat(check.remedy, _WIDTH)})
    return say("doctor.line", {"state": say("doctor.ok" if check.ok else "doctor.lacks"), "sentence": said})

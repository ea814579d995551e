"""What a message box can complete: verbs with the words they take, services, readiness items. All from the tables in force."""

import re
from collections.abc import Mapping, Sequence

from bot.domain.evidence import Kind
from bot.messages.words import say
from bot.messages.words.sentences import ALL
from bot.ports import CatalogReader
from flows.index import VERBS
from flows.verb import Verb

_PARTS = re.compile(r"\[[^\]]*\]|<[^>]*>|\S+")
_CHOICES = re.compile(r", | or ")
_TITLE = "drill.title."
_DRILL = "drill"
_DRILL_WORDS = ("next", "play", "pause", "end")
_KINDS: Mapping[str, str] = {
    "item": "item",
    "service": "service",
    "service, environment or everything": "service",
    "name": "service",
    "verb": "verb",
}


def completions(catalog: CatalogReader) -> Mapping[str, object]:
    """JSON-ready: `verbs`, `services` (but the private ones: everybody is offered the same), `items`."""
    services = [{"value": s.id, "label": s.name} for s in catalog().services.values() if not s.private]
    return {
        "verbs": [_verb(verb) for verb in VERBS.values()],
        "services": services,
        "items": [kind.value for kind in Kind if kind is not Kind.APPROVALS],
    }


def _drills() -> Sequence[str]:
    return [code.removeprefix(_TITLE) for code in ALL if code.startswith(_TITLE)]


def _verb(verb: Verb) -> Mapping[str, object]:
    usage = say(f"help.usage.{verb.name}")
    taken = takes(usage)
    if verb.name == _DRILL:
        taken = [{"kind": "choice", "label": "[name]", "choices": [*_drills(), *_DRILL_WORDS]}]
    return {"verb": verb.typed, "help": say(f"help.about.{verb.name}"), "group": verb.group, "takes": taken}


def takes(usage: str) -> Sequence[Mapping[str, object]]:
    """What stands after the verb, in order: a `kind` to complete (release, item, service, person, verb, choice), or text."""
    _, _, rest = usage.partition(" ")
    return [_word(part) for part in _PARTS.findall(rest)]


def _word(part: str) -> Mapping[str, object]:
    inside = part.strip("[]<>")
    if re.fullmatch(r"R-\d+", inside):
        return {"kind": "release", "label": part, "choices": []}
    if inside.startswith("@"):
        return {"kind": "person", "label": part, "choices": []}
    kind = _KINDS.get(inside)
    if kind is None and _CHOICES.search(inside) and "link" not in inside:
        choices = [c.strip() for c in _CHOICES.split(inside)]
        return {"kind": "choice", "label": part, "choices": [c for c in choices if " " not in c]}
    return {"kind": kind or "text", "label": part, "choices": []}

"""Takes secrets out of what was heard, before anything else sees it (P5)."""

from dataclasses import replace

from bot.messages.heard import Asked, Filled, Heard, Said
from bot.messages.words import say
from flows.secrets_seen import redact

_LONGEST = 10_000
"""Characters of one text that are read; longer ones are longer than any platform's form allows."""


def cleaned(heard: Heard) -> tuple[Heard, str]:
    """The same without secrets, and the sentence that tells the person to rotate them ("" where there was none)."""
    kinds: dict[str, None] = {}

    def clean(text: str) -> str:
        found = redact(text)
        kinds.update(dict.fromkeys(found.kinds))
        return found.text[:_LONGEST]

    if isinstance(heard, Asked):
        heard = replace(heard, verb=clean(heard.verb), words=clean(heard.words))
    elif isinstance(heard, Said):
        heard = replace(heard, text=clean(heard.text))
    elif isinstance(heard, Filled):
        heard = replace(heard, values={name: clean(text) for name, text in heard.values.items()})
    if not kinds:
        return heard, ""
    return heard, say("talk.secret", {"kinds": ", ".join(say(f"talk.secret_kind.{k}") for k in kinds)})

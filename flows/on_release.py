"""Which release is meant: by its id in the words, else by the channel and the person."""

import re
from dataclasses import replace

from bot.domain.people import Actor
from bot.domain.release import TERMINAL, Release
from bot.domain.service import Service
from bot.messages.heard import Asked

_LEADING = re.compile(
    r"(?i)^[\s,:]*(?:(?:for|of|on|release|the|please|it)\s+)*(?:R-?(\d{1,9})|#(\d{1,9}))(?![\w/-]|\.\d)[\s,:]*"
)
_ANYWHERE = re.compile(r"(?i)(?<![\w/.#-])R-?(\d{1,9})(?![\w/-]|\.\d)")


def leading_id(text: str) -> tuple[str, str]:
    """R-142, r142 or #142 at the beginning of a text, in the one written form, and the rest; ("", text) where there is none."""
    found = _LEADING.match(text)
    if found is None:
        return "", text
    return f"R-{int(found.group(1) or found.group(2))}", text[found.end() :].strip()


def id_within(text: str) -> tuple[str, str]:
    """R-142 or r142 anywhere in a text, and the text without it; ("", text) where there is none."""
    found = _ANYWHERE.search(text)
    if found is None:
        return "", text
    return f"R-{int(found.group(1))}", f"{text[: found.start()].rstrip()} {text[found.end() :].lstrip()}".strip()


def id_first(asked: Asked) -> Asked:
    """`R-142 hold …` means `hold R-142 …`; the id alone asks for its state."""
    release, rest = leading_id(asked.verb)
    if not release or rest:
        return asked
    verb, _, words = asked.words.strip().partition(" ")
    return replace(asked, verb=verb or "status", words=f"{release} {words}".strip())


def release_meant(
    releases: tuple[Release, ...], actor: Actor, here: Service | None, *, ended_too: bool
) -> tuple[Release | None, tuple[Release, ...]]:
    """The release that is meant where none was named (newest first): the channel's only open one, else the person's.

    Gives (release, ()) or (None, the candidates). `ended_too`: the channel's last ended one, where none is open.
    """
    is_open = [r for r in releases if r.phase not in TERMINAL]
    mine = [r for r in is_open if actor.person and actor.person in {r.owner, r.requested_by, r.rollback_owner}]
    in_channel = [r for r in is_open if here is not None and r.service == here.id]
    for group in (
        in_channel,
        [r for r in in_channel if r in mine],
        [] if in_channel else mine,
        [] if mine else is_open,
    ):
        if len(group) == 1:
            return group[0], ()
    if not is_open and ended_too:
        return last_ended(releases, here), ()
    return None, tuple(in_channel or mine or is_open)


def last_ended(releases: tuple[Release, ...], here: Service | None) -> Release | None:
    """The newest release of that channel that is over (newest first), or None."""
    return next((r for r in releases if r.phase in TERMINAL and (here is None or r.service == here.id)), None)

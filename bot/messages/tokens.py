"""Typed payloads of buttons and forms. A token nominates (verb, release, revision, subject); it never authorises (G22)."""

import re
from dataclasses import dataclass

_VERSION = "1"
_LIMIT = 240
_NO_LETTER = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")


class BadToken(ValueError):
    """Not a token of ours, or of a version that we do not know."""


@dataclass(frozen=True, slots=True)
class Token:
    """`verb` names a verb of flows/index.py; `subject` and `choice` are its own. `revision` is the plan's, 0: none."""

    verb: str
    release: str = ""
    revision: int = 0
    subject: str = ""
    choice: str = ""

    def pack(self) -> str:
        """One line of at most 240 characters, safe in every platform's payload."""
        parts = (_VERSION, self.verb, self.release, str(self.revision), self.subject, self.choice)
        packed = "|".join(p.replace("%", "%25").replace("|", "%7C").replace("\n", "%0A") for p in parts)
        if len(packed) > _LIMIT:
            msg = f"a token of {len(packed)} characters: at most {_LIMIT} are allowed"
            raise BadToken(msg)
        return packed


def unpack(packed: str) -> Token:
    """The token of that line. Raises BadToken, also where it holds letters that no token of ours and no database takes."""
    if len(packed) > _LIMIT or _NO_LETTER.search(packed):
        msg = "no line that this bot packed"
        raise BadToken(msg)
    parts = [p.replace("%0A", "\n").replace("%7C", "|").replace("%25", "%") for p in packed.split("|")]
    if len(parts) != len(("version", "verb", "release", "revision", "subject", "choice")) or parts[0] != _VERSION:
        msg = "not a token of this bot"
        raise BadToken(msg)
    try:
        revision = int(parts[3])
    except ValueError as error:
        msg = "the token's revision is not a number"
        raise BadToken(msg) from error
    return Token(verb=parts[1], release=parts[2], revision=revision, subject=parts[4], choice=parts[5])

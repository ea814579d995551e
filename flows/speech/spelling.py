"""Words as they are meant: case, contractions, slang, two spellings, slips of the keyboard; where each stands in the text."""

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

LONGEST = 2000
"""Characters that are read; a request or a claim that begins later is one in a pasted document."""

_TOKEN = re.compile(r"\d+(?:[.,:]\d+)*%?(?![^\W_])|[^\W_]+(?:'[^\W\d_]+)*|[.!?;\n]+|[,:()–—]")
_QUOTED = re.compile(r"\"[^\"\n]{1,200}\"|(?<!\w)'[^'\n]{1,200}'(?!\w)|`[^`\n]{1,200}`")
_CURLY = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "„": '"', "«": '"', "»": '"'})  # noqa: RUF001 - what phones type

_ENDS = {
    "n't": "not", "'s": "is", "'re": "are", "'m": "am", "'ve": "have", "'ll": "will", "'d": "would",
}  # fmt: skip
_SAME: Mapping[str, str] = dict(
    pair.split(" = ", 1)
    for pair in " ".join(
        """
    can't = can not | cannot = can not | cant = can not | won't = will not | wont = will not | shan't = shall
    not | ain't = is not | dont = do not | doesnt = does not | didnt = did not | isnt = is not | arent = are not
    | wasnt = was not | werent = were not | hasnt = has not | havent = have not | couldnt = could not | shouldnt
    = should not | wouldnt = would not | neednt = need not | needn't = need not | let's = let us | lets = let us
    | its = it is | tis = it is | whats = what is | thats = that is | theres = there is | im = i am | ive = i
    have | youre = you are | theyre = they are | everythings = everything is | gonna = going to | wanna = want
    to | gotta = have to | lemme = let me | gimme = give me | kinda = kind of | sorta = sort of | dunno = do not
    know | u = you | ur = your | r = are | pls = please | plz = please | thx = thanks | tmrw = tomorrow |
    tomorow = tomorrow | cuz = because | coz = because | bc = because | prob = probably | probs = probably |
    prolly = probably | okay = ok | k = ok | okey = ok | alrite = alright | gtg = good to go | teh = the | hte =
    the | taht = that | adn = and | wiht = with | jsut = just | tset = test | tsets = tests | cnary = canary |
    canry = canary | canray = canary | rolback = rollback | rollbck = rollback | aproval = approval | aprove =
    approve | monitorng = monitoring | skp = skip | shp = ship | relase = release | behaviour = behavior |
    organisation = organization | colour = color | centre = center | analyse = analyze | prod = production |
    repo = repository | perf = performance | mgmt = management | nuffin = nothing | nothin = nothing
        """.split()  # noqa: SIM905 - a table is read more easily than a list of strings
    ).split(" | ")
)
"""One spelling each."""

_JOINED: Mapping[str, str] = {
    "roll back": "rollback", "rolling back": "rollback", "sign off": "signoff", "sign offs": "signoffs",
    "on call": "oncall", "go live": "golive", "going live": "golive", "break glass": "breakglass", "no go": "nogo",
    "run book": "runbook", "run books": "runbooks", "play book": "runbook", "change log": "changelog",
    "dash board": "dashboard", "pager duty": "pagerduty", "back up": "backup", "back ups": "backups",
    "short cut": "shortcut", "work around": "workaround", "all right": "alright", "a ok": "ok", "up to date": "uptodate",
    "roll out": "rollout",
}  # fmt: skip
"""Two words that are one thing."""


@dataclass(frozen=True, slots=True)
class Plain:
    """`words`: the text in one spelling, " " between words, " . " or " ? " behind each sentence; begins and ends with a blank.

    `was` is the text itself; `starts` and `spans` tell where each word of `words` stood in it.
    """

    words: str
    was: str
    starts: tuple[int, ...]
    spans: tuple[tuple[int, int], ...]

    def quote(self, start: int, end: int) -> str:
        """The text as it was written, from a place in `words` to another."""
        first = max(bisect_right(self.starts, start) - 1, 0)
        last = max(bisect_right(self.starts, max(start, end - 1)) - 1, 0)
        if not self.spans:
            return ""
        return " ".join(self.was[self.spans[first][0] : self.spans[last][1]].split()).lstrip(" ,;:").rstrip(" ,;:.")


def plain(text: str, known: Mapping[str, str] | None = None, *, quotes: bool = False) -> Plain:
    """The text in one spelling. Words in quotation marks are somebody else's and are left out, unless all of it is quoted.

    `known`: slips of the keyboard and what was meant (`slips`). `quotes`: keep what is quoted.
    """
    was = unicodedata.normalize("NFC", text)[:LONGEST].translate(_CURLY)
    read = was if quotes else _unquoted(was)
    out: list[tuple[str, int, int]] = []
    for found in _TOKEN.finditer(read):
        out += [(word, found.start(), found.end()) for word in _spelled(found.group(0), known or {})]
    return _laid_out(_joined(out), was)


def slips(words: Iterable[str]) -> dict[str, str]:
    """Slips of the keyboard, each with the word that was meant: two letters changed places, or one fell out of a long word."""
    lexicon = {w for w in words if w.isalpha()}
    found: dict[str, str] = {}
    for word in sorted(lexicon):
        swapped = [word[:i] + word[i + 1] + word[i] + word[i + 2 :] for i in range(1, len(word) - 1) if len(word) > 3]  # noqa: PLR2004 - shorter words are too alike
        shorter = [word[:i] + word[i + 1 :] for i in range(1, len(word) - 1) if len(word) > 6]  # noqa: PLR2004 - as above
        for slip in (*swapped, *shorter):
            if slip not in lexicon and slip != word:
                found.setdefault(slip, word)
    return found


def _unquoted(text: str) -> str:
    """Blanks in the places of quotations; a text that is one quotation is the speaker's own."""
    blanked = _QUOTED.sub(lambda m: " " * len(m.group(0)), text)
    return blanked if re.search(r"\w", blanked) else text


def _spelled(raw: str, known: Mapping[str, str]) -> list[str]:
    if raw[0] in "!.;\n?":
        return ["?" if "?" in raw else "."]
    if raw in ",:()–—":
        return [","]
    word = raw.lower()
    if word in _SAME:
        return _SAME[word].split()
    for end, full in _ENDS.items():
        if word.endswith(end) and len(word) > len(end):
            return [word.removesuffix(end), full]
    return [known.get(word, word)]


def _joined(words: list[tuple[str, int, int]]) -> list[tuple[str, int, int]]:
    out: list[tuple[str, int, int]] = []
    for word, start, end in words:
        pair = _JOINED.get(f"{out[-1][0]} {word}") if out else None
        if pair is not None:
            out[-1] = (pair, out[-1][1], end)
        else:
            out.append((word, start, end))
    return out


def _laid_out(words: list[tuple[str, int, int]], was: str) -> Plain:
    starts, place = [], 1
    for word, _, _ in words:
        starts.append(place)
        place += len(word) + 1
    line = f" {' '.join(w for w, _, _ in words)} . "
    return Plain(line, was, tuple(starts), tuple((a, b) for _, a, b in words))

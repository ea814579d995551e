"""Frames: shapes of sentences, written with words, names of the lexicon and gaps, and compiled to patterns.

    [canary] willing asking
    {avoid} ~3 {safety}
    <can we | could we> <just>? go ~2 <to everybody | at once>

`{name}` is a word of the lexicon, `<a | b>` one of those, `<…>?` may be left out, `~3` stands for at most three words of the same
clause, `~~` for anything up to the end of the sentence, `~.` for anything also beyond it, `^` is the beginning of a sentence.
Deeper lines continue the line above. In brackets: what the frame is about (`*`: the word in the place of `{safety}` says it),
then the guards of flows/speech/guards.py. Signs are shapes divided by " & " that stand in any order.
Gaps are bounded and the text is cut at a length, so a search takes time in proportion to the text.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache

_GAP = re.compile(r" ~(\d)(?!\d)")
_NAME = re.compile(r"\{(\w+)\}")
_MAYBE = re.compile(r" <([^<>]*)>\?")
_GROUP = re.compile(r"<([^<>]*)>")
_PLAIN = re.compile(r"[^\W_][\w']*%?|[,.?]")
_SIMPLE = re.compile(r"\(\?:([^()]*)\)(?:\(\?!.*\))?$")


@dataclass(frozen=True, slots=True)
class Frame:
    """`what` it is about: "" the word of safety in it says it, "before" one that was said earlier. `guards` must let it stand."""

    what: str
    shape: str
    guards: frozenset[str]
    needs: tuple[frozenset[str], ...] = ()
    """One word of each of these has to be in a text that it fits: the rest of the frames need not be looked for, nor made."""

    def may(self, words: frozenset[str]) -> bool:
        """False: no text of these words has this shape."""
        return all(not need.isdisjoint(words) for need in self.needs)

    @property
    def pattern(self) -> re.Pattern[str]:
        """Made when it is first looked for: hundreds of them would hold up the start."""
        return _made(self.shape)


def frames(text: str, lexicon: Mapping[str, str]) -> tuple[Frame, ...]:
    """Reads the frames of a text, in its order."""
    read = cache(lambda name: _first_words(lexicon[name]))
    return tuple(
        Frame(what, spelled(line, lexicon), guards, needed(line, read)) for what, guards, line in _headed(text)
    )


@dataclass(frozen=True, slots=True)
class Signs:
    """As a frame, of parts that have to be there all, in any order, in one sentence, or in two (`wide`)."""

    what: str
    shapes: tuple[str, ...]
    guards: frozenset[str]
    wide: bool
    needs: tuple[frozenset[str], ...] = ()

    def may(self, words: frozenset[str]) -> bool:
        """False: no text of these words has all of these parts."""
        return all(not need.isdisjoint(words) for need in self.needs)

    @property
    def parts(self) -> tuple[re.Pattern[str], ...]:
        """Made when they are first looked for."""
        return tuple(map(_made, self.shapes))


def signs(text: str, lexicon: Mapping[str, str]) -> tuple[Signs, ...]:
    """Reads signs: shapes divided by " & ", under heads as frames have them."""
    read = cache(lambda name: _first_words(lexicon[name]))
    return tuple(
        Signs(
            what,
            tuple(spelled(part.strip(), lexicon) for part in line.split(" & ")),
            guards - {"wide"},
            "wide" in guards,
            tuple(need for part in line.split(" & ") for need in needed(part.strip(), read)),
        )
        for what, guards, line in _headed(text)
    )


def phrases(text: str) -> dict[str, str]:
    """A lexicon: lines of `name: phrase | phrase`, deeper lines continue the one above."""
    return {name: " ".join(rest.split()) for name, _, rest in (line.partition(":") for line in _lines(text))}


def one_of(text: str) -> str:
    """The pattern of phrases divided by " | ", the longest first."""
    phrases = {" ".join(phrase.split()) for phrase in text.split(" | ")}
    return f"(?:{'|'.join(sorted(phrases, key=lambda p: (-len(p), p)))})"


def spelled(shape: str, lexicon: Mapping[str, str]) -> str:
    """One shape, with the blank before it, as a regular expression. The first `{safety}` of it is the group of that name."""
    named = False

    def name(found: re.Match[str]) -> str:
        nonlocal named
        first = found.group(1) == "safety" and not named
        named = named or first
        return f"(?P<safety>{lexicon['safety']})" if first else lexicon[found.group(1)]

    text = _MAYBE.sub(lambda m: f"(?: {one_of(m.group(1).strip())})?", f" {shape.removeprefix('^ ')}")
    text = _GROUP.sub(lambda m: one_of(m.group(1).strip()), text)
    text = _GAP.sub(lambda m: rf"(?: [^ ,.?]+){{0,{m.group(1)}}}?", text)
    text = text.replace(" ~~", r"(?: [^ .?]+){0,25}?")
    text = text.replace(" ~.", r"(?: [^ ?]+){0,20}?")
    begin = r"(?:^|(?<= [.?]))" if shape.startswith("^ ") else ""
    return f"{begin}{_NAME.sub(name, text)}(?= )"


Read = Callable[[str], frozenset[str] | None]
"""The first words of a name of the lexicon; None where they cannot be told."""


def needed(shape: str, read: Read) -> tuple[frozenset[str], ...]:
    """For each part of a shape that may not be left out: the words one of which it begins with, where that can be told."""
    rest = _MAYBE.sub(" ", f" {shape.removeprefix('^ ')}")
    needs = [_any(group.split(" | "), read) for group in _GROUP.findall(rest)]
    needs += [_any([word], read) for word in _GROUP.sub(" ", rest).split() if not word.startswith("~")]
    return tuple(dict.fromkeys(need for need in needs if need is not None))


def _any(alternatives: Iterable[str], read: Read) -> frozenset[str] | None:
    found: set[str] = set()
    for alternative in alternatives:
        first = alternative.split()[0]
        name = _NAME.fullmatch(first)
        words = read(name.group(1)) if name is not None else frozenset({first}) if _PLAIN.fullmatch(first) else None
        if words is None:
            return None
        found |= words
    return frozenset(found)


def _first_words(pattern: str) -> frozenset[str] | None:
    """Of `(?:a b|c)`, also with a look behind it: a and c. None for any other pattern."""
    simple = _SIMPLE.match(pattern)
    words = [alternative.split()[0] for alternative in simple.group(1).split("|")] if simple is not None else [""]
    return frozenset(words) if all(_PLAIN.fullmatch(w) for w in words) else None


@cache
def _made(shape: str) -> re.Pattern[str]:
    return re.compile(shape)


def _headed(text: str) -> Iterator[tuple[str, frozenset[str], str]]:
    """Lines, each with the head that it stands under."""
    what, guards = "", frozenset[str]()
    for line in _lines(text):
        head = re.match(r"\[([\w*]+)\](.*)", line)
        if head is not None:
            what, guards = head.group(1).replace("*", ""), frozenset(head.group(2).split())
        else:
            yield what, guards, line


def _lines(text: str) -> list[str]:
    """Lines, each with those that continue it."""
    whole: list[str] = []
    for line in text.splitlines():
        if line.startswith(" ") and whole:
            whole[-1] += f" {line.strip()}"
        elif line.strip():
            whole.append(line.strip())
    return whole

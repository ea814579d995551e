"""What a typed word names: a verb exactly, or the ones that were meant by a slip of the keyboard."""

from collections.abc import Iterable, Mapping

from flows.nearest import nearest_names
from flows.verb import Verb

_MARKS = ".,:;!/"
_DASHES = str.maketrans(dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212", "-"))
"""What telephones and word processors make of a hyphen: "no\u2013go" is meant for no-go."""

_MOST = 3


def names(verbs: Iterable[Verb]) -> Mapping[str, Verb]:
    """Each verb by all its names; ValueError where one name is of two."""
    named: dict[str, Verb] = {}
    for verb in verbs:
        for name in (verb.name, verb.typed, *verb.aliases, verb.pressed, *verb.tokens):
            if named.setdefault(name, verb) is not verb:
                msg = f"two verbs are called {name}"
                raise ValueError(msg)
    return named


def find_verb(word: str, among: Mapping[str, Verb]) -> Verb | None:
    """The verb of exactly that name, in any case, with - or _, whatever kind of dash was typed."""
    plain = word.strip().lower().translate(_DASHES).strip(":,.!") or word
    return among.get(plain) or among.get(plain.replace("_", "-")) or among.get(plain.replace("-", "_"))


def in_two_words(word: str, rest: str, among: Mapping[str, Verb]) -> tuple[str, str] | None:
    """The verb that is typed as two words, and what follows: of "no go R-142 why"; None where the first word is one."""
    second, _, behind = rest.strip().partition(" ")
    if find_verb(word, among) is not None or not second:
        return None
    joined = f"{word.strip()}-{second}"
    return (joined, behind.strip()) if find_verb(joined, among) is not None else None


def nearest(word: str, among: Mapping[str, Verb]) -> tuple[Verb, ...]:
    """The verbs that a mistyped word can mean, own names before other ones, at most three."""
    near = nearest_names("-".join(word.strip(_MARKS).split()), among)
    own = [among[n] for n in near if n in {among[n].name, among[n].typed}]
    return tuple(dict.fromkeys(own or [among[n] for n in near]))[:_MOST]

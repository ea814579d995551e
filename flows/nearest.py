"""Which known word was meant by a mistyped one: by slips of the keyboard, never by likeness alone."""

from collections.abc import Iterable

_LONGEST = 40
_LEAST = 3
_LETTERS_OF_A_SLIP = 3
_MOST_SLIPS = 2
_BEGINNING = 4


def nearest_names(word: str, names: Iterable[str]) -> tuple[str, ...]:
    """The names with the fewest slips between, in their order: one slip for three letters, at most two; else what begins so.

    Names and words of fewer than three letters are never guessed.
    """
    word = word.casefold()
    if not _LEAST <= len(word) <= _LONGEST:
        return ()
    known = [n for n in names if len(n) >= _LEAST]
    most = min(_MOST_SLIPS, len(word) // _LETTERS_OF_A_SLIP)
    counted = {n: slips_between(word, n) for n in known if abs(len(n) - len(word)) <= most}
    fewest = min(counted.values(), default=most + 1)
    if fewest <= most:
        return tuple(n for n, count in counted.items() if count == fewest)
    return tuple(n for n in known if len(word) >= _BEGINNING and n.startswith(word))


def slips_between(one: str, other: str) -> int:
    """How many letters were left out, added, mistaken or changed places (optimal string alignment)."""
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, a in enumerate(one):
        older, before = before, row
        row = [i + 1]
        for j, b in enumerate(other):
            least = min(before[j + 1] + 1, row[j] + 1, before[j] + (a != b))
            if i and j and a == other[j - 1] and one[i - 1] == b:
                least = min(least, older[j - 1] + 1)
            row.append(least)
    return row[-1]

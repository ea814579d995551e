"""What takes the meaning of a request away: a denial, a question of fact, a report, a condition."""

import re
from collections.abc import Callable, Mapping

from flows.speech.spelling import Plain

_FEW = r"(?: [^ ,.?]+)"
_DENIED = re.compile(
    r" (?:not|never|nobody|none|no one|neither|nor|refuse|refused|refuses|forbidden|unwise|dangerous|wrong|bad idea|mistake"
    r"|against|hardly|must not|prevent|prevents|prevented|avoid|stops?|sure nobody|rather than|instead of|without|no reason"
    rf"|impossible|cannot|hate|no way|unsafe){_FEW}{{0,4}} $"
)
_INVITED = re.compile(
    r" (?:why|can|could|should|would|will|do|may|might) (?:do )?not (?:we|i|you|us|just|the bot|he|she|they)?"
    rf"{_FEW}{{0,3}} $"
    r"| (?:not mind|not object|not care|not hurt|not matter|not be terrible|not be a problem|no harm|no problem"
    rf"|not a big deal|not see why|not think we|no time|not worth){_FEW}{{0,5}} $"
    rf"| (?:nobody|no one) (?:will|would) (?:mind|notice|care){_FEW}{{0,5}} $"
)
_OF_FACT = re.compile(
    r"^ (?:(?:and|but|so|hey|hi|ok|sorry) )*(?:, )?(?:who|whose|when|where|which"
    r"|how (?:many|much|long|often|do|does|did|come)"
    r"|did|does|was|were|has|have|had|why (?:did|is|was|were|are|does|has)"
    r"|what (?:happens|happened|did|does|was|were|is it|counts)"
    r"|is it true|is there|are there|is the|is a|are the|is that|is this|what is)\b"
)
_WISH = re.compile(
    rf" (?:way to|chance to|possible to|option to|ok to|fine to|allowed to|point|way around|any way){_FEW}{{0,3}} $"
)
_REPORTED = re.compile(
    r" (?:(?:he|she|they|it|who|that|which|runner|job|script|somebody|someone|colleague|team|nobody)"
    r" (?:(?:always|often|never|usually|just) )?"
    r"|(?:told|asked|asks|tells|tempted|urged) (?:me|us|him|her|them|to)(?: to)? ?|somebody to |someone to |wanted to |tried to "
    r"|used to |decided to |begged to "
    r"|(?:asked|asks|wonders|wondered|explained|explains|knows|know|understand|explain|remember|ask) (?:me |us )?"
    r"(?:why|how|that|when|who|if|whether)"
    r" (?:(?:we|i|you|they|people|one) )?)$"
)
_CONDITION = re.compile(
    r"(?:^| ,) (?:(?:and|but|so|because) )?(?:if|when|whenever|unless|once|those who|people who|whoever|teams that) "
    r"(?!we could|i could)"
)
_PROPOSED = re.compile(
    r" (?:what|how about|ok|fine|terrible|mind|notice|happen|care|object|problem|alright|possible|bad|wonder) if "
)
_SEEKS = re.compile(
    r" (?:what|which|who|how|where) (?:(?:exactly|else|still) )?(?:is|are|do|does|can|must|should|would) "
)
_FOR_A_WHILE = re.compile(r" (?:before|until|till|yet|unless|only if|only when|so no|once the|after the|when the) ")
_WHEN_READY = re.compile(
    r" (?:when|once|as soon as|after|provided|if)"
    r" (?:everything|all|it is (?:green|ready|through|approved)|the|qa|they|both|you are) (?!ask|complain|somebody)"
)

_ONCE_MORE = re.compile(r" (?:(?:[^ ,.?]+ ){0,2}(?:again|once more) (?:after|since|because|for|when|if)|during) ")
_MEASURED = re.compile(r" (?:\d+[:.-]\d\S*|20\d\d|inc|mr|pr|https?) ")

Guard = Callable[[str, str], bool]


def _willing(before: str, after: str) -> bool:
    """Not denied: "we will not skip the tests". An inverted "can't we skip" denies nothing."""
    del after
    return _INVITED.search(before) is not None or _DENIED.search(before) is None


def _asking(before: str, after: str) -> bool:
    """No question of fact: "who skipped the canary?"."""
    del after
    return _OF_FACT.search(before) is None or _WISH.search(before) is not None


def _own(before: str, after: str) -> bool:
    """Not what somebody else did or said: "they asked me to skip the drill"."""
    del after
    return _REPORTED.search(before) is None


def _open(before: str, after: str) -> bool:
    """No mere condition: "if we skip the tests, the gate blocks". "What if we" proposes it."""
    del after
    return _CONDITION.search(before) is None or _PROPOSED.search(before) is not None


def _unmeasured(before: str, after: str) -> bool:
    """No date and no link beside it: for shapes that join words over a whole sentence."""
    return _MEASURED.search(f"{before}{after.partition(' . ')[0]} ") is None


def _unasked(before: str, after: str) -> bool:
    """Pressure only: "the CEO wants it today, what is missing?" asks for something that can be answered."""
    return "?" not in before and "?" not in after and _SEEKS.search(after) is None and " so no " not in f"{after} "


def _final(before: str, after: str) -> bool:
    """Not only for a while: "don't tell customers before the notice is approved"."""
    del before
    return _FOR_A_WHILE.search(after.partition(" . ")[0] + " ") is None


def _now(before: str, after: str) -> bool:
    """Not as soon as it may: "let's ship it when everything is green"."""
    del before
    return _WHEN_READY.search(after.partition(" . ")[0] + " ") is None


def _afresh(before: str, after: str) -> bool:
    """Not who does it, or whether once more: "do we have to run the tests again after the rebase?"."""
    del before
    return _ONCE_MORE.match(after) is None


GUARDS: Mapping[str, Guard] = {
    "willing": _willing,
    "asking": _asking,
    "own": _own,
    "open": _open,
    "unasked": _unasked,
    "unmeasured": _unmeasured,
    "final": _final,
    "now": _now,
    "afresh": _afresh,
}
"""True: the request stands. Each gets the sentence up to the match, and the text behind it."""


def stands(words: Plain, start: int, end: int, guards: frozenset[str]) -> bool:
    """True unless one of the guards takes the meaning away. `start` and `end` are places in `words.words`."""
    begin = max(words.words.rfind(mark, 0, start + 1) for mark in (" . ", " ? "))
    before = words.words[begin + 2 if begin >= 0 else 0 : start + 1]
    after = words.words[end:]
    return all(GUARDS[name](before, after) for name in guards)

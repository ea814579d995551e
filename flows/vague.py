"""Vague claims are not evidence (Q7): finds the phrase that is not accepted, so that it can be quoted."""

import re
from collections.abc import Iterator

from flows.parse_links import MARKED
from flows.speech.assurances import ASSURANCES, LEXICON
from flows.speech.claims import CLAIMS
from flows.speech.spelling import plain

_MEASURE = re.compile(
    r" (?:\d[\d.,:]*%?(?:ms|s|sec|m|min|h|d|k|x|gb|mb|rps)?"
    r"|\d[\d.,]* (?:ms|s|sec|seconds?|min|minutes?|hours?|h|days?|rps|requests?|percent|errors?|users|of)"
    r"|[\d.]+% (?!sure)|(?:inc|r|mr|pr|sev) ?\d+|(?=[a-f0-9]*\d)[a-f0-9]{6,40})(?= )"
)
_WHEN = re.compile(r" (?:mon|tues|wednes|thurs|fri|satur|sun)day(?= )| (?:noon|midnight)(?= )")
_NO_MEASURE = re.compile(r" \d\S* (?:percent )?(?:sure|something|ish|odd|stage|step) ")
"""Numbers that measure nothing: how sure somebody is, and the names of stages."""
_ASKS = re.compile(
    r"^(?: (?:and|so|but|hey|ok|hm|sorry))* (?!did an? )"
    r"(?:(?:is|are|was|were|does|do|did|has|have|can|could|should|would|will)(?: not)?"
    r" (?:it|this|that|these|those|the|a|an|any|our|my|your|we|i|you|they|he|she|there|qa|ci|staging|production|everything"
    r"|all) "
    r"|(?:who|what|when|where|which|why|how) )"
)
_PROPOSES = re.compile(
    r" (?:we|you|i|they|he|she|somebody|someone|let) (?:should|could|need|must|better|want|ought|will|us|would|can|have to)"
    r" (?!be |work)"
)
_TOPIC = re.compile(
    rf" (?:{LEXICON['noun']}|{LEXICON['good']}|{LEXICON['trouble']}|tested|passed|reverted|restored|tables?|rolled"
    r"|works?|working|looked?|green|drill|coverage|scan|checked|reversible|back|old)(?= )"
)
_CONDITION = re.compile(
    r" (?:when|until|once|unless|if|as soon as) (?:everything|all|the|it|qa|they|both|our|tests|alerts|mia|lena|kai) "
)
_AT_IT = re.compile(
    r" , (?:i am )?(?:checking|looking|investigating|retrying|digging|fixing|comparing|on it)(?: into| at| it| that| now)* \. $"
)
"""Who is looking into it claims nothing."""
_ABOUT_CLAIMS = re.compile(
    r"better (?:to|with|if|not|safe)|ready for review"
    r"|not (?:evidence|accepted|a measure|enough)|no (?:evidence|measure)|never accept"
)


def vague_phrase(text: str) -> str | None:
    """The phrase that is no evidence, as it was written; None where there is none, or a measure or link stands beside it."""
    if MARKED.search(text):
        return None
    words = plain(text)
    for begin, end in _statements(words.words):
        sentence = f"{words.words[begin:end]}. "
        present = frozenset(sentence.split())
        hits = [
            (found.start(), -found.end())
            for frame in (*CLAIMS, *ASSURANCES)
            if frame.may(present)
            and (found := frame.pattern.search(sentence))
            and (frame.what != "hedge" or _claims(sentence))
            and not _CONDITION.search(sentence, 0, found.end())
        ]
        if hits:
            first, last = min(hits)
            return words.quote(begin + first + 1, begin - last).rstrip(" ,;:") or None
    return None


def patterns() -> Iterator[re.Pattern[str]]:
    """Makes one pattern after the other, as those of requests to skip."""
    return (frame.pattern for frame in (*CLAIMS, *ASSURANCES))


def _statements(words: str) -> list[tuple[int, int]]:
    """Where each sentence begins and ends (a blank at both) that states something and gives no measure."""
    marks = [(m.start() + 1, m.end(), m.group(0) == " ?") for m in re.finditer(r" [.?](?= )", words)]
    starts = [0, *(after for _, after, _ in marks)]
    ends = [*((at, asks) for at, _, asks in marks), (len(words), False)]
    return [
        (begin, end)
        for begin, (end, asks) in zip(starts, ends, strict=True)
        if end - begin > 1 and not asks and not _answers(words[begin:end])
    ]


def _answers(sentence: str) -> bool:
    """A question without its mark, words about claims, or a claim with its measure."""
    measured = _MEASURE.search(_NO_MEASURE.sub(" ", sentence)) or _WHEN.search(sentence)
    return bool(measured or _ASKS.search(sentence) or _ABOUT_CLAIMS.search(sentence) or _AT_IT.search(f"{sentence}. "))


def _claims(sentence: str) -> bool:
    """A hedge around a claim, not around a proposal or a name."""
    return _PROPOSES.search(sentence) is None and _TOPIC.search(sentence) is not None

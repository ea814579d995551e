"""Which service a plan is for: by id or name; an unknown name is never taken for the channel's own service."""

import re
from collections.abc import Mapping

from bot.domain.service import Service
from flows.parse_words import NOTHING, Read, near

_ORDINARY = frozenset(
    """a about above after again all also am an and any anyone are around as asap at be been before bit both bring but by call can canary change
    check ci click come could cut day days deploy deploying deployment do does doing done down each early env environment every everyone
    everything feature first fix flag for from fyi get getting give go going good got guys have he hello help her hey hi hotfix how hours i
    i'd i'll if in into is it its just kindly kick later let let's lets like little live look make maybe me minutes morning move much my need
    needs new next no not now of off ok okay on once one onto only open or our out over patch percent please pls plan planning plz prepare
    prod production push pushing put ready release releasing rollback rolling roll rollout run schedule scheduled see service set ship
    shipping should small so some soon staged staging start starting staging state team thank thanks that the their them then there these
    they thing things this those time to today together tomorrow tonight too trying under until up update upgrade upgrading us use version
    via wait want wanted wants was way we we'd we'll week were what when where which while who will with without work would yes yet you your
    afternoon evening build tag commit sha behind owner strategy blue-green rolling blue green big bang thx ty cheers folks again team
    monday tuesday wednesday thursday friday saturday sunday noon including include both two three t-minus bot release-bot""".split()
)
_LEADS = frozenset({"plan", "deploy", "deploying", "release", "releasing", "ship", "shipping", "service", "of", "rollout", "push", "pushing", "launch", "schedule", "upgrade"})
_WORD = re.compile(r"[A-Za-z][\w'-]*(?:\.[A-Za-z][\w-]*)*")
_SHAPE = re.compile(r"[a-z][a-z0-9]*(?:[-_.][a-z0-9]+)*", re.IGNORECASE)
_NUMBERED = re.compile(r"(?i)v\d|r-?\d")
_VERSION_NEXT = re.compile(r"(?i)^\s*[@:/ -]?\s*(?:(?:version|ver|tag|build|release)\s+)?(?:v?\d+(?:\.\d+)+|v\d+\b|(?=[0-9a-f]*\d)(?=[0-9]*[a-f])[0-9a-f]{7,40}\b)")


def find_service(text: str, services: Mapping[str, Service], here: Service | None) -> Read:
    """The service's id. `here`: the service of the channel, taken where no service is named at all.

    Trouble: two_services; service_unknown with params `service` and `near` (ids, comma separated).
    """
    named = _named(text, services)
    ids = list(dict.fromkeys(service for _, service in named))
    if len(ids) == 1:
        return Read(ids[0], (named[0][0],))
    if len(ids) > 1:
        return _one_of(text, named)
    unknown = _candidate(text, services)
    if unknown is not None:
        return Read(trouble="service_unknown", params={"service": unknown, "near": ",".join(near(unknown, services))})
    return Read(here.id) if here is not None else NOTHING


def split_joined(text: str, services: Mapping[str, Service]) -> str:
    """payments@2.4.1, payments:2.4.1, payments-2.4.1 and payments/v2.4.1 as two words."""
    for service in sorted(services, key=len, reverse=True):
        text = re.sub(rf"(?i)(?<![\w/.-])({re.escape(service)})[@:/_-](?=v?\d+(?:\.\d+)+)", r"\1 ", text)
    return text


def _named(text: str, services: Mapping[str, Service]) -> list[tuple[tuple[int, int], str]]:
    found: list[tuple[tuple[int, int], str]] = []
    for service in services.values():
        for name in {service.id, service.name}:
            shape = rf"(?i)(?<![\w/.@#-])#?{re.escape(name)}(?![\w-]|\.\w|/\w)"
            found += [(m.span(), service.id) for m in re.finditer(shape, text)]
    return sorted(found)


def _one_of(text: str, named: list[tuple[tuple[int, int], str]]) -> Read:
    """Of several the one that its version stands behind, or that comes first behind a leading word; else trouble."""
    (first, one), other = named[0], next(s for _, s in named if s != named[0][1])
    between = text[first[1] : next(span for span, s in named if s == other)[0]]
    joined = re.fullmatch(r"(?i)\s*(?:,|and|&|\+|/|,\s*and)\s*(?:the\s+)?", between)
    with_version = list(dict.fromkeys(s for span, s in named if _VERSION_NEXT.match(text[span[1] :])))
    if joined is None and len(with_version) == 1:
        return Read(with_version[0], tuple(span for span, s in named if s == with_version[0])[:1])
    if joined is None and not with_version:
        return Read(one, (first,))
    return Read(trouble="two_services", params={"one": one, "other": other})


def _candidate(text: str, services: Mapping[str, Service]) -> str | None:
    """A word that stands where a service stands and is no ordinary word; else one that nearly reads like a service."""
    words = [(m.group(0), m.start(), m.end()) for m in _WORD.finditer(text)]
    plain = [w for w in words if w[0].casefold() not in _ORDINARY and _SHAPE.fullmatch(w[0]) and not _NUMBERED.match(w[0])]
    for word, _, end in plain:
        if _VERSION_NEXT.match(text[end:]):
            return word
    for (before, _, _), (word, start, end) in zip(words, words[1:], strict=False):
        if before.casefold() in _LEADS and (word, start, end) in plain:
            return word
    if words and words[0] in plain and not text[: words[0][1]].strip():
        return words[0][0]
    return next((w for w, _, _ in plain if len(w) > 3 and near(w, services)), None)

"""Which service a plan is for: by id or name; an unknown name is never taken for the channel's own service."""

import re
from collections.abc import Mapping
from itertools import pairwise

from bot.domain.service import Service
from flows.ordinary import ORDINARY
from flows.parse_words import NOTHING, Read, Span, near

_LEADS = frozenset(
    {
        "plan",
        "deploy",
        "deploying",
        "release",
        "releasing",
        "ship",
        "shipping",
        "service",
        "of",
        "rollout",
        "push",
        "pushing",
        "launch",
        "schedule",
        "upgrade",
    }
)
_WORD = re.compile(r"[A-Za-z][\w'-]*(?:\.[A-Za-z][\w-]*)*")
_SHAPE = re.compile(r"[a-z][a-z0-9]*(?:[-_.][a-z0-9]+)*", re.IGNORECASE)
_COMPOUND = re.compile(r"\w[-_. ]\w")
_SHORT = 3
_NUMBERED = re.compile(r"(?i)v\d|r-?\d")
_VERSION_NEXT = re.compile(
    r"(?i)^\s{0,3}[@:/ -]?\s{0,3}(?:(?:version|ver|tag|build|release)\s{1,3})?(?:v?\d+(?:\.\d+)+"
    r"|v\d+\b|(?=[0-9a-f]*\d)(?=[0-9]*[a-f])[0-9a-f]{7,40}\b)"
)


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


def compound_names(text: str, services: Mapping[str, Service]) -> tuple[Span, ...]:
    """Where names of several parts stand, such as drill-rollback or search-canary-2: what they are made of means nothing else."""
    return tuple(span for span, _ in _named(text, services) if _COMPOUND.search(text[span[0] : span[1]]))


def split_joined(text: str, services: Mapping[str, Service]) -> str:
    """payments@2.4.1, payments:2.4.1, payments-2.4.1, payments/v2.4.1 and @acme/payments@sha256:… as two words."""
    text = re.sub(r"(?i)(?<![\w/.-])refs/tags/", "", text)
    for service in sorted(services, key=len, reverse=True):
        build = r"v?\d+(?:\.\d+)+|sha256:"
        text = re.sub(rf"(?i)(?<![\w/.-])@?[\w.-]+/({re.escape(service)})[@:](?={build})", r"\1 ", text)
        text = re.sub(rf"(?i)(?<![\w/.-])({re.escape(service)})[@:/_-](?={build})", r"\1 ", text)
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
    joined = re.fullmatch(r"(?i)\s*(?:,|and|&|\+|/|,\s*and)?\s*(?:the\s+)?", between)
    with_version = list(dict.fromkeys(s for span, s in named if _VERSION_NEXT.match(text[span[1] :])))
    if joined is None and len(with_version) == 1:
        return Read(with_version[0], tuple(span for span, s in named if s == with_version[0])[:1])
    if joined is None and not with_version:
        return Read(one, (first,))
    return Read(trouble="two_services", params={"one": one, "other": other})


def _candidate(text: str, services: Mapping[str, Service]) -> str | None:
    """A word that stands where a service stands and is no ordinary word; else one that nearly reads like a service."""
    words = [(m.group(0), m.start(), m.end()) for m in _WORD.finditer(text)]
    plain = [
        w for w in words if w[0].casefold() not in ORDINARY and _SHAPE.fullmatch(w[0]) and not _NUMBERED.match(w[0])
    ]
    for word, _, end in plain:
        if _VERSION_NEXT.match(text[end:]):
            return word
    for (before, _, _), (word, start, end) in pairwise(words):
        if before.casefold() in _LEADS and (word, start, end) in plain:
            return word
    if words and words[0] in plain and not text[: words[0][1]].strip():
        return words[0][0]
    return next((w for w, _, _ in plain if len(w) > _SHORT and near(w, services)), None)

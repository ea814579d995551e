"""Links in what people type: out of Slack's and Teams' wrappings, without trailing punctuation, and what each shape speaks of.

The host decides the kind where it is a known one; on other hosts only shapes that cannot be anything else count.
Nothing here fetches anything: a link of an unknown host stays an unverified link.
"""

import html
import re
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import SplitResult, parse_qsl, urlsplit

from bot.domain.evidence import Kind
from bot.domain.link_shapes import shape_of
from bot.domain.links import host_of, parts_of

_MARK = "\u27e6{}\u27e7"
MARKED = re.compile("\u27e6(\\d+)\u27e7")
"""Where a link stood in a text that was cleaned: its number in `Linked.links`."""

_SLACK_LINK = re.compile(r"<(https?://[^|>\s]+)(?:\|[^>]*)?>")
_SLACK_NAMED = re.compile(r"<([@#!])[A-Z0-9]+\|([^>]+)>")
_SLACK_BARE = re.compile(r"<([@#])([A-Za-z0-9._-]+)>")
_ANCHOR = re.compile(
    r"<a\b[^>]{0,300}?href\s*=\s*[\"']?(https?://[^\"'\s>]+)[\"']?[^>]*>.*?</a>", re.IGNORECASE | re.DOTALL
)
_AT = re.compile(r"<at\b[^>]*>(.*?)</at>", re.IGNORECASE | re.DOTALL)
_MARKDOWN = re.compile(r"\[[^\]\n]{0,200}\]\(<?(https?://[^\s)>]+)>?(?:\s+\"[^\"]*\")?\)")
_TAG = re.compile(r"</?(?:p|div|span|br|b|i|u|s|em|strong|code|pre|blockquote|ul|ol|li|a)\b[^>]*>", re.IGNORECASE)
_URL = re.compile(r"https?://[^\s<>|\"'`\u27e6\u27e7]+", re.IGNORECASE)
_SAFE = re.compile(
    r"https://(?:(?:[a-z0-9-]+\.)+safelinks\.protection\.outlook\.com/?(?:ap/[\w.-]{1,60}/)?"
    r"|statics\.teams\.cdn\.office\.net/[\w./-]{0,100}safelinks[\w./-]{0,100})\?",
    re.IGNORECASE,
)
_TRAILING = (
    ".,;:!?'\"*_`~\u2019\u201c\u201d\u00bb\u2026\u3002\uff0c\uff0e\u060c\u061b\u200b\u200e\u200f\u202c\u2069\ufeff"
)
"""Stops of several scripts, and the unseen marks that texts written from right to left leave behind a link."""

_IMAGE = re.compile(
    r"(?<![\w/.@:-])(?:oci://)?(?P<image>(?:[a-z0-9-]+\.)+[a-z]{2,}(?::\d{1,5})?/[a-z0-9._/-]+"
    r"(?::[A-Za-z0-9_][\w.-]{0,127}(?:@sha256:[0-9a-f]{64})?|@sha256:[0-9a-f]{64}))(?![\w/:@-])"
)
"""An image as registries name it, with a tag, a digest or both. It is kept as the https link of the same words."""


@dataclass(frozen=True, slots=True)
class Linked:
    """The text with a mark in the place of each link; the links; and those that are refused (`user@host`)."""

    text: str
    links: tuple[str, ...]
    refused: tuple[str, ...] = ()


def take_links(text: str) -> Linked:
    """Takes all links out of a text. The same link twice is one. Never raises."""
    plain = unwrap(text)
    links: list[str] = []
    refused: list[str] = []

    def mark(found: re.Match[str]) -> str:
        url, rest = _trimmed(found.group(0))
        url = _inner(url)
        if not _usable(url):
            refused.append(url)
            return " " + rest
        if url not in links:
            links.append(url)
        return f" {_MARK.format(links.index(url))} {rest}"

    return Linked(_URL.sub(mark, _IMAGE.sub(r"https://\g<image>", plain)), tuple(links), tuple(refused))


def unwrap(text: str) -> str:
    """Out of Slack's <…|…>, Teams' HTML and Markdown, and marks of ours that somebody typed."""
    text = text.replace("\u27e6", "").replace("\u27e7", "")
    text = _ANCHOR.sub(r" \1 ", text)
    text = _MARKDOWN.sub(r" \1 ", text)
    text = _SLACK_LINK.sub(r" \1 ", text)
    text = _AT.sub(lambda m: "@" + "".join(m.group(1).split()), text)
    text = _SLACK_NAMED.sub(lambda m: ("" if m.group(1) == "!" else m.group(1)) + m.group(2), text)
    text = _SLACK_BARE.sub(r"\1\2", text)
    return html.unescape(_TAG.sub(" ", text)).replace("\u00a0", " ")


def put_back(text: str, links: tuple[str, ...]) -> str:
    """The links in the places of their marks."""
    return MARKED.sub(lambda m: links[int(m.group(1))] if int(m.group(1)) < len(links) else "", text)


def _trimmed(url: str) -> tuple[str, str]:
    """A closing bracket belongs to the link only where it was opened in it."""
    rest = ""
    while _beside(url):
        url, rest = url[:-1], url[-1] + rest
    return url, rest


def _beside(url: str) -> bool:
    """True where the last character is the sentence's."""
    unmatched = any(url.endswith(shut) and url.count(shut) > url.count(begin) for begin, shut in ("()", "[]"))
    return unmatched or url.endswith(tuple(_TRAILING))


def _inner(url: str) -> str:
    """What Outlook wrapped to check it at a click: the link inside, which is then judged as any other."""
    if not _SAFE.match(url):
        return url
    return next((said for name, said in parse_qsl(urlsplit(url).query) if name == "url" and said), url)


def _usable(url: str) -> bool:
    return host_of(url) is not None


_HOSTS: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"^(?:www\.)?github\.com$"), "git"),
    (re.compile(r"^gitlab\.com$"), "git"),
    (re.compile(r"(?:^|\.)(?:datadoghq\.(?:com|eu)|ddog-gov\.com)$"), "monitoring"),
    (re.compile(r"\.grafana\.net$"), "monitoring"),
    (re.compile(r"(?:^|\.)launchdarkly\.(?:com|us)$"), "flags"),
    (re.compile(r"\.pagerduty\.com$"), "pager"),
)
_BY_ROLE: Mapping[str, Kind | None] = {"monitoring": Kind.MONITORING, "flags": Kind.FLAGS, "pager": None}
_SURE: tuple[tuple[Kind, re.Pattern[str]], ...] = (
    (Kind.CI, re.compile(r"^/[^/]+/[^/]+/(?:actions/runs/\d+|runs/\d+|commit/[0-9a-f]{7,40}/checks)")),
    (Kind.CI, re.compile(r"^/.+?/-/(?:pipelines|jobs)/\d+")),
    (Kind.CI, re.compile(r"/job/[^/]+/(?:.*/)?(?:\d+|last\w*Build)(?:/|$)")),
    (Kind.CI, re.compile(r"/blue/organizations/[^/]+/[^/]+/detail/[^/]+/\d+")),
    (Kind.CHANGE, re.compile(r"^/[^/]+/[^/]+/pull/\d+")),
    (Kind.CHANGE, re.compile(r"^/.+?/-/merge_requests/\d+")),
    (Kind.NOTES, re.compile(r"^/[^/]+/[^/]+/releases/tag/[^/]+|^/.+?/-/releases/[^/]+")),
    (
        Kind.ARTIFACT,
        re.compile(r"^/[^/]+/[^/]+/(?:attestations/\d+|commit/[0-9a-f]{7,40}/?$)|^/.+?/-/commit/[0-9a-f]{7,40}"),
    ),
    (Kind.MONITORING, re.compile(r"/d(?:-solo)?/[A-Za-z0-9_-]{6,40}/[^/]+|/alerting/(?:grafana/)?[\w-]+/view")),
    (Kind.FLAGS, re.compile(r"/projects/[^/]+/(?:features|flags)/[^/]+|^/[^/]+/[^/]+/features/[^/]+")),
)
_NAMED: tuple[tuple[Kind, re.Pattern[str]], ...] = (
    (Kind.NOTES, re.compile(r"(?i)changelog|release[-_]?notes")),
    (Kind.ROLLBACK, re.compile(r"(?i)roll[-_]?back")),
    (Kind.RUNBOOK, re.compile(r"(?i)runbooks?|playbooks?")),
    (Kind.MIGRATION, re.compile(r"(?i)migrations?(?:/|[-_.])")),
    (Kind.CAPACITY, re.compile(r"(?i)load[-_]?tests?|capacity")),
)


def kind_of(url: str) -> Kind | None:
    """What the link speaks of by its host and shape, or by the names in its path; None where it could be anything."""
    sure = sure_kind_of(url)
    if sure is not None:
        return sure
    parts = parts_of(url)
    if parts is None or _role(parts) == "pager":
        return None
    return next((kind for kind, pattern in _NAMED if pattern.search(parts.path)), None)


def sure_kind_of(url: str) -> Kind | None:
    """What the link speaks of by its host and shape alone, which cannot be anything else."""
    shape = shape_of(url, {})
    if shape is not None and shape.kind is not None:
        return shape.kind
    parts = parts_of(url)
    if parts is None:
        return None
    role = _role(parts)
    if role in _BY_ROLE:
        return _BY_ROLE[role]
    return next((kind for kind, pattern in _SURE if pattern.search(parts.path)), None)


def _role(parts: SplitResult) -> str:
    host = (parts.hostname or "").lower()
    return next((role for pattern, role in _HOSTS if pattern.search(host)), "")

"""Reads a folder of HTML as a browser would follow it: which links lead nowhere, and what it would fetch from elsewhere."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

_FETCHED = {"img": "src", "script": "src", "link": "href", "iframe": "src", "source": "src", "use": "href"}


@dataclass(slots=True)
class Read:
    """Of one page: what it links to, what it fetches, and the places in it that can be linked to."""

    links: list[str] = field(default_factory=list)
    fetched: list[str] = field(default_factory=list)
    anchors: set[str] = field(default_factory=set)


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.read = Read()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.read.anchors |= {value for name, value in attrs if name in {"id", "name"} and value}
        target = given.get(_FETCHED.get(tag, ""))
        if tag == "a" and given.get("href"):
            self.read.links.append(str(given["href"]))
        elif target and given.get("rel") != "canonical":
            self.read.fetched.append(target)


@cache
def read(page: Path) -> Read:
    """That page."""
    reader = _Reader()
    reader.feed(page.read_text(encoding="utf-8"))
    return reader.read


def broken_links(site: Path) -> Iterator[str]:
    """`page: link` for each that leads to no file of the site, or to no place in its page."""
    for page in sorted(site.rglob("*.html")):
        # The page for what is not there is shown at any depth: its links start at the root.
        start = site if page.name == "404.html" else page.parent
        for link in dict.fromkeys((*read(page).links, *read(page).fetched)):
            if not _leads(site, start, page, link):
                yield f"{page.relative_to(site)}: {link}"


def foreign(site: Path) -> Iterator[str]:
    """`page: address` for each thing that a browser would fetch from another host."""
    for page in sorted(site.rglob("*.html")):
        yield from (f"{page.relative_to(site)}: {a}" for a in read(page).fetched if urlsplit(a).netloc)


def _leads(site: Path, start: Path, page: Path, link: str) -> bool:
    parts = urlsplit(link)
    if parts.scheme or parts.netloc:
        return True
    aim = (
        page
        if not parts.path
        else (site / parts.path.lstrip("/") if parts.path.startswith("/") else start / unquote(parts.path))
    )
    aim = aim.resolve()
    if aim.is_dir():
        aim /= "index.html"
    if not aim.is_file():
        return False
    return not parts.fragment or aim.suffix != ".html" or unquote(parts.fragment) in read(aim).anchors

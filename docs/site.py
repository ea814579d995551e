"""Builds the site from docs/ with Zensical: `python -m docs.site [FOLDER]`; the order of its pages is that of docs/index.md.

Pages link to files of the source tree where GitHub shows them. The site has no source tree, so what is linked is copied beside
the pages. Nothing is fetched, neither here nor by who reads the site: fonts are the reader's own.
"""

import argparse
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path

from docs.links import broken_links

DOCS = Path(__file__).parent
ROOT = DOCS.parent
SITE = ROOT / "site"
PAGES = ("*.md", "*.json", "*.png", "*.svg")
_LINK = re.compile(r"(\]\()([^)\s]+)(\))")
_LISTED = re.compile(r"\[([^\]]+)\]\(([^)\s]+\.md)\)")
_BESIDE = Path("files")
"""The folder of what is copied from outside docs/."""

_STYLE = "site.css"
_CSS = ".md-typeset td code { white-space: nowrap; }\n"
"""The name of a setting or a verb is read whole; a wide table is scrolled."""

_FEATURES = ("navigation.sections", "navigation.top", "navigation.footer", "content.code.copy", "search.highlight")
_PALETTE = (
    {"media": "(prefers-color-scheme: light)", "scheme": "default", "toggle": {"icon": "lucide/sun", "name": "Dark"}},
    {"media": "(prefers-color-scheme: dark)", "scheme": "slate", "toggle": {"icon": "lucide/moon", "name": "Light"}},
)


def navigation(docs: Path = DOCS) -> list[object]:
    """The chapters of docs/index.md with their pages; a page that is a folder's index brings its folder, named as it names it."""
    found: list[object] = [{"T-Minus": "index.md"}]
    chapter: list[object] = found
    for line in (docs / "index.md").read_text(encoding="utf-8").splitlines():
        if line.startswith("## "):
            chapter = []
            found.append({line.removeprefix("## "): chapter})
        chapter += [_entry(docs, title, page) for title, page in _LISTED.findall(line) if line.startswith("- ")]
    found.append({"Changelog": f"{_BESIDE}/CHANGELOG.md"})
    return found


def _entry(docs: Path, title: str, page: str) -> Mapping[str, object]:
    path = Path(page)
    if path.name != "index.md":
        return {title[:1].upper() + title[1:]: page}
    called = {
        name: text[:1].upper() + text[1:]
        for text, name in reversed(_LISTED.findall((docs / path).read_text(encoding="utf-8")))
    }
    within = sorted(p for p in (docs / path.parent).glob("*.md") if p.name != "index.md")
    pages = [{called.get(p.name, _title(p)): p.relative_to(docs).as_posix()} for p in within]
    return {_title(docs / path): [page, *pages]}


def _title(path: Path) -> str:
    """What the page calls itself."""
    found = re.search(r"^# (.+)$", path.read_text(encoding="utf-8"), re.MULTILINE)
    return found[1] if found else path.stem


def prepare(folder: Path) -> Path:
    """The pages as the site needs them, and its configuration; gives the path of that."""
    pages = folder / "docs"
    for path in sorted(p for kind in PAGES for p in DOCS.rglob(kind)):
        target = pages / path.relative_to(DOCS)
        target.parent.mkdir(parents=True, exist_ok=True)
        if path.suffix == ".md":
            target.write_text(_moved(path, pages), encoding="utf-8")
        else:
            shutil.copy(path, target)
    (pages / _BESIDE).mkdir(exist_ok=True)
    (pages / _BESIDE / "CHANGELOG.md").write_text(_moved(ROOT / "CHANGELOG.md", pages), encoding="utf-8")
    (pages / _STYLE).write_text(_CSS, encoding="utf-8")
    config = folder / "mkdocs.yml"
    # JSON is YAML.
    config.write_text(json.dumps(_configuration(), indent=1), encoding="utf-8")
    return config


def _configuration() -> Mapping[str, object]:
    return {
        "site_name": "T-Minus",
        "site_description": "A team's senior release engineer, in Slack and Microsoft Teams",
        "docs_dir": "docs",
        "site_dir": "site",
        "use_directory_urls": False,
        "nav": navigation(),
        "theme": {"name": "material", "font": False, "features": list(_FEATURES), "palette": list(_PALETTE)},
        "extra_css": [_STYLE],
        "markdown_extensions": [
            "tables",
            "attr_list",
            {"toc": {"permalink": True}},
            "pymdownx.highlight",
            {"pymdownx.superfences": {}},
        ],
    }


def _moved(page: Path, pages: Path) -> str:
    """The page with its links as they lead from where it stands in the site; what they name outside docs/ is copied there."""
    stands = _in_site(page)

    def turn(found: re.Match[str]) -> str:
        name, hash_, heading = found[2].partition("#")
        aim = (page.parent / name).resolve()
        if re.match(r"[a-z]+:", found[2]) or not name or not aim.is_file():
            return found[0]
        leads = _in_site(aim)
        if not aim.is_relative_to(DOCS) and leads != stands:
            copy = pages / leads
            copy.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(aim, copy)
        return f"{found[1]}{os.path.relpath(leads, stands.parent)}{hash_}{heading}{found[3]}"

    return _LINK.sub(turn, page.read_text(encoding="utf-8"))


def _in_site(path: Path) -> Path:
    """Where a file of the source tree stands in the site."""
    return path.relative_to(DOCS) if path.is_relative_to(DOCS) else _BESIDE / path.relative_to(ROOT)


def build(target: Path) -> Iterator[str]:
    """Build the site into that folder, in the place of what was there; gives the links that lead nowhere."""
    with tempfile.TemporaryDirectory(prefix="t-minus-site-") as scratch:
        config = prepare(Path(scratch))
        command = [sys.executable, "-m", "zensical", "build", "--clean", "--config-file", str(config)]
        subprocess.run(command, cwd=scratch, check=True, stdout=subprocess.DEVNULL)  # noqa: S603 - our own arguments
        shutil.rmtree(target, ignore_errors=True)
        shutil.copytree(Path(scratch) / "site", target)
    yield from broken_links(target)


def main() -> int:
    """1 where a link leads nowhere."""
    parser = argparse.ArgumentParser(prog="python -m docs.site", description=__doc__)
    parser.add_argument("folder", type=Path, nargs="?", default=SITE, help="where; what is there is replaced")
    folder = parser.parse_args().folder
    broken = list(build(folder))
    for link in broken:
        print(f"leads nowhere: {link}", file=sys.stderr)
    print(f"{folder / 'index.html'}")
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())

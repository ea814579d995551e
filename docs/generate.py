"""Writes docs/reference and docs/plans from the code: `python -m docs.generate`; `--check` only compares."""

import argparse
import sys
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path

from docs.examples.releases import EXAMPLES
from docs.pages import commands, events, findings, lifecycle, parity, plans, settings, verbs

DOCS = Path(__file__).parent
PAGES: Mapping[str, Callable[[], str]] = {
    "commands.md": commands.page,
    "events.md": events.page,
    "findings.md": findings.page,
    "lifecycle.md": lifecycle.page,
    "parity.md": parity.page,
    "settings.md": settings.page,
    "verbs.md": verbs.page,
}
"""The pages of docs/reference."""

PLANS: Mapping[str, Callable[[], str]] = {
    "index.md": plans.index,
    **{f"{name}.md": partial(plans.plan_page, name) for name in EXAMPLES},
}
"""The pages of docs/plans."""

PICTURES: Mapping[str, Callable[[], str]] = {"reference/lifecycle.svg": lifecycle.picture}
"""Drawn from the code, too."""

ALL: Mapping[str, Callable[[], str]] = {
    **{f"reference/{name}": page for name, page in PAGES.items()},
    **{f"plans/{name}": page for name, page in PLANS.items()},
}
NOTE = "<!-- Generated from the code by `make docs`; do not edit. -->\n\n"


def differing() -> list[str]:
    """The pages and pictures that are not what the code would write."""
    return [name for name in (*ALL, *PICTURES) if _kept(DOCS / name) != _made(name)]


def _made(name: str) -> str:
    """What the code writes there: a page says that it was generated."""
    return NOTE + ALL[name]() if name in ALL else PICTURES[name]()


def main() -> int:
    """Write the pages, or with --check: 1 where one of them differs."""
    parser = argparse.ArgumentParser(prog="python -m docs.generate", description=__doc__)
    parser.add_argument("--check", action="store_true", help="write nothing; fail where a page differs")
    checking = parser.parse_args().check
    old = differing()
    if not checking:
        for name in old:
            (DOCS / name).write_text(_made(name), encoding="utf-8")
            print(f"wrote docs/{name}")
        return 0
    for name in old:
        print(f"docs/{name} is not what the code says; run: make docs", file=sys.stderr)
    return 1 if old else 0


def _kept(path: Path) -> str:
    return path.read_text(encoding="utf-8") if path.exists() else ""


if __name__ == "__main__":
    sys.exit(main())

"""Writes the generated pages of docs/reference from the code: `python -m docs.generate`; `--check` only compares."""

import argparse
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

from docs.pages import events, findings, lifecycle, settings, verbs

REFERENCE = Path(__file__).parent / "reference"
PAGES: Mapping[str, Callable[[], str]] = {
    "events.md": events.page,
    "findings.md": findings.page,
    "lifecycle.md": lifecycle.page,
    "settings.md": settings.page,
    "verbs.md": verbs.page,
}
NOTE = "<!-- Generated from the code by `make docs`; do not edit. -->\n\n"


def differing() -> list[str]:
    """The pages that are not what the code would write."""
    return [name for name, page in PAGES.items() if _kept(REFERENCE / name) != NOTE + page()]


def main() -> int:
    """Write the pages, or with --check: 1 where one of them differs."""
    parser = argparse.ArgumentParser(prog="python -m docs.generate", description=__doc__)
    parser.add_argument("--check", action="store_true", help="write nothing; fail where a page differs")
    checking = parser.parse_args().check
    old = differing()
    if not checking:
        for name in old:
            (REFERENCE / name).write_text(NOTE + PAGES[name](), encoding="utf-8")
            print(f"wrote docs/reference/{name}")
        return 0
    for name in old:
        print(f"docs/reference/{name} is not what the code says; run: make docs", file=sys.stderr)
    return 1 if old else 0


def _kept(path: Path) -> str:
    return path.read_text(encoding="utf-8") if path.exists() else ""


if __name__ == "__main__":
    sys.exit(main())

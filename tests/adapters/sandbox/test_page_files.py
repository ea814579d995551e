"""The files of the page: short, without markup from text, without a word to any other machine, and all of them served."""

import re

from adapters.sandbox.app import STATIC
from tests.adapters.sandbox.conftest import Caller

OWN = sorted(f for f in STATIC.rglob("*") if f.suffix in {".js", ".css", ".html"} and "vendor" not in f.parts)
LONGEST = 300


def test_no_file_of_the_page_is_longer_than_it_reads() -> None:
    assert {f.name: n for f in OWN if (n := len(f.read_text().splitlines())) > LONGEST} == {}


def test_each_script_and_style_says_what_it_is_for() -> None:
    first = {f.name: f.read_text().splitlines()[0] for f in OWN if f.suffix != ".html"}
    assert {name for name, line in first.items() if not line.startswith(("// ", "/* "))} == set()


def test_nothing_that_people_typed_can_become_markup_or_script() -> None:
    made = re.compile(r"innerHTML\s*=|outerHTML\s*=|insertAdjacentHTML|document\.write|\beval\(|new Function")
    assert {f.name for f in OWN if made.search(f.read_text())} == set()


def test_nothing_is_loaded_from_elsewhere() -> None:
    elsewhere = re.compile(r"""(?:src|href|url\(|from|import\()\s*[=("']*\s*["']?(?:https?:)?//""")
    assert {f.name for f in OWN if elsewhere.search(f.read_text())} == set()


async def test_every_file_is_served_under_a_strict_policy(call: Caller) -> None:
    for file in OWN:
        name = file.relative_to(STATIC).as_posix()
        async with call.http.get(f"{call.base}/{'' if name == 'index.html' else f'static/{name}'}") as answer:
            assert answer.status == 200, name
            policy = answer.headers["Content-Security-Policy"]
            assert "script-src 'self'" in policy
            assert "unsafe" not in policy

"""The site builds from docs/, every link in it leads somewhere, and a browser fetches nothing from elsewhere."""

import json
from pathlib import Path

import pytest

from docs.links import broken_links, foreign, read
from docs.site import build, navigation, prepare


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[str]]:
    folder = tmp_path_factory.mktemp("site") / "site"
    return folder, list(build(folder))


def test_every_link_leads_to_a_page_and_a_place_in_it(site: tuple[Path, list[str]]) -> None:
    folder, broken = site
    assert broken == []
    assert (folder / "index.html").exists()
    assert (folder / "reference" / "public-release.schema.json").exists()
    assert list(foreign(folder)) == []


def test_every_page_is_in_the_navigation_in_the_order_of_the_index(root: Path) -> None:
    text = json.dumps(navigation())
    chapters = [next(iter(entry)) for entry in navigation() if isinstance(entry, dict)]
    assert chapters == ["T-Minus", "Quickstart", "Glossary", "How to", "Reference", "Discussions", "Changelog"]
    pages = {path.relative_to(root / "docs").as_posix() for path in (root / "docs").rglob("*.md")}
    assert {page for page in pages if f'"{page}"' not in text} == set()
    assert '{"Feature flag": "plans/03-feature-flag.md"}' in text, "named as the index names it"


def test_what_pages_link_to_outside_docs_is_copied_beside_them(tmp_path: Path) -> None:
    prepare(tmp_path)
    assert (tmp_path / "docs" / "files" / "deploy" / "catalogue" / "demo.yaml").exists()
    assert "](../files/deploy/catalogue/demo.yaml)" in (tmp_path / "docs" / "how-to" / "catalogue.md").read_text()


def test_a_link_that_leads_nowhere_is_named_until_it_leads_somewhere(tmp_path: Path) -> None:
    page = tmp_path / "a.html"
    page.write_text('<a href="b.html#there">b</a><a href="https://x.example">x</a><img src="//cdn.example/x.png">')
    assert list(broken_links(tmp_path)) == ["a.html: b.html#there"]
    assert list(foreign(tmp_path)) == ["a.html: //cdn.example/x.png"]
    (tmp_path / "b.html").write_text('<h1 id="here">b</h1><a href="a.html">a</a><a href="/none/">n</a>')
    assert list(broken_links(tmp_path)) == ["a.html: b.html#there", "b.html: /none/"]
    (tmp_path / "c").mkdir()
    (tmp_path / "c" / "index.html").write_text(
        '<h1 id="there">c</h1><a href="#there">c</a><a href="../b.html#here">b</a>'
    )
    page.write_text('<a href="c/#there">c</a>')
    read.cache_clear()
    assert list(broken_links(tmp_path)) == ["b.html: /none/"]

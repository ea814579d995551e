"""The sources file: one place of hosts and credentials; a mistake is named by its line, a credential never by its value."""

import re
from pathlib import Path

import pytest

from adapters.evidence.index import OPTIONS
from bot.catalog.sources_file import owners_of, read_sources
from bot.catalog.trouble import BadCatalogue
from bot.domain.link_shapes import LINKED

VALUE = "ghp_the_value_of_a_token"
ENVIRONMENT = {"GITHUB_TOKEN": f"{VALUE}\n", "EMPTY": ""}
PAGES = Path(__file__).parents[3] / "docs" / "how-to" / "evidence"


def _file(folder: Path, text: str) -> Path:
    (folder / "token").write_text(f"{VALUE}\n")
    (folder / "blob").write_bytes(b"\xff\xfe")
    path = folder / "sources.yaml"
    path.write_text(f"schema: 1\nsources:\n{text}")
    return path


def _wrong(folder: Path, text: str) -> str:
    with pytest.raises(BadCatalogue) as caught:
        read_sources(_file(folder, text), OPTIONS, ENVIRONMENT)
    assert VALUE not in str(caught.value)
    return str(caught.value)


def test_a_source_has_its_host_its_token_and_its_options(tmp_path: Path) -> None:
    found = read_sources(
        _file(
            tmp_path,
            "  gh: {kind: github, url: 'https://api.github.com/', token_env: GITHUB_TOKEN}\n"
            "  ghe: {kind: github, url: 'https://ghe.acme.example/api/v3', token_file: token, allow_private: true}\n"
            "  ci: {kind: jenkins, url: 'http://ci.acme.example:8080/ci', user: bot, allow_private: true}\n"
            "  prom: {kind: prometheus, url: 'https://prom.acme.example', links: ['graphs.acme.example:8443'],"
            " options: {tenant: acme}, timeout_seconds: 2, ca_file: token}\n",
        ),
        OPTIONS,
        ENVIRONMENT,
    )
    gh, prom = found["gh"], found["prom"]
    assert (gh.kind, gh.url, gh.hosts) == ("github", "https://api.github.com", ("github.com", "www.github.com"))
    assert gh.token is not None
    assert gh.token() == VALUE
    assert VALUE not in repr(gh)
    assert (prom.options, prom.timeout_s, prom.ca_file) == ({"tenant": "acme"}, 2.0, tmp_path / "token")
    assert {host: owner.source for host, owner in owners_of(found).items()} == {
        "github.com": "gh",
        "www.github.com": "gh",
        "ghe.acme.example": "ghe",
        "ci.acme.example:8080": "ci",
        "graphs.acme.example:8443": "prom",
    }


def test_a_token_that_is_renewed_in_its_file_is_the_one_that_is_used(tmp_path: Path) -> None:
    path = _file(tmp_path, "  gh: {kind: github, url: 'https://api.github.com', token_file: token}\n")
    token = read_sources(path, OPTIONS, {})["gh"].token
    assert token is not None
    (tmp_path / "token").write_text("renewed")
    assert token() == "renewed"
    (tmp_path / "token").write_bytes(b"\xff\xfe")
    with pytest.raises(OSError, match="no text"):
        token()
    (tmp_path / "token").unlink()
    with pytest.raises(FileNotFoundError):
        token()


@pytest.mark.parametrize(
    ("entry", "said"),
    [
        (
            "kind: githup, url: 'https://a.example'",
            'line 3, sources.s.kind: expected a known kind, found "githup"; did you',
        ),
        ("kind: github, url: 'a.example'", "line 3, sources.s.url: expected an address"),
        ("kind: github, url: 'ftp://a.example'", "an address such as"),
        ("kind: github, url: 'https://me:pw@a.example'", "an address such as"),
        ("kind: github, url: 'https://a.example/?x=1'", "an address such as"),
        ("kind: github, url: 'https://a.example:99999'", "an address such as"),
        ("kind: github, url: 'https://a.example', token: x", 'no key "token"'),
        (
            "kind: github, url: 'https://a.example', token_env: NOT_SET",
            "the environment variable NOT_SET; it is not set",
        ),
        ("kind: github, url: 'https://a.example', token_env: EMPTY", "the environment variable EMPTY; it is not set"),
        ("kind: github, url: 'https://a.example', token_file: nowhere", "a file that can be read"),
        ("kind: github, url: 'https://a.example', ca_file: nowhere", "a file that can be read"),
        (
            "kind: github, url: 'https://a.example', token_env: A, token_file: token",
            "token_env or token_file, not both",
        ),
        ("kind: github, url: 'http://a.example', token_env: GITHUB_TOKEN", "https for a source with a token"),
        ("kind: github, url: 'https://a.example', options: {tenant: x}", "an option of github: none"),
        (
            "kind: prometheus, url: 'https://a.example', options: {x: y}",
            "an option of prometheus: tenant, alertmanager",
        ),
        ("kind: github, url: 'https://a.example', links: ['https://b.example']", "sources.s.links.0"),
        ("kind: github, url: 'https://a.example', timeout_seconds: 60", "less than or equal to 9"),
    ],
)
def test_a_mistake_is_named_and_the_right_entry_is_taken(tmp_path: Path, entry: str, said: str) -> None:
    assert said in _wrong(tmp_path, f"  s: {{{entry}}}\n")
    right = "  s: {kind: github, url: 'https://a.example', token_env: GITHUB_TOKEN}\n"
    assert read_sources(_file(tmp_path, right), OPTIONS, ENVIRONMENT)["s"].kind == "github"


def test_one_host_has_one_source(tmp_path: Path) -> None:
    two = "".join(f"  s{n}: {{kind: github, url: 'https://s{n}.example', links: [git.example]}}\n" for n in (1, 2))
    assert 'one source for each host; "git.example" is of s1 too' in _wrong(tmp_path, two)


def test_every_kind_is_on_the_page_of_all_kinds() -> None:
    page = (PAGES / "index.md").read_text()
    untold = sorted(kind for kind in {*OPTIONS, *LINKED} if f"`{kind}`" not in page)
    assert untold == [], "name them in the row `kind` of docs/how-to/evidence/index.md"


def test_every_source_has_a_page_whose_example_can_be_read_as_it_stands(tmp_path: Path) -> None:
    shown = set[str]()
    for page in sorted(PAGES.glob("*.md")):
        for text in re.findall(r"```yaml\n(schema: 1\nsources:\n.*?)```", page.read_text(), re.DOTALL):
            example = tmp_path / page.with_suffix(".yaml").name
            example.write_text(re.sub(r"/(?:var/)?run/secrets/(?:t-minus/)?", "", text))
            for name in re.findall(r"(?:token|ca)_file: (\S+)", example.read_text()):
                (tmp_path / name).write_text("x")
            found = read_sources(example, OPTIONS, ENVIRONMENT)
            shown |= {one.kind for one in found.values()} if page.name != "index.md" else set()
    assert sorted(OPTIONS.keys() - shown) == [], "each needs a page in docs/how-to/evidence with an entry to copy"


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        ("alertmanager: nobody", 'a source of kind alertmanager, found "nobody"'),
        ("alertmanager: m", 'a source of kind alertmanager, found "m"'),
    ],
)
def test_silences_come_from_an_alertmanager(tmp_path: Path, options: str, expected: str) -> None:
    text = "  m: {kind: prometheus, url: 'https://m.example', options: {%s}}\n  am: {kind: alertmanager, url: 'https://a.example'}\n"
    assert f"line 3, sources.m.options.alertmanager: expected {expected}" in _wrong(tmp_path, text % options)
    assert read_sources(_file(tmp_path, text % "alertmanager: am"), OPTIONS, {})["m"].options == {"alertmanager": "am"}


@pytest.mark.parametrize("realm", ["auth.example", "ftp://auth.example", "https://me@auth.example", "https://"])
def test_tokens_come_from_an_address(tmp_path: Path, realm: str) -> None:
    text = "  r: {kind: registry, url: 'https://r.example', options: {realm: '%s'}}\n"
    assert "sources.r.options.realm: expected an address" in _wrong(tmp_path, text % realm)
    assert read_sources(_file(tmp_path, text % "https://auth.example"), OPTIONS, {})["r"].options

"""Evidence is only read: no path of the code can send a foreign system anything but GET and HEAD, or reach it by another door."""

import ast
from collections.abc import Iterator
from pathlib import Path

DOORS = {"aiohttp", "asyncio.open_connection", "ftplib", "http", "httpx", "imaplib", "requests", "smtplib", "socket"}
DOORS |= {"ctypes", "importlib", "asyncio.create_subprocess_exec", "asyncio.open_unix_connection", "pty", "runpy"}
DOORS |= {"subprocess", "telnetlib", "urllib.request", "urllib3", "xmlrpc"}
VERBS = {"get", "head", "post", "put", "patch", "delete", "options", "request", "ws_connect"}


def _imports(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def _calls(tree: ast.AST, names: set[str]) -> list[str]:
    found = [n.func for n in ast.walk(tree) if isinstance(n, ast.Call)]
    return [f.attr for f in found if isinstance(f, ast.Attribute) and f.attr in names]


def test_sources_have_no_door_of_their_own(root: Path) -> None:
    files = sorted((root / "adapters" / "evidence").rglob("*.py"))
    assert files
    used = {
        (path.name, name)
        for path in files
        for name in _imports(ast.parse(path.read_text()))
        if name in DOORS or any(name.startswith(f"{door}.") for door in DOORS)
    }
    assert used == set(), (
        "a source asks through the Remote that it is given (adapters/http/fetch.py), and by nothing else"
    )


def test_sources_open_no_door_by_its_name_at_run_time_and_reach_into_nothing_private(root: Path) -> None:
    """`importlib`, `eval` and `remote._caller` would be ways around the one door; names of methods are never made."""
    reached = {
        (path.name, ast.unparse(node))
        for path in sorted((root / "adapters" / "evidence").rglob("*.py"))
        for node in ast.walk(ast.parse(path.read_text()))
        if (isinstance(node, ast.Call) and ast.unparse(node.func) == "getattr" and ast.unparse(node.args[1]) != "'id'")
        or (isinstance(node, ast.Name) and node.id in {"eval", "exec", "__import__", "globals", "vars"})
        or (
            isinstance(node, ast.Attribute)
            and node.attr.startswith("_")
            and not (isinstance(node.value, ast.Name) and node.value.id in {"self", "cls"})
        )
    }
    assert reached == set()


def test_the_one_door_sends_get_head_and_the_access_review_and_nothing_else(root: Path) -> None:
    calls = ast.parse((root / "adapters" / "http" / "calls.py").read_text())
    sent = [
        name
        for name in _calls(calls, VERBS)
        if name in {"post", "put", "patch", "delete", "options", "request", "ws_connect"}
    ]
    assert sent == ["post"]
    (send,) = [n for n in ast.walk(calls) if isinstance(n, ast.FunctionDef) and n.name == "_send"]
    (guard,) = [n for n in ast.walk(send) if isinstance(n, ast.If) and "post" in ast.unparse(n)]
    assert ast.unparse(guard.test) == "call.verb == 'REVIEW'"
    fetch = ast.parse((root / "adapters" / "http" / "fetch.py").read_text())
    doors = [n for n in ast.walk(fetch) if isinstance(n, ast.AsyncFunctionDef) and "'REVIEW'" in ast.unparse(n)]
    assert [door.name for door in doors] == ["may"]
    assert "REVIEW" in ast.unparse(doors[0]).partition("url_in(self.site, ")[2][:8]


def test_only_kubernetes_asks_what_it_may(root: Path) -> None:
    files = (root / "adapters" / "evidence").rglob("*.py")
    asking = {path.parent.name for path in files if _calls(ast.parse(path.read_text()), {"may"})}
    assert asking == {"kubernetes"}


def test_a_session_of_sources_is_made_in_one_place_without_proxies_cookies_and_redirects(root: Path) -> None:
    makers = [
        path.name
        for folder in ("evidence", "http")
        for path in sorted((root / "adapters" / folder).rglob("*.py"))
        if "ClientSession(" in path.read_text()
    ]
    assert makers == ["calls.py", "health.py"]
    text = (root / "adapters" / "http" / "calls.py").read_text()
    assert "trust_env=False" in text
    assert "DummyCookieJar()" in text
    assert text.count("allow_redirects=False") == 3

"""What decides and what talks is pure: no clock, no network, no database, no chance. Read off the syntax, import by import."""

import ast
from collections.abc import Iterator
from pathlib import Path

IMPURE = frozenset(
    {
        "aiohttp",
        "apscheduler",
        "asyncio",
        "botbuilder",
        "botframework",
        "logging",
        "os",
        "random",
        "secrets",
        "slack_bolt",
        "slack_sdk",
        "socket",
        "sqlalchemy",
        "subprocess",
        "threading",
        "time",
        "uuid",
    }
)
PURE_ROOMS = ("decide", "domain", "messages", "plan", "policy", "timeline", "watch")
CLOCK_CALLS = frozenset({"now", "utcnow", "today"})


def imported(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        if isinstance(node, ast.ImportFrom):
            yield node.module or ""


def pure(module: Path, root: Path) -> bool:
    parts = module.relative_to(root).parts
    return (parts[0] == "bot" and parts[1] in PURE_ROOMS) or (parts[0] == "flows" and parts[1] != "runner")


def test_pure_rooms_import_nothing_impure(modules: tuple[Path, ...], root: Path) -> None:
    pure_ones = [m for m in modules if pure(m, root)]
    assert pure_ones
    breaches = {
        f"{m.relative_to(root)}: {name}"
        for m in pure_ones
        for name in imported(ast.parse(m.read_text()))
        if name.partition(".")[0] in IMPURE
    }
    assert not breaches, (
        f"take the time, the place or the answer as an argument; adapters and the runner fetch: {breaches}"
    )


def test_pure_rooms_define_no_coroutines(modules: tuple[Path, ...], root: Path) -> None:
    waiting = {
        f"{m.relative_to(root)}: {node.name}"
        for m in modules
        if pure(m, root)
        for node in ast.walk(ast.parse(m.read_text()))
        if isinstance(node, ast.AsyncFunctionDef)
    }
    assert not waiting, (
        f"nothing waits in here; return what is wanted, and let the runner or the outbox do it: {waiting}"
    )


def test_only_the_clock_asks_the_machine_for_the_time(modules: tuple[Path, ...], root: Path) -> None:
    asking = {
        str(m.relative_to(root))
        for m in modules
        for node in ast.walk(ast.parse(m.read_text()))
        if isinstance(node, ast.Attribute)
        and node.attr in CLOCK_CALLS
        and isinstance(node.value, ast.Name)
        and node.value.id in {"date", "datetime"}
    }
    assert asking <= {"bot/clock.py"}, "take `now` as an argument, at the edges from the port Clock"

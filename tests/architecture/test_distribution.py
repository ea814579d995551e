"""The import names are ours alone, dependencies are declared and locked, and no file knows where it was written."""

import ast
import re
import sys
import tomllib
from importlib.metadata import packages_distributions
from pathlib import Path

OURS = frozenset({"adapters", "bot", "flows"})
HASHED = re.compile(r"--hash=sha256:[0-9a-f]{64}")
# Put together here, so that this file passes its own test.
PLACES = (*("/" + place for place in ("work/", "root/", "tmp/bash", "home/")), "pyenv/" + "versions")
REGISTRIES = (
    "pypi" + ".org",
    "python" + "hosted.org",
    "registry." + "npmjs",
    "deb." + "debian.org",
    "--index" + "-url",
)


def test_no_installed_distribution_owns_our_import_names() -> None:
    assert not OURS & packages_distributions().keys()


def test_no_file_names_a_machine_or_a_registry(tracked: tuple[Path, ...], root: Path) -> None:
    found = set()
    for path in tracked:
        try:
            text = path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue
        found |= {f"{path.relative_to(root)}: {word}" for word in (*PLACES, *REGISTRIES) if word in text}
    assert not found, f"take the place of a machine, or the address of a registry, out: {sorted(found)}"


def test_every_dependency_is_locked_with_hashes(root: Path) -> None:
    for name in ("run.txt", "dev.txt", "lowest.txt"):
        pins = re.split(r"\n(?=\S)", (root / "requirements" / name).read_text().strip())
        loose = [pin.splitlines()[0] for pin in pins if "==" not in pin or not HASHED.search(pin)]
        assert not loose, f"requirements/{name} is not what the tool writes; run: make lock"


def test_what_is_declared_is_locked_and_dev_contains_run(root: Path) -> None:
    declared = tomllib.loads((root / "pyproject.toml").read_text())
    run, dev = (_pinned(root / "requirements" / name) for name in ("run.txt", "dev.txt"))
    absent = {_name(one) for one in declared["project"]["dependencies"]} - run.keys()
    assert not absent, f"declared, and not locked; run: make lock: {sorted(absent)}"
    tools = [one for group in declared["dependency-groups"].values() for one in group if isinstance(one, str)]
    absent = {_name(one) for one in tools} - dev.keys()
    assert not absent, f"declared, and not locked; run: make lock: {sorted(absent)}"
    assert run.items() <= dev.items(), "the two locks disagree; run: make lock"


def test_the_lowest_lock_pins_the_lowest_versions_that_are_declared(root: Path) -> None:
    declared = tomllib.loads((root / "pyproject.toml").read_text())
    lowest = _pinned(root / "requirements" / "lowest.txt")
    wanted = [*declared["project"]["dependencies"], *declared["dependency-groups"]["test"]]
    floors = {_name(one): one.partition(">=")[2].partition(",")[0] for one in wanted}
    too_high = {name: lowest[name] for name, floor in floors.items() if not f"{lowest[name]}.".startswith(f"{floor}.")}
    assert floors
    assert not too_high, f"locked above the version that is declared; run: make lock: {too_high}"


def test_every_foreign_import_of_the_product_is_declared(modules: tuple[Path, ...], root: Path) -> None:
    declared = tomllib.loads((root / "pyproject.toml").read_text())["project"]["dependencies"]
    known = {_name(one) for one in declared}
    owners = packages_distributions()
    foreign = {
        name.partition(".")[0]
        for path in modules
        for node in ast.walk(ast.parse(path.read_text()))
        for name in _imported(node)
    }
    foreign -= OURS | sys.stdlib_module_names
    undeclared = {name for name in foreign if not {_name(owner) for owner in owners.get(name, ())} & known}
    # They come with what is declared: slack_bolt, botbuilder-core, aiohttp.
    surprising = undeclared - {"botbuilder", "botframework", "jwt", "slack_sdk", "yarl"}
    assert not surprising, (
        f"declare them in pyproject.toml, with a reason in docs/discussions/dependencies.md: {surprising}"
    )


def _imported(node: ast.AST) -> list[str]:
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    return [node.module or ""] if isinstance(node, ast.ImportFrom) else []


def _pinned(path: Path) -> dict[str, str]:
    found = re.findall(r"^([A-Za-z0-9._-]+)(?:\[.*?\])?==([^ ;\\]+)", path.read_text(), re.MULTILINE)
    return {_name(name): version for name, version in found}


def _name(requirement: str) -> str:
    return re.split(r"[\[<>=~! ;]", requirement)[0].lower().replace("_", "-").replace(".", "-")

"""Where files stand, what they are called, how long they are, and that each says what it is for."""

import ast
import io
import re
import statistics
import tokenize
from pathlib import Path

TOP = frozenset(
    {
        ".ci",
        ".dockerignore",
        ".gitignore",
        ".pre-commit-config.yaml",
        "CHANGELOG.md",
        "CONTRIBUTING.md",
        "Dockerfile",
        "LICENSE",
        "Makefile",
        "README.md",
        "SECURITY.md",
        "adapters",
        "bench",
        "bot",
        "deploy",
        "docs",
        "flows",
        "migrations",
        "pyproject.toml",
        "requirements",
        "tests",
    }
)
NAMELESS = frozenset({"util", "utils", "helper", "helpers", "common", "manager", "managers", "base", "misc"})
LONGEST = 300
MEDIAN = 120
EXCUSES = re.compile(r"#\s*(noqa|type:\s*ignore|pragma)")
EXPLAINED = re.compile(
    r"#\s*(?>noqa: [A-Z]+\d+(?:, ?[A-Z]+\d+)*|type: ignore\[[a-z, -]+\]|pragma: no (?:cover|branch))\W+\w.{2,}"
)
UNFINISHED = re.compile(r"#\s*(todo|fixme|xxx|hack)\b", re.IGNORECASE)


def test_the_top_level_is_fixed(tracked: tuple[Path, ...], root: Path) -> None:
    new = {path.relative_to(root).parts[0] for path in tracked} - TOP
    assert not new, f"put these into one of the folders that are there, or clean them up: {sorted(new)}"


def test_no_file_folder_or_class_is_nameless(tracked: tuple[Path, ...], root: Path) -> None:
    named = {p: path for path in tracked if path.suffix == ".py" for p in path.relative_to(root).with_suffix("").parts}
    nameless = {str(path.relative_to(root)) for part, path in named.items() if NAMELESS & set(part.split("_"))}
    assert not nameless, f"call them by what they are for: {sorted(nameless)}"


def test_no_file_is_longer_than_it_reads(tracked: tuple[Path, ...], root: Path) -> None:
    long = {
        str(path.relative_to(root)): lines
        for path in tracked
        if path.suffix == ".py" and (lines := len(path.read_text().splitlines())) > LONGEST
    }
    assert not long, f"above {LONGEST} lines a file has two themes: give the second one a file of its own: {long}"


def test_files_are_small_in_general(modules: tuple[Path, ...]) -> None:
    median = statistics.median(len(path.read_text().splitlines()) for path in modules)
    assert median < MEDIAN, "half of all files are too long: split what was changed last by what it is about"


def test_every_module_says_what_it_is_for(tracked: tuple[Path, ...], root: Path) -> None:
    silent = {
        str(path.relative_to(root))
        for path in tracked
        if path.suffix == ".py" and not ast.get_docstring(ast.parse(path.read_text()))
    }
    assert not silent, f"begin each with a docstring that says what it is for: {sorted(silent)}"


def test_annotations_are_resolved_at_run_time(tracked: tuple[Path, ...], root: Path) -> None:
    postponed = {
        str(path.relative_to(root))
        for path in tracked
        if path.suffix == ".py"
        for node in ast.parse(path.read_text()).body
        if isinstance(node, ast.ImportFrom) and node.module == "__future__"
    }
    assert not postponed, f"take `from __future__` out, names are quoted where they come later: {sorted(postponed)}"


def test_every_exception_to_a_check_has_its_reason_and_nothing_is_unfinished(
    tracked: tuple[Path, ...], root: Path
) -> None:
    wrong = [
        f"{path.relative_to(root)}:{token.start[0]}: {token.string}"
        for path in tracked
        if path.suffix == ".py"
        for token in tokenize.generate_tokens(io.StringIO(path.read_text()).readline)
        if token.type == tokenize.COMMENT
        and ((EXCUSES.search(token.string) and not EXPLAINED.search(token.string)) or UNFINISHED.search(token.string))
    ]
    assert not wrong, "\n".join(
        ("give each its reason (`# noqa: X - why`, `# type: ignore[x]  # why`), or finish it:", *wrong)
    )


def test_no_test_is_skipped_or_mocked(tracked: tuple[Path, ...], root: Path) -> None:
    forbidden = ("pytest.mark." + "skip", "pytest." + "skip(", "unittest" + ".mock", "pytest.mark." + "xfail")
    found = {
        f"{path.relative_to(root)}: {word}"
        for path in tracked
        if path.suffix == ".py" and path.relative_to(root).parts[0] == "tests"
        for word in forbidden
        if word in path.read_text()
    }
    assert not found, f"a test runs, against the real thing or a counterpart of a few lines: {sorted(found)}"

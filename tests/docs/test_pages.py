"""Links lead somewhere, commands exist and run, YAML that is shown can be read, every dependency has its reason."""

import json
import os
import re
import shlex
import subprocess
import sys
import tomllib
from pathlib import Path

import yaml

from bot.catalog.entries import CatalogueFile
from bot.catalog.file import CatalogFile
from bot.clock import machine_time
from bot.settings import Settings

LINK = re.compile(r"(?<!!)\[[^\]]+\]\(([^)\s]+)\)")
BLOCK = re.compile(r"```(\w*)\n(.*?)```", re.DOTALL)


def blocks(page: Path, language: str) -> list[str]:
    return [text for name, text in BLOCK.findall(page.read_text()) if name == language]


def commands(pages: tuple[Path, ...]) -> list[list[str]]:
    lines = (line for page in pages for text in blocks(page, "sh") for line in text.splitlines())
    return [words for line in lines if (words := shlex.split(line, comments=True))]


def test_every_relative_link_leads_to_a_file_and_a_heading(pages: tuple[Path, ...]) -> None:
    broken = []
    for page in pages:
        for target in LINK.findall(page.read_text()):
            if re.match(r"[a-z]+:", target):
                continue
            name, _, heading = target.partition("#")
            aim = (page.parent / name).resolve() if name else page
            headings = re.findall(r"^#+ (.*)$", aim.read_text(), re.MULTILINE) if aim.is_file() else []
            if not aim.exists() or (heading and heading not in {h.lower().replace(" ", "-") for h in headings}):
                broken.append(f"{page.name}: {target}")
    assert not broken, f"these links lead nowhere: {broken}"


def test_every_file_that_is_named_exists(root: Path, pages: tuple[Path, ...]) -> None:
    invented = {"flows/pin.py", "tests/flows/test_pin.py"}
    tops = "adapters|bench|bot|deploy|docs|flows|migrations|requirements|tests|\\.ci"
    shown = {
        (page.name, name)
        for page in pages
        for name in re.findall(rf"`((?:{tops})/[A-Za-z0-9_./-]*)`", page.read_text())
        if name not in invented
    }
    assert shown
    gone = sorted((page, name) for page, name in shown if not (root / name).exists())
    assert not gone, f"pages show files that are not there: {gone}"


def test_every_page_is_reached_from_the_index(root: Path) -> None:
    waiting, reached = [root / "docs" / "index.md"], set[Path]()
    while waiting:
        page = waiting.pop()
        reached.add(page)
        linked = {(page.parent / target.partition("#")[0]).resolve() for target in LINK.findall(page.read_text())}
        waiting += [p for p in linked - reached if p.suffix == ".md" and p.is_file()]
    lost = sorted(str(page.relative_to(root)) for page in set((root / "docs").rglob("*.md")) - reached)
    assert not lost, f"link them from docs/index.md, or from a page that it leads to: {lost}"


def test_every_make_target_that_is_shown_exists_and_every_target_is_shown(root: Path, pages: tuple[Path, ...]) -> None:
    shown = {words[1] for words in commands(pages) if words[0] == "make"}
    targets = set(re.findall(r"^([a-z]+):.*##", (root / "Makefile").read_text(), re.MULTILINE))
    assert shown <= targets, f"pages show targets that the Makefile does not have: {sorted(shown - targets)}"
    readme = {words[1] for words in commands((root / "README.md",)) if words[0] == "make"}
    assert readme == targets, f"README and Makefile disagree: {sorted(readme ^ targets)}"
    for target in sorted(targets):
        subprocess.run(["make", "--dry-run", target], cwd=root, check=True, capture_output=True)  # noqa: S607 - make itself


def test_every_bot_command_that_is_shown_is_understood(root: Path, pages: tuple[Path, ...]) -> None:
    texts = "\n".join(page.read_text() for page in pages)
    shown = {tuple(said.split()) for said in re.findall(r"python -m bot ((?:[a-z]+(?:-[a-z]+)* ?)+)", texts)}
    assert shown
    for words in sorted(shown):
        ran = subprocess.run(
            [sys.executable, "-m", "bot", *words, "--help"], cwd=root, check=False, capture_output=True, text=True
        )
        assert ran.returncode == 0, f"{words}: {ran.stderr}"


def test_every_variable_that_is_shown_is_a_setting(pages: tuple[Path, ...]) -> None:
    known = {f"T_MINUS_{name.upper()}" for name in Settings.model_fields} | {"T_MINUS_SOAK", "T_MINUS_X"}
    shown = {v for page in pages for v in re.findall(r"T_MINUS_[A-Z_]*[A-Z]", page.read_text())}
    unknown = {variable.removesuffix("_FILE") for variable in shown} - known - {v.removesuffix("_FILE") for v in known}
    assert not unknown, f"pages show settings that bot/settings does not have: {sorted(unknown)}"


def test_every_catalogue_that_is_shown_has_known_keys(root: Path) -> None:
    shown = [yaml.safe_load(text) for text in blocks(root / "docs" / "how-to" / "catalogue.md", "yaml")]
    merged: dict[str, object] = {}
    for part in shown:
        merged |= part
    file = CatalogueFile.model_validate(merged)
    assert file.people
    assert file.services


def test_the_first_catalogue_of_slack_is_whole_as_it_stands(root: Path, tmp_path: Path) -> None:
    shown, *more = blocks(root / "docs" / "how-to" / "slack.md", "yaml")
    assert not more
    (tmp_path / "catalogue.yaml").write_text(shown)
    assert set(CatalogFile(tmp_path / "catalogue.yaml", machine_time)().services) == {"payments"}


def test_every_dependency_has_its_reason(root: Path) -> None:
    declared = tomllib.loads((root / "pyproject.toml").read_text())
    tools = [one for group in declared["dependency-groups"].values() for one in group if isinstance(one, str)]
    counterparts = json.loads((root / "tests" / "counterparts" / "package.json").read_text())["dependencies"]
    wanted = [*declared["project"]["dependencies"], *tools]
    page = (root / "docs" / "discussions" / "dependencies.md").read_text()
    named = {name.strip() for row in re.findall(r"^\| ([^|]+) \|", page, re.MULTILINE) for name in row.split(",")}
    used = {re.split(r"[\[<>=~!]", one)[0] for one in wanted} | set(counterparts)
    differ = sorted(used ^ (named - {"package", "---"}))
    assert not differ, f"docs/discussions/dependencies.md says why each is here, and names no other: {differ}"


def test_scripts_of_the_front_door_can_be_run(root: Path) -> None:
    for script in (root / ".ci").iterdir():
        assert os.access(script, os.X_OK), script.name
        subprocess.run(["sh", "-n", str(script)], check=True)  # noqa: S607 - the shell that runs it

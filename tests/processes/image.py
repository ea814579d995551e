"""The runtime tree of the image, made by the Dockerfile's own steps in an empty folder, without Docker.

`FROM` is this machine's Python; what `pip install -r requirements/run.txt` brings is linked from the environment that runs the
tests, by the names of the lock and no others: what the lock lacks is missing here too.
"""

import importlib.metadata
import json
import os
import re
import shutil
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).parents[2]
USER = 10001


@dataclass(frozen=True, slots=True)
class Step:
    """One instruction of the Dockerfile, its lines joined."""

    word: str
    rest: str


@dataclass(slots=True)
class Image:
    """What the last stage says. `root`: the folder that stands for its root file system."""

    root: Path
    environment: dict[str, str] = field(default_factory=dict)
    entrypoint: list[str] = field(default_factory=list)
    command: list[str] = field(default_factory=list)
    health: list[str] = field(default_factory=list)
    user: str = ""
    folder: str = "/"
    python: Path = Path(sys.executable)

    def argv(self, command: Sequence[str]) -> list[str]:
        """That command as it runs here: `python` is the image's."""
        return [str(self.python) if word == "python" else word for word in command]


def steps(text: str) -> list[Step]:
    """The instructions, in order."""
    lines = re.sub(r"^\s*#.*\n", "", text, flags=re.MULTILINE).replace("\\\n", " ").splitlines()
    return [Step(*line.split(maxsplit=1)) for line in lines if line.strip()]


def stages(found: Sequence[Step]) -> list[list[Step]]:
    """The same, split at each FROM."""
    made: list[list[Step]] = []
    for step in found:
        if step.word == "FROM":
            made.append([])
        made[-1].append(step)
    return made


def build(root: Path, text: str) -> Image:
    """Take the steps of the last stage in that empty folder."""
    image = Image(root)
    for step in stages(steps(text))[-1]:
        _take(image, step)
    return image


def _take(image: Image, step: Step) -> None:
    match step.word:
        case "WORKDIR":
            image.folder = step.rest
            _inside(image, step.rest).mkdir(parents=True, exist_ok=True)
        case "COPY":
            _copy_all(image, step.rest)
        case "RUN":
            _run(image, step.rest)
        case "ENV":
            image.environment |= dict(pair.split("=", 1) for pair in step.rest.split())
        case "USER":
            image.user = step.rest
        case "ENTRYPOINT":
            image.entrypoint = json.loads(step.rest)
        case "CMD":
            image.command = json.loads(step.rest)
        case "HEALTHCHECK":
            image.health = json.loads(step.rest[step.rest.index("[") :])
        case _:
            assert step.word in {"FROM", "VOLUME", "EXPOSE", "STOPSIGNAL"}, step


def _run(image: Image, command: str) -> None:
    if command.startswith("useradd"):
        _inside(image, "/data").mkdir()
    else:
        # Not taken: the interpreter of the tests may be another one, and the sources run as well.
        assert command.startswith("python -m compileall"), command


def _copy_all(image: Image, words: str) -> None:
    if words.startswith("--from=build"):
        _link_packages(_inside(image, words.rsplit(maxsplit=1)[-1]))
        return
    *sources, target = words.split()
    for source in sources:
        _copy(ROOT / source, _inside(image, f"{image.folder}/{target}"), folder=target.endswith("/"))


def _inside(image: Image, path: str) -> Path:
    return image.root / path.lstrip("/")


def _copy(source: Path, target: Path, *, folder: bool) -> None:
    if source.is_dir():
        shutil.copytree(source, target, ignore=shutil.ignore_patterns("__pycache__"))
    else:
        shutil.copy(source, target / source.name if folder else target)


def _link_packages(venv: Path) -> None:
    """The packages of the lock, each file's top folder linked; nothing else of the environment is to be seen."""
    site = venv / "site"
    site.mkdir(parents=True)
    locked = re.findall(
        r"^([A-Za-z0-9._-]+)==[^;\n]*?(?: ; (.*?))? \\$", (ROOT / "requirements/run.txt").read_text(), re.MULTILINE
    )
    assert locked
    for name, marker in locked:
        try:
            files = importlib.metadata.distribution(name).files or []
        except importlib.metadata.PackageNotFoundError:
            assert marker, f"{name} of the lock is not installed"
            continue
        place = Path(str(importlib.metadata.distribution(name).locate_file("")))
        for top in {file.parts[0] for file in files} - {"..", "__pycache__"}:
            if not (site / top).exists():
                (site / top).symlink_to(place / top)


def interpreter() -> Path:
    """A Python of this version that other users may run too: the one of the tests may stand in a closed home."""
    name = f"python{sys.version_info.major}.{sys.version_info.minor}"
    for found in (Path(os.path.realpath(sys.executable)), Path("/usr/bin") / name, Path("/usr/local/bin") / name):
        if found.exists() and all(p.stat().st_mode & 0o001 for p in (found, *found.parents)):
            return found
    msg = f"no {name} here that another user may run"
    raise AssertionError(msg)


def contents(root: Path) -> Mapping[str, tuple[int, int]]:
    """Each file with its size and time of change: what was written shows."""
    found = ((path, path.lstat()) for path in root.rglob("*") if not path.is_dir())
    return {str(path.relative_to(root)): (status.st_size, status.st_mtime_ns) for path, status in found}

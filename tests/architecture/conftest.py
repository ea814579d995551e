"""The files that belong to the product."""

import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
CODE = ("adapters", "bot", "flows")


@pytest.fixture(scope="session")
def root() -> Path:
    return ROOT


@pytest.fixture(scope="session")
def tracked() -> tuple[Path, ...]:
    """All files that git keeps, or would keep if they were added, below the root."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"],  # noqa: S607 - the git of whoever runs this
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    )
    return tuple(path for name in listed.stdout.split("\0") if name and (path := ROOT / name).is_file())


@pytest.fixture(scope="session")
def modules(tracked: tuple[Path, ...]) -> tuple[Path, ...]:
    """All modules of the product itself."""
    return tuple(path for path in tracked if path.suffix == ".py" and path.relative_to(ROOT).parts[0] in CODE)

"""Plants small faults in the core, one at a time, and sees whether a test notices: `python -m tests.mutants [how many] [seed]`.

A sample by a seed, over a copy of the tree. Prints each survivor and the share of them; what survived and why is kept in
docs/discussions/mutants.md.
"""

import os
import random
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.mutants.sites import Site, sites

ROOT = Path(__file__).parents[2]
ROOMS = {"bot/domain": "tests/bot/decide", "bot/policy": "tests/bot/policy", "bot/plan": "tests/bot/plan"}
"""What is mutated, and the tests that are asked first."""

COPIED = ("adapters", "bench", "bot", "deploy", "docs", "flows", "migrations", "tests", "pyproject.toml")
LONGEST_S = 600
"""A test that hangs has noticed as well."""

QUICK = ("tests/bot/domain", "tests/bot/policy", "tests/bot/plan", "tests/bot/decide", "tests/flows")
THEN = ("tests/bot/messages", "tests/bot/watch", "tests/bot/timeline", "tests/golden")


def notices(folder: Path, *chosen: str) -> bool:
    """True if one of those tests fails."""
    command = [sys.executable, "-m", "pytest", "-x", "-q", "-p", "no:randomly", "-p", "no:cacheprovider", *chosen]
    environment = {**os.environ, "PYTHONDONTWRITEBYTECODE": "1"}
    try:
        ran = subprocess.run(command, cwd=folder, env=environment, timeout=LONGEST_S, check=False, capture_output=True)
    except subprocess.TimeoutExpired:
        return True
    return ran.returncode != 0


def killed(folder: Path, module: str, site: Site) -> bool:
    """Plant it, test, and take it out again. Examples first: they are quicker than properties."""
    path = folder / module
    source = path.read_text()
    path.write_text(site.applied(source))
    try:
        return (
            notices(
                folder, "-m", "not hypothesis", next(tests for room, tests in ROOMS.items() if module.startswith(room))
            )
            or notices(folder, "-m", "not hypothesis", *QUICK)
            or notices(folder, *THEN)
            or notices(folder, "-m", "hypothesis", *QUICK)
        )
    finally:
        path.write_text(source)


def main(count: int, seed: int) -> int:
    """Prints as it goes; 1 if the tests fail without any mutation."""
    modules = sorted(p.relative_to(ROOT).as_posix() for room in ROOMS for p in (ROOT / room).rglob("*.py"))
    every = [(module, site) for module in modules for site in sites((ROOT / module).read_text())]
    chosen = random.Random(seed).sample(every, min(count, len(every)))
    survivors = 0
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        for name in COPIED:
            copy = shutil.copytree if (ROOT / name).is_dir() else shutil.copy
            copy(ROOT / name, folder / name)
        if notices(folder, "-m", "not hypothesis", *QUICK):
            print("the tests fail without any mutation")
            return 1
        for number, (module, site) in enumerate(chosen, 1):
            if not killed(folder, module, site):
                survivors += 1
                print(f"survived  {module}:{site.line}  {site.before}  ->  {site.after}")
            print(f"{number} of {len(chosen)}, {survivors} survived", file=sys.stderr, flush=True)
    print(f"{len(chosen)} of {len(every)} mutants (seed {seed}): {survivors} survived, {survivors / len(chosen):.0%}")
    return 0


if __name__ == "__main__":
    given = [int(one) for one in sys.argv[1:]]
    sys.exit(main(*(given + [150, 1][len(given) :])))

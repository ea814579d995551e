"""`python -m bench [name …]`: runs the benchmarks of that name, or all of them, one after another."""

import subprocess
import sys
from pathlib import Path


def main() -> int:
    """Every folder with a __main__ is a benchmark."""
    known = sorted(p.parent.name for p in Path(__file__).parent.glob("*/__main__.py"))
    wanted = sys.argv[1:] or known
    if unknown := set(wanted) - set(known):
        print(f"no benchmark is called {', '.join(sorted(unknown))}; there are: {', '.join(known)}")
        return 2
    return max(subprocess.run([sys.executable, "-m", f"bench.{name}"], check=False).returncode for name in wanted)


if __name__ == "__main__":
    sys.exit(main())

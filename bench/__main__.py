"""`python -m bench [name …]`: runs the benchmarks of that name, or all of them, one after another.

`python -m bench timeline --large`: what begins with a dash is given to them.
"""

import subprocess
import sys
from pathlib import Path


def main() -> int:
    """Every folder with a __main__ is a benchmark."""
    known = sorted(p.parent.name for p in Path(__file__).parent.glob("*/__main__.py"))
    flags = [word for word in sys.argv[1:] if word.startswith("-")]
    wanted = [word for word in sys.argv[1:] if word not in flags] or known
    if unknown := set(wanted) - set(known):
        print(f"no benchmark is called {', '.join(sorted(unknown))}; there are: {', '.join(known)}")
        return 2
    return max(
        subprocess.run([sys.executable, "-m", f"bench.{name}", *flags], check=False).returncode for name in wanted
    )


if __name__ == "__main__":
    sys.exit(main())

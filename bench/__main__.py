"""`python -m bench`: all benchmarks, one after the other; each prints its own figures and keeps them."""

import subprocess
import sys

ALL = ("bench.plan", "bench.timeline")

if __name__ == "__main__":
    sys.exit(max(subprocess.run([sys.executable, "-m", name], check=False).returncode for name in ALL))

"""`python -m bench.language [corpus.yaml …]`: precision and recall of the recogniser of free words, and its speed.

Without files: the halves of tests/flows/corpus that are there. Goals (printed, never asserted here): precision of 95 % and recall
of 90 % for each label on text that nobody tuned for, and a time that grows with the length of the text.
"""

import sys
import time
from pathlib import Path

from bench.language.score import LABELS, Figures, classify, read, score
from bench.machine import keep, machine

CORPUS = Path(__file__).parents[2] / "tests" / "flows" / "corpus"
HOSTILE = "can we not skip the " * 100


def table(figures: Figures) -> list[str]:
    """A line for each label, then what was heard instead."""
    lines = [f"  {'':10}{'precision':>10}{'recall':>8}   " + "".join(f"{f'→ {h}':>12}" for h in LABELS)]
    for label in LABELS:
        counts = "".join(f"{figures.confusion.get((label, h), 0):12}" for h in LABELS)
        lines.append(f"  {label:10}{figures.precision(label):10.1%}{figures.recall(label):8.1%}   {counts}")
    lines.append(f"  ordinary talk that was refused: {figures.scolded:.1%}")
    lines.append(
        f"  subject of a skip right: {figures.what:.1%}; words of the quoted phrase shared: {figures.overlap:.1%}"
    )
    lines += [f"    {r.label} heard as {h.label} {h.what}: {r.text}" for r, h in figures.missed]
    return lines


def _milliseconds(text: str) -> float:
    """The best of five."""
    times = []
    for _ in range(5):
        started = time.perf_counter()
        classify(text)
        times.append(time.perf_counter() - started)
    return min(times) * 1000


def main() -> int:
    """Prints the report and keeps its figures."""
    files = [Path(a) for a in sys.argv[1:]] or sorted(CORPUS.glob("*.yaml"))
    kept: dict[str, object] = {}
    print(f"language · {machine()}")
    for path in files:
        rows = read(path)
        for asked in (False, True):
            figures = score(rows, asked=asked)
            name = f"{path.stem}, {'a question open' if asked else 'no question open'}"
            print(f"{name}: {figures.rows} phrases", *table(figures), sep="\n")
            kept[name] = {
                "rows": figures.rows,
                **{label: [figures.precision(label), figures.recall(label)] for label in LABELS},
                "scolded": figures.scolded,
                "subject": figures.what,
                "overlap": figures.overlap,
            }
    for size in (100, 500, 2000):
        kept[f"hostile_{size}_ms"] = round(_milliseconds(HOSTILE[:size]), 1)
        print(f"a hostile text of {size} characters: {kept[f'hostile_{size}_ms']} ms")
    print(f"kept in {keep('language', 'python -m bench.language', kept)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())

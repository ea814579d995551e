"""The page of cases in which silence was no good news: each one names a test that is there."""

import re
from pathlib import Path

TEST = re.compile(r"`(tests/[\w/]+\.py)::(test_\w+)`")
PAGE = "docs/discussions/bad-news.md"


def test_each_case_names_a_test_that_is_there(root: Path) -> None:
    rows = [line for line in (root / PAGE).read_text().splitlines() if line.startswith("| ") and "---" not in line]
    cases = [row for row in rows if not row.endswith("| test |")]
    assert len(cases) > 40
    for row in cases:
        (named,) = TEST.findall(row)
        assert re.search(rf"(?m)^(?:async )?def {named[1]}\(", (root / named[0]).read_text()), row

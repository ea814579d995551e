"""The page's foreign parts: what is committed is what the locked packages give."""

import subprocess
from pathlib import Path

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.unmeasured]
ROOT = Path(__file__).parents[2]
VENDOR = ROOT / "adapters" / "sandbox" / "static" / "vendor"


def test_the_bundle_equals_a_fresh_build(tmp_path: Path) -> None:
    subprocess.run([ROOT / ".ci" / "assets", tmp_path], check=True, timeout=60)
    for name in ("adaptivecards.js", "LICENSES.txt"):
        assert (tmp_path / name).read_bytes() == (VENDOR / name).read_bytes(), f"{name}: run make assets"

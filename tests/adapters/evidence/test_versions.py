"""What a version may be called in a repository: pure."""

import pytest

from adapters.evidence.versions import tags_of
from tests.adapters.evidence.asked import entry, inquiry


@pytest.mark.parametrize("version", ["", "one two", "../main", "1..2", "a" * 201, "v1~1"])
def test_what_cannot_be_a_tag_is_looked_for_under_no_name(version: str) -> None:
    assert list(tags_of(inquiry("ci"), version)) == []
    assert list(tags_of(inquiry("ci"), "1.2.3")) == ["v1.2.3", "1.2.3"]


def test_the_catalogue_says_for_sure_how_a_version_is_tagged() -> None:
    about = entry(evidence={"tag": "release-{version}"})
    assert list(tags_of(inquiry("ci", about=about), " 1.2.3 ")) == ["release-1.2.3"]
    assert list(tags_of(inquiry("ci", about=about), "1..2")) == []

"""YAML of foreign repositories: plain data, and nothing that grows while it is read."""

import pytest

from adapters.evidence.migrations.plain_yaml import MOST, read_plain


def test_a_changelog_becomes_plain_data() -> None:
    assert read_plain("databaseChangeLog:\n- changeSet: {id: a, changes: []}\n") == {
        "databaseChangeLog": [{"changeSet": {"id": "a", "changes": []}}]
    }


@pytest.mark.parametrize("text", ["a: [", "a: &x [1]\nb: *x\n", "# " + "x" * MOST], ids=repr)
def test_what_could_grow_or_run_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"YAML|aliases|longer"):
        read_plain(text)

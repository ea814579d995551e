"""A good file is taken over when it changes; a bad one never replaces it."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest

from bot.catalog.file import CatalogFile
from bot.domain.errors import BadFile
from tests.bot.catalog.conftest import Desk

Now = Callable[[], datetime]


def test_a_changed_file_is_in_force_at_the_next_question(desk: Desk, good: str, now: Now) -> None:
    catalog = CatalogFile(desk.write("c.yaml", good), now)
    assert catalog().services["payments"].tier == 1
    desk.write("c.yaml", good.replace("tier: 1", "tier: 2", 1))
    assert catalog().services["payments"].tier == 2


def test_a_crowd_of_questions_looks_at_the_files_seldom_and_sees_a_change_soon(desk: Desk, good: str, now: Now) -> None:
    at = [100.0]
    catalog = CatalogFile(desk.write("c.yaml", good), now, look_every_s=0.05, seconds=lambda: at[0])
    desk.write("c.yaml", good.replace("tier: 1", "tier: 2", 1))
    at[0] += 0.04
    assert catalog().services["payments"].tier == 1
    at[0] += 0.02
    assert catalog().services["payments"].tier == 2


def test_an_unchanged_file_is_not_read_again(desk: Desk, good: str, now: Now) -> None:
    catalog = CatalogFile(desk.write("c.yaml", good), now)
    assert catalog() is catalog()


def test_a_bad_file_leaves_the_good_one_in_force_until_it_is_mended(desk: Desk, good: str, now: Now) -> None:
    catalog = CatalogFile(desk.write("c.yaml", good), now)
    desk.write("c.yaml", good.replace("tier: 1", "tier: one", 1))
    assert catalog().services["payments"].tier == 1
    assert catalog.bad is not None
    assert "line 8, services.payments.tier: expected a whole number, found 'one'" in str(catalog.bad)
    assert "stays in force" in str(catalog.bad)
    desk.write("c.yaml", good.replace("tier: 1", "tier: 3", 1))
    assert catalog().services["payments"].tier == 3
    assert catalog.bad is None


def test_a_file_that_disappears_leaves_the_good_one_in_force(desk: Desk, good: str, now: Now) -> None:
    path = desk.write("c.yaml", good)
    catalog = CatalogFile(path, now)
    path.unlink()
    assert "payments" in catalog().services
    assert catalog.bad is not None
    desk.write("c.yaml", good)
    assert "payments" in catalog().services
    assert catalog.bad is None


def test_a_bad_policy_keeps_policy_and_catalogue_as_they_were(desk: Desk, good: str, now: Now) -> None:
    path, policy = desk.write("c.yaml", good), desk.write("p.yaml", 'version: "2"\nminimum_reason: 20\n')
    catalog = CatalogFile(path, now, policy=policy)
    assert catalog().policy.minimum_reason == 20
    desk.write("p.yaml", 'version: "3"\nminimum_reason: 5\n')
    desk.write("c.yaml", good.replace("tier: 1", "tier: 2", 1))
    assert catalog().policy.version == "2"
    assert catalog().services["payments"].tier == 1
    desk.write("p.yaml", 'version: "3"\nminimum_reason: 25\n')
    assert (catalog().policy.version, catalog().services["payments"].tier) == ("3", 2)


def test_without_a_first_good_file_nothing_starts(desk: Desk, good: str, now: Now) -> None:
    with pytest.raises(BadFile, match="the bot does not start"):
        CatalogFile(desk.folder / "none.yaml", now)
    assert CatalogFile(desk.write("none.yaml", good), now)().services


def test_gates_that_hang_on_one_person_are_warnings_not_errors(desk: Desk, good: str, now: Now) -> None:
    lonely = good.replace("roles: {service_owner: [ana, kai]}", "roles: {service_owner: [ana, kai], qa_lead: [kai]}")
    catalog = CatalogFile(desk.write("c.yaml", lonely), now)
    assert "payments: qa_lead hangs on kai alone; name a deputy" in catalog.warnings
    assert "payments: nobody holds the role product_owner" in catalog.warnings
    assert "payments: no channel for stakeholders; they will hear nothing" in catalog.warnings
    assert not any("decision_maker" in warning for warning in catalog.warnings)


def test_who_cannot_be_reached_directly_is_a_warning(desk: Desk, good: str, now: Now) -> None:
    catalog = CatalogFile(desk.write("c.yaml", good.replace(', direct: {slack: "U2"}', "")), now)
    assert "payments: kai cannot be reached directly on any platform" in catalog.warnings


def test_a_bad_rubric_leaves_the_good_one_in_force_until_it_is_mended(
    desk: Desk, good: str, now: Now, root: Path
) -> None:
    shipped = (root / "deploy" / "policy" / "rubric.yaml").read_text(encoding="utf-8")
    path = desk.write("rubric.yaml", shipped)
    file = CatalogFile(desk.write("catalogue.yaml", good), now, rubric=path)
    desk.write("rubric.yaml", shipped.replace("never: 8", "never: 9"))
    assert file().rubric.version == "1"
    assert file.bad is not None
    told = str(file.bad)
    assert "rubric.yaml, line " in told
    assert "evidence_gap: expected worst answers and caps that add up to 100, found 101" in told
    assert "the one that was read before stays in force" in told
    second = shipped.replace('version: "1"', 'version: "2"').replace('"1: as shipped"', '"2: MEDIUM from 25 on"')
    desk.write("rubric.yaml", second.replace("MEDIUM: 30", "MEDIUM: 25"))
    assert (file().rubric.version, file().rubric.bands[0]) == ("2", 25)

"""The services of drills: made from the demo's, beside them, with evidence as fresh as on the first day."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.app.drills.script import Say
from bot.app.drills.scripts import DRILLS
from bot.app.drills.stage import PEOPLE, Run, Stage, service_id
from bot.app.drills.wishes import start_after
from bot.app.house import DEFAULT_POLICY, DEMO_CATALOGUE
from bot.catalog.file import CatalogFile
from bot.domain.evidence import Kind
from bot.domain.service import Audience
from bot.messages.words import known
from tests.flows.given import CATALOG

FIRST = datetime(2026, 11, 24, 9, tzinfo=UTC)
LATER = FIRST + timedelta(days=200)


@pytest.fixture(scope="module")
def stage() -> Stage:
    return Stage(CatalogFile(DEMO_CATALOGUE, lambda: FIRST, DEFAULT_POLICY), FIRST)


def test_evidence_of_a_drill_is_as_old_as_on_the_first_day_however_late_it_is_played(stage: Stage) -> None:
    stage.set([Run("drill-flip", LATER, drilled=True)], "drill-flip")
    made, model = stage().services["drill-flip"], stage().services["payments"]
    for mine, theirs in zip(made.standing, model.standing, strict=True):
        if mine.kind is Kind.ROLLBACK:
            assert (LATER.date() - mine.dated).days < 90
        else:
            assert LATER.date() - mine.dated == FIRST.date() - theirs.dated


def test_a_drill_reaches_no_channel_of_the_service_that_it_is_made_from(stage: Stage) -> None:
    stage.set([Run("drill-flip", LATER, drilled=True), Run("drill-ci", LATER, drilled=True)], "drill-ci")
    services = stage().services
    told = {p for places in services["drill-ci"].channels.values() for p in places}
    assert not told & {p for s in ("payments", "search") for places in services[s].channels.values() for p in places}
    assert set(services["drill-ci"].channels) == set(Audience)
    assert services["drill-flip"].channels == {}
    assert services["drill-ci"].depends_on == ()


def test_each_run_has_a_service_of_its_own() -> None:
    runs: list[Run] = []
    for wanted in ("drill-ci", "drill-ci-2", "drill-ci-3"):
        name = service_id("ci", runs, lambda _: False)
        assert name == wanted
        runs.append(Run(name, FIRST, drilled=True))


def test_without_the_people_of_the_demo_no_drill_is_played_and_their_names_are_told() -> None:
    assert set(Stage(lambda: CATALOG, FIRST).lacks()) <= {*PEOPLE, "payments"}
    assert Stage(CatalogFile(DEMO_CATALOGUE, lambda: FIRST, DEFAULT_POLICY), FIRST).lacks() == []


@pytest.mark.parametrize("hours", range(0, 7 * 24, 5))
def test_a_drill_starts_in_working_hours_of_monday_to_thursday_and_never_in_the_past(hours: int) -> None:
    now = FIRST + timedelta(hours=hours, minutes=7)
    begin, start = start_after(now, timedelta(minutes=75))
    assert begin >= now
    assert timedelta(minutes=75) <= start - begin < timedelta(minutes=90)
    assert start.weekday() < 4
    assert 8 <= start.hour < 15
    assert start.minute % 15 == 0


@pytest.mark.parametrize("name", DRILLS)
def test_every_step_of_every_drill_says_what_to_look_for_and_stands_in_order(name: str) -> None:
    drill = DRILLS[name]
    assert all(known(f"drill.{part}.{name}") for part in ("title", "about", "end"))
    assert all(known(f"drill.step.{name}.{n}") for n in range(1, len(drill.steps) + 1))
    assert not known(f"drill.step.{name}.{len(drill.steps) + 1}")
    assert [s.at for s in drill.steps] == sorted(s.at for s in drill.steps)
    assert {a.person for s in drill.steps for a in s.acts if isinstance(a, Say)} <= PEOPLE

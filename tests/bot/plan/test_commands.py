"""Suggested commands: one quoted, annotated line for each tool; nothing harmful, nothing invented (P4, P5)."""

import re
import shlex
from dataclasses import fields, replace
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.catalog.entries import ToolName
from bot.domain.evidence import Kind
from bot.domain.release import Release
from bot.domain.service import Service
from bot.messages.words import known, say
from bot.plan.commands import FLAG_ACTS, TOOLS, advise, annotated, can, flag_tool_of, target_of, tool_of
from bot.plan.tools.shell import Act, Manual, Suggested, Target
from bot.policy.case import Case, case_of
from tests.bot.policy.releases import having, ready, serviced
from tests.world import NOW, facts, observed, service

EACH = [(name, act) for name, tool in TOOLS.items() for act, how in tool.acts.items() if isinstance(how, Suggested)]
ROLLOUT = ("argo-rollouts", "argo-cd", "flagger", "helm", "kubectl", "spinnaker")
FLAGS = ("launchdarkly", "unleash", "flagd")
PLAIN = re.compile(r"[A-Za-z0-9 .,:%={}_-]*")
"""A shell that takes no comments (zsh as people use it) must find nothing to run in a note."""

NAMES = frozenset(get_args(ToolName))


def line(name: str, act: Act, target: Target) -> str:
    found = TOOLS[name].acts[act]
    assert isinstance(found, Suggested)
    return annotated(found, target)


def case(**of_service: object) -> Case:
    return case_of(ready(), serviced(facts(), **of_service), NOW)


@pytest.mark.parametrize(("name", "act"), EACH)
def test_each_command_is_one_annotated_line_that_holds_no_secret(name: str, act: Act) -> None:
    text = line(name, act, target_of(ready(), service(), 50))
    assert "\n" not in text
    command, _, note = text.partition("  # ")
    assert note.startswith("production: ")
    assert shlex.split(command)
    assert re.findall(r"\$(\w+)", command) == [v for v in re.findall(r"\$(\w+)", command) if v.isupper()]
    assert not re.search(r"(?i)(password|secret|api[-_]?key|bearer) *[:=] *[^$\" ]", command)


@pytest.mark.parametrize(("name", "act"), EACH)
def test_a_note_holds_nothing_that_a_shell_would_run(name: str, act: Act) -> None:
    found = TOOLS[name].acts[act]
    assert isinstance(found, Suggested)
    assert PLAIN.fullmatch(found.note), found.note


@pytest.mark.parametrize(("name", "act"), EACH)
@given(text=st.text(min_size=1, max_size=40), other=st.text(alphabet="'\"\\$`;|&<>(){}*?!~#\n\t -=,", min_size=1))
def test_what_people_typed_stays_one_quoted_word(name: str, act: Act, text: str, other: str) -> None:
    named: dict[str, str] = dict.fromkeys(NAMES, f"{other}{text}")
    hostile = replace(ready(), service=text, version=f"$(rm -rf /);{text}", environment=f"'; reboot #{other}")
    around = replace(service(), names=named, previous_version=f"`id`{other}")
    plain = line(name, act, target_of(ready(), service()))
    bad = line(name, act, target_of(hostile, around))
    assert bad.isprintable()
    assert len(shlex.split(bad, comments=True)) == len(shlex.split(plain, comments=True))


@given(st.text(min_size=1, max_size=30).filter(lambda t: " ".join(t.split())))
def test_a_name_comes_back_from_the_shell_as_it_went_in(text: str) -> None:
    target = target_of(ready(), replace(service(), names={"workload": text}))
    assert shlex.split(line("argo-rollouts", Act.PAUSE, target), comments=True)[4] == target.workload


def test_no_command_switches_off_monitoring_authentication_or_backups() -> None:
    lines = [line(name, act, target_of(ready(), service())) for name, act in EACH]
    forbidden = ("delete", "disable", "--force", "silence", "no-verify", "--insecure", "prune", "--full", "skip")
    assert not [text for text in lines for word in forbidden if word in text]


@pytest.mark.parametrize("name", ROLLOUT)
def test_each_rollout_tool_can_begin_look_and_go_back(name: str) -> None:
    begins = (Act.BEGIN, Act.BESIDE, Act.ROLL, Act.ALL)
    assert any(can(replace(service(), tool=name), act) for act in begins)
    assert can(replace(service(), tool=name), Act.STATUS)
    assert can(replace(service(), tool=name), Act.ROLLBACK)
    assert can(replace(service(), tool=name), Act.PAUSE) or Act.PAUSE in TOOLS[name].acts


@pytest.mark.parametrize("name", FLAGS)
def test_each_flag_tool_says_how_a_flag_is_opened_and_shut(name: str) -> None:
    assert TOOLS[name].acts.keys() == FLAG_ACTS


@pytest.mark.parametrize("name", sorted(TOOLS))
def test_what_a_tool_cannot_be_told_says_why_and_what_would_automate_it(name: str) -> None:
    for how in TOOLS[name].acts.values():
        if isinstance(how, Manual):
            said = say(f"manual.{how.code}", {"tool": name, "service": "payments"})
            assert said.startswith("MANUAL")
            assert "To automate: " in said
    assert TOOLS[name].checked
    assert TOOLS[name].source


@pytest.mark.parametrize(
    ("named", "found"),
    [("Argo Rollouts", "argo-rollouts"), ("argocd", "argo-cd"), ("kubernetes", "kubectl"), ("jenkins", ""), (None, "")],
)
def test_tools_are_known_by_their_usual_names(named: str | None, found: str) -> None:
    assert tool_of(replace(service(), tool=named)) == found
    assert tool_of(None) == flag_tool_of(None) == ""
    assert flag_tool_of(replace(service(), flag_tool="LaunchDarkly")) == "launchdarkly"


def test_a_service_without_a_tool_is_told_how_to_name_one() -> None:
    assert known(f"manual.{advise(case(tool=None), Act.BEGIN).manual}")
    assert advise(case(tool=None), Act.BEGIN).manual == "no_tool"
    assert advise(case(), Act.OPEN).manual == "no_flag_tool"
    assert advise(case(tool="helm"), Act.ABORT).manual == "no_command"
    assert advise(case(tool="helm"), Act.ROLLBACK).line.startswith("helm rollback payments")


def test_what_is_not_known_stands_in_capitals_and_the_catalogue_fills_it_in() -> None:
    text = advise(case(tool="argo-rollouts"), Act.BEGIN, 10).line
    assert "YOUR_IMAGE:2.4.1 --namespace YOUR_NAMESPACE" in text
    named = {"namespace": "shop", "image": "registry.acme.example/payments", "container": "app"}
    text = advise(case(tool="argo-rollouts", names=named), Act.BEGIN, 10).line
    assert "app=registry.acme.example/payments:2.4.1 --namespace shop" in text
    assert "YOUR_" not in text


def test_the_switch_that_a_source_saw_is_the_flag_unless_the_catalogue_names_one() -> None:
    shut = having(ready(), observed(Kind.FLAGS, NOW, flags_used=True, kill_switch="payments-retries"))
    around = serviced(facts(), flag_tool="unleash")
    assert "payments-retries" in advise(case_of(shut, around, NOW), Act.SHUT).line
    named = serviced(facts(), flag_tool="unleash", names={"flag": "retries-v2"})
    line_ = advise(case_of(shut, named, NOW), Act.SHUT).line
    assert "retries-v2" in line_
    assert "payments-retries" not in line_


def test_the_version_before_comes_from_the_registry_else_from_the_catalogue_else_it_is_a_blank() -> None:
    def back(release: Release, previous: str | None) -> str:
        around = serviced(facts(), tool="kubectl", previous_version=previous)
        return target_of(release, around.service, 100).previous

    assert back(ready(), "2.3.9") == "2.3.9"
    assert back(ready(), None) == Target.__dataclass_fields__["previous"].default


def test_every_name_that_the_catalogue_allows_is_a_part_of_a_target() -> None:
    assert {f.name for f in fields(Target)} >= NAMES


@pytest.mark.parametrize(("percent", "weights"), [(10, (10000, 90000)), (100, (100000, 0))])
def test_launchdarkly_weighs_in_thousandths_of_a_percent(percent: int, weights: tuple[int, int]) -> None:
    text = advise(case(flag_tool="launchdarkly", names={"flag": "new-checkout"}), Act.OPEN, percent).line
    assert f'"YOUR_NEW_VARIATION_ID":{weights[0]},"YOUR_OLD_VARIATION_ID":{weights[1]}' in text
    assert "--flag new-checkout" in text


def test_a_kubernetes_deployment_is_not_paused_before_it_is_undone() -> None:
    only: Service = replace(service(), tool="kubectl")
    assert not can(only, Act.ABORT)
    assert can(only, Act.PAUSE)

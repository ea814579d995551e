"""Suggested commands: one quoted, annotated line for each tool; nothing harmful, nothing invented (P4, P5)."""

import shlex
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.plan.commands import TOOLS, suggest, target_of, tool_of
from tests.bot.policy.releases import ready
from tests.world import service

EACH = [(tool, verb) for tool, verbs in TOOLS.items() for verb in verbs]


@pytest.mark.parametrize(("tool", "verb"), EACH)
def test_each_command_is_one_annotated_line(tool: str, verb: str) -> None:
    line = suggest(tool, verb, target_of(ready(), service()), 50)
    assert line is not None
    assert "\n" not in line
    assert "  # " in line
    command = shlex.split(line, comments=True)
    assert any("payments" in word for word in command)


@pytest.mark.parametrize(("tool", "verb"), EACH)
@given(text=st.text(min_size=1, max_size=40))
def test_what_people_typed_stays_one_quoted_word(tool: str, verb: str, text: str) -> None:
    hostile = replace(ready(), service=text, version=f"$(rm -rf /);{text}", environment=f"'; reboot #{text}")
    plain = suggest(tool, verb, target_of(ready(), service()))
    line = suggest(tool, verb, target_of(hostile, service()))
    assert line is not None
    assert plain is not None
    assert line.isprintable()
    words = len(shlex.split(line, comments=True))
    assert words == len(shlex.split(plain, comments=True))


def test_no_command_switches_off_monitoring_authentication_or_backups() -> None:
    lines = [suggest(tool, verb, target_of(ready(), service())) or "" for tool, verb in EACH]
    forbidden = ("delete", "disable", "--force", "silence", "no-verify", "--insecure", "prune")
    assert not [line for line in lines for word in forbidden if word in line]


@pytest.mark.parametrize(
    ("named", "known"),
    [("Argo Rollouts", "argo-rollouts"), ("argocd", "argo-cd"), ("kubernetes", "kubectl"), ("jenkins", ""), (None, "")],
)
def test_tools_are_known_by_their_usual_names(named: str | None, known: str) -> None:
    assert tool_of(replace(service(), tool=named)) == known
    assert tool_of(None) == ""


def test_what_a_tool_cannot_be_told_is_manual() -> None:
    assert suggest("helm", "abort", target_of(ready(), service())) is None
    assert suggest("", "deploy", target_of(ready(), None)) is None
    assert "YOUR_VERSION" in (suggest("helm", "deploy", target_of(replace(ready(), version=None), None)) or "")

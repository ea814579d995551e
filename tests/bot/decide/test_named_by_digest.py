"""A release that is named by its digest is bound to it, and nobody is asked for its version (Q4, G8)."""

from dataclasses import replace

from bot.domain.commands import Amend, AnswerQuestion, StartPlan
from bot.domain.evidence import Kind
from bot.plan.commands import advise
from bot.plan.tools.shell import Act
from bot.policy.case import case_of
from tests.bot.policy.releases import serviced
from tests.driver import Driver
from tests.world import HOME, NOW, actor, facts, observed

DIGEST = "sha256:" + "a1b2c3d4" * 8
OTHER = "sha256:" + "0f" * 32


def test_a_digest_is_the_version_and_what_the_release_is_bound_to() -> None:
    d = Driver().plan(version=DIGEST).sources()
    assert (d.state.version, d.state.digest, d.state.commit) == ("sha256:a1b2c3d4a1b2", DIGEST, None)
    own = observed(Kind.ARTIFACT, d.now, commit="91fe2c0", digest=DIGEST, authors="ben")
    d.sources(own, purpose="recheck")
    assert (d.state.digest, d.state.commit) == (DIGEST, "91fe2c0")
    assert "version" not in {q.slot for q in d.state.questions}
    d.answer_all()
    for who in ("kai", "mia", "lena", "quinn", "priya"):
        d.sign(who)
    d.go()
    assert d.phase() == "cleared"


def test_planning_the_same_digest_again_asks_no_source_anew_and_another_digest_does() -> None:
    d = Driver().plan(version=f"2.4.1@{DIGEST}")
    asked = len(d.state.gathers)
    again = StartPlan(actor("ana"), "R-1", "payments", HOME, version=f"2.4.1@{DIGEST}")
    d.do(again)
    assert len(d.state.gathers) == asked
    d.do(replace(again, version=f"2.4.1@{OTHER}"))
    assert (d.state.version, d.state.digest, len(d.state.gathers) > asked) == ("2.4.1", OTHER, True)


def test_amending_the_digest_voids_what_was_said_of_the_build_before() -> None:
    d = Driver().signed()
    d.go()
    assert d.refused(Amend(actor("ana"), "version", "2.4.1")) == "amend_same"
    d.do(Amend(actor("ana"), "version", f"2.4.1@{OTHER}"))
    assert (d.phase(), d.state.digest, d.state.version) == ("planned", OTHER, "2.4.1")
    assert not [k for k in d.state.consents if k.state == "valid"]
    d.do(Amend(actor("ana"), "version", DIGEST))
    assert (d.state.version, d.state.digest) == ("sha256:a1b2c3d4a1b2", DIGEST)


def test_an_answer_with_a_digest_asks_the_sources_that_waited_for_it() -> None:
    d = Driver().plan(version=None).sources(observed(Kind.RUNBOOK, NOW))
    question = d.state.open_question
    assert question is not None
    assert question.slot == "version"
    d.do(AnswerQuestion(actor("ana"), question.number, "given", DIGEST, details={"version": DIGEST}))
    assert (d.state.version, d.state.digest) == ("sha256:a1b2c3d4a1b2", DIGEST)
    assert d.state.gathers


def test_the_suggested_command_names_the_whole_digest() -> None:
    d = Driver().plan(version=DIGEST)
    lines = {}
    for tool in ("kubectl", "helm"):
        case = case_of(d.state, serviced(facts(), tool=tool, names={"image": "r.acme.example/payments"}), d.now)
        lines[tool] = advise(case, Act.ROLL).line
    assert f"payments=r.acme.example/payments@{DIGEST}" in lines["kubectl"]
    assert f"image.digest={DIGEST}" in lines["helm"]
    assert "has to call its digest image.digest" in lines["helm"]

"""When no source answers, the first words still come in time, and say what could not be seen (decision 6)."""

import asyncio
from collections.abc import Mapping
from pathlib import Path
from time import monotonic

from bot.domain.evidence import Evidence
from bot.ports import EvidenceSource, Inquiry
from tests.bot.app.talk import Json, Talk, talking

ROLES = ("ci", "scm", "prometheus", "rollout", "registry", "incidents")
A_SOURCE_S = 9.0
"""Sooner than a source that does not answer is given up (10 s); how fast it is, is a matter of bench/."""
PLAN = "/release plan payments 2.4.1 to production in 3 hours canary 10%"


class Hanging:
    """A source that takes the question and never answers."""

    name = "hanging"

    async def gather(self, inquiry: Inquiry) -> tuple[Evidence, ...]:
        await asyncio.Event().wait()
        raise AssertionError(inquiry)


def hanging(*_: object) -> Mapping[str, EvidenceSource]:
    """Every demo source hangs."""
    return {f"demo-{role}": Hanging() for role in ROLES}


async def unavailable(talk: Talk) -> set[str]:
    """The subjects of findings that say so."""
    found: list[Json] = (await talk.release())["findings"]
    return {f["subject"] for f in found if f["result"] == "unavailable"}


async def test_sources_that_are_down_are_said_to_be_unavailable_at_once(tmp_path: Path) -> None:
    async with talking(tmp_path) as talk:
        for role in ROLES:
            await talk.post("/api/demo", {"source": role, "set": {"available": False}})
        begun = monotonic()
        heard = await talk.say("ana", PLAN)
        assert monotonic() - begun < A_SOURCE_S
        assert "Question 1 of at most 3" in heard
        assert {"ci", "artifact", "rollback_target", "dependencies"} <= await unavailable(talk)
        assert "CI result (unavailable)" in heard
        for role in ROLES:
            await talk.post("/api/demo", {"source": role, "set": {"available": True}})
        await talk.until(-31)
        await talk.until(-30)
        assert await unavailable(talk) == set()


async def test_sources_that_hang_keep_nobody_waiting_for_the_first_question(
    tmp_path: Path,
) -> None:
    async with talking(tmp_path, simulated=False, sources=hanging) as talk:
        begun, posts = monotonic(), ""
        answer = await talk.say("ana", PLAN)
        assert "checking 5 sources" in answer
        assert monotonic() - begun < A_SOURCE_S
        for _ in range(90):
            posts = "\n".join(await talk.posts("#payments"))
            if "Question 1 of at most 3" in posts:
                break
            await asyncio.sleep(0.1)
        assert "Question 1 of at most 3" in posts
        assert monotonic() - begun < A_SOURCE_S
        assert (await talk.release())["questions_asked"] == 1

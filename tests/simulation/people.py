"""People who plan, answer, sign, go, move, hold, resume, start and roll back: what somebody may want, given what stands."""

from datetime import datetime, timedelta
from random import Random

from bot.domain import commands as c
from bot.domain.command import Command
from bot.domain.consent import ConsentKind
from bot.domain.people import Place
from bot.domain.release import Phase, Release
from tests.world import actor, drilled_rollback

SIGNERS = ("kai", "mia", "lena", "quinn", "priya", "ana")
REASON = "weighed against the drill of last month"


def plan(rng: Random, service: str, now: datetime) -> c.StartPlan:
    """Somebody plans: mostly well ahead, sometimes in the middle of the marks, sometimes without a time."""
    ahead = rng.choice((45, 65, 90, 120, 31, 6, 2))
    start = (now + timedelta(minutes=ahead)).replace(second=0, microsecond=0)
    known = rng.random() < 0.85
    return c.StartPlan(
        actor(rng.choice(("ana", "kai"))),
        "R-?",
        service,
        Place("sandbox", rng.choice((f"#{service}", f"#{service}", "#web"))),
        version="2.4.1" if rng.random() < 0.9 else None,
        start_at=start if known else None,
        local_time=f"{start:%H:%M}" if known else "",
        data_change="none" if rng.random() < 0.6 else None,
    )


def wish(rng: Random, release: Release, now: datetime) -> list[Command]:
    """What people say next about that release; several commands where several people follow each other."""
    question = release.open_question
    if question is not None:
        return [_answer(rng, question.number, question.slot, now)]
    wishes = {
        Phase.PLANNING: _planning,
        Phase.PLANNED: _planned,
        Phase.CLEARED: _cleared,
        Phase.LIVE: _live,
        Phase.HELD: _held,
        Phase.ROLLING_BACK: _rolling_back,
    }
    chosen = wishes.get(release.phase)
    return chosen(rng, release, now) if chosen else [c.RecordLesson(actor("ana"), "warm the cache first")]


def _answer(rng: Random, number: int, slot: str, now: datetime) -> Command:
    who, roll = actor(rng.choice(("ana", "kai"))), rng.random()
    if roll < 0.15:
        return c.AnswerQuestion(who, number, "vague", "should be fine")
    if roll < 0.35:
        return c.AnswerQuestion(who, number, "dont_know", "")
    if slot == "rollback":
        return c.AnswerQuestion(who, number, "given", "drilled", claims=(drilled_rollback(now),))
    if slot == "migration":
        return c.AnswerQuestion(who, number, "given", "none", data_change="none")
    if slot == "start_at":
        start = (now + timedelta(minutes=rng.choice((20, 50, 100)))).replace(second=0, microsecond=0)
        return c.AnswerQuestion(who, number, "given", "", start_at=start, local_time=f"{start:%H:%M}")
    if slot == "version":
        return c.AnswerQuestion(who, number, "given", "2.4.1", details={"version": "2.4.1"})
    return c.AnswerQuestion(who, number, "dont_know", "")


def _planning(rng: Random, release: Release, now: datetime) -> list[Command]:
    del release
    return [c.AddEvidence(actor("kai"), drilled_rollback(now))] if rng.random() < 0.5 else [_move(rng, now)]


def _planned(rng: Random, release: Release, now: datetime) -> list[Command]:
    """Each reason is of this release: what somebody gave before is no reason (G9)."""
    roll = rng.random()
    if roll < 0.45:
        signs: list[Command] = [c.RequestSignOffs(actor("ana"))]
        signs += [c.Approve(actor(who), f"{REASON}, says {who} of {release.id}") for who in SIGNERS for _ in range(2)]
        return [c.AddEvidence(actor("kai"), drilled_rollback(now)), *signs, c.Vote(actor("lena"), "go", REASON)]
    if roll < 0.6:
        return [c.Vote(actor(rng.choice(SIGNERS)), rng.choice(("go", "no-go")), REASON)]
    if roll < 0.68:
        return [c.Withdraw(actor(rng.choice(SIGNERS)), "I looked again")]
    if roll < 0.72:
        return [c.Decline(actor("mia"), "not with this queue", ConsentKind.SIGN_OFF)]
    return _timing(rng, release, now)


def _cleared(rng: Random, release: Release, now: datetime) -> list[Command]:
    due = release.start_at is not None and now >= release.start_at - timedelta(minutes=1)
    if due and rng.random() < 0.8:
        return [c.Start(actor("ana"))]
    if rng.random() < 0.4:
        return [c.Vote(actor("kai"), "go", "")]
    if rng.random() < 0.1:
        return [c.Amend(actor("ana"), "rollback_owner", "ben")]
    return _timing(rng, release, now)


def _timing(rng: Random, release: Release, now: datetime) -> list[Command]:
    del release
    roll = rng.random()
    if roll < 0.2:
        return [_move(rng, now)]
    if roll < 0.35:
        return [c.Hold(actor("kai"), "the queue grows")]
    if roll < 0.4:
        return [c.Cancel(actor("ana"), "next week")]
    if roll < 0.5:
        return [c.Start(actor("ana"))]
    return [c.Vote(actor("ben"), "go", "")]


def _live(rng: Random, release: Release, now: datetime) -> list[Command]:
    started = release.started_at or now
    roll = rng.random()
    if roll < 0.35:
        return [c.ReportStep(actor("ana"), rng.choice((10, 50, 100, 100)))]
    if roll < 0.5:
        return [c.ReportHealth(actor("kai"), rng.random() < 0.8, "error rate")]
    if roll < 0.75:
        return [c.Finish(actor("ana"))] if now - started > timedelta(minutes=20) else []
    if roll < 0.85:
        return [c.Hold(actor("kai"), "p95 is up")]
    return [c.DeclareRollback(actor("kai"), "errors at 7 %")]


def _held(rng: Random, release: Release, now: datetime) -> list[Command]:
    roll = rng.random()
    if roll < 0.5:
        start = (now + timedelta(minutes=rng.choice((10, 40)))).replace(second=0, microsecond=0)
        return [c.Resume(actor("lena"), None if release.started else start, f"{start:%H:%M}", "UTC")]
    if roll < 0.6:
        return [c.Resume(actor("lena"))]
    if roll < 0.7:
        return [c.DeclareRollback(actor("kai"), "errors at 7 %")]
    if roll < 0.75:
        return [c.Cancel(actor("ana"), "next week")]
    return [_move(rng, now)] if roll < 0.85 else []


def _rolling_back(rng: Random, release: Release, now: datetime) -> list[Command]:
    del release, now
    return [c.FinishRollback(actor("kai"))] if rng.random() < 0.5 else []


def _move(rng: Random, now: datetime) -> Command:
    start = (now + timedelta(minutes=rng.choice((3, 20, 40, 75)))).replace(second=0, microsecond=0)
    return c.Move(actor("ana"), start, f"{start:%H:%M}", "UTC", "the supplier is late")

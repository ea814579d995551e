"""People enter and end freezes in the chat; the record keeps it, and releases are judged again (G11)."""

from dataclasses import replace
from datetime import time

from bot.domain.finding import Verdict
from bot.domain.recurring import Recurring
from bot.domain.release import Phase
from bot.messages.effects import Later
from bot.messages.heard import Errors, Open
from bot.messages.tokens import Token
from bot.ports import Completion
from bot.store.audit import verify
from tests.flows.given import CATALOG, typed
from tests.flows.steps import reply
from tests.flows.talk import Talk, as_posted, text

WHY = "stock taking in every warehouse"
LINE = f"freeze payments 2026-11-24 14:30 to 2026-11-24 18:00 {WHY}"


async def alarms(talk: Talk) -> list[str]:
    """Whatever is due is done, posts and commands; gives the keys of those that judge again."""
    keys: list[str] = []
    while rows := await talk.store.claim(50, talk.clock.now(), talk.clock.real(), 20, "test"):
        for row in rows:
            if isinstance(row.effect, Later):
                await talk.service.handle(row.release, row.effect.command, row.key)
        done = [as_posted(r) if r.kind == "post" else Completion(r, "done", sent_at=r.due_at) for r in rows]
        if not await talk.store.complete(done):
            break
        keys += [row.key for row in rows if ":judge:" in row.key]
    return keys


async def cleared(talk: Talk) -> None:
    await talk.planned()
    for who in ("mia", "kai", "quinn"):
        await talk.ask(who, f"approve R-1 the drill of this month was read by {who}")
    await talk.ask("lena", "go R-1")


async def test_a_freeze_takes_the_go_and_its_end_gives_it_back(talk: Talk) -> None:
    await cleared(talk)
    release = await talk.release()
    assert (release.phase, release.judgement and release.judgement.verdict) == (Phase.CLEARED, Verdict.GO)
    await alarms(talk)
    assert "F-1" in text(await talk.ask("lena", LINE))
    assert await alarms(talk) == ["R-1:0:cmd:judge:F-1-declared"]
    frozen = await talk.release()
    assert (frozen.phase, frozen.judgement and frozen.judgement.verdict) == (Phase.CLEARED, Verdict.NO_GO)
    flips = [p for p in await talk.store.announcements("R-1") if p.occasion == "FLIP"]
    assert [p.audience for p in flips] == ["team"]
    assert "F-1" in text(await talk.ask("ana", "freezes"))
    assert "ended" in text(await talk.ask("lena", "unfreeze f1 stock taking is over already"))
    await alarms(talk)
    again = await talk.release()
    assert again.judgement is not None
    assert again.judgement.verdict is Verdict.GO
    assert "No freeze" in text(await talk.ask("ana", "freezes"))


async def test_the_record_has_who_when_and_why_and_the_refused_attempts(talk: Talk) -> None:
    assert "service owner" in text(await talk.ask("kai", LINE))
    await talk.ask("lena", f"{LINE} owner @mia")
    assert "Mia" in text(await talk.ask("kai", "unfreeze F-1 I want to release now"))
    await talk.ask("mia", "freeze end F-1 stock taking is over already")
    rows = await talk.store.ledger("calendar")
    kept = [(row.what, row.name, row.person) for row in rows]
    assert kept == [
        ("refused", "DeclareFreeze", "kai"),
        ("event", "FreezeDeclared", "lena"),
        ("refused", "EndFreeze", "kai"),
        ("event", "FreezeEnded", "mia"),
    ]
    freeze = rows[1].body["freeze"]
    assert (freeze["reason"], freeze["owner"], freeze["by"]) == (WHY, "mia", "lena")
    assert rows[0].body["code"] == "not_freezer"
    assert (await verify(talk.store)).ok


async def test_the_audit_sees_a_freeze_that_no_record_knows(talk: Talk) -> None:
    await talk.ask("lena", LINE)
    assert (await verify(talk.store)).ok
    async with talk.store.unit() as unit:
        await unit.remove_freeze("F-1")
    report = await verify(talk.store)
    assert report.first is not None
    assert (report.first.stream, report.first.why) == ("calendar", "fold")


async def test_the_same_delivery_again_is_one_freeze(talk: Talk) -> None:
    first = await talk.ask("lena", LINE)
    talk.count -= 1
    assert await talk.ask("lena", LINE) == first
    assert len(await talk.store.freezes()) == 1


async def test_without_words_the_form_opens_and_keeps_what_was_typed(talk: Talk) -> None:
    opened = await talk.ask("lena", "freeze")
    assert isinstance(opened, Open)
    values = {"scope": "payments", "from": "soon", "until": "18:00", "reason": WHY, "owner": "nobody"}
    wrong = await talk.fill("lena", opened.form.token, values)
    assert isinstance(wrong, Errors)
    assert set(wrong.errors) == {"from", "owner"}
    short = await talk.fill("lena", opened.form.token, {**values, "from": "14:30", "reason": "ok", "owner": ""})
    assert isinstance(short, Errors)
    assert set(short.errors) == {"reason"}
    await talk.fill("lena", opened.form.token, {**values, "from": "14:30", "owner": "mia"})
    (window,) = await talk.store.freezes()
    assert (window.scope, window.owner, f"{window.starts_at:%H:%M}") == ("payments", "mia", "13:30")


async def test_the_list_ends_a_freeze_with_a_press(talk: Talk) -> None:
    await talk.ask("lena", LINE)
    opened = await talk.press("lena", Token("unfreeze", subject="F-1"))
    assert isinstance(opened, Open)
    await talk.fill("lena", opened.form.token, {"freeze": "F-1", "reason": "stock taking is over already"})
    assert await talk.store.freezes() == []


async def test_words_that_cannot_be_used_say_what_to_type(talk: Talk) -> None:
    for said, expected in (
        ("freeze payments because we want it", "From when to when"),
        (f"freeze paymnets 14:30 to 18:00 {WHY}", "neither a service"),
        (f"freeze payments 2027-03-28 02:30 to 2027-03-28 06:00 {WHY}", "does not exist"),
        (f"freeze payments 14:30 to 18:00 {WHY} owner @zorro", "zorro"),
        ("unfreeze", "Which freeze"),
        ("unfreeze F-7 stock taking is over already", "no freeze"),
    ):
        assert expected in text(await talk.ask("lena", said))
    assert await talk.store.freezes() == []
    assert "F-1" in text(await talk.ask("lena", f"freeze prod now to 18:00 {WHY}"))
    assert (await talk.store.freezes())[0].scope == "production"
    assert "F-2" in text(await talk.ask("lena", f"freeze everything tomorrow until tomorrow for {WHY}"))
    assert [w.reason for w in await talk.store.freezes()][-1] == WHY


def test_a_recurring_freeze_that_never_comes_is_left_out_and_hides_no_other() -> None:
    never = Recurring("never", "*", "UTC", time(16), time(18), 0, "no day of the week", weekdays=())
    weekly = replace(never, id="weekend", weekdays=(4,), days=3, reason="nobody is there to watch")
    for recurring, shown in (((never,), "No freeze"), ((never, weekly), "nobody is there to watch")):
        catalog = replace(CATALOG, policy=replace(CATALOG.policy, recurring=recurring))
        told = str(reply(typed("freezes", catalog=catalog)))
        assert shown in told
        assert "no day of the week" not in told

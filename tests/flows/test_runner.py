"""The runner with the real service and a real database: which release, who may, and once."""

import json
from datetime import timedelta

from bot.domain.people import Actor, ActorKind, Place
from bot.domain.release import Phase
from bot.messages.heard import Asked, Errors, Open, Say
from bot.messages.tokens import Token, unpack
from tests import world
from tests.flows.talk import HOME, RUNBOOK, Talk, text

SECRET = "ghp_" + "a1B2" * 9


async def test_a_plan_starts_is_asked_about_and_answered(talk: Talk) -> None:
    assert "R-1" in text(await talk.ask("ana", "plan payments 2.4.1 to prod at 15:00 canary 10%"))
    await talk.sources()
    question = (await talk.release()).open_question
    assert question is not None
    assert question.slot == "rollback"
    await talk.say("ana", f"{RUNBOOK} tested on 2026-11-03, redeploy takes 10 min")
    release = await talk.release()
    assert release.open_question is None
    assert release.phase is Phase.PLANNED
    assert "already answered by Ana" in text(await talk.press("ana", Token("answer", "R-1", 0, "1", "not_tested")))


async def test_planning_again_goes_on_with_the_same_release(talk: Talk) -> None:
    await talk.ask("ana", "plan payments 2.4.1")
    await talk.ask("ana", "plan payments 2.4.1 at 15:00 canary 10%")
    assert len(await talk.store.releases()) == 1
    assert (await talk.release()).start_at is not None


async def test_a_repeated_delivery_gets_the_same_answer_and_changes_nothing(talk: Talk) -> None:
    await talk.planned()
    heard = Asked(*talk.who("kai", HOME), verb="hold", words="the drill failed")
    first = await talk.hear(heard)
    rows = await talk.store.ledger("release:R-1")
    assert await talk.hear(heard) == first
    assert await talk.store.ledger("release:R-1") == rows


async def test_no_secret_reaches_the_record_or_the_answer(talk: Talk) -> None:
    answer = await talk.ask(
        "ana", f"plan payments 2.4.1 at 15:00 {SECRET} password=hunter22 fixes the refunds in checkout"
    )
    assert "rotate" in text(answer)
    ledger = await talk.store.ledger("release:R-1")
    everything = f"{answer} {await talk.store.releases()} {ledger}"
    assert SECRET not in everything
    assert "hunter22" not in everything
    assert "refunds" in (await talk.release()).summary


async def test_who_is_not_in_the_roster_does_nothing_and_the_attempt_is_on_record(talk: Talk) -> None:
    await talk.planned()
    before = await talk.release()
    for said in ("status", "list", "approve", "audit R-1", "help", "plan"):
        answer = text(await talk.ask("zed", said))
        assert "not in the roster" in answer
        assert "2.4.1" not in answer
    refused = text(await talk.ask("zed", "hold R-1 because I say so"))
    assert "not in the roster" in refused
    assert "2.4.1" not in refused
    assert await talk.release() == before
    assert (await talk.store.ledger("release:R-1"))[-1].what == "refused"
    await talk.ask("kai", "hold R-1 because the drill failed")
    assert (await talk.release()).phase is Phase.HELD


async def test_a_guest_sees_nothing(talk: Talk) -> None:
    await talk.planned()
    guest = Actor("visitor", "sandbox", "visitor", "#payments", ActorKind.GUEST)
    answer = await talk.hear(Asked(guest, HOME, "g1", talk.clock.now(), verb="status"))
    assert "2.4.1" not in text(answer)


async def test_the_release_is_found_by_id_by_channel_and_by_person(talk: Talk) -> None:
    await talk.planned()
    for place in (HOME, Place("sandbox", "@ana"), Place("sandbox", "#releases")):
        for words in ("status", "status R-1", "status r1", "status #1", "R-1"):
            assert "payments 2.4.1" in text(await talk.ask("ana", words, place))
    assert "R-9" in text(await talk.ask("ana", "status R-9"))


async def test_two_that_could_be_meant_are_offered_and_the_press_does_it(talk: Talk) -> None:
    await talk.planned()
    await talk.ask("ana", "plan payments 2.4.2 tomorrow 15:00")
    answer = await talk.ask("kai", "hold")
    assert isinstance(answer, Say)
    meant = [unpack(b.token) for b in answer.message.buttons]
    assert {t.release for t in meant} == {"R-1", "R-2"}
    opened = await talk.press("kai", next(t for t in meant if t.release == "R-1"))
    assert isinstance(opened, Open)
    await talk.fill("kai", opened.form.token, {"reason": "the drill failed"})
    assert (await talk.release()).phase is Phase.HELD
    assert (await talk.release("R-2")).phase is Phase.PLANNING


async def test_an_id_inside_the_reason_never_picks_another_release(talk: Talk) -> None:
    await talk.planned()
    await talk.ask("ana", "plan ledger 1.0.0 tomorrow 15:00", Place("sandbox", "#ledger"))
    answer = await talk.ask("kai", "hold because R-2 is not there yet")
    assert isinstance(answer, Say)
    assert {unpack(b.token).release for b in answer.message.buttons} == {"R-1", "R-2"}
    await talk.ask("kai", "hold R-1 because R-2 is not there yet")
    assert (await talk.release()).held_reason == "because R-2 is not there yet"


async def test_a_reason_that_is_too_short_stays_at_its_field_and_a_good_one_is_taken(talk: Talk) -> None:
    await talk.planned()
    opened = await talk.press("kai", Token("no_go", "R-1", 1))
    assert isinstance(opened, Open)
    wrong = await talk.fill("kai", opened.form.token, {"reason": "ok"})
    assert isinstance(wrong, Errors)
    assert set(wrong.errors) == {"reason"}
    assert wrong.form.fields[0].value == "ok"
    await talk.fill("kai", opened.form.token, {"reason": "the partner bank is away until Monday"})
    assert [c.vote for c in (await talk.release()).consents] == ["no-go"]


async def test_a_sign_off_and_a_go_clear_it(talk: Talk) -> None:
    await talk.planned()
    assert "GO" in text(await talk.say("lena", "go"))
    for who in ("kai", "mia", "quinn", "priya", "ben"):
        await talk.ask(who, f"approve R-1 {who} checked the drill and the dashboards")
    await talk.say("lena", "go")
    assert (await talk.release()).phase is Phase.CLEARED


async def test_an_old_button_decides_nothing_and_the_state_is_the_answer(talk: Talk) -> None:
    await talk.planned()
    before = await talk.release()
    assert "revision" in text(await talk.press("lena", Token("go", "R-1", 7)))
    for token in ("nonsense", Token("fly", "R-1").pack()):
        assert "cannot be read" in text(await talk.press("lena", token))
    assert await talk.release() == before


async def test_a_typo_does_nothing(talk: Talk) -> None:
    await talk.planned()
    before = await talk.release()
    answer = await talk.ask("kai", "rollbak R-1 now")
    assert isinstance(answer, Say)
    assert unpack(answer.message.buttons[0].token).verb == "rollback"
    assert await talk.release() == before


async def test_pages_read_what_they_need(talk: Talk) -> None:
    assert "Plan one" in text(await talk.ask("ana", "list"))
    await talk.planned()
    assert "payments 2.4.1" in text(await talk.ask("ana", "list payments"))
    assert "PlanStarted" in text(await talk.ask("ana", "audit"))
    assert "No freeze" in text(await talk.ask("ana", "freezes"))
    assert "payments 2.4.1" in text(await talk.say("ana", "list"))


async def test_a_release_that_is_over_can_still_be_looked_at_and_learned_from(talk: Talk) -> None:
    await talk.planned()
    await talk.ask("ana", "cancel R-1 the partner bank is away until Monday")
    assert "CANCELLED" in text(await talk.ask("ana", "status")).upper()
    await talk.ask("ana", "lesson ask the partner bank first")
    assert (await talk.release()).lessons == ("ask the partner bank first",)
    told = text(await talk.ask("ana", "hold"))
    assert "R-1 payments 2.4.1 → production is cancelled" in told
    assert "/release lesson R-1" in told
    assert "breakglass" not in told


async def test_a_time_later_moves_it(talk: Talk) -> None:
    await talk.planned()
    await talk.ask("ana", "move tomorrow 15:00 because the partner bank is away")
    assert (await talk.release()).start_at == world.START + timedelta(days=1)


async def test_the_thread_says_which_release_is_meant(talk: Talk) -> None:
    await talk.planned()
    await talk.ask("ana", "plan payments 2.4.2 tomorrow 15:00")
    await talk.delivered()
    await talk.say("kai", "hold: the drill failed", thread=await talk.root("R-1"))
    assert (await talk.release()).phase is Phase.HELD
    assert (await talk.release("R-2")).phase is not Phase.HELD


async def test_an_id_at_the_end_is_found(talk: Talk) -> None:
    await talk.planned()
    await talk.ask("kai", "hold it, that is R-1")
    assert (await talk.release()).phase is Phase.HELD


async def test_a_button_that_cannot_be_read_without_any_release_still_answers(talk: Talk) -> None:
    assert "cannot be read" in text(await talk.press("ana", "nonsense"))


async def test_an_export_reads_the_record_and_what_was_announced(talk: Talk) -> None:
    await talk.planned()
    await talk.delivered()
    answer = await talk.ask("ana", "export R-1")
    assert isinstance(answer, Say)
    public = json.loads(dict(answer.message.attachments)["R-1-release.json"])
    assert public["ledger"]["events"] > 0
    assert {"CARD", "T-30"} <= {a["occasion"] for a in public["announcements"]}


async def test_a_sentence_behind_release_is_understood_where_its_meaning_is_sure(talk: Talk) -> None:
    await talk.planned()
    opened = await talk.ask("ana", "can we make an exception for the freeze?")
    assert isinstance(opened, Open)
    assert opened.form.code == "exception"
    assert "test" in text(await talk.ask("ana", "just skip the tests"))
    assert "Did you mean" not in text(await talk.ask("ana", "just skip the tests"))
    assert (await talk.release()).phase is Phase.PLANNED
    assert "Did you mean status?" in text(await talk.ask("ana", "statsu"))

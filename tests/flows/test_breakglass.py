"""An emergency in the chat: declare, confirm, start, done, review, and the next one (G16)."""

from dataclasses import replace
from datetime import timedelta

from bot.domain.release import Phase
from bot.messages.cards.index import render
from bot.messages.heard import Errors, Open
from bot.messages.model import Message
from bot.store.audit import verify
from tests.flows.talk import Talk, text
from tests.flows.test_freeze import alarms

WHY = "customers cannot pay since the certificate ran out"
FINE = "the certificate alone is exchanged, I read the diff"
LINE = f"breakglass payments 2.4.1 INC-204 {WHY}"
RUNBOOK = "https://git.acme.example/runbooks/payments-rollback.md"


async def declared(talk: Talk) -> None:
    await talk.ask("ana", LINE)
    await talk.sources()
    await talk.ask("kai", f"evidence R-1 rollback {RUNBOOK} tested on 2026-11-03 redeploy 10 min")


async def occasions(talk: Talk, release: str = "R-1") -> list[tuple[str, str]]:
    posts = await talk.store.announcements(release)
    return sorted((p.occasion, p.audience) for p in posts if "EMERGENCY" in p.occasion or "REVIEW" in p.occasion)


async def drawn(talk: Talk, card: str, audience: str = "team") -> Message:
    view = await talk.service.view("R-1")
    assert view is not None
    return render(card, replace(view, params={"audience": audience}))


async def test_the_whole_emergency_from_the_first_word_to_the_next_one(talk: Talk) -> None:
    assert "second person" in text(await talk.ask("ana", LINE))
    await talk.sources()
    await talk.ask("kai", f"evidence R-1 rollback {RUNBOOK} tested on 2026-11-03 redeploy 10 min")
    assert await occasions(talk) == [("EMERGENCY", "stakeholders"), ("EMERGENCY", "team")]
    card = await drawn(talk, "emergency_declared")
    confirm = next(b for b in card.buttons if b.id == "approve")
    assert "EMERGENCY" in card.text
    assert "own release" in text(await talk.press("ana", confirm.token))
    opened = await talk.press("lena", confirm.token)
    assert isinstance(opened, Open)
    short = await talk.fill("lena", opened.form.token, {"reason": "ok"})
    assert isinstance(short, Errors)
    await talk.fill("lena", opened.form.token, {"reason": FINE})
    assert (await talk.release()).phase is Phase.CLEARED
    assert ("EMERGENCY-CONFIRMED", "stakeholders") in await occasions(talk)
    plain = await drawn(talk, "emergency_confirmed", "stakeholders")
    assert "Two people" in plain.text
    assert "break-glass" not in plain.text.lower()
    await talk.ask("ana", "start R-1")
    for name in ("living", "mark"):
        assert "EMERGENCY" in (await drawn(talk, name)).text
    assert "has no review yet" in text(await talk.ask("kai", f"breakglass payments 2.4.2 INC-205 {WHY}"))
    talk.clock.at += timedelta(minutes=40)
    await talk.ask("ana", "done R-1")
    listed = text(await talk.ask("kai", "list"))
    assert "R-1" in listed
    assert "review" in listed
    assert "review is due" in text(await talk.ask("kai", "status R-1"))
    talk.clock.at += timedelta(hours=24)
    await alarms(talk)
    assert ("REVIEW-OVERDUE", "team") in await occasions(talk)
    assert "OVERDUE" in text(await talk.ask("kai", "status R-1"))
    assert "has no review yet" in text(await talk.ask("kai", f"breakglass payments 2.4.2 INC-205 {WHY}"))
    assert "somebody else" in text(
        await talk.ask("ana", "review R-1 it broke a lot; we skipped QA here; nothing will change")
    )
    form = await talk.ask("kai", "review R-1")
    assert isinstance(form, Open)
    missing = await talk.fill(
        "kai", form.form.token, {"happened": "the certificate ran out", "skipped": "", "change": ""}
    )
    assert isinstance(missing, Errors)
    assert set(missing.errors) == {"skipped"}
    said = {
        "happened": "the certificate ran out",
        "skipped": "QA and two sign-offs",
        "change": "an alert 30 days before",
    }
    await talk.fill("kai", form.form.token, said)
    assert "QA and two sign-offs" in f"{(await drawn(talk, 'review_recorded')).blocks}"
    assert "on record" in (await drawn(talk, "review_overdue")).text
    assert "second person" in text(await talk.ask("kai", f"breakglass payments 2.4.2 INC-205 {WHY}"))
    assert (await verify(talk.store)).ok


async def test_the_open_release_becomes_the_emergency_and_its_sign_offs_are_void(talk: Talk) -> None:
    await talk.planned()
    await talk.ask("kai", "approve R-1 the drill of this month was read by kai")
    await talk.ask("kai", LINE)
    release = await talk.release()
    assert release.emergency is not None
    assert (release.emergency.by, release.requested_by) == ("kai", "ana")
    assert "own release" in text(await talk.ask("kai", f"approve R-1 {FINE}"))
    await talk.ask("mia", f"approve R-1 {FINE}")
    assert (await talk.release()).phase is Phase.CLEARED


async def test_it_runs_out_and_everybody_who_heard_of_it_is_told(talk: Talk) -> None:
    await declared(talk)
    await talk.ask("lena", f"approve R-1 {FINE}")
    talk.clock.at += timedelta(hours=4)
    await alarms(talk)
    release = await talk.release()
    assert (release.phase, release.emergency) == (Phase.PLANNED, None)
    assert [o for o in await occasions(talk) if o[0] == "EMERGENCY-OVER"] == [
        ("EMERGENCY-OVER", "stakeholders"),
        ("EMERGENCY-OVER", "team"),
    ]
    assert "over" in (await drawn(talk, "emergency_lapsed")).text
    assert "did not start" in (await drawn(talk, "emergency_lapsed", "stakeholders")).text
    assert "is over" in (await drawn(talk, "emergency_declared")).text
    assert "second person" in text(await talk.ask("ana", f"{LINE}, still"))


async def test_what_is_missing_is_asked_by_a_form_that_keeps_what_was_typed(talk: Talk) -> None:
    for said in ("breakglass", "breakglass payments"):
        assert isinstance(await talk.ask("ana", said), Open)
    opened = await talk.ask("ana", f"breakglass payments 2.4.1 {WHY}")
    assert isinstance(opened, Open)
    assert "payments" in [f.value for f in opened.form.fields]
    values = {"service": "payments", "version": "v2.4.1", "incident": "the big one", "reason": WHY}
    wrong = await talk.fill("ana", opened.form.token, values)
    assert isinstance(wrong, Errors)
    assert set(wrong.errors) == {"incident"}
    assert "not in the catalogue" in text(await talk.ask("ana", f"breakglass paymnets 2.4.1 INC-204 {WHY}"))
    await talk.fill("ana", opened.form.token, {**values, "incident": "INC-204"})
    (release,) = await talk.store.releases()
    assert (release.version, release.emergency and release.emergency.incident) == ("2.4.1", "INC-204")


async def test_a_review_in_one_line_and_one_that_nobody_owes(talk: Talk) -> None:
    await talk.planned()
    assert "no emergency" in text(await talk.ask("kai", "review R-1 a; b; c"))
    await talk.ask("ana", LINE)
    await talk.ask("lena", f"approve R-1 {FINE}")
    await talk.ask("ana", "start R-1")
    await talk.ask("kai", "rollback R-1 error rate")
    await talk.ask("kai", "rolledback R-1")
    assert [o.release for o in await talk.store.reviews_owed("payments")] == ["R-1"]
    answer = await talk.ask("kai", "review R-1 the certificate ran out; QA and two sign-offs; an alert 30 days before")
    assert "Review recorded" in text(answer)
    assert await talk.store.reviews_owed("payments") == []

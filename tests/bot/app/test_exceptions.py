"""A failed test is excepted in chat, with a form and two presses; and the exception ends by itself (G5, G21)."""

from pathlib import Path

from tests.bot.app.talk import REASON, talking

TEST = {
    "what": "test",
    "check": "coverage",
    "details": "coverage of RefundTest fell to 79 %",
    "test_link": "https://ci.acme.example/runs/7/coverage",
    "mitigation": "Kai watches the refund rate during the canary",
    "owner": "kai",
}
WHY = "the refund path of this release is switched off"


async def test_a_failed_test_is_excepted_by_two_people_stays_amber_and_blocks_again_when_it_expires(
    tmp_path: Path,
) -> None:
    async with talking(tmp_path) as talk:
        await talk.post("/api/demo", {"source": "ci", "set": {"coverage": "failed"}})
        planned = await talk.planned()
        assert planned["verdict"] == "NO-GO"
        test = {**TEST, "expires": f"{planned['start_at'][:10]} 17:00"}
        await talk.say("ana", "/release exception R-1 test")
        await talk.fill("ana", **test, reason="The test isn't important")
        assert "no justification" in str(talk.errors)
        heard = await talk.fill("ana", **test, reason=WHY)
        assert "Priya" in heard
        assert "Quinn" in heard
        await talk.clock(advance_seconds=5)
        card = (await talk.posts("#payments"))[0]
        assert "to sign: Priya" in card
        assert "QA lead" in card
        assert "REFUSED" in await talk.press("kai", "approve_exception")
        for who in ("priya", "quinn"):
            assert (await talk.release())["verdict"] == "NO-GO"
            await talk.press(who, "approve_exception", f"@{who}")
            await talk.fill(who, reason=f"The refund switch is off, checked by {who}")
        signed = await talk.release()
        assert signed["verdict"] != "NO-GO"
        assert {c["by"] for c in signed["consents"] if c["kind"] == "exception" and c["state"] == "valid"} == {
            "priya",
            "quinn",
        }
        await talk.say("quinn", "/release approve R-1 the results were read, refunds are off")
        for who in ("kai", "mia", "lena"):
            await talk.say(who, f"/release approve R-1 {REASON}, says {who}")
        await talk.say("lena", "/release go R-1")
        cleared = await talk.release()
        assert (cleared["phase"], cleared["verdict"]) == ("cleared", "GO")
        assert [f["result"] for f in cleared["findings"] if f["subject"] == "ci"] == ["warn"]
        await talk.clock(advance_seconds=5)
        assert "Mitigation: Kai watches" in (await talk.posts("#payments"))[0]
        refused = [row for row in await talk.get("/api/releases/R-1/ledger") if row["what"] == "refused"]
        assert {"kai"} <= {row["person"] for row in refused}
        before = len(await talk.posts("#payments"))
        await talk.until(3 * 60)
        told = (await talk.posts("#payments"))[before:]
        assert any("NO-GO" in post and "coverage failed" in post for post in told)
        rows = await talk.get("/api/releases/R-1/ledger")
        assert [row["name"] for row in rows].count("ConsentEnded") == 2
        assert (await talk.release())["verdict"] == "NO-GO"
        assert {c["state"] for c in (await talk.release())["consents"] if c["kind"] == "exception"} == {"expired"}

"""What the message box can complete, from the same tables as help."""

from pathlib import Path

from bot.app.completing import takes
from tests.bot.app.talk import talking


def test_the_words_after_a_verb_are_read_from_its_usage() -> None:
    assert [t["kind"] for t in takes("evidence R-142 <item> <link or date>")] == ["release", "item", "text"]
    assert [t["kind"] for t in takes("owner R-142 [rollback] @kai")] == ["release", "text", "person"]
    assert [t["kind"] for t in takes("help [verb]")] == ["verb"]
    assert [t["kind"] for t in takes("service [name]")] == ["service"]
    assert takes("exception R-142 <test, freeze or clash>")[1]["choices"] == ["test", "freeze", "clash"]
    assert takes("list [mine, today, week or a service]")[0]["choices"] == ["mine", "today", "week"]
    assert takes("freezes") == []


async def test_every_listed_verb_service_and_item_is_offered(tmp_path: Path) -> None:
    async with talking(tmp_path) as talk:
        words = await talk.get("/api/words")
        verbs = await talk.get("/api/verbs")
        people = {p["id"]: p for p in await talk.get("/api/people")}
    assert [v["verb"] for v in words["verbs"]] == [v["verb"] for v in verbs]
    assert {s["value"] for s in words["services"]} == {"payments", "ledger", "web", "search"}
    assert "rollback" in words["items"]
    decides = next(r for r in people["lena"]["roles"] if r["role"] == "decision maker")
    assert decides["services"] == ["payments", "ledger", "web", "search"]
    assert "deputy decision maker" in {r["role"] for r in people["mia"]["roles"]}
    assert people["guest"]["roles"] == []
    assert words["platforms"] == ["slack", "teams"]

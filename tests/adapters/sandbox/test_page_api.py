"""What the page reads beside the API: words, panels, the risk's parts, and messages as other platforms show them."""

import json
from datetime import UTC

import aiohttp
import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.sandbox.book import Draft
from adapters.sandbox.reading import block_of, message_of
from adapters.sandbox.render import block_json, blocks_json
from bot.messages.model import (
    Actions,
    Block,
    Bullets,
    Code,
    Context,
    Divider,
    Fields,
    Heading,
    Link,
    Message,
    Table,
    Text,
)
from tests.adapters.sandbox.conftest import Caller
from tests.adapters.sandbox_world import World, approve, card


async def test_words_say_what_can_be_typed_and_as_which_platforms_a_message_can_be_shown(call: Caller) -> None:
    _, words = await call.get("/api/words")
    assert words["platforms"] == ["slack", "teams"]
    assert [v["verb"] for v in words["verbs"]] == ["plan", "status", "rollback"]


async def test_a_message_is_shown_as_another_platform_gets_it_to_who_may_see_it(call: Caller) -> None:
    message = await call.plan()
    _, shown = await call.get(f"/api/messages/{message}/as/slack")
    assert shown["platform"] == "slack"
    assert shown["payload"]["text"] == "NO-GO UNTIL VERIFIED: payments 2.4.1"
    status, error = await call.get(f"/api/messages/{message}/as/pigeon")
    assert (status, error["error"]) == (404, "unknown_platform")
    assert "slack" in error["message"]
    assert (await call.get("/api/messages/m99/as/slack"))[0] == 404
    private = "m2"
    assert (await call.get(f"/api/messages/{private}/as/slack", person="kai"))[0] == 404
    assert (await call.get(f"/api/messages/{private}/as/slack", person="ana"))[0] == 200


async def test_panels_carry_the_first_word_of_the_card_beside_the_public_release(call: Caller) -> None:
    _, panels = await call.get("/api/panels")
    _, public = await call.get("/api/releases")
    assert panels == [{"word": "NO-GO UNTIL VERIFIED", "asked": ["sign_off_open"], **public[0]}]


async def test_the_risk_is_read_part_by_part(call: Caller) -> None:
    _, blocks = await call.get("/api/releases/r-1/risk")
    assert blocks[0]["rows"][-1] == ["Risk", "MEDIUM", "43"]
    assert (await call.get("/api/releases/R-9/risk"))[0] == 404


async def test_a_release_is_streamed_once_and_again_when_it_changes(call: Caller, world: World) -> None:
    timeout = aiohttp.ClientTimeout(total=10)
    async with call.http.get(f"{call.base}/api/events?person=ana", timeout=timeout) as stream:
        seen = []
        async for line in stream.content:
            seen.append(line.decode())
            if line.startswith(b"event: release"):
                break
        assert '"R-1"' in (await stream.content.readline()).decode()
        world.book.ring()
        await call.plan()
        async for line in stream.content:
            assert not line.startswith(b"event: release")
            if b"NO-GO UNTIL VERIFIED" in line:
                break


async def test_reading_undoes_rendering(world: World) -> None:
    for message in (card("planned", (approve(),)), Message("x", private=True, attachments=(("plan.md", "# Plan"),))):
        to = "ana" if message.private else None
        kept = await world.book.write(
            Draft("#payments", "t-minus", message.text, "2026-11-24T13:00:00Z", blocks_json(message), to=to)
        )
        assert message_of(kept) == message


AT = st.none() | st.datetimes(timezones=st.just(UTC))
BLOCKS = st.one_of(
    st.builds(Text, at=AT),
    st.builds(Fields, at=AT),
    *(st.builds(kind) for kind in (Heading, Bullets, Table, Code, Link, Context, Divider, Actions)),
)


@given(BLOCKS)
def test_no_block_loses_anything_on_the_way(block: Block) -> None:
    assert block_of(json.loads(json.dumps(block_json(block)))) == block


def test_a_block_of_an_unknown_type_is_named() -> None:
    with pytest.raises(ValueError, match="'hologram' is not known"):
        block_of({"type": "hologram"})

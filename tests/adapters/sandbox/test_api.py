"""Clock, releases, demo sources, the stream of changes, and the door."""

import json
from datetime import UTC, datetime, timedelta

import aiohttp

from tests.adapters.sandbox.conftest import Caller
from tests.adapters.sandbox_world import START, World


async def test_the_clock_goes_forward_by_seconds_to_an_instant_or_at_a_rate(call: Caller, world: World) -> None:
    _, clock = await call.get("/api/clock")
    assert clock == {"now": "2026-11-24T13:00:00Z", "rate": 0.0, "simulated": True, "next_mark": "2026-11-24T14:30:00Z"}
    _, clock = await call.post("/api/clock", advance_s=300)
    assert clock["now"] == "2026-11-24T13:05:00Z"
    _, clock = await call.post("/api/clock", to="2026-11-24T16:00:00+01:00", down=True)
    assert clock["now"] == "2026-11-24T15:00:00Z"
    assert world.clock.spans == [
        (START + timedelta(minutes=5), False),
        (datetime(2026, 11, 24, 15, tzinfo=UTC), True),
    ]
    assert (await call.post("/api/clock", rate=60))[1]["rate"] == 60


async def test_the_clock_refuses_what_it_cannot_do(call: Caller, world: World) -> None:
    for body in (
        {}, {"advance_s": -1}, {"advance_s": 1, "rate": 1}, {"to": "soon"}, {"to": "2026-11-24T15:00:00"}, {"rate": -1},
        {"advance_s": 1e12}, {"to": "2020-01-01T00:00:00Z"}, {"rate": 60, "down": True},
    ):  # fmt: skip
        status, error = await call.post("/api/clock", **body)
        assert (status, set(error)) == (400, {"error", "message"}), body
    world.clock.simulated = False
    status, error = await call.post("/api/clock", advance_s=1)
    assert (status, error["error"]) == (409, "clock_not_simulated")
    world.clock.simulated = True
    assert (await call.post("/api/clock", advance_s=1))[0] == 200


async def test_releases_plans_and_ledgers_are_read(call: Caller) -> None:
    assert (await call.get("/api/releases"))[1][0]["id"] == "R-1"
    assert (await call.get("/api/releases/r-1"))[1]["service"] == "payments"
    assert (await call.get("/api/releases/R-1/ledger"))[1][0]["seq"] == 1
    async with call.http.get(f"{call.base}/api/releases/R-1/plan?format=html") as page:
        assert page.content_type == "text/html"
        assert "sandbox" in page.headers["Content-Security-Policy"]
    for path in ("/api/releases/R-9", "/api/releases/R-9/ledger", "/api/releases/R-9/plan"):
        status, error = await call.get(path)
        assert (status, error["error"]) == (404, "unknown_release")
    assert (await call.get("/api/releases/R-1/plan", format="pdf"))[0] == 400


async def test_people_and_places_are_those_of_the_catalogue_with_a_bot_account_and_a_guest(call: Caller) -> None:
    _, people = await call.get("/api/people")
    kinds = {p["id"]: p["kind"] for p in people}
    assert (kinds["ana"], kinds["release-bot"], kinds["guest"]) == ("human", "bot", "guest")
    _, places = await call.get("/api/places")
    assert [p["id"] for p in places][:4] == ["#payments", "#releases", "#search", "@ana"]
    _, mine = await call.get("/api/places", person="kai")
    assert [p["id"] for p in mine if p["kind"] == "direct"] == ["@kai"]
    assert (await call.get("/api/verbs"))[1][0]["verb"] == "plan"


async def test_demo_sources_are_set_and_a_wrong_key_is_told_what_is_allowed(call: Caller) -> None:
    status, error = await call.post("/api/demo", source="ci", set={"colour": "red"})
    assert (status, error["error"]) == (400, "bad_demo_set")
    assert "security_scan" in error["message"]
    status, kept = await call.post("/api/demo", source="ci", set={"conclusion": "failure"})
    assert (status, kept["set"]) == (200, {"*": {"status": "failed"}})
    assert (await call.get("/api/demo"))[1]["ci"]["set"] == {"*": {"status": "failed"}}


async def test_an_inner_error_is_told_without_its_inside(call: Caller) -> None:
    status, error = await call.post("/api/say", person="ana", place="#payments", text="/release boom")
    assert (status, error["error"]) == (500, "internal")
    assert "secret" not in json.dumps(error)
    assert (await call.post("/api/say", person="ana", place="#payments", text="/release status"))[0] == 200


async def test_other_hosts_origins_and_content_types_are_refused(call: Caller) -> None:
    url, body = f"{call.base}/api/say", {"person": "ana", "place": "#payments", "text": "/release status"}
    for headers, code in (
        ({"Host": "evil.example"}, "wrong_host"),
        ({"Origin": "https://evil.example"}, "wrong_origin"),
        ({"Origin": "null"}, "wrong_origin"),
        ({"Sec-Fetch-Site": "cross-site"}, "wrong_origin"),
    ):
        async with call.http.post(url, json=body, headers=headers) as refused:
            assert (refused.status, (await refused.json())["error"]) == (403, code)
    async with call.http.post(url, data=json.dumps(body)) as refused:
        assert (refused.status, (await refused.json())["error"]) == (415, "json_only")
    async with call.http.post(url, json=body, headers={"Origin": call.base}) as heard:
        assert heard.status == 200


async def test_bodies_that_are_too_large_or_no_json_are_refused(call: Caller) -> None:
    url, headers = f"{call.base}/api/say", {"Content-Type": "application/json"}
    for data, expected in (
        (b'{"text": "' + b"x" * 300_000 + b'"}', 413),
        (b"{", 400),
        (b"[]", 400),
        (b"[" * 100_000, 400),
        (b'{"person": NaN}', 400),
        (b"\xff\xfe", 400),
    ):
        async with call.http.post(url, data=data, headers=headers) as refused:
            assert (refused.status, set(await refused.json())) == (expected, {"error", "message"})
    assert (await call.get("/nowhere"))[0] == 404


async def test_the_stream_tells_messages_and_the_clock_to_who_may_see_them(call: Caller) -> None:
    async with call.http.get(f"{call.base}/api/events", params={"person": "kai"}) as stream:
        first = await _event(stream)
        assert first[0] == "clock"
        await call.plan()
        events = [await _event(stream) for _ in range(2)]
        assert [(name, data["author"], data["to"]) for name, data in events] == [
            ("message", "ana", None),
            ("message", "t-minus", None),
        ]
        await call.post("/api/clock", advance_s=60)
        assert (await _event(stream))[1]["now"] == "2026-11-24T13:01:00Z"
    assert (await call.get("/api/events", person="eve"))[0] == 404


async def _event(stream: aiohttp.ClientResponse) -> tuple[str, dict[str, object]]:
    name = ""
    async for raw in stream.content:
        line = raw.decode().rstrip("\n")
        if line.startswith("event: "):
            name = line.removeprefix("event: ")
        elif line.startswith("data: "):
            return name, json.loads(line.removeprefix("data: "))
    msg = "the stream ended"
    raise AssertionError(msg)


async def test_the_page_may_load_nothing_from_elsewhere(call: Caller) -> None:
    async with call.http.get(f"{call.base}/") as page:
        assert page.content_type == "text/html"
        assert page.headers["Content-Security-Policy"].startswith("default-src 'none'; script-src 'self'")
        assert page.headers["X-Content-Type-Options"] == "nosniff"


async def test_on_a_full_disk_nothing_is_done_and_that_is_said_until_there_is_room_again(
    call: Caller, world: World
) -> None:
    said = {"person": "ana", "place": "#payments", "text": "hello " * 4_000}
    pages = "PRAGMA max_page_count"  # a disk as full as it can be, without filling one
    world.book._db.execute(f"{pages} = 1")
    answers = [await call.post("/api/say", **said) for _ in range(9)]
    status, error = answers[-1]
    assert (status, error["error"]) == (503, "unwritable")
    assert "was not done" in error["message"]
    heard = len(world.bot.heard)
    world.book._db.execute(f"{pages} = 100000")
    status, _ = await call.post("/api/say", **said)
    assert status == 200
    assert len(world.bot.heard) == heard + 1

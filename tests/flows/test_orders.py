"""Delegating and subscribing by words, through the real service and database, with the record that they leave."""

from bot.domain.orders import Delegation, Subscription
from bot.domain.people import Place
from bot.messages.heard import Errors, Open
from bot.store.audit import verify
from tests.flows.talk import Talk, text

ELSEWHERE = Place("sandbox", "#general")


async def test_a_delegate_signs_in_somebodys_place_and_everybody_reads_that(talk: Talk) -> None:
    await talk.planned()
    told = text(await talk.ask("kai", "delegate @ben until 2026-12-04"))
    assert "Ben may give the sign-offs that are asked of you until Fri 4 Dec 2026 23:00 UTC" in told
    assert (await talk.store.orders()).delegations[0].of == "kai"
    assert "Ben signs for Kai until" in text(await talk.ask("sam", "service payments"))
    assert "Ended" in text(await talk.ask("ben", "undelegate"))
    assert "Ben signs for Kai" not in text(await talk.ask("sam", "service payments"))
    rows = [(r.name, r.person) for r in await talk.store.ledger("system") if r.what == "event"]
    assert rows == [("DelegationGiven", "kai"), ("DelegationEnded", "ben")]


async def test_delegating_asks_for_what_is_missing_and_then_does_it(talk: Talk) -> None:
    assert "Who signs for you" in text(await talk.ask("kai", "delegate ben"))
    assert "nobody-here" in text(await talk.ask("kai", "delegate @nobody-here until Friday"))
    assert "Who signs" in text(await talk.ask("kai", "delegate @ben until whenever"))
    assert "02:30" in text(await talk.ask("kai", "delegate @ben until 2027-03-28 02:30")), "that time does not exist"
    opened = await talk.ask("kai", "delegate")
    assert isinstance(opened, Open)
    wrong = await talk.fill("kai", opened.form.token, {"person": "zed", "until": "whenever"})
    assert isinstance(wrong, Errors)
    assert set(wrong.errors) == {"person", "until"}
    assert "may give" in text(await talk.fill("kai", opened.form.token, {"person": "ben", "until": "2026-12-04"}))
    assert "Ended" in text(await talk.ask("kai", "delegate end"))
    assert "no delegation" in text(await talk.ask("kai", "delegate end"))
    refused = [r for r in await talk.store.ledger("system") if r.what == "refused"]
    assert [r.body["code"] for r in refused] == ["no_delegation"]


async def test_a_place_that_subscribed_gets_the_marks_to_come_until_it_ends_that(talk: Talk) -> None:
    await talk.planned()
    assert "subscribed to nothing" in text(await talk.ask("sam", "subscribe", ELSEWHERE))
    assert "hears the announcements of Payments" in text(await talk.ask("sam", "subscribe payments", ELSEWHERE))
    coming = [a for a in await talk.store.announcements("R-1") if a.place == "#general"]
    assert [(a.occasion, a.audience, a.state) for a in coming] == [
        (mark, "stakeholders", "pending") for mark in ("T=0", "T+15", "T+30")
    ]
    assert "already" in text(await talk.ask("sam", "subscribe Payments", ELSEWHERE))
    assert "not in the catalogue" in text(await talk.ask("sam", "subscribe paymentz", ELSEWHERE))
    assert "Payments" in text(await talk.ask("sam", "subscribe", ELSEWHERE))
    moved = text(await talk.ask("ana", "move R-1 16:00 the support shift begins an hour later"))
    assert "16:00" in moved
    coming = [a for a in await talk.store.announcements("R-1") if a.place == "#general" and a.state == "pending"]
    assert [a.occasion for a in coming] == ["T=0", "T+15", "T+30"], "the new schedule goes there too"
    assert "hears no more" in text(await talk.ask("ana", "unsubscribe", ELSEWHERE))
    left = [a for a in await talk.store.announcements("R-1") if a.place == "#general" and a.state == "pending"]
    assert left == []
    assert "not subscribed" in text(await talk.ask("ana", "unsubscribe payments", ELSEWHERE))


async def test_the_list_of_a_place_has_what_the_catalogue_gives_it_too(talk: Talk) -> None:
    home, stakeholders = Place("sandbox", "#payments"), Place("sandbox", "#releases")
    told = text(await talk.ask("sam", "subscribe", home))
    assert (
        "This place hears: Payments (by the catalogue, as a channel of the team). /release subscribe <service>" in told
    )
    told = text(await talk.ask("sam", "unsubscribe", stakeholders))
    assert "Payments, Ledger, Search (by the catalogue, from T=0 on)" in told
    assert "take the channel out" in text(await talk.ask("sam", "unsubscribe search", stakeholders))
    await talk.ask("sam", "subscribe digest", stakeholders)
    told = text(await talk.ask("sam", "subscribe", stakeholders))
    assert (
        told.index("the digest, every day")
        < told.index("Payments, Ledger, Search (by")
        < told.index("/release unsubscribe")
    )
    assert "hears no more" in text(await talk.ask("sam", "unsubscribe digest", stakeholders))


async def test_a_digest_is_asked_for_at_a_time_of_a_zone(talk: Talk) -> None:
    await talk.ask("sam", "subscribe digest", ELSEWHERE)
    await talk.ask("sam", "subscribe digest 7:45 America/New_York always", Place("sandbox", "@sam"))
    kept = (await talk.store.orders()).subscriptions
    assert kept == (
        Subscription("S-1", ELSEWHERE, "", "sam", "08:30", "UTC"),
        Subscription("S-2", Place("sandbox", "@sam"), "", "sam", "07:45", "America/New_York", empty=True, direct=True),
    )
    assert "no time zone" in text(await talk.ask("sam", "subscribe digest 08:30 Mars/Olympus", ELSEWHERE))
    assert "the digest, every day at 08:30" in text(await talk.ask("sam", "subscribe", ELSEWHERE))
    await talk.ask("ana", "subscribe ledger", ELSEWHERE)
    assert "unsubscribe <service or digest>" in text(await talk.ask("ana", "unsubscribe", ELSEWHERE))
    assert "hears no more" in text(await talk.ask("ana", "unsubscribe digest", ELSEWHERE))


async def test_the_orders_that_are_kept_are_those_of_the_ledger(talk: Talk) -> None:
    await talk.ask("kai", "delegate @ben until 2026-12-04")
    await talk.ask("sam", "subscribe payments", ELSEWHERE)
    assert (await verify(talk.store, b"key")).broken == ()
    async with talk.store.unit() as unit:
        await unit.add_order(Delegation("D-9", "sam", "ben", talk.clock.now()))
    assert [(b.stream, b.why) for b in (await verify(talk.store, b"key")).broken] == [("system", "fold")]
    async with talk.store.unit() as unit:
        await unit.remove_order("D-9")
    assert (await verify(talk.store, b"key")).broken == ()
    async with talk.store.transaction() as connection:
        await connection.exec_driver_sql("UPDATE orders SET id = id || '-which-nobody-ends'")
    assert [(b.stream, b.why) for b in (await verify(talk.store, b"key")).broken] == [("system", "fold")]

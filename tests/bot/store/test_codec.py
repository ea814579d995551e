"""What the database keeps as text."""

import json
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.commands import COMMANDS, Command, Judge
from bot.domain.errors import UnknownSchema
from bot.domain.events import EVENTS, SCHEMA, Closed, Event, EvidenceRecorded, Planned
from bot.domain.events.calendar import CALENDAR_EVENTS
from bot.domain.events.orders import ORDER_EVENTS
from bot.domain.evidence import Evidence, Kind, Standing
from bot.domain.orders import Delegation, Subscription
from bot.domain.people import SYSTEM, Place
from bot.domain.release import Release
from bot.messages.effects import CorrectSent, Effect, Gather, Later, Post, Revise, Supersede
from bot.messages.heard import Answer, Errors, Open, Quiet, Say
from bot.store.codec import (
    canonical,
    dump_answer,
    dump_effect,
    dump_order,
    dump_release,
    event_body,
    load_answer,
    load_effect,
    load_order,
    load_release,
    read_event,
)

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)
_TEXT = st.text(st.characters(codec="utf-8"), max_size=8)
_INSTANT = st.datetimes(min_value=datetime(2000, 1, 1), max_value=datetime(2099, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001 - hypothesis adds the zone
st.register_type_strategy(str, _TEXT)
st.register_type_strategy(datetime, _INSTANT)
st.register_type_strategy(float, st.floats(allow_nan=False, allow_infinity=False))


@given(st.sampled_from(sorted(EVENTS)).flatmap(lambda name: st.from_type(EVENTS[name])))
def test_every_event_comes_back_from_its_body(event: Event) -> None:
    body = json.loads(canonical(event_body(event)))
    assert (body["type"], body["schema"]) == (type(event).__name__, SCHEMA)
    assert read_event(body) == event


@given(st.sampled_from(sorted(CALENDAR_EVENTS)).flatmap(lambda name: st.from_type(CALENDAR_EVENTS[name])))
def test_every_event_of_the_calendar_comes_back_from_its_body(event: Event) -> None:
    assert read_event(json.loads(canonical(event_body(event)))) == event


@given(st.sampled_from(sorted(ORDER_EVENTS)).flatmap(lambda name: st.from_type(ORDER_EVENTS[name])))
def test_every_event_of_the_standing_orders_comes_back_from_its_body(event: Event) -> None:
    assert read_event(json.loads(canonical(event_body(event)))) == event


@given(st.from_type(Delegation) | st.from_type(Subscription))
def test_every_standing_order_comes_back_from_its_row(order: Delegation | Subscription) -> None:
    assert load_order(dump_order(order)) == order


@given(st.sampled_from(sorted(COMMANDS)).flatmap(lambda name: st.from_type(COMMANDS[name])))
def test_every_command_comes_back_in_its_row(command: Command) -> None:
    later = Later("key", "R-1", command, NOON, 3)
    assert load_effect(dump_effect(later)) == later


@given(st.one_of(*(st.from_type(kind) for kind in (Post, Revise, Gather, Supersede, CorrectSent))))
def test_every_effect_comes_back(effect: Effect) -> None:
    assert load_effect(dump_effect(effect)) == effect


@given(st.one_of(*(st.from_type(kind) for kind in (Say, Open, Errors, Quiet))))
def test_every_answer_comes_back_with_its_blocks(answer: Answer) -> None:
    assert load_answer(dump_answer(answer)) == answer


@given(st.from_type(Release))
def test_every_release_comes_back_and_is_written_the_same_way_again(release: Release) -> None:
    text = dump_release(release)
    assert load_release(text) == release
    assert dump_release(load_release(text)) == text


def test_canonical_json_is_one_text_for_one_value() -> None:
    assert canonical({"b": 1, "a": [True, None, "ü"]}) == '{"a":[true,null,"ü"],"b":1}'
    assert canonical({"a": [True, None, "ü"], "b": 1}) == canonical({"b": 1, "a": [True, None, "ü"]})


def test_instants_are_written_in_utc_and_naive_ones_are_refused() -> None:
    berlin = timezone(timedelta(hours=1))
    post = Post("k", "R-1", "T-30", "team", Place("sandbox", "#p"), datetime(2026, 11, 24, 13, tzinfo=berlin), "mark")
    assert json.loads(dump_effect(post))["due_at"] == "2026-11-24T12:00:00Z"
    naive = Revise("k", "R-1", datetime(2026, 11, 24))  # noqa: DTZ001 - the mistake that is refused
    with pytest.raises(ValueError, match="no time zone"):
        dump_effect(naive)


def test_what_json_cannot_hold_is_refused() -> None:
    nan = Evidence(Kind.HEALTH, Standing.VERIFIED, "demo", "bot", NOON, facts={"p95_ms": float("nan")})
    with pytest.raises(ValueError, match="JSON"):
        canonical(event_body(EvidenceRecorded(NOON, nan)))


@pytest.mark.parametrize("body", [{"type": "Planned", "schema": SCHEMA + 1}, {"type": "Teleported", "schema": 1}, {}])
def test_an_event_of_a_newer_version_is_refused(body: dict[str, Any]) -> None:
    with pytest.raises(UnknownSchema, match="run the newer version"):
        read_event(body)


def test_an_old_event_is_lifted_to_the_schema_of_today() -> None:
    old = {"type": "WasPlanned", "schema": SCHEMA - 1, "at": "2026-11-24T12:00:00Z"}
    lift = {("WasPlanned", SCHEMA - 1): lambda body: {**body, "type": "Planned"}}
    assert read_event(old, lift) == Planned(NOON)
    with pytest.raises(UnknownSchema):
        read_event(old)


def test_a_field_that_was_added_since_takes_its_default_and_one_that_went_is_ignored() -> None:
    written = event_body(Closed(NOON, "ana"))
    assert read_event({**written, "mood": "good"}) == read_event(written)
    later = json.loads(dump_effect(Later("k", "R-1", Judge(SYSTEM), NOON)))
    del later["schedule_revision"]
    assert load_effect(json.dumps(later)) == Later("k", "R-1", Judge(SYSTEM), NOON)


def test_a_release_of_a_newer_version_is_refused() -> None:
    with pytest.raises(UnknownSchema, match="run the newer version"):
        load_release('{"schema": 2}')

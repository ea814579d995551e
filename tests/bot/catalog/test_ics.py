"""Calendar files in and out: zones, rules that repeat, whole days, cancelled events; a broken file is told by its line (G11)."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.catalog.ics import IcsFreeze, read_ics, write_ics
from bot.catalog.trouble import BadCatalogue
from bot.domain.facts import Window

NOW = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
DAY = "DTSTART;VALUE=DATE:20261224\nDTEND;VALUE=DATE:20261227"
NIGHT = "DTSTART;TZID=Europe/Berlin:20261218T180000\nDTEND;TZID=Europe/Berlin:20261219T060000"


def event(body: str, uid: str = "1@acme", summary: str = "stock taking") -> str:
    return f"BEGIN:VEVENT\nUID:{uid}\nSUMMARY:{summary}\n{body}\nEND:VEVENT\n"


def file(*events: str) -> str:
    return f"BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:-//acme//EN\n{''.join(events)}END:VCALENDAR\n".replace("\n", "\r\n")


def read(*events: str, scope: str = "production", zone: str = "Europe/Berlin") -> tuple[IcsFreeze, ...]:
    return read_ics(file(*events), "team.ics", scope, zone, NOW)


def starts(found: tuple[IcsFreeze, ...]) -> list[str]:
    return [f"{f.starts_at:%Y-%m-%dT%H:%M}" for f in found]


def test_an_event_with_a_zone_is_a_freeze_in_utc() -> None:
    (one,) = read(event(NIGHT))
    assert (one.uid, one.scope, one.reason, one.cancelled) == ("1@acme", "production", "stock taking", False)
    assert (one.starts_at, one.ends_at - one.starts_at) == (datetime(2026, 12, 18, 17, tzinfo=UTC), timedelta(hours=12))


def test_a_whole_day_lasts_from_midnight_to_midnight_of_the_zone() -> None:
    (days,) = read(event(DAY))
    assert (days.starts_at, days.ends_at) == (
        datetime(2026, 12, 23, 23, tzinfo=UTC),
        datetime(2026, 12, 26, 23, tzinfo=UTC),
    )
    (one,) = read(event("DTSTART;VALUE=DATE:20261224"))
    assert one.ends_at - one.starts_at == timedelta(days=1)
    (floating,) = read(event("DTSTART:20261224T120000\nDURATION:PT2H"))
    assert (starts((floating,)), floating.ends_at.hour) == (["2026-12-24T11:00"], 13)


def test_a_rule_keeps_the_clock_on_the_wall_and_leaves_out_what_is_excluded() -> None:
    rule = (
        "DTSTART;TZID=Europe/Berlin:20270319T160000\nDTEND;TZID=Europe/Berlin:20270319T180000\nRRULE:FREQ=WEEKLY;COUNT=4\n"
        "EXDATE;TZID=Europe/Berlin:20270326T160000"
    )
    found = read(event(rule))
    assert starts(found) == ["2027-03-19T15:00", "2027-04-02T14:00", "2027-04-09T14:00"]
    assert len({f.uid for f in found}) == 3
    until = read(event(f"{NIGHT}\nRRULE:FREQ=DAILY;UNTIL=20261220T170000Z"))
    assert len(until) == 3


def test_one_time_that_was_moved_takes_the_place_of_the_rule() -> None:
    rule = event(f"{NIGHT}\nRRULE:FREQ=WEEKLY;COUNT=2")
    moved = event(
        "RECURRENCE-ID;TZID=Europe/Berlin:20261225T180000\nDTSTART;TZID=Europe/Berlin:20261226T200000\nDURATION:PT1H"
    )
    found = read(rule, moved)
    assert starts(found) == ["2026-12-18T17:00", "2026-12-26T19:00"]
    assert found[1].uid == read(rule)[1].uid


def test_what_is_over_is_left_out_and_what_is_cancelled_is_said() -> None:
    old = event("DTSTART:20261101T120000Z\nDTEND:20261101T130000Z")
    assert read(old, event(NIGHT, "2")) == read(event(NIGHT, "2"))
    assert [f.cancelled for f in read(event(f"{NIGHT}\nSTATUS:CANCELLED"))] == [True]
    again = read(event(f"{NIGHT}\nRRULE:FREQ=WEEKLY\nSTATUS:CANCELLED"))
    assert [(f.uid, f.cancelled) for f in again] == [("1@acme", True)]


@pytest.mark.parametrize(
    ("body", "line", "expected"),
    [
        ("DTSTART:2026XX\nDTEND:20261101T130000Z", 10, "DTSTART"),
        ("DTSTART:20261224T120000Z", 10, "an end, or a duration"),
        ("DTSTART:20261224T120000Z\nDTEND:20261224T110000Z", 10, "an end after the start"),
        ("DTSTART;TZID=Mars/Olympus:20261224T120000\nDURATION:PT1H", 10, "IANA time zone"),
        ("DTEND:20261224T110000Z", 10, "a start"),
        ("this is no line", 13, "a valid value"),
        (f"{NIGHT}\nRRULE:FREQ=MINUTELY", 1, "at most 1000 times"),
    ],
)
def test_a_broken_event_is_told_with_its_line_and_nothing_is_taken(body: str, line: int, expected: str) -> None:
    with pytest.raises(BadCatalogue) as caught:
        read(event(NIGHT), event(body, "2"))
    assert f"team.ics, line {line}" in str(caught.value)
    assert expected in str(caught.value)
    assert len(read(event(NIGHT), event(DAY, "2"))) == 2


def test_a_file_without_events_summary_or_scope_is_refused() -> None:
    for events, scope, expected in (
        ((), "production", "at least one event"),
        ((event(NIGHT, summary=""),), "production", "a summary"),
        ((event(NIGHT),), "", "a scope"),
    ):
        with pytest.raises(BadCatalogue, match=expected):
            read(*events, scope=scope)
    assert read(event(f"{NIGHT}\nX-TMINUS-SCOPE:payments"), scope="")[0].scope == "payments"


@given(
    st.integers(1, 300),
    st.integers(1, 300),
    st.text(st.characters(codec="utf-8", exclude_categories=("C", "Z")), min_size=1, max_size=80),
    st.sampled_from(["*", "production", "payments"]),
)
def test_what_goes_out_comes_in_again(begin: int, hours: int, reason: str, scope: str) -> None:
    start = NOW + timedelta(hours=begin)
    window = Window("F-7", scope, start, start + timedelta(hours=hours), reason, "lena", by="lena")
    (back,) = read_ics(write_ics((window,), NOW), "out.ics", "", "UTC", NOW)
    assert (back.scope, back.starts_at, back.ends_at, back.reason) == (scope, start, window.ends_at, reason)


def test_what_is_no_calendar_at_all_is_told_with_its_line() -> None:
    with pytest.raises(BadCatalogue, match=r"team.ics, line 2: expected a line of a calendar file"):
        read_ics("BEGIN:VCALENDAR\r\nhello there\r\nEND:VCALENDAR\r\n", "team.ics", "*", "UTC", NOW)
    assert read_ics(file(event(NIGHT)), "team.ics", "*", "UTC", NOW)


def test_what_cannot_be_printed_never_reaches_a_calendar_file() -> None:
    day = datetime(2026, 12, 1, tzinfo=UTC)
    hostile = "stock\r\nEND:VEVENT\r\nBEGIN:VEVENT\x00\x0b\u2028 taking"
    text = write_ics([Window("F-1", "payments", day, day + timedelta(days=1), hostile, "mia", by="mia")], day)
    assert text.count("BEGIN:VEVENT\r\n") == 1
    assert not set(text) & {"\x00", "\x0b", "\u2028"}
    assert "stock" in text

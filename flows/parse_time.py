"""When it starts, from what people type (T5): "15:00", "tomorrow at 3pm", "Thu 14:00 Europe/Berlin", "in 2 hours", ISO.

A bare time is in the service's zone. What is past, does not exist, exists twice, or could mean two things gives a TimeTrouble
with what to type instead; nothing is guessed.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta

from flows.clocks import AFTERNOON, LAST_HOUR, LAST_MINUTE, Clock, clocks_in, midnight_in, two_ways
from flows.parse_dates import DayFound, days_in, hinted_days_in, no_days_in
from flows.waits import Wait, wait_in
from flows.zones import UnknownZone, Zone, instants, iso_offset, named_zone, offset_of, zone

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class TimeFound:
    """`start_at` in UTC; `local_time` ("2026-11-24 15:00") and `time_zone` as they were meant; `spans`: what was read."""

    start_at: datetime
    local_time: str
    time_zone: str
    spans: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class TimeTrouble:
    """Not usable: `code` is the end of `talk.time.<code>`; `offers` are texts that could be typed instead, best first."""

    code: str
    params: Mapping[str, str] = field(default_factory=dict)
    offers: tuple[str, ...] = ()
    spans: tuple[Span, ...] = ()


_ISO = re.compile(
    r"(?<!\d)(\d{4}-\d{2}-\d{2})[Tt](\d{2}:\d{2})(?::\d{2}(?:\.\d+)?)?\s?(Z|z|[+-]\d{2}:?\d{2})?(?![\d:])"
)
_NEXT_TO = 3
"""Letters between a date and the day of the week that belongs to it: ", "."""

_BESIDE = 8
"""Letters between a clock and the words that hint at its day: " sharp, "."""

_FAR = timedelta(days=400)


def find_time(
    text: str, zone_name: str, now: datetime, *, near: datetime | None = None
) -> TimeFound | TimeTrouble | None:
    """The one start time in a text; None where none is named. `zone_name`: the service's zone. Never raises.

    `near`: the start that it may replace; a bare time then stays on that day, where the day is still to come.
    """
    home = zone(zone_name) or Zone("UTC", UTC)
    found = _find(text, home, now, near)
    return _kept(found, home) if isinstance(found, TimeFound) else found


def _find(text: str, home: Zone, now: datetime, near: datetime | None) -> TimeFound | TimeTrouble | None:
    iso = _ISO.search(text)
    if iso is not None and (iso.group(3) or not named_zone(text[iso.end() :])):
        return _iso(iso, home, now)
    if iso is not None:
        text = (
            text[: iso.start(1)] + text[iso.start() : iso.end()].replace("T", " ").replace("t", " ") + text[iso.end() :]
        )
    clocks = clocks_in(text)
    ahead = wait_in(text)
    if ahead is not None and all(c.span[0] < ahead.span[1] and ahead.span[0] < c.span[1] for c in clocks):
        return _from_now(ahead, home, now)
    if not clocks:
        return _unclear(text, home, now)
    where = _near_zone(text, clocks)
    if isinstance(where, UnknownZone):
        sure = _zone_then(text, clocks[0], where, home, now)
        if sure is None:
            return _no_zone(clocks[0], where, home)
        where = sure
    here = where or home
    if where is not None:
        clocks = [c for c in clocks if c.span[1] <= where.span[0] or c.span[0] >= where.span[1]] or clocks
    if len({(c.hour, c.minute) for c in clocks}) > 1:
        texts = [c.text for c in clocks]
        return TimeTrouble("two", {"one": texts[0], "other": texts[1]}, tuple(texts[:2]), tuple(c.span for c in clocks))
    spans = tuple(c.span for c in clocks) + ((where.span,) if where else ())
    return _on_day(text, clocks[0], spans, here, now, near)


def resolve(day: date, clock: time, here: Zone, now: datetime, spans: tuple[Span, ...] = ()) -> TimeFound | TimeTrouble:
    """A local day and time as an instant; past, nonexistent and ambiguous ones are trouble."""
    local = datetime.combine(day, clock)
    shown = f"{local:%Y-%m-%d %H:%M}"
    params = {"local": shown, "zone": here.name}
    try:
        found = instants(local, here.info)
    except (OverflowError, ValueError):
        return TimeTrouble("far", params, (), spans)
    if not found:
        after = (local.replace(tzinfo=here.info, fold=0).astimezone(UTC)).astimezone(here.info)
        return TimeTrouble("nonexistent", params, (f"{after:%Y-%m-%d %H:%M} {here.name}",), spans)
    if len(found) > 1:
        offers = tuple(f"{local:%Y-%m-%dT%H:%M}{offset_of(at, here.info)}" for at in found)
        return TimeTrouble("ambiguous", {**params, "one": offers[0], "other": offers[1]}, offers, spans)
    at = found[0]
    if at <= now:
        return TimeTrouble("past", params, _tomorrow(clock, here, now), spans)
    if at - now > _FAR:
        return TimeTrouble("far", params, (), spans)
    return TimeFound(at, shown, here.name, spans)


def _zone_then(text: str, clock: Clock, where: UnknownZone, home: Zone, now: datetime) -> Zone | None:
    """The zone of an abbreviation, where it is in force on the day that the text names."""
    for name in (home.name, *where.meant[:1]):
        here = zone(name) or home
        found = _on_day(text, clock, (), here, now)
        sure = where.one_of(home, found.start_at if isinstance(found, TimeFound) else now)
        if sure is not None and sure.name == here.name:
            return sure
    return None


def _no_zone(clock: Clock, where: UnknownZone, home: Zone) -> TimeTrouble:
    names = tuple(dict.fromkeys((*where.meant, home.name, "UTC")))
    offers = tuple(f"{clock.text} {name}" for name in names[:3])
    return TimeTrouble("zone", {"zone": where.text, "home": names[0]}, offers, (clock.span, where.span))


def _on_day(
    text: str, clock: Clock, spans: tuple[Span, ...], here: Zone, now: datetime, near: datetime | None = None
) -> TimeFound | TimeTrouble:
    if clock.hour > LAST_HOUR or clock.minute > LAST_MINUTE:
        return TimeTrouble("no_clock", {"clock": clock.text}, ("15:00",), spans)
    at = time(clock.hour, clock.minute)
    today = now.astimezone(here.info).date()
    days = days_in(text, today)
    hinted = [s for s in hinted_days_in(text, today) if _gap(s, clock) <= _BESIDE]
    wrong = [*no_days_in(text), *hinted]
    if wrong and min(_gap(span, clock) for span in wrong) <= min(
        (_gap(d.span, clock) for d in days), default=len(text)
    ):
        span = min(wrong, key=lambda s: _gap(s, clock))
        offers = _tomorrow(at, here, now)
        return TimeTrouble("no_day", {"day": text[slice(*span)].strip()}, offers, (*spans, span))
    days, against = _one_day(days)
    if against is not None:
        offers = tuple(f"{d:%Y-%m-%d} {at:%H:%M} {here.name}" for d in against)
        return TimeTrouble("two_days", {"one": offers[0], "other": offers[1]}, offers, spans)
    if len({d.day for d in days}) > 1:
        days = _beside(days, clock)
    if not days:
        return _bare(clock, here, now, spans, near)
    chosen = days[0]
    spans = (*spans, chosen.span)
    if chosen.other is not None:
        offers = tuple(f"{d:%Y-%m-%d} {at:%H:%M} {here.name}" for d in (chosen.day, chosen.other))
        return TimeTrouble("two_days", {"one": offers[0], "other": offers[1]}, offers, spans)
    if chosen.evening and at.hour < AFTERNOON:
        offers = (f"today {at.hour + AFTERNOON}:{at:%M}", f"tomorrow {at:%H:%M}")
        return TimeTrouble("tonight", {"clock": clock.text}, offers, spans)
    result = resolve(chosen.day, at, here, now, spans)
    if isinstance(result, TimeTrouble) and result.code == "past" and chosen.weekday:
        week = chosen.day + timedelta(days=7)
        return TimeTrouble("past", result.params, (f"{week:%Y-%m-%d} {at:%H:%M} {here.name}",), spans)
    return result


def _bare(
    clock: Clock, here: Zone, now: datetime, spans: tuple[Span, ...], near: datetime | None
) -> TimeFound | TimeTrouble:
    """The day of `near`, else today; where that is over, tomorrow is offered, or the afternoon for a clock of the morning."""
    at, today = time(clock.hour, clock.minute), now.astimezone(here.info).date()
    if near is not None and near.astimezone(here.info).date() > today:
        return resolve(near.astimezone(here.info).date(), at, here, now, spans)
    result = resolve(today, at, here, now, spans)
    if not isinstance(result, TimeTrouble) or result.code != "past":
        return result
    later = resolve(today, at.replace(hour=at.hour + AFTERNOON), here, now) if clock.loose else result
    afternoon = (f"{later.local_time} {here.name}",) if isinstance(later, TimeFound) else ()
    return TimeTrouble("past_today", {"clock": f"{at:%H:%M}", "zone": here.name}, (*afternoon, *result.offers), spans)


def _one_day(days: list[DayFound]) -> tuple[list[DayFound], tuple[date, date] | None]:
    """A date with its day of the week is one day; where the two do not agree, both days that could be meant."""
    for one in [d for d in days if d.weekday]:
        for dated in [d for d in days if not d.weekday]:
            if min(abs(one.span[1] - dated.span[0]), abs(dated.span[1] - one.span[0])) > _NEXT_TO:
                continue
            if one.day.weekday() == dated.day.weekday():
                return [d for d in days if d is not one], None
            near = dated.day + timedelta(days=(one.day.weekday() - dated.day.weekday() + 3) % 7 - 3)
            return days, (dated.day, near)
    return days, None


def _beside(days: list[DayFound], clock: Clock) -> list[DayFound]:
    """Of several days the one that stands next to the time of day."""
    return [min(days, key=lambda d: _gap(d.span, clock))]


def _gap(span: Span, clock: Clock) -> int:
    return min(abs(span[1] - clock.span[0]), abs(clock.span[1] - span[0]))


def _tomorrow(clock: time, here: Zone, now: datetime) -> tuple[str, ...]:
    day = now.astimezone(here.info).date() + timedelta(days=1)
    return (f"{day:%Y-%m-%d} {clock:%H:%M} {here.name}",)


def _iso(found: re.Match[str], home: Zone, now: datetime) -> TimeFound | TimeTrouble:
    params = {"clock": found.group(0)}
    try:
        local = datetime.fromisoformat(f"{found.group(1)}T{found.group(2)}")
    except ValueError:
        return TimeTrouble("no_clock", params, (), (found.span(),))
    if not found.group(3):
        return resolve(local.date(), local.time(), home, now, (found.span(),))
    named = iso_offset(found.group(3))
    if not isinstance(named, Zone):
        return TimeTrouble("no_clock", params, (), (found.span(),))
    return resolve(local.date(), local.time(), named, now, (found.span(),))


def _kept(found: TimeFound, home: Zone) -> TimeFound:
    """A bare offset is no zone to keep: the service's own where it says the same, else UTC."""
    if not found.time_zone.startswith("UTC") or found.time_zone == "UTC":
        return found
    there = found.start_at.astimezone(home.info)
    if f"{there:%Y-%m-%d %H:%M}" == found.local_time:
        return TimeFound(found.start_at, found.local_time, home.name, found.spans)
    return TimeFound(found.start_at, f"{found.start_at:%Y-%m-%d %H:%M}", "UTC", found.spans)


def _from_now(wait: Wait, home: Zone, now: datetime) -> TimeFound | TimeTrouble:
    if wait.length <= timedelta(0):
        return TimeTrouble("no_clock", {"clock": wait.text}, ("in 2 hours",), (wait.span,))
    at = (now + wait.length).replace(second=0, microsecond=0)
    if at <= now:
        at += timedelta(minutes=1)
    return TimeFound(at, f"{at.astimezone(home.info):%Y-%m-%d %H:%M}", home.name, (wait.span,))


def _unclear(text: str, home: Zone, now: datetime) -> TimeTrouble | None:
    """Words that mean a time without saying which."""
    night = midnight_in(text)
    if night is not None:
        days = days_in(text, now.astimezone(home.info).date())
        day = days[0].day if days else now.astimezone(home.info).date()
        nights = (resolve(day + timedelta(days=n), time(), home, now) for n in range(3))
        ahead = [f"{one.local_time} {home.name}" for one in nights if isinstance(one, TimeFound)]
        return TimeTrouble("midnight", {"example": ahead[0]}, tuple(ahead[:2]), (night, *(d.span for d in days)))
    either = two_ways(text)
    if either is None:
        return None
    span, offers = either
    shown = " ".join(text[slice(*span)].split())
    return TimeTrouble("half", {"clock": shown, "one": offers[0], "other": offers[1]}, offers, (span,))


def _near_zone(text: str, clocks: list[Clock]) -> Zone | UnknownZone | None:
    """The zone that a text names; an abbreviation counts only right behind the time of day."""
    found = named_zone(text)
    if isinstance(found, UnknownZone):
        behind = any(text[c.span[1] :].lstrip(" (").startswith(found.text) for c in clocks)
        return found if behind or "/" in found.text else None
    return found

"""Calendar files (iCalendar, RFC 5545) to freezes and back. The only home of icalendar and dateutil.

A file is taken as a whole or not at all: whatever cannot be read is told with file, line and what was expected.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from dateutil.rrule import rrulestr
from icalendar import Calendar, Event, vRecur

from bot.catalog.trouble import BadCatalogue, Trouble
from bot.domain.facts import Window

AHEAD = timedelta(days=400)
"""Events that come again are written down one by one for so long; the next import goes on."""

MOST = 1000
SCOPE = "X-TMINUS-SCOPE"
"""Which service, environment or * an event of our own export is about."""


@dataclass(frozen=True, slots=True)
class IcsFreeze:
    """One event, or one time of an event that comes again. `cancelled`: it is taken out where it was imported before."""

    uid: str
    scope: str
    starts_at: datetime
    ends_at: datetime
    reason: str
    cancelled: bool = False


def read_ics(text: str, file: str, scope: str, zone: str, now: datetime) -> tuple[IcsFreeze, ...]:
    """The events that are not over. `scope` and `zone` hold where the event says none. Raises BadCatalogue."""
    lines = text.splitlines()
    try:
        calendar = Calendar.from_ical(text)
    except ValueError as error:
        raise BadCatalogue(
            (Trouble(file, _broken(lines, str(error)), "", "a line of a calendar file (RFC 5545)"),)
        ) from error
    begins = [n for n, line in enumerate(lines, 1) if line.strip().upper() == "BEGIN:VEVENT"]
    components: list[Any] = list(calendar.walk("VEVENT"))
    moved = {
        (str(c.get("UID")), _wall(c["RECURRENCE-ID"].dt, ZoneInfo(zone))) for c in components if "RECURRENCE-ID" in c
    }
    found: list[IcsFreeze] = []
    troubles: list[Trouble] = []
    for line, component in zip(begins, components, strict=False):
        reader = _Reader(component, scope, ZoneInfo(zone), now, moved)
        field, expected = reader.trouble()
        if expected:
            troubles.append(Trouble(file, line if field else _broken(lines, expected), field, expected))
        else:
            found += reader.freezes()
    if not components:
        troubles.append(Trouble(file, 1, "", "at least one event (BEGIN:VEVENT)"))
    if len(found) > MOST:
        troubles.append(Trouble(file, 1, "RRULE", f"at most {MOST} times within {AHEAD.days} days, found {len(found)}"))
    if troubles:
        raise BadCatalogue(tuple(troubles))
    return tuple(found)


def write_ics(windows: Sequence[Window], now: datetime) -> str:
    """The freezes as a calendar file; times in UTC."""
    calendar = Calendar()
    calendar.add("PRODID", "-//T-Minus//freezes//EN")
    calendar.add("VERSION", "2.0")
    for window in windows:
        event = Event()
        event.add("UID", window.uid or f"{window.id}@t-minus")
        event.add("DTSTAMP", now)
        event.add("DTSTART", window.starts_at)
        event.add("DTEND", window.ends_at)
        event.add("SUMMARY", "".join(c if c.isprintable() else " " for c in window.reason))
        event.add(SCOPE, window.scope)
        calendar.add_component(event)
    return str(calendar.to_ical(), "utf-8")


@dataclass(frozen=True, slots=True)
class _Reader:
    """One VEVENT. `moved`: times of events that come again which an event of their own stands for."""

    component: Any
    scope: str
    zone: ZoneInfo
    now: datetime
    moved: set[tuple[str, datetime]]

    def trouble(self) -> tuple[str, str]:
        """Field and what was expected; two empty texts where all is well."""
        c = self.component
        if c.errors:
            return str(c.errors[0][0] or ""), f"a valid value ({c.errors[0][1]})"
        for name, expected in (("UID", "a UID"), ("DTSTART", "a start"), ("SUMMARY", "a summary: it is the reason")):
            if not str(getattr(c.get(name), "dt", c.get(name)) or "").strip():
                return name, expected
        start = c["DTSTART"]
        unknown = isinstance(start.dt, datetime) and start.dt.tzinfo is None and "TZID" in start.params
        if unknown:
            return "DTSTART", f'an IANA time zone, found "{start.params["TZID"]}"'
        if "DTEND" not in c and "DURATION" not in c and isinstance(start.dt, datetime):
            return "DTEND", "an end, or a duration"
        if self._length() <= timedelta(0):
            return "DTEND", "an end after the start"
        if not (c.get(SCOPE) or self.scope):
            return SCOPE, "a scope: name one for the whole file (--scope), or in this property"
        return "", ""

    def freezes(self) -> Iterator[IcsFreeze]:
        """Each time of it that is not over."""
        c = self.component
        uid, reason = str(c["UID"]), " ".join(str(c["SUMMARY"]).split())
        scope = str(c.get(SCOPE) or self.scope)
        cancelled = str(c.get("STATUS", "")).upper() == "CANCELLED"
        again = "RRULE" in c
        if "RECURRENCE-ID" in c:
            uid = _named(uid, _wall(c["RECURRENCE-ID"].dt, self.zone))
        if cancelled and again:
            yield IcsFreeze(uid, scope, self.now, self.now, reason, cancelled=True)
            return
        for wall in self._walls():
            starts_at = wall.replace(tzinfo=self._zone()).astimezone(UTC)
            ends_at = (wall + self._length()).replace(tzinfo=self._zone()).astimezone(UTC)
            if ends_at > self.now or cancelled:
                yield IcsFreeze(_named(uid, wall) if again else uid, scope, starts_at, ends_at, reason, cancelled)

    def _walls(self) -> Iterator[datetime]:
        """The starts on the wall clock of the event's own zone, so that it keeps its time when the clocks change."""
        first = _wall(self.component["DTSTART"].dt, self._zone())
        rule = self.component.get("RRULE")
        if rule is None:
            yield first
            return
        kept = {k: list(v) if isinstance(v, list) else [v] for k, v in rule.items()}
        if "UNTIL" in kept:
            kept["UNTIL"] = [_wall(until, self._zone()) for until in kept["UNTIL"]]
        out = {_wall(dt.dt, self._zone()) for listed in self._listed("EXDATE") for dt in listed.dts}
        uid = str(self.component["UID"])
        last = _wall(self.now + AHEAD, self._zone())
        for count, wall in enumerate(rrulestr(_text(vRecur(kept)), dtstart=first)):
            if wall > last or count > MOST * 10:
                return
            if wall not in out and (uid, wall) not in self.moved:
                yield wall

    def _listed(self, name: str) -> Sequence[Any]:
        value = self.component.get(name)
        return value if isinstance(value, list) else [] if value is None else [value]

    def _zone(self) -> Any:  # noqa: ANN401 - any tzinfo that the file brings
        start = self.component["DTSTART"].dt
        return (start.tzinfo if isinstance(start, datetime) else None) or self.zone

    def _length(self) -> timedelta:
        c = self.component
        if "DURATION" in c:
            return timedelta(seconds=c["DURATION"].dt.total_seconds())
        if "DTEND" not in c:
            return timedelta(days=1)
        return _wall(c["DTEND"].dt, self._zone()) - _wall(c["DTSTART"].dt, self._zone())


def _wall(said: date | datetime, zone: Any) -> datetime:  # noqa: ANN401 - any tzinfo that the file brings
    """The wall clock in that zone; a date is its midnight."""
    if not isinstance(said, datetime):
        return datetime.combine(said, time())
    return said.astimezone(zone).replace(tzinfo=None) if said.tzinfo else said


def _named(uid: str, wall: datetime) -> str:
    return f"{uid}/{wall:%Y%m%dT%H%M}"


def _broken(lines: Sequence[str], message: str) -> int:
    return next((n for n, line in enumerate(lines, 1) if line and repr(line) in message), 1)


def _text(rule: Any) -> str:  # noqa: ANN401 - icalendar gives its rule no type here
    return str(rule.to_ical(), "ascii")

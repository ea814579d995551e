"""Local time and zones (T5): a local time that does not exist or that exists twice is never guessed."""

import re
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from zoneinfo import ZoneInfo

_IANA = re.compile(
    r"\b(?:Africa|America|Antarctica|Arctic|Asia|Atlantic|Australia|Europe|Indian|Pacific"
    r"|Etc)/[A-Za-z0-9_+-]+(?:/[A-Za-z_-]+)?",
    re.IGNORECASE,
)
_OFFSET = re.compile(
    r"(?i)\b(?:UTC|GMT)\s?([+-])(\d{1,2})(?::?(\d{2}))?(?![\d.])|(?<=:\d\d)\s?(\+)(\d{2})(?::?(\d{2}))?(?![\d.])"
)
_ISO_OFFSET = re.compile(r"([+-])(\d{2}):?(\d{2})")
_UTC = re.compile(r"(?i)\b(?:UTC|GMT|Zulu)\b|(?<=\d)Z\b")
_ABBREVIATION = re.compile(
    r"\b(?:CES?T|MES?Z|WES?T|EES?T|BST|IST|MSK|[ECMP][SD]T|A[EC][SD]?T|AWST|JST|KST|SGT|HKT|NZ[SD]T|[ECMP]T)\b"
)
_MEANT = {
    **dict.fromkeys(("CET", "CEST", "MEZ", "MESZ"), ("Europe/Berlin",)),
    **dict.fromkeys(("WET", "WEST"), ("Europe/Lisbon",)),
    **dict.fromkeys(("EET", "EEST"), ("Europe/Athens",)),
    **dict.fromkeys(("EST", "EDT", "ET"), ("America/New_York",)),
    **dict.fromkeys(("CDT", "CT"), ("America/Chicago",)),
    **dict.fromkeys(("MST", "MDT", "MT"), ("America/Denver",)),
    **dict.fromkeys(("PST", "PDT", "PT"), ("America/Los_Angeles",)),
    **dict.fromkeys(("AEST", "AEDT", "AET"), ("Australia/Sydney",)),
    **dict.fromkeys(("ACST", "ACDT", "ACT"), ("Australia/Adelaide",)),
    **dict.fromkeys(("NZST", "NZDT"), ("Pacific/Auckland",)),
    "CST": ("America/Chicago", "Asia/Shanghai"),
    "IST": ("Asia/Kolkata", "Europe/Dublin", "Asia/Jerusalem"),
    "BST": ("Europe/London", "Asia/Dhaka"),
    "AWST": ("Australia/Perth",),
    "JST": ("Asia/Tokyo",),
    "KST": ("Asia/Seoul",),
    "SGT": ("Asia/Singapore",),
    "HKT": ("Asia/Hong_Kong",),
    "MSK": ("Europe/Moscow",),
}
"""Zones that people mean by an abbreviation, the likeliest first."""

_ALL_YEAR = frozenset({"AWST", "JST", "KST", "SGT", "HKT", "MSK", "ET", "PT"})
"""Those that name one zone, on each day of the year."""

_IN_ENGLISH = {"MEZ": "CET", "MESZ": "CEST"}
_PLACES = {
    "berlin": "Europe/Berlin",
    "london": "Europe/London",
    "paris": "Europe/Paris",
    "new york": "America/New_York",
    "tokyo": "Asia/Tokyo",
}
_LONGEST = timedelta(hours=14)
_HOUR = 60


@dataclass(frozen=True, slots=True)
class Zone:
    """A zone and how it is written: an IANA name, UTC, or an offset such as UTC+02:00. `span`: where it stood."""

    name: str
    info: tzinfo
    span: tuple[int, int] = (0, 0)


@dataclass(frozen=True, slots=True)
class UnknownZone:
    """Something that reads like a zone and is none that can be relied on. `meant`: names of zones that could be."""

    text: str
    meant: tuple[str, ...] = ()
    span: tuple[int, int] = (0, 0)

    def one_of(self, home: Zone, at: datetime) -> Zone | None:
        """The zone that it surely is at that instant: its clocks go by that name then.

        It is the service's own, or the only one that people mean.
        """
        wanted = _IN_ENGLISH.get(self.text, self.text)
        names = (home.name, *(self.meant if len(self.meant) == 1 else ()))
        known = (found for name in names if (found := zone(name)) is not None)
        return next((replace(z, span=self.span) for z in known if at.astimezone(z.info).tzname() == wanted), None)


def zone(name: str) -> Zone | None:
    """The zone of that name, or None."""
    if name.upper() in {"UTC", "GMT", "Z"}:
        return Zone("UTC", UTC)
    try:
        return Zone(name, ZoneInfo(name))
    except (KeyError, ValueError, OSError):
        return None


def named_zone(text: str) -> Zone | UnknownZone | None:
    """The first zone that a text names; a town that stands for one zone; None where none is named."""
    iana = _IANA.search(text)
    if iana is not None:
        written = "/".join(_cased(part) for part in iana.group(0).split("/"))
        found = zone(written) or zone(iana.group(0))
        return Zone(found.name, found.info, iana.span()) if found else UnknownZone(iana.group(0))
    offset = _OFFSET.search(text)
    if offset is not None:
        sign, hours, minutes = (
            offset.group(1) or offset.group(4),
            offset.group(2) or offset.group(5),
            offset.group(3) or offset.group(6),
        )
        found_zone = fixed_zone(sign, hours, minutes or "0", offset.span())
        return found_zone if isinstance(found_zone, Zone) else UnknownZone(offset.group(0).strip())
    utc = _UTC.search(text)
    if utc is not None:
        return Zone("UTC", UTC, utc.span())
    short = _ABBREVIATION.search(text)
    if short is not None:
        meant = _MEANT.get(short.group(0), ())
        sure = zone(meant[0]) if short.group(0) in _ALL_YEAR else None
        return replace(sure, span=short.span()) if sure else UnknownZone(short.group(0), meant, short.span())
    town = re.search(rf"(?i)\b({'|'.join(_PLACES)})(?:\s+time)?\b", text)
    if town is None:
        return None
    name = _PLACES[town.group(1).lower()]
    return Zone(name, ZoneInfo(name), town.span())


def instants(local: datetime, info: tzinfo) -> tuple[datetime, ...]:
    """The instants (UTC) at which clocks there show that naive local time: none, one or two."""
    seen: list[datetime] = []
    for fold in (0, 1):
        at = local.replace(tzinfo=info, fold=fold).astimezone(UTC)
        back = at.astimezone(info).replace(tzinfo=None, fold=0)
        if back == local.replace(fold=0) and at not in seen:
            seen.append(at)
    return tuple(seen)


def offset_of(at: datetime, info: tzinfo) -> str:
    """`+02:00`: the offset there at that instant."""
    return _offset(at.astimezone(info).utcoffset() or timedelta())


def _offset(length: timedelta) -> str:
    minutes = round(length.total_seconds() / 60)
    return f"{'-' if minutes < 0 else '+'}{abs(minutes) // 60:02d}:{abs(minutes) % 60:02d}"


def iso_offset(text: str) -> Zone | UnknownZone:
    """The zone of the end of an ISO 8601 time: Z, +01:00 or +0100."""
    if text in {"Z", "z"}:
        return Zone("UTC", UTC)
    found = _ISO_OFFSET.fullmatch(text)
    return fixed_zone(found[1], found[2], found[3]) if found else UnknownZone(text)


def fixed_zone(sign: str, hours: str, minutes: str, span: tuple[int, int] = (0, 0)) -> Zone | UnknownZone:
    """A fixed offset from UTC, of at most 14 hours."""
    length = timedelta(hours=int(hours), minutes=int(minutes))
    if length > _LONGEST or int(minutes) >= _HOUR:
        return UnknownZone(f"{sign}{hours}:{minutes}")
    if not length:
        return Zone("UTC", UTC, span)
    signed = length if sign == "+" else -length
    return Zone(f"UTC{_offset(signed)}", timezone(signed), span)


def _cased(part: str) -> str:
    """europe/berlin -> Europe/Berlin, america/new_york -> America/New_York."""
    return "_".join(word[:1].upper() + word[1:].lower() for word in part.split("_"))

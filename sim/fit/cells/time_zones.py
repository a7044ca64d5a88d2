"""Time zones at the end of a time: offsets, names such as Europe/Berlin, and the abbreviations that people write."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from sim.fit.errors import wrong

ZONE = (
    r"\d:\d{2}(?::\d{2}(?:[.,]\d+)?)?(?:\s*[AaPp][Mm])?\s*"
    r"(Z|[A-Z][A-Za-z]{1,4}|(?:UTC|GMT)?\s?[+-]\d{1,2}(?::?\d{2})?|[A-Z][A-Za-z_]+/[A-Za-z_/]+)$"
)
"""What follows a clock, as group 1."""

NO_ZONES = ("", "AM", "PM", "Am", "Pm")
"""What the pattern finds where there is no zone."""

_UTC = ("Z", "UTC", "GMT")

_ABBREVIATIONS = {
    "+00:00": ("Z", "UTC", "GMT", "UT", "WET"),
    "+01:00": ("BST", "CET", "MEZ", "WEST", "WAT"),
    "+02:00": ("CEST", "MESZ", "EET", "SAST", "CAT"),
    "+03:00": ("EEST", "MSK", "TRT", "EAT", "IDT"),
    "+05:00": ("PKT",),
    "+07:00": ("WIB", "ICT"),
    "+08:00": ("SGT", "HKT", "AWST", "PHT", "MYT"),
    "+09:00": ("JST", "KST"),
    "+09:30": ("ACST",),
    "+10:00": ("AEST",),
    "+10:30": ("ACDT",),
    "+11:00": ("AEDT",),
    "+12:00": ("NZST",),
    "+13:00": ("NZDT",),
    "-03:00": ("BRT", "ART", "ADT"),
    "-04:00": ("EDT",),
    "-05:00": ("EST", "CDT"),
    "-06:00": ("MDT",),
    "-07:00": ("MST", "PDT"),
    "-08:00": ("PST", "AKDT"),
    "-09:00": ("AKST",),
    "-10:00": ("HST",),
}

OFFSETS: Mapping[str, str] = {
    each: offset for offset, abbreviations in _ABBREVIATIONS.items() for each in abbreviations
}
"""What people mean by an abbreviation. BST is British Summer Time: nobody writes Bangladesh's so."""

_AMERICAN = frozenset({"EST", "EDT", "CDT", "MST", "MDT", "PST", "PDT"})

_SEVERAL = {
    "IST": ("India (+05:30), Israel (+02:00) or Ireland (+01:00)", frozenset({"IDT"}), "+02:00", "+05:30"),
    "CST": ("the central USA (-06:00), China (+08:00) or Cuba (-05:00)", _AMERICAN, "-06:00", "-06:00"),
    "AST": ("the Atlantic coast (-04:00) or Arabia (+03:00)", frozenset({"ADT"}), "-04:00", "+03:00"),
}
"""Abbreviations of several meanings: which; beside what other zones one of them is meant; that one; an example."""

_OFFSET = re.compile(r"(?:UTC|GMT)?\s?(?P<sign>[+-])(?P<hours>\d{1,2})(?::?(?P<minutes>\d{2}))?")


@dataclass(frozen=True)
class Zones:
    """How a log's zones are taken."""

    local: bool
    """all times have one and the same zone, or none: their clock is kept"""
    offsets: Mapping[str, int]
    """microseconds ahead of UTC, by what is written"""
    regions: tuple[str, ...]
    """zones such as Europe/Berlin, whose offset depends on the date"""
    note: str | None


def take(names: Sequence[str], meanings: Mapping[str, str], name: str, column: str) -> Zones:
    """How to take the zones found in the log, the most frequent first ("" for none).

    `meanings` says what abbreviations mean. Raises FitError for one of several meanings where it matters, and for an
    offset that is none.
    """
    known = {each: _offset(each, offset) for each, offset in meanings.items()}
    written = ["" if each in NO_ZONES else each for each in names]
    zones = list(dict.fromkeys(written))
    if {_plain(each) for each in zones} <= {""}:
        return Zones(True, {}, (), None)
    first, *others = zones
    if not others and first not in known:
        return Zones(True, {}, (), f"times keep their local clock ({first})")
    offsets = {each: known[each] if each in known else _meant(each, zones, name, column) for each in zones}
    regions = tuple(each for each in zones if offsets[each] is None and _is_region(each))
    listed = ", ".join(_told(each, offsets[each]) for each in zones[:5]) + (" …" if len(zones) > 5 else "")
    note = f"times have several zones ({listed}); all were converted to UTC" if len(zones) > 1 else None
    if {_plain(each) for each in zones} == {"", "Z"} and not any(offsets.values()):
        note = None
    return Zones(False, {each: offset for each, offset in offsets.items() if offset is not None}, regions, note)


def _plain(zone: str) -> str:
    return "Z" if zone in _UTC or zone == "+00:00" else zone


def _offset(zone: str, offset: str) -> int:
    microseconds = _microseconds(offset)
    if microseconds is None:
        problem = f'"{offset}" is not an offset from UTC'
        raise wrong("", f"time zone {zone}", problem, f"write it like {zone}=+05:30")
    return microseconds


def _meant(zone: str, zones: Sequence[str], name: str, column: str) -> int | None:
    """Microseconds ahead of UTC; none for a region and for what is no zone."""
    if zone == "":
        return 0
    if zone in _SEVERAL:
        meanings, beside, meant, example = _SEVERAL[zone]
        if not beside & set(zones):
            problem = f'"{zone}" may be {meanings}, and other zones are in use too'
            raise wrong(name, f"column {column}", problem, f"say which is meant, such as --time-zone {zone}={example}")
        return _microseconds(meant)
    return _microseconds(OFFSETS.get(zone.upper(), zone))


def _microseconds(offset: str) -> int | None:
    match = _OFFSET.fullmatch(offset)
    if match is None:
        return None
    hours, minutes = int(match["hours"]), int(match["minutes"] or 0)
    sign = 1 if match["sign"] == "+" else -1
    return sign * (hours * 60 + minutes) * 60_000_000 if hours < 20 and minutes < 60 else None


def _is_region(zone: str) -> bool:
    try:
        ZoneInfo(zone)
    except (KeyError, ValueError, OSError):
        return False
    return "/" in zone


def _told(zone: str, offset: int | None) -> str:
    if zone == "":
        return "none"
    if offset is None or not zone.isalpha() or zone in _UTC:
        return zone
    minutes = abs(offset) // 60_000_000
    return f"{zone} = {'-' if offset < 0 else '+'}{minutes // 60:02}:{minutes % 60:02}"

"""Weekdays as a shift writes them."""

from functools import lru_cache

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


@lru_cache(maxsize=256)
def weekdays(days: str) -> frozenset[int]:
    """The weekdays (0 for Monday) that `sat`, `sat-mon` or `mon,wed-fri` name; ValueError says what is wrong."""
    numbers: set[int] = set()
    for part in days.lower().split(","):
        ends = [end.strip() for end in part.split("-")]
        unknown = [end for end in ends if end not in WEEKDAYS]
        if unknown or len(ends) > 2:
            raise ValueError(f'no weekday "{(unknown or [part])[0]}"; write {", ".join(WEEKDAYS)}, a range or a list')
        first, last = WEEKDAYS.index(ends[0]), WEEKDAYS.index(ends[-1])
        numbers.update((first + step) % 7 for step in range((last - first) % 7 + 1))
    return frozenset(numbers)

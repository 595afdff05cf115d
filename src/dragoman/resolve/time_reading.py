"""Where time words stand, and what their numbers, months and weekdays mean there."""

import datetime
from dataclasses import dataclass

from dragoman.resolve.calendar import (
    MONTHS,
    WEEKDAYS,
    Resolved,
    first_day,
    month,
    moved,
    real_day,
    weekday_after,
    weekday_before,
)


@dataclass(frozen=True, slots=True)
class Now:
    """Where time words stand: publication day, whether undated words look forward or either way, the date told last."""

    published: datetime.date | None
    ahead: bool
    either: bool
    last: Resolved | None

    @property
    def reference(self) -> datetime.date | None:
        """The day from which missing years are told: of publication, else of the date told last."""
        return self.published or (first_day(self.last) if self.last else None)


NUMBERS = {
    word: value
    for value, words in enumerate(
        "zero|a|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|"
        "nineteen|twenty".split("|")
    )
    for word in words.split()
} | {
    "an": 1, "one": 1, "a couple": 2, "a couple of": 2, "half a dozen": 6, "a dozen": 12,
    "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "ninety": 90,
}  # fmt: skip


def month_of(word: str) -> int:
    """The number of a month by its first three letters or more."""
    return next(i for i, name in enumerate(MONTHS, 1) if name.startswith(word[:3]))


def weekday_of(word: str) -> int:
    """The number of a weekday, 0 for Monday, by its first three letters or more."""
    return next(i for i, name in enumerate(WEEKDAYS) if name.startswith(word[:3]))


def number_of(word: str) -> int:
    """The value of a number in digits or words."""
    return int(word) if word.isdigit() else NUMBERS[word]


def steps_to(which: str) -> int:
    """-1 for last, 1 for next, 0 for this."""
    return -1 if which in ("last", "previous", "past") else 1 if which in ("next", "coming") else 0


def day_near(year_number: int | None, month_number: int, day_number: int, now: Now) -> datetime.date | None:
    """The day of a told month and day; without a year the one that fits the direction of the story."""
    if year_number:
        return real_day(year_number, month_number, day_number)
    reference = now.reference
    if not reference:
        return None
    near = [d for y in (-1, 0, 1) if (d := real_day(reference.year + y, month_number, day_number))]
    if now.either or (now.published is None and now.last):
        return min(near, key=lambda d: abs((d - reference).days), default=None)
    if now.ahead:
        return next((d for d in near if d >= reference), None)
    return next((d for d in reversed(near) if d <= reference), None)


def month_near(number: int, now: Now) -> Resolved | None:
    """An undated month: the latest one up to publication, or the next from it on."""
    reference = now.reference
    if not reference:
        return None
    if now.ahead:
        return month(reference.year + (number < reference.month), number)
    return month(reference.year - (number > reference.month), number)


def weekday_near(number: int, now: Now) -> datetime.date | None:
    """An undated weekday: the latest up to publication, or the next from it on."""
    if not now.published:
        return None
    near = weekday_after if now.ahead else weekday_before
    return near(now.published, number, itself=True)


def moved_by(number: str, unit: str, anchor: Resolved, way: int) -> Resolved:
    """So many units on from an anchor, or back where `way` is -1."""
    count = way * number_of(number)
    if unit in ("hour", "minute"):
        return moved(anchor, way * (abs(count) // 24 if unit == "hour" else 0), "day")
    if unit == "fortnight":
        return moved(anchor, 2 * count, "week")
    return moved(anchor, count, {"night": "day", "centur": "century"}.get(unit, unit))

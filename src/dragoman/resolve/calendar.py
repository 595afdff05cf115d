"""Dates as told: days, months, years and the ranges between them."""

import calendar
import datetime
from dataclasses import dataclass

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
MONTHS = (
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
)
DAY = datetime.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Resolved:
    """A date as precise as told: YYYY, YYYY-MM or YYYY-MM-DD; `until` closes a told range, in the same form."""

    date: str
    until: str | None = None


def day(date: datetime.date) -> Resolved:
    """A single day."""
    return Resolved(date.isoformat())


def days(first: datetime.date, last: datetime.date) -> Resolved:
    """All days from the first to the last."""
    return Resolved(first.isoformat(), last.isoformat() if last > first else None)


def month(year: int, number: int) -> Resolved:
    """A month; numbers beyond 1 to 12 count on into other years."""
    year, zero = divmod(year * 12 + number - 1, 12)
    return Resolved(f"{year:04d}-{zero + 1:02d}")


def year(number: int) -> Resolved:
    """A year."""
    return Resolved(f"{number:04d}")


def quarter_of(number: int, quarter: int) -> Resolved:
    """The three months of a quarter of a year."""
    return span(month(number, 3 * quarter - 2), month(number, 3 * quarter))


def span(first: Resolved, last: Resolved) -> Resolved:
    """From the beginning of one to the end of another."""
    end = last.until or last.date
    return Resolved(first.date, end if end != first.date else None)


def real_day(year_number: int, month_number: int, day_number: int) -> datetime.date | None:
    """The day, None when the month has no such day."""
    if not (
        1 <= year_number <= 9999
        and 1 <= month_number <= 12
        and 1 <= day_number <= calendar.monthrange(year_number, month_number)[1]
    ):
        return None
    return datetime.date(year_number, month_number, day_number)


def week_of(date: datetime.date) -> Resolved:
    """The Monday to the Sunday around a day."""
    monday = date - date.weekday() * DAY
    return days(monday, monday + 6 * DAY)


def first_day(told: Resolved) -> datetime.date:
    """The first day of what was told."""
    parts = [int(p) for p in told.date.split("-")]
    return datetime.date(parts[0], parts[1] if len(parts) > 1 else 1, parts[2] if len(parts) > 2 else 1)


def weekday_before(date: datetime.date, weekday: int, *, itself: bool) -> datetime.date:
    """The latest such weekday before a day, or on it where `itself`."""
    back = (date.weekday() - weekday) % 7
    return date - (back if back or itself else 7) * DAY


def weekday_after(date: datetime.date, weekday: int, *, itself: bool) -> datetime.date:
    """The first such weekday after a day, or on it where `itself`."""
    ahead = (weekday - date.weekday()) % 7
    return date + (ahead if ahead or itself else 7) * DAY


def easter(number: int) -> datetime.date:
    """Easter Sunday of a year after 1582 (the anonymous Gregorian computus, Meeus, Astronomical Algorithms, chapter 8)."""
    golden, century = number % 19, number // 100
    leap = century // 4
    epact = (19 * golden + century - leap - (century - (century + 8) // 25 + 1) // 3 + 15) % 30
    weekday = (32 + 2 * (century % 4) + 2 * (number % 100 // 4) - epact - number % 100 % 4) % 7
    late = (golden + 11 * epact + 22 * weekday) // 451
    month_number, before = divmod(epact + weekday - 7 * late + 114, 31)
    return datetime.date(number, month_number, before + 1)


def moved(told: Resolved, count: int, unit: str) -> Resolved:
    """So many days, weeks, months or years on from what was told (back where negative), as precise as the unit.

    Days move a day; weeks give the day that many weeks on, months a month, years a year; a year or month that was told is moved
    as far as its precision allows.
    """
    start = first_day(told)
    if unit in ("day", "week") and len(told.date) == 10:
        return day(start + count * (7 if unit == "week" else 1) * DAY)
    if unit in ("day", "week"):
        return Resolved(told.date)
    if unit == "month":
        return month(start.year, start.month + count) if len(told.date) > 4 else year(start.year)
    return year(start.year + count * {"year": 1, "decade": 10, "century": 100}[unit])

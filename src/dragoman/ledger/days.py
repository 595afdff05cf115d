"""Told dates as days that can be compared and sorted."""

import datetime
import re
from dataclasses import dataclass

_DATE = re.compile(r"\d{4}(-(0[1-9]|1[0-2])(-\d\d)?)?")


@dataclass(frozen=True)
class Days:
    """First and last day of a time as ISO dates, None where nothing is known."""

    first: str | None
    last: str | None


def days_of(date: str | None, until: str | None) -> Days:
    """The days that a date of year, month or day and the end of its range cover; a date of another form tells nothing."""
    date, until = (told if told and _DATE.fullmatch(told) else None for told in (date, until))
    return Days(_first_day(date), _last_day(until or date))


def _first_day(date: str | None) -> str | None:
    return date and (date + "-01-01"[len(date) - 4 :] if len(date) < 10 else date)


def _last_day(date: str | None) -> str | None:
    if not date or len(date) >= 10:
        return date
    year, month = int(date[:4]), int(date[5:7] or 12)
    after = datetime.date(year + month // 12, month % 12 + 1, 1) if year < 9999 else datetime.date.max
    return (after - datetime.timedelta(days=1)).isoformat()

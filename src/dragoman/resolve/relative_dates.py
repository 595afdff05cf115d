"""Readings of time words that count from publication or from the date told last."""

import datetime
import re

from dragoman.resolve.calendar import (
    DAY,
    Resolved,
    day,
    days,
    first_day,
    month,
    moved,
    quarter_of,
    span,
    week_of,
    weekday_after,
    weekday_before,
    year,
)
from dragoman.resolve.time_reading import Now, moved_by, number_of, steps_to, weekday_near, weekday_of


def near_day(found: "re.Match[str]", now: Now) -> Resolved | None:
    """Yesterday, tomorrow, the day before yesterday."""
    if not now.published:
        return None
    word = found[0]
    shift = 2 if word.startswith("day after") else -2 if word.startswith("day before") else 1 if "tomorrow" in word else -1
    return day(now.published + shift * DAY)


def today(found: "re.Match[str]", now: Now) -> Resolved | None:
    """Today, tonight, now, this morning."""
    return day(now.published) if now.published else None


def ago(found: "re.Match[str]", now: Now) -> Resolved | None:
    """Ten days ago; a week ago gives its week, months a month, years a year; "a week ago Monday" that Monday."""
    if not now.published:
        return None
    told = moved_by(found["number"], found["unit"], day(now.published), -1)
    if found["unit"] in ("week", "fortnight"):
        around = first_day(told)
        if found["weekday"]:
            return day(weekday_before(around, weekday_of(found["weekday"]), itself=True))
        return week_of(around)
    return told


def weekdays_ago(found: "re.Match[str]", now: Now) -> Resolved | None:
    """Two Sundays ago."""
    if not now.published:
        return None
    latest = weekday_before(now.published, weekday_of(found["weekday"]), itself=False)
    return day(latest - 7 * (number_of(found["number"]) - 1) * DAY)


def and_a_half_ago(found: "re.Match[str]", now: Now) -> Resolved | None:
    """Two and a half years ago, a year and a half ago: years give the month, smaller units the day."""
    if not now.published:
        return None
    unit, count = found["unit"] or found["unit2"], number_of(found["number"] or "one")
    if unit == "year":
        return month(now.published.year, now.published.month - 12 * count - 6)
    if unit == "decade":
        return year(now.published.year - 10 * count - 5)
    half = {"month": 15, "week": 3}.get(unit, 0)
    whole = first_day(moved_by(found["number"] or "one", unit, day(now.published), -1))
    return month(whole.year, whole.month) if unit == "month" else day(whole - half * DAY)


def hours_ago(found: "re.Match[str]", now: Now) -> Resolved | None:
    """Hours ago: the day of publication."""
    return day(now.published) if now.published else None


def half_ago(found: "re.Match[str]", now: Now) -> Resolved | None:
    """Half a century ago, half a year ago."""
    if not now.published:
        return None
    at = now.published
    return month(at.year, at.month - 6) if found["unit"] == "year" else year(at.year - (5 if found["unit"] == "decade" else 50))


def in_time(found: "re.Match[str]", now: Now) -> Resolved | None:
    """In ten days, two weeks from now; weeks give their week."""
    if not now.published or not now.ahead:
        return None
    return _ahead_by(found, now)


def from_now(found: "re.Match[str]", now: Now) -> Resolved | None:
    """Two months from now."""
    return _ahead_by(found, now) if now.published else None


def _ahead_by(found: "re.Match[str]", now: Now) -> Resolved | None:
    assert now.published
    told = moved_by(found["number"], found["unit"], day(now.published), 1)
    return week_of(first_day(told)) if found["unit"] in ("week", "fortnight") else told


def away(found: "re.Match[str]", now: Now) -> Resolved | None:
    """Two days earlier, a month after: from the date told last."""
    if not now.last:
        return None
    back = found["way"] in ("earlier", "before", "prior", "previously", "beforehand")
    return moved_by(found["number"], found["unit"], now.last, -1 if back else 1)


def next_to_last(found: "re.Match[str]", now: Now) -> Resolved | None:
    """The following day, the previous week, that month: beside the date told last."""
    if not now.last:
        return None
    step = {"following": 1, "next": 1, "subsequent": 1, "after": 1, "previous": -1, "preceding": -1, "before": -1}.get(
        found["which"], 0
    )
    unit = found["unit"]
    if unit in ("week", "weekend") and len(now.last.date) == 10:
        week = first_day(now.last) + 7 * step * DAY
        return week_of(week) if unit == "week" else _weekend_of(week)
    if unit == "month" and len(now.last.date) > 4:
        return moved(Resolved(now.last.date[:7]), step, "month")
    if unit == "year":
        return moved(Resolved(now.last.date[:4]), step, "year")
    return moved(now.last, step, "day")


def then(found: "re.Match[str]", now: Now) -> Resolved | None:
    """At that time: the date told last."""
    return Resolved(now.last.date, now.last.until) if now.last else None


def part_of_day(found: "re.Match[str]", now: Now) -> Resolved | None:
    """In the afternoon: of the day told last, else of publication."""
    if now.last and len(now.last.date) == 10:
        return Resolved(now.last.date)
    return day(now.published) if now.published else None


def weekday_of_week(found: "re.Match[str]", now: Now) -> Resolved | None:
    """Thursday last week, Monday of next week, last week's Tuesday."""
    if not now.published:
        return None
    monday = now.published - now.published.weekday() * DAY
    return day(monday + (7 * steps_to(found["which"]) + weekday_of(found["weekday"])) * DAY)


def which_weekday(found: "re.Match[str]", now: Now) -> Resolved | None:
    """Last Thursday: the latest before publication; next Thursday: in the week after; this Thursday: of the week around."""
    if not now.published:
        return None
    number, step = weekday_of(found["weekday"]), steps_to(found["which"])
    if step < 0:
        return day(weekday_before(now.published, number, itself=False))
    if step > 0 and found["which"] == "next":
        return day(now.published + (7 - now.published.weekday() + number) * DAY)
    if step > 0:
        return day(weekday_after(now.published, number, itself=False))
    told = weekday_near(number, now)
    return day(told) if told else None


def weekday_range(found: "re.Match[str]", now: Now) -> Resolved | None:
    """From Monday to Wednesday, Saturday and Sunday."""
    told = weekday_near(weekday_of(found["weekday2"]), now)
    if not told:
        return None
    first = weekday_of(found["weekday1"])
    if now.ahead:
        begins = weekday_after(now.published or told, first, itself=True)
        return days(begins, weekday_after(begins, told.weekday(), itself=False))
    return days(weekday_before(told, first, itself=False), told)


def week_from_weekday(found: "re.Match[str]", now: Now) -> Resolved | None:
    """A week from Monday."""
    if not now.published:
        return None
    told = weekday_after(now.published, weekday_of(found["weekday"]), itself=True)
    return day(told + 7 * number_of(found["number"]) * DAY)


def bare_weekday(found: "re.Match[str]", now: Now) -> Resolved | None:
    """On Monday."""
    told = weekday_near(weekday_of(found["weekday"]), now)
    return day(told) if told else None


def _weekend_of(date: datetime.date) -> Resolved:
    saturday = date - date.weekday() * DAY + 5 * DAY
    return days(saturday, saturday + DAY)


def weekend(found: "re.Match[str]", now: Now) -> Resolved | None:
    """The weekend: the latest that has begun; the coming one for what is planned."""
    if not now.published:
        return None
    which, at = found["which"] or "the", now.published
    this = _weekend_of(at)
    if which == "next":
        return _weekend_of(at + 7 * DAY)
    if which in ("last", "past", "previous"):
        return _weekend_of(at - 7 * DAY)
    return this if now.ahead or which == "coming" or at.weekday() >= 5 else _weekend_of(at - 7 * DAY)


def unit_around(found: "re.Match[str]", now: Now) -> Resolved | None:
    """Last week, this month, next year, the end of the year."""
    if not now.published:
        return None
    step, unit, at = steps_to(found["which"]), found["unit"], now.published
    if unit == "week":
        return week_of(at + 7 * step * DAY)
    if unit == "month":
        return month(at.year, at.month + step)
    if unit == "quarter":
        return quarter_of(at.year, (at.month - 1) // 3 + 1 + step)
    length = {"decade": 10, "century": 100}.get(unit, 1)
    first = at.year // length * length + length * step + (unit == "century")
    return span(year(first), year(first + length - 1))


def past_units(found: "re.Match[str]", now: Now) -> Resolved | None:
    """The past three days, over the last two years, the next ten days: a range that ends (or begins) with publication."""
    if not now.published:
        return None
    unit = found["unit"]
    count = number_of(found["number"] or "one")
    ahead = found["which"] in ("next", "coming")
    if unit in ("hour", "minute", "night"):
        unit, count = "day", max(1, count // 24) if unit == "hour" else 1
    if unit == "fortnight":
        unit, count = "week", 2 * count
    if unit in ("day", "week"):
        reach = count * (7 if unit == "week" else 1) * DAY
        return days(now.published, now.published + reach) if ahead else days(now.published - reach, now.published)
    unit = {"centur": "century"}.get(unit, unit)
    told = Resolved(now.published.isoformat()[: 7 if unit == "month" else 4])
    far = moved(told, count if ahead else -count, unit)
    return span(told, far) if ahead else span(far, told)

"""Time words to dates, against the publication date and the story's own timeline.

A small grammar of English news: every reading is one pattern and one function, tried from the most to the least definite.
"""

import datetime
import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

from dragoman.record import Factuality
from dragoman.resolve.calendar import (
    DAY,
    MONTHS,
    WEEKDAYS,
    Resolved,
    day,
    days,
    first_day,
    month,
    moved,
    real_day,
    span,
    week_of,
    weekday_after,
    weekday_before,
    year,
)
from dragoman.resolve.time_words import find_times

__all__ = ["Resolved", "TimeContext", "find_times", "resolve_time"]


@dataclass(frozen=True, slots=True)
class TimeContext:
    """What the story says around time words: the act's factuality, and the dates resolved before them, in text order."""

    factuality: Factuality = "happened"
    timeline: tuple[Resolved, ...] = ()


@dataclass(frozen=True, slots=True)
class _Now:
    """Where time words stand: publication day, whether undated words look forward or either way, the date told last."""

    published: datetime.date | None
    ahead: bool
    either: bool
    last: Resolved | None

    @property
    def reference(self) -> datetime.date | None:
        """The day from which missing years are told: of publication, else of the date told last."""
        return self.published or (first_day(self.last) if self.last else None)


_Reading = Callable[["re.Match[str]", "_Now"], Resolved | None]

_NUMBERS = {
    word: value
    for value, words in enumerate(
        "zero|a|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|"
        "nineteen|twenty".split("|")
    )
    for word in words.split()
} | {"an": 1, "one": 1, "the": 1, "couple": 2, "a couple": 2, "a couple of": 2, "thirty": 30, "forty": 40, "fifty": 50, "half a dozen": 6, "a dozen": 12, "ninety": 90, "hundred": 100, "sixty": 60}  # fmt: skip
_ORDINALS = {"first": 1, "1st": 1, "second": 2, "2nd": 2, "third": 3, "3rd": 3, "fourth": 4, "4th": 4, "final": 4, "last": 4}
_HOLIDAYS = {
    "christmas eve": (12, 24), "christmas": (12, 25), "new year's eve": (12, 31), "new year": (1, 1), "valentine": (2, 14),
    "may day": (5, 1), "halloween": (10, 31),
}  # fmt: skip
_DECADES = {"twenties": 20, "thirties": 30, "forties": 40, "fifties": 50, "sixties": 60, "seventies": 70, "eighties": 80, "nineties": 90}

_W = r"(?P<weekday{0}>mon|tues|tue|wednes|wed|thurs|thur|thu|fri|satur|sat|sun)(?:day)?s?\b\.?"
_M = r"(?P<month{0}>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\b\.?"
_D = r"(?P<day{0}>[0-3]?\d)(?:st|nd|rd|th)?(?!\d|:\d|[ap]\.?m)"
_Y = r"(?P<year{0}>1[5-9]\d\d|20\d\d)\b"
_N = r"(?P<number>\d{1,3}|half a dozen|a dozen|a couple of|a couple|an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|twenty|thirty|forty|fifty|sixty|ninety)"
_U = r"(?P<unit>hour|minute|day|night|week|fortnight|month|year|decade|centur)(?:y|ies|s)?(?:['’]s?)?"
_FORWARD = re.compile(r"\b(?:as early as|as soon as|as late as|by|until|next|coming|no later than|in)\b")
_DASH = r"\s*(?:-|–|—|to|and|through|until|till|thru)\s*(?:the )?"
_ABOUT = r"(?:(?:about|around|nearly|almost|roughly|approximately|just|more than|less than|over|some|at least|exactly|only|barely) )*"


def resolve_time(words: str, published: datetime.date | None, context: TimeContext | None = None) -> Resolved | None:
    """The date that time words mean, None where they tell none ("recently") or the publication date they need is unknown.

    Undated weekdays and months are the latest up to the day of publication, the next from it on for planned or possible acts.
    Words that hang on the story ("two days earlier") count from the date told last in `context.timeline`.

    >>> resolve_time("last Thursday", datetime.date(2023, 10, 18))
    Resolved(date='2023-10-12', until=None)
    """
    context = context or TimeContext()
    return _resolve(words, published, context.factuality, context.timeline[-1] if context.timeline else None)


@lru_cache(maxsize=4096)
def _resolve(words: str, published: datetime.date | None, factuality: Factuality, last: Resolved | None) -> Resolved | None:
    plain = " ".join(words.lower().replace("’", "'").split())[:200]
    ahead = factuality == "planned" or (factuality == "possible" and _FORWARD.search(plain) is not None)
    now = _Now(published, ahead, factuality == "denied", last)
    readings = READINGS if any(c.isdigit() for c in plain) else _WORDED
    for pattern, reading in readings:
        found = pattern.search(plain)
        if found:
            try:
                resolved = reading(found, now)
            except (OverflowError, ValueError):
                continue
            if resolved:
                return resolved
    return None


def _month_of(word: str) -> int:
    return next(i for i, name in enumerate(MONTHS, 1) if name.startswith(word[:3]))


def _weekday_of(word: str) -> int:
    return next(i for i, name in enumerate(WEEKDAYS) if name.startswith(word[:3]))


def _number_of(word: str) -> int:
    return int(word) if word.isdigit() else _NUMBERS[word]


def _dated(year_number: int | None, month_number: int, day_number: int, now: _Now) -> datetime.date | None:
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


def _month_near(number: int, now: _Now) -> Resolved | None:
    """An undated month: the latest one up to publication, or the next from it on."""
    reference = now.reference
    if not reference:
        return None
    if now.ahead:
        return month(reference.year + (number < reference.month), number)
    return month(reference.year - (number > reference.month), number)


def _weekday(number: int, now: _Now) -> datetime.date | None:
    if not now.published:
        return None
    near = weekday_after if now.ahead else weekday_before
    return near(now.published, number, itself=True)


def _iso(found: "re.Match[str]", now: _Now) -> Resolved | None:
    date = real_day(int(found[1]), int(found[2]), int(found[3]))
    return day(date) if date else None


def _slashed(found: "re.Match[str]", now: _Now) -> Resolved | None:
    """Month first with slashes where both readings are possible, day first with points."""
    first, second, last = int(found[1]), int(found[3]), int(found[4])
    last += 0 if last > 99 else (2000 if last < 70 else 1900)
    american = (last, first, second)
    european = (last, second, first)
    orders = (european, american) if found[2] == "." else (american, european)
    date = next((d for o in orders if (d := real_day(*o))), None)
    return day(date) if date else None


def _attacks(found: "re.Match[str]", now: _Now) -> Resolved | None:
    return Resolved("2001-09-11")


def _day_range(found: "re.Match[str]", now: _Now) -> Resolved | None:
    """3-5 May, May 3 to 5, 30 May to 2 June."""
    words = found.groupdict()
    later_month = _month_of(words.get("month2") or words["month1"])
    told_year = words.get("year") or words.get("year2")
    last = _dated(int(told_year) if told_year else None, later_month, int(words["day2"]), now)
    if not last:
        return None
    month_number = _month_of(words["month1"] or words["month2"])
    first = real_day(last.year - (month_number > later_month), month_number, int(words["day1"]))
    return days(first, last) if first else day(last)


def _one_day(found: "re.Match[str]", now: _Now) -> Resolved | None:
    told = found.groupdict()
    if told["year"]:
        date = _dated(int(told["year"]), _month_of(told["month"]), int(told["day"]), now)
    elif told.get("which"):
        reference = now.reference
        date = _dated(reference.year + _step(told["which"]), _month_of(told["month"]), int(told["day"]), now) if reference else None
    else:
        date = _dated(None, _month_of(told["month"]), int(told["day"]), now)
    return day(date) if date else None


def _step(which: str) -> int:
    return -1 if which in ("last", "previous", "past") else 1 if which in ("next", "coming") else 0


def _away_from_day(found: "re.Match[str]", now: _Now) -> Resolved | None:
    """Two days after March 3; weeks before Nov. 8, 2016 (as precise as its year)."""
    anchor = _resolve(found["anchor"], now.published, "planned" if now.ahead else "happened", now.last)
    if not anchor:
        return None
    if not found["number"]:
        return year(first_day(anchor).year)
    return _moved_by(found["number"], found["unit"], anchor, -1 if found["way"] in ("before", "prior to", "ahead of") else 1)


def _moved_by(number: str, unit: str, anchor: Resolved, way: int) -> Resolved:
    count = way * _number_of(number)
    if unit in ("hour", "minute"):
        return moved(anchor, way * (abs(count) // 24 if unit == "hour" else 0), "day")
    if unit == "fortnight":
        return moved(anchor, 2 * count, "week")
    return moved(anchor, count, {"night": "day", "centur": "century"}.get(unit, unit))


def _month_year(found: "re.Match[str]", now: _Now) -> Resolved | None:
    return month(int(found["year"]), _month_of(found["month"]))


def _month_range(found: "re.Match[str]", now: _Now) -> Resolved | None:
    told = found.groupdict()
    last = month(int(told["year"]), _month_of(told["month2"])) if told.get("year") else _month_near(_month_of(told["month2"]), now)
    if not last:
        return None
    number = _month_of(told["month1"])
    begins = int(told["year1"]) if told.get("year1") else first_day(last).year - (number > _month_of(told["month2"]))
    return span(month(begins, number), last)


def _month_of_which_year(found: "re.Match[str]", now: _Now) -> Resolved | None:
    return month(now.published.year + _step(found["which"]), _month_of(found["month"])) if now.published else None


def _which_month(found: "re.Match[str]", now: _Now) -> Resolved | None:
    """Last June, next January, this May."""
    if not now.published:
        return None
    number, step, at = _month_of(found["month"]), _step(found["which"]), now.published
    if step < 0:
        return month(at.year - (number >= at.month), number)
    if step > 0:
        return month(at.year + (number <= at.month), number)
    return month(at.year, number)


def _bare_month(found: "re.Match[str]", now: _Now) -> Resolved | None:
    return _month_near(_month_of(found["month"]), now)


def _near_day(found: "re.Match[str]", now: _Now) -> Resolved | None:
    if not now.published:
        return None
    word = found[0]
    shift = 2 if word.startswith("day after") else -2 if word.startswith("day before") else 1 if "tomorrow" in word else -1
    return day(now.published + shift * DAY)


def _today(found: "re.Match[str]", now: _Now) -> Resolved | None:
    return day(now.published) if now.published else None


def _ago(found: "re.Match[str]", now: _Now) -> Resolved | None:
    """Ten days ago; a week ago gives its week, months a month, years a year; "a week ago Monday" that Monday."""
    if not now.published:
        return None
    told = _moved_by(found["number"], found["unit"], day(now.published), -1)
    if found["unit"] in ("week", "fortnight"):
        around = first_day(told)
        if found["weekday"]:
            return day(weekday_before(around, _weekday_of(found["weekday"]), itself=True))
        return week_of(around)
    return told


def _hours_ago(found: "re.Match[str]", now: _Now) -> Resolved | None:
    return day(now.published) if now.published else None


def _half_ago(found: "re.Match[str]", now: _Now) -> Resolved | None:
    """Half a century ago, half a year ago."""
    if not now.published:
        return None
    at = now.published
    return month(at.year, at.month - 6) if found["unit"] == "year" else year(at.year - (5 if found["unit"] == "decade" else 50))


def _week_around(found: "re.Match[str]", now: _Now) -> Resolved | None:
    """The week of October 21."""
    told = _resolve(found["anchor"], now.published, "planned" if now.ahead else "happened", now.last)
    return week_of(first_day(told)) if told and len(told.date) == 10 else told


def _in_time(found: "re.Match[str]", now: _Now) -> Resolved | None:
    """In ten days, two weeks from now; weeks give their week."""
    if not now.published or not now.ahead:
        return None
    return _ahead_by(found, now)


def _from_now(found: "re.Match[str]", now: _Now) -> Resolved | None:
    return _ahead_by(found, now) if now.published else None


def _ahead_by(found: "re.Match[str]", now: _Now) -> Resolved | None:
    assert now.published
    told = _moved_by(found["number"], found["unit"], day(now.published), 1)
    return week_of(first_day(told)) if found["unit"] in ("week", "fortnight") else told


def _away(found: "re.Match[str]", now: _Now) -> Resolved | None:
    """Two days earlier, a month after: from the date told last."""
    if not now.last:
        return None
    back = found["way"] in ("earlier", "before", "prior", "previously", "beforehand")
    return _moved_by(found["number"], found["unit"], now.last, -1 if back else 1)


def _next_to_last(found: "re.Match[str]", now: _Now) -> Resolved | None:
    """The following day, the previous week, that month: beside the date told last."""
    if not now.last:
        return None
    step = {"following": 1, "next": 1, "subsequent": 1, "after": 1, "previous": -1, "preceding": -1, "before": -1}.get(found["which"], 0)
    unit = found["unit"]
    if unit in ("week", "weekend") and len(now.last.date) == 10:
        week = first_day(now.last) + 7 * step * DAY
        return week_of(week) if unit == "week" else _weekend_of(week)
    if unit == "month" and len(now.last.date) > 4:
        return moved(Resolved(now.last.date[:7]), step, "month")
    if unit == "year":
        return moved(Resolved(now.last.date[:4]), step, "year")
    return moved(now.last, step, "day")


def _then(found: "re.Match[str]", now: _Now) -> Resolved | None:
    return Resolved(now.last.date, now.last.until) if now.last else None


def _part_of_day(found: "re.Match[str]", now: _Now) -> Resolved | None:
    """In the afternoon: of the day told last, else of publication."""
    if now.last and len(now.last.date) == 10:
        return Resolved(now.last.date)
    return day(now.published) if now.published else None


def _weekday_of_week(found: "re.Match[str]", now: _Now) -> Resolved | None:
    """Thursday last week, Monday of next week, last week's Tuesday."""
    if not now.published:
        return None
    monday = now.published - now.published.weekday() * DAY
    return day(monday + (7 * _step(found["which"]) + _weekday_of(found["weekday"])) * DAY)


def _which_weekday(found: "re.Match[str]", now: _Now) -> Resolved | None:
    """Last Thursday: the latest before publication; next Thursday: in the week after; this Thursday: of the week around."""
    if not now.published:
        return None
    number, step = _weekday_of(found["weekday"]), _step(found["which"])
    if step < 0:
        return day(weekday_before(now.published, number, itself=False))
    if step > 0 and found["which"] == "next":
        return day(now.published + (7 - now.published.weekday() + number) * DAY)
    if step > 0:
        return day(weekday_after(now.published, number, itself=False))
    told = _weekday(number, now)
    return day(told) if told else None


def _weekday_range(found: "re.Match[str]", now: _Now) -> Resolved | None:
    told = _weekday(_weekday_of(found["weekday2"]), now)
    if not told:
        return None
    first = _weekday_of(found["weekday1"])
    if now.ahead:
        begins = weekday_after(now.published or told, first, itself=True)
        return days(begins, weekday_after(begins, told.weekday(), itself=False))
    return days(weekday_before(told, first, itself=False), told)


def _week_from_weekday(found: "re.Match[str]", now: _Now) -> Resolved | None:
    """A week from Monday."""
    if not now.published:
        return None
    told = weekday_after(now.published, _weekday_of(found["weekday"]), itself=True)
    return day(told + 7 * _number_of(found["number"]) * DAY)


def _bare_weekday(found: "re.Match[str]", now: _Now) -> Resolved | None:
    told = _weekday(_weekday_of(found["weekday"]), now)
    return day(told) if told else None


def _weekend_of(date: datetime.date) -> Resolved:
    saturday = date - date.weekday() * DAY + 5 * DAY
    return days(saturday, saturday + DAY)


def _weekend(found: "re.Match[str]", now: _Now) -> Resolved | None:
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


def _unit(found: "re.Match[str]", now: _Now) -> Resolved | None:
    """This week, last month, next year, the end of the year."""
    if not now.published:
        return None
    step, unit, at = _step(found["which"]), found["unit"], now.published
    if unit == "week":
        return week_of(at + 7 * step * DAY)
    if unit == "month":
        return month(at.year, at.month + step)
    if unit == "quarter":
        return _quarter_of(at.year, (at.month - 1) // 3 + 1 + step)
    if unit == "decade":
        start = at.year // 10 * 10 + 10 * step
        return span(year(start), year(start + 9))
    if unit == "century":
        start = (at.year - 1) // 100 * 100 + 1 + 100 * step
        return span(year(start), year(start + 99))
    return year(at.year + step)


def _past_units(found: "re.Match[str]", now: _Now) -> Resolved | None:
    """The past three days, over the last two years, the next ten days: a range that ends (or begins) with publication."""
    if not now.published:
        return None
    unit = found["unit"]
    count = _number_of(found["number"] or "one")
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


def _quarter_of(year_number: int, quarter: int) -> Resolved:
    return span(month(year_number, 3 * quarter - 2), month(year_number, 3 * quarter))


def _year_told(found: "re.Match[str]", now: _Now) -> int | None:
    told = found.groupdict()
    if told.get("year"):
        return int(told["year"])
    if not now.reference:
        return None
    return now.reference.year + _step(told.get("which") or "this")


def _quarter(found: "re.Match[str]", now: _Now) -> Resolved | None:
    number = _year_told(found, now)
    told = found.groupdict()
    return _quarter_of(number, int(told["q"]) if told.get("q") else _ORDINALS[told["ordinal"]]) if number else None


def _half(found: "re.Match[str]", now: _Now) -> Resolved | None:
    number = _year_told(found, now)
    second = _ORDINALS[found["ordinal"]] > 1
    return span(month(number, 7 if second else 1), month(number, 12 if second else 6)) if number else None


def _season(found: "re.Match[str]", now: _Now) -> Resolved | None:
    """A season is told as its year; last winter is the one that ended latest."""
    told = found.groupdict()
    if told.get("year"):
        return year(int(told["year"]))
    if not now.reference:
        return None
    at = now.reference
    ends = {"spring": 5, "summer": 8, "fall": 11, "autumn": 11, "winter": 2}[told["season"]]
    begins = {"spring": 3, "summer": 6, "fall": 9, "autumn": 9, "winter": 12}[told["season"]]
    step = _step(told.get("which") or "the")
    if step > 0 or (step == 0 and now.ahead):
        return year(at.year + (at.month >= begins and step > 0 or at.month > max(ends, begins)))
    if step < 0:
        return year(at.year - (at.month <= ends or told["season"] == "winter"))
    return year(at.year - (at.month < begins))


def _fiscal(found: "re.Match[str]", now: _Now) -> Resolved | None:
    told = found["year"]
    number = int(told) if len(told) == 4 else 2000 + int(told)
    return year(number)


def _decade(found: "re.Match[str]", now: _Now) -> Resolved | None:
    told = found["decade"]
    start = 1900 + _DECADES[told] if told in _DECADES else int(told) if len(told) == 4 else 1900 + int(told)
    return span(year(start), year(start + 9))


def _century(found: "re.Match[str]", now: _Now) -> Resolved | None:
    number = int(found["century"])
    return span(year(100 * (number - 1) + 1), year(100 * number))


def _year_range(found: "re.Match[str]", now: _Now) -> Resolved | None:
    first, last = found["year1"], found["year2"]
    last = last if len(last) == 4 else first[: 4 - len(last)] + last
    return span(year(int(first)), year(int(last))) if int(last) > int(first) else None


def _bare_year(found: "re.Match[str]", now: _Now) -> Resolved | None:
    return year(int(found["year"]))


def _holiday(found: "re.Match[str]", now: _Now) -> Resolved | None:
    month_number, day_number = next(at for name, at in _HOLIDAYS.items() if name in found[0])
    date = _dated(None, month_number, day_number, now)
    return day(date) if date else None


def _day_of_month(found: "re.Match[str]", now: _Now) -> Resolved | None:
    """On the 15th: of the month around publication that fits the direction."""
    if not now.reference:
        return None
    at, number = now.reference, int(found["day"])
    near = [real_day(at.year + (at.month - 1 + m) // 12, (at.month - 1 + m) % 12 + 1, number) for m in (-1, 0, 1)]
    told = [d for d in near if d and (d >= at if now.ahead else d <= at)]
    return day(told[0] if now.ahead else told[-1]) if told else None


_WHICH = r"(?P<which>last|next|this|past|previous|coming|current|the)"
_SEASON = r"(?P<season>spring|summer|fall|autumn|winter)"
_IN_YEAR = rf"(?:,? (?:of |in )?(?:{_Y.format('')}|(?P<which>last|this|next) year))"
_PATTERNS: tuple[tuple[str, _Reading], ...] = (
    (r"\b(\d{4})-(\d\d)-(\d\d)\b", _iso),
    (r"\b(?:9/11|sept(?:ember|\.)? 11 attacks)\b", _attacks),
    (r"\b(\d{1,2})([/.])(\d{1,2})[/.](\d{4}|\d\d)\b", _slashed),
    (rf"{_ABOUT}(?:{_N} )?{_U} (?P<way>before|after|prior to|ahead of|following|from) (?:the )?(?P<anchor>.*\b(?:{_M.format('')} {_D.format('')}|{_D.format('_')} {_M.format('_')}).*)", _away_from_day),
    (r"\bthe week (?:of|beginning|starting|ending) (?P<anchor>.*\d.*)", _week_around),
    (rf"\b{_M.format('1')} {_D.format('1')}(?:, \d{{4}})?,?{_DASH}{_M.format('2')} {_D.format('2')}(?:,? {_Y.format('')})?", _day_range),
    (rf"\b{_D.format('1')} {_M.format('1')}{_DASH}{_D.format('2')} {_M.format('2')}(?:,? {_Y.format('')})?", _day_range),
    (rf"\b{_M.format('1')} {_D.format('1')}{_DASH}{_D.format('2')}(?:,? {_Y.format('')})?", _day_range),
    (rf"\b{_D.format('1')}{_DASH}{_D.format('2')} (?:of )?{_M.format('1')}(?:,? {_Y.format('')})?", _day_range),
    (rf"\b{_M.format('')} (?:the )?{_D.format('')}{_IN_YEAR}?", _one_day),
    (rf"\b{_D.format('')} (?:of )?{_M.format('')}{_IN_YEAR}?", _one_day),
    (rf"\b{_M.format('1')}(?: {_Y.format('1')})?{_DASH}{_M.format('2')}(?: (?:of )?{_Y.format('')})?(?! \d)", _month_range),
    (rf"\b{_M.format('')},? (?:of )?{_Y.format('')}", _month_year),
    (rf"\b{_M.format('')},? (?:of )?(?P<which>last|this|next) year\b", _month_of_which_year),
    (rf"\b(?P<which>last|this|next) year in {_M.format('')}", _month_of_which_year),
    (rf"\b(?:the )?(?P<ordinal>first|second|third|fourth|1st|2nd|3rd|4th|final) (?:fiscal |financial )?quarter{_IN_YEAR}?", _quarter),
    (rf"\bq(?P<q>[1-4]),? (?:of )?{_Y.format('')}", _quarter),
    (rf"\b(?P<ordinal>first|second) half{_IN_YEAR}?(?: of the year)?", _half),
    (r"\b(?:fiscal(?: year)?|financial year|fy)[ -]?'?(?P<year>20\d\d|19\d\d|\d\d)\b", _fiscal),
    (rf"\b{_SEASON}(?: of|,)? {_Y.format('')}", _season),
    (rf"\b(?:{_WHICH} )?{_SEASON}\b", _season),
    (r"\b(?P<decade>(?:1[5-9]|20)\d0)'?s\b", _decade),
    (r"'(?P<decade>\d0)s\b", _decade),
    (r"\b(?P<decade>twenties|thirties|forties|fifties|sixties|seventies|eighties|nineties)\b", _decade),
    (r"\b(?P<century>\d\d?)(?:st|nd|rd|th)[ -]century\b", _century),
    (rf"\b{_Y.format('1')}{_DASH}(?P<year2>20\d\d|19\d\d|\d\d)\b", _year_range),
    (r"\bday (?:before yesterday|after tomorrow)\b", _near_day),
    (r"\b(?:a few|several|some|just) (?:hours|minutes|moments) ago\b|^(?:hours|minutes|moments) ago", _hours_ago),
    (r"\bhalf an? (?P<unit>century|decade|year) ago\b", _half_ago),
    (rf"\b{_ABOUT}{_N} {_U} ago(?: (?:on )?{_W.format('')})?", _ago),
    (rf"\b{_N} {_U} from {_W.format('')}", _week_from_weekday),
    (rf"\b{_ABOUT}{_N} {_U} from (?:now|today)\b", _from_now),
    (rf"\b{_N}(?: more)? {_U} (?P<way>earlier|later|before|after|prior|previously|afterwards?|beforehand|following|on)\b", _away),
    (r"\bthe (?P<unit>day|night|week|month|year) (?P<which>before|after)\b", _next_to_last),
    (r"\b(?:the )?(?P<which>following|preceding|subsequent) (?P<unit>day|morning|afternoon|evening|night|week|weekend|month|year)\b", _next_to_last),
    (r"\bthe (?P<which>next|previous) (?P<unit>day|morning|afternoon|evening|night|week|weekend|month|year)\b", _next_to_last),
    (r"\b(?:the )?(?P<which>same|that) (?P<unit>day|morning|afternoon|evening|night|week|weekend|month|year)\b", _next_to_last),
    (rf"\b{_W.format('')} (?:of |in |the )?(?P<which>last|next|this|previous) week\b", _weekday_of_week),
    (rf"\b(?P<which>last|next|this|previous) week(?:'s)?,? (?:on )?{_W.format('')}", _weekday_of_week),
    (rf"\b(?P<which>last|next|this|past|coming) {_W.format('')}", _which_weekday),
    (rf"\b{_W.format('1')}{_DASH}{_W.format('2')}", _weekday_range),
    (rf"\b{_W.format('')}", _bare_weekday),
    (r"\b(?:yesterday|tomorrow|last night)\b", _near_day),
    (r"\b(?:today|tonight|now|nowadays|currently|this (?:morning|afternoon|evening|noon)|at present|presently|overnight|at the moment)\b", _today),
    (r"(?:(?P<which>last|past|this|next|the|coming|previous) )?\bweekend\b", _weekend),
    (rf"\b(?P<which>last|past|previous|next|coming) {_N} {_U}\b", _past_units),
    (rf"\bthe (?P<which>past|coming) (?P<number>)(?P<unit>day|week|month|year|decade|centur)y?\b", _past_units),
    (rf"\b(?:over|during|for|in|throughout) the (?P<which>last|past) (?P<number>)(?P<unit>day|week|month|year|decade|centur)y?\b", _past_units),
    (r"\b(?P<which>last|this|next|past|current|previous|coming) (?P<unit>week|month|quarter|year|decade|century)\b", _unit),
    (r"\b(?:end|start|beginning|middle|close|course|turn|half|part|rest|remainder) of (?P<which>the) (?P<unit>week|month|quarter|year|decade|century)\b", _unit),
    (r"\bmid-?(?P<which>)(?P<unit>week|month|year)\b", _unit),
    (r"\b(?P<which>later|earlier) in the (?P<unit>week|month|year)\b", _unit),
    (rf"\b(?P<which>last|next|this|past|coming) {_M.format('')}", _which_month),
    (rf"\b(?:in|within) {_ABOUT}{_N} {_U}(?:'s?)?(?: time)?\b", _in_time),
    (r"\bchristmas(?: day| eve)?\b|\bnew year(?:'s)?(?: day| eve)?\b|\bvalentine's day\b|\bhalloween\b|\bmay day\b", _holiday),
    (rf"\b{_M.format('')}", _bare_month),
    (rf"\b{_Y.format('')}", _bare_year),
    (r"\bthe (?P<day>[0-3]?\d)(?:st|nd|rd|th)\b", _day_of_month),
    (r"\b(?:hours|minutes|moments|shortly) (?:later|after(?:wards?)?|earlier|before)\b", _then),
    (r"\b(?:at (?:that|the same|the) time|that same day|then|simultaneously|at that point)\b", _then),
    (r"\b(?:in the |the |early |late |this )?(?:morning|afternoon|evening|night|midday|noon|midnight|dawn|dusk)\b|\b(?:earlier|later) in the day\b|\b\d{1,2}(?::\d\d)? ?[ap]\.?m\b|\b\d\d?:\d\d\b", _part_of_day),
)  # fmt: skip
READINGS = tuple((re.compile(pattern), reading) for pattern, reading in _PATTERNS)
_NUMERIC = (_iso, _attacks, _slashed, _away_from_day, _week_around, _day_range, _one_day, _month_year, _fiscal, _century, _year_range, _bare_year, _day_of_month)
_WORDED = tuple((pattern, reading) for pattern, reading in READINGS if reading not in _NUMERIC)

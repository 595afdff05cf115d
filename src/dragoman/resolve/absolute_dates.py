"""Readings of time words that name a day, month or year: each takes a match of its pattern and where the words stand."""

import re

from dragoman.resolve.calendar import DAY, Resolved, day, days, easter, first_day, month, quarter_of, real_day, span, year
from dragoman.resolve.time_reading import Now, day_near, month_near, month_of, steps_to

_HOLIDAYS = {
    "christmas eve": (12, 24), "christmas": (12, 25), "new year's eve": (12, 31), "new year": (1, 1), "valentine": (2, 14),
    "may day": (5, 1), "halloween": (10, 31),
}  # fmt: skip


_ORDINALS = {"first": 1, "1st": 1, "second": 2, "2nd": 2, "third": 3, "3rd": 3, "fourth": 4, "4th": 4, "final": 4, "last": 4}


_DECADES = {
    "twenties": 20,
    "thirties": 30,
    "forties": 40,
    "fifties": 50,
    "sixties": 60,
    "seventies": 70,
    "eighties": 80,
    "nineties": 90,
}


def iso(found: "re.Match[str]", now: Now) -> Resolved | None:
    """2022-02-24."""
    date = real_day(int(found[1]), int(found[2]), int(found[3]))
    return day(date) if date else None


def slashed(found: "re.Match[str]", now: Now) -> Resolved | None:
    """Month first with slashes where both readings are possible, day first with points."""
    first, second, last = int(found[1]), int(found[3]), int(found[4])
    last += 0 if last > 99 else (2000 if last < 70 else 1900)
    american = (last, first, second)
    european = (last, second, first)
    orders = (european, american) if found[2] == "." else (american, european)
    date = next((d for o in orders if (d := real_day(*o))), None)
    return day(date) if date else None


def attacks(found: "re.Match[str]", now: Now) -> Resolved | None:
    """The attacks of September 11, 2001, named by their day."""
    return Resolved("2001-09-11")


def day_range(found: "re.Match[str]", now: Now) -> Resolved | None:
    """3-5 May, May 3 to 5, 30 May to 2 June."""
    words = found.groupdict()
    later_month = month_of(words.get("month2") or words["month1"])
    told_year = words.get("year") or words.get("year2")
    last = day_near(int(told_year) if told_year else None, later_month, int(words["day2"]), now)
    if not last:
        return None
    month_number = month_of(words["month1"] or words["month2"])
    first = real_day(last.year - (month_number > later_month), month_number, int(words["day1"]))
    return days(first, last) if first else day(last)


def one_day(found: "re.Match[str]", now: Now) -> Resolved | None:
    """March 3, 2019; 3 March; December 10 last year."""
    told = found.groupdict()
    if told["year"]:
        date = day_near(int(told["year"]), month_of(told["month"]), int(told["day"]), now)
    elif told.get("which"):
        reference = now.reference
        date = (
            day_near(reference.year + steps_to(told["which"]), month_of(told["month"]), int(told["day"]), now)
            if reference
            else None
        )
    else:
        date = day_near(None, month_of(told["month"]), int(told["day"]), now)
    return day(date) if date else None


def month_year(found: "re.Match[str]", now: Now) -> Resolved | None:
    """December 2014."""
    return month(int(found["year"]), month_of(found["month"]))


def month_range(found: "re.Match[str]", now: Now) -> Resolved | None:
    """Between June and August 2017."""
    told = found.groupdict()
    last = month(int(told["year"]), month_of(told["month2"])) if told.get("year") else month_near(month_of(told["month2"]), now)
    if not last:
        return None
    number = month_of(told["month1"])
    begins = int(told["year1"]) if told.get("year1") else first_day(last).year - (number > month_of(told["month2"]))
    return span(month(begins, number), last)


def month_of_which_year(found: "re.Match[str]", now: Now) -> Resolved | None:
    """March of this year."""
    return month(now.published.year + steps_to(found["which"]), month_of(found["month"])) if now.published else None


def which_month(found: "re.Match[str]", now: Now) -> Resolved | None:
    """Last June, next January, this May."""
    if not now.published:
        return None
    number, step, at = month_of(found["month"]), steps_to(found["which"]), now.published
    if step < 0:
        return month(at.year - (number >= at.month), number)
    if step > 0:
        return month(at.year + (number <= at.month), number)
    return month(at.year, number)


def bare_month(found: "re.Match[str]", now: Now) -> Resolved | None:
    """In September."""
    return month_near(month_of(found["month"]), now)


def _year_told(found: "re.Match[str]", now: Now) -> int | None:
    told = found.groupdict()
    if told.get("year"):
        return int(told["year"])
    if not now.reference:
        return None
    return now.reference.year + steps_to(told.get("which") or "this")


def quarter(found: "re.Match[str]", now: Now) -> Resolved | None:
    """The first quarter of 2019, Q3 2021."""
    number = _year_told(found, now)
    told = found.groupdict()
    return quarter_of(number, int(told["q"]) if told.get("q") else _ORDINALS[told["ordinal"]]) if number else None


def half(found: "re.Match[str]", now: Now) -> Resolved | None:
    """The first half of 2018."""
    number = _year_told(found, now)
    second = _ORDINALS[found["ordinal"]] > 1
    return span(month(number, 7 if second else 1), month(number, 12 if second else 6)) if number else None


def season(found: "re.Match[str]", now: Now) -> Resolved | None:
    """A season is told as its year; last winter is the one that ended latest."""
    told = found.groupdict()
    if told.get("year"):
        return year(int(told["year"]))
    if not now.reference:
        return None
    at = now.reference
    ends = {"spring": 5, "summer": 8, "fall": 11, "autumn": 11, "winter": 2}[told["season"]]
    begins = {"spring": 3, "summer": 6, "fall": 9, "autumn": 9, "winter": 12}[told["season"]]
    step = steps_to(told.get("which") or "the")
    if step > 0 or (step == 0 and now.ahead):
        return year(at.year + ((at.month >= begins and step > 0) or at.month > max(ends, begins)))
    if step < 0:
        return year(at.year - (at.month <= ends or told["season"] == "winter"))
    return year(at.year - (at.month < begins))


def fiscal(found: "re.Match[str]", now: Now) -> Resolved | None:
    """Fiscal year 2019, FY2019."""
    told = found["year"]
    number = int(told) if len(told) == 4 else 2000 + int(told)
    return year(number)


def decade(found: "re.Match[str]", now: Now) -> Resolved | None:
    """The 1990s, the nineties."""
    told = found["decade"]
    start = 1900 + _DECADES[told] if told in _DECADES else int(told) if len(told) == 4 else 1900 + int(told)
    return span(year(start), year(start + 9))


def century(found: "re.Match[str]", now: Now) -> Resolved | None:
    """The 20th century."""
    number = int(found["century"])
    return span(year(100 * (number - 1) + 1), year(100 * number))


def year_range(found: "re.Match[str]", now: Now) -> Resolved | None:
    """2014 to 2016, 2015-16."""
    first, last = found["year1"], found["year2"]
    last = last if len(last) == 4 else first[: 4 - len(last)] + last
    return span(year(int(first)), year(int(last))) if int(last) > int(first) else None


def bare_year(found: "re.Match[str]", now: Now) -> Resolved | None:
    """In 2016."""
    return year(int(found["year"]))


def holiday(found: "re.Match[str]", now: Now) -> Resolved | None:
    """Christmas Day."""
    month_number, day_number = next(at for name, at in _HOLIDAYS.items() if name in found[0])
    date = day_near(None, month_number, day_number, now)
    return day(date) if date else None


def feast(found: "re.Match[str]", now: Now) -> Resolved | None:
    """Easter and the days beside it, the Fourth of July."""
    if not found["easter"]:
        date = day_near(int(found["year"]) if found["year"] else None, 7, 4, now)
        return day(date) if date else None
    shift = {"good friday": -2, "easter monday": 1}.get(found["easter"], 0) * DAY
    if found["year"]:
        return day(easter(int(found["year"])) + shift)
    if not now.reference:
        return None
    near = [easter(now.reference.year + y) + shift for y in (-1, 0, 1)]
    ahead = [d for d in near if d >= now.reference]
    return day(ahead[0] if now.ahead else [d for d in near if d <= now.reference][-1])


def day_of_month(found: "re.Match[str]", now: Now) -> Resolved | None:
    """On the 15th: of the month around publication that fits the direction."""
    if not now.reference:
        return None
    at, number = now.reference, int(found["day"])
    near = [real_day(at.year + (at.month - 1 + m) // 12, (at.month - 1 + m) % 12 + 1, number) for m in (-1, 0, 1)]
    told = [d for d in near if d and (d >= at if now.ahead else d <= at)]
    return day(told[0] if now.ahead else told[-1]) if told else None

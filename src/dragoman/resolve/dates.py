"""Time words to dates, against the publication date and the story's own timeline.

A small grammar of English news: every reading is one pattern and one function, tried from the most to the least definite.
"""

import datetime
import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

from dragoman.record import Factuality
from dragoman.resolve import absolute_dates, relative_dates
from dragoman.resolve.calendar import Resolved, first_day, week_of, year
from dragoman.resolve.time_reading import Now, moved_by
from dragoman.resolve.time_words import find_times

__all__ = ["Resolved", "TimeContext", "find_times", "resolve_time"]


@dataclass(frozen=True, slots=True)
class TimeContext:
    """What the story says around time words: the act's factuality, and the dates resolved before them, in text order."""

    factuality: Factuality = "happened"
    timeline: tuple[Resolved, ...] = ()


_Reading = Callable[["re.Match[str]", "Now"], Resolved | None]


_W = r"(?P<weekday{0}>mon|tues|tue|wednes|wed|thurs|thur|thu|fri|satur|sat|sun)(?:day)?s?\b\.?"
_M = (
    r"(?P<month{0}>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|"
    r"oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\b\.?"
)
_D = r"(?P<day{0}>[0-3]?\d)(?:st|nd|rd|th)?(?!\d|:\d|[ap]\.?m)"
_Y = r"(?P<year{0}>1[5-9]\d\d|20\d\d)\b"
_N = (
    r"(?P<number>\d{1,3}|half a dozen|a dozen|a couple of|a couple|an?|one|two|three|four|five|six|seven|eight|nine|"
    r"ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|twenty|thirty|forty|fifty|"
    r"sixty|ninety)"
)
_U = r"(?P<unit>hour|minute|day|night|week|fortnight|month|year|decade|centur)(?:y|ies|s)?(?:['’]s?)?"
_FORWARD = re.compile(r"\b(?:as early as|as soon as|as late as|by|until|next|coming|no later than|in)\b")
_DASH = r"\s*(?:-|–|—|to|and|through|until|till|thru)\s*(?:the )?"
_ABOUT = (
    r"(?:(?:about|around|nearly|almost|roughly|approximately|just|more than|less than|over|some|at least|exactly|only|barely) )*"
)


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
    now = Now(published, ahead, factuality == "denied", last)
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


def _away_from_day(found: "re.Match[str]", now: Now) -> Resolved | None:
    """Two days after March 3; weeks before Nov. 8, 2016 (as precise as its year)."""
    anchor = _resolve(found["anchor"], now.published, "planned" if now.ahead else "happened", now.last)
    if not anchor:
        return None
    if not found["number"]:
        return year(first_day(anchor).year)
    return moved_by(found["number"], found["unit"], anchor, -1 if found["way"] in ("before", "prior to", "ahead of") else 1)


def _week_around(found: "re.Match[str]", now: Now) -> Resolved | None:
    """The week of October 21."""
    told = _resolve(found["anchor"], now.published, "planned" if now.ahead else "happened", now.last)
    return week_of(first_day(told)) if told and len(told.date) == 10 else told


_WHICH = r"(?P<which>last|next|this|past|previous|coming|current|the)"
_SEASON = r"(?P<season>spring|summer|fall|autumn|winter)"
_IN_YEAR = rf"(?:,? (?:of |in )?(?:{_Y.format('')}|(?P<which>last|this|next) year))"
_PATTERNS: tuple[tuple[str, _Reading], ...] = (
    (r"\b(\d{4})[-/](\d\d)[-/](\d\d)\b", absolute_dates.iso),
    (r"\b(?:9/11|sept(?:ember|\.)? 11 attacks)\b", absolute_dates.attacks),
    (r"\b(\d{1,2})([/.])(\d{1,2})[/.](\d{4}|\d\d)\b", absolute_dates.slashed),
    (rf"{_ABOUT}(?:{_N} )?{_U} (?P<way>before|after|prior to|ahead of|following|from) (?:the "
        rf")?(?P<anchor>.*\b(?:{_M.format('')} {_D.format('')}|{_D.format('_')} {_M.format('_')}).*)", _away_from_day),
    (r"\bthe week (?:of|beginning|starting|ending) (?P<anchor>.*\d.*)", _week_around),
    (rf"\b{_M.format('1')} {_D.format('1')}(?:, \d{{4}})?,?{_DASH}{_M.format('2')} {_D.format('2')}(?:,? "
        rf"{_Y.format('')})?", absolute_dates.day_range),
    (rf"\b{_D.format('1')} {_M.format('1')}{_DASH}{_D.format('2')} {_M.format('2')}(?:,? "
        rf"{_Y.format('')})?", absolute_dates.day_range),
    (rf"\b{_M.format('1')} {_D.format('1')}{_DASH}{_D.format('2')}(?:,? {_Y.format('')})?", absolute_dates.day_range),
    (rf"\b{_D.format('1')}{_DASH}{_D.format('2')} (?:of )?{_M.format('1')}(?:,? {_Y.format('')})?", absolute_dates.day_range),
    (rf"\b{_M.format('')} (?:the )?{_D.format('')}{_IN_YEAR}?", absolute_dates.one_day),
    (rf"\b{_D.format('')} (?:of )?{_M.format('')}{_IN_YEAR}?", absolute_dates.one_day),
    (rf"\b{_M.format('1')}(?: {_Y.format('1')})?{_DASH}{_M.format('2')}(?: (?:of )?{_Y.format('')})?(?! "
        rf"\d)", absolute_dates.month_range),
    (rf"\b{_M.format('')},? (?:of )?{_Y.format('')}", absolute_dates.month_year),
    (rf"\b{_M.format('')},? (?:of )?(?P<which>last|this|next) year\b", absolute_dates.month_of_which_year),
    (rf"\b(?P<which>last|this|next) year in {_M.format('')}", absolute_dates.month_of_which_year),
    (rf"\b(?:the )?(?P<ordinal>first|second|third|fourth|1st|2nd|3rd|4th|final) (?:fiscal |financial "
        rf")?quarter{_IN_YEAR}?", absolute_dates.quarter),
    (rf"\bq(?P<q>[1-4]),? (?:of )?{_Y.format('')}", absolute_dates.quarter),
    (rf"\b(?P<ordinal>first|second) half{_IN_YEAR}?(?: of the year)?", absolute_dates.half),
    (r"\b(?:fiscal(?: year)?|financial year|fy)[ -]?'?(?P<year>20\d\d|19\d\d|\d\d)\b", absolute_dates.fiscal),
    (rf"\b{_SEASON}(?: of|,)? {_Y.format('')}", absolute_dates.season),
    (rf"\b(?:{_WHICH} )?{_SEASON}\b", absolute_dates.season),
    (r"\b(?P<decade>(?:1[5-9]|20)\d0)'?s\b", absolute_dates.decade),
    (r"'(?P<decade>\d0)s\b", absolute_dates.decade),
    (r"\b(?P<decade>twenties|thirties|forties|fifties|sixties|seventies|eighties|nineties)\b", absolute_dates.decade),
    (r"\b(?P<century>\d\d?)(?:st|nd|rd|th)[ -]century\b", absolute_dates.century),
    (rf"\b{_Y.format('1')}{_DASH}(?P<year2>20\d\d|19\d\d|\d\d)\b", absolute_dates.year_range),
    (r"\b(?:(?P<easter>good friday|easter(?: sunday| monday)?)|fourth of july)\b(?:,? (?P<year>20\d\d|"
        r"1[5-9]\d\d))?", absolute_dates.feast),
    (rf"\b{_N} {_W.format('')} ago\b", relative_dates.weekdays_ago),
    (rf"\b{_N} and a half {_U} ago\b|\ban? (?P<unit2>year|month|week|decade) and a half ago\b", relative_dates.and_a_half_ago),
    (r"\bday (?:before yesterday|after tomorrow)\b", relative_dates.near_day),
    (r"\b(?:a few|several|some|just) (?:hours|minutes|moments) ago\b|^(?:hours|minutes|moments) ago", relative_dates.hours_ago),
    (r"\bhalf an? (?P<unit>century|decade|year) ago\b", relative_dates.half_ago),
    (rf"\b{_ABOUT}{_N} {_U} ago(?: (?:on )?{_W.format('')})?", relative_dates.ago),
    (rf"\b{_N} {_U} from {_W.format('')}", relative_dates.week_from_weekday),
    (rf"\b{_ABOUT}{_N} {_U} from (?:now|today)\b", relative_dates.from_now),
    (rf"\b{_N}(?: more)? {_U} (?P<way>earlier|later|before|after|prior|previously|afterwards?|beforehand|"
        rf"following|on)\b", relative_dates.away),
    (r"\bthe (?P<unit>day|night|week|month|year) (?P<which>before|after)\b", relative_dates.next_to_last),
    (r"\b(?:the )?(?P<which>following|preceding|subsequent) (?P<unit>day|morning|afternoon|evening|night|week|"
        r"weekend|month|year)\b", relative_dates.next_to_last),
    (r"\bthe (?P<which>next|previous) (?P<unit>day|morning|afternoon|evening|night|week|weekend|month|"
        r"year)\b", relative_dates.next_to_last),
    (r"\b(?:the )?(?P<which>same|that) (?P<unit>day|morning|afternoon|evening|night|week|weekend|month|"
        r"year)\b", relative_dates.next_to_last),
    (rf"\b{_W.format('')} (?:of |in |the )?(?P<which>last|next|this|previous) week\b", relative_dates.weekday_of_week),
    (rf"\b(?P<which>last|next|this|previous) week(?:'s)?,? (?:on )?{_W.format('')}", relative_dates.weekday_of_week),
    (rf"\b(?P<which>last|next|this|past|coming) {_W.format('')}", relative_dates.which_weekday),
    (rf"\b{_W.format('1')}{_DASH}{_W.format('2')}", relative_dates.weekday_range),
    (rf"\b{_W.format('')}", relative_dates.bare_weekday),
    (r"\b(?:yesterday|tomorrow|last night)\b", relative_dates.near_day),
    (r"\b(?:today|tonight|now|nowadays|currently|this (?:morning|afternoon|evening|noon)|at present|presently|"
        r"overnight|at the moment)\b", relative_dates.today),
    (r"(?:(?P<which>last|past|this|next|the|coming|previous) )?\bweekend\b", relative_dates.weekend),
    (rf"\b(?P<which>last|past|previous|next|coming) {_N} {_U}\b", relative_dates.past_units),
    (r"\bthe (?P<which>past|coming) (?P<number>)(?P<unit>day|week|month|year|decade|centur)y?\b", relative_dates.past_units),
    (r"\b(?:over|during|for|in|throughout) the (?P<which>last|past) (?P<number>)(?P<unit>day|week|month|year|"
        r"decade|centur)y?\b", relative_dates.past_units),
    (r"\b(?P<which>last|this|next|past|current|previous|coming) (?P<unit>week|month|quarter|year|decade|"
        r"century)\b", relative_dates.unit_around),
    (r"\b(?:end|start|beginning|middle|close|course|turn|half|part|rest|remainder) of (?P<which>the) "
        r"(?P<unit>week|month|quarter|year|decade|century)\b", relative_dates.unit_around),
    (r"\bmid-?(?P<which>)(?P<unit>week|month|year)\b", relative_dates.unit_around),
    (r"\b(?P<which>later|earlier) in the (?P<unit>week|month|year)\b", relative_dates.unit_around),
    (rf"\b(?P<which>last|next|this|past|coming) {_M.format('')}", absolute_dates.which_month),
    (rf"\b(?:in|within) {_ABOUT}{_N} {_U}(?:'s?)?(?: time)?\b", relative_dates.in_time),
    (r"\bchristmas(?: day| eve)?\b|\bnew year(?:'s)?(?: day| eve)?\b|\bvalentine's day\b|\bhalloween\b|\bmay "
        r"day\b", absolute_dates.holiday),
    (rf"\b{_M.format('')}", absolute_dates.bare_month),
    (rf"\b{_Y.format('')}", absolute_dates.bare_year),
    (r"\bthe (?P<day>[0-3]?\d)(?:st|nd|rd|th)\b", absolute_dates.day_of_month),
    (r"\b(?:hours|minutes|moments|shortly) (?:later|after(?:wards?)?|earlier|before)\b", relative_dates.then),
    (r"\b(?:at (?:that|the same|the) time|that same day|then|simultaneously|at that point)\b", relative_dates.then),
    (r"\b(?:in the |the |early |late |this )?(?:morning|afternoon|evening|night|midday|noon|midnight|dawn|"
        r"dusk)\b|\b(?:earlier|later) in the day\b|\b\d{1,2}(?::\d\d)? ?[ap]\.?m\b|\b\d\d?:\d\d\b", relative_dates.part_of_day),
)  # fmt: skip
READINGS = tuple((re.compile(pattern), reading) for pattern, reading in _PATTERNS)
_NUMERIC = (
    absolute_dates.iso,
    absolute_dates.attacks,
    absolute_dates.slashed,
    _away_from_day,
    _week_around,
    absolute_dates.day_range,
    absolute_dates.one_day,
    absolute_dates.month_year,
    absolute_dates.fiscal,
    absolute_dates.century,
    absolute_dates.year_range,
    absolute_dates.bare_year,
    absolute_dates.day_of_month,
)
_WORDED = tuple((pattern, reading) for pattern, reading in READINGS if reading not in _NUMERIC)

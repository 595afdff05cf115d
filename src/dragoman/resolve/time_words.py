"""Finding time expressions in a text."""

import re

from dragoman.mark.marks import Words

_WEEKDAY = r"(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|(?:Mon|Tues?|Wed|Thurs?|Fri|Sat)\.)"
_MONTH = (
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December|(?:Jan|Feb|Mar|Apr|"
    r"Aug|Sept?|Oct|Nov|Dec)\.)"
)
_DAY = r"[0-3]?\d(?:st|nd|rd|th)?(?![\d:,]\d|%)"
_YEAR = r"(?:1[5-9]|20)\d\d(?!\d|%|,\d)"
_NUMBER = (
    r"(?:\d{1,3}|half a dozen|a dozen|a couple of|a few|several|an?|one|two|three|four|five|six|seven|eight|nine|"
    r"ten|eleven|twelve|fifteen|twenty|thirty|forty|fifty)"
)
_UNIT = r"(?:hour|minute|day|night|week|fortnight|month|year|decade)s?"
_PART = r"(?:morning|afternoon|evening|night)"
_LEAD = (
    r"(?:(?:on|On|in|In|since|Since|by|By|until|Until|from|From|during|During|before|after|over|Over|at|At|late|"
    r"Late|early|Early|earlier|Earlier|later|mid-?) (?:the )?)*"
)
_YEAR_AFTER = rf"(?:,? {_YEAR}| (?:of )?(?:last|this|next) year)?"
_TO = r"(?: ?[-–] ?| to | and | through | until )"

_DATE = (
    rf"(?:{_MONTH} {_DAY}(?:{_TO}(?:{_MONTH} )?{_DAY})?{_YEAR_AFTER}|(?:the )?{_DAY}(?:{_TO}{_DAY})? (?:of "
    rf")?{_MONTH}{_YEAR_AFTER})"
)
_PATTERN = "|".join(
    (
        r"\b\d{4}-\d\d-\d\d\b",
        r"\b\d{1,2}[/.]\d{1,2}[/.]\d{4}\b",
        rf"(?:{_WEEKDAY},? )?{_LEAD}{_DATE}",
        rf"(?:(?:[Tt]he )?\b{_NUMBER} {_UNIT} (?:ago|earlier|later|before|after|afterwards|from now)\b)",
        rf"{_LEAD}(?:(?:last|next|this|past|coming|Last|Next|This) )?\b{_WEEKDAY}(?:{_TO}{_WEEKDAY})?(?: "
        rf"{_PART})?(?: (?:of )?(?:last|this|next) week)?",
        rf"{_LEAD}\b(?:(?:last|next|this|early|late|mid|Last|Next|This|Early|Late|Mid)[ "
        rf"-])?(?!May\b){_MONTH}(?:{_TO}{_MONTH})?{_YEAR_AFTER}(?! ?\d)",
        rf"(?:\b(?:in|In|since|Since|by|By|until|from|during|last|next|this|early|late|mid)[ "
        rf"-])+May\b(?:{_TO}{_MONTH})?{_YEAR_AFTER}(?! ?\d)|\bMay {_YEAR}",
        rf"\b(?:[Ee]arlier |[Ll]ater |[Ll]ate |[Ee]arly )?(?:[Yy]esterday|[Tt]oday|[Tt]omorrow|[Tt]onight|"
        rf"[Oo]vernight)(?: {_PART})?\b",
        r"\b[Tt]he day (?:before yesterday|after tomorrow)\b",
        rf"{_LEAD}\b(?:[Ll]ast|[Nn]ext|[Tt]his|the past|the coming|the previous) (?:{_NUMBER} "
        rf")?(?:week(?:end)?s?|months?|years?|quarter|decades?|century|spring|summer|fall|autumn|winter|{_PART}|days)\b",
        r"\b(?:over |Over |at |during |on )?the weekend\b",
        rf"\b[Tt]he (?:following|next|previous|same|preceding) (?:day|week|month|year|{_PART})\b|\b(?:[Tt]hat|"
        rf"the same) (?:day|week|month|year|{_PART})\b|\b[Tt]he day (?:before|after)\b",
        rf"\b(?:the )?(?:first|second|third|fourth) (?:quarter|half) of (?:{_YEAR}|(?:last|this|next) year|the year)",
        rf"\b(?:the )?(?:spring|summer|fall|autumn|winter) of {_YEAR}",
        rf"\b(?:fiscal(?: year)?|FY) ?{_YEAR}",
        r"\b(?:the )?(?:early |late |mid-?)?(?:1[5-9]|20)\d0s\b",
        rf"\b(?:[Ii]n|[Ss]ince|[Bb]y|[Ff]rom|[Uu]ntil|[Dd]uring|[Aa]fter|[Bb]efore|late|early|Late|Early|between|"
        rf"Between|of|mid-?|[Tt]he end of|[Tt]he)[ -]{_YEAR}(?:{_TO}(?:{_YEAR}|\d\d\b))?",
    )
)  # fmt: skip
_TIME = re.compile(_PATTERN)


def find_times(text: str) -> tuple[Words, ...]:
    """Time expressions of a text, in text order, without overlap; a preposition before them belongs to them.

    >>> [text[w.start:w.end] for text in ["They met on Monday and will meet next year."] for w in find_times(text)]
    ['on Monday', 'next year']
    """
    return tuple(Words(found.start(), found.end()) for found in _TIME.finditer(text))

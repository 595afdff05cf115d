"""Magnitudes told with an act: how many were killed, injured, arrested, took part, how many things, how much money."""

import csv
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from dragoman.mark.marks import Words
from dragoman.record import Number, NumberKind

_TABLE = Path(__file__).parent / "tables" / "number_words.csv"
_REACH = 90
"""Characters between an act's trigger and a number that is still told with it."""

_DIGITS = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_UNIT = r"(?:hundred|thousand|million|billion|trillion|mn|bn|m|k)\b"
_ONES = (
    r"one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|"
    r"eighteen|nineteen"
)
_TENS = r"(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)(?:-(?:one|two|three|four|five|six|seven|eight|nine))?"
_VAGUE = r"(?:(?:tens|dozens|scores|hundreds|thousands) of )?(?:thousands|millions|billions)|dozens|scores|hundreds"
_PLAIN = (
    rf"(?:{_DIGITS})(?:[ -]?{_UNIT})?|(?:{_ONES}|{_TENS})(?:[ -]{_UNIT})*|(?:a|half a|several|a few) (?:dozen|"
    rf"hundred|thousand|million|billion)|(?:{_VAGUE})"
)
_ABOUT = (
    r"(?:(?:more than|fewer than|less than|at least|at most|as many as|as much as|as few as|up to|about|around|"
    r"nearly|almost|over|some|roughly|approximately|an estimated|estimated|under|close to|well over|only|just|"
    r"another|a further) )*"
)
_CURRENCY = r"(?:US|A|C|HK|NZ|S)?[$€£¥₽₹]|(?:USD|EUR|GBP|Rs\.?) ?"
_MONEY_NOUN = (
    r"(?:(?:U\.?S\.? |American |Canadian |Australian )?(?:dollars|euros?|pounds|yuan|yen|rubles|roubles|rupees|"
    r"francs|won|riyals?|dinars?|pesos?|lira|shekels|kronor))"
)
_NUMBER = re.compile(
    rf"(?P<about>\b{_ABOUT})?(?:(?P<currency>{_CURRENCY}) ?(?P<amount>{_DIGITS}(?:[ -]?{_UNIT})?)|"
    rf"(?<![\w$€£./:-])(?P<plain>{_PLAIN})(?P<coin> {_MONEY_NOUN})?)(?![\w%/:]|[.,]\d)",
    re.I,
)  # fmt: skip
_STOP = re.compile(r"[;,.:—(]|\band\b|\bbut\b|\bwhile\b|\bafter\b|\bwhen\b|\bin (?:an?|the)\b")
_WORD = re.compile(r"[A-Za-z][\w'’.-]*")
_MONTH_BEFORE = re.compile(
    r"\b(?:jan(?:uary|\.)|feb(?:ruary|\.)|march|mar\.|april|apr\.|may|june|july|aug(?:ust|\.)|sept(?:ember|\.)|"
    r"oct(?:ober|\.)|nov(?:ember|\.)|dec(?:ember|\.)|no\.|number|article|resolution|aged?|chapter|group of|g) $",
    re.I,
)
_YEAR = re.compile(r"(?:1[5-9]|20)\d\d")
_KINDS: tuple[NumberKind, ...] = ("killed", "injured", "arrested")
_BEFORE = {"killed": "killing", "injured": "injuring", "arrested": "arresting"}


@dataclass(frozen=True, slots=True)
class _Found:
    start: int
    end: int
    value: float
    money: bool


@cache
def _words(name: str) -> frozenset[str]:
    """The words of one set of the table, lower case, values left out."""
    return frozenset(_values(name))


@cache
def _values(name: str) -> dict[str, float]:
    with _TABLE.open(encoding="utf8") as lines:
        rows = csv.DictReader(line for line in lines if not line.startswith("#"))
        words = next(row["words"].split() for row in rows if row["set"] == name)
    return {word: float(value or 0) for word, _, value in (w.partition(":") for w in words)}


def find_numbers(text: str, near: Words, sentence: Words) -> tuple[Number, ...]:
    """Magnitudes told with the act whose trigger is at `near`, out of its sentence, in text order.

    Plurals without a value ("dozens") have the least that they can mean, two of their unit. Dates, ages, durations, distances and
    shares are no magnitudes of an act.

    >>> text = "Three people were killed and 20 wounded."
    >>> [(n.value, n.what) for n in find_numbers(text, Words(18, 24), Words(0, 40))]
    [(3.0, 'killed'), (20.0, 'injured')]
    """
    found = _numbers(text, sentence)
    numbers = []
    for i, each in enumerate(found):
        until = found[i + 1].start if i + 1 < len(found) else sentence.end
        since = found[i - 1].end if i else sentence.start
        what = _what(text, each, since, until, near)
        away = max(0, near.start - each.end, each.start - near.end)
        if what and away <= _REACH:
            numbers.append(Number(start=each.start, end=each.end, text=text[each.start : each.end], value=each.value, what=what))
    return tuple(numbers)


def _numbers(text: str, sentence: Words) -> list[_Found]:
    found = []
    for match in _NUMBER.finditer(text, sentence.start, sentence.end):
        value = _value((match["amount"] or match["plain"]).lower())
        money = bool(match["currency"] or match["coin"])
        if value is None or (not money and _is_no_magnitude(text, match)):
            continue
        found.append(_Found(match.start(), match.end(), value, money))
    return found


def _value(words: str) -> float | None:
    """The value of a number in digits or words."""
    digits = re.match(rf"({_DIGITS})[ -]?(\w*)", words)
    if digits:
        unit = {"m": "million", "mn": "million", "bn": "billion", "k": "thousand"}.get(digits[2], digits[2])
        return float(digits[1].replace(",", "")) * _values("units").get(unit, 1.0)
    parts = words.replace("-", " ").split()
    if " of " in words:
        return (
            {"tens": 20, "dozens": 24, "scores": 40, "hundreds": 200, "thousands": 2000}[parts[0]]
            * _values("vague")[parts[-1]]
            / 2
        )
    if parts[0] in ("a", "half", "several"):
        unit_value = 12.0 if parts[-1] == "dozen" else _values("units")[parts[-1]]
        return unit_value * (1 if parts[0] == "a" and parts[1] != "few" else 0.5 if parts[0] == "half" else 3)
    if parts[0] in _values("vague"):
        return _values("vague")[parts[0]]
    total = 0.0
    for part in parts:
        unit_value = _values("units").get(part, 0.0)
        total = total * unit_value if unit_value else total + _values("numbers")[part]
    return total


def _is_no_magnitude(text: str, match: "re.Match[str]") -> bool:
    """Whether a number is a date, an age, a measure, or the word "one" that counts nothing."""
    plain = match["plain"]
    after = text[match.end() : match.end() + 24]
    following = _WORD.match(after.lstrip(" -"))
    noun = following.group().lower().rstrip(".") if following else ""
    if noun in _words("measures") or (noun in ("more", "or", "to") and _measured_later(after)):
        return True
    if after.startswith("-") and noun not in _words("persons"):
        return True
    before = text[max(0, match.start() - 14) : match.start()]
    if _YEAR.fullmatch(plain) and not match["about"] and noun not in _words("persons"):
        return True
    if _MONTH_BEFORE.search(before):
        return True
    return plain.lower() == "one" and (noun not in _words("persons") or noun == "others") and not _outcome(after)


def _measured_later(after: str) -> bool:
    words = _WORD.findall(after.lower())
    return len(words) > 2 and (words[1] in _words("measures") or words[2] in _words("measures"))


def _outcome(window: str) -> NumberKind | None:
    """The first word of a window that tells an outcome."""
    for word in _WORD.findall(window.lower()):
        for kind in _KINDS:
            if word.rstrip(".") in _words(kind):
                return kind
    return None


def _what(text: str, number: _Found, since: int, until: int, near: Words) -> NumberKind | None:
    """What a number counts: the outcome after it in its clause, else the verb before it, else the noun that follows."""
    if number.money:
        return "money"
    after = text[number.end : until]
    stop = _STOP.search(after)
    clause = after[: stop.start()] if stop else after
    before = text[max(since, number.start - 60) : number.start]
    outcome = _outcome(clause) or _told_before(before)
    if outcome:
        return outcome
    nouns = [w.lower().rstrip(".") for w in _WORD.findall(clause)[:4]]
    counted = [n for n in nouns if n in _words("persons") or n in _words("participants")]
    if counted or not nouns:
        return _told_before(text[near.start : near.end]) or _outcome(after) or ("participants" if counted else None)
    return "items" if any(n.endswith("s") for n in nouns[:3]) else None


def _told_before(before: str) -> NumberKind | None:
    """The outcome that a verb or noun right before a number tells; a later one wins."""
    words = [w.lower().rstrip(".") for w in _WORD.findall(before)]
    for word in reversed(words[-8:]):
        for kind in _KINDS:
            if word in _words(_BEFORE[kind]):
                return kind
    return None

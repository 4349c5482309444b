"""What in a text points to one home or one person: addresses, postcodes, numbers, names.

The rules look at how something is written and not at a list of streets or homes, so that they know
nothing that must not leave. A text comes in as `geo_lv.check.veils` gives it: without escapes, and
with a plain blank for every blank.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from geo_lv.persons import CONSULTATIONS


class TraceKind(StrEnum):
    """What was found, in the words of a report."""

    ADDRESS = "an address"
    POSTCODE = "a postcode"
    BAG = "the number of a home in the BAG"
    VHE = "a home of a corporation (vhe)"
    PERSON = "a person"
    CONSULTATION = "a matter of JOSO or Lokale Kamer"
    MAIL = "an e-mail address"
    PHONE = "a telephone number"
    BSN = "a citizen service number"
    IBAN = "a bank account"
    COORDINATES = "a place as exact as a home"


@dataclass(frozen=True)
class Trace:
    """A part of a text that points to a home or a person."""

    kind: TraceKind
    start: int
    text: str


_STREETS: Final = (
    "straat", "straatje", "laan", "laantje", "weg", "plein", "kade", "dijk", "singel", "gracht",
    "hof", "hofje", "pad", "steeg", "plantsoen", "dreef", "erf", "boulevard", "haven", "burgwal",
    "lei", "wal", "vaart", "sloot", "brink", "allee", "passage", "promenade", "park", "ring",
)  # fmt: skip
"""Last parts of the names of streets."""
_NO_STREETS: Final = ("woonerf", "overweg", "onderweg", "verweg", "speelplein", "schoolplein")
"""Words that end like a street and are none."""
_WORD: Final = re.compile(r"[^\W\d_'’]+$")
_LONGEST: Final = 40
_HOUSE_NUMBER: Final = re.compile(
    r"(?<=[^\W\d_])[ _.,+-]{1,3}[1-9][0-9]{0,4}"
    r"(?:[ -]?[a-zA-Z](?![a-zA-Z])|-[0-9]{1,4}|-(?:[IVX]+|hs|bis))?(?![\w%])(?![.,][0-9])"
)

_UNITS: Final = "px|em|ex|ch|vh|vw|ms|pt|mm|cm|pc|in|st|nd|rd|th|kb|mb|gb|km|ha|jr|en|kw|wh"
"""Pairs of letters that follow a number in a style sheet or a text."""
_NO_POSTCODES: Final = ("SA", "SD", "SS")

_RD_X: Final = range(10_000, 300_000)
_RD_Y: Final = range(300_000, 620_000)
_BETWEEN: Final = r"[^0-9\n]{1,12}?"


def _is_postcode(match: re.Match[str]) -> bool:
    return match["letters"].upper() not in _NO_POSTCODES


def _is_service_number(match: re.Match[str]) -> bool:
    """Return whether nine digits pass the test that every citizen service number passes."""
    digits = [int(digit) for digit in match[0] if digit.isdigit()]
    weights = (9, 8, 7, 6, 5, 4, 3, 2, -1)
    weighed = sum(digit * weight for digit, weight in zip(digits, weights, strict=True))
    return len(set(digits)) > 1 and weighed % 11 == 0


def _is_rd(match: re.Match[str]) -> bool:
    return int(match["x"]) in _RD_X and int(match["y"]) in _RD_Y


def _is_any(_match: re.Match[str]) -> bool:
    return True


@dataclass(frozen=True)
class _Rule:
    kind: TraceKind
    pattern: re.Pattern[str]
    holds: Callable[[re.Match[str]], bool] = _is_any
    hints: tuple[str, ...] = ("",)
    """Parts in lower case of which a text has one, or the pattern is not tried: that is faster."""


_NAME: Final = r"(?:[A-Z]\.)* ?(?:van |de |der |den )*[A-Z]\w+"
_RULES: Final = (
    _Rule(
        TraceKind.POSTCODE,
        re.compile(
            r"(?<![\w#.,/-])[1-9][0-9]{3}[ _-]?(?P<letters>[A-Z]{2})(?!\w)"
            r"(?:[ ,_-]{0,2}[0-9]{1,5}(?!\w))?"
        ),
        _is_postcode,
    ),
    _Rule(
        TraceKind.POSTCODE,
        re.compile(
            rf"(?<![\w#.,/-])[1-9][0-9]{{3}}(?P<letters>(?!{_UNITS})[a-z]{{2}})[ ,_-]{{1,2}}"
            r"[0-9]{1,5}(?![\w.])"
        ),
        _is_postcode,
    ),
    _Rule(
        TraceKind.BAG,
        re.compile(
            r"(?<![\w.,])[0-9]{4}[ .-]?(?:01|02|03|10|20)[ .-]?[0-9]{10}"
            r"(?!\w|[.,][0-9])"
        ),
    ),
    _Rule(
        TraceKind.BAG,
        re.compile(r"nl\.imbag\.[a-z]+\.[0-9]+", re.IGNORECASE),
        hints=("imbag",),
    ),
    _Rule(
        TraceKind.VHE,
        re.compile(
            r"(?<![^\W_])(?:vhe|verhuureenheid|eenheidnummer|woningnummer)(?:nr|nummer)?"
            r"(?:[ :_-]*[0-9]+)?(?![^\W_])|(?<=-)vid-[0-9]+",
            re.IGNORECASE,
        ),
        hints=("vhe", "verhuureenheid", "eenheidnummer", "woningnummer", "-vid-"),
    ),
    _Rule(
        TraceKind.PERSON,
        re.compile(
            rf"(?<!\w)(?:(?:[Dd]hr|[Mm]evr|[Mm]w)\.?|[Dd]e heer|[Mm]evrouw) {_NAME}"
            r"|(?<!\w)(?i:huurder|bewoner|melder|contactpersoon|achternaam|voornaam): ?[A-Z]\w+"
        ),
        hints=(
            "dhr",
            "mevr",
            "mw",
            "de heer",
            "huurder:",
            "bewoner:",
            "melder:",
            "persoon:",
            "naam:",
        ),
    ),
    _Rule(TraceKind.CONSULTATION, CONSULTATIONS, hints=("joso", "jongerenopstraat", "lokale")),
    _Rule(
        TraceKind.MAIL,
        re.compile(r"(?<=[\w.+-])@[\w-]+(?:\.[\w-]+)*\.[a-zA-Z]{2,}"),
        hints=("@",),
    ),
    _Rule(
        TraceKind.PHONE,
        re.compile(
            r"(?<![\w.,+])(?:(?:\+|00)31[ -]?(?:\(0\))?|0)[ -]?[1-9](?:[ -]?[0-9]){8}"
            r"(?!\w|[.,][0-9])"
        ),
    ),
    _Rule(
        TraceKind.BSN,
        re.compile(r"(?<![\w.,+-])[0-9]{9}(?!\w|[.,][0-9])"),
        _is_service_number,
    ),
    _Rule(TraceKind.IBAN, re.compile(r"(?<!\w)[A-Z]{2}[0-9]{2} ?[A-Z]{4}(?: ?[0-9]){10}(?!\w)")),
    _Rule(
        TraceKind.COORDINATES,
        re.compile(
            rf"(?<![\w.,])(?P<x>[0-9]{{5,6}})(?:[.,][0-9]+)?{_BETWEEN}"
            r"(?P<y>[0-9]{6})(?:[.,][0-9]+)?(?!\w)"
        ),
        _is_rd,
    ),
    _Rule(
        TraceKind.COORDINATES,
        re.compile(
            rf"(?<![\w.,])(?:5[0-3][.,][0-9]{{4,}}{_BETWEEN}[3-7][.,][0-9]{{4,}}"
            rf"|[3-7][.,][0-9]{{4,}}{_BETWEEN}5[0-3][.,][0-9]{{4,}})(?!\w)"
        ),
    ),
)


def traces_in(text: str) -> Iterator[Trace]:
    """Yield every part of a text that points to a home or a person, rule by rule."""
    yield from _addresses_in(text)
    folded = text.casefold()
    for rule in _RULES:
        if any(hint in folded for hint in rule.hints):
            for match in filter(rule.holds, rule.pattern.finditer(text)):
                yield Trace(rule.kind, match.start(), match[0].strip())


def _addresses_in(text: str) -> Iterator[Trace]:
    """Yield streets with the number that follows; the number is looked for first."""
    for number in _HOUSE_NUMBER.finditer(text):
        word = _WORD.search(text, max(0, number.start() - _LONGEST), number.start())
        if word and _is_street(word[0].casefold()):
            yield Trace(TraceKind.ADDRESS, word.start(), text[word.start() : number.end()])


def _is_street(word: str) -> bool:
    return word.endswith(_STREETS) and word not in _STREETS and word not in _NO_STREETS


def names_a_place(text: str) -> bool:
    """Return whether a text holds what looks like an address or a postcode."""
    places = {TraceKind.ADDRESS, TraceKind.POSTCODE}
    return any(trace.kind in places for trace in traces_in(text))

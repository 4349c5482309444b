"""Which kinds of crime or nuisance make a figure: named one by one, never by adding all rows."""

import datetime as dt
import re
from collections.abc import Iterable
from itertools import combinations, permutations
from typing import Annotated, Final, Literal, NamedTuple, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator

from geo_lv.sources.faults import EmptyAnswerError
from geo_lv.sources.fetched import FetchRequest

TITLE: Final = "Politie"
YEARS_BACK: Final = 4
"""How many years before this one are taken when none is named."""

Subject = Literal["misdrijven", "overlast"]

TOTAL: Final = "totaal"
"""A word that the titles of roll-ups have."""

_KIND: Final = re.compile(r"(?P<code>[0-9]+(?:\.[0-9]+)+)?(?:^|\s+|$)(?P<title>.*)")


def words_of(title: str) -> frozenset[str]:
    """Return the words of a title, without its code: their order and signs change now and then."""
    return frozenset(re.findall(r"[^\W\d_]+", title.casefold()))


def code_of(kind: str) -> str:
    """Return the code with which a kind starts, such as ``1.1.1``; empty if it has none."""
    found = _KIND.fullmatch(kind.strip())
    return (found["code"] or "") if found else ""


def covers(whole: str, part: str) -> bool:
    """Tell whether one code is a roll-up of another: ``1.0.0`` of ``1.1.1``, ``0.0.0`` of all."""
    stem = _stem(whole)
    return whole != part and _stem(part)[: len(stem)] == stem


def _stem(code: str) -> tuple[str, ...]:
    parts = code.split(".")
    while parts and not parts[-1].strip("0"):
        parts.pop()
    return tuple(parts)


def _kind(value: str) -> str:
    if not code_of(value) and not words_of(value):
        msg = "a code, a title, or a code and a title, such as 1.1.1 Diefstal/inbraak woning"
        raise ValueError(msg)
    return value


class PoliceFigure(BaseModel):
    """What a figure of the police counts."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    subject: Subject
    kinds: Annotated[
        tuple[Annotated[str, AfterValidator(_kind)], ...], Field(min_length=1, max_length=40)
    ]
    """Each a code, a title of which all words must be there, or both. They are added up."""

    @model_validator(mode="after")
    def _each_once(self) -> Self:
        codes = [code_of(kind) for kind in self.kinds]
        if len(codes) > 1 and not all(codes):
            msg = "a code for each of several kinds"
            raise ValueError(msg)
        for one, other in combinations(codes, 2):
            if one == other:
                msg = f"each kind once, and {one} stands there twice"
                raise ValueError(msg)
        for whole, part in permutations(codes, 2):
            if covers(whole, part):
                msg = f"no kind together with a part of it: {part} is in {whole}"
                raise ValueError(msg)
        return self

    def found_in(self, titles: Iterable[tuple[str, str]]) -> tuple[tuple[str, ...], ...]:
        """
        Find the kinds in the dimension of a table.

        Parameters
        ----------
        titles
            Code, without padding, and title of each kind that the table has.

        Returns
        -------
        codes
            For each kind those that fit: none if the table does not have it, several if the title
            is not precise.
        """
        known = [(code, words_of(title)) for code, title in titles]
        return tuple(
            tuple(
                code
                for code, words in known
                if code_of(kind) in {"", code} and words_of(kind) <= words
            )
            for kind in self.kinds
        )


class PoliceDefinition(NamedTuple):
    """A figure to make, by the id of its indicator."""

    indicator: str
    figure: PoliceFigure


def definitions_in(request: FetchRequest) -> tuple[PoliceDefinition, ...]:
    """
    Return the figures that are asked for.

    Parameters
    ----------
    request
        With definitions; those of other sources are left.

    Returns
    -------
    definitions
        At least one.

    Raises
    ------
    EmptyAnswerError
        If there is none: then there is nothing to ask.
    """
    found = tuple(one for one in request.definitions if isinstance(one, PoliceDefinition))
    if not found:
        raise EmptyAnswerError(TITLE, "a figure of the police in indicators.toml")
    return found


def years_in(request: FetchRequest) -> frozenset[int]:
    """Return the years that are asked for, or the last few."""
    newest = dt.date.fromisoformat(request.day).year
    return frozenset(request.years or range(newest - YEARS_BACK, newest + 1))

"""Twelve months together: which of them are complete, and what they add up to. Pure."""

import datetime as dt
import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Final

from geo_lv.schema import MONTHS, Reason

_PERIOD: Final = re.compile(r"(?P<year>(?:19|20)[0-9]{2})(?:MM(?P<month>0[1-9]|1[0-2])|JJ00)")

Total = tuple[int | None, Reason | None]
"""A number, or why there is none."""


@dataclass(frozen=True, order=True)
class Month:
    """A month."""

    year: int
    number: int
    """1 to 12."""

    def back(self, months: int) -> "Month":
        """Return the month so many before this one."""
        since = 12 * self.year + self.number - 1 - months
        return Month(since // 12, since % 12 + 1)

    @property
    def code(self) -> str:
        """Return its code, as ``2025MM04``."""
        return f"{self.year}MM{self.number:02}"


@dataclass(frozen=True)
class Period:
    """Twelve months that follow each other."""

    last: Month

    @property
    def months(self) -> tuple[Month, ...]:
        """Return them in order."""
        return tuple(self.last.back(months) for months in reversed(range(12)))

    @property
    def note(self) -> str:
        """Return in Dutch which months they are; empty for a calendar year."""
        if self.last.number == len(MONTHS):
            return ""
        return f"12 maanden tot en met {MONTHS[self.last.number - 1]} {self.last.year}."


def month_of(code: str) -> Month | None:
    """Return the month of a code; None for a year, which stands among the months as well."""
    found = _PERIOD.fullmatch(code)
    return Month(int(found["year"]), int(found["month"])) if found and found["month"] else None


def year_of(code: str) -> int | None:
    """Return the year of the code of a year; None for a month."""
    found = _PERIOD.fullmatch(code)
    return int(found["year"]) if found and not found["month"] else None


def is_period(code: str) -> bool:
    """Tell whether a code is one of a month or a year."""
    return _PERIOD.fullmatch(code) is not None


def over(month: Month, day: str) -> bool:
    """Tell whether a month is over on an ISO day."""
    today = dt.date.fromisoformat(day)
    return (month.year, month.number) < (today.year, today.month)


def periods(months: Collection[Month], years: Collection[int]) -> tuple[Period, ...]:
    """
    Return the twelve months of each year that can be told of.

    Parameters
    ----------
    months
        Those that are complete.
    years
        Those that are wanted; the newest twelve months count as of the year in which they end.

    Returns
    -------
    periods
        Calendar years with all months, and the newest twelve months; oldest first.
    """
    if not months:
        return ()
    newest = max(months)
    ends = {Month(year, 12) for year in years} | {newest}
    found = (Period(end) for end in sorted(ends) if end.year in years)
    return tuple(period for period in found if set(months).issuperset(period.months))


def total(counts: Iterable[Total | None]) -> Total:
    """
    Add up counts.

    Parameters
    ----------
    counts
        In any order; None for one that was not published at all.

    Returns
    -------
    total
        Their sum if all are known. Withheld if one of them is, else for the first reason there is:
        what is not known is never taken for zero.
    """
    known = 0
    reasons: set[Reason] = set()
    for count in counts:
        if count is None:
            reasons.add(Reason.MISSING)
        elif count[0] is None:
            reasons.add(count[1] or Reason.MISSING)
        else:
            known += count[0]
    for reason in (Reason.SUPPRESSED, Reason.MISSING, Reason.NOT_APPLICABLE):
        if reason in reasons:
            return None, reason
    return known, None

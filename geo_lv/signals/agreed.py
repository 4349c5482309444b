"""The agreed list beside the signals in the figures, year by year: two layers that may disagree."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final, Literal, NamedTuple

import pandas as pd

from geo_lv.agreements import Attention
from geo_lv.municipality import AttentionList
from geo_lv.remembered import remember

Standing = Literal["listed", "lapsed", "unlisted"]
"""``lapsed`` if an area was on a list of which nobody knows whether it still holds."""

SIDES: Final = ("unfavourable", "favourable", "neutral")

Signals = tuple[tuple[str, str], ...]
"""Indicator and year of each signal, the strongest first."""


@dataclass(frozen=True)
class AreaInYear:
    """An area in one year: on which lists it is, and what the figures that were there then say."""

    code: str
    year: int
    lists: tuple[str, ...]
    """Ids of the lists of that year with a part of the area, in the order of the settings."""
    lapsed: tuple[str, ...]
    """Ids of lists that had it when they were agreed last, before this year: what holds now is not
    known."""
    is_whole: bool
    """Whether all of its buurten are on one of those lists."""
    signals: Mapping[str, Signals]
    """Side to the signals on that side."""
    judged: int
    """Indicators that could be judged here."""
    able: int
    """Indicators that have figures of areas like this one."""
    vintages: tuple[str, ...]
    """Years of those figures."""

    @property
    def standing(self) -> Standing:
        """Whether it is on a list in this year, as far as that is known."""
        if self.lists:
            return "listed"
        return "lapsed" if self.lapsed else "unlisted"

    @property
    def has_signal(self) -> bool:
        """Whether a signal lies on the unfavourable side; only those count beside the list."""
        return bool(self.signals["unfavourable"])


def areas_in_year(
    signals: pd.DataFrame,
    attention: Iterable[Attention],
    lists: Iterable[AttentionList],
    areas: Mapping[str, frozenset[str]],
    year: int,
) -> tuple[AreaInYear, ...]:
    """
    Put the lists of a year beside the figures of that year.

    Parameters
    ----------
    signals
        From `geo_lv.signals.table.signal_table`. Of each indicator the newest year counts that is
        not after `year`; an area without a figure in that year is not judged on an older one.
    attention
        Areas of the lists, as sets of buurten.
    lists
        The lists, each with the years for which it was agreed.
    areas
        Code of each wijk, or of each buurt, to its buurten.
    year
        For which the lists hold.

    Returns
    -------
    areas
        One per area, in the order of `areas`.
    """
    # wijken and buurten are asked for apart, and the lists of a year by several sections
    rows = remember(f"signals up to {year}", (signals,), lambda: _newest(signals, year))
    entries = list(attention)
    agreed = {item.id: max((of for of in item.years if of <= year), default=0) for item in lists}
    listed = {name: _listed(entries, name, last) for name, last in agreed.items()}
    valid = {name: codes for name, codes in listed.items() if agreed[name] == year}
    lapsed = {name: codes for name, codes in listed.items() if agreed[name] != year}
    return tuple(
        AreaInYear(
            code=code,
            year=year,
            lists=tuple(name for name, codes in valid.items() if codes & buurten),
            lapsed=tuple(name for name, codes in lapsed.items() if codes & buurten),
            is_whole=any(buurten <= codes for codes in valid.values()),
            signals={side: _signals(own, side) for side in SIDES},
            judged=sum(row.unjudged == "" for row in own),
            able=len(own),
            vintages=tuple(sorted({row.year for row in own})),
        )
        for code, buurten in areas.items()
        for own in [rows.get(code, ())]
    )


def _listed(entries: Iterable[Attention], name: str, year: int) -> frozenset[str]:
    """Return the buurten that a list has in a year."""
    return frozenset(
        code
        for item in entries
        if item.list_id == name and item.first_year <= year <= item.last_year
        for code in item.bu_codes
    )


class _Row(NamedTuple):
    """What of a row of `signals` counts here."""

    indicator: str
    year: str
    level: str
    side: str
    z: float
    unjudged: str


def _newest(signals: pd.DataFrame, year: int) -> dict[str, tuple[_Row, ...]]:
    """Return the rows of each area, each indicator in the newest year that is not after `year`."""
    own = signals[signals["year"] <= str(year)]
    newest = own.groupby([own["code"].str[:2], "indicator"])["year"].transform("max")
    found: dict[str, list[_Row]] = {}
    kept = own.loc[own["year"] == newest, ["code", *_Row._fields]]
    for code, *values in kept.itertuples(index=False):
        found.setdefault(str(code), []).append(_Row(*values))
    return {code: tuple(rows) for code, rows in found.items()}


def _signals(rows: tuple[_Row, ...], side: str) -> Signals:
    """Return the signals on a side, the strongest first."""
    found = [row for row in rows if row.level and row.side == side]
    return tuple((row.indicator, row.year) for row in sorted(found, key=lambda row: -abs(row.z)))

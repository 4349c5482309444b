"""Which figures of other years are about the areas of now: codes say less than they seem to.

CBS draws wijken and buurten anew now and then. A code can go on for another area, and an area can
go on under another code. A figure of another year counts for an area of now only if nothing about
its code changed in between, or if a crosswalk says that the two are one and the same area.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pandas as pd

from geo_lv.codes import NL_CODE, REGION_CODE
from geo_lv.errors import InputError, Problem
from geo_lv.schema import Change, Reason
from geo_lv.tables import TableSchema, choice, pattern, read_table, text, year

FILE: Final = "boundaries/divisions.csv"
CROSSWALK_FILE: Final = "boundaries/crosswalk.csv"

_CODE: Final = (REGION_CODE, "a GM, WK or BU code")
_SCHEMA: Final = TableSchema(
    (
        pattern("code", *_CODE),
        year("year"),
        text("name"),
        choice("change", tuple(Change), optional=True),
    ),
    unique=("code", "year"),
)
_CROSSWALK: Final = TableSchema(
    (
        year("from_year"),
        pattern("from_code", *_CODE),
        year("to_year"),
        pattern("to_code", *_CODE),
        text("source"),
    ),
    unique=("from_year", "from_code"),
)

Moment = tuple[str, int]
"""A code in the division of a year."""


@dataclass(frozen=True)
class Divisions:
    """The division of each year, and what changed since the year before."""

    year: int
    """Year of the division that the boundaries have."""
    changes: Mapping[Moment, str]
    """``""`` where CBS does not say; no entry where there was no such area."""
    forward: Mapping[Moment, Moment]
    """One and the same area, under its code of a later year."""

    @property
    def codes(self) -> frozenset[str]:
        """Every code that was in use in one of the years."""
        return frozenset(code for code, _ in self.changes)

    def code_now(self, code: str, of_year: int) -> str:
        """
        Find the area of now that a code stood for.

        Parameters
        ----------
        code
            In the division of `of_year`.
        of_year
            Before, in, or after the year of the boundaries.

        Returns
        -------
        code
            That of the same area in the division of the boundaries; ``""`` if there is none, or
            nobody can tell. The Netherlands stay what they are.
        """
        if code == NL_CODE:
            return code
        if of_year > self.year:
            return self._back(code, of_year)
        while code and of_year < self.year:
            step = self.forward.get((code, of_year))
            if step is None or step[1] > self.year:
                same = self.changes.get((code, of_year + 1)) == Change.UNCHANGED
                step = (code if same else "", of_year + 1)
            code, of_year = step
        return code

    def _back(self, code: str, of_year: int) -> str:
        before = {later: earlier for earlier, later in self.forward.items()}
        while code and of_year > self.year:
            step = before.get((code, of_year))
            if step is None or step[1] < self.year:
                same = self.changes.get((code, of_year)) == Change.UNCHANGED
                step = (code if same else "", of_year - 1)
            code, of_year = step
        return code


def load_divisions(data: Path, of_boundaries: int | None) -> Divisions | None:
    """
    Read the divisions of a data folder.

    Parameters
    ----------
    data
        The data folder.
    of_boundaries
        Year of the division that its boundaries have, if it says so.

    Returns
    -------
    divisions
        None if it has no such file, or one that holds the year of the boundaries only and thus says
        nothing of others: then every code is taken to stand for the area of now.

    Raises
    ------
    InputError
        With every problem of the two files: a crosswalk that goes back in time, starts from or
        leads to a code that was not there, or leads twice to one area; boundaries of an unknown
        year.
    """
    if not (data / FILE).is_file():
        return None
    table = read_table(data / FILE, FILE, _SCHEMA)
    rows = table[["code", "year", "change"]].itertuples(index=False)
    changes = {(code, int(of_year)): change for code, of_year, change in rows}
    crosswalk = _read_crosswalk(data)
    problems = [*_crosswalk_problems(crosswalk, changes)]
    years = {of_year for _, of_year in changes}
    if years == {of_boundaries} and not problems:
        return None
    if of_boundaries not in years:
        expected = f"a division of the boundaries that {FILE} has: division = a year"
        found = "none" if of_boundaries is None else str(of_boundaries)
        advice = "say it at boundaries/buurten.geojson"
        problems.append(Problem("provenance.toml", expected, found, advice, column="file"))
    if problems or of_boundaries is None:
        raise InputError(tuple(problems))
    steps = crosswalk.drop(columns="source").itertuples(index=False)
    forward = {(code, int(was)): (to, int(then)) for was, code, then, to in steps}
    return Divisions(of_boundaries, changes, forward)


def _read_crosswalk(data: Path) -> pd.DataFrame:
    if (data / CROSSWALK_FILE).is_file():
        return read_table(data / CROSSWALK_FILE, CROSSWALK_FILE, _CROSSWALK)
    return pd.DataFrame(columns=[column.name for column in _CROSSWALK.columns])


def _crosswalk_problems(
    crosswalk: pd.DataFrame, changes: Mapping[Moment, str]
) -> Iterator[Problem]:
    seen: set[Moment] = set()
    for row, was, code, then, to, _ in crosswalk.itertuples():
        if then <= was:
            found, advice = f"from {was} to {then}", "put the earlier year first"
            yield Problem(CROSSWALK_FILE, "a later year", found, advice, row, "to_year")
        for name, moment in (("from_code", (code, was)), ("to_code", (to, then))):
            if moment not in changes:
                expected, found = f"a code of {moment[1]} in {FILE}", moment[0]
                yield Problem(CROSSWALK_FILE, expected, found, "correct it", row, name)
        if (to, then) in seen:
            expected, found = "each area once", f"{to} of {then} again"
            advice = "an area that was made of several has no figures of before"
            yield Problem(CROSSWALK_FILE, expected, found, advice, row, "to_code")
        if all(changes.get((to, of)) == Change.UNCHANGED for of in range(was + 1, then + 1)):
            expected, found = "an area under another code than before", f"{to}, unchanged"
            yield Problem(CROSSWALK_FILE, expected, found, "remove the row", row, "to_code")
        seen.add((to, then))


def to_areas_of_now(
    figures: pd.DataFrame, divisions: Divisions | None
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """
    Give figures of other years the codes of the areas of now.

    Parameters
    ----------
    figures
        Table of figures as in `geo_lv.indicators.figures`, with codes of the division of their own
        year; further columns are kept.
    divisions
        The divisions; None takes every code as one of now.

    Returns
    -------
    figures
        Those about an area of now. Where the code of an area of now stood for another area, its
        figure of that year is missing, with a note: a line through the years breaks there.
    others
        Rows that no area of now has, as they came: with the first they are all rows.
    """
    if divisions is None:
        return figures, figures.iloc[:0]
    moments = figures[["code", "year"]].drop_duplicates().itertuples(index=False)
    found = {(code, of): divisions.code_now(code, int(of)) for code, of in moments}
    now = pd.Series(
        [found[moment] for moment in zip(figures["code"], figures["year"], strict=True)],
        index=figures.index,
        dtype="str",
    )
    kept = figures[now != ""].assign(code=now[now != ""])
    others = figures[now == ""]
    broken = _broken(others, kept, divisions)
    return pd.concat([kept, broken]).sort_index(kind="stable"), others.drop(index=broken.index)


def _broken(others: pd.DataFrame, kept: pd.DataFrame, divisions: Divisions) -> pd.DataFrame:
    """Return the rows whose code is one of now, without their value: it is of another area."""
    key = ["code", "indicator", "year"]
    taken = pd.MultiIndex.from_frame(kept[key])
    is_now = others["code"].isin([code for code, of in divisions.changes if of == divisions.year])
    broken = others[is_now]
    broken = broken[~pd.MultiIndex.from_frame(broken[key]).isin(taken)]
    return broken.assign(
        value=float("nan"),
        reason=Reason.MISSING.value,
        note=[f"In {of} gold hier een andere indeling." for of in broken["year"]],
    )

"""What one agreement table names must exist in another file."""

from collections.abc import Callable, Iterator
from typing import Final

import pandas as pd

from geo_lv.agreements.measurements import FILE as MEASUREMENTS_FILE
from geo_lv.agreements.measurements import measurement_problems
from geo_lv.agreements.points import FILE as MONITORED_FILE
from geo_lv.agreements.points import Monitored
from geo_lv.agreements.schemas import (
    ACTIONS_FILE,
    ATTENTION_FILE,
    DECISIONS_FILE,
    NEW_BUILD_FILE,
    PHASING_FILE,
    PROGRESS_FILE,
    RENOVATIONS_FILE,
    SOURCES_FILE,
)
from geo_lv.codes import WK_CODE
from geo_lv.errors import Problem, shorten
from geo_lv.municipality import FILE, Municipality
from geo_lv.persons import persons_in

Check = Callable[[pd.DataFrame], Iterator[Problem]]

_OWNER: Final = "a corporation of municipality.toml"
_RENT_CLASS: Final = "a class that rent_levels.csv has in every year"
_OF_CORPORATIONS: Final = (NEW_BUILD_FILE, RENOVATIONS_FILE)
_PERIODS: Final = (
    (ATTENTION_FILE, "first_year", "last_year"),
    (NEW_BUILD_FILE, "period_start", "period_end"),
    (PHASING_FILE, "start", "end"),
    (RENOVATIONS_FILE, "start", "end"),
    (DECISIONS_FILE, "from_year", "until_year"),
)


def reference_problems(
    tables: dict[str, pd.DataFrame],
    monitored: Monitored | None,
    municipality: Municipality | None,
    codes: frozenset[str] | None,
    rent_classes: frozenset[str] | None,
) -> Iterator[Problem]:
    """Check that every code, slug, id, class and source key that a file names exists."""
    sources = frozenset(tables[SOURCES_FILE]["key"]) if SOURCES_FILE in tables else None
    if municipality is not None and sources is not None:
        yield from _unsourced(municipality, sources)
    for (name, column), allowed in _allowed(municipality, codes, sources).items():
        if name in tables and allowed is not None:
            yield from _unknown(tables[name], name, column, allowed)
    if municipality is not None and ATTENTION_FILE in tables:
        years = {item.id: item.years for item in municipality.attention_lists}
        yield from _outside_list(tables[ATTENTION_FILE], years)
    corporations = None
    if municipality is not None:
        corporations = frozenset(item.name for item in municipality.corporations)
    yield from _strangers(tables, corporations)
    if monitored is not None:
        yield from _unknown_in_points(monitored, sources, corporations, rent_classes)
        if MEASUREMENTS_FILE in tables:
            wijken = None if codes is None else frozenset(filter(WK_CODE.fullmatch, codes))
            yield from measurement_problems(tables[MEASUREMENTS_FILE], monitored, wijken)
    yield from _own_problems(tables)


def _own_problems(tables: dict[str, pd.DataFrame]) -> Iterator[Problem]:
    """Check what a table says by itself."""
    for name, check in _CHECKS.items():
        yield from check(tables[name]) if name in tables else ()
    if DECISIONS_FILE in tables and ATTENTION_FILE in tables:
        yield from _unlisted(tables[DECISIONS_FILE], tables[ATTENTION_FILE])
    if PROGRESS_FILE in tables and NEW_BUILD_FILE in tables:
        yield from _siteless(tables[PROGRESS_FILE], tables[NEW_BUILD_FILE])
    for name, first, last in _PERIODS:
        yield from _backwards(tables[name], name, first, last) if name in tables else ()


def _allowed(
    municipality: Municipality | None,
    codes: frozenset[str] | None,
    sources: frozenset[str] | None,
) -> dict[tuple[str, str], frozenset[str] | None]:
    """Return, per column of words, what may stand there; None where that is not known."""
    lists = plans = None
    if municipality is not None:
        lists = frozenset(item.id for item in municipality.attention_lists)
        plans = frozenset(area.slug for area in municipality.plan_areas)
    return {
        (ATTENTION_FILE, "list_id"): lists,
        (ATTENTION_FILE, "bu_codes"): codes,
        (ATTENTION_FILE, "focus_bu_codes"): codes,
        (ATTENTION_FILE, "source"): sources,
        (NEW_BUILD_FILE, "bu_code"): codes,
        (NEW_BUILD_FILE, "source"): sources,
        (NEW_BUILD_FILE, "status_source"): sources,
        (PROGRESS_FILE, "source"): sources,
        (PHASING_FILE, "plan_area"): plans,
        (PHASING_FILE, "source"): sources,
        (RENOVATIONS_FILE, "source"): sources,
        (ACTIONS_FILE, "wk_code"): codes,
        (ACTIONS_FILE, "source"): sources,
        (DECISIONS_FILE, "list_id"): lists,
        (DECISIONS_FILE, "source"): sources,
        (MEASUREMENTS_FILE, "source"): sources,
    }


def _outside_list(table: pd.DataFrame, years: dict[str, tuple[int, ...]]) -> Iterator[Problem]:
    """Find listings that no year of their list holds: no page would ever show them as listed."""
    for row, list_id, first, last in table[["list_id", "first_year", "last_year"]].itertuples():
        agreed = years.get(str(list_id), ())
        if agreed and first <= last and not any(first <= year <= last for year in agreed):
            expected = f"a year of {list_id}: {', '.join(map(str, agreed))}"
            found = f"{first} to {last}"
            advice = "correct the years here or those of the list"
            yield Problem(ATTENTION_FILE, expected, found, advice, int(row), "first_year")


def _unsourced(municipality: Municipality, sources: frozenset[str]) -> Iterator[Problem]:
    cited = {"phasing.source": municipality.phasing.source}
    for kind in ("corporations", "plan_areas", "meeting_areas", "attention_lists"):
        for position, item in enumerate(getattr(municipality, kind)):
            cited[f"{kind}.{position}.source"] = item.source
    for column, keys in cited.items():
        for key in keys.split():
            if key not in sources:
                expected = f"a key of {SOURCES_FILE}"
                yield Problem(
                    FILE, expected, shorten(key), "correct it or add it there", column=column
                )


def _unknown(
    table: pd.DataFrame, name: str, column: str, allowed: frozenset[str]
) -> Iterator[Problem]:
    for row, value in table[column].items():
        for word in str(value).split():
            if word not in allowed:
                expected = f"a {column.removesuffix('s')} that exists in the data folder"
                yield Problem(name, expected, shorten(word), "correct it", int(str(row)), column)


def _strangers(
    tables: dict[str, pd.DataFrame], corporations: frozenset[str] | None
) -> Iterator[Problem]:
    """Find corporations that no other file has."""
    for name in _OF_CORPORATIONS:
        if name in tables and corporations is not None:
            for row, value in tables[name]["corporation"].items():
                if value and value not in corporations:
                    found, line = shorten(str(value)), int(str(row))
                    yield Problem(name, _OWNER, found, "correct it", line, "corporation")


def _unknown_in_points(
    monitored: Monitored,
    sources: frozenset[str] | None,
    corporations: frozenset[str] | None,
    rent_classes: frozenset[str] | None,
) -> Iterator[Problem]:
    """Find what the agreements and their goals name and no other file has."""
    names = (
        *(
            (f"agreements.{place}.source", key, f"a key of {SOURCES_FILE}", sources)
            for place, agreement in enumerate(monitored.agreements)
            for key in agreement.source.split()
        ),
        *(
            (f"goals.{place}.corporation", goal.corporation, _OWNER, corporations)
            for place, goal in enumerate(monitored.goals)
        ),
        *(
            (f"points.{place}.rent_class", point.rent_class, _RENT_CLASS, rent_classes)
            for place, point in enumerate(monitored.points)
        ),
    )
    for column, value, expected, allowed in names:
        if value and allowed is not None and value not in allowed:
            yield Problem(MONITORED_FILE, expected, shorten(value), "correct it", column=column)


def _unclear_complexes(renovations: pd.DataFrame) -> Iterator[Problem]:
    """Check that a complex is of a known corporation, the only one of its row, and named once."""
    named = renovations[renovations["complex_id"] != ""]
    again = named.duplicated(["corporation", "complex_id"])
    faults = {
        "corporation": (named["corporation"] == "", "the corporation of the complex", "none"),
        "complexes": (named["complexes"] != "1", "1 for one complex_id", "more"),
        "complex_id": (again, "each complex of a corporation once", "it again"),
    }
    for column, (wrong, expected, found) in faults.items():
        for row in named.index[wrong]:
            yield Problem(RENOVATIONS_FILE, expected, found, "correct it", int(row), column)


def _about_persons(name: str, columns: tuple[str, ...]) -> Check:
    """Check that no text is about a person, a group or a case."""

    def check(table: pd.DataFrame) -> Iterator[Problem]:
        expected, advice = "no word about persons, groups or cases", "leave that out of this file"
        for column in columns:
            for row, value in table[column].items():
                if found := persons_in(str(value)):
                    yield Problem(name, expected, found, advice, int(str(row)), column)

    return check


def _unlisted(decisions: pd.DataFrame, attention: pd.DataFrame) -> Iterator[Problem]:
    """Check that a decision is about an area that its list has, or once had."""
    listed = set(zip(attention["list_id"], attention["area_name"], strict=True))
    for row, list_id, area in decisions[["list_id", "area_name"]].itertuples():
        if (list_id, area) not in listed:
            expected, advice = f"an area of {list_id} in {ATTENTION_FILE}", "correct it or add it"
            yield Problem(DECISIONS_FILE, expected, shorten(area), advice, int(row), "area_name")


def _siteless(progress: pd.DataFrame, sites: pd.DataFrame) -> Iterator[Problem]:
    """Check that a step is of a site that the programme has."""
    known = frozenset(sites["site_id"])
    for row, site in progress["site_id"].items():
        if site not in known:
            expected, advice = f"a site_id of {NEW_BUILD_FILE}", "correct it or add the site"
            yield Problem(PROGRESS_FILE, expected, shorten(site), advice, int(str(row)), "site_id")


def _unlikely_progress(progress: pd.DataFrame) -> Iterator[Problem]:
    """Check that no step has a highest number under its lowest, or comes before the one before."""
    for row, low, high in progress[["homes_low", "homes_high"]].itertuples():
        if high and int(high) < int(low):
            advice = "correct one of both, or leave it empty"
            yield Problem(PROGRESS_FILE, f"{low} or more", high, advice, int(row), "homes_high")
    started = progress[progress["step"] == "gestart"].set_index("site_id")["year"].dropna()
    delivered = progress[progress["step"] == "opgeleverd"].dropna(subset=["year"])
    for row, site, year in delivered[["site_id", "year"]].itertuples():
        if site in started.index and year < started[site]:
            expected = f"{started[site]} or later, as the start"
            yield Problem(PROGRESS_FILE, expected, str(year), "correct the year", int(row), "year")


_CHECKS: Final[dict[str, Check]] = {
    ACTIONS_FILE: _about_persons(ACTIONS_FILE, ("action", "owner", "source")),
    DECISIONS_FILE: _about_persons(DECISIONS_FILE, ("area_name", "body", "reason")),
    MEASUREMENTS_FILE: _about_persons(MEASUREMENTS_FILE, ("entered_by", "note")),
    PROGRESS_FILE: _unlikely_progress,
    RENOVATIONS_FILE: _unclear_complexes,
}


def _backwards(table: pd.DataFrame, name: str, first: str, last: str) -> Iterator[Problem]:
    wrong = table[(table[last] < table[first]).fillna(value=False).astype(bool)]
    for row, start, end in zip(wrong.index, wrong[first], wrong[last], strict=True):
        yield Problem(name, f"{start} or later", str(end), "correct the year", int(row), last)

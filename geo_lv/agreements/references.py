"""What one agreement table names must exist in another file."""

import re
from collections.abc import Iterator
from typing import Final

import pandas as pd

from geo_lv.agreements.schemas import (
    ATTENTION_FILE,
    NEW_BUILD_FILE,
    PHASING_FILE,
    SOURCES_FILE,
    TARGETS_FILE,
)
from geo_lv.errors import Problem, shorten
from geo_lv.municipality import FILE, Municipality
from geo_lv.properties import LABELS

_PERCENTAGE: Final = re.compile("[1-9]?[0-9]|100")

_PERIODS: Final = (
    (ATTENTION_FILE, "first_year", "last_year"),
    (NEW_BUILD_FILE, "period_start", "period_end"),
    (PHASING_FILE, "start", "end"),
)


def reference_problems(
    tables: dict[str, pd.DataFrame],
    municipality: Municipality | None,
    bu_codes: frozenset[str] | None,
) -> Iterator[Problem]:
    """Check that every code, slug, id and source key that a table names exists."""
    sources = frozenset(tables[SOURCES_FILE]["key"]) if SOURCES_FILE in tables else None
    if municipality is not None and sources is not None:
        yield from _unsourced(municipality, sources)
    for (name, column), allowed in _allowed(municipality, bu_codes, sources).items():
        if name in tables and allowed is not None:
            yield from _unknown(tables[name], name, column, allowed)
    if municipality is not None and ATTENTION_FILE in tables:
        years = {item.id: item.years for item in municipality.attention_lists}
        yield from _outside_list(tables[ATTENTION_FILE], years)
    for name in (NEW_BUILD_FILE, TARGETS_FILE):
        if name in tables and municipality is not None:
            corporations = {item.name for item in municipality.corporations}
            yield from _unknown_corporations(tables[name], name, corporations)
    yield from _unreachable(tables[TARGETS_FILE]) if TARGETS_FILE in tables else ()
    for name, first, last in _PERIODS:
        yield from _backwards(tables[name], name, first, last) if name in tables else ()


def _allowed(
    municipality: Municipality | None,
    bu_codes: frozenset[str] | None,
    sources: frozenset[str] | None,
) -> dict[tuple[str, str], frozenset[str] | None]:
    """Return, per column of words, what may stand there; None where that is not known."""
    lists = plans = None
    if municipality is not None:
        lists = frozenset(item.id for item in municipality.attention_lists)
        plans = frozenset(area.slug for area in municipality.plan_areas)
    return {
        (ATTENTION_FILE, "list_id"): lists,
        (ATTENTION_FILE, "bu_codes"): bu_codes,
        (ATTENTION_FILE, "focus_bu_codes"): bu_codes,
        (ATTENTION_FILE, "source"): sources,
        (NEW_BUILD_FILE, "bu_code"): bu_codes,
        (NEW_BUILD_FILE, "source"): sources,
        (NEW_BUILD_FILE, "status_source"): sources,
        (PHASING_FILE, "plan_area"): plans,
        (PHASING_FILE, "source"): sources,
        (TARGETS_FILE, "source"): sources,
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


def _unknown_corporations(table: pd.DataFrame, name: str, allowed: set[str]) -> Iterator[Problem]:
    for row, value in table["corporation"].items():
        if value and value not in allowed:
            expected = "a corporation of municipality.toml"
            found = shorten(str(value))
            yield Problem(name, expected, found, "correct it", int(str(row)), "corporation")


def _unreachable(targets: pd.DataFrame) -> Iterator[Problem]:
    """Check that a mean label is aimed at a label, and a share at a number of percent."""
    for row, (measure, target) in targets[["measure", "target"]].iterrows():
        if measure == "label_mean":
            expected, good = f"one of {', '.join(LABELS)}", target in LABELS
        else:
            expected, good = "a percentage from 0 to 100", bool(_PERCENTAGE.fullmatch(target))
        if not good:
            yield Problem(
                TARGETS_FILE, expected, shorten(target), "correct it", int(str(row)), "target"
            )


def _backwards(table: pd.DataFrame, name: str, first: str, last: str) -> Iterator[Problem]:
    wrong = table[(table[last] < table[first]).fillna(value=False).astype(bool)]
    for row, start, end in zip(wrong.index, wrong[first], wrong[last], strict=True):
        yield Problem(name, f"{start} or later", str(end), "correct the year", int(row), last)

"""How often signals are false, and whether real differences are found: seeded simulations.

Figures are made as CBS makes them: people are counted, counts are rounded up or down to fives at
random, and the share or rate of the exact or of the rounded counts gets a fixed number of decimals.
Wijken are made of buurten and the municipality of wijken, so its figure has chance in it as well.
"""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pandas as pd
import pytest

from geo_lv.indicators.figures import KEY
from geo_lv.signals.rules import SignalRules, load_rules
from geo_lv.signals.table import signal_table
from geo_lv.signals.trend import trend_table

from .signal_figures import GM, measure, weighted

RULES = load_rules(Path(__file__).parent.parent / "data", None)
WIJKEN, BUURTEN = 13, 43
CODES = [
    *(f"WK{n:06}" for n in range(WIJKEN)),
    *(f"BU{n:08}" for n in range(BUURTEN)),
    GM,
]
TIMES = 100
PARTS = np.concatenate(
    [
        np.arange(BUURTEN) % WIJKEN == np.arange(WIJKEN)[:, None],
        np.eye(BUURTEN),
        np.ones((1, BUURTEN)),
    ]
).astype(np.int64)
"""Of which buurten each area consists: wijken of three or four, and a municipality of all."""
Counts = npt.NDArray[np.int64]
Numbers = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Case:
    """What is measured, and how it is published."""

    signal: str
    chance: float
    decimals: int
    years: int = 1
    sizes: tuple[int, int] = (200, 6000)
    of_rounded: bool = False
    """Whether the figure is worked out from rounded counts."""
    same_people: bool = False
    """Whether all years count the same people."""
    unknown_base: bool = False
    """Whether 60% of the people count, and nobody says so."""
    exact: bool = False
    """Whether events are exact counts, as those of the police."""

    @property
    def per(self) -> int:
        """Return of how many people a figure is a number."""
        return 100 if self.signal == "share" else 1000


def to_five(rng: np.random.Generator, counts: Counts) -> Counts:
    """Round to one of the multiples of five around a count, the nearest most often."""
    low = counts // 5 * 5
    return low + 5 * (rng.random(counts.shape) * 5 < counts - low)


def sizes(rng: np.random.Generator, case: Case) -> Counts:
    """Return the people of each buurt."""
    low, high = np.log(case.sizes)
    return np.exp(rng.uniform(low, high, BUURTEN)).astype(np.int64)


def values(rng: np.random.Generator, case: Case, people: Counts, chances: Numbers) -> Numbers:
    """Return figures of areas by times by years."""
    if case.unknown_base:
        people = people * 6 // 10
    shape = (BUURTEN, TIMES, 1 if case.same_people else case.years)
    among = np.broadcast_to(people[:, None, None], shape)
    chance = np.broadcast_to(chances[:, None, None], shape)
    draws = rng.binomial(among, chance) if case.signal == "share" else rng.poisson(among * chance)
    counted = np.tensordot(PARTS, np.broadcast_to(draws, (*shape[:2], case.years)), 1)
    base = np.broadcast_to((PARTS @ people)[:, None, None], counted.shape)
    if case.of_rounded:
        counted, base = to_five(rng, counted), to_five(rng, base)
    figures = case.per * counted / base
    return (figures.clip(max=100) if case.signal == "share" else figures).round(case.decimals)


def figures(rng: np.random.Generator, case: Case, chances: Numbers, people: Counts) -> pd.DataFrame:
    """Return a table of figures: an indicator for every time."""
    years = [str(2020 + year) for year in range(case.years)]
    names = [f"maat{time}" for time in range(TIMES)]
    sized = to_five(rng, np.repeat((PARTS @ people)[:, None, None], case.years, axis=2))
    parts = ((names, values(rng, case, people, chances)), (["inwoners"], sized))
    tables = [
        pd.DataFrame(
            {"value": numbers.ravel().astype("float64")},
            pd.MultiIndex.from_product([CODES, ids, years], names=KEY),
        )
        for ids, numbers in parts
    ]
    return pd.concat(tables).reset_index().assign(reason="", note="")


def outcome(case: Case, chances: Numbers | None = None, rules: SignalRules = RULES) -> pd.DataFrame:
    """Return the signals of the last year of areas that could be judged."""
    rng = np.random.default_rng(1916)
    people = sizes(rng, case)
    if chances is None:
        chances = np.full(BUURTEN, case.chance)
    table = figures(rng, case, chances, people)
    per = case.per if case.signal == "rate" else 0
    given = {"decimals": case.decimals, "per": per, "exact_count": case.exact}
    kind = (
        measure(signal=case.signal, **given)
        if case.unknown_base
        else weighted(case.signal, weight="inwoners", **given)
    )
    catalogue = [kind.model_copy(update={"id": f"maat{time}"}) for time in range(TIMES)]
    signals = signal_table(table, catalogue, rules, GM)
    newest = signals["year"] == signals["year"].max()
    judged: pd.DataFrame = signals[newest & (signals["unjudged"] == "")]
    return judged


def rates(signals: pd.DataFrame) -> dict[str, tuple[float, float]]:
    """Return the share of areas with at least ``watch`` and with ``strong``, per level."""
    return {
        str(level): (float((rows["level"] != "").mean()), float((rows["level"] == "strong").mean()))
        for level, rows in signals.groupby(signals["code"].str[:2])
    }


CASES = [
    Case("share", 0.35, 1),
    Case("share", 0.35, 0),
    Case("share", 0.05, 1, of_rounded=True),
    Case("rate", 0.03, 0),
    Case("rate", 0.005, 1, of_rounded=True),
    Case("share", 0.35, 1, unknown_base=True),
    Case("rate", 0.005, 1, exact=True),
    Case("rate", 0.001, 2, exact=True, sizes=(3000, 4000)),
    Case("share", 0.35, 1, sizes=(5000, 6000)),
    Case("rate", 0.02, 1, sizes=(5000, 6000)),
    Case("share", 0.35, 1, years=3),
    Case("rate", 0.02, 1, years=3),
    Case("share", 0.35, 1, years=3, same_people=True, of_rounded=True, sizes=(5000, 6000)),
]


@pytest.mark.parametrize("case", CASES, ids=str)
def test_without_real_differences_signals_are_as_rare_as_promised(case: Case) -> None:
    signals = outcome(case)
    assert len(signals) > 0.8 * TIMES * (WIJKEN + BUURTEN)
    found = rates(signals)
    assert set(found) == {"WK", "BU"}
    for watch, strong in found.values():
        assert watch <= 0.05
        assert strong <= 0.01


def test_the_simulation_sees_a_rule_that_promises_too_much() -> None:
    """Each part of the rule is needed: without it there are too many false signals."""
    even = Case("share", 0.35, 1, sizes=(5000, 6000))
    hasty = RULES.model_copy(update={"strong_confidence_percent": 95})
    assert max(strong for _, strong in rates(outcome(even, rules=hasty)).values()) > 0.01
    careless = RULES.model_copy(update={"confidence_percent": 50, "strong_confidence_percent": 50})
    found = rates(outcome(even, rules=careless)).values()
    assert max(watch for watch, _ in found) > 0.2


@pytest.mark.parametrize("years", [1, 3])
def test_a_real_difference_is_found(years: int) -> None:
    """
    Four buurten of 43 differ for real: two by 12 points and two by 20, most others by little.

    Buurten have 400 to 6,000 people. The others lie within some 4 points of the municipality.
    """
    case = Case("share", 0.35, 1, years=years, sizes=(400, 6000))
    chances = np.random.default_rng(7).normal(0.35, 0.04, BUURTEN)
    chances[:4] = (0.23, 0.47, 0.15, 0.55)
    signals = outcome(case, chances)
    for code, least in zip(CODES[WIJKEN : WIJKEN + 4], (1, 1, 2, 2), strict=True):
        steps = signals.loc[signals["code"] == code, "level"].map(["", "watch", "strong"].index)
        assert (steps >= least).mean() > 0.9


def test_without_a_real_trend_few_are_certain() -> None:
    case = Case("share", 0.35, 1, years=6)
    rng = np.random.default_rng(1916)
    table = figures(rng, case, np.full(BUURTEN, case.chance), sizes(rng, case))
    catalogue = [weighted("share", id=f"maat{n}", decimals=1, weight="inwoners") for n in range(40)]
    trends = trend_table(table, catalogue, RULES)
    assert set(trends["unjudged"]) == {""}
    assert 0 < (trends["certainty"] == "certain").mean() <= 0.05


def test_a_real_trend_is_found() -> None:
    """Two points a year in seven years, of 1,500 people or more."""
    case = Case("share", 0.35, 1, sizes=(1500, 6000))
    rng = np.random.default_rng(1916)
    people = sizes(rng, case)
    parts = [
        figures(rng, case, np.full(BUURTEN, 0.35 + 0.02 * year), people).assign(
            year=str(2018 + year)
        )
        for year in range(7)
    ]
    catalogue = [weighted("share", id=f"maat{n}", decimals=1, weight="inwoners") for n in range(40)]
    trends = trend_table(pd.concat(parts), catalogue, RULES)
    certain = trends[trends["certainty"] == "certain"]
    assert len(certain) > 0.9 * len(trends)
    assert set(certain["direction"]) == {"rising"}

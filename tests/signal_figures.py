"""Small tables of figures, and rules, for the tests of signals and trends."""

import math
from collections.abc import Mapping

import pandas as pd

from geo_lv.indicators.catalogue import Indicator
from geo_lv.indicators.figures import COLUMNS as FIGURE_COLUMNS
from geo_lv.signals.rules import SignalRules

GM = "GM0001"
RULES = SignalRules(
    owner="iemand",
    watch=1,
    strong=2,
    size="mensen",
    minimum_size=200,
    minimum_areas=8,
    confidence_percent=95,
    strong_confidence_percent=99,
    count_step=1,
    assumed_base_percent=100,
    vintages=3,
    vintages_needed=2,
    trend_vintages=3,
    trend_confidence_percent=95,
)

# Nine wijken and a municipality of 50. Deviations -10 -6 -3 -1 0 1 3 6 10: their median is 0, the
# distances to it are 0 1 1 3 3 6 6 10 10, so MAD = 3 and the spread 3 * 1.4826 = 4.4478.
# z = -2.25 -1.35 -0.67 -0.22 0 0.22 0.67 1.35 2.25.
NINE: dict[str, float] = dict(
    zip([f"WK{n:06}" for n in range(1, 10)], (40, 44, 47, 49, 50, 51, 53, 56, 60), strict=True)
)
LOWEST, LOW, HIGH, HIGHEST = "WK000001", "WK000002", "WK000008", "WK000009"

Row = tuple[str, str, float | None]
"""Area, indicator, value."""


def measure(**changes: object) -> Indicator:
    """Return an indicator that can signal."""
    plain = {
        "id": "maat",
        "label": "Maat",
        "unit": "%",
        "theme": "x",
        "decimals": 0,
        "direction": "neutral",
        "aggregation": "none",
        "aggregation_note": "nee",
        "explanation": "",
        "source": "",
        "signal": "mean",
    }
    return Indicator.model_validate(plain | changes)


def weighted(signal: str, **changes: object) -> Indicator:
    """Return an indicator with a known base."""
    base = {"aggregation": "weighted_mean", "aggregation_note": "", "weight": "basis"}
    return measure(**({"signal": signal} | base | changes))


def table(*rows: Row, year: str = "2022", reason: str = "missing") -> pd.DataFrame:
    """Return figures; None is one that is absent for a reason."""
    return pd.DataFrame(
        [
            (
                code,
                name,
                year,
                math.nan if value is None else value,
                "" if value is not None else reason,
                "",
            )
            for code, name, value in rows
        ],
        columns=list(FIGURE_COLUMNS),
    ).astype({"value": "float64"})


def rows_of(
    values: Mapping[str, float] | Mapping[str, float | None],
    sizes: Mapping[str, float | None] | None = None,
) -> list[Row]:
    """Return the measure and the size of areas, with a municipality of 50."""
    people = dict.fromkeys(values, 1000) | dict(sizes or {})
    return [
        (GM, "maat", 50),
        *((code, "maat", value) for code, value in values.items()),
        *((code, "mensen", size) for code, size in people.items()),
    ]


def columns_of(rows: pd.DataFrame, *columns: str) -> dict[str, tuple[object, ...]]:
    """Return some columns by area."""
    return {row["code"]: tuple(row[name] for name in columns) for row in rows.to_dict("records")}

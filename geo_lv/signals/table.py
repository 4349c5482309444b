"""What each figure says beside that of the municipality: one row per area, indicator and year."""

from collections.abc import Iterable
from typing import Final

import numpy as np
import pandas as pd

from geo_lv.indicators.catalogue import Indicator
from geo_lv.indicators.figures import KEY
from geo_lv.signals.columns import Columns, by_sign, first_of, sides, table_of, texts
from geo_lv.signals.evidence import deviations, difference, evidence, robust_z
from geo_lv.signals.measured import LEVELS, Grid, Measured, noise_of
from geo_lv.signals.rules import SignalRules
from geo_lv.signals.vintages import held

_TYPES: Final = {
    **dict.fromkeys(KEY, "str"),
    "level": "str",
    "direction": "str",
    "side": "str",
    "noise": "str",
    "unjudged": "str",
    "low": "float64",
    "high": "float64",
    "deviation": "float64",
    "deviation_low": "float64",
    "deviation_high": "float64",
    "z": "float64",
    "years": "int64",
    "held": "int64",
    "since": "str",
}
COLUMNS: Final = tuple(_TYPES)
"""``level`` is ``watch``, ``strong`` or empty, and nothing but that is a signal. ``direction``:
``higher`` or ``lower`` than the municipality, empty if equal or unknown. ``side``: what that is
called in the catalogue: ``favourable``, ``unfavourable`` or ``neutral``; it plays no part in the
level. ``noise``: what the intervals allow for, ``rounding``, ``chance`` as well, or ``assumed``
where the number of people behind it is an assumption. ``unjudged``: why there can be no signal:
``unknown`` figure, ``small`` area or one of unknown size, ``no_base``, ``no_reference``.

``low`` and ``high`` are the interval of the figure, ``deviation`` its difference with the
municipality, with an interval of its own. ``z`` is the place among the areas. A signal was there in
``held`` of the last ``years`` years in which the area was judged, and every judged year since
``since`` points the same way."""


def signal_table(
    figures: pd.DataFrame, catalogue: Iterable[Indicator], rules: SignalRules, gm_code: str
) -> pd.DataFrame:
    """
    Find the signals in a table of figures.

    Parameters
    ----------
    figures
        Table of figures as in `geo_lv.indicators.figures`, with codes of the areas of now: a year
        in which a code stood for another area has no value. A value with a reason is not read.
    catalogue
        Only an indicator that says how it can signal gives signals.
    rules
        The thresholds.
    gm_code
        The area with which the others are compared: its own figure, not a mean of theirs.

    Returns
    -------
    signals
        With `COLUMNS`, a row for every wijk and buurt in each year in which its level has figures,
        also without a signal or a figure; in the order of the catalogue, then by level, year and
        code. Wijken are compared with wijken and buurten with buurten; plan areas have no rows.
    """
    grid = Grid(figures)
    parts = (
        _judge(grid, codes, indicator, rules, gm_code)
        for indicator in catalogue
        if indicator.signal
        for codes in map(grid.codes, LEVELS)
        if grid.years(codes, indicator.id)
    )
    return table_of(parts, _TYPES)


def _judge(
    grid: Grid, codes: list[str], indicator: Indicator, rules: SignalRules, gm_code: str
) -> Columns:
    """Return the columns for an indicator of the areas of one level, year after year."""
    years = grid.years(codes, indicator.id)
    areas = Measured(grid, codes, years, indicator, rules)
    municipality = Measured(grid, [gm_code], years, indicator, rules)
    deviation = deviations(areas.values, municipality.values)
    large = areas.sizes >= rules.minimum_size
    z = robust_z(np.where(large, deviation, np.nan), rules.minimum_areas)
    watch, strong = (areas.interval(chance_z) for chance_z in rules.chance_z)
    rounding = municipality.rounding_of_many()
    apart, far_apart = difference(watch, rounding), difference(strong, rounding)
    unjudged = first_of(
        [
            ("unknown", np.isnan(areas.values)),
            ("small", ~large),
            ("no_base", np.isnan(watch.low)),
            ("no_reference", np.isnan(z + apart.low)),
        ]
    )
    shown = evidence(z, (apart, far_apart), (rules.watch, rules.strong))
    kept = held(shown, unjudged == "", rules.vintages, rules.vintages_needed)
    rows, columns = np.broadcast_arrays(*np.ix_(np.arange(len(codes)), np.arange(len(years))))
    table = {
        "code": texts(codes, rows),
        "indicator": np.full(z.shape, indicator.id, dtype="object"),
        "year": texts(years, columns),
        "level": texts(("", "watch", "strong"), kept.level),
        "direction": by_sign(deviation, "lower", "higher"),
        "side": sides(deviation, indicator),
        "noise": np.full(z.shape, noise_of(indicator), dtype="object"),
        "unjudged": unjudged,
        "low": watch.low,
        "high": watch.high,
        "deviation": deviation,
        "deviation_low": apart.low,
        "deviation_high": apart.high,
        "z": z,
        "years": kept.years,
        "held": kept.held,
        "since": texts([*years, ""], kept.since),
    }
    return {column: values.T.ravel() for column, values in table.items()}

"""Between which values a figure may lie: by hand, and as scipy and statsmodels have it."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import median_abs_deviation
from statsmodels.stats.proportion import proportion_confint
from statsmodels.stats.rates import confint_poisson

from geo_lv.pipeline import Results
from geo_lv.signals.evidence import robust_z
from geo_lv.signals.noise import Margins, rate_interval, share_interval
from geo_lv.signals.table import signal_table

from .signal_figures import GM, NINE, RULES, Row, measure, rows_of, table, weighted

EXACT = Margins(0, 0, 0)

# 40% of 100 people by counts in fives: 36 to 44, or by rounding of the share 35.5 to 44.5, among 96
# to 104. So from 35.5 / 104 = 34.1% to 44.5 / 96 = 46.4%, and Wilson at 95% around both among 96:
# at p = .3413 the limit is (.3413 + .02001 - 1.96 * sqrt(.3413 * .6587 / 96 + .0001042)) / 1.04
# 12 per 1,000 of 1,000: 8 to 16 events (7.5 to 16.5) among 996 to 1,004; score limits
# 7.5 + 1.9207 - 1.96 * sqrt(7.5 + .9604) and 16.5 + 1.9207 + 1.96 * sqrt(16.5 + .9604).


def one(*numbers: float) -> "np.ndarray[tuple[int, ...], np.dtype[np.float64]]":
    return np.array([numbers], dtype="float64")


def test_interval_of_a_share_by_hand() -> None:
    margins = Margins(0.5, 4, 4)
    rounding = share_interval(one(40), one(100), margins, 0)
    low, high = 100 * (40 - 0.5 - 4) / 104, 100 * (40 + 0.5 + 4) / 96
    assert (rounding.low[0, 0], rounding.high[0, 0]) == pytest.approx((low, high))
    spread = 1.96 * math.sqrt(0.341346 * 0.658654 / 96 + 0.00010421)
    both = share_interval(one(40), one(100), margins, 1.96)
    assert both.low[0, 0] == pytest.approx(
        100 * (0.341346 + 0.020008 - spread) / 1.040017, abs=1e-3
    )
    assert both.low[0, 0] < low < high < both.high[0, 0]


def test_interval_of_a_rate_by_hand() -> None:
    found_here = rate_interval(one(12), one(1000), 1000, Margins(0.5, 4, 4), 1.96)
    low = (7.5 + 1.9208 - 1.96 * math.sqrt(7.5 + 0.9604)) / 1.004
    high = (16.5 + 1.9208 + 1.96 * math.sqrt(16.5 + 0.9604)) / 0.996
    assert (found_here.low[0, 0], found_here.high[0, 0]) == pytest.approx((low, high))


def test_an_exact_count_is_not_widened() -> None:
    """As the events of the police: 12 of them are 12."""
    bases: list[Row] = [(code, "basis", 1000) for code in NINE]
    rules = RULES.model_copy(update={"count_step": 5})
    plain, exact = (
        signal_table(
            table(*rows_of(NINE), *bases),
            [weighted("rate", per=1000, exact_count=counted)],
            rules,
            GM,
        )
        for counted in (False, True)
    )
    assert (plain["low"] < exact["low"]).all()
    assert (plain["high"] > exact["high"]).all()
    with pytest.raises(ValueError, match="exact_count only with"):
        measure(exact_count=True)


def test_nothing_is_known_without_a_base() -> None:
    """Nor if rounding leaves open that there is nobody: 4 can be 0."""
    for base in (math.nan, 0, 4):
        for interval in (
            share_interval(one(40), one(base), Margins(0.5, 4, 4), 1.96),
            rate_interval(one(40), one(base), 1000, Margins(0.5, 4, 4), 1.96),
        ):
            assert np.isnan(interval).all()


@given(st.floats(0, 100), st.integers(10, 10**6), st.integers(0, 4))
def test_an_interval_holds_the_figure_and_narrows_with_more_people(
    percent: float, base: int, off: int
) -> None:
    margins = Margins(0.5, off, off)
    found_here = share_interval(one(percent, percent), one(base, base * 2.0), margins, 1.96)
    few, many = zip(*(side[0] for side in found_here), strict=True)
    tiny = 1e-9
    assert 0 <= few[0] <= many[0] + tiny <= percent + 2 * tiny
    assert percent <= many[1] + tiny <= few[1] + 2 * tiny <= 100 + 2 * tiny


# As others compute it


@pytest.mark.parametrize("confidence", [80, 95, 99])
def test_intervals_are_those_of_statsmodels(confidence: int) -> None:
    rng = np.random.default_rng(confidence)
    base = rng.integers(5, 20_000, (200, 5)).astype("float64")
    counts = np.floor(base * rng.beta(0.5, 1.5, base.shape))
    counts[:5] = 0
    counts[5:10] = base[5:10]
    rules = RULES.model_copy(update={"confidence_percent": confidence})
    chance_z, alpha = rules.chance_z[0], 1 - confidence / 100
    share = share_interval(100 * counts / base, base, EXACT, chance_z)
    wilson = proportion_confint(counts, base, alpha=alpha, method="wilson")
    rate = rate_interval(1000 * counts / base, base, 1000, EXACT, chance_z)
    score = confint_poisson(counts, base, method="score", alpha=alpha)
    for mine, theirs, per in zip(
        (*share, *rate), (*wilson, *score), (100,) * 2 + (1000,) * 2, strict=True
    ):
        np.testing.assert_allclose(mine, per * theirs, rtol=1e-9, atol=1e-9)


def test_a_robust_z_is_that_of_scipy() -> None:
    deviation = np.random.default_rng(7).normal(size=(43, 6)).round(3)
    deviation[:5, 2] = np.nan
    spread = 1.4826 * median_abs_deviation(deviation, axis=0, nan_policy="omit")
    expected = (deviation - np.nanmedian(deviation, axis=0)) / spread
    np.testing.assert_allclose(robust_z(deviation, 8), expected, rtol=0, atol=1e-9)


def test_the_interval_of_an_embedded_share_and_of_its_difference(results: Results) -> None:
    """
    Koopwoningen in WK191602: 38% of 2,676 homes, beside 58% of 37,202 in the municipality.

    37.5% less 4 is 999.5 homes and 38.5% and 4 more 1,034.26, of 2,672 to 2,680. In the
    municipality 21,387.15 to 21,767.17 homes, of 37,198 to 37,206, without chance.
    """
    (item,) = [one for one in results.catalogue if one.id == "koopwoningen"]
    rules, gm_code = results.inputs.signal_rules, results.inputs.municipality.gm_code
    rows = signal_table(results.figures, [item], rules, gm_code)
    (row,) = rows[rows["code"] == "WK191602"].to_dict("records")
    counts = 2672 * np.array([999.5 / 2680, 1034.26 / 2672])
    wilson = proportion_confint(counts, 2672, alpha=0.05, method="wilson")
    low, high = 100 * wilson[0][0], 100 * wilson[1][1]
    assert (row["low"], row["high"]) == pytest.approx((low, high), abs=1e-9)
    assert (row["deviation_low"], row["deviation"], row["deviation_high"]) == pytest.approx(
        (low - 100 * 21767.17 / 37198, -20, high - 100 * 21387.15 / 37206), abs=1e-8
    )

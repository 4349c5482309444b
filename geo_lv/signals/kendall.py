"""How often chance would put figures in an order as clear as theirs: the test of Mann-Kendall.

The probability is exact for any number of years, also with equal figures: the orders of a row with
ties are counted by Gaussian binomials (MacMahon), as each order has its number of discordant pairs.
"""

from functools import cache, reduce

import numpy as np
import numpy.typing as npt

from geo_lv.signals.noise import Array


def chance_of_order(values: Array) -> Array:
    """
    Two-sided exact probability of Kendall's S under chance, per row.

    Parameters
    ----------
    values
        One row per area, in the order of time; NaN where there is no figure, which is not used.

    Returns
    -------
    probability
        One per row; 1 where all figures are equal or there are fewer than two.
    """
    first, second = np.triu_indices(values.shape[1], 1)
    signs = np.sign(np.nan_to_num(values[:, second] - values[:, first]))
    score = np.abs(signs.sum(axis=1)).astype(np.int64)
    equal = (values[:, :, np.newaxis] == values[:, np.newaxis, :]).sum(axis=2)  # NaN equals nothing
    patterns = np.column_stack([np.sort(equal, axis=1), score])
    distinct, place = np.unique(patterns, axis=0, return_inverse=True)
    found = [_probability(_groups(equals), int(least)) for *equals, least in distinct.tolist()]
    return np.array(found, dtype="float64")[place]


def _groups(equals: list[int]) -> tuple[int, ...]:
    """Return the sizes of the groups of equal figures, from how many equals each figure has."""
    return tuple(
        size for size in sorted(set(equals) - {0}) for _ in range(equals.count(size) // size)
    )


@cache
def _probability(groups: tuple[int, ...], score: int) -> float:
    """Return how likely an absolute S of at least `score` is, for groups of equal figures."""
    totals = np.cumsum(groups)
    parts = [_orders(int(total), size) for total, size in zip(totals, groups, strict=True)]
    orders = reduce(np.convolve, parts, np.ones(1))
    pairs = len(orders) - 1  # of different figures: S is these less twice the discordant ones
    scores = np.abs(pairs - 2 * np.arange(pairs + 1))
    return float(orders[scores >= score].sum() / orders.sum())


@cache
def _orders(total: int, chosen: int) -> npt.NDArray[np.float64]:
    """
    Return the coefficients of a Gaussian binomial.

    Parameters
    ----------
    total
        How many figures there are.
    chosen
        How many of them are equal and greater than the others, which are equal too.

    Returns
    -------
    orders
        How many orders have 0, 1, 2, … discordant pairs.
    """
    if chosen in {0, total}:
        return np.ones(1)
    orders = np.zeros(chosen * (total - chosen) + 1)
    last_great, last_small = _orders(total - 1, chosen - 1), _orders(total - 1, chosen)
    orders[: len(last_great)] += last_great
    orders[chosen:] += last_small
    return orders

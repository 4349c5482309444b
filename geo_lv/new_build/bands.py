"""Numbers of homes from the lowest to the highest possible, and how they add up."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Band:
    """The lowest and the highest possible number of homes of one site."""

    low: int
    high: int | None
    """None when no upper limit is known."""

    def __post_init__(self) -> None:
        """Refuse a band that ends before it begins."""
        if self.low < 0 or (self.high is not None and self.high < self.low):
            msg = f"expected 0 <= low <= high, found {self.low} and {self.high}"
            raise ValueError(msg)


@dataclass(frozen=True)
class Total:
    """Homes of several sites together."""

    low: int
    known_high: int
    """The highest possible number if each site without an upper limit has its lowest number."""
    open_sites: tuple[str, ...]
    """Names of the sites without an upper limit, each once."""
    sites: int
    """How many were added up: with none, nothing is known, which is not the same as no homes."""

    @property
    def high(self) -> int | None:
        """The highest possible number; None when a site has no upper limit."""
        return None if self.open_sites else self.known_high


def add_up(named: Iterable[tuple[str, Band]]) -> Total:
    """
    Add up the homes of sites.

    Parameters
    ----------
    named
        The name of each site, and its band.

    Returns
    -------
    total
        One site without an upper limit leaves the whole without one.
    """
    parts = list(named)
    highs = [band.low if band.high is None else band.high for _, band in parts]
    is_open = dict.fromkeys(name for name, band in parts if band.high is None)
    return Total(sum(band.low for _, band in parts), sum(highs), tuple(is_open), len(parts))

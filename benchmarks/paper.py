"""
What small areas of all countries of the EU would take, worked out from what was measured.

Nothing of it was run. The number of areas is an assumption: that every country divides itself as
finely as the Netherlands does, by inhabitants. Both numbers of inhabitants are rounded.
"""

from benchmarks import results
from benchmarks.growth import STANDARD, UNITS

INHABITANTS_EU, INHABITANTS_NL = 450e6, 18e6
BUURTEN_NL, GEMEENTEN_NL = 14_500, 342
DWELLINGS_EU = 225e6
"""One per two inhabitants: an assumption; all of them as points, not only those of corporations."""
INDICATORS = STANDARD.indicators
WORKERS = (2, 64, 512)
"""Cores that do nothing else; what a scheduler and a shared disk add is left out."""

Units = dict[str, float]
"""The unit costs of `benchmarks.growth`, by cost and what it is per."""


def counted() -> tuple[float, ...]:
    """Count municipalities, areas, areas times indicators, and dwellings, as `UNITS` has them."""
    share = INHABITANTS_EU / INHABITANTS_NL
    areas = BUURTEN_NL * share
    return GEMEENTEN_NL * share, areas, areas * INDICATORS, DWELLINGS_EU


def total(units: Units, cost: str) -> float:
    """Multiply each unit cost by how often it is paid, and add up."""
    return sum(
        units[f"{cost} per {unit}"] * count for unit, count in zip(UNITS, counted(), strict=True)
    )


def report(units: Units) -> str:
    """Write the unit costs, what they add up to, and the formula."""
    rows = "\n".join(
        f"| {unit} | {count:,.0f} | {units[f'cpu_s per {unit}']:.3g} | "
        f"{units[f'site_mb per {unit}']:.3g} |"
        for unit, count in zip(UNITS, counted(), strict=True)
    )
    seconds, megabytes = total(units, "cpu_s"), total(units, "site_mb")
    spread = "\n".join(f"| {workers} | {seconds / workers / 3600:.2g} |" for workers in WORKERS)
    return (
        f"| per | how many | CPU seconds | MB of sites |\n|---|---|---|---|\n{rows}\n\n"
        "Each row is count times unit cost, and the rows add up: "
        f"**{seconds / 3600:,.0f} hours of one core and {megabytes / 1000:,.0f} GB of sites.** "
        "A municipality is a task of its own, so with *n* cores the hours are those of one "
        f"core by *n*:\n\n| cores | hours |\n|---|---|\n{spread}\n\n"
        f"Assumed: {INHABITANTS_EU / 1e6:.0f} million inhabitants, divided as finely as the "
        f"{INHABITANTS_NL / 1e6:.0f} million of the Netherlands are into {BUURTEN_NL:,} buurten "
        f"and {GEMEENTEN_NL} municipalities, {INDICATORS} indicators per area, and "
        f"{DWELLINGS_EU / 1e6:.0f} million dwellings, all of them as points. Real countries differ "
        "in how they divide themselves; another number goes in `benchmarks/paper.py`. Left out: "
        "reading sources, and what a scheduler, a network and a shared disk add."
    )


def run() -> tuple[str, list[str]]:
    """Work it out from the last `growth`; nothing can fall short."""
    return report(results.load("growth")), []

"""The gate: only a released view may reach a page or a download.

Default-deny: a column that no edition lists stays inside. The public edition also hides figures
about fewer than ten dwellings, and others from which those could be worked out. The addresses and
coordinates of dwellings are in no edition.
"""

import math
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Literal

import pandas as pd

from geo_lv.agreements import Agreements
from geo_lv.areas import AreaLevel, Areas
from geo_lv.errors import ReleaseError
from geo_lv.indicators.catalogue import Indicator, share_id
from geo_lv.municipality import Municipality
from geo_lv.pipeline import LEVELS, Results
from geo_lv.properties import LABEL_CLASSES, NO_LABEL, mean_label_ordinal, poor_label_share
from geo_lv.provenance import Provenance
from geo_lv.schema import Reason
from geo_lv.suppression import ALL, Cell, is_secret, secret_cells

Edition = Literal["publiek", "intern"]

MINIMUM_PER_CLASS: Final = 3
"""A label class with fewer dwellings is shown only together with its neighbours."""

COLUMNS: Final = ("code", "indicator", "year", "value", "reason", "note")
"""The columns of the table of figures that may leave, in every edition."""

LABEL_GROUPS: Final[dict[str, str]] = {
    **dict.fromkeys(("A+++++", "A++++", "A+++", "A++", "A+"), "A+ en beter"),
    **{label: label for label in ("A", "B", "C", "D", "E", "F", "G")},
    NO_LABEL: NO_LABEL,
}
"""Label class to the group under which the public edition shows it, best first."""

HIDDEN: Final = "Geheim: het gaat om minder dan 10 woningen, of iets anders zou te herleiden zijn."

_KEY: Final = object()


@dataclass(frozen=True)
class LabelBar:
    """Energy labels of one corporation in one area, as far as they may be shown."""

    area: str
    corporation: str
    groups: tuple[tuple[str, int], ...]
    """Label group and dwellings, best first; empty when the bar is hidden."""
    mean_label: float
    """Mean on the ordinal scale over all its labels; NaN when hidden or without labels."""
    poor_share: float
    """Percent E, F or G of the labelled dwellings; NaN when hidden or without labels."""


@dataclass(frozen=True)
class JoinCount:
    """Number of dwellings that had one outcome of the join, for one reason."""

    level: AreaLevel
    outcome: Literal["matched", "unmatched", "ambiguous"]
    reason: str
    corporation: str
    dwellings: int


@dataclass(frozen=True)
class Released:
    """What an edition lets out. Made by `release` only; `maps` accepts nothing else."""

    edition: Edition
    municipality: Municipality
    areas: Areas
    catalogue: tuple[Indicator, ...]
    agreements: Agreements
    provenance: tuple[Provenance, ...]
    settings: tuple[tuple[str, str], ...]
    fictitious_dwellings: bool
    figures: pd.DataFrame
    labels: tuple[LabelBar, ...]
    joins: tuple[JoinCount, ...]
    key: object

    def __post_init__(self) -> None:
        """Refuse a view that did not pass the gate."""
        if self.key is not _KEY:
            msg = "a released view is made by geo_lv.editions.release() only"
            raise ReleaseError(msg)
        require_allowed(self.figures)


def release(results: Results, edition: Edition) -> Released:
    """
    Let out what an edition allows.

    Parameters
    ----------
    results
        All figures.
    edition
        ``publiek`` hides small cells; ``intern`` shows them. Neither holds a single dwelling.

    Returns
    -------
    released
        The only thing that maps and site accept.

    Raises
    ------
    ReleaseError
        If a table holds a column that no edition lists.
    """
    hide = edition == "publiek"
    inputs = results.inputs
    secret = secret_cells(results.labels, inputs.areas) if hide else frozenset[Cell]()
    return Released(
        edition=edition,
        municipality=inputs.municipality,
        areas=inputs.areas,
        catalogue=results.catalogue,
        agreements=inputs.agreements,
        provenance=inputs.provenance,
        settings=inputs.settings,
        fictitious_dwellings=inputs.fictitious_dwellings,
        figures=_mask(results, secret),
        labels=tuple(_label_bars(results.labels, secret, hide=hide)),
        joins=tuple(_join_counts(results)),
        key=_KEY,
    )


def require_allowed(figures: pd.DataFrame) -> None:
    """
    Refuse a table of figures that holds more than may leave.

    Parameters
    ----------
    figures
        The table.

    Raises
    ------
    ReleaseError
        If it holds a column that is not in `COLUMNS`.
    """
    extra = [str(column) for column in figures.columns if column not in COLUMNS]
    if extra:
        msg = f"figures: expected only {', '.join(COLUMNS)}, found {', '.join(extra)}"
        raise ReleaseError(msg)


def _mask(results: Results, secret: frozenset[Cell]) -> pd.DataFrame:
    corporations = results.inputs.municipality.corporations
    shares = {share_id(corporation.name): corporation.name for corporation in corporations}
    counted = [item.id for item in results.catalogue if item.origin == "dwellings"]
    owners = {name: shares.get(name, ALL) for name in counted}
    masked = results.figures.copy()
    keys = zip(masked["code"], masked["indicator"], strict=True)
    rows = [name in owners and is_secret(secret, code, owners[name]) for code, name in keys]
    masked.loc[rows, "value"] = float("nan")
    masked.loc[rows, "reason"] = Reason.SUPPRESSED.value
    masked.loc[rows, "note"] = HIDDEN
    return masked


def _label_bars(labels: pd.DataFrame, secret: frozenset[Cell], *, hide: bool) -> Iterator[LabelBar]:
    means, shares = mean_label_ordinal(labels), poor_label_share(labels)
    for row, mean, share in zip(labels.to_dict("records"), means, shares, strict=True):
        area, corporation = str(row["area"]), str(row["corporation"])
        counts = {label: int(row[label]) for label in LABEL_CLASSES}
        if is_secret(secret, area, corporation):
            yield LabelBar(area, corporation, (), math.nan, math.nan)
        else:
            groups = _groups(counts, hide=hide)
            yield LabelBar(area, corporation, tuple(groups), mean, share)


def _groups(counts: dict[str, int], *, hide: bool) -> list[tuple[str, int]]:
    """Return dwellings per label class, or per group of classes so that none is too small."""
    if not hide:
        return [(label, homes) for label, homes in counts.items() if homes]
    groups: dict[str, int] = {}
    for label, homes in counts.items():
        groups[LABEL_GROUPS[label]] = groups.get(LABEL_GROUPS[label], 0) + homes
    return _merged([(name, homes) for name, homes in groups.items() if homes])


def _merged(groups: list[tuple[str, int]]) -> list[tuple[str, int]]:
    """Join neighbouring groups until each holds enough dwellings; the last joins the one before."""
    chunks: list[tuple[list[str], int]] = []
    for name, homes in groups:
        if chunks and chunks[-1][1] < MINIMUM_PER_CLASS:
            chunks[-1] = ([*chunks[-1][0], name], chunks[-1][1] + homes)
        else:
            chunks.append(([name], homes))
    if len(chunks) > 1 and chunks[-1][1] < MINIMUM_PER_CLASS:
        names, homes = chunks.pop()
        chunks[-1] = ([*chunks[-1][0], *names], chunks[-1][1] + homes)
    return [(" + ".join(names), homes) for names, homes in chunks]


def _join_counts(results: Results) -> Iterator[JoinCount]:
    owner = results.inputs.dwellings["corporation"]
    for level in LEVELS:
        join = results.joins[level]
        matched = pd.Series("", index=join.matched.index, dtype="str")
        outcomes: dict[Literal["matched", "unmatched", "ambiguous"], pd.Series[str]] = {
            "matched": matched,
            "unmatched": join.unmatched,
            "ambiguous": join.ambiguous,
        }
        for outcome, reasons in outcomes.items():
            pairs = Counter(zip(reasons, owner.loc[reasons.index], strict=True))
            for (reason, corporation), dwellings in sorted(pairs.items()):
                yield JoinCount(level, outcome, reason, corporation, dwellings)

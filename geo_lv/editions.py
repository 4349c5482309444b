"""The gate: only a released view may reach a page or a download.

Default-deny: a column that no edition lists stays inside. The public edition also hides figures
about fewer than ten dwellings, others from which those could be worked out, and rounds the rest.
No edition holds an address or an exact place; the internal one holds homes at a rounded place.
"""

import math
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final, Literal

import pandas as pd

from geo_lv.agreements import Agreements
from geo_lv.areas import AreaLevel, Areas
from geo_lv.attempts import Attempt
from geo_lv.coarsening import (
    HOME_COLUMNS,
    coarse_groups,
    coarse_homes,
    coarse_mean,
    coarse_share,
    require_coarse_homes,
    share_tells_too_much,
    to_five,
)
from geo_lv.errors import ReleaseError
from geo_lv.indicators.catalogue import DWELLINGS, LABEL_EFG, LABEL_MEAN, Indicator, share_id
from geo_lv.indicators.published import Origins
from geo_lv.internal import internal_tables, require_internal
from geo_lv.join import CONTRADICTION
from geo_lv.municipality import Municipality
from geo_lv.pipeline import LEVELS, Results
from geo_lv.properties import LABEL_CLASSES, mean_label_ordinal, poor_label_share
from geo_lv.provenance import Provenance
from geo_lv.schema import Edition, Reason
from geo_lv.signals.rules import SignalRules
from geo_lv.signals.table import signal_table
from geo_lv.signals.trend import trend_table
from geo_lv.suppression import ALL, MINIMUM_DWELLINGS, Cell, is_secret, secret_cells
from geo_lv.withheld import (
    attempts_at,
    require_listed,
    require_public,
    require_public_actions,
    without_internal,
)

COLUMNS: Final = ("code", "indicator", "year", "value", "reason", "note")
"""The columns of the table of figures that may leave, in every edition."""

HIDDEN: Final = (
    f"Geheim: het gaat om minder dan {MINIMUM_DWELLINGS} woningen. Of zo'n klein aantal zou uit "
    "dit cijfer te berekenen zijn."
)
HIDDEN_SHARE: Final = "Geheim: het aandeel zou over een of twee woningen gaan."
ROUNDED: Final = "Afgerond op vijftallen."

_KEY: Final = object()


@dataclass(frozen=True)
class LabelBar:
    """Energy labels of one corporation in one area, as far as they may be shown."""

    area: str
    corporation: str
    dwellings: int
    """All of them; 0 when the bar is hidden."""
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
class EarlierDivision:
    """Published figures of one year that are about areas which are not there now."""

    year: str
    areas: tuple[str, ...]
    """Codes."""
    figures: int


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
    certainty: Mapping[tuple[str, str], str]
    """Indicator and year to how sure the published figures are, in Dutch."""
    origins: Origins
    """Where the published figures come from."""
    attempts: tuple[Attempt, ...]
    """Refreshes that failed, of files that figures of this edition come from."""
    signals: pd.DataFrame
    """What each of `figures` says beside the municipality, and nothing of what is hidden there."""
    trends: pd.DataFrame
    """Lines through the years of `figures`, of nothing else either."""
    signal_rules: SignalRules
    labels: tuple[LabelBar, ...]
    joins: tuple[JoinCount, ...]
    earlier: tuple[EarlierDivision, ...]
    gave_way: Mapping[str, int]
    """Path of a file to how many of its figures do not count, as an earlier file has them."""
    homes: pd.DataFrame
    """One row per home of which the place is certain; without rows in the public edition."""
    tables: Mapping[str, pd.DataFrame]
    """Tables of `geo_lv.internal` by name; none in the public edition."""
    key: object

    def __post_init__(self) -> None:
        """Refuse a view that did not pass the gate."""
        if self.key is not _KEY:
            msg = "a released view is made by geo_lv.editions.release() only"
            raise ReleaseError(msg)
        require_allowed(self.figures)
        require_coarse_homes(self.homes, self.edition)
        require_internal(self.tables, public=self.edition == "publiek")
        require_listed(self.catalogue, self.figures, self.signals, self.certainty, self.origins)
        if self.edition == "publiek":
            require_public(self.catalogue, self.provenance, self.attempts)
            require_public_actions(self.agreements.actions)


def release(results: Results, edition: Edition) -> Released:
    """
    Let out what an edition allows.

    Parameters
    ----------
    results
        All figures.
    edition
        ``publiek`` hides small cells, holds no single dwelling and nothing that tells of an
        indicator for the parties only; ``intern`` shows all three, a dwelling at a rounded place.

    Returns
    -------
    released
        The only thing that maps and site accept.

    Raises
    ------
    ReleaseError
        If a table holds a column that no edition lists, or a figure that is not explained.
    """
    public = edition == "publiek"
    results = without_internal(results) if public else results
    inputs = results.inputs
    secret = secret_cells(results.labels, inputs.areas) if public else frozenset[Cell]()
    figures = _public_figures(results, secret) if public else results.figures
    rules, gm_code = inputs.signal_rules, inputs.municipality.gm_code
    return Released(
        edition=edition,
        municipality=inputs.municipality,
        areas=inputs.areas,
        catalogue=results.catalogue,
        agreements=inputs.agreements,
        provenance=inputs.provenance,
        settings=inputs.settings,
        fictitious_dwellings=inputs.fictitious_dwellings,
        figures=figures,
        certainty=inputs.certainty,
        origins=inputs.origins,
        attempts=attempts_at(inputs.provenance, inputs.attempts),
        signals=signal_table(figures, results.catalogue, rules, gm_code),
        trends=trend_table(figures, results.catalogue, rules),
        signal_rules=rules,
        labels=tuple(_public_bars(results.labels, secret) if public else _bars(results.labels)),
        joins=tuple(_join_counts(results)),
        earlier=tuple(_earlier_divisions(inputs.figures_of_others)),
        gave_way=inputs.gave_way,
        homes=pd.DataFrame(columns=HOME_COLUMNS) if public else _certain_homes(results),
        tables={} if public else internal_tables(results),
        key=_KEY,
    )


def _earlier_divisions(others: pd.DataFrame) -> Iterator[EarlierDivision]:
    for year, rows in others.groupby("year"):
        yield EarlierDivision(str(year), tuple(sorted(set(rows["code"]))), len(rows))


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


def _certain_homes(results: Results) -> pd.DataFrame:
    """Return the homes that surely lie in the municipality, at a place that is not contradicted."""
    doubts = results.joins["buurt"].ambiguous
    contradicted = doubts.index[doubts == CONTRADICTION]
    certain = results.joins["gemeente"].matched.index.difference(contradicted)
    dwellings = results.inputs.dwellings.loc[certain].dropna(subset=["x_rd", "y_rd"])
    return coarse_homes(dwellings, results.inputs.areas.buurten.geometry)


def _public_figures(results: Results, secret: frozenset[Cell]) -> pd.DataFrame:
    figures = results.figures.copy()
    corporations = results.inputs.municipality.corporations
    shares_of = {share_id(corporation.name): corporation.name for corporation in corporations}
    counted = [item.id for item in results.catalogue if item.origin == "dwellings"]
    owners = {name: shares_of.get(name, ALL) for name in counted}
    named = list(zip(figures["code"], figures["indicator"], strict=True))
    counts = results.labels.groupby("area")[list(LABEL_CLASSES)].sum()
    telling = set(counts.index[share_tells_too_much(counts)])
    _hide(figures, [name == LABEL_EFG and code in telling for code, name in named], HIDDEN_SHARE)
    _hide(
        figures,
        [name in owners and is_secret(secret, code, owners[name]) for code, name in named],
        HIDDEN,
    )
    present = figures["reason"] == ""
    homes = present & (figures["indicator"] == DWELLINGS)
    figures.loc[homes, "value"] = figures.loc[homes, "value"].map(to_five)
    figures.loc[homes, "note"] = ROUNDED
    shares = present & figures["indicator"].isin(
        [LABEL_EFG, *(set(owners) - {DWELLINGS, LABEL_MEAN})]
    )
    figures.loc[shares, "value"] = figures.loc[shares, "value"].map(coarse_share)
    means = present & (figures["indicator"] == LABEL_MEAN)
    figures.loc[means, "value"] = figures.loc[means, "value"].map(coarse_mean)
    return figures


def _hide(figures: pd.DataFrame, rows: list[bool], note: str) -> None:
    figures.loc[rows, "value"] = float("nan")
    figures.loc[rows, "reason"] = Reason.SUPPRESSED.value
    figures.loc[rows, "note"] = note


def _bars(labels: pd.DataFrame) -> Iterator[LabelBar]:
    """Yield every bar as it is, for the internal edition."""
    means, shares = mean_label_ordinal(labels), poor_label_share(labels)
    for row, mean, share in zip(labels.to_dict("records"), means, shares, strict=True):
        groups = tuple((label, int(row[label])) for label in LABEL_CLASSES if row[label])
        homes = sum(count for _, count in groups)
        yield LabelBar(str(row["area"]), str(row["corporation"]), homes, groups, mean, share)


def _public_bars(labels: pd.DataFrame, secret: frozenset[Cell]) -> Iterator[LabelBar]:
    """Yield every bar with counts in fives, or without anything when its cell is secret."""
    telling = share_tells_too_much(labels)
    for bar, counts, tells in zip(_bars(labels), labels.to_dict("records"), telling, strict=True):
        groups = coarse_groups({label: int(counts[label]) for label in LABEL_CLASSES})
        if is_secret(secret, bar.area, bar.corporation) or not groups:
            yield LabelBar(bar.area, bar.corporation, 0, (), math.nan, math.nan)
            continue
        yield LabelBar(
            area=bar.area,
            corporation=bar.corporation,
            dwellings=to_five(bar.dwellings),
            groups=groups,
            mean_label=coarse_mean(bar.mean_label),
            poor_share=math.nan if tells else coarse_share(bar.poor_share),
        )


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

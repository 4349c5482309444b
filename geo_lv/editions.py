"""The gate: only a released view may reach a page or a download.

Default-deny: a column that no edition lists stays inside. The public edition also hides figures
about fewer than ten dwellings, others from which those could be worked out, and rounds the rest.
No edition holds an address or an exact place; the internal one holds homes at a rounded place.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Final

import pandas as pd

from geo_lv.agreements import Agreements
from geo_lv.agreements.measurements import FILE as MEASUREMENTS_FILE
from geo_lv.areas import Areas
from geo_lv.attempts import Attempt
from geo_lv.coarsening import HOME_COLUMNS, coarse_homes, require_coarse_homes
from geo_lv.errors import ReleaseError
from geo_lv.hidden import Hidden, find_hidden
from geo_lv.indicators.catalogue import Indicator
from geo_lv.indicators.published import Origins
from geo_lv.inputs import Inputs
from geo_lv.internal import internal_tables, require_internal
from geo_lv.join import CONTRADICTION
from geo_lv.join_account import JoinCount, join_counts
from geo_lv.label_bars import LabelBar, exact_bars, public_bars
from geo_lv.monitor.computed import computed_values
from geo_lv.monitor.public import public_monitor
from geo_lv.monitor.rows import Monitor, make_monitor
from geo_lv.municipality import Municipality
from geo_lv.pipeline import Results, newest_date
from geo_lv.privacy import PrivacyRules
from geo_lv.properties import FILE as DWELLINGS_FILE
from geo_lv.provenance import Provenance
from geo_lv.public_figures import hide_published, public_dwellings
from geo_lv.schema import Edition
from geo_lv.signals.rules import SignalRules
from geo_lv.signals.table import signal_table
from geo_lv.signals.trend import trend_table
from geo_lv.withheld import (
    attempts_at,
    require_listed,
    require_public,
    require_public_agreements,
    without_internal,
)

COLUMNS: Final = ("code", "indicator", "year", "value", "reason", "note")
"""The columns of the table of figures that may leave, in every edition."""

_KEY: Final = object()


@dataclass(frozen=True)
class EarlierDivision:
    """Published figures of one year that are about areas which are not there now."""

    year: str
    areas: tuple[str, ...]
    """Codes."""
    figures: int


@dataclass(frozen=True)
class HiddenCount:
    """How many figures the public edition hides; not which, and not why."""

    cells: int
    """Corporations in areas, and all together in an area, with dwellings."""
    homes: int
    """Of those, with a number of dwellings that is secret."""
    labels: int
    """Of those, with labels that are secret."""
    published: int
    """Published figures that are secret."""


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
    has_dwellings: bool
    """Whether a list of homes was taken in at all."""
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
    """Without rows when the account would tell of a small cell."""
    privacy: PrivacyRules
    hidden: HiddenCount
    earlier: tuple[EarlierDivision, ...]
    gave_way: Mapping[str, int]
    """Path of a file to how many of its figures do not count, as an earlier file has them."""
    homes: pd.DataFrame
    """One row per home of which the place is certain; without rows in the public edition."""
    tables: Mapping[str, pd.DataFrame]
    """Tables of `geo_lv.internal` by name; none in the public edition."""
    monitor: Monitor
    """The agreements, judged on the peildatum."""
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
            require_public_agreements(self.agreements)


def release(results: Results, edition: Edition, peildatum: str = "") -> Released:
    """
    Let out what an edition allows.

    Parameters
    ----------
    results
        All figures.
    edition
        ``publiek`` hides small cells, holds no single dwelling and nothing that tells of an
        indicator for the parties only; ``intern`` shows all three, a dwelling at a rounded place.
    peildatum
        ISO date on which the agreements are judged; empty takes the newest date in the data.

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
    hidden = find_hidden(results)
    figures = _public_figures(results, hidden) if public else results.figures
    rules, gm_code = inputs.signal_rules, inputs.municipality.gm_code
    bars = public_bars(results.labels, hidden.secrets) if public else exact_bars(results.labels)
    return Released(
        edition=edition,
        municipality=inputs.municipality,
        areas=inputs.areas,
        catalogue=results.catalogue,
        agreements=inputs.agreements,
        provenance=tuple(_provenance(inputs, hidden, public=public)),
        settings=inputs.settings,
        fictitious_dwellings=inputs.fictitious_dwellings,
        has_dwellings=bool(len(inputs.dwellings)),
        figures=figures,
        certainty=inputs.certainty,
        origins=inputs.origins,
        attempts=attempts_at(inputs.provenance, inputs.attempts),
        signals=signal_table(figures, results.catalogue, rules, gm_code),
        trends=trend_table(figures, results.catalogue, rules),
        signal_rules=rules,
        labels=tuple(bars),
        joins=tuple(join_counts(results, hidden.secrets.joins if public else "each")),
        privacy=inputs.privacy,
        hidden=_counted(hidden),
        earlier=tuple(_earlier_divisions(inputs.figures_of_others)),
        gave_way=inputs.gave_way,
        homes=pd.DataFrame(columns=HOME_COLUMNS) if public else _certain_homes(results),
        tables={} if public else internal_tables(results, hidden),
        monitor=_monitor(results, hidden, edition, peildatum or newest_date(results)),
        key=_KEY,
    )


def _monitor(results: Results, hidden: Hidden, edition: Edition, day: str) -> Monitor:
    inputs, public = results.inputs, edition == "publiek"
    made = make_monitor(
        inputs.agreements.monitored,
        inputs.agreements.measurements,
        computed_values(results, day, hidden.published if public else ()),
        day,
    )
    return public_monitor(made, inputs.privacy.dwellings) if public else made


def _public_figures(results: Results, hidden: Hidden) -> pd.DataFrame:
    inputs = results.inputs
    names = [corporation.name for corporation in inputs.municipality.corporations]
    cell = inputs.privacy.dwellings.cell
    dwellings = public_dwellings(results.labels, hidden.secrets, names, cell)
    return dwellings.coarse(hide_published(results.figures, hidden.published))


def _counted(hidden: Hidden) -> HiddenCount:
    faces = hidden.secrets.faces
    homes = sum(face.what == "homes" for face in faces)
    return HiddenCount(hidden.cells, homes, len(faces) - homes, len(hidden.published))


def _provenance(inputs: Inputs, hidden: Hidden, *, public: bool) -> Iterator[Provenance]:
    """Yield where files came from, without the number of dwellings where it would tell too much."""
    made_up = any(each.fictitious for each in inputs.agreements.measurements)
    for item in inputs.provenance:
        if item.path == MEASUREMENTS_FILE and made_up:
            # one row is enough, or a site for publication would pass with it
            yield replace(item, fictitious=True)
            continue
        secret = public and hidden.secrets.joins == "none" and item.path == DWELLINGS_FILE
        yield replace(item, rows=None, sha256="") if secret else item


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

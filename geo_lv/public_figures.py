"""The figures of the public edition: what is secret hidden, what is about dwellings rounded."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

import pandas as pd

from geo_lv.coarsening import coarse_mean, coarse_share, to_five
from geo_lv.indicators.catalogue import DWELLINGS, LABEL_EFG, LABEL_MEAN, share_id
from geo_lv.label_bars import public_poor_share
from geo_lv.minimums import Moment
from geo_lv.schema import Reason
from geo_lv.suppression import ALL, Cell, Secrets, count_cells

HIDDEN_HOMES: Final = (
    "Geheim: het gaat om minder dan {cell} woningen. Of zo'n klein aantal zou uit dit cijfer te "
    "berekenen zijn."
)
HIDDEN_LABELS: Final = (
    "Geheim: het gaat om minder dan {cell} woningen, of bijna alle labels zijn hetzelfde. Of "
    "zoiets zou uit dit cijfer te berekenen zijn."
)
HIDDEN_PUBLISHED: Final = (
    "Geheim: het gaat om te weinig mensen of woningen. Of zo'n cijfer zou hieruit te berekenen "
    "zijn."
)
"""One text for all reasons: which of them it is would tell how small a number is."""
ROUNDED: Final = "Afgerond op vijftallen."
FROM_ROUNDED: Final = "Berekend uit aantallen die zijn afgerond op vijftallen."

_Figure = tuple[float, str, str]
"""Value (NaN if absent), reason (empty if present), note."""
_ABSENT: Final = float("nan")


def hide_published(figures: pd.DataFrame, withheld: Iterable[Moment]) -> pd.DataFrame:
    """
    Hide published figures that are about too few.

    Parameters
    ----------
    figures
        Table of figures.
    withheld
        Which of them are secret.

    Returns
    -------
    figures
        The same rows.
    """
    secret = set(withheld)
    keys = figures[["code", "indicator", "year"]].itertuples(index=False, name=None)
    rows = [key in secret for key in keys]
    found = figures.copy()
    found.loc[rows, "value"] = _ABSENT
    found.loc[rows, "reason"] = Reason.SUPPRESSED.value
    found.loc[rows, "note"] = HIDDEN_PUBLISHED
    return found


@dataclass(frozen=True)
class PublicDwellings:
    """What the public edition says about the dwellings of each area."""

    counts: Mapping[Cell, Mapping[str, int]]
    """Dwellings per label class, of the cells that have any."""
    secrets: Secrets
    owners: Mapping[str, str]
    """Id of the indicator that gives the share of a corporation, to its name."""
    cell: int
    """With fewer dwellings a cell is secret."""

    def coarse(self, figures: pd.DataFrame) -> pd.DataFrame:
        """
        Hide what is secret and round the rest of the figures about dwellings.

        Parameters
        ----------
        figures
            Table of figures; those of other indicators stay as they are.

        Returns
        -------
        figures
            The same rows.
        """
        counted = {DWELLINGS, LABEL_MEAN, LABEL_EFG, *self.owners}
        found = figures.copy()
        own = found["indicator"].isin(counted)
        rows = found.loc[own, ["code", "indicator", "value", "reason", "note"]]
        coarse = [
            self._figure(code, name, figure) for code, name, *figure in rows.itertuples(index=False)
        ]
        found.loc[own, ["value", "reason", "note"]] = pd.DataFrame(
            coarse, index=rows.index, columns=["value", "reason", "note"]
        )
        return found

    def _figure(self, code: str, name: str, figure: list[Any]) -> _Figure:
        if self._is_hidden(code, name):
            words = HIDDEN_LABELS if name in {LABEL_MEAN, LABEL_EFG} else HIDDEN_HOMES
            return _ABSENT, Reason.SUPPRESSED.value, words.format(cell=self.cell)
        value, reason, note = figure
        if reason:
            return value, reason, note
        if name == LABEL_MEAN:
            return coarse_mean(value), "", note
        if name == LABEL_EFG:
            return public_poor_share(self.counts[Cell(code, ALL)]), "", FROM_ROUNDED
        if name == DWELLINGS:
            return to_five(value), "", ROUNDED
        return self._share(code, self.owners[name]), "", FROM_ROUNDED

    def _is_hidden(self, code: str, name: str) -> bool:
        if name in {LABEL_MEAN, LABEL_EFG}:
            return self.secrets.hides(code, ALL, "labels")
        owner = self.owners.get(name, ALL)
        return any(self.secrets.hides(code, each, "homes") for each in {owner, ALL})

    def _share(self, code: str, owner: str) -> float:
        own, together = (
            to_five(sum(self.counts.get(Cell(code, each), {}).values())) for each in (owner, ALL)
        )
        return coarse_share(own, together)


def public_dwellings(
    labels: pd.DataFrame, secrets: Secrets, corporations: Iterable[str], cell: int
) -> PublicDwellings:
    """
    Prepare what the public edition says about dwellings.

    Parameters
    ----------
    labels
        Dwellings per ``area``, ``corporation`` and label class.
    secrets
        What may not be shown.
    corporations
        Their names.
    cell
        With fewer dwellings a cell is secret.

    Returns
    -------
    dwellings
        Ready to make figures coarse.
    """
    return PublicDwellings(
        counts=count_cells(labels),
        secrets=secrets,
        owners={share_id(name): name for name in corporations},
        cell=cell,
    )

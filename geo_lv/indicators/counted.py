"""Figures counted from the dwellings and the new-build sites, anew for every area."""

from typing import Final

import numpy as np
import pandas as pd

from geo_lv.agreements import NewBuildSite
from geo_lv.indicators.catalogue import (
    DWELLINGS,
    LABEL_EFG,
    LABEL_MEAN,
    NEW_BUILD,
    share_id,
)
from geo_lv.indicators.figures import figures_of
from geo_lv.properties import LABEL_CLASSES, label_counts, mean_label_ordinal, poor_label_share
from geo_lv.schema import Reason

_NO_HOMES: Final = "Hier liggen geen corporatiewoningen met een label."
NO_LIST: Final = "Er is nog geen lijst met woningen van de corporaties."
NO_PROGRAMME: Final = "Er is geen programma voor nieuwbouw bekend."


def dwelling_figures(
    dwellings: pd.DataFrame, codes: list[str], corporations: tuple[str, ...]
) -> pd.DataFrame:
    """
    Count dwellings, shares of the corporations and labels per area.

    Parameters
    ----------
    dwellings
        With ``area`` (code of the area it was matched to), ``corporation``, ``energy_label``.
    codes
        Every area that gets a figure; an area without dwellings has 0 of them.
    corporations
        Their names.

    Returns
    -------
    figures
        Table of figures; shares and labels are *not applicable* where there are no dwellings.
    """
    counts = label_counts(dwellings, ["area"]).reindex(codes, fill_value=0)
    homes = dwellings_per_area(dwellings, codes)
    shares = [
        figures_of(
            dwelling_share(dwellings[dwellings["corporation"] == name], homes),
            share_id(name),
            absent=Reason.NOT_APPLICABLE,
            note=_NO_HOMES,
        )
        for name in corporations
    ]
    return pd.concat(
        [
            figures_of(homes, DWELLINGS),
            *shares,
            *(
                figures_of(values, identifier, absent=Reason.NOT_APPLICABLE, note=_NO_HOMES)
                for identifier, values in (
                    (LABEL_MEAN, mean_label_ordinal(counts)),
                    (LABEL_EFG, poor_label_share(counts)),
                )
            ),
        ],
        ignore_index=True,
    )


def no_dwelling_figures(codes: list[str], corporations: tuple[str, ...]) -> pd.DataFrame:
    """
    Return what `dwelling_figures` returns when nobody gave a list: all is *missing*, and never 0.

    Parameters
    ----------
    codes
        Every area that gets a figure.
    corporations
        Their names.

    Returns
    -------
    figures
        Table of figures.
    """
    shares = (share_id(name) for name in corporations)
    wanted = (DWELLINGS, *shares, LABEL_MEAN, LABEL_EFG)
    return pd.concat([_unknown(codes, name, NO_LIST) for name in wanted], ignore_index=True)


def _unknown(codes: list[str], indicator: str, why: str) -> pd.DataFrame:
    return figures_of(pd.Series(np.nan, index=codes, dtype="float64"), indicator, note=why)


def dwellings_per_area(dwellings: pd.DataFrame, codes: list[str]) -> "pd.Series[float]":
    """Return the number of dwellings per area code, 0 where there are none."""
    counts = dwellings["area"].value_counts().reindex(codes, fill_value=0)
    return counts.astype("float64").rename(DWELLINGS)


def dwelling_share(own: pd.DataFrame, homes: "pd.Series[float]") -> "pd.Series[float]":
    """
    Share of the dwellings of an area that one owner has.

    Parameters
    ----------
    own
        Dwellings of that owner, with ``area``.
    homes
        All dwellings per area code.

    Returns
    -------
    share
        Percent 0–100, index of `homes`; NaN where an area has no dwellings.
    """
    counts = own["area"].value_counts().reindex(homes.index, fill_value=0)
    return 100 * counts / homes.where(homes > 0)


def new_build_figures(
    sites: tuple[NewBuildSite, ...], parents: dict[str, str], codes: list[str]
) -> pd.DataFrame:
    """
    Add up the agreed social rent homes per area.

    Parameters
    ----------
    sites
        The new-build sites; one without a known place has an empty buurt code.
    parents
        Buurt code to area code of one level; a site in none of these buurten counts nowhere.
    codes
        Every area that gets a figure.

    Returns
    -------
    figures
        Table of figures. An area whose sites are all ``Nnb`` or a percentage is *missing*, never 0;
        where some are, the note says that more may come. Without any site all is *missing*.
    """
    if not sites:
        return _unknown(codes, NEW_BUILD, NO_PROGRAMME)
    placed = [(parents[site.bu_code], site) for site in sites if site.bu_code in parents]
    rows = [_area_total([site for area, site in placed if area == code]) for code in codes]
    return pd.DataFrame(
        {
            "code": codes,
            "indicator": NEW_BUILD,
            "year": "",
            "value": [float("nan") if value is None else float(value) for value, _ in rows],
            "reason": [Reason.MISSING.value if value is None else "" for value, _ in rows],
            "note": [note for _, note in rows],
        }
    )


def _area_total(sites: list[NewBuildSite]) -> tuple[int | None, str]:
    known = [site.programme.homes for site in sites if site.programme.homes is not None]
    open_sites = len(sites) - len(known)
    if open_sites and not known:
        return None, "Het aantal is nog niet bekend of alleen als percentage afgesproken."
    plural = "locatie waarvan" if open_sites == 1 else "locaties waarvan"
    note = f"Plus {open_sites} {plural} het aantal nog niet bekend is." if open_sites else ""
    return sum(known), note


def label_table(dwellings: pd.DataFrame) -> pd.DataFrame:
    """
    Count labels per area and corporation, for the stacked bars.

    Parameters
    ----------
    dwellings
        With ``area``, ``corporation``, ``energy_label``.

    Returns
    -------
    counts
        Columns ``area, corporation`` and one per class of `LABEL_CLASSES`.
    """
    counts = label_counts(dwellings, ["area", "corporation"]).reset_index()
    return counts[["area", "corporation", *LABEL_CLASSES]]

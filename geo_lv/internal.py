"""Tables that only the internal edition has: which columns they hold, and what they may not tell.

Default-deny, as for the figures: a table or column that is not listed here does not leave. No
table holds an address, a place, or the number of a home. What would be about one single home, such
as the mean of a complex of one, is left out.
"""

from collections.abc import Mapping
from typing import Final

import pandas as pd

from geo_lv.errors import ReleaseError
from geo_lv.hidden import Hidden
from geo_lv.pipeline import LEVELS, Results
from geo_lv.stock.overview import MEAN_EP2

COMPLEXES: Final = "complexes"
COMPLEX_WIJKEN: Final = "complex_wijken"
STOCK: Final = "stock"
MEAN_LABELS: Final = "mean_labels"
UNPLACED: Final = "unplaced"
SECRETS: Final = "secrets"

INTERNAL_COLUMNS: Final[dict[str, tuple[str, ...]]] = {
    COMPLEXES: (
        "corporation",
        "complex_id",
        "homes",
        "A+++++",
        "A++++",
        "A+++",
        "A++",
        "A+",
        "A",
        "B",
        "C",
        "D",
        "E",
        "F",
        "G",
        "geen",
        "mean_label",
        "ep2_homes",
        "ep2_mean",
        "first_build_year",
        "last_build_year",
        "senior_share",
        "solar_share",
        "gas_free_share",
        "renovation",
        "renovation_homes",
        "renovation_start",
        "renovation_end",
        "renovation_target",
        "renovation_state",
        "renovation_note",
    ),
    COMPLEX_WIJKEN: ("wk_code", "corporation", "complex_id", "homes"),
    STOCK: (
        "corporation",
        "figure",
        "value",
        "counted",
        "unknown",
        "target",
        "target_year",
        "homes_to_improve",
        "points_short",
        "pace_asked",
        "pace_so_far",
        "note",
    ),
    MEAN_LABELS: (
        "level",
        "area",
        "homes",
        "unlabelled",
        "mean_label",
        "ep2_homes",
        "ep2_mean",
    ),
    UNPLACED: ("row", "corporation", "level", "outcome", "reason"),
    SECRETS: (
        "area",
        "corporation",
        "what",
        "indicator",
        "year",
        "why",
        "gives_away_area",
        "gives_away_corporation",
    ),
}
"""The tables of the internal edition and their columns. Written out, so that a column that is new
in a stage before this one leaves only after somebody added it here."""

_DESCRIPTION: Final = tuple(
    column
    for column in INTERNAL_COLUMNS[COMPLEXES]
    if column not in {"corporation", "complex_id", "homes"} and not column.startswith("renovation")
)
"""What a complex of one home would tell about that home."""


def internal_tables(results: Results, hidden: Hidden) -> dict[str, pd.DataFrame]:
    """
    Make the tables of the internal edition.

    Parameters
    ----------
    results
        All figures.
    hidden
        What the public edition hides.

    Returns
    -------
    tables
        By name, with columns as in `INTERNAL_COLUMNS`. The description of a complex of one home
        and the EP2 of one home are NaN.
    """
    described = results.complexes.copy()
    described.loc[described["homes"] == 1, list(_DESCRIPTION)] = float("nan")
    stock = results.stock.copy()
    stock.loc[_tells_one_ep2(stock), "value"] = float("nan")
    return {
        COMPLEXES: _without_single_ep2(described),
        COMPLEX_WIJKEN: _complex_wijken(results),
        STOCK: stock,
        MEAN_LABELS: _without_single_ep2(results.means[list(INTERNAL_COLUMNS[MEAN_LABELS])]),
        UNPLACED: _unplaced(results),
        SECRETS: _secrets(hidden),
    }


def require_internal(tables: Mapping[str, pd.DataFrame], *, public: bool) -> None:
    """
    Refuse tables that tell more than the edition may.

    Parameters
    ----------
    tables
        By name.
    public
        The public edition may have none at all.

    Raises
    ------
    ReleaseError
        If there is a table in the public edition, a table or column that `INTERNAL_COLUMNS` does
        not list, or a figure about one single home.
    """
    if public and tables:
        msg = f"tables: expected none in the public edition, found {', '.join(sorted(tables))}"
        raise ReleaseError(msg)
    for name, table in tables.items():
        listed = INTERNAL_COLUMNS.get(name, ())
        extra = [str(column) for column in table.columns if column not in listed]
        if extra:
            msg = f"{name}: expected only {', '.join(listed)}, found {', '.join(extra)}"
            raise ReleaseError(msg)
    if any(_tells_of_one_home(name, table) for name, table in tables.items()):
        msg = "tables: expected figures about two homes or more, found one about a single home"
        raise ReleaseError(msg)


def _tells_of_one_home(name: str, table: pd.DataFrame) -> bool:
    if name == STOCK:
        return bool(table.loc[_tells_one_ep2(table), "value"].notna().any())
    if name in {UNPLACED, SECRETS}:
        return False
    if name == COMPLEX_WIJKEN:
        return bool((table["homes"] == 1).any())
    measured = table.loc[table["ep2_homes"] == 1, "ep2_mean"].notna().any()
    if name == MEAN_LABELS:
        return bool(measured)
    alone = table.loc[table["homes"] == 1, list(_DESCRIPTION)]
    return bool(measured or alone.notna().to_numpy().any())


def _tells_one_ep2(stock: pd.DataFrame) -> "pd.Series[bool]":
    return (stock["figure"] == MEAN_EP2) & (stock["counted"] == 1)


def _without_single_ep2(table: pd.DataFrame) -> pd.DataFrame:
    return table.assign(ep2_mean=table["ep2_mean"].mask(table["ep2_homes"] == 1))


def _complex_wijken(results: Results) -> pd.DataFrame:
    """Return how many homes of each complex surely lie in each wijk, where more than one do."""
    placed = results.joins["wijk"].matched.rename("wk_code")
    owned = results.inputs.dwellings.loc[placed.index, ["corporation", "complex_id"]]
    key = ["wk_code", "corporation", "complex_id"]
    counted = owned.assign(wk_code=placed).groupby(key).size().rename("homes").reset_index()
    return counted[counted["homes"] > 1].reset_index(drop=True)


def _unplaced(results: Results) -> pd.DataFrame:
    """Return a row per level on which a home is in no area for certain, by row in the list."""
    owners = results.inputs.dwellings["corporation"]
    parts = [
        pd.DataFrame(
            {
                "row": reasons.index,
                "corporation": owners.loc[reasons.index].to_numpy(),
                "level": level,
                "outcome": outcome,
                "reason": reasons.to_numpy(),
            }
        )
        for level in LEVELS
        for outcome, reasons in (
            ("unmatched", results.joins[level].unmatched),
            ("ambiguous", results.joins[level].ambiguous),
        )
    ]
    return pd.concat(parts).sort_values("row", kind="stable", ignore_index=True)


def _secrets(hidden: Hidden) -> pd.DataFrame:
    """Return a row for each figure that the public edition hides, with the reason."""
    dwellings = (
        (
            face.cell.area,
            face.cell.owner,
            face.what,
            "",
            "",
            reason.why,
            *(reason.gives_away or ("", "")),
        )
        for face, reason in sorted(hidden.secrets.faces.items(), key=lambda item: item[0])
    )
    published = (
        (moment.code, "", "figure", moment.indicator, moment.year, why.reason, why.gives_away, "")
        for moment, why in sorted(hidden.published.items())
    )
    return pd.DataFrame([*dwellings, *published], columns=list(INTERNAL_COLUMNS[SECRETS]))

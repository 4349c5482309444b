"""Where the list of homes comes from, as ``provenance.toml`` and the pages say it."""

from typing import Final

import pandas as pd

from geo_lv.origins import with_entry
from geo_lv.properties import FILE, PREVIOUS_FILE

_INVENTED: Final = "FICTIEVE VOORBEELDGEGEVENS"


def with_lists(provenance: str, lists: pd.DataFrame) -> str:
    """
    Write in a text of provenance which lists the list of homes is made of.

    Parameters
    ----------
    provenance
        The text of ``provenance.toml``.
    lists
        From `store.read_lists`, at least one row.

    Returns
    -------
    provenance
        The same text with another entry for the list of homes; all else is as it was.
    """
    invented = bool((lists["fictitious"] == "ja").all())
    days = dict(zip(lists["corporation"], lists["peildatum"], strict=True))
    title = f"Woningen van de corporaties{f' ({_INVENTED})' if invented else ''}"
    return _with_entry(provenance, FILE, title, days, invented=invented)


def with_previous(provenance: str, days: dict[str, str], *, invented: bool) -> str:
    """
    Write in a text of provenance which earlier lists there are.

    Parameters
    ----------
    provenance
        The text of ``provenance.toml``.
    days
        Corporation to the day of its earlier list; at least one.
    invented
        Whether the lists are invented.

    Returns
    -------
    provenance
        The same text with another entry for the earlier lists.
    """
    title = f"Eerdere lijsten van de corporaties{f' ({_INVENTED})' if invented else ''}"
    return _with_entry(provenance, PREVIOUS_FILE, title, days, invented=invented)


def _with_entry(
    provenance: str, path: str, title: str, days: dict[str, str], *, invented: bool
) -> str:
    each = ", ".join(f"{corporation} ({day})" for corporation, day in days.items())
    newest = max(days.values())
    return with_entry(
        provenance,
        {
            "path": path,
            "title": title,
            "source": f"{'verzonnen lijst van ' if invented else 'lijst van '}{each}",
            "licence": "EUPL-1.2" if invented else "niet openbaar",
            "vintage": "fictief" if invented else newest,
            "retrieved": newest,
            "transformed_by": "geo-lv import",
            "fictitious": invented,
        },
    )

"""Where the list of homes comes from, as ``provenance.toml`` and the pages say it."""

import re
from typing import Final

import pandas as pd

from geo_lv.properties import FILE, PREVIOUS_FILE

_BLOCKS: Final = re.compile(r"^(?=\[\[file\]\])", re.MULTILINE)
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
    blocks = _BLOCKS.split(provenance)
    entry = _entry(path, title, days, invented=invented)
    own = re.compile(rf"""^\s*path\s*=\s*["']{re.escape(path)}["']""", re.MULTILINE)
    mine = [place for place, block in enumerate(blocks) if own.search(block)]
    if not mine:
        return f"{provenance.rstrip()}\n\n{entry}"
    # a comment under an entry belongs to the next one
    rest = "".join(re.findall(r"^#.*\n", blocks[mine[0]], re.MULTILINE))
    blocks[mine[0]] = f"{entry}\n{rest}" if blocks[mine[0] + 1 :] else entry
    return "".join(blocks)


def _entry(path: str, title: str, days: dict[str, str], *, invented: bool) -> str:
    each = ", ".join(f"{corporation} ({day})" for corporation, day in days.items())
    newest = max(days.values())
    settings = {
        "path": path,
        "title": title,
        "source": f"{'verzonnen lijst van ' if invented else 'lijst van '}{each}",
        "licence": "EUPL-1.2" if invented else "niet openbaar",
        "vintage": "fictief" if invented else newest,
        "retrieved": newest,
        "transformed_by": "geo-lv import",
    }
    lines = [f"{name} = {_quoted(value)}" for name, value in settings.items()]
    return "\n".join(["[[file]]", *lines, f"fictitious = {str(invented).lower()}", ""])


def _quoted(text: str) -> str:
    safe = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{safe}"'

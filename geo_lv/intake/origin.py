"""Where the list of homes comes from, as ``provenance.toml`` and the pages say it."""

import re
from typing import Final

import pandas as pd

from geo_lv.properties import FILE

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
    blocks = _BLOCKS.split(provenance)
    entry = _entry(lists)
    mine = [place for place, block in enumerate(blocks) if f'path = "{FILE}"' in block]
    if not mine:
        return f"{provenance.rstrip()}\n\n{entry}"
    # a comment under an entry belongs to the next one
    rest = "".join(re.findall(r"^#.*\n", blocks[mine[0]], re.MULTILINE))
    blocks[mine[0]] = f"{entry}\n{rest}" if blocks[mine[0] + 1 :] else entry
    return "".join(blocks)


def _entry(lists: pd.DataFrame) -> str:
    invented = bool((lists["fictitious"] == "ja").all())
    newest = lists["peildatum"].max()
    each = ", ".join(
        f"{corporation} ({day})"
        for corporation, day in zip(lists["corporation"], lists["peildatum"], strict=True)
    )
    settings = {
        "path": FILE,
        "title": f"Woningen van de corporaties{f' ({_INVENTED})' if invented else ''}",
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

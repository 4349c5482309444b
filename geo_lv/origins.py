"""Entries of ``provenance.toml`` rewritten in its text, so that all else in it stays as it was."""

import re
import tomllib
from collections.abc import Mapping
from typing import Final

from geo_lv.errors import InputError, Problem

FILE: Final = "provenance.toml"

_BLOCKS: Final = re.compile(r"^(?=\[\[file\]\])", re.MULTILINE)
_ESCAPES: Final = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"}


def with_entry(provenance: str, settings: Mapping[str, str | int | bool]) -> str:
    """
    Write in a text of provenance where one file comes from.

    Parameters
    ----------
    provenance
        The text of ``provenance.toml``.
    settings
        Names to values; ``path`` says which file. They are written in this order.

    Returns
    -------
    provenance
        The same text with another entry for that file; a new one stands at the end.

    Raises
    ------
    InputError
        If the text is written in a way that an entry cannot be replaced in.
    """
    blocks = _BLOCKS.split(provenance)
    entry = "\n".join(
        ["[[file]]", *(f"{name} = {toml_value(settings[name])}" for name in settings), ""]
    )
    path = re.escape(str(settings["path"]))
    own = re.compile(rf"""^\s*path\s*=\s*["']{path}["']""", re.MULTILINE)
    mine = [place for place, block in enumerate(blocks) if own.search(block)]
    if mine:
        # a comment under an entry belongs to the next one
        rest = "".join(re.findall(r"^#.*\n", blocks[mine[0]], re.MULTILINE))
        blocks[mine[0]] = f"{entry}\n{rest}" if blocks[mine[0] + 1 :] else entry
        written = "".join(blocks)
    else:
        written = f"{provenance.rstrip()}\n\n{entry}"
    _require_once(written, str(settings["path"]))
    return written


def _require_once(provenance: str, path: str) -> None:
    """Refuse what no longer says one thing about a file: somebody else's way of writing TOML."""
    try:
        entries = tomllib.loads(provenance)["file"]
        named = [entry["path"] for entry in entries].count(path)
    except (tomllib.TOMLDecodeError, KeyError, TypeError):
        named = 0
    if named != 1:
        expected, advice = f"one [[file]] for {path}", "write each entry as in the example folder"
        raise InputError((Problem(FILE, expected, "another way of writing it", advice),))


def toml_value(value: str | int) -> str:
    """Write a value as TOML; signs that cannot be seen are written as their numbers."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, int):
        return str(value)
    safe = "".join(_ESCAPES.get(c, c) for c in value)
    return '"{}"'.format("".join(c if c.isprintable() else f"\\U{ord(c):08x}" for c in safe))

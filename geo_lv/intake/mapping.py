"""What a list calls its columns, said by the officer where the usual names do not say it."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from pydantic import BaseModel, ConfigDict

from geo_lv.errors import InputError, Problem, shorten
from geo_lv.files import read_text
from geo_lv.intake.fields import BY_NAME, Field, plain, usual_field
from geo_lv.settings import read_toml, toml_row

IGNORE: Final = ""
"""Stands in a mapping for a column that is not to be read."""


class _MappingFile(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    sheet: str = ""
    columns: dict[str, str] = {}


@dataclass(frozen=True)
class Mapping:
    """Which field each head of a column stands for."""

    sheet: str = ""
    fields: dict[str, Field | None] = field(default_factory=dict)
    """By the plain form of a head; None for a column to ignore."""

    def field_of(self, head: str) -> Field | None:
        """Return the field of a head: what the mapping says, else its usual meaning."""
        key = plain(head)
        return self.fields[key] if key in self.fields else usual_field(head)


def read_mapping(path: Path) -> Mapping:
    """
    Read a mapping.

    Parameters
    ----------
    path
        TOML with a table ``[columns]`` of ``"head in the list" = "field"``; an empty text ignores
        the column. ``sheet`` names the sheet to read.

    Returns
    -------
    mapping
        Its columns by plain head.

    Raises
    ------
    InputError
        If it names a field that does not exist.
    """
    found = read_toml(path, path.name, _MappingFile)
    text = read_text(path, path.name)
    problems = tuple(
        Problem(
            path.name,
            f"one of {', '.join(BY_NAME)}",
            shorten(name),
            "correct the field",
            toml_row(text, ("columns", head)),
            head,
        )
        for head, name in found.columns.items()
        if name != IGNORE and name not in BY_NAME
    )
    if problems:
        raise InputError(problems)
    return Mapping(
        found.sheet, {plain(head): BY_NAME.get(name) for head, name in found.columns.items()}
    )

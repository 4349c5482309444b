"""The folder of a country: a data folder per municipality, and what they have in common."""

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from pydantic import BaseModel, ConfigDict, Field

from geo_lv.codes import GM_CODE
from geo_lv.errors import InputError, Problem, shorten
from geo_lv.municipality import FILE as MUNICIPALITY_FILE
from geo_lv.settings import read_toml

FILE: Final = "land.toml"
GEMEENTEN: Final = "gemeenten"
"""Folder with a data folder for each municipality, of the name of its code."""
ALL: Final = "all"
_MOST: Final = 6
"""Indicators on the page of the country."""
_BETWEEN: Final = re.compile(r"[\s,]+")


class _Settings(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class HomesSource(_Settings):
    """A list of the homes of the whole country, as Parquet, and where it comes from."""

    path: str = Field(pattern=r"^[\w.-]+\.parquet$")
    title: str = Field(min_length=1)
    source: str = Field(min_length=1)
    licence: str = Field(min_length=1)
    vintage: str = Field(min_length=1)
    retrieved: str = Field(pattern=r"^\d{4}-\d\d-\d\d$")
    fictitious: bool = False


class CountrySettings(_Settings):
    """What ``land.toml`` says."""

    title: str = Field(min_length=1)
    indicators: tuple[str, ...] = Field(min_length=1, max_length=_MOST)
    """Those of the page of the country, by their id in the catalogues of the municipalities."""
    dwellings: HomesSource | None = None


@dataclass(frozen=True)
class Country:
    """A folder with the data of many municipalities."""

    folder: Path
    settings: CountrySettings
    gm_codes: tuple[str, ...]
    """Of every municipality that has a data folder, ascending."""

    def data_of(self, gm_code: str) -> Path:
        """Return the data folder of a municipality."""
        return self.folder / GEMEENTEN / gm_code

    @property
    def homes(self) -> Path | None:
        """Return the list of the homes of the whole country, if there is one."""
        return self.folder / self.settings.dwellings.path if self.settings.dwellings else None


def load_country(folder: Path) -> Country:
    """
    Read what the folder of a country says of itself; its municipalities are not looked into.

    Parameters
    ----------
    folder
        With ``land.toml``, and ``gemeenten/GMxxxx`` for each municipality.

    Returns
    -------
    country
        With at least one municipality.

    Raises
    ------
    InputError
        If there is no such file or municipality, or a folder of another name.
    """
    settings = read_toml(folder / FILE, FILE, CountrySettings)
    inside = folder / GEMEENTEN
    found = sorted(path.name for path in inside.glob("*") if path.is_dir())
    expected, advice = "a folder with the code of a municipality", "rename it or take it away"
    problems = [
        Problem(f"{GEMEENTEN}/{name}", expected, shorten(name), advice)
        for name in found
        if not GM_CODE.fullmatch(name)
    ]
    if not found:
        advice = f"put a data folder for each municipality in {GEMEENTEN}/, as {GEMEENTEN}/GM0518"
        problems.append(Problem(GEMEENTEN, "a data folder per municipality", "none", advice))
    if settings.dwellings and not (folder / settings.dwellings.path).is_file():
        expected = f"the file {settings.dwellings.path} that {FILE} names"
        advice = "put it there, or take [dwellings] out"
        problems.append(Problem(FILE, expected, "no such file", advice, column="dwellings.path"))
    if problems:
        raise InputError(tuple(problems))
    return Country(folder, settings, tuple(found))


def chosen(country: Country, words: str) -> tuple[str, ...]:
    """
    Return the municipalities that somebody asked for.

    Parameters
    ----------
    country
        Where they must be.
    words
        ``all``, or codes with commas between them.

    Returns
    -------
    gm_codes
        Ascending, each once.

    Raises
    ------
    InputError
        With each code that no data folder has.
    """
    if words.strip() == ALL:
        return country.gm_codes
    asked = sorted(set(filter(None, _BETWEEN.split(words))))
    unknown = [code for code in asked if code not in country.gm_codes]
    expected = f"{ALL}, or codes of folders in {GEMEENTEN}/ with commas between them"
    problems = [
        Problem("--gemeenten", expected, shorten(code), "correct it") for code in unknown
    ] or ([] if asked else [Problem("--gemeenten", expected, "nothing", "name one")])
    if problems:
        raise InputError(tuple(problems))
    return tuple(asked)


def is_country(folder: Path) -> bool:
    """Tell whether a folder holds a country instead of one municipality."""
    return (folder / FILE).is_file() and not (folder / MUNICIPALITY_FILE).is_file()

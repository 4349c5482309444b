"""The files of a data folder in which nothing is known yet: they validate, and say what to fill in.

What holds for every municipality (which figures the sources have, when a difference is a signal,
from how many a figure is public) is that of the example folder.
"""

import re
import tomllib
from importlib.resources import files
from pathlib import Path
from string import Template
from typing import Final

from geo_lv.agreements.points import FILE as MONITORED_FILE
from geo_lv.agreements.schemas import FILES, OPTIONAL_FILES
from geo_lv.indicators.catalogue import FILE as CATALOGUE_FILE
from geo_lv.indicators.published import FILE as FIGURES_FILE
from geo_lv.indicators.published import SCHEMA as FIGURES
from geo_lv.inputs import embedded_data
from geo_lv.municipality import FILE as MUNICIPALITY_FILE
from geo_lv.new_folder.settings import NOT_TOLD, Place, settings_text
from geo_lv.origins import FILE as PROVENANCE_FILE
from geo_lv.origins import with_entry
from geo_lv.privacy import FILE as PRIVACY_FILE
from geo_lv.properties import FILE as DWELLINGS_FILE
from geo_lv.properties import SCHEMA as DWELLINGS
from geo_lv.rents import FILE as RENTS_FILE
from geo_lv.rents import SCHEMA as RENTS
from geo_lv.signals.rules import FILE as SIGNALS_FILE

_TABLES: Final = {
    **FILES,
    **OPTIONAL_FILES,
    FIGURES_FILE: FIGURES,
    DWELLINGS_FILE: DWELLINGS,
    RENTS_FILE: RENTS,
}
_TITLES: Final = {
    "agreements/acties.csv": "Acties van de wijkveiligheidsplannen",
    "agreements/attention.csv": "Aandachtswijken",
    "agreements/attention_decisions.csv": "Besluiten over aandachtswijken",
    "agreements/metingen.csv": "Metingen voor de monitor",
    "agreements/new_build.csv": "Nieuwbouwlocaties",
    "agreements/new_build_progress.csv": "Voortgang van de nieuwbouw",
    "agreements/phasing.csv": "Fasering van de warmtetransitie",
    "agreements/renovations.csv": "Renovaties",
    "agreements/sources.csv": "Bronnen van de afspraken",
    "properties/dwellings.csv": "Woningen van de corporaties",
    "properties/rent_levels.csv": "Huurgrenzen per jaar",
    "statistics/kerncijfers.csv": "Cijfers per wijk en buurt",
}
_BLOCKS: Final = re.compile(r"^(?=\[\[(?:certainty|indicator|published)\]\]\n)", re.MULTILINE)
_FETCHED: Final = ("CBS", "Leefbaarometer", "Politie")
"""The sources that `geo-lv fetch` asks for figures, as the catalogue names them."""


def skeleton(place: Place, day: str) -> dict[str, str]:
    """
    Write the files of a folder that has boundaries and nothing else.

    Parameters
    ----------
    place
        The municipality with its wijken and buurten.
    day
        Today, as an ISO date: the day on which the empty files were made.

    Returns
    -------
    files
        Path in the folder to its text; boundaries are not among them.
    """
    catalogue = _catalogue()
    known = {entry["id"] for entry in tomllib.loads(catalogue)["indicator"]}
    return {
        **about(place),
        PRIVACY_FILE: _of_known_figures(PRIVACY_FILE, known),
        CATALOGUE_FILE: catalogue,
        SIGNALS_FILE: _example(SIGNALS_FILE),
        MONITORED_FILE: _template("afspraken.toml"),
        PROVENANCE_FILE: _provenance(day),
        **{name: _heading(name) for name in _TABLES},
    }


def about(place: Place) -> dict[str, str]:
    """Write the files of a folder that name the municipality and its areas."""
    readme = Template(_template("README.md"))
    return {
        MUNICIPALITY_FILE: settings_text(_template("municipality.toml"), place),
        "README.md": readme.substitute(name=place.name, gm_code=place.gm_code),
    }


def _heading(name: str) -> str:
    columns = [column.name for column in _TABLES[name].columns if not column.may_lack]
    return ",".join(columns) + "\n"


def _provenance(day: str) -> str:
    text = _template("provenance.toml")
    for name in sorted(_TABLES):
        text = with_entry(
            text,
            {
                "path": name,
                "title": f"{_TITLES[name]}: nog leeg",
                "source": NOT_TOLD,
                "licence": NOT_TOLD,
                "vintage": "nog leeg",
                "retrieved": day,
                "rows": 0,
            },
        )
    return text


def _catalogue() -> str:
    """Take the indicators that sources have of every municipality, in the words of the example."""
    kept = []
    for block in _blocks(CATALOGUE_FILE):
        entry = tomllib.loads(block)
        own = entry.get("indicator", entry.get("certainty", [{}]))[0]
        named = own.get("source", own.get("table", ""))
        if not named or any(source in named for source in _FETCHED):
            kept.append(block)
    return "".join(kept)


def _of_known_figures(name: str, known: set[str]) -> str:
    """Leave out of a file of the example what is about figures of that municipality alone."""
    kept = []
    for block in _blocks(name):
        rules = tomllib.loads(block).get("published", [])
        if all(known.issuperset(rule["indicators"]) for rule in rules):
            kept.append(block)
    return "".join(kept).rstrip() + "\n"


def _blocks(name: str) -> list[str]:
    return _BLOCKS.split(_example(name))


def _example(name: str) -> str:
    return (embedded_data() / name).read_text(encoding="utf-8")


def _template(name: str) -> str:
    return (files("geo_lv.new_folder") / "files" / name).read_text(encoding="utf-8")


def write(folder: Path, texts: dict[str, str]) -> None:
    """Write files in a folder that is being made."""
    for name, text in texts.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")

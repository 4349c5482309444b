"""What one municipality adds to the page of the country: nothing but what its public site holds."""

import csv
import io
import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final

import shapely

from geo_lv.areas import Areas, load_areas
from geo_lv.country.written import write_file
from geo_lv.indicators.catalogue import load_catalogue, load_counted_places
from geo_lv.indicators.computed import computed_catalogue
from geo_lv.maps.drawing import REASON_WORDS
from geo_lv.municipality import Municipality, load_municipality
from geo_lv.schema import Reason

_FIGURES: Final = "data/cijfers.csv"
_REASONS: Final = {words: Reason(name) for name, words in REASON_WORDS.items()}

Value = float | str
"""A figure, or the `Reason` why there is none."""


@dataclass(frozen=True)
class Figure:
    """One indicator in one municipality."""

    label: str
    unit: str
    decimals: int
    source: str
    fictitious: bool
    years: Mapping[str, Mapping[str, Value]]
    """Year (``""`` for figures of now) to buurt code to figure."""


@dataclass(frozen=True)
class Part:
    """A municipality on the page of the country."""

    digest: str
    """Of all that it was made from: `tasks.Task.digest`."""
    gm_code: str
    name: str
    peildatum: str
    """ISO date of its site."""
    buurten: Mapping[str, tuple[str, str]]
    """Code to name and shape; the shape is WKB in hexadecimal, RD New, metres."""
    figures: Mapping[str, Figure]
    """By id of the indicator; those that it has of the ones asked for."""

    def shapes(self) -> Iterator[shapely.Geometry]:
        """Return the shapes of the buurten, in order."""
        yield from shapely.from_wkb([shape for _, shape in self.buurten.values()])


def make_part(
    data: Path, site: Path, indicators: tuple[str, ...], digest: str, peildatum: str
) -> Part:
    """
    Take from a public site what the page of the country shows.

    Parameters
    ----------
    data
        The data folder that the site was made of; names and borders come from it.
    site
        The site, of the public edition.
    indicators
        Ids of the indicators.
    digest
        Of all that the site was made from.
    peildatum
        ISO date of the site.

    Returns
    -------
    part
        With the figures of its buurten as the download of the site has them: coarse or secret
        where that is.
    """
    municipality = load_municipality(data)
    areas = load_areas(data, municipality)
    return Part(
        digest=digest,
        gm_code=municipality.gm_code,
        name=municipality.name,
        peildatum=peildatum,
        buurten=outlines(areas),
        figures=_figures(data, municipality, site / _FIGURES, indicators),
    )


def outlines(areas: Areas) -> dict[str, tuple[str, str]]:
    """Return the name and the shape of each buurt, by code."""
    names, shapes = areas.buurten["bu_name"], areas.buurten.geometry
    written = shapely.to_wkb(shapes.to_numpy(), hex=True)
    return {
        str(code): (str(name), str(shape))
        for code, name, shape in zip(areas.buurten.index, names, written, strict=True)
    }


def _figures(
    data: Path, municipality: Municipality, path: Path, indicators: tuple[str, ...]
) -> dict[str, Figure]:
    counted = computed_catalogue(municipality.corporations, load_counted_places(data))
    known = {item.id: item for item in (*load_catalogue(data), *counted)}
    rows = [row for row in _rows(path) if row["cijfer"] in indicators]
    return {
        name: Figure(
            label=known[name].label,
            unit=known[name].unit,
            decimals=known[name].decimals,
            source=own[0]["bron"],
            fictitious=any(row["fictief"] for row in own),
            years=_years(own),
        )
        for name in indicators
        if (own := [row for row in rows if row["cijfer"] == name])
    }


def _rows(path: Path) -> Iterator[dict[str, str]]:
    """Yield the rows of the buurten."""
    text = path.read_text(encoding="utf-8-sig")
    for row in csv.DictReader(io.StringIO(text, newline=""), delimiter=";"):
        if row["niveau"] == "buurt":
            yield row


def _years(rows: list[dict[str, str]]) -> dict[str, dict[str, Value]]:
    years: dict[str, dict[str, Value]] = {}
    for row in rows:
        reason = _REASONS.get(row["reden"])
        value = reason or float(row["waarde"].replace(",", "."))
        years.setdefault(row["jaar"], {})[row["gebied_code"]] = value
    return years


def write_part(part: Part, path: Path) -> None:
    """Keep a part; a reader finds the old one or the new one, never a half."""
    text = json.dumps(asdict(part), ensure_ascii=False, separators=(",", ":"))
    write_file(path, text.encode())


def read_part(path: Path) -> Part | None:
    """Return a part that was kept; None if there is none that can be read."""
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
        figures = {name: Figure(**figure) for name, figure in found.pop("figures").items()}
        buurten = {code: (name, shape) for code, (name, shape) in found.pop("buurten").items()}
        return Part(**found, buurten=buurten, figures=figures)
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None  # it is made again

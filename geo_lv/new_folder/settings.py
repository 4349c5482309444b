"""The text of ``municipality.toml`` for a place of which only the areas are known."""

import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from string import Template
from typing import Final

from geo_lv.codes import DEVICES, SLUG, slug_of, wk_of
from geo_lv.origins import toml_value

NOT_TOLD: Final = "nog niet ingevuld"
"""Dutch: what stands in the provenance until the officer says it."""
_YEARS_OF_PHASING: Final = 13
"""From the first to the last year of the axis, as in the agreements of the example."""


@dataclass(frozen=True)
class Place:
    """A municipality with its wijken and buurten, in the division of a year."""

    gm_code: str
    name: str
    year: int
    wijken: Mapping[str, str] = field(default_factory=dict)
    """Code to name."""
    buurten: Mapping[str, str] = field(default_factory=dict)
    """Code to name."""


def settings_text(template: str, place: Place) -> str:
    """
    Write the settings, with all wijken ready to be named as plan areas.

    Parameters
    ----------
    template
        The text with places for what differs from one municipality to another.
    place
        The municipality; without wijken the text has no plan areas.

    Returns
    -------
    text
        TOML; with the ``#`` before the examples taken away it is valid too.
    """
    wk_code, wijk = next(iter(place.wijken.items()), ("", "NAME"))
    return Template(template).substitute(
        gm_code=toml_value(place.gm_code),
        name=toml_value(place.name),
        first=place.year,
        last=place.year + _YEARS_OF_PHASING,
        plan_areas="\n".join(_plan_areas(place)),
        wijk=toml_value(wijk),
        codes=", ".join(toml_value(code) for code in place.buurten if wk_of(code) == wk_code),
    )


def _plan_areas(place: Place) -> Iterator[str]:
    slugs: set[str] = set()
    for wk_code, name in place.wijken.items():
        slug = _free_slug(name, wk_code, slugs)
        slugs.add(slug)
        buurten = [
            f"#   {toml_value(code)},   # {buurt}"
            for code, buurt in place.buurten.items()
            if wk_of(code) == wk_code
        ]
        lines = (
            f"# {wk_code}",
            "# [[plan_areas]]",
            f"# slug = {toml_value(slug)}",
            f"# name = {toml_value(name)}",
            "# bu_codes = [",
            *buurten,
            "# ]",
            '# confidence = "M"',
        )
        yield "\n".join(lines) + "\n"


def _free_slug(name: str, wk_code: str, taken: set[str]) -> str:
    """Return the name of the page of a wijk: readable, and one that no other has."""
    letters = unicodedata.normalize("NFKD", name)
    plain = "".join(c for c in letters if not unicodedata.combining(c) and c not in "'’‘`")
    slug = slug_of(plain).strip("-")  # it may have been cut at a hyphen
    if slug in taken | DEVICES:
        slug = f"{slug}-{wk_code[6:]}"
    return slug if SLUG.fullmatch(slug) and slug not in taken else wk_code.lower()

"""Every figure of a map as a small map of its own, drawn from shapes that the page already has."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from geo_lv.maps.drawing import REASON_WORDS, Shape, cell_look
from geo_lv.maps.map_model import Level, MapIndicator
from geo_lv.maps.text import plural

_MANY: Mapping[Level, str] = {"wijk": "wijken", "buurt": "buurten"}


@dataclass(frozen=True)
class Tile:
    """A small map of one indicator."""

    indicator: MapIndicator
    description: str
    """Text alternative: how many areas fall in each class or have no figure, and why."""
    groups: tuple[tuple[str, tuple[str, ...]], ...]
    """Class of the areas and the ids of their shapes, in the order of the legend."""


def newest(indicators: Iterable[MapIndicator]) -> tuple[MapIndicator, ...]:
    """
    Keep one year of each measure.

    Parameters
    ----------
    indicators
        In the order of the catalogue, the newest year of a measure first.

    Returns
    -------
    indicators
        The first of each measure, in the same order.
    """
    found: dict[str, MapIndicator] = {}
    for indicator in indicators:
        found.setdefault(indicator.measure, indicator)
    return tuple(found.values())


def small_maps(
    indicators: Iterable[MapIndicator], shapes: Sequence[Shape]
) -> Mapping[str, list[Tile]]:
    """
    Make a small map of each indicator.

    Parameters
    ----------
    indicators
        What to draw.
    shapes
        The shapes of the drawing on the same page.

    Returns
    -------
    tiles
        By theme. An area without a figure looks as it does on the large map.
    """
    themes: dict[str, list[Tile]] = {}
    for indicator in indicators:
        themes.setdefault(indicator.theme, []).append(_tile(indicator, shapes))
    return themes


def _tile(indicator: MapIndicator, shapes: Iterable[Shape]) -> Tile:
    own = [shape for shape in shapes if shape.area.level == indicator.level]
    looks = {shape.id: cell_look(indicator.cells.get(shape.area.code)) for shape in own}
    groups = {look: tuple(id_ for id_ in looks if looks[id_] == look) for look in _words(indicator)}
    drawn = {look: ids for look, ids in groups.items() if ids}
    return Tile(indicator, _description(indicator, drawn), tuple(drawn.items()))


def _words(indicator: MapIndicator) -> Mapping[str, str]:
    """Return every class that an area can have with its words in the legend."""
    classes = {f"class-{place}": words for place, words in enumerate(indicator.classes)}
    reasons = {reason.replace("_", "-"): words for reason, words in REASON_WORDS.items()}
    return {**classes, **reasons, "no-figure": "geen cijfer"}


def _description(indicator: MapIndicator, drawn: Mapping[str, Sequence[str]]) -> str:
    words = _words(indicator)
    return "; ".join(
        f"{plural(len(ids), indicator.level, _MANY[indicator.level])}: {words[look]}"
        for look, ids in drawn.items()
    )

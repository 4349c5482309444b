"""The two small maps of a sheet: where the wijk lies in the municipality, and its buurten."""

from dataclasses import replace
from typing import Final

import numpy as np
import shapely

from geo_lv.areas import Areas
from geo_lv.editions import Released
from geo_lv.maps import facts
from geo_lv.maps.drawing import drawing
from geo_lv.maps.geometry import Projection, projection_of
from geo_lv.maps.map_model import MapArea, MapModel, Outline
from geo_lv.maps.scene import Scene, attribution, map_areas, whole_scene
from geo_lv.maps.wijk.model import WijkMaps

_COARSE_M2: Final = 4_000.0
"""Corners that cut off less than this are left out of the locator, which is as large as a stamp."""
_STAMP: Final = (120, 120)
_SCREEN: Final = (180, 140)
"""Pixels at which letters and symbols look as they should."""


class MapMaker:
    """Draws the maps of the sheets; the outline of the municipality is made once."""

    def __init__(self, released: Released, peildatum: str) -> None:
        """Simplify the wijken for the locator: borders that are shared stay shared."""
        self._released = released
        self._peildatum = peildatum
        wijken = released.areas.wijken
        coarse = shapely.coverage_simplify(wijken.geometry.to_numpy(), np.sqrt(_COARSE_M2))
        self._locator = replace(whole_scene(released.areas), wijken=wijken.assign(geometry=coarse))
        self._projection = projection_of(self._locator.wijken.geometry, self._locator.focus)
        self._places = tuple(map_areas(self._locator, self._projection, "wijk"))

    def maps(self, code: str) -> WijkMaps:
        """
        Draw the maps of a wijk.

        Parameters
        ----------
        code
            Of the wijk.

        Returns
        -------
        maps
            The locator with this wijk in focus; the buurten with their numbers, agreed attention,
            plan areas and new-build sites.
        """
        name = str(self._released.areas.wijken["wk_name"][code])
        places = tuple(replace(area, focus=area.code == code) for area in self._places)
        title = f"{name} in {self._released.municipality.name}"
        locator = _model(self._projection, title, places)
        buurten = self._buurten(code, name)
        return WijkMaps(
            locator=locator,
            locator_drawn=drawing(locator, _STAMP),
            buurten=buurten,
            buurten_drawn=drawing(buurten, _SCREEN),
            names=tuple(area.name for area in buurten.areas),
            note=_note(buurten),
        )

    def _buurten(self, code: str, name: str) -> MapModel:
        released = self._released
        scene = wijk_scene(released.areas, code)
        projection = projection_of(scene.buurten.geometry, scene.focus)
        inside = frozenset(map(str, scene.buurten.index))
        return replace(
            _model(projection, f"Buurten van {name}", tuple(map_areas(scene, projection, "buurt"))),
            attribution=attribution(released),
            outlines=_outlines(released, inside, projection),
            sites=facts.sites(released, projection, inside),
            attention=facts.attention(released, inside, self._peildatum),
        )


def wijk_scene(areas: Areas, code: str) -> Scene:
    """Return the scene of one wijk with its buurten."""
    buurten = areas.buurten[areas.buurten["wk_code"] == code]
    return Scene(buurten, areas.wijken.loc[[code]], areas.wijken.geometry[code], None)


def _model(projection: Projection, title: str, areas: tuple[MapArea, ...]) -> MapModel:
    return MapModel(
        title=title,
        description=title,
        frame=projection.frame,
        areas=areas,
        outlines=(),
        indicative_lines="",
        indicators=(),
        start_indicator="",
        layers=frozenset(),
    )


def _outlines(
    released: Released, inside: frozenset[str], projection: Projection
) -> tuple[Outline, ...]:
    """Return the plan areas that are a part of the wijk; one that is all of it needs no line."""
    shapes = released.areas.plan_areas.geometry
    return tuple(
        Outline(plan.slug, plan.name, projection.path(shapes[plan.slug]), "", current=False)
        for plan in released.municipality.plan_areas
        if inside & set(plan.bu_codes) and inside - set(plan.bu_codes)
    )


def _note(model: MapModel) -> str:
    """Say in words what lies over the buurten."""
    listed = {code for entry in model.attention for code in entry.codes}
    drawn = [
        ("gearceerd: aandachtslijst", any(area.code in listed for area in model.areas)),
        ("dikke lijn: plangebied", bool(model.outlines)),
        ("cirkel: nieuwbouw, bij benadering", bool(model.sites)),
    ]
    return "; ".join(words for words, there in drawn if there)

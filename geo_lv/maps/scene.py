"""The map of a page: which areas it holds, and what stands on it."""

from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Final

import geopandas as gpd
import pandas as pd
import shapely

from geo_lv.areas import BUURTEN_FILE, Areas
from geo_lv.editions import Released
from geo_lv.maps import facts
from geo_lv.maps.cells import Figures, map_indicators
from geo_lv.maps.geometry import Projection, projection_of
from geo_lv.maps.homes import home_dots, homes_note
from geo_lv.maps.map_model import Level, MapArea, MapModel, Outline, PhasingChart
from geo_lv.municipality import PlanArea

_TOUCHING_M: Final = 1.0
_NAME_WITHIN_M: Final = 10.0
"""How exactly the place for a name is found."""
_VIEW_MARGIN_M: Final = 60.0
"""Around the focus this much is surely in view, whatever the shape of the screen."""
_KEPT: Final = 2048
"""Places of names to remember: the same areas are on several maps."""
_CBS: Final = "CBS en Kadaster"


@dataclass(frozen=True)
class Scene:
    """The areas of one map, its focus, and the plan area it is about, if any."""

    buurten: gpd.GeoDataFrame
    wijken: gpd.GeoDataFrame
    focus: shapely.Geometry
    plan: PlanArea | None

    @property
    def codes(self) -> tuple[str, ...]:
        """Codes of all areas on the map, wijken first."""
        return (*self.wijken.index, *self.buurten.index)


def whole_scene(areas: Areas) -> Scene:
    """Return the scene of the whole municipality."""
    everything = shapely.coverage_union_all(areas.wijken.geometry.to_numpy())
    return Scene(areas.buurten, areas.wijken, everything, None)


def plans_scene(areas: Areas) -> Scene:
    """Return the scene of the whole municipality, looking at the plan areas if it has any."""
    plans, whole = areas.plan_areas.geometry.to_numpy(), whole_scene(areas)
    return replace(whole, focus=shapely.union_all(plans)) if len(plans) else whole


def plan_scene(areas: Areas, plan: PlanArea) -> Scene:
    """Return the scene of a plan area with the buurten and wijken that touch it."""
    shape = areas.plan_areas.geometry[plan.slug]
    near = areas.buurten[shapely.dwithin(areas.buurten.geometry.to_numpy(), shape, _TOUCHING_M)]
    wijken = areas.wijken[areas.wijken.index.isin(near["wk_code"])]
    return Scene(near, wijken, shape, plan)


@dataclass(frozen=True)
class MapChoices:
    """What a map says about its scene."""

    title: str
    prefer: Level
    """Level on which an indicator is shown when it has figures on both."""
    start: str
    """Indicator the map starts with; empty starts with the phasing."""
    peildatum: str
    """ISO date by which the attention lists are judged."""
    layers: frozenset[str]
    """What is drawn over the areas until the reader chooses."""
    phasing: PhasingChart | None
    basemap: bool


def attribution(released: Released) -> str:
    """Return whom a map names for its borders, as the provenance has it."""
    stem = BUURTEN_FILE.removesuffix(".geojson")
    file = next(item for item in released.provenance if item.path.startswith(stem))
    source = _CBS if file.source.startswith(_CBS) else file.source
    return f"Grenzen: {source} ({file.licence}), bewerkt"


def map_model(released: Released, figures: Figures, scene: Scene, choices: MapChoices) -> MapModel:
    """
    Draw a scene with every indicator that has figures.

    Parameters
    ----------
    released, figures
        The released view and its figures.
    scene
        What is on the map.
    choices
        What the map says about it.

    Returns
    -------
    model
        Geometry once, whatever the number of indicators.
    """
    projection = projection_of(
        pd.concat([scene.buurten.geometry, scene.wijken.geometry]), scene.focus
    )
    inside = frozenset(scene.buurten.index)
    slugs = [bar.slug for bar in choices.phasing.bars] if choices.phasing else []
    dots = home_dots(released, projection, scene.focus if scene.plan else None)
    return MapModel(
        title=choices.title,
        description=(f"{choices.title}. Dezelfde cijfers staan in de tabellen op deze pagina."),
        frame=projection.frame,
        areas=(*map_areas(scene, projection, "wijk"), *map_areas(scene, projection, "buurt")),
        outlines=_outlines(released, scene, projection),
        indicative_lines=projection.path(_clipped(released.areas.indicative_borders, scene)),
        indicators=map_indicators(
            figures, scene.codes, prefer=choices.prefer, slugs=list(dict.fromkeys(slugs))
        ),
        start_indicator=choices.start,
        sites=facts.sites(
            released, projection, frozenset(scene.plan.bu_codes) if scene.plan else None
        ),
        attention=facts.attention(released, inside, choices.peildatum),
        layers=choices.layers,
        phasing=choices.phasing,
        homes=dots,
        homes_note=homes_note(released, _place(released, scene)) if dots else "",
        basemap=choices.basemap,
        attribution=attribution(released),
    )


def _place(released: Released, scene: Scene) -> str:
    return scene.plan.name if scene.plan else released.municipality.name


def map_areas(scene: Scene, projection: Projection, level: Level) -> list[MapArea]:
    """Return the areas of a level, with the place of each name in what the map shows first."""
    frame = scene.wijken if level == "wijk" else scene.buurten
    names = frame["wk_name" if level == "wijk" else "bu_name"]
    view = shapely.box(*scene.focus.buffer(_VIEW_MARGIN_M).bounds)
    own = frozenset(scene.plan.bu_codes) if scene.plan else frozenset[str]()
    return [
        MapArea(
            code=str(code),
            name=str(names[code]),
            level=level,
            path=projection.path(shape),
            label_at=projection.point(_roomiest(_seen(shape, view))),
            focus=code in own,
        )
        for code, shape in frame.geometry.items()
    ]


def _seen(shape: shapely.Geometry, view: shapely.Geometry) -> shapely.Geometry:
    """Return the part of an area that the map shows first; all of it when that is nothing."""
    part = shapely.intersection(shape, view)
    return shape if part.is_empty or part.area == 0 else part


@lru_cache(maxsize=_KEPT)
def _roomiest(shape: shapely.Geometry) -> shapely.Point:
    """Return the point that is farthest from every border: there a name has most room."""
    return shapely.get_point(shapely.maximum_inscribed_circle(shape, tolerance=_NAME_WITHIN_M), 0)


def _outlines(released: Released, scene: Scene, projection: Projection) -> tuple[Outline, ...]:
    shapes = released.areas.plan_areas.geometry
    return tuple(
        Outline(
            slug=plan.slug,
            name=plan.name,
            path=projection.path(shapes[plan.slug]),
            href="" if plan is scene.plan else f"wijkuitvoeringsplan/{plan.slug}.html",
            current=plan is scene.plan,
        )
        for plan in released.municipality.plan_areas
        if scene.plan is None or plan is scene.plan
    )


def _clipped(lines: shapely.Geometry, scene: Scene) -> shapely.Geometry:
    """Return the lines that lie between two buurten of the scene."""
    parts = shapely.get_parts(lines)
    drawn = shapely.coverage_union_all(scene.buurten.geometry.to_numpy())
    inside = shapely.covers(shapely.buffer(drawn, 1), parts)
    return shapely.multilinestrings(parts[inside])

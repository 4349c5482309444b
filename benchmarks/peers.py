"""
Other tools for the same figures: a page by `explore`, by folium's `Choropleth` and by plotly.

Each is used as its manual shows, and spared what our pages do beside it: no base map, no legend,
and of every area only the name and the figure that is drawn. Plotly keeps the geometry once for all
figures, the others once per figure.
"""

import json
import sys
from collections.abc import Iterator
from pathlib import Path

import folium
import geopandas as gpd
import pandas as pd

NAME = "naam"
COLOURS = "YlGnBu"
ZOOM_COUNTRY, ZOOM_PLACE = 6, 12

Levels = dict[str, gpd.GeoDataFrame]
"""Per level its areas in WGS 84: a column `NAME` and one column per figure."""


def site_levels(data: Path, count: int) -> Levels:
    """Read so many figures from the downloads of a built site, wijken first."""
    found: Levels = {}
    for level in ("wijken", "buurten"):
        text = (data / f"{level}.geojson").read_text(encoding="utf-8")
        areas = gpd.GeoDataFrame.from_features(json.loads(text), crs="EPSG:4326")
        names = [name for name in areas if pd.api.types.is_numeric_dtype(areas[name])]
        taken = names[: count - sum(len(figures(each)) for each in found.values())]
        if taken:
            found[level] = areas[[NAME, *taken, "geometry"]].set_index(areas.index.astype("str"))
    return found


def country_levels(path: Path, count: int) -> Levels:
    """Read so many figures of a GeoParquet file in WGS 84."""
    areas = gpd.read_parquet(path)
    areas = areas.set_index(areas.index.astype("str"))
    return {"buurten": areas[[NAME, *figures(areas)[:count], "geometry"]]}


def figures(areas: gpd.GeoDataFrame) -> list[str]:
    """Name the columns of figures."""
    return [name for name in areas.columns if name not in {NAME, "geometry"}]


def each_figure(levels: Levels) -> Iterator[tuple[str, str, gpd.GeoDataFrame]]:
    """Yield per figure a name of its layer, its column, and the areas with only that."""
    for level, areas in levels.items():
        for name in figures(areas):
            yield f"{name} ({level})", name, areas[[NAME, name, "geometry"]]


def empty_map(levels: Levels) -> folium.Map:
    """Make a map without a background that shows all areas."""
    page = folium.Map(tiles=None)
    west, south, east, north = next(iter(levels.values())).total_bounds
    page.fit_bounds([[south, west], [north, east]])
    return page


def explore_page(levels: Levels, out: Path) -> None:
    """Write a page with one `explore` per figure."""
    page = empty_map(levels)
    for number, (layer, name, areas) in enumerate(each_figure(levels)):
        style = {"scheme": "quantiles", "k": 5, "cmap": COLOURS, "legend": False}
        areas.explore(name, m=page, name=layer, show=number == 0, **style)
    folium.LayerControl().add_to(page)
    page.save(str(out))


def folium_page(levels: Levels, out: Path) -> None:
    """Write a page with one `Choropleth` per figure."""
    page = empty_map(levels)
    for number, (layer, name, areas) in enumerate(each_figure(levels)):
        drawn = folium.Choropleth(
            areas,
            data=areas[name],
            key_on="feature.id",
            fill_color=COLOURS,
            use_jenks=False,
            name=layer,
            show=number == 0,
        )
        children = drawn._children  # noqa: SLF001 - the usual way to leave the legend out
        for key in [key for key in children if key.startswith("color_map")]:
            del children[key]
        drawn.add_to(page)
    folium.LayerControl().add_to(page)
    page.save(str(out))


def plotly_page(levels: Levels, out: Path) -> None:
    """Write a page with one choropleth per level and a list to choose the figure from."""
    from plotly import graph_objects as go  # noqa: PLC0415 - no other page pays for it

    traces = [
        go.Choroplethmap(
            geojson=json.loads(areas[["geometry"]].to_json()),
            locations=areas.index,
            z=areas[figures(areas)[0]],
            text=areas[NAME],
            colorscale=COLOURS,
            visible=number == 0,
            showscale=False,
        )
        for number, areas in enumerate(levels.values())
    ]
    west, south, east, north = next(iter(levels.values())).total_bounds
    page = go.Figure(traces)
    page.update_layout(
        map={
            "style": "white-bg",
            "center": {"lon": (west + east) / 2, "lat": (south + north) / 2},
            "zoom": ZOOM_COUNTRY if east - west > 1 else ZOOM_PLACE,
        },
        updatemenus=[{"buttons": list(buttons(levels))}],
        margin=dict.fromkeys("lrtb", 0),
    )
    page.write_html(out, include_plotlyjs=True)


def buttons(levels: Levels) -> Iterator[dict[str, object]]:
    """Describe what choosing each figure changes."""
    for number, (level, areas) in enumerate(levels.items()):
        shown = [place == number for place in range(len(levels))]
        for name in figures(areas):
            values = [areas[name] if visible else None for visible in shown]
            change = {"z": values, "visible": shown}
            yield {"label": f"{name} ({level})", "method": "restyle", "args": [change]}


PAGES = {"explore": explore_page, "folium": folium_page, "plotly": plotly_page}


def main() -> None:
    """Write the page that the arguments describe: tool, data, number of figures, page."""
    tool, data, count, out = sys.argv[1:]
    read = site_levels if Path(data).is_dir() else country_levels
    PAGES[tool](read(Path(data), int(count)), Path(out))


if __name__ == "__main__":
    main()

"""The peer: what a person would write with folium for the same figures, one layer each."""

import csv
import json
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import folium
import pandas as pd

COLOURS = ("#f4ecd8", "#bdd3bf", "#8cb5ac", "#5f959b", "#3a7a8c")
NO_FIGURE = "#eeeeee"
PHASE_YEARS = range(2022, 2037)
CENTRE = (52.08, 4.39)

Features = dict[str, Any]


def layers(data: Path, count: int) -> Iterator[tuple[str, Features]]:
    """Read figures of a built site: name of an indicator and year, and the areas that have it."""
    found = 0
    for level in ("wijken", "buurten"):
        areas = json.loads((data / f"{level}.geojson").read_text(encoding="utf-8"))
        names = dict.fromkeys(name for each in areas["features"] for name in each["properties"])
        for name in names:
            values = [each["properties"].get(name) for each in areas["features"]]
            if found < count and any(isinstance(value, int | float) for value in values):
                found += 1
                yield f"{name} ({level})", only(areas, name)


def only(areas: Features, name: str) -> Features:
    """Keep one figure and the name of each area."""
    return {
        "type": "FeatureCollection",
        "features": [
            {
                **each,
                "properties": {
                    "naam": each["properties"]["naam"],
                    "waarde": each["properties"].get(name),
                },
            }
            for each in areas["features"]
        ],
    }


def shade(areas: Features) -> Callable[[Features], Features]:
    """Make the style of a choropleth in five quantiles."""
    values = pd.Series([each["properties"]["waarde"] for each in areas["features"]], dtype=float)
    breaks = values.quantile([0.2, 0.4, 0.6, 0.8]).tolist()

    def style(feature: Features) -> Features:
        value = feature["properties"]["waarde"]
        colour = NO_FIGURE if value is None else COLOURS[sum(value > each for each in breaks)]
        return {"fillColor": colour, "fillOpacity": 1, "color": "#16202a", "weight": 1}

    return style


def write_map(data: Path, count: int, homes: Path | None, out: Path) -> None:
    """Write one page with the layers of ours: figures, plan areas, phasing by year, homes."""
    page = folium.Map(location=CENTRE, zoom_start=13, tiles=None)
    for number, (name, areas) in enumerate(layers(data, count)):
        folium.GeoJson(
            areas,
            name=name,
            show=number == 0,
            style_function=shade(areas),
            tooltip=folium.GeoJsonTooltip(["naam", "waarde"]),
        ).add_to(page)
    plans = json.loads((data / "plangebieden.geojson").read_text(encoding="utf-8"))
    for name in ("plangebieden", *(f"fasering {year}" for year in PHASE_YEARS)):
        folium.GeoJson(only(plans, "naam"), name=name, show=name == "plangebieden").add_to(page)
    if homes:
        add_homes(page, homes)
    folium.LayerControl().add_to(page)
    page.save(str(out))


def add_homes(page: folium.Map, homes: Path) -> None:
    """Draw each home as a small circle with its label."""
    from pyproj import Transformer  # noqa: PLC0415 - only this case needs it

    group = folium.FeatureGroup(name="woningen").add_to(page)
    to_degrees = Transformer.from_crs("EPSG:28992", "EPSG:4326", always_xy=True)
    with homes.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if not row["x_rd"]:
                continue
            x, y = to_degrees.transform(float(row["x_rd"]), float(row["y_rd"]))
            folium.CircleMarker((y, x), radius=3, tooltip=row["energy_label"]).add_to(group)


def main() -> None:
    """Write the page that the arguments describe: data folder, layers, homes or a dash, page."""
    data, count, homes, out = sys.argv[1:]
    places = None if homes == "-" else Path(homes)
    write_map(Path(data), int(count), places, Path(out))


if __name__ == "__main__":
    main()

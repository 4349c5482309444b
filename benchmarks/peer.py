"""The peer: what a person would write with folium for the same figures, one choropleth each."""

import csv
import json
import sys
from collections import defaultdict
from itertools import cycle, islice
from pathlib import Path

import folium
import pandas as pd

DATA = Path(__file__).parent.parent / "data"

Columns = dict[str, dict[str, float]]


def figures() -> Columns:
    """Read every published figure per wijk: indicator and year to code to value."""
    columns: Columns = defaultdict(dict)
    with (DATA / "statistics" / "kerncijfers.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if row["code"].startswith("WK") and row["value"]:
                columns[f"{row['indicator']} {row['year']}"][row["code"]] = float(row["value"])
    return dict(columns)


def write_map(columns: Columns, count: int, out: Path) -> None:
    """Write one page with `count` choropleths; figures start again when there are fewer."""
    areas = json.loads((DATA / "boundaries" / "wijken.geojson").read_text(encoding="utf-8"))
    page = folium.Map(location=[52.08, 4.39], zoom_start=13)
    for number, name in enumerate(islice(cycle(columns), count)):
        folium.Choropleth(
            geo_data=areas,
            name=f"{number} {name}",
            data=pd.Series(columns[name]),
            key_on="feature.properties.wk_code",
            show=number == 0,
        ).add_to(page)
    folium.LayerControl().add_to(page)
    page.save(str(out))


if __name__ == "__main__":
    write_map(figures(), int(sys.argv[1]), Path(sys.argv[2]))

"""The files of a made-up data folder: as much as a municipality must have, and nothing agreed."""

import csv
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import geopandas as gpd
import pandas as pd

ROOT = Path(__file__).parent.parent
EXAMPLE = ROOT / "data"
CORPORATIONS = ("Wonen Eén", "Wonen Twee")
LABELS = ("A++", "A", "A", "B", "B", "C", "C", "D", "E", "F", "G")
LISTS = ("acties", "attention", "attention_decisions", "metingen", "new_build",
         "new_build_progress", "phasing", "renovations")  # fmt: skip

SETTINGS = """gm_code = "GM0001"
name = "Voorbeeldstad"
disclaimer = "Verzonnen."
start_indicator = "cijfer_02"

[boundaries]
official_accuracy_m = 10
indicative_accuracy_m = 200

[phasing]
axis_start = 2022
axis_end = 2035
source = "BRON"
peildatum = "2025-01-31"
"""
CORPORATION = """
[[corporations]]
name = "{}"
stock = {}
source = "BRON"
"""
PLAN = """
[[plan_areas]]
slug = "plan-{number}"
name = "Plan {number}"
bu_codes = {codes}
confidence = "H"
source = "BRON"
"""
INDICATOR = """
[[indicator]]
id = "cijfer_{number:02}"
label = "Cijfer {number}"
unit = "{unit}"
theme = "thema {theme}"
decimals = 0
direction = "neutral"
aggregation = "{aggregation}"
explanation = "Een verzonnen cijfer."
source = "verzonnen"
{rest}
"""
CERTAINTY = """[[certainty]]
table = "Verzonnen"
text = "verzonnen"
"""
AGREED = """parties = ["gemeente"]

[rules]
tolerance_percent = 5
owner = "niemand"
reason = "Verzonnen."
"""
ORIGIN = """[[file]]
path = "{name}"
title = "Verzonnen: {name}"
source = "verzonnen"
licence = "geen"
vintage = "{vintage}"
retrieved = "2025-01-31"
fictitious = true

"""
SOURCES = """key,short,title,publisher,url,date,kind
BRON,Bron,Een verzonnen bron,niemand,https://example.org/,2025-01-31,document
"""


def write_folder(
    folder: Path,
    buurten: gpd.GeoDataFrame,
    wijken: gpd.GeoDataFrame,
    figures: pd.DataFrame,
    homes: pd.DataFrame,
) -> Path:
    """Write the data folder of a municipality with these areas, figures and places of homes."""
    indicators = figures["indicator"].nunique()
    files = {
        "municipality.toml": settings(buurten, len(homes)),
        "statistics/indicators.toml": CERTAINTY + "".join(catalogue(indicators)),
        "agreements/afspraken.toml": AGREED,
        "agreements/sources.csv": SOURCES,
        **{f"agreements/{name}.csv": heading(name) for name in LISTS},
        "boundaries/buurten.geojson": layer(buurten),
        "boundaries/wijken.geojson": layer(wijken),
        "statistics/kerncijfers.csv": listed(figures),
        "properties/dwellings.csv": dwellings(homes),
        "privacy.toml": example("privacy.toml").split("[[")[0],
        "statistics/signals.toml": signals(),
        "properties/rent_levels.csv": example("properties/rent_levels.csv").replace("SEED", "BRON"),
    }
    lists = [name for name in files if name.endswith((".csv", ".geojson"))]
    files["provenance.toml"] = "".join(ORIGIN.format(name=name, vintage=2024) for name in lists)
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def example(name: str) -> str:
    """Read a file of the embedded data folder, which is about no place in particular."""
    return (EXAMPLE / name).read_text(encoding="utf-8")


def heading(name: str) -> str:
    """Take the columns of a list of agreements, without rows."""
    return example(f"agreements/{name}.csv").split("\n", 1)[0] + "\n"


def signals() -> str:
    """Take the thresholds, with the first count as the size of an area."""
    return example("statistics/signals.toml").replace('"inwoners"', '"cijfer_00"')


def settings(buurten: gpd.GeoDataFrame, homes: int) -> str:
    """Write the settings, with four plan areas of two buurten each as the real one has."""
    codes = buurten["bu_code"].tolist()
    plans = [
        PLAN.format(number=n + 1, codes=json.dumps(codes[2 * n : 2 * n + 2])) for n in range(4)
    ]
    owned = [CORPORATION.format(name, homes // 2) for name in CORPORATIONS]
    return SETTINGS + "".join((*owned, *plans))


def catalogue(count: int) -> Iterator[str]:
    """Describe the indicators: two counts, then percentages of the first count."""
    for number in range(count):
        total = number < 2  # noqa: PLR2004 - as `generated.figures` draws them
        yield INDICATOR.format(
            number=number,
            theme=number // 6,
            unit="inwoners" if total else "%",
            aggregation="sum" if total else "weighted_mean",
            rest="" if total else 'weight = "cijfer_00"\nsignal = "share"',
        )


def layer(areas: gpd.GeoDataFrame) -> str:
    """Write areas as GeoJSON with longitude and latitude of six decimals."""
    tree = json.loads(areas.to_crs("EPSG:4326").to_json(drop_id=True))
    for feature in tree["features"]:
        for ring in feature["geometry"]["coordinates"]:
            ring[:] = [[round(x, 6), round(y, 6)] for x, y in ring]
    return json.dumps(tree, ensure_ascii=False)


def listed(figures: pd.DataFrame) -> str:
    """Write the figures as the statistics are: whole numbers, sorted."""
    rows = figures.sort_values(["indicator", "year", "code"])
    return rows.to_csv(index=False, float_format="%.0f", lineterminator="\n")


def dwellings(homes: pd.DataFrame) -> str:
    """Write homes with all columns of a list of corporations, twenty to a complex."""
    columns = example("properties/dwellings.csv").split("\n", 1)[0].split(",")
    number = pd.Series(range(len(homes)), index=homes.index)
    told: dict[str, Any] = {
        "dwelling_id": number.map("V{:07}".format),
        "corporation": (number % 2).map(dict(enumerate(CORPORATIONS))),
        "complex_id": (number // 40 * 2 + number % 2).map("C{:05}".format),
        "street": "Voorbeeldlaan",
        "house_number": number % 900 + 1,
        "postcode": "1001AA",
        "place": "Voorbeeldstad",
        "energy_label": (number * 7 % len(LABELS)).map(dict(enumerate(LABELS))),
        "rent_eur": (500 + number % 350).map("{}.50".format),
        "target_rent_eur": (550 + number % 350).map("{}.50".format),
        "floor_area_m2": 40 + number % 90,
        "build_year": 1920 + number % 100,
        "dwelling_type": "appartement",
        "rooms": number % 5 + 1,
        "daeb": "ja",
        "solar_panels": "nee",
        "gas_free": "nee",
        "list_date": "2025-01-01",
    }
    rows = homes.assign(**told).reindex(columns=columns)
    return rows.to_csv(index=False, lineterminator="\n", quoting=csv.QUOTE_MINIMAL)

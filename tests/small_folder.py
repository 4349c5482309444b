"""A small complete data folder of an invented place, of which a site is built in a moment."""

import csv
import io
import json
from collections.abc import Iterable
from pathlib import Path
from typing import Final

EXAMPLE: Final = Path(__file__).parent.parent / "data"
GM: Final = "GM0001"
SIDE_M: Final = 1000
WEST_M, SOUTH_M = 150_000, 460_000
HOMES_PER_BUURT: Final = 10
BUURTEN: Final = ("BU00010101", "BU00010102", "BU00010201", "BU00010202")
WIJKEN: Final = ("WK000101", "WK000102")

_SETTINGS: Final = """gm_code = "GM0001"
name = "Voorbeeldstad"
disclaimer = "Verzonnen."
start_indicator = "inwoners"

[boundaries]
official_accuracy_m = 10
indicative_accuracy_m = 20

[phasing]
axis_start = 2022
axis_end = 2030
source = "BRON"
peildatum = "2025-01-31"

[[corporations]]
name = "Wonen Een"
stock = 20
source = "BRON"

[[corporations]]
name = "Wonen Twee"
stock = 20

[[plan_areas]]
slug = "het-plan"
name = "Het Plan"
bu_codes = ["BU00010101", "BU00010102"]
confidence = "H"
source = "BRON"

[[meeting_areas]]
name = "Oost"
bu_codes = ["BU00010201", "BU00010202"]
confidence = "M"

[[attention_lists]]
id = "lijst-een"
name = "Lijst Een"
years = [2024, 2025]
source = "BRON"
"""
_CATALOGUE: Final = """[[certainty]]
table = "Tabel"
text = "verzonnen"

[[indicator]]
id = "inwoners"
label = "Inwoners"
unit = "inwoners"
theme = "bevolking"
decimals = 0
direction = "neutral"
aggregation = "sum"
explanation = "Hoeveel mensen er wonen."
source = "verzonnen"
sheet = 1

[[indicator]]
id = "huurwoningen"
label = "Huurwoningen"
unit = "%"
theme = "wonen"
decimals = 0
direction = "neutral"
aggregation = "weighted_mean"
weight = "inwoners"
explanation = "Welk deel van de woningen huur is."
source = "verzonnen"
signal = "share"
sheet = 2
"""
_RULES: Final = """owner = "geo_lv"
note = "Verzonnen."
watch = 1.0
strong = 2.0
size = "inwoners"
minimum_size = 100
minimum_areas = 4
confidence_percent = 95
strong_confidence_percent = 99
count_step = 5
assumed_base_percent = 50
vintages = 3
vintages_needed = 2
trend_vintages = 3
trend_confidence_percent = 95
"""
_HOME_COLUMNS: Final = (
    "dwelling_id,corporation,complex_id,street,house_number,house_letter,addition,postcode,place,"
    "vbo_id,x_rd,y_rd,bu_code,energy_label,ep2_kwh_m2,rent_eur,target_rent_eur,floor_area_m2,"
    "build_year,dwelling_type,rooms,daeb,solar_panels,gas_free,age_label,list_date"
)
_AGREEMENTS: Final = {
    "acties": (
        "action_id,wk_code,action,owner,due,state,state_date,edition,source",
        "lampen,WK000101,Meer lampen,gemeente,2025-06-30,open,2025-01-31,publiek,BRON",
    ),
    "attention": (
        "list_id,area_name,bu_codes,focus_bu_codes,first_year,last_year,source,confidence,note",
        "lijst-een,West,BU00010101 BU00010102,BU00010101,2024,2025,BRON,H,",
    ),
    "metingen": (
        (
            "code,date,value,corporation,area,source,entered_by,entered_on,edition,fictitious,"
            "confidence,note"
        ),
        "D6-label,2023,C,Wonen Een,,BRON,Wonen Een,2024-02-01,publiek,nee,H,",
        "D7,2024-12-31,loopt,,,BRON,gemeente,2025-01-15,publiek,nee,H,",
    ),
    "new_build": (
        (
            "site_id,corporation,site,programme_social,programme_mid,target_group,period_start,"
            "period_end,bu_code,place_accuracy,place_confidence,place_note,status,status_date,"
            "status_source,status_confidence,source"
        ),
        (
            "het-veld,Wonen Een,Het Veld,20,5,regulier,2024,2028,BU00010101,buurt,H,,In aanbouw.,"
            "2025-01-31,BRON,H,BRON"
        ),
        "de-hoek,Wonen Twee,De Hoek,12,0,senioren,2025,2029,BU00010202,buurt,M,,,,,?,BRON",
    ),
    "new_build_progress": (
        "site_id,step,year,homes_low,homes_high,source,confidence,note",
        "het-veld,gepland,2026,18,20,BRON,H,",
        "het-veld,gestart,2025,20,20,BRON,M,",
        "de-hoek,gepland,2030,10,,BRON,L,Een schatting.",
    ),
    "phasing": (
        "plan_area,phase,start,end,status,text,source,confidence,peildatum,note",
        "het-plan,opstellen,2022,2024,gepland,2022-2024,BRON,H,2025-01-31,",
        "het-plan,uitvoering,,,onbekend,,,?,,",
    ),
    "renovations": (
        (
            "renovation_id,site,corporation,complex_id,complexes,homes,start,end,target_label,state,"
            "state_date,source,confidence,note"
        ),
    ),
    "sources": (
        "key,short,title,publisher,url,date,kind",
        "BRON,Bron,Een verzonnen bron,niemand,https://example.org/,2025-01-31,document",
    ),
}


_MONITORED: Final = """parties = ["gemeente", "Wonen Een", "Wonen Twee"]

[rules]
tolerance_percent = 5
owner = "niemand"
reason = "Verzonnen."

[[themes]]
id = "D"
name = "Verduurzaming"

[[agreements]]
code = "D6"
theme = "D"
parties = ["Wonen Een"]
subject = "Energielabels"
source = "BRON"
confidence = "H"

[[agreements]]
code = "D7"
theme = "D"
subject = "Samen overleggen"
source = "BRON"
confidence = "H"

[[points]]
code = "D6-label"
agreement = "D6"
subject = "Gemiddeld label"
unit = "label"
rule = "Het gemiddelde van alle labels."
computed = "label_mean"

[[goals]]
point = "D6-label"
corporation = "Wonen Een"
bound = "at_least"
value = "B"
until = 2027-12-31
confidence = "H"
"""


def make(data: Path) -> None:
    """
    Write the folder.

    Parameters
    ----------
    data
        The folder; it does not exist yet.
    """
    files = {
        "municipality.toml": _SETTINGS,
        "privacy.toml": (EXAMPLE / "privacy.toml").read_text(encoding="utf-8").split("[[")[0],
        "statistics/indicators.toml": _CATALOGUE,
        "agreements/afspraken.toml": _MONITORED,
        "statistics/signals.toml": _RULES,
        "statistics/kerncijfers.csv": _lines(_figures()),
        "properties/dwellings.csv": _lines((_HOME_COLUMNS, *_homes())),
        "properties/rent_levels.csv": "year,rent_class,limit_eur,source\n"
        + "".join(f"2025,{name},{limit},BRON\n" for name, limit in _RENTS.items()),
        "boundaries/buurten.geojson": _layer(_buurten()),
        "boundaries/wijken.geojson": _layer(_wijken()),
        **{f"agreements/{name}.csv": _lines(rows) for name, rows in _AGREEMENTS.items()},
    }
    files["provenance.toml"] = "".join(
        f'[[file]]\npath = "{name}"\ntitle = "Verzonnen: {name}"\nsource = "verzonnen"\n'
        f'licence = "geen"\nvintage = "2025"\nretrieved = "2025-01-31"\n'
        f"fictitious = {str(name.startswith('properties/dwel')).lower()}\n\n"
        for name in files
        if not name.endswith(".toml")
    )
    for name, text in files.items():
        (data / name).parent.mkdir(parents=True, exist_ok=True)
        (data / name).write_text(text, encoding="utf-8")


_RENTS: Final = {
    "goedkoop": "477.20",
    "betaalbaar tot de lage aftoppingsgrens": "682.96",
    "betaalbaar tot de hoge aftoppingsgrens": "731.93",
    "duur tot de liberalisatiegrens": "900.07",
    "boven de liberalisatiegrens": "",
}


def _lines(rows: Iterable[str]) -> str:
    return "".join(f"{row}\n" for row in rows)


def _figures() -> Iterable[str]:
    yield "code,indicator,year,value,reason,source_table"
    people = dict(zip(BUURTEN, (1000, 1200, 800, 900), strict=True))
    people |= {"WK000101": 2200, "WK000102": 1700, GM: 3900}
    for year in (2023, 2024, 2025):
        for place, (code, number) in enumerate(people.items()):
            yield f"{code},inwoners,{year},{number + 5 * (year - 2023)},,Tabel"
            yield f"{code},huurwoningen,{year},{40 + 3 * place},,Tabel"


def _homes() -> Iterable[str]:
    for place, code in enumerate(BUURTEN):
        for number in range(1, HOMES_PER_BUURT + 1):
            who = ("Een", "Twee")[number % 2]
            x = WEST_M + SIDE_M * (place % 2) + 80 * number
            y = SOUTH_M + SIDE_M * (place // 2) + 500
            cells = (
                f"F-{code}-{number}", f"Wonen {who}", f"C-{who}-{place}", f"Laan {place}",
                number, "", "", "1000AA", "Voorbeeldstad", "", x, y, code,
                "ABCDEFG"[number % 7], "", "600.50", "650.00", 50 + 5 * number, 1950 + number,
                "appartement", 3, "ja", "nee", "ja", "", "2025-01-01",
            )  # fmt: skip
            out = io.StringIO()
            csv.writer(out, lineterminator="").writerow(cells)
            yield out.getvalue()


def _ring(west: int, south: int, width: int, height: int) -> list[list[int]]:
    east, north = west + width, south + height
    return [[west, south], [east, south], [east, north], [west, north], [west, south]]


def _buurten() -> Iterable[tuple[dict[str, str], list[list[int]]]]:
    for place, code in enumerate(BUURTEN):
        corner = (WEST_M + SIDE_M * (place % 2), SOUTH_M + SIDE_M * (place // 2))
        names = {"bu_code": code, "bu_name": f"Buurt {place + 1}", "wk_code": f"WK{code[2:8]}"}
        yield names | {"border": "official"}, _ring(*corner, SIDE_M, SIDE_M)


def _wijken() -> Iterable[tuple[dict[str, str], list[list[int]]]]:
    for place, code in enumerate(WIJKEN):
        names = {"wk_code": code, "wk_name": f"Wijk {place + 1}"}
        yield names, _ring(WEST_M, SOUTH_M + SIDE_M * place, 2 * SIDE_M, SIDE_M)


def _layer(areas: Iterable[tuple[dict[str, str], list[list[int]]]]) -> str:
    tree = {
        "type": "FeatureCollection",
        "crs": {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::28992"}},
        "features": [
            {
                "type": "Feature",
                "properties": names,
                "geometry": {"type": "Polygon", "coordinates": [ring]},
            }
            for names, ring in areas
        ],
    }
    return json.dumps(tree, indent=1)

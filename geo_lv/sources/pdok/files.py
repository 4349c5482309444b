"""The boundary files of a data folder, with what is told of their source."""

import json
from collections.abc import Iterable, Mapping
from typing import Final

import shapely
import shapely.geometry

from geo_lv.codes import wk_of
from geo_lv.sources.coverage import Repaired, to_wgs84
from geo_lv.sources.fetched import FetchedFile

BUURTEN: Final = "boundaries/buurten.geojson"
WIJKEN: Final = "boundaries/wijken.geojson"

_PAGE_URL: Final = "https://www.pdok.nl/ogc-apis/-/article/cbs-wijken-en-buurten"


def boundary_files(
    year: str,
    buurten: Mapping[str, shapely.Geometry],
    wijken: Mapping[str, shapely.Geometry],
    names: Mapping[str, str],
    coverage: Repaired,
) -> tuple[FetchedFile, ...]:
    """
    Write boundaries as a data folder has them.

    Parameters
    ----------
    year
        Of the division.
    buurten, wijken
        Code to shape, RD New.
    names
        Code to name.
    coverage
        What was done to let the shapes fit.

    Returns
    -------
    files
        Buurten and wijken, WGS 84, official borders.
    """
    gm_code = f"GM{next(iter(buurten))[2:6]}"
    small = [
        {
            "bu_code": code,
            "bu_name": names[code],
            "wk_code": wk_of(code),
            "gm_code": gm_code,
            "border": "official",
        }
        for code in buurten
    ]
    large = [{"wk_code": code, "wk_name": names[code], "gm_code": gm_code} for code in wijken]
    common = {
        "source": f"CBS en Kadaster, Wijken en buurten {year}, via PDOK",
        "licence": "CC BY 4.0",
        "vintage": f"indeling {year}",
        "url": _PAGE_URL,
    }
    return (
        FetchedFile(
            path=BUURTEN,
            content=_geojson(small, buurten.values()),
            rows=len(small),
            division=int(year),
            title=f"Grenzen van {len(small)} buurten, indeling {year}",
            table=f"wijken-en-buurten-{year}, buurten",
            transformed_by=f"geo-lv fetch: zonder water, {coverage.done}",
            note=coverage.words,
            **common,
        ),
        FetchedFile(
            path=WIJKEN,
            content=_geojson(large, wijken.values()),
            rows=len(large),
            division=int(year),
            title=f"Grenzen van {len(large)} wijken, indeling {year}",
            table=f"wijken-en-buurten-{year}, wijken",
            transformed_by="geo-lv fetch: de buurten per wijk samengevoegd",
            note="",
            **common,
        ),
    )


def _geojson(properties: list[dict[str, str]], shapes: Iterable[shapely.Geometry]) -> bytes:
    features = [
        {"type": "Feature", "properties": held, "geometry": shapely.geometry.mapping(shape)}
        for held, shape in zip(properties, to_wgs84(shapes), strict=True)
    ]
    lines = ",\n".join(
        json.dumps(feature, ensure_ascii=False, separators=(",", ":")) for feature in features
    )
    return f'{{"type":"FeatureCollection","features":[\n{lines}\n]}}\n'.encode()

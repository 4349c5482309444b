"""A web server on this machine that speaks OGC API Features as PDOK does, in all its moods.

The answers are written by us in the documented shape: pages with links, a count of what matches,
the system of the coordinates in a header, water as areas of their own, and neighbours of the
municipality, which come along when the filter is ignored.
"""

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Final

import shapely
import shapely.affinity
import shapely.geometry
from pyproj import Transformer

from tests.stand_in import Asked, Reply, Service

RD_URI: Final = "http://www.opengis.net/def/crs/EPSG/0/28992"
CRS84_URI: Final = "http://www.opengis.net/def/crs/OGC/1.3/CRS84"
OWN_MOODS: Final = (
    "degrees",
    "duplicated page",
    "empty",
    "endless",
    "fewer",
    "foreign link",
    "link to itself",
    "no features",
    "other crs",
    "renamed",
    "short page",
)
"""What only this kind of service can do wrong."""

_ITEMS: Final = re.compile(
    r"/wijken-en-buurten-([0-9]{4})/ogc/v1/collections/(gemeenten|wijken|buurten)/items"
)
_KINDS: Final = {"gemeenten": "gemeente", "wijken": "wijk", "buurten": "buurt"}
_TO_RD: Final = Transformer.from_crs("EPSG:4326", "EPSG:28992", always_xy=True)
_TO_DEGREES: Final = Transformer.from_crs("EPSG:28992", "EPSG:4326", always_xy=True)


@dataclass(frozen=True)
class Buurt:
    """A buurt, in RD New."""

    code: str
    name: str
    shape: shapely.Geometry


@dataclass
class Boundaries(Service):
    """The areas of one municipality and some of its neighbours, in the years that there are."""

    buurten: tuple[Buurt, ...] = ()
    wijk_names: dict[str, str] = field(default_factory=dict)
    years: tuple[int, ...] = (2024,)
    page: int = 1000
    """The most features that it gives at a time."""
    heeds_filters: bool = True

    @property
    def gm_code(self) -> str:
        """The municipality of the first buurt."""
        return f"GM{self.buurten[0].code[2:6]}"

    def answer(self, asked: Asked, mood: str) -> Reply:
        """Return a page of features."""
        found = _ITEMS.fullmatch(asked.path)
        if found is None or int(found[1]) not in self.years:
            return Reply(b'{"code":"NotFound"}', 404)
        features = self.features(found[2], mood)
        wanted = asked.query.get("gemeentecode")
        if self.heeds_filters and wanted:
            features = [f for f in features if f["properties"]["gemeentecode"] in wanted]
        if mood == "fewer":
            features = [*features[:-2], features[-1]]  # the last is water
        if mood == "renamed":
            for feature in features:
                feature["properties"]["gm_code"] = feature["properties"].pop("gemeentecode")
        return self._page(asked, features, mood)

    def features(self, collection: str, mood: str = "well") -> list[dict[str, Any]]:
        """Return all features of a collection, those of neighbours first."""
        kind = _KINDS[collection]
        areas = [*_neighbours(self.buurten, kind), *_grouped(self.buurten, kind)]
        names = {**self.wijk_names, self.gm_code: "Voorbeeldgemeente"}
        crs_84 = mood == "degrees"
        features = [
            _feature(kind, code, names.get(code, name), shape, crs_84=crs_84)
            for code, name, shape in areas
        ]
        lake = _feature(kind, areas[-1][0], "Plas", areas[-1][2].centroid.buffer(5), crs_84=crs_84)
        lake["properties"]["water"] = "JA"
        features.append(lake)
        return features

    def _page(self, asked: Asked, features: list[dict[str, Any]], mood: str) -> Reply:
        start = int(asked.query.get("offset", ["0"])[0])
        limit = min(int(asked.query.get("limit", ["10"])[0]), self.page)
        if mood == "duplicated page":
            start = max(0, start - limit)
        part = features[start : start + limit] if mood != "empty" else []
        matched = len(features) if mood != "empty" else 0
        more = start + limit < len(features)
        page: dict[str, Any] = {
            "type": "FeatureCollection",
            "features": part,
            "links": [{"rel": "self", "href": f"{self.base}{asked.path}"}],
            "numberReturned": len(part),
            "numberMatched": matched,
        }
        following = f"{self.base}{asked.path}?{_query(asked)}&offset={start + limit}"
        links = {
            "endless": f"{following}&again={len(self.asked)}",
            "foreign link": "http://192.0.2.1/items",
            "link to itself": f"{self.base}{asked.path}",
        }
        if more or mood in links:
            page["links"].append({"rel": "next", "href": links.get(mood, following)})
        if mood == "endless":
            page["timeStamp"] = len(self.asked)
        if mood == "short page":
            page["features"] = part[:-1]
        if mood == "no features":
            page["items"] = page.pop("features")
        crs = CRS84_URI if mood == "other crs" else RD_URI
        body = json.dumps(page, ensure_ascii=False).encode()
        return Reply(body, 200, {"Content-Type": "application/geo+json", "Content-Crs": f"<{crs}>"})


def _query(asked: Asked) -> str:
    return "&".join(
        f"{key}={value}" for key, each in asked.query.items() for value in each if key != "offset"
    )


def _feature(
    kind: str, code: str, name: str, shape: shapely.Geometry, *, crs_84: bool
) -> dict[str, Any]:
    properties = {
        f"{kind}code": code,
        f"{kind}naam": name,
        "gemeentecode": f"GM{code[2:6]}",
        "water": "NEE",
        "aantal_inwoners": -99997,
        **({} if kind == "gemeente" else {"indelingswijziging_wijken_en_buurten": 1}),
    }
    if crs_84:
        shape = shapely.transform(shape, _TO_DEGREES.transform, interleaved=False)
    return {
        "type": "Feature",
        "id": code,
        "properties": properties,
        "geometry": shapely.geometry.mapping(shape),
    }


def _grouped(buurten: Iterable[Buurt], kind: str) -> list[tuple[str, str, shapely.Geometry]]:
    """Return the areas of a kind: buurten, or what they are together."""
    digits = {"gemeente": ("GM", 6), "wijk": ("WK", 8), "buurt": ("BU", 10)}[kind]
    groups: dict[str, list[Buurt]] = {}
    for buurt in buurten:
        groups.setdefault(f"{digits[0]}{buurt.code[2 : digits[1]]}", []).append(buurt)
    return [
        (code, each[0].name, shapely.union_all([buurt.shape for buurt in each]))
        for code, each in groups.items()
    ]


def _neighbours(buurten: Iterable[Buurt], kind: str) -> list[tuple[str, str, shapely.Geometry]]:
    """Return areas with other codes, a few kilometres to the north."""
    moved = [
        replace(
            buurt,
            code=f"BU9998{buurt.code[6:]}",
            shape=shapely.affinity.translate(buurt.shape, yoff=20_000),
        )
        for buurt in buurten
    ]
    return _grouped(moved[:3], kind)


def from_folder(data: Path, gm_code: str = "", **settings: Any) -> Boundaries:
    """Return a stand-in that knows the areas of a data folder, under other codes if asked."""
    tree = json.loads((data / "boundaries/buurten.geojson").read_text(encoding="utf-8"))
    wijken = json.loads((data / "boundaries/wijken.geojson").read_text(encoding="utf-8"))
    digits = gm_code[2:] or tree["features"][0]["properties"]["bu_code"][2:6]
    buurten = [
        Buurt(
            f"BU{digits}{feature['properties']['bu_code'][6:]}",
            feature["properties"]["bu_name"],
            shapely.transform(
                shapely.geometry.shape(feature["geometry"]), _TO_RD.transform, interleaved=False
            ),
        )
        for feature in tree["features"]
    ]
    names = {
        f"WK{digits}{feature['properties']['wk_code'][6:]}": feature["properties"]["wk_name"]
        for feature in wijken["features"]
    }
    return Boundaries(buurten=tuple(buurten), wijk_names=names, **settings)


def grid(gm_code: str, columns: int = 3, rows: int = 2, **settings: Any) -> Boundaries:
    """Return a stand-in of an invented place: a wijk per row, a buurt of 500 metres per cell."""
    digits = gm_code[2:]
    buurten = [
        Buurt(
            f"BU{digits}{row + 1:02}{column:02}",
            f"Vak {row + 1}.{column + 1}",
            shapely.box(
                80_000 + 500 * column,
                455_000 + 500 * row,
                80_500 + 500 * column,
                455_500 + 500 * row,
            ),
        )
        for row in range(rows)
        for column in range(columns)
    ]
    names = {f"WK{digits}{row + 1:02}": f"Rij {row + 1}" for row in range(rows)}
    return Boundaries(buurten=tuple(buurten), wijk_names=names, **settings)

"""The shapes in which a data folder comes to pandas: `geo_lv.api.DataFolder` describes them."""

from typing import Final

import geopandas as gpd
import pandas as pd
import shapely

from geo_lv.areas import NO_PLAN_AREA, Areas
from geo_lv.codes import NL_CODE
from geo_lv.crs import RD_NEW
from geo_lv.editions import Released
from geo_lv.indicators.catalogue import Indicator
from geo_lv.maps.cells import Figures, Moment

_DESCRIBED: Final = (
    "label",
    "unit",
    "decimals",
    "theme",
    "direction",
    "explanation",
    "source",
    "edition",
)
_LEVELS: Final = {"GM": "gemeente", "WK": "wijk", "BU": "buurt", NL_CODE[:2]: "land"}


def area_frame(areas: Areas, name: str) -> gpd.GeoDataFrame:
    """Return the areas as `DataFolder.areas` has them; `name` is that of the municipality."""
    buurten, wijken, plans = areas.buurten, areas.wijken, areas.plan_areas
    whole = shapely.coverage_union_all(buurten.geometry.to_numpy())
    inside = [None if plan == NO_PLAN_AREA else plan for plan in areas.parents("plan").values()]
    rows = [
        (areas.gm_code, "gemeente", name, None, None, whole),
        *((slug, "plan", plan, None, slug, shape) for slug, plan, shape in _named(plans, "name")),
        *(
            (code, "wijk", wijk, code, None, shape)
            for code, wijk, shape in _named(wijken, "wk_name")
        ),
        *(
            (code, "buurt", buurt, wk_code, plan, shape)
            for (code, buurt, shape), wk_code, plan in zip(
                _named(buurten, "bu_name"), buurten["wk_code"], inside, strict=True
            )
        ),
    ]
    columns = ["code", "level", "name", "wk_code", "plan_area", "geometry"]
    table = pd.DataFrame(rows, columns=columns).astype(dict.fromkeys(columns[:-1], "str"))
    return gpd.GeoDataFrame(table.set_index("code"), geometry="geometry", crs=RD_NEW)


def figure_frame(released: Released) -> pd.DataFrame:
    """Return the figures as `DataFolder.indicators` has them."""
    figures = released.figures
    return pd.DataFrame(
        {
            "code": figures["code"].astype("str"),
            "level": _levels(figures["code"]),
            "indicator": figures["indicator"].astype("str"),
            "year": _years(figures["year"]),
            **{name: figures[name] for name in ("value", "reason", "note")},
        }
    ).reset_index(drop=True)


def catalogue_frame(released: Released) -> pd.DataFrame:
    """Return the catalogue as `DataFolder.catalogue` has it."""
    catalogue, made_up = released.catalogue, released.fictitious_dwellings
    return pd.DataFrame(
        [[getattr(item, name) for name in _DESCRIBED] for item in catalogue],
        index=pd.Index([item.id for item in catalogue], name="indicator", dtype="str"),
        columns=list(_DESCRIBED),
    ).assign(fictitious=[made_up and item.origin == "dwellings" for item in catalogue])


def signal_frame(released: Released) -> pd.DataFrame:
    """Return the signals as `DataFolder.signals` has them."""
    known = {item.id: item for item in released.catalogue}
    signals = released.signals
    certainty = _certainty(released, known)
    moments = zip(signals["indicator"], signals["year"], strict=True)
    front = {
        "code": signals["code"],
        "level": _levels(signals["code"]),
        "indicator": signals["indicator"],
        "year": _years(signals["year"]),
        "signal": signals["level"],
        "unit": [known[name].unit for name in signals["indicator"]],
        "certainty": [certainty[moment] for moment in moments],
    }
    rest = signals.drop(columns=["code", "level", "indicator", "year"])
    return pd.concat([pd.DataFrame(front, index=signals.index), rest], axis="columns")


def _named(frame: gpd.GeoDataFrame, column: str) -> list[tuple[str, str, shapely.Geometry]]:
    return [*zip(frame.index, frame[column], frame.geometry, strict=True)]


def _levels(codes: "pd.Series[str]") -> "pd.Series[str]":
    return codes.str[:2].map(_LEVELS).fillna("plan").astype("str")


def _years(years: "pd.Series[str]") -> "pd.Series[int]":
    return pd.to_numeric(years.where(years != ""), errors="raise").astype("Int64")


def _certainty(released: Released, known: dict[str, Indicator]) -> dict[tuple[str, str], str]:
    figures = Figures(released)
    moments = released.signals[["indicator", "year"]].drop_duplicates()
    return {
        (name, year): figures.certainty(Moment(known[name], year))
        for name, year in moments.itertuples(index=False, name=None)
    }

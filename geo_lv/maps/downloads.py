"""The same numbers as the pages, as CSV for a Dutch spreadsheet and GeoJSON for a map program."""

import csv
import io
import json
from collections.abc import Iterable, Mapping
from typing import Any, Final

import geopandas as gpd
import shapely

from geo_lv.codes import NL_CODE
from geo_lv.crs import WGS84
from geo_lv.editions import Released
from geo_lv.indicators.catalogue import LABEL_MEAN
from geo_lv.maps import facts
from geo_lv.maps.account import LEVELS, OUTCOMES, REASONS, TOGETHER
from geo_lv.maps.cells import Figures, Moment, figures_of, plain_value
from geo_lv.maps.drawing import REASON_WORDS
from geo_lv.maps.text import CERTAINTY
from geo_lv.properties import label_of

FICTITIOUS: Final = "FICTIEVE VOORBEELDGEGEVENS"
FORMULA: Final = ("=", "+", "-", "@", "\t", "\r", "\n")
_LEVELS: Final = {"NL": "land", "GM": "gemeente", "WK": "wijk", "BU": "buurt"}

_Row = Iterable[str | int]


def downloads(released: Released) -> Mapping[str, bytes]:
    """
    Make every download of the site.

    Parameters
    ----------
    released
        The released view; nothing else reaches a download.

    Returns
    -------
    files
        Path from the site root to content. CSV is UTF-8 with a byte-order mark, ``;`` and a
        decimal comma; GeoJSON is in WGS 84.
    """
    figures = figures_of(released)
    areas = released.areas
    names = area_names(released)
    return {
        "data/cijfers.csv": _figures_csv(figures, released, names, shown=True),
        "data/andere_jaren.csv": _figures_csv(figures, released, names, shown=False),
        "data/energielabels.csv": _labels_csv(released, names),
        "data/nieuwbouw.csv": _sites_csv(released),
        "data/fasering.csv": _phasing_csv(released),
        "data/aandachtslijsten.csv": _attention_csv(released),
        "data/koppeling.csv": _joins_csv(released),
        "data/wijken.geojson": _geojson(areas.wijken, figures, released, names),
        "data/buurten.geojson": _geojson(areas.buurten, figures, released, names),
        "data/plangebieden.geojson": _geojson(areas.plan_areas, figures, released, names),
    }


def area_names(released: Released) -> dict[str, str]:
    """Return the names of the country, the municipality, and every area in it, by code."""
    areas = released.areas
    return {
        NL_CODE: "Nederland",
        areas.gm_code: released.municipality.name,
        **{str(code): str(name) for code, name in areas.wijken["wk_name"].items()},
        **{str(code): str(name) for code, name in areas.buurten["bu_name"].items()},
        **{str(slug): str(name) for slug, name in areas.plan_areas["name"].items()},
    }


def safe_text(text: str) -> str:
    """Return a text that no spreadsheet runs as a formula."""
    return f"'{text}" if text.startswith(FORMULA) else text


def csv_file(header: str, rows: Iterable[_Row]) -> bytes:
    """
    Return a table as CSV for a Dutch spreadsheet.

    Parameters
    ----------
    header
        Names of columns with ``;`` between them.
    rows
        Cells; a text must be safe already, see `safe_text`.

    Returns
    -------
    content
        UTF-8 with a byte-order mark, ``;`` between cells, and a line end as Windows has it.
    """
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow(header.split(";"))
    writer.writerows(rows)
    return out.getvalue().encode("utf-8-sig")


def marked(files: Mapping[str, bytes], mark: str) -> dict[str, bytes]:
    """
    Say in every download that it must stay inside.

    Parameters
    ----------
    files
        Downloads as made here.
    mark
        The words.

    Returns
    -------
    files
        CSV with a last column, so that a row that is copied keeps it and who reads columns by name
        does not notice; GeoJSON with a member beside its sources.
    """
    return {
        path: _marked_csv(content, mark) if path.endswith(".csv") else _marked_json(content, mark)
        for path, content in files.items()
    }


def _marked_csv(content: bytes, mark: str) -> bytes:
    head, *rows = csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), delimiter=";")
    return csv_file(";".join((*head, "verspreiding")), ((*row, mark) for row in rows))


def _marked_json(content: bytes, mark: str) -> bytes:
    tree = {"verspreiding": mark, **json.loads(content)}
    return json.dumps(tree, ensure_ascii=False, separators=(",", ":")).encode()


def _figures_csv(
    figures: Figures, released: Released, names: Mapping[str, str], *, shown: bool
) -> bytes:
    """Return the figures that the pages show, or those of the years that they do not show."""
    header = (
        "gebied_code;gebied;niveau;cijfer;naam;jaar;waarde;eenheid;label;reden;toelichting;"
        "bron;fictief;zekerheid;signaal;signaal_richting"
    )
    rows = [
        (
            code,
            safe_text(names[code]),
            _LEVELS.get(code[:2], "plangebied"),
            name,
            safe_text(figures.catalogue[name].label),
            year,
            plain_value(value),
            safe_text(figures.catalogue[name].unit),
            label_of(value) if name == LABEL_MEAN and not reason else "",
            REASON_WORDS.get(reason, ""),
            safe_text(note),
            safe_text(figures.source(Moment(figures.catalogue[name], year))),
            FICTITIOUS if figures.is_fictitious(figures.catalogue[name]) else "",
            safe_text(figures.certainty(Moment(figures.catalogue[name], year))),
            *figures.signal(code, Moment(figures.catalogue[name], year)).words,
        )
        for code, name, year, value, reason, note in released.figures.itertuples(index=False)
        if figures.is_shown(code, name, year) == shown
    ]
    return csv_file(header, rows)


def _labels_csv(released: Released, names: Mapping[str, str]) -> bytes:
    mark = FICTITIOUS if released.fictitious_dwellings else ""
    rows = [
        (
            bar.area,
            safe_text(names[bar.area]),
            safe_text(bar.corporation),
            group,
            homes,
            plain_value(bar.mean_label),
            plain_value(bar.poor_share),
            mark,
        )
        for bar in released.labels
        for group, homes in (bar.groups or (("geheim", ""),))
    ]
    header = "gebied_code;gebied;corporatie;label;woningen;gemiddeld_rangnummer;procent_efg;fictief"
    return csv_file(header, rows)


def _sites_csv(released: Released) -> bytes:
    header = (
        "id;corporatie;locatie;programma_sociaal;programma_middenhuur;doelgroep;periode_van;"
        "periode_tot;buurt_code;plek;zekerheid_plek;stand_van_zaken;zekerheid_stand;bron"
    )
    rows = [
        (
            site.site_id,
            safe_text(site.corporation),
            safe_text(site.site),
            facts.programme_text(site),
            site.mid_rent,
            safe_text(site.target_group),
            *site.period,
            site.bu_code,
            "bij benadering" if site.bu_code else "locatie onbekend",
            CERTAINTY[site.place_confidence],
            safe_text(facts.status_text(released, site)),
            CERTAINTY[site.status_confidence],
            safe_text(facts.cite(released, site.source)),
        )
        for site in released.agreements.sites
    ]
    return csv_file(header, rows)


def _phasing_csv(released: Released) -> bytes:
    slugs = tuple(area.slug for area in released.municipality.plan_areas)
    header = "plangebied;fase;van;tot;tekst;weergave;status;zekerheid;bron;peildatum;toelichting"
    looks = {"certain": "volgens bron", "indicative": "indicatief", "unknown": "onbekend"}
    rows = [
        (
            safe_text(bar.area),
            bar.phase,
            "" if bar.start is None else bar.start,
            "" if bar.end is None else bar.end,
            safe_text(bar.text),
            looks[bar.look],
            bar.status,
            bar.certainty,
            safe_text(bar.source),
            bar.peildatum,
            safe_text(bar.note),
        )
        for bar in facts.phase_bars(released, slugs)
    ]
    return csv_file(header, rows)


def _attention_csv(released: Released) -> bytes:
    header = "gebied;lijst;jaren;buurt_codes;bron;zekerheid;toelichting"
    rows = [
        (
            safe_text(entry.area),
            safe_text(entry.list_name),
            entry.years,
            " ".join(entry.codes),
            safe_text(entry.source),
            entry.certainty,
            safe_text(entry.note),
        )
        for entry in facts.attention(released)
    ]
    return csv_file(header, rows)


def _joins_csv(released: Released) -> bytes:
    mark = FICTITIOUS if released.fictitious_dwellings else ""
    rows = [
        (
            LEVELS[count.level],
            OUTCOMES[count.outcome],
            REASONS[count.reason],
            safe_text(count.corporation or TOGETHER),
            count.dwellings,
            mark,
        )
        for count in released.joins
    ]
    return csv_file("niveau;uitkomst;reden;corporatie;woningen;fictief", rows)


def _geojson(
    areas: gpd.GeoDataFrame, figures: Figures, released: Released, names: Mapping[str, str]
) -> bytes:
    shapes = areas.geometry.to_crs(WGS84)
    moments = list(figures.moments())
    marked = any(figures.is_fictitious(moment.indicator) for moment in moments)
    collection: dict[str, Any] = {
        "type": "FeatureCollection",
        "bronnen": [
            f"{item.title}: {item.source} ({item.vintage}), {item.licence}"
            for item in released.provenance
        ],
        **({"fictief": FICTITIOUS} if marked else {}),
        "features": [
            {
                "type": "Feature",
                "properties": _border(areas, str(code))
                | _properties(str(code), names, figures, moments),
                "geometry": shapely.geometry.mapping(shapely.set_precision(shape, 1e-6)),
            }
            for code, shape in shapes.items()
        ],
    }
    return json.dumps(collection, ensure_ascii=False, separators=(",", ":")).encode()


def _border(areas: gpd.GeoDataFrame, code: str) -> dict[str, str | float | None]:
    """Return how sure the outline of a buurt is; other areas have official outlines."""
    words = {"official": "officieel", "indicative": "indicatief"}
    return {"grens": words[areas["border"][code]]} if "border" in areas else {}


def _properties(
    code: str, names: Mapping[str, str], figures: Figures, moments: Iterable[Moment]
) -> dict[str, str | float | None]:
    """Return the figures of an area; one that has none says why under the same name."""
    properties: dict[str, str | float | None] = {"code": code, "naam": names[code]}
    for moment in moments:
        figure = figures.get(code, moment)
        if figure is None:
            continue
        name = f"{moment.id}-fictief" if figures.is_fictitious(moment.indicator) else moment.id
        properties[name] = None if figure.value is None else float(f"{figure.value:.9g}")
        if figure.reason is not None:
            properties[f"{name}-reden"] = REASON_WORDS[figure.reason.value]
        level, direction = figures.signal(code, moment).words
        if level:
            properties[f"{name}-signaal"] = level
            properties[f"{name}-signaal-richting"] = direction
    return properties

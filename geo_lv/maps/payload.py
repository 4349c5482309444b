"""The data block of a page: what its scripts look up; they never compute or format a figure."""

import json
from collections.abc import Iterable, Mapping, Sequence
from os.path import commonprefix
from typing import Final

from geo_lv.maps.drawing import REASON_WORDS, Drawing, phase_look
from geo_lv.maps.map_model import (
    AttentionEntry,
    Cell,
    Level,
    MapArea,
    MapIndicator,
    MapModel,
    PhasingChart,
)

Json = Mapping[str, "Json"] | Sequence["Json"] | str | float | bool | None

_ESCAPES: Final = str.maketrans({letter: f"\\u{ord(letter):04x}" for letter in "<>&'\u2028\u2029"})
"""So that no text can end the block or mean anything as html."""
_SHORTEST_CELL: Final = 2
"""Text and class of a cell are always there."""


def data_block(model: MapModel, drawn: Drawing) -> str:
    """Write the data of a map for its scripts.

    Parameters
    ----------
    model
        The map of a page.
    drawn
        Its drawing, for the places of the symbols.

    Returns
    -------
    str
        Compact JSON with sorted keys, safe inside a script element.
    """
    texts: dict[str, int] = {"": 0}
    orders: dict[Level, list[str]] = {
        "wijk": _order(model, "wijk"),
        "buurt": _order(model, "buurt"),
    }
    data: Json = {
        "areas": {
            level: [[a.code, a.name] for a in model.areas if a.level == level] for level in orders
        },
        "attention": [_attention(entry) for entry in model.attention],
        "frame": _numbers(model),
        "indicators": _columns(
            [_indicator(i, orders[i.level], texts) for i in model.indicators],
        ),
        "outlines": [_outline(o.slug, o.name, current=o.current) for o in model.outlines],
        "phasing": _phasing(model.phasing, texts),
        "reasons": list(REASON_WORDS.values()),
        "sites": _sites(drawn),
        "texts": list(texts),
    }
    return safe_json(data)


def safe_json(data: Json) -> str:
    """Return compact JSON with sorted keys that means nothing as html."""
    text = json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return text.translate(_ESCAPES)


def bar_widths(counts: Iterable[int]) -> list[int]:
    """Lengths of the histogram bars in percent of the longest."""
    numbers = list(counts)
    most = max(numbers, default=0)
    return [round(100 * count / most) if most else 0 for count in numbers]


def reasons_in(indicators: Iterable[MapIndicator], areas: Iterable[MapArea]) -> list[str]:
    """Reasons for a missing figure that areas on this map have, in their fixed order."""
    codes = {area.code for area in areas}
    cells = [cell for each in indicators for code, cell in each.cells.items() if code in codes]
    present = {cell.reason.value for cell in cells if cell.reason is not None}
    return [reason for reason in REASON_WORDS if reason in present]


def _order(model: MapModel, level: Level) -> list[str]:
    """Codes in the order in which the cells of an indicator stand: its areas, then the plans."""
    areas = [area.code for area in model.areas if area.level == level]
    return areas + [outline.slug for outline in model.outlines]


def _numbers(model: MapModel) -> Json:
    frame = model.frame
    return {"north": frame.north, "unit": frame.unit, "west": frame.west}


def _attention(entry: AttentionEntry) -> Json:
    return {
        "codes": entry.codes,
        "text": f"{entry.list_name} ({entry.years})" if entry.years else entry.list_name,
    }


def _outline(slug: str, name: str, *, current: bool) -> Json:
    return {"current": current, "name": name, "slug": slug}


def _columns(rows: Sequence[Mapping[str, Json]]) -> Json:
    """Turn rows into one list per name, so that no name is repeated."""
    names = rows[0] if rows else ()
    return {name: [row[name] for row in rows] for name in names}


def _indicator(
    indicator: MapIndicator, order: list[str], texts: dict[str, int]
) -> Mapping[str, Json]:
    ending = _common_ending(cell.difference for cell in indicator.cells.values())
    cells = [indicator.cells.get(code) for code in order]
    return {
        "cells": [None if cell is None else _cell(cell, ending, texts) for cell in cells],
        "certainty": texts.setdefault(indicator.certainty, len(texts)),
        "classes": indicator.classes,
        "counts": indicator.counts,
        "ending": texts.setdefault(ending, len(texts)),
        "explanation": texts.setdefault(indicator.explanation, len(texts)),
        "fictitious": int(indicator.fictitious),
        "id": indicator.id,
        "label": texts.setdefault(indicator.label, len(texts)),
        "level": texts.setdefault(indicator.level, len(texts)),
        "municipal": indicator.municipal,
        "source": texts.setdefault(indicator.source, len(texts)),
        "unit": texts.setdefault(indicator.unit, len(texts)),
        "year": indicator.year,
    }


def _common_ending(differences: Iterable[str]) -> str:
    """Words with which every difference of an indicator ends, to write them once."""
    # without the first letter, so that what is left of a difference is never empty
    backwards = [text[:0:-1] for text in differences if text]
    return commonprefix(backwards)[::-1]  # noqa: RUF071 - letters are what is compared here


def _cell(cell: Cell, ending: str, texts: dict[str, int]) -> Json:
    """Write a cell as a list: text, class or reason, difference, note, signal and its words."""
    # below zero is a reason, by its place in the list of reasons
    reasons = list(REASON_WORDS)
    kind = cell.bin if cell.reason is None else -1 - reasons.index(cell.reason.value)
    parts: list[Json] = [
        cell.text,
        kind,
        cell.difference.removesuffix(ending),
        texts.setdefault(cell.note, len(texts)),
        cell.signal,
        texts.setdefault(cell.signal_text, len(texts)),
    ]
    while not parts[-1] and len(parts) > _SHORTEST_CELL:
        parts.pop()
    return parts


def _phasing(chart: PhasingChart | None, texts: dict[str, int]) -> Json:
    if chart is None:
        return None
    return {
        "by_year": {
            year: {
                slug: [phase_look(look), texts.setdefault(text, len(texts))]
                for slug, (look, text) in areas.items()
            }
            for year, areas in chart.by_year.items()
        },
        "end": chart.slider_end,
        "start": chart.axis_start,
        "year": chart.year,
    }


def _sites(drawn: Drawing) -> Json:
    return [
        {
            "approximate": symbol.site.approximate,
            "at": symbol.site.at,
            "corporation": symbol.site.corporation,
            "dx": symbol.dx,
            "dy": symbol.dy,
            "kind": symbol.site.kind,
            "mid": symbol.site.mid,
            "name": symbol.site.name,
            "period": symbol.site.period,
            "place": symbol.site.place,
            "programme": symbol.site.programme,
            "radius": symbol.radius,
            "status": symbol.site.status,
            "target_group": symbol.site.target_group,
        }
        for symbol in drawn.symbols
    ]

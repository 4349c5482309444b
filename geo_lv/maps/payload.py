"""The data block of a page: what its scripts look up; they never compute or format a figure."""

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from geo_lv.maps.drawing import REASON_WORDS, Drawing, phase_look
from geo_lv.maps.model import AttentionEntry, Cell, MapIndicator, MapModel, PhasingChart

Json = Mapping[str, "Json"] | Sequence["Json"] | str | float | bool | None

_ESCAPES: Final = str.maketrans({letter: f"\\u{ord(letter):04x}" for letter in "<>&'\u2028\u2029"})
"""So that no text can end the block or mean anything as html."""


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
    data: Json = {
        "areas": {a.code: {"level": a.level, "name": a.name} for a in model.areas},
        "attention": [_attention(entry) for entry in model.attention],
        "frame": _numbers(model),
        "indicators": [_indicator(each, texts) for each in model.indicators],
        "outlines": [_outline(o.slug, o.name, current=o.current) for o in model.outlines],
        "phasing": _phasing(model.phasing, texts),
        "reasons": dict(REASON_WORDS),
        "sites": _sites(drawn),
        "texts": list(texts),
    }
    text = json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return text.translate(_ESCAPES)


def bar_widths(counts: Iterable[int]) -> list[int]:
    """Lengths of the histogram bars in percent of the longest."""
    numbers = list(counts)
    most = max(numbers, default=0)
    return [round(100 * count / most) if most else 0 for count in numbers]


def reasons_in(indicator: MapIndicator) -> list[str]:
    """Reasons for a missing figure that occur on this map, in their fixed order."""
    present = {cell.reason.value for cell in indicator.cells.values() if cell.reason is not None}
    return [reason for reason in REASON_WORDS if reason in present]


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


def _indicator(indicator: MapIndicator, texts: dict[str, int]) -> Json:
    return {
        "bars": bar_widths(indicator.counts),
        "cells": {code: _cell(cell, texts) for code, cell in indicator.cells.items()},
        "classes": indicator.classes,
        "counts": indicator.counts,
        "explanation": texts.setdefault(indicator.explanation, len(texts)),
        "fictitious": indicator.fictitious,
        "id": indicator.id,
        "label": indicator.label,
        "level": indicator.level,
        "municipal": indicator.municipal,
        "reasons": reasons_in(indicator),
        "source": texts.setdefault(indicator.source, len(texts)),
        "unit": indicator.unit,
        "year": indicator.year,
    }


def _cell(cell: Cell, texts: dict[str, int]) -> Json:
    """Text, class or reason, difference, number of the note; trailing blanks left out."""
    note = texts.setdefault(cell.note, len(texts))
    kind = cell.bin if cell.reason is None else cell.reason.value
    extra: list[Json] = [cell.difference, note]
    while extra and not extra[-1]:
        extra.pop()
    return [cell.text, kind, *extra]


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

"""A data folder like the embedded one in which every text is an attack.

Whatever is free text becomes hostile by itself; only what the formats fix (codes, ids, dates,
numbers, choices) is named here as an exception, so a new field joins without a change.
"""

import csv
import datetime as dt
import io
import itertools
import json
import shutil
import tomllib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

ROOT: Final = Path(__file__).parents[2]
EMBEDDED: Final = ROOT / "data"

PAYLOADS: Final = (
    "${alert(1)}",
    "<img src=x onerror=alert(1)>",
    "<svg/onload=window.__pwned=1>",
    "</script><script>alert(1)</script>",
    "</title></style></textarea><iframe srcdoc='<script>parent.__pwned=1</script>'>",
    "\"' onmouseover=alert(1) x='",
    "`${alert(1)}`",
    "{{7*7}}{%raw%}",
    "javascript:alert(1)",
    "\u202etfel\u200f\u2066\u061c",
    "regel\u2028regel\u2029regel",
    "]]><!--",
    "&lt;img src=x onerror=alert(1)&gt;",
    "\\u003cimg src=x onerror=alert(1)\\u003e",
    "=cmd|' /C calc'!A0",
)
STARTS: Final = ("=1+", "+1+", "-1+", "@SUM(1)", "\t=1+", "\r=1+", "=cmd|' /C calc'!A0 ")
"""What a spreadsheet would run, at the start of a cell."""

KEY_PAYLOAD: Final = "<img/src=x/onerror=alert(1)>${alert(1)}\"'onmouseover=alert(1)"
URL_PAYLOAD: Final = (
    "https://x.example/`${alert(1)}`{{7*7}}&#34;onclick=alert(1)/javascript:alert(1)"
)
"""The worst that the pattern for web addresses lets through is without quotes and brackets."""
PLAIN_URL_PAYLOADS: Final = (
    "javascript:alert(1)",
    "https://x.example/\"onclick=alert(1) '><script>alert(1)</script>",
    " java\tscript:alert(1)//",
)
"""For addresses whose form nobody checks."""

_FIXED_COLUMNS: Final = {
    "agreements/attention.csv": "list_id bu_codes focus_bu_codes first_year last_year confidence",
    "agreements/attention_decisions.csv": "list_id decision date from_year until_year confidence",
    "agreements/new_build.csv": "site_id programme_social programme_mid period_start period_end "
    "bu_code place_accuracy place_confidence status_date status_confidence",
    "agreements/new_build_progress.csv": "site_id step year homes_low homes_high confidence",
    "agreements/phasing.csv": "plan_area phase start end status confidence peildatum",
    "agreements/metingen.csv": "code date value area entered_on edition fictitious confidence",
    "agreements/renovations.csv": "renovation_id complexes homes start end target_label state "
    "state_date confidence",
    "agreements/sources.csv": "date kind",
    "properties/dwellings.csv": "house_number house_letter addition postcode vbo_id x_rd y_rd"
    " bu_code energy_label ep2_kwh_m2 rent_eur target_rent_eur floor_area_m2 build_year rooms daeb"
    " solar_panels gas_free list_date",
    "properties/rent_levels.csv": "year rent_class limit_eur",
    "statistics/buurtcijfers_2016.csv": "code indicator year value reason source_table",
    "statistics/kerncijfers.csv": "code indicator year value reason source_table",
}
_KEY_COLUMNS: Final = ("source", "status_source", "key")
_FIXED_SETTINGS: Final = {
    "municipality.toml": "gm_code start_indicator slug bu_codes confidence id years peildatum",
    "statistics/indicators.toml": "id direction aggregation weight origin signal table "
    "titles units path not_in edition rate_of subject kinds",
    "statistics/signals.toml": "size",
    "agreements/afspraken.toml": "id theme confidence point unit computed indicator task "
    "rent_class definition_confidence path_confidence bound value path",
    "provenance.toml": "path retrieved",
}
_FIXED_PROPERTIES: Final = frozenset({"bu_code", "wk_code", "gm_code", "border"})


@dataclass
class Attack:
    """What was written where: field to the texts that it got."""

    make: Callable[[str, str, str], str]
    """From field, original text and start of the cell to the new text."""
    texts: dict[str, set[str]] = field(default_factory=dict)
    starts: Iterator[str] = field(default_factory=lambda: itertools.cycle(STARTS))
    urls: Iterator[str] = field(default_factory=lambda: itertools.cycle(PLAIN_URL_PAYLOADS))

    def text(self, name: str, original: str) -> str:
        """Return what stands in a field from now on."""
        start = next(self.starts)
        made = self.make(name, original, start)
        if made != original:
            self.texts.setdefault(name, set()).add(made.removeprefix(start))
        return made

    def corporation(self, original: str) -> str:
        """Return the new name of a corporation, the same in every file."""
        return self._named("corporation", original)

    def area(self, original: str) -> str:
        """Return the new name of an area on a list, the same in every file."""
        return self._named("area_name", original)

    def agreement(self, original: str) -> str:
        """Return the new code of an agreement, the same in every place."""
        return self._named("agreement", original)

    def _named(self, kind: str, original: str) -> str:
        made = self.make(f"{kind} {original}", original, "=1+")
        self.texts.setdefault(kind, set()).add(made.removeprefix("=1+"))
        return made


def all_payloads(name: str, original: str, start: str) -> str:
    """Return every payload in one text, marked with the field that it stands in."""
    return f"{start}[{name}] {' '.join(PAYLOADS)}" if original else ""


def ten_thousand(name: str, original: str, start: str) -> str:
    """Return a name of 10,000 characters, and other texts as they were."""
    names = ("name", "site", "label", "area_name", "corporation", "complex_id")
    if not original or not any(part in names for part in name.replace(".", " ").split()):
        return original
    return f"{start}[{name}]{'Lange naam ' * 400}{'W' * 10_000}"[:10_000]


def keys(words: str, attack: Attack) -> str:
    """Return source keys with something hostile in each."""
    payload = KEY_PAYLOAD if attack.make is all_payloads else ""
    return " ".join(word + payload for word in words.split())


def write_folder(folder: Path, attack: Attack, *, every_dwelling: int = 1) -> Attack:
    """Write the data folder; of the dwellings only one in so many is kept."""
    shutil.copytree(EMBEDDED, folder)
    for name in _FIXED_COLUMNS:
        rows = _rows(folder / name)
        _write_rows(
            folder / name, name, rows[:: every_dwelling if "dwellings" in name else 1], attack
        )
    for name in _FIXED_SETTINGS:
        settings = tomllib.loads((folder / name).read_text("utf-8"))
        (folder / name).write_text(_toml(_settings(name, settings, attack)), "utf-8")
    for name in ("boundaries/buurten.geojson", "boundaries/wijken.geojson"):
        _boundaries(folder / name, name, attack)
    return attack


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _write_rows(path: Path, name: str, rows: list[dict[str, str]], attack: Attack) -> None:
    out = io.StringIO()
    writer = csv.DictWriter(out, list(rows[0]), lineterminator="\n", quoting=csv.QUOTE_ALL)
    writer.writeheader()
    stem = Path(name).stem
    for number, row in enumerate(rows):
        writer.writerow(
            {c: _cell(name, f"{stem}.{c}", c, v, attack, number) for c, v in row.items()}
        )
    path.write_bytes(out.getvalue().encode())


def _cell(name: str, where: str, column: str, value: str, attack: Attack, number: int) -> str:
    if not value or column in _FIXED_COLUMNS[name].split():
        return value
    if column in _KEY_COLUMNS:
        return keys(value, attack)
    if column == "corporation":
        return attack.corporation(value)
    if column == "area_name":
        return attack.area(value)
    if column == "url":
        return URL_PAYLOAD
    made = attack.text(where, value)
    return f"{made}{number}" if column == "dwelling_id" else made


def _settings(name: str, value: Any, attack: Attack, path: tuple[str, ...] = ()) -> Any:
    if isinstance(value, dict):
        return {k: _settings(name, v, attack, (*path, k)) for k, v in value.items()}
    if isinstance(value, list):
        return [_settings(name, item, attack, path) for item in value]
    if not isinstance(value, str) or not value or path[-1] in _FIXED_SETTINGS[name].split():
        return value
    return _setting(name, value, attack, path)


def _setting(name: str, value: str, attack: Attack, path: tuple[str, ...]) -> str:
    if path == ("corporations", "name") or path[-1] in {"parties", "corporation"}:
        return attack.corporation(value)
    if path in {("agreements", "code"), ("points", "agreement")}:
        return attack.agreement(value)
    if path == ("points", "code"):
        return value
    if path[-1] == "url":
        return next(attack.urls)
    if path[-1] == "source" and name in {"municipality.toml", "agreements/afspraken.toml"}:
        return keys(value, attack)
    return attack.text(".".join((Path(name).stem, *path)), value)


def _boundaries(path: Path, name: str, attack: Attack) -> None:
    collection = json.loads(path.read_text("utf-8"))
    for feature in collection["features"]:
        properties = feature["properties"]
        for key in set(properties) - _FIXED_PROPERTIES:
            code = properties.get("bu_code", properties["wk_code"])
            made = attack.text(f"{Path(name).stem}.name", properties[key])
            properties[key] = made + code
    path.write_text(json.dumps(collection), "utf-8")


def _toml(settings: dict[str, Any]) -> str:
    tables = {name: value for name, value in settings.items() if _is_tables(value)}
    lines = [f"{name} = {_inline(value)}" for name, value in settings.items() if name not in tables]
    for name, items in tables.items():
        for item in items:
            lines += [f"[[{name}]]", *(f"{key} = {_inline(value)}" for key, value in item.items())]
    return "\n".join(lines)


def _is_tables(value: Any) -> bool:
    return isinstance(value, list) and bool(value) and isinstance(value[0], dict)


def _inline(value: Any) -> str:
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key} = {_inline(item)}" for key, item in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(_inline, value)) + "]"
    if isinstance(value, dt.date):
        return value.isoformat()
    return json.dumps(value, ensure_ascii=False)

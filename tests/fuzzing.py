"""Ways to spoil a data folder: each takes a random choice of its own and says what it did."""

import csv
import io
import json
import os
import re
from collections.abc import Callable
from pathlib import Path
from random import Random
from typing import Any, Final

Spoil = Callable[[Random, Path], str]

HTML: Final = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "</script><svg onload=alert(1)>",
    "${7*7}",
    "{{7*7}}",
    "{% include 'x' %}",
    "javascript:alert(1)",
    "=1+1",
    "@SUM(A1)",
    "-2+3",
    "%s%n",
    "'; DROP TABLE x; --",
    "\u202egnp.exe",
    "\u2028regel",
    "é" * 300,
    "a" * 5000,
    "🏘️ wijk",
    "../../../etc/passwd",
    "..\\..\\windows",
    "/etc/passwd",
    "NUL",
    "con.html",
    "~root",
    "a/b/c",
)
"""Names and texts that must come out harmless."""
CELLS: Final = (
    *HTML,
    "",
    " ",
    "NaN",
    "inf",
    "-Infinity",
    "1e308",
    "1e999",
    "9" * 400,
    "-1",
    "0",
    "0.5",
    "1_000",
    "1.000,5",
    "0x10",
    "\uff11\uff12",
    "true",
    "None",
    "2025-02-30",
    "2025-13-01",
    "0000-00-00",
    "9999-12-31",
    "10000-01-01",
    "BU99999999",
    "BU00010101 BU00010101",
    "WK000199",
    "GM9999",
    "a\x00b",
    "a\x1bb",
    "a\tb",
    "a\nb",
    "a\r\nb",
    '"',
    '""""',
    ";",
    ",",
)
LITERALS: Final = (
    "nan",
    "inf",
    "-1",
    "0",
    "1.5",
    "9" * 400,
    "9" * 5000,
    "1e400",
    "true",
    "[]",
    "{}",
    "[[[[]]]]",
    "[" * 3000 + "]" * 3000,
    "2025-02-28",
    "07:32:00",
    "1979-05-27T07:32:00Z",
    '""',
    '"\\u0000"',
    '"\\uD800"',
    "'''\nregels\n'''",
    '["BU00010101"]',
    '["BU99999999"]',
    '["BU00010101", "BU00010101"]',
    *(json.dumps(text) for text in HTML),
)
SLUGS: Final = (
    "..",
    ".",
    "/",
    "a/../b",
    "a\\b",
    "con",
    "nul",
    "com1",
    "A",
    "é",
    "a" * 61,
    "-a",
    "",
)


def _pick(random: Random, data: Path, *suffixes: str) -> Path:
    return random.choice(sorted(path for path in data.rglob("*") if path.suffix in suffixes))


def _name(path: Path) -> str:
    return f"{path.parent.name}/{path.name}"


# Tables


def _rows(path: Path) -> list[list[str]]:
    return list(csv.reader(io.StringIO(path.read_text(encoding="utf-8"))))


def _write_rows(path: Path, rows: list[list[str]]) -> None:
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows(rows)
    path.write_text(out.getvalue(), encoding="utf-8", errors="surrogatepass")


def cell(random: Random, data: Path) -> str:
    """Let a cell hold something else."""
    path = _pick(random, data, ".csv")
    rows = _rows(path)
    row, column = random.randrange(len(rows)), random.randrange(len(rows[0]))
    rows[row][column] = random.choice(CELLS)
    _write_rows(path, rows)
    return f"{_name(path)} row {row + 1} column {column + 1} is {rows[row][column][:30]!r}"


_TEXTS: Final = {
    "agreements/new_build.csv": ("site", "target_group", "status", "place_note"),
    "agreements/new_build_progress.csv": ("note",),
    "agreements/attention.csv": ("area_name", "note"),
    "agreements/phasing.csv": ("text", "note"),
    "agreements/sources.csv": ("short", "title", "publisher"),
    "agreements/metingen.csv": ("entered_by", "note"),
    "agreements/acties.csv": ("action", "owner"),
    "properties/dwellings.csv": ("complex_id", "street", "place"),
}


def text(random: Random, data: Path) -> str:
    """Let a text of a table be hostile."""
    name = random.choice(sorted(_TEXTS))
    column = random.choice(_TEXTS[name])
    rows = _rows(data / name)
    place = rows[0].index(column)
    row = random.randrange(1, len(rows))
    rows[row][place] = random.choice(HTML)
    _write_rows(data / name, rows)
    return f"{name} row {row + 1} {column} is {rows[row][place][:30]!r}"


def shuffled(random: Random, data: Path) -> str:
    """Put rows or columns in another order."""
    path = _pick(random, data, ".csv")
    rows = _rows(path)
    if random.random() < 0.5:
        body = rows[1:]
        random.shuffle(body)
        rows[1:] = body
    else:
        order = list(range(len(rows[0])))
        random.shuffle(order)
        rows = [[row[place] for place in order] for row in rows]
    _write_rows(path, rows)
    return f"{_name(path)} in another order"


def row(random: Random, data: Path) -> str:
    """Take a row away, have it twice, or cut it off."""
    path = _pick(random, data, ".csv")
    rows = _rows(path)
    place = random.randrange(len(rows))
    how = random.choice(("gone", "twice", "short", "long"))
    rows[place : place + 1] = {
        "gone": [],
        "twice": [rows[place]] * 2,
        "short": [rows[place][:-1]],
        "long": [[*rows[place], "more"]],
    }[how]
    _write_rows(path, rows)
    return f"{_name(path)} row {place + 1} {how}"


def column(random: Random, data: Path) -> str:
    """Take a column away, have it twice, or give it another name."""
    path = _pick(random, data, ".csv")
    rows = _rows(path)
    place = random.randrange(len(rows[0]))
    how = random.choice(("gone", "twice", "renamed"))
    for each in rows:
        value = random.choice(CELLS) if each is rows[0] else each[place]
        each[place : place + 1] = {
            "gone": [],
            "twice": [each[place]] * 2,
            "renamed": [value],
        }[how]
    _write_rows(path, rows)
    return f"{_name(path)} column {place + 1} {how}"


def fewer_homes(random: Random, data: Path) -> str:
    """Keep only some homes, so that more is secret."""
    path = data / "properties/dwellings.csv"
    rows = _rows(path)
    kept = sorted(random.sample(range(1, len(rows)), random.randrange(len(rows) - 1)))
    _write_rows(path, [rows[0], *(rows[place] for place in kept)])
    return f"{len(kept)} homes"


def moved_homes(random: Random, data: Path) -> str:
    """Put homes elsewhere, some of them nowhere."""
    path = data / "properties/dwellings.csv"
    rows = _rows(path)
    x, y = rows[0].index("x_rd"), rows[0].index("y_rd")
    places = (("", ""), ("0", "0"), ("150000", "460000"), ("151000", "461000"), ("250000", "5e5"))
    for home in random.sample(rows[1:], 10):
        home[x], home[y] = random.choice(places)
    _write_rows(path, rows)
    return "homes elsewhere"


def fewer_figures(random: Random, data: Path) -> str:
    """Leave figures out, or say that they are secret."""
    path = data / "statistics/kerncijfers.csv"
    head, *rows = _rows(path)
    kept = [each for each in rows if random.random() < 0.7]
    for each in kept:
        if random.random() < 0.2:
            each[3:5] = ["", random.choice(("suppressed", "missing", "not_applicable"))]
    _write_rows(path, [head, *kept])
    return f"{len(kept)} figures"


# Settings


def setting(random: Random, data: Path) -> str:
    """Give a setting another value."""
    path = _pick(random, data, ".toml")
    lines = path.read_text(encoding="utf-8").splitlines()
    places = [place for place, line in enumerate(lines) if " = " in line]
    place = random.choice(places)
    key = lines[place].split(" = ")[0]
    value = random.choice(LITERALS)
    lines[place] = f"{key} = {value}"
    path.write_text("\n".join(lines), encoding="utf-8")
    return f"{path.name} {key} = {value[:30]}"


def name(random: Random, data: Path) -> str:
    """Let a name or note in the settings be hostile."""
    path = data / random.choice(("municipality.toml", "provenance.toml", "statistics/signals.toml"))
    lines = path.read_text(encoding="utf-8").splitlines()
    wanted = re.compile(r"(name|note|owner|disclaimer|title|source|licence|vintage) = ")
    places = [
        place
        for place, line in enumerate(lines)
        if wanted.match(line) and "Wonen" not in line and "BRON" not in line
    ]
    place = random.choice(places)
    key = lines[place].split(" = ")[0]
    lines[place] = f"{key} = {json.dumps(random.choice(HTML))}"
    path.write_text("\n".join(lines), encoding="utf-8")
    return f"{path.name} {lines[place][:40]}"


def setting_line(random: Random, data: Path) -> str:
    """Take a line of the settings away, have it twice, or put two in each other's place."""
    path = _pick(random, data, ".toml")
    lines = path.read_text(encoding="utf-8").splitlines()
    one, other = random.randrange(len(lines)), random.randrange(len(lines))
    how = random.choice(("gone", "twice", "swapped"))
    if how == "swapped":
        lines[one], lines[other] = lines[other], lines[one]
    else:
        lines[one : one + 1] = [] if how == "gone" else [lines[one]] * 2
    path.write_text("\n".join(lines), encoding="utf-8")
    return f"{path.name} line {one + 1} {how}"


def everywhere(random: Random, data: Path) -> str:
    """Give a plan area, list or corporation another id or name in every file."""
    old, new = random.choice(
        (
            ("het-plan", random.choice((*SLUGS, "index", "x" * 60, "0"))),
            ("lijst-een", random.choice((*SLUGS, "0"))),
            ("het-veld", random.choice((*SLUGS, "0"))),
            ("Wonen Een", random.choice((*HTML, *SLUGS, "Wonen Twee", "wonen-twee", "!!!"))),
        )
    )
    for path in sorted(data.rglob("*")):
        if path.suffix in {".toml", ".csv"}:
            content = path.read_text(encoding="utf-8")
            quoted = new.replace("\\", "\\\\").replace('"', '\\"' if path.suffix == ".toml" else "")
            path.write_text(content.replace(old, quoted), encoding="utf-8")
    return f"{old} is {new[:30]!r} everywhere"


# Boundaries


def _tree(random: Random, data: Path) -> tuple[Path, dict[str, Any], dict[str, Any]]:
    path = _pick(random, data, ".geojson")
    tree = json.loads(path.read_text(encoding="utf-8"))
    return path, tree, random.choice(tree["features"])


def geometry(random: Random, data: Path) -> str:
    """Draw an area in another way."""
    path, tree, feature = _tree(random, data)
    ring = feature["geometry"]["coordinates"][0]
    shapes: dict[str, Any] = {
        "swapped": [[[y, x] for x, y in ring]],
        "NaN": [[*ring[:2], [float("nan")] * 2, *ring[2:]]],
        "infinite": [[*ring[:2], [float("inf")] * 2, *ring[2:]]],
        "huge": [[[x * 1e300, y] for x, y in ring]],
        "enormous": [[[10**400, y] for _, y in ring]],
        "unclosed": [ring[:-1]],
        "two points": [ring[:2]],
        "crossed": [[ring[0], ring[2], ring[1], ring[3], ring[0]]],
        "a little moved": [[[x + 0.01, y] for x, y in ring]],
        "moved": [[[x + 300, y] for x, y in ring]],
        "three dimensions": [[[x, y, 1] for x, y in ring]],
        "texts": [[[str(x), str(y)] for x, y in ring]],
        "no ring": [],
        "empty ring": [[]],
        "null": None,
        "number": 5,
        "degrees": [[[5.1, 52.1], [5.2, 52.1], [5.2, 52.2], [5.1, 52.1]]],
    }
    how = random.choice(sorted(shapes))
    feature["geometry"]["coordinates"] = shapes[how]
    path.write_text(json.dumps(tree), encoding="utf-8")
    return f"{path.name} {how}"


def area(random: Random, data: Path) -> str:
    """Change what an area is, or what the file says of all of them."""
    path, tree, feature = _tree(random, data)
    crs = {"type": "name", "properties": {"name": random.choice(("EPSG:4326", "EPSG:3857", "x"))}}
    deep: list[Any] = []
    for _ in range(500):
        deep = [deep]
    changes: dict[str, Callable[[], object]] = {
        "gone": lambda: tree["features"].remove(feature),
        "twice": lambda: tree["features"].append(feature),
        "order": lambda: random.shuffle(tree["features"]),
        "none": lambda: tree.update(features=[]),
        "no list": lambda: tree.update(features=5),
        "nulls": lambda: tree.update(features=[None]),
        "crs": lambda: tree.update(crs=crs),
        "crs wrong": lambda: tree.update(crs=random.choice((5, [], "x", {"properties": None}))),
        "no crs": lambda: tree.pop("crs"),
        "no geometry": lambda: feature.update(geometry=None),
        "point": lambda: feature.update(geometry={"type": "Point", "coordinates": [1, 2]}),
        "unknown": lambda: feature.update(geometry={"type": "Blob", "coordinates": deep}),
        "several": lambda: feature["geometry"].update(
            type="MultiPolygon", coordinates=[feature["geometry"]["coordinates"]]
        ),
        "no properties": lambda: feature.update(properties=None),
        "deep": lambda: feature.update(properties=deep),
        "more": lambda: feature["properties"].update(more=random.choice(HTML)),
    }
    how = random.choice(sorted(changes))
    changes[how]()
    path.write_text(json.dumps(tree), encoding="utf-8")
    return f"{path.name} {how}"


def area_property(random: Random, data: Path) -> str:
    """Let a property of an area be something else."""
    path, tree, feature = _tree(random, data)
    key = random.choice(sorted(feature["properties"]))
    value: Any = random.choice((*CELLS, None, 5, 1.5, True, [], {}, 10**400))
    feature["properties"][key] = value
    path.write_text(json.dumps(tree), encoding="utf-8")
    return f"{path.name} {key} is {str(value)[:30]!r}"


def area_name(random: Random, data: Path) -> str:
    """Let the name of an area be hostile."""
    path, tree, feature = _tree(random, data)
    key = next(key for key in feature["properties"] if key.endswith("_name"))
    feature["properties"][key] = random.choice(HTML)
    path.write_text(json.dumps(tree), encoding="utf-8")
    return f"{path.name} {key} is {feature['properties'][key][:30]!r}"


# Bytes and files

_KINDS: Final = (".csv", ".toml", ".geojson")


def flipped(random: Random, data: Path) -> str:
    """Change some bytes."""
    path = _pick(random, data, *_KINDS)
    content = bytearray(path.read_bytes())
    for _ in range(random.choice((1, 1, 5))):
        content[random.randrange(len(content))] ^= 1 << random.randrange(8)
    path.write_bytes(bytes(content))
    return f"{_name(path)} has other bytes"


def cut(random: Random, data: Path) -> str:
    """Keep the first part only."""
    path = _pick(random, data, *_KINDS)
    content = path.read_bytes()
    path.write_bytes(content[: random.choice((0, random.randrange(len(content))))])
    return f"{_name(path)} cut off"


def encoded(random: Random, data: Path) -> str:
    """Save a file as another program would."""
    path = _pick(random, data, *_KINDS)
    content = path.read_text(encoding="utf-8")
    how = random.choice(("utf-8-sig", "utf-16", "utf-32", "cp1252", "crlf", "cr", "nul", "blank"))
    changed = {
        "crlf": content.replace("\n", "\r\n"),
        "cr": content.replace("\n", "\r"),
        "nul": f"{content}\0",
        "blank": f"\n\n{content}\n\n",
        "cp1252": f"{content}é",
    }.get(how, content)
    path.write_bytes(changed.encode(how if how.startswith(("utf", "cp")) else "utf-8"))
    return f"{_name(path)} as {how}"


def other_file(random: Random, data: Path) -> str:
    """Put something else in the place of a file."""
    path = _pick(random, data, *_KINDS)
    content = path.read_bytes()
    path.unlink()
    how = random.choice(("gone", "folder", "link", "loop", "dangling", "pipe", "device", "up"))
    if how == "folder":
        path.mkdir()
    if how == "link":
        beside = path.with_suffix(".bak")
        beside.write_bytes(content)
        path.symlink_to(beside)
    if how == "pipe":
        os.mkfifo(path)
    targets = {"loop": path.name, "dangling": "nowhere", "device": "/dev/zero", "up": ".."}
    if how in targets:
        path.symlink_to(targets[how])
    return f"{_name(path)}: {how}"


def more_files(random: Random, data: Path) -> str:
    """Put files in the folder that nobody asked for."""
    where = random.choice(("x.csv", "statistics/y.csv", "notes.txt", "boundaries/buurten.gpkg"))
    (data / where).write_bytes(random.choice((b"", b"a,b\n1,2\n", random.randbytes(200))))
    return f"{where} too"


GENTLE: Final[tuple[Spoil, ...]] = (
    text,
    text,
    name,
    area_name,
    fewer_homes,
    moved_homes,
    fewer_figures,
    shuffled,
)
"""Most of these leave a folder of which a site can be made."""
ROUGH: Final[tuple[Spoil, ...]] = (
    cell,
    cell,
    row,
    column,
    setting,
    setting,
    setting_line,
    everywhere,
    geometry,
    area,
    area_property,
    flipped,
    cut,
    encoded,
    other_file,
    more_files,
)


def spoil(seed: int, data: Path) -> str:
    """Spoil a folder in one way or in several; the same seed always does the same."""
    random = Random(seed)  # noqa: S311 - the same choices each time
    gentle = random.random() < 0.3
    done = [random.choice(GENTLE)(random, data)]
    if not gentle:
        done.append(random.choice(ROUGH)(random, data))
    return "; ".join(done)

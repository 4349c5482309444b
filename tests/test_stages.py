"""One way of flow: each stage uses only stages to its left, and only its own means."""

import ast
import csv
import json
import re
import socket
import sys
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "geo_lv"
DATA = ROOT / "data"

BASE = {"errors", "codes", "crs", "provenance", "remembered", "schema"}
FLOW = (
    "files",
    "persons",
    "traces",
    "tables",
    "settings",
    "columns",
    "origins",
    "attempts",
    "boundaries",
    "municipality",
    "areas",
    "divisions",
    "join",
    "properties",
    "sources",
    "agreements",
    "new_build",
    "rents",
    "stock",
    "indicators",
    "signals",
    "privacy",
    "inputs",
    "intake",
    "refresh",
    "new_folder",
    "pipeline",
    "withheld",
    "coarsening",
    "suppression",
    "minimums",
    "hidden",
    "monitor",
    "join_account",
    "label_bars",
    "public_figures",
    "internal",
    "editions",
    "maps",
    "site",
    "api",
    "country",
    "check",
    "serve",
    "cli_data",
    "cli_import",
    "cli_fetch",
    "cli_init",
    "cli_check",
    "cli_build",
    "cli_watch",
    "cli_country",
    "cli",
)
MAY_IMPORT = {
    **{stage: BASE | set(FLOW[:place]) for place, stage in enumerate(FLOW)},
    **dict.fromkeys(BASE, BASE),
    "sample": BASE,
    "__init__": BASE | {stage for stage in FLOW if not stage.startswith("cli")},
    "__main__": {"cli"},
}
ONLY_IN = {
    # urllib.parse is missing on purpose: it opens nothing
    "sources": {
        "aiohttp",
        "cbsodata",
        "ftplib",
        "http",
        "httpx",
        "requests",
        "socket",
        "socketserver",
        "urllib.error",
        "urllib.request",
        "urllib3",
    },
    "country": {"dask", "distributed", "pyarrow"},
    "site": {"pyzipper"},
    "maps": {"branca", "folium", "jinja2", "matplotlib", "pikepdf"},
    "check": {"pypdfium2"},
}
SERVING = {
    ("http", "HTTPStatus"),
    ("http.server", "BaseHTTPRequestHandler"),
    ("http.server", "ThreadingHTTPServer"),
    ("socket", "socket"),
}
"""What the preview answers with, on this machine; it opens no connection itself."""
ALSO_IN = {"check": {"pikepdf"}}
"""The check reads what `maps` writes."""
DISTRIBUTIONS = {"xstatic": "xstatic-leaflet", "python_calamine": "python-calamine"}
# sources keeps what was answered, so that nothing is asked twice; intake replaces the list of homes
# and refresh the files of a source; country takes the homes of the country apart
WRITERS = {"site", "country", "sample", "sources", "intake", "refresh", "new_folder"}
WRITING_MODULES = {"maps/country/border_cache.py"}
"""Keeps borders that take long to mend, in a folder of which nothing is published."""
WRITING = {
    "copy2",
    "copyfile",
    "copytree",
    "hardlink_to",
    "mkdir",
    "rmtree",
    "symlink_to",
    "to_csv",
    "to_file",
    "to_json",
    "touch",
    "unlink",
    "write_bytes",
    "write_text",
}
MODULES = sorted(PACKAGE.rglob("*.py"))
TEXTS = sorted(path for path in PACKAGE.rglob("*") if path.suffix in {".js", ".j2", ".css", ".svg"})


def name_of(path: Path) -> str:
    return path.relative_to(PACKAGE).as_posix()


def stage_of(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


@cache
def nodes(path: Path) -> tuple[ast.AST, ...]:
    return tuple(ast.walk(ast.parse(path.read_text(encoding="utf-8"))))


def imports(path: Path) -> set[str]:
    """Every module and every name taken from a module, as ``package.module.name``."""
    found: set[str] = set()
    for node in nodes(path):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        if isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path.name}:{node.lineno}: write imports in full"
            found |= {f"{node.module}.{alias.name}" for alias in node.names}
    return found


def within(module: str, package: str) -> bool:
    return f"{module}.".startswith(f"{package}.")


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_a_stage_imports_only_what_stands_to_its_left(path: Path) -> None:
    stage = stage_of(path)
    assert stage in MAY_IMPORT, f"{stage} is not a declared stage: add it to FLOW or BASE"
    used = {name.split(".")[1] for name in imports(path) if name.startswith("geo_lv.")}
    assert used <= MAY_IMPORT[stage] | {stage, "__version__"}


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_network_and_rendering_stay_in_their_stage(path: Path) -> None:
    for stage, packages in ONLY_IN.items():
        if stage_of(path) != stage:
            others = packages - ALSO_IN.get(stage_of(path), set())
            taken = {name for name in imports(path) if any(within(name, p) for p in others)}
            taken -= {f"{module}.{name}" for module, name in SERVING if stage_of(path) == "serve"}
            assert not taken, f"only {stage} may use this"


def test_every_library_in_use_is_declared_and_every_declared_one_used() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    declared, of_country = (
        {re.split(r"[^\w-]", line.lower())[0] for line in lines}
        for lines in (project["dependencies"], project["optional-dependencies"]["land"])
    )
    roots = {name.split(".")[0] for path in MODULES for name in imports(path)}
    used = {DISTRIBUTIONS.get(name, name) for name in roots - sys.stdlib_module_names - {"geo_lv"}}
    assert declared <= used <= declared | of_country


def writes(call: ast.Call) -> bool:
    """Tell whether a call is one that writes: by its name, or by the mode given to ``open``."""
    match call.func:
        case ast.Attribute(attr=name) | ast.Name(id=name):
            pass
        case _:
            return False
    if name != "open":
        return name in WRITING and not (name.startswith("to_") and not call.args)
    given = [*call.args, *(keyword.value for keyword in call.keywords)]
    values = [value.value for value in given if isinstance(value, ast.Constant)]
    return any(
        isinstance(mode, str) and re.fullmatch(r"[rwaxbt+]*[wax+]\S*", mode) for mode in values
    )


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_only_the_site_writes_files(path: Path) -> None:
    if stage_of(path) in WRITERS or name_of(path) in WRITING_MODULES:
        return
    lines = [node.lineno for node in nodes(path) if isinstance(node, ast.Call) and writes(node)]
    assert not lines, f"{name_of(path)} writes on line {lines}"


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("open(p)", False),
        ("p.open('rb')", False),
        ("p.open('w')", True),
        ("open(p, mode='ab')", True),
        ("p.write_text(t)", True),
        ("frame.to_csv()", False),
        ("frame.to_csv(p)", True),
        ("text.replace('a', 'w')", False),
    ],
)
def test_the_writing_test_sees_what_writes(code: str, expected: bool) -> None:  # noqa: FBT001  a table of cases
    call = ast.parse(code, mode="eval").body
    assert isinstance(call, ast.Call)
    assert writes(call) is expected


def in_toml(value: Any, key: str = "") -> Iterator[str]:
    """Every name, slug and code in a TOML file, however deep."""
    if isinstance(value, dict):
        for inner, item in value.items():
            yield from in_toml(item, inner)
    elif isinstance(value, list):
        for item in value:
            yield from in_toml(item, key)
    elif key in {"name", "slug", "gm_code", "bu_codes"}:
        yield str(value)


def in_csv(path: Path) -> Iterator[str]:
    """Every name of a place or corporation in a table."""
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            yield from (row.get(key) or "" for key in ("area_name", "corporation", "site"))


def in_geojson(path: Path) -> Iterator[str]:
    """Every name and code of an area."""
    for feature in json.loads(path.read_text(encoding="utf-8"))["features"]:
        yield from (str(value) for key, value in feature["properties"].items() if key != "border")


@cache
def embedded_names() -> tuple[str, ...]:
    """Names that only the data folder may know; the parts of the municipality's name too."""
    municipality = tomllib.loads((DATA / "municipality.toml").read_text(encoding="utf-8"))
    names = {*in_toml(municipality), *municipality["name"].split("-")}
    for path in DATA.rglob("*.csv"):
        names |= set(in_csv(path))
    for path in DATA.rglob("*.geojson"):
        names |= set(in_geojson(path))
    return tuple(sorted(names - {""}))


def words(path: Path) -> str:
    """Text of a module that can reach a reader: its string constants, docstrings among them."""
    if path.suffix != ".py":
        return path.read_text(encoding="utf-8")
    constants = (node.value for node in nodes(path) if isinstance(node, ast.Constant))
    return "\n".join(value for value in constants if isinstance(value, str))


def test_the_names_of_the_data_are_found() -> None:
    assert len(embedded_names()) > 13 + 43


@pytest.mark.parametrize("path", [*MODULES, *TEXTS], ids=name_of)
def test_no_code_names_a_place_or_corporation(path: Path) -> None:
    anyone = "|".join(map(re.escape, embedded_names()))
    assert not re.findall(rf"(?<!\w)(?:{anyone})(?!\w)", words(path))


def test_no_test_reaches_another_host() -> None:
    with pytest.raises(pytest.fail.Exception, match="another host"):
        socket.getaddrinfo("example.org", 443)
    with socket.socket() as other, pytest.raises(pytest.fail.Exception, match="another host"):
        other.connect(("192.0.2.1", 9))

"""The scripts have types that fit, and the Nu validator has nothing to say of HTML and CSS."""

import json
import re
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

import pytest

ROOT: Final = Path(__file__).parent.parent
TOOLS: Final = ROOT / "tests" / "front_end"
SCRIPTS: Final = sorted(path.name for path in (ROOT / "geo_lv/maps/static").glob("*.js"))

BEYOND_THE_VALIDATOR: Final[Mapping[str, str]] = {
    r"CSS: “(paint-order|vector-effect)”: Property “\1” doesn't exist\.": (
        "properties of SVG 2 that every browser knows; the validator's CSS part does not"
    ),
    r"CSS: “(position-area|position-try)”: Property “\1” doesn't exist\.": (
        "CSS anchor positioning, newer than the validator"
    ),
    r"Inline (script|style) violates Content Security Policy .*\(missing .* or nonce/hash\)\.": (
        "single files allow their parts by hash, which the validator does not work out; "
        "tests/browser/test_single_file.py holds the browser to it"
    ),
}
"""Messages that are no fault of the pages, each with its reason."""


def tool(path: str) -> Path:
    """Return a tool that npm installs beside this test; it is never skipped."""
    found = TOOLS / "node_modules" / path
    if not found.exists():
        pytest.fail(f"{path} is missing: npm install --prefix tests/front_end --no-package-lock")
    return found


def program(name: str) -> str:
    found = shutil.which(name)
    if found is None:
        pytest.fail(f"{name} is not installed: apt-get install nodejs npm default-jre-headless")
    return found


@pytest.fixture(scope="module")
def type_faults() -> list[str]:
    """Run the TypeScript compiler over all scripts once, as they share one global name."""
    command = [program("node"), str(tool("typescript/bin/tsc")), "--project", str(TOOLS)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    faults: list[str] = done.stdout.splitlines()
    assert bool(faults) == bool(done.returncode), done.stdout + done.stderr
    return faults


@pytest.mark.parametrize("script", SCRIPTS)
def test_types_of_a_script(script: str, type_faults: list[str]) -> None:
    faults = [line for line in type_faults if f"static/{script}(" in line]
    assert not faults, "\n".join(faults)


def test_types_of_what_the_scripts_share(type_faults: list[str]) -> None:
    """Nothing beside the scripts: neither our declarations nor the compiler's settings."""
    starts = [line for line in type_faults if not line.startswith(" ")]
    assert [line for line in starts if not re.match(r"geo_lv/maps/static/\w+\.js\(", line)] == []


def validate(files: list[Path]) -> list[dict[str, Any]]:
    """Ask the Nu validator, once for all files: starting it takes longer than reading them."""
    jar = tool("vnu-jar/build/dist/vnu.jar")
    options = ["--format", "json", "--also-check-css", "--exit-zero-always"]
    command = [program("java"), "-jar", str(jar), *options, *map(str, files)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    messages: list[dict[str, Any]] = json.loads(done.stderr)["messages"]
    return messages


def excused(message: str) -> bool:
    return any(re.fullmatch(pattern, message) for pattern in BEYOND_THE_VALIDATOR)


def test_html_and_css_are_valid(
    site: Path, single_site: Path, internal_site: Path, country_site: Path
) -> None:
    files = [
        path
        for folder in (site, single_site, internal_site, country_site)
        for path in sorted(folder.rglob("*"))
        if path.suffix in {".html", ".css"}
    ]
    files += sorted((ROOT / "geo_lv/maps/area_layer").glob("*.css"))
    pages = [path for path in files if path.suffix == ".html"]
    assert len(pages) >= 30
    assert len(files) > len(pages), "the style sheets are read too"
    said = [each for each in validate(files) if not excused(each["message"])]
    assert [(Path(each["url"]).name, each.get("lastLine"), each["message"]) for each in said] == []


def test_the_validator_sees_a_fault_in_each_kind_of_file(tmp_path: Path) -> None:
    page, style = tmp_path / "page.html", tmp_path / "style.css"
    page.write_text("<!doctype html><html lang=nl><title>x</title><ul><p>x</p></ul>", "utf-8")
    style.write_text("p { colour: red }", "utf-8")
    found = {Path(each["url"]).name for each in validate([page, style])}
    assert found == {"page.html", "style.css"}

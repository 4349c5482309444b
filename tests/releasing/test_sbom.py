"""The bill of materials is valid CycloneDX, and the same every time."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator

from release.installed import find_needed
from release.licences import Licence
from release.project import ROOT, Project, load_project
from release.sbom import make_sbom
from tests.releasing.made_up import install


def written(out: Path, seed: str) -> bytes:
    """Run the command in a process of its own, in which sets have another order."""
    done = subprocess.run(
        [sys.executable, "-m", "release", "sbom", "--out", str(out)],
        cwd=ROOT,
        env={**os.environ, "PYTHONHASHSEED": seed},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    (path,) = out.iterdir()
    assert path.name == f"geo_lv-{load_project().version}.cdx.json"
    return path.read_bytes()


def test_two_runs_write_the_same_valid_bytes(tmp_path: Path) -> None:
    first = written(tmp_path / "first", "1")
    assert first == written(tmp_path / "second", "2")
    assert JsonStrictValidator(SchemaVersion.V1_6).validate_str(first.decode()) is None


def test_the_bill_has_everything_that_runs_and_nothing_that_tests(tmp_path: Path) -> None:
    bill = json.loads(written(tmp_path, "1"))
    names = {part["name"] for part in bill["components"]}
    assert {"geopandas", "numpy", "xstatic-leaflet", "idna"} <= names
    assert not {"pytest", "mypy", "dask", "cyclonedx-python-lib"} & names
    assert {entry["ref"] for entry in bill["dependencies"]} == {
        "geo_lv@" + load_project().version,
        *(part["bom-ref"] for part in bill["components"]),
    }


def test_a_bill_by_hand(tmp_path: Path) -> None:
    """Boom asks for Tak, which asks for nothing; a person read the licence of Tak."""
    install(tmp_path, "Boom", "Requires-Dist: tak")
    install(tmp_path, "tak", version="2.0")
    project = Project("bos", "3.1", "Trees", "EUPL-1.2", ("Boom>=1",))
    licences = {"boom": Licence("MIT OR ISC", declared=True), "tak": Licence("MIT", declared=False)}
    needed = find_needed(project.requirements, [str(tmp_path)])
    bill = json.loads(make_sbom(project, needed, licences))
    assert bill["metadata"] == {"component": part("bos@3.1", "bos", "3.1", **BOS)}
    assert bill["components"] == [
        part("pkg:pypi/boom@1.0", "boom", "1.0", **BOOM),
        part("pkg:pypi/tak@2.0", "tak", "2.0", **TAK),
    ]
    assert bill["dependencies"] == [
        {"ref": "bos@3.1", "dependsOn": ["pkg:pypi/boom@1.0"]},
        {"ref": "pkg:pypi/boom@1.0", "dependsOn": ["pkg:pypi/tak@2.0"]},
        {"ref": "pkg:pypi/tak@2.0"},
    ]


def part(ref: str, name: str, version: str, **others: Any) -> dict[str, Any]:
    return {"bom-ref": ref, "name": name, "version": version, **others}


BOS = {
    "type": "application",
    "description": "Trees",
    "licenses": [{"license": {"acknowledgement": "declared", "id": "EUPL-1.2"}}],
}
BOOM = {
    "type": "library",
    "purl": "pkg:pypi/boom@1.0",
    "licenses": [{"acknowledgement": "declared", "expression": "MIT OR ISC"}],
}
TAK = {
    "type": "library",
    "purl": "pkg:pypi/tak@2.0",
    "licenses": [{"license": {"acknowledgement": "concluded", "id": "MIT"}}],
}

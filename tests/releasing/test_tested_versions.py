"""The Python versions that pyproject.toml promises are those that .ci builds the site with."""

import re
import tomllib
from typing import Any

import pytest

from release.project import ROOT

ENVIRONMENTS = ROOT / ".ci" / "environments"


@pytest.fixture(scope="module")
def settings() -> dict[str, Any]:
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def version_of(which: str) -> str:
    """Read the version of Python that the script calls oldest or newest."""
    found = re.search(
        rf"^{which}=(3\.\d+)\b", ENVIRONMENTS.read_text(encoding="utf-8"), re.MULTILINE
    )
    assert found, f".ci/environments sets no {which}"
    return found[1]


def test_the_classifiers_are_the_tested_versions(settings: dict[str, Any]) -> None:
    classifiers = " ".join(settings["project"]["classifiers"])
    assert re.findall(r"Python :: (3\.\d+)", classifiers) == [
        version_of("oldest"),
        version_of("newest"),
    ]


def test_the_oldest_tested_version_is_the_oldest_allowed_one(settings: dict[str, Any]) -> None:
    assert settings["project"]["requires-python"] == f">={version_of('oldest')}"
    assert (
        settings["tool"]["ruff"]["target-version"] == f"py{version_of('oldest').replace('.', '')}"
    )


def test_ci_builds_with_both() -> None:
    assert ".ci/environments" in (ROOT / ".ci" / "run").read_text(encoding="utf-8")

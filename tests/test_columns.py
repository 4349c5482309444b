"""A column, property or key that no edition lists cannot leave."""

import json
from collections.abc import Mapping
from pathlib import Path

import pytest

from geo_lv.columns import allowed, columns, foreign_names, require_listed_names
from geo_lv.errors import ReleaseError

IDS = {"inwoners"}
BLOCK = '<script type="application/json" id="geo-lv-data">'


def names(path: str, content: str | Mapping[str, object], edition: str = "publiek") -> list[str]:
    text = content if isinstance(content, str) else json.dumps(content)
    return foreign_names(path, text.encode(), "publiek" if edition == "publiek" else "intern", IDS)


def feature(**properties: object) -> dict[str, object]:
    return {"features": [{"type": "Feature", "properties": properties, "geometry": {"x": 1}}]}


@pytest.mark.parametrize(
    ("path", "content", "found"),
    [
        ("data/cijfers.csv", "gebied;cijfer;straat\r\n", ["straat"]),
        ("data/cijfers.csv", '\ufeff"gebied";"vbo_id"\r\n', ["vbo_id"]),
        ("data/anders.csv", "gebied\r\n", ["gebied"]),
        ("data/wijken.geojson", feature(code="WK000001", naam="A"), []),
        (
            "data/wijken.geojson",
            feature(**{"inwoners-2024": 1, "inwoners-2024-reden": "", "inwoners-fictief": 2}),
            [],
        ),
        ("data/wijken.geojson", feature(adres="x"), ["features..properties..adres"]),
        (
            "data/wijken.geojson",
            feature(**{"adres-2024": 1, "inwoners-2024-adres": 2}),
            ["features..properties..adres-2024", "features..properties..inwoners-2024-adres"],
        ),
        ("manifest.json", {"inputs": [{"path": "a", "machine": "b"}]}, ["inputs..machine"]),
        (
            "a/b.html",
            f'{BLOCK}{{"sites": [{{"at": [], "vhe": "1"}}]}}</script>',
            ["sites..vhe"],
        ),
        ("assets/a.js", "var straat", []),
    ],
)
def test_names_that_are_not_listed_are_found(
    path: str, content: str | Mapping[str, object], found: list[str]
) -> None:
    assert names(path, content) == found


def test_what_only_the_parties_see_is_not_listed_for_the_public() -> None:
    assert names("data/complexen.csv", "complex\r\n") == ["complex"]
    assert names("data/complexen.csv", "complex\r\n", "intern") == []


def test_every_name_has_an_owner_and_a_reason_and_is_used(site: Path, internal_site: Path) -> None:
    """A list that grows along with nothing would let anything pass one day."""
    for column in columns():
        assert column.owner
        assert column.reason
    for path in sorted({where for column in columns() for where in column.where} - {"page"}):
        own = internal_site if "publiek" not in editions(path) else site
        assert (own / path).is_file(), path


def editions(path: str) -> set[str]:
    return {each for column in columns() if path in column.where for each in column.editions}


def test_a_site_with_another_column_is_not_made() -> None:
    files = {"data/cijfers.csv": b"gebied;postcode\r\n", "data/wijken.geojson": b'{"straat": 1}'}
    with pytest.raises(ReleaseError) as refused:
        require_listed_names(files, "publiek", IDS)
    only = "expected only the names that columns.toml lists for publiek, found"
    assert str(refused.value).splitlines() == [
        f"data/cijfers.csv: {only} postcode",
        f"data/wijken.geojson: {only} straat",
    ]


def test_no_listed_name_is_about_a_home_or_a_person() -> None:
    for edition in ("publiek", "intern"):
        for column in columns():
            for where in column.where:
                listed = allowed(where, "publiek" if edition == "publiek" else "intern")
                assert not listed & {"straat", "huisnummer", "postcode", "vbo_id", "adres"}

"""Region codes are text, and ids are made from names."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo_lv.codes import BU_CODE, GM_CODE, REGION_CODE, SLUG, WK_CODE, gm_of, slug_of, wk_of


@pytest.mark.parametrize(
    ("code", "gemeente"), [("BU05180101", "GM0518"), ("WK051801", "GM0518"), ("GM0518", "GM0518")]
)
def test_a_code_keeps_the_leading_zero_of_its_gemeente(code: str, gemeente: str) -> None:
    assert gm_of(code) == gemeente


def test_a_buurt_lies_in_the_wijk_that_its_code_starts_with() -> None:
    assert wk_of("BU05180109") == "WK051801"


@pytest.mark.parametrize(
    ("kind", "good", "bad"),
    [
        (GM_CODE, ["GM0518"], ["GM518", "gm0518", "GM05180", "GM051\uff18", "0518", " GM0518"]),
        (WK_CODE, ["WK051801"], ["WK0518", "WK05180101", "WK0518\u06601", "WK051801\n"]),
        (BU_CODE, ["BU05180101"], ["BU051801", "BU051801 01", "BU0518010\uff11", "BU0518010x"]),
        (REGION_CODE, ["GM0518", "WK051801", "BU05180101"], ["NL00", "", "WK0518010"]),
        (
            SLUG,
            ["a", "a-b", "plan-2"],
            ["", "-a", "a-", "a--b", "A", "a/b", "..", "a.b", "é", "a b"],
        ),
    ],
)
def test_what_counts_as_a_code(kind: re.Pattern[str], good: list[str], bad: list[str]) -> None:
    assert [code for code in good if not kind.fullmatch(code)] == []
    assert [code for code in bad if kind.fullmatch(code)] == []


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("Wonen & Zo", "wonen-zo"),
        ("  Dé Huizen-BV. ", "d-huizen-bv"),
        ("A+++", "a"),
        ("中文", ""),
        ("x" * 500, "x" * 40),
    ],
)
def test_a_name_becomes_a_slug(name: str, slug: str) -> None:
    assert slug_of(name) == slug


@given(st.text())
def test_a_slug_is_safe_in_an_id_and_a_file_name(name: str) -> None:
    assert re.fullmatch(r"[a-z0-9-]{0,40}", slug_of(name))

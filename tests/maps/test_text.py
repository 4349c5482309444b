"""Numbers and dates as a Dutch reader expects them."""

import re
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo_lv.maps.cells import plain_value
from geo_lv.maps.text import (
    dutch_date,
    enumeration,
    figure,
    number,
    percentage,
    plural,
    sentence_case,
    short_date,
    shown_unit,
    signed,
    with_unit,
    years,
)


@pytest.mark.parametrize(
    ("value", "decimals", "text"),
    [
        (0, 0, "0"),
        (999, 0, "999"),
        (1000, 0, "1.000"),
        (1234567.891, 2, "1.234.567,89"),
        (-1234.5, 1, "−1.234,5"),
        (0.04, 1, "0,0"),
        (-0.04, 1, "0,0"),  # no minus sign before a zero
        (-0.0, 0, "0"),
        (-0.5, 1, "−0,5"),
    ],
)
def test_a_number_is_written_the_dutch_way(value: float, decimals: int, text: str) -> None:
    assert number(value, decimals) == text


@pytest.mark.parametrize(
    ("value", "decimals", "text"),
    [(5, 0, "+5"), (-5, 0, "−5"), (0, 0, "0"), (0.04, 1, "0,0"), (0.05001, 1, "+0,1")],
)
def test_a_difference_has_a_sign_unless_it_reads_as_zero(
    value: float, decimals: int, text: str
) -> None:
    assert signed(value, decimals) == text


@given(st.floats(min_value=-1e12, max_value=1e12), st.integers(min_value=0, max_value=3))
def test_a_number_reads_back_as_what_was_rounded(value: float, decimals: int) -> None:
    text = number(value, decimals)
    assert re.fullmatch(r"−?[0-9]{1,3}(\.[0-9]{3})*(,[0-9]+)?", text)
    back = Decimal(text.replace(".", "").replace(",", ".").replace("−", "-"))
    assert abs(back - Decimal(value)) <= Decimal(1).scaleb(-decimals) / 2


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (float("nan"), ""),
        (3135.0, "3135"),
        (1200.0, "1200"),
        (0.1 + 0.2, "0,3"),
        (-12.5, "-12,5"),
        (1 / 3, "0,333333333"),
        (1e12, "1000000000000"),  # never 1e+12
    ],
)
def test_a_number_for_a_spreadsheet_is_plain(value: float, text: str) -> None:
    assert plain_value(value) == text


def test_a_percent_sign_stands_against_its_number() -> None:
    assert percentage(12.34, 1) == "12,3%"
    assert with_unit("12,3", "% van de woningen") == "12,3% van de woningen"
    assert with_unit("3", "auto's") == "3 auto's"
    assert with_unit("1", "klasse") == "klasse 1"
    assert with_unit("C", "label") == "label C"


@pytest.mark.parametrize(
    ("value", "decimals", "unit", "text", "change"),
    [
        (339.0, 0, "× € 1.000", "€ 339.000", "+€ 339.000"),
        (-24.4, 0, "× € 1.000", "−€ 24.000", "−€ 24.000"),
        (0.3, 0, "× € 1.000", "€ 0", "€ 0"),
        (31.25, 1, "× € 1.000", "€ 31.200", "+€ 31.200"),
        (1500.0, 0, "€", "€ 1.500", "+€ 1.500"),
        (35.2, 1, "%", "35,2", "+35,2"),
    ],
)
def test_money_is_an_amount_in_full(
    value: float, decimals: int, unit: str, text: str, change: str
) -> None:
    assert signed(value, decimals, unit) == change
    assert figure(value, decimals, unit) == text


def test_money_needs_no_unit_beside_it() -> None:
    assert [shown_unit(unit) for unit in ("× € 1.000", "€", "%", "")] == ["", "", "%", ""]


@pytest.mark.parametrize(
    ("iso", "text"),
    [
        ("2024", "2024"),
        ("2024-03", "maart 2024"),
        ("2024-03-06", "6 maart 2024"),
        ("2025-12-31", "31 december 2025"),
    ],
)
def test_a_date_is_written_in_words(iso: str, text: str) -> None:
    assert dutch_date(iso) == text


@pytest.mark.parametrize(
    ("first", "last", "text"),
    [(2022, 2025, "2022–2025"), (2024, 2024, "2024"), (2032, None, "vanaf 2032")],
)
def test_a_span_of_years(first: int, last: int | None, text: str) -> None:
    assert years(first, last) == text


@pytest.mark.parametrize(
    ("words", "text"),
    [([], ""), (["a"], "a"), (["a", "b"], "a en b"), (["a", "b", "c"], "a, b en c")],
)
def test_words_are_joined_as_in_a_sentence(words: list[str], text: str) -> None:
    assert enumeration(words) == text


def test_a_count_has_its_noun() -> None:
    assert plural(1, "locatie", "locaties") == "1 locatie"
    assert plural(0, "locatie", "locaties") == "0 locaties"
    assert plural(1000, "woning", "woningen") == "1.000 woningen"


def test_a_sentence_starts_with_a_capital() -> None:
    assert sentence_case("één wijk") == "Één wijk"
    assert sentence_case("") == ""


def test_a_day_is_written_short_for_a_narrow_column() -> None:
    assert short_date("2024-03-06") == "06-03-2024"

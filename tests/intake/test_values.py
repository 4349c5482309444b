"""Cells of lists, each worked out by hand; what is no such thing stays as it was."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo_lv.intake import values
from geo_lv.intake.fields import BY_NAME, FIELDS, usual_field


@pytest.mark.parametrize(
    ("cell", "read"),
    [
        ("1.234,56", "1234.56"),
        ("1234,56", "1234.56"),
        ("1,234.56", "1234.56"),
        ("1234.56", "1234.56"),
        ("1.234", "1234"),
        ("1.234.567", "1234567"),
        ("1,5", "1.5"),
        ("€ 628,39", "628.39"),
        (" 700 ", "700"),
        ("700,-", "700"),
        ("-5", "-5"),
        ("", ""),
        ("zeven", "zeven"),
        ("1.23.4", "1.23.4"),
        ("0.123", "0.123"),
        ("1,2,3", "1,2,3"),
        ("٣", "٣"),
    ],
)
def test_numbers(cell: str, read: str) -> None:
    assert values.number(cell) == read


@pytest.mark.parametrize(
    ("cell", "read"),
    [("700", "700.00"), ("1.234,5", "1234.50"), ("628.39", "628.39"), ("veel", "veel"), ("", "")],
)
def test_money(cell: str, read: str) -> None:
    assert values.money(cell) == read


@pytest.mark.parametrize(
    ("cell", "read"),
    [
        ("a++ ", "A++"),
        ("A +", "A+"),
        ("g", "G"),
        ("", "geen"),
        ("Geen label", "geen"),
        ("n.v.t.", "geen"),
        ("-", "geen"),
        ("H", "H"),
        ("A++++++", "A++++++"),
    ],
)
def test_labels(cell: str, read: str) -> None:
    assert values.label(cell) == read


@pytest.mark.parametrize(
    ("cell", "parts"),
    [
        ("12", ("12", "", "")),
        ("12a", ("12", "A", "")),
        ("12 A", ("12", "A", "")),
        ("12-14", ("12", "", "14")),
        ("12a-3", ("12", "A", "3")),
        ("12 bis", ("12", "", "BIS")),
        ("12/3", ("12", "", "3")),
        ("2014-12-12", ("2014-12-12", "", "")),
        ("a12", ("a12", "", "")),
        ("", ("", "", "")),
    ],
)
def test_house_numbers(cell: str, parts: tuple[str, str, str]) -> None:
    assert values.split_house(cell) == parts


@pytest.mark.parametrize(
    ("cell", "parts"),
    [
        ("Voorbeeldlaan 12a", ("Voorbeeldlaan", "12a")),
        ("Plein 1940 7", ("Plein", "1940 7")),
        ("Voorbeeldlaan", ("Voorbeeldlaan", "")),
        ("Van Proefweg 3-5", ("Van Proefweg", "3-5")),
    ],
)
def test_addresses(cell: str, parts: tuple[str, str]) -> None:
    assert values.split_street(cell) == parts


@pytest.mark.parametrize(
    ("name", "cell", "read"),
    [
        ("postcode", " 2264 ab", "2264AB"),
        ("postcode", "2264", "2264"),
        ("vbo_id", "518010000000001", "0518010000000001"),
        ("vbo_id", "1916 0100 0000 0001", "1916010000000001"),
        ("vbo_id", "5,18E+14", "5,18E+14"),
        ("build_year", "1950,0", "1950"),
        ("build_year", "1950-01-01 00:00:00", "1950"),
        ("build_year", "circa 1950", "circa 1950"),
        ("rooms", "3,00", "3"),
        ("rooms", "3,5", "3.5"),
        ("daeb", "niet-DAEB", "nee"),
        ("daeb", "DAEB", "ja"),
        ("solar_panels", "X", "ja"),
        ("solar_panels", "onwaar", "nee"),
        ("gas_free", "misschien", "misschien"),
        ("x", "52.091", "52.091"),
        ("x", "86518,6", "86518.6"),
        ("x", "86.518", "86.518"),
        ("street", "  Voorbeeld   laan ", "Voorbeeld laan"),
        ("street", "CafÃ©straat", "Caféstraat"),
    ],
)
def test_a_field_reads_its_cells(name: str, cell: str, read: str) -> None:
    assert BY_NAME[name].read(cell) == read


@pytest.mark.parametrize(
    ("head", "name"),
    [
        ("VHE-nummer", "dwelling_id"),
        ("Vhe nr.", "dwelling_id"),
        ("Complex", "complex_id"),
        ("POSTCODE", "postcode"),
        ("Huisnr", "house_number"),
        ("Toev.", "addition"),
        ("BAG-id", "vbo_id"),
        ("VBO id", "vbo_id"),
        ("Energielabel", "energy_label"),
        ("EP2", "ep2_kwh_m2"),
        ("Kale huur", "rent_eur"),
        ("Streefhuur", "target_rent_eur"),
        ("Woningtype", "dwelling_type"),
        ("Oppervlakte (m2)", "floor_area_m2"),
        ("Bouwjaar", "build_year"),
        ("Aantal kamers", "rooms"),
        ("DAEB", "daeb"),
        ("PV", "solar_panels"),
        ("Aardgasvrij", "gas_free"),
        ("Leeftijdslabel", "age_label"),
        ("X (RD)", "x"),
        ("lat", "lat"),
    ],
)
def test_the_usual_names_of_columns_are_known(head: str, name: str) -> None:
    found = usual_field(head)
    assert found
    assert found.name == name


def test_no_name_of_a_column_means_two_things() -> None:
    names = [synonym for field in FIELDS for synonym in field.synonyms]
    assert len(names) == len(set(names))
    assert usual_field("Opmerking") is None


@given(st.text(max_size=30), st.sampled_from([field.name for field in FIELDS]))
def test_reading_never_fails_and_makes_nothing_of_nothing(cell: str, name: str) -> None:
    read = BY_NAME[name].read(cell)
    assert bool(read.strip()) == bool(cell.strip()) or name == "energy_label" or "€" in cell


@given(st.decimals(min_value=0, max_value=10_000_000, places=2))
def test_an_amount_is_the_same_however_it_is_written(amount: Decimal) -> None:
    english = f"{amount:,.2f}"
    dutch = english.translate(str.maketrans(",.", ".,"))
    for written in (str(amount), english, dutch, f"€ {dutch}", str(amount).replace(".", ",")):
        assert Decimal(values.money(written)) == amount

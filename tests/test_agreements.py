"""The agreements as typed rows; what is not a number is none, and every reference exists."""

from collections.abc import Callable
from pathlib import Path

import pytest

from geo_lv.agreements import Agreements, Programme, load_agreements, parse_programme
from geo_lv.areas import load_areas
from geo_lv.errors import InputError, Problem
from geo_lv.inputs import load_inputs
from geo_lv.municipality import load_municipality
from geo_lv.schema import Confidence

SITES = "agreements/new_build.csv"
PHASING = "agreements/phasing.csv"
ATTENTION = "agreements/attention.csv"

Replace = Callable[[str, str, str], None]


@pytest.fixture
def replace(data: Path) -> Replace:
    """Give a function that replaces the first occurrence of a text in a file."""

    def change(name: str, old: str, new: str) -> None:
        path = data / name
        content = path.read_text(encoding="utf-8")
        assert old in content
        path.write_text(content.replace(old, new, 1), encoding="utf-8")

    return change


def load(data: Path) -> Agreements:
    municipality = load_municipality(data)
    codes = frozenset(load_areas(data, municipality).buurten.index)
    return load_agreements(data, municipality, codes)


def problems(data: Path) -> list[Problem]:
    with pytest.raises(InputError) as raised:
        load(data)
    return list(raised.value.problems)


@pytest.mark.parametrize(
    ("cell", "programme"),
    [
        ("20", Programme("number", 20, None)),
        ("0", Programme("number", 0, None)),
        ("Nnb", Programme("nnb", None, None)),
        ("30%", Programme("percentage", None, 30)),
        ("100%", Programme("percentage", None, 100)),
    ],
)
def test_a_programme_is_a_number_or_not_known_or_a_share(cell: str, programme: Programme) -> None:
    assert parse_programme(cell) == programme


def test_rows_come_typed_in_the_order_of_the_files(data: Path) -> None:
    agreements = load(data)
    sizes = [
        len(rows)
        for rows in (
            agreements.attention,
            agreements.sites,
            agreements.phasing,
            agreements.targets,
        )
    ]
    assert sizes == [7, 16, 12, 5]
    listed = agreements.attention[4]
    assert (listed.area_name, listed.bu_codes, listed.focus_bu_codes) == (
        "Leidschendam-Zuid",
        ("BU19160502", "BU19160504"),
        ("BU19160502",),
    )
    assert (listed.first_year, listed.last_year, listed.confidence) == (2024, 2024, "M")
    site = agreements.sites[10]
    assert (site.site_id, site.programme.kind, site.mid_rent) == ("de-star-51", "nnb", 0)
    assert (site.period, site.place_confidence) == ((2023, 2030), Confidence.HIGH)
    phase = agreements.phasing[11]
    assert (phase.plan_area, phase.phase, phase.start, phase.end) == (
        "klein-plaspoelpolder",
        "gasvrij",
        2036,
        None,
    )
    assert agreements.targets[3].year == 2028


def test_only_confirmed_and_secondary_facts_are_facts() -> None:
    facts = {confidence.value: confidence.is_fact for confidence in Confidence}
    assert facts == {"H": True, "M": True, "L": False, "?": False}


@pytest.mark.parametrize(
    ("name", "old", "new", "row", "column"),
    [
        (ATTENTION, "bijlage-iii-c1,Bovenveen", "bijlage-iv,Bovenveen", 2, "list_id"),
        (ATTENTION, "BU19161001", "BU19161009", 2, "bu_codes"),
        (ATTENTION, ",BU19160502,2024", ",BU19160509,2024", 6, "focus_bu_codes"),
        (ATTENTION, "2022,2025", "2025,2022", 2, "last_year"),
        (ATTENTION, ",SEED,H", ",SEED ZAAD,H", 2, "source"),
        (SITES, "zustersdijk,Vidomes", "zustersdijk,Vidome", 2, "corporation"),
        (SITES, ",20,0,", ",twintig,0,", 2, "programme_social"),
        (SITES, ",20,0,", ",120%,0,", 2, "programme_social"),
        (SITES, ",20,0,", ",20,0.5,", 2, "programme_mid"),
        (SITES, "BU19160400", "BU19160409", 2, "bu_code"),
        (SITES, "2023,2030", "2030,2023", 2, "period_end"),
        (SITES, "2024-06-24", "2024-06-31", 2, "status_date"),
        (SITES, "VN-240612", "VN-0", 2, "status_source"),
        (SITES, "doctor-van-noortstraat,", "dorpshuis-zustersdijk,", 3, "site_id"),
        (PHASING, "essesteijn,", "essestein,", 8, "plan_area"),
        (PHASING, "2026,2027", "2027,2026", 11, "end"),
        (PHASING, "leidschendam-zuid,uitvoering", "leidschendam-zuid,opstellen", 6, "phase"),
        ("agreements/sources.csv", "https://", "javascript://", 2, "url"),
        ("municipality.toml", 'source = "PB-1100"', 'source = "PB-0"', None, "phasing.source"),
        ("municipality.toml", '"GESPREK-LZ"', '"GESPREK"', None, "plan_areas.1.source"),
    ],
)
def test_a_wrong_cell_names_row_and_column(  # noqa: PLR0913, PLR0917 - a table of cases
    data: Path, replace: Replace, name: str, old: str, new: str, row: int | None, column: str
) -> None:
    replace(name, old, new)
    first = problems(data)[0]
    assert (first.file, first.row) == (name, row)
    assert column in (first.column or "")


def test_every_file_is_checked_even_when_another_is_broken(data: Path, replace: Replace) -> None:
    replace("agreements/sources.csv", "key,", "sleutel,")
    replace(SITES, ",20,0,", ",x,0,")
    replace(PHASING, "2026,2027", "2027,2026")
    assert [problem.file for problem in problems(data)] == [
        SITES,
        "agreements/sources.csv",
        "agreements/sources.csv",
        PHASING,
    ]


def test_what_could_not_be_read_is_not_checked_again(data: Path, replace: Replace) -> None:
    replace(ATTENTION, "BU19161001", "BU19161009")
    replace(SITES, "zustersdijk,Vidomes", "zustersdijk,Vidome")
    assert len(problems(data)) == 2
    assert len(load_agreements(data, None, None).sites) == 16


def test_a_listing_outside_the_years_of_its_list_is_refused(data: Path, replace: Replace) -> None:
    """No page would ever show it as listed, so it would be lost."""
    replace("agreements/attention.csv", ",2022,2025,", ",2026,2027,")
    with pytest.raises(InputError, match=r"expected a year of bijlage-iii-c1: 2022, 2023, 2024"):
        load_inputs(data)


DECISIONS = "agreements/attention_decisions.csv"


def test_the_log_says_who_put_an_area_on_a_list(data: Path) -> None:
    decisions = load_agreements(data, load_municipality(data), None).decisions
    assert len(decisions) == 5
    found = next(item for item in decisions if item.area_name == "Leidschendam-Zuid")
    assert (found.list_id, found.decision, found.date) == (
        "jaarschijf-2024-c1",
        "toegevoegd",
        "2023-12-13",
    )
    assert (found.from_year, found.until_year, found.reason) == (2024, 2024, "")


@pytest.mark.parametrize(
    ("change", "column"),
    [
        (("Prinsenhof,toegevoegd", "Elders,toegevoegd"), "area_name"),
        (("Prinsenhof,toegevoegd", "Prinsenhof,bedacht"), "decision"),
        (("bijlage-iii-c1,Prinsenhof", "een-lijst,Prinsenhof"), "list_id"),
        (("Leidschendam-Zuid,toegevoegd,2023-12-13", "Leidschendam-Zuid,toegevoegd,mei"), "date"),
        ((",2024,2024,", ",2024,2023,"), "until_year"),
    ],
)
def test_a_decision_that_fits_nothing_is_refused(
    data: Path, change: tuple[str, str], column: str
) -> None:
    path = data / DECISIONS
    path.write_text(path.read_text("utf-8").replace(*change), "utf-8")
    with pytest.raises(InputError) as error:
        load_agreements(data, load_municipality(data), None)
    assert column in {problem.column for problem in error.value.problems}

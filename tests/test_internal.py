"""What only the internal edition has: the gate, the files, and nothing of it in the public one."""

import csv
import dataclasses
import io
import math
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from itertools import product
from pathlib import Path

import pandas as pd
import pytest

from geo_lv.editions import Released, release
from geo_lv.errors import InputError, ReleaseError
from geo_lv.hidden import find_hidden
from geo_lv.inputs import load_inputs
from geo_lv.internal import INTERNAL_COLUMNS, internal_tables, require_internal
from geo_lv.maps.account import INTERNAL_FILES
from geo_lv.maps.downloads import FICTITIOUS, downloads
from geo_lv.maps.internal_files import internal_downloads
from geo_lv.maps.map_model import Cell
from geo_lv.maps.pages import make_pages
from geo_lv.maps.stock_sections import stock_sections
from geo_lv.pipeline import Results, compute
from geo_lv.site import BuildOptions, build_site

FILES = {path for path, _ in INTERNAL_FILES}


@pytest.fixture(scope="module")
def inside(results: Results) -> Released:
    """Return the internal edition of the embedded default; tests only read it."""
    return release(results, "intern")


@pytest.fixture(scope="module")
def files(inside: Released) -> Mapping[str, bytes]:
    """Return its own downloads."""
    return internal_downloads(inside)


def rows(content: bytes) -> list[dict[str, str]]:
    """Return the rows of a download, read as a Dutch spreadsheet does."""
    text = content.decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline=""), delimiter=";", strict=True))


# The gate


def test_the_public_edition_has_no_table_and_no_file(released: Released) -> None:
    assert released.tables == {}
    assert internal_downloads(released) == {}


def test_the_internal_edition_has_exactly_the_listed_tables(inside: Released) -> None:
    found = {name: tuple(table.columns) for name, table in inside.tables.items()}
    assert found == INTERNAL_COLUMNS


def test_no_listed_column_is_an_address_or_a_number_of_a_home() -> None:
    columns = {column for listed in INTERNAL_COLUMNS.values() for column in listed}
    secret = {"dwelling_id", "vbo_id", "street", "house_number", "postcode", "x_rd", "y_rd"}
    assert not columns & secret


@pytest.mark.parametrize("name", INTERNAL_COLUMNS)
def test_a_table_in_the_public_edition_stops_the_release(
    released: Released, inside: Released, name: str
) -> None:
    with pytest.raises(ReleaseError, match=f"expected none in the public edition, found {name}"):
        dataclasses.replace(released, tables={name: inside.tables[name]})


@pytest.mark.parametrize("name", INTERNAL_COLUMNS)
def test_a_column_that_is_not_listed_stops_the_release(inside: Released, name: str) -> None:
    wider = {**inside.tables, name: inside.tables[name].assign(vbo_id="x")}
    with pytest.raises(ReleaseError, match=f"{name}: expected only .*, found vbo_id"):
        dataclasses.replace(inside, tables=wider)


def with_tables(results: Results, **tables: pd.DataFrame) -> Results:
    """Return results in which some tables were worked out to be these."""
    changed = dataclasses.replace(results)
    vars(changed).update(tables)
    return changed


@pytest.mark.parametrize("field", ["stock", "complexes"])
def test_a_new_column_of_an_earlier_stage_stops_the_release(results: Results, field: str) -> None:
    wider = getattr(results, field).assign(street="Proefsingel")
    with pytest.raises(ReleaseError, match="found street"):
        release(with_tables(results, **{field: wider}), "intern")


def test_a_table_that_is_not_listed_stops_the_release(inside: Released) -> None:
    with pytest.raises(ReleaseError, match="homes: expected only , found a"):
        require_internal({**inside.tables, "homes": pd.DataFrame({"a": [1]})}, public=False)


ONE = {"homes": 1.0, "ep2_homes": 1.0}


@pytest.fixture
def single(results: Results) -> Results:
    """Return results with a complex, an area and a corporation of one measured home."""
    complexes, means, stock = results.complexes.copy(), results.means.copy(), results.stock.copy()
    complexes.loc[0, [*ONE, "ep2_mean"]] = [*ONE.values(), 123.0]
    means.loc[0, ["ep2_homes", "ep2_mean"]] = [1, 123.0]
    ep2 = stock.index[stock["figure"] == "mean_ep2"][0]
    stock.loc[ep2, ["value", "counted"]] = [123.0, 1]
    return with_tables(dataclasses.replace(results, means=means), complexes=complexes, stock=stock)


def test_a_complex_of_one_home_and_the_ep2_of_one_home_are_left_out(single: Results) -> None:
    tables = internal_tables(single, find_hidden(single))
    alone = tables["complexes"].loc[0]
    assert alone["homes"] == 1
    assert alone["A+++++":"gas_free_share"].isna().all()
    for name in ("complexes", "mean_labels"):
        assert not (tables[name]["ep2_mean"] == 123).any()
    assert not (tables["stock"]["value"] == 123).any()
    row = rows(internal_downloads(release(single, "intern"))["data/complexen.csv"])[0]
    assert (row["woningen"], row["A++"], row["bouwjaar_eerste"]) == ("1", "", "")
    assert row["toelichting"] == "Eén woning: daarover staat hier niets."


@pytest.mark.parametrize("name", ["complexes", "mean_labels", "stock"])
def test_a_figure_about_one_home_stops_the_release(
    single: Results, inside: Released, name: str
) -> None:
    table = {"complexes": single.complexes, "mean_labels": single.means, "stock": single.stock}
    with pytest.raises(ReleaseError, match="found one about a single home"):
        dataclasses.replace(inside, tables={**inside.tables, name: table[name]})


# The files


def test_every_file_opens_in_a_dutch_spreadsheet_and_is_marked(files: Mapping[str, bytes]) -> None:
    assert set(files) == FILES
    for content in files.values():
        assert content.startswith("\ufeff".encode())
        assert content.endswith(b"\r\n")
        table = rows(content)
        assert table
        assert all(None not in row and None not in row.values() for row in table)
        # only a renovation that is in no complex has no invented home in its row
        assert {row["fictief"] for row in table if row.get("woningen", "1")} == {FICTITIOUS}


def test_with_real_dwellings_nothing_is_marked(inside: Released) -> None:
    real = internal_downloads(dataclasses.replace(inside, fictitious_dwellings=False))
    assert all(not row["fictief"] for content in real.values() for row in rows(content))


def test_the_stock_beside_the_agreements(files: Mapping[str, bytes]) -> None:
    table = rows(files["data/voorraad.csv"])
    keys = ("corporatie", "cijfer", "doel", "doeljaar", "zekerheid")
    found = [tuple(row[key] for key in keys) for row in table]
    guess = "indicatief: afgeleid, niet bevestigd"
    assert found == [
        ("Vidomes", "woningen", "", "", ""),
        ("Vidomes", "gemiddeld label", "B", "2027", ""),
        ("Vidomes", "gemiddeld label", "A", "2030", ""),
        ("Vidomes", "aandeel met label E, F of G", "0", "2028", ""),
        ("Vidomes", "woningen met label E, F of G", "", "", ""),
        ("Vidomes", "gemiddelde EP2", "", "", ""),
        ("Vidomes", "aandeel betaalbaar van de kleine woningen", "81", "", guess),
        ("Vidomes", "aandeel betaalbaar van de grote woningen", "75", "", guess),
        ("WoonInvest", "woningen", "", "", ""),
        ("WoonInvest", "gemiddeld label", "B", "2027", ""),
        ("WoonInvest", "aandeel met label E, F of G", "0", "2028", ""),
        ("WoonInvest", "woningen met label E, F of G", "", "", ""),
        ("WoonInvest", "gemiddelde EP2", "", "", ""),
        ("WoonInvest", "aandeel betaalbaar van de kleine woningen", "89", "", guess),
        ("WoonInvest", "aandeel betaalbaar van de grote woningen", "56", "", guess),
    ]
    for row in table:
        assumed = "eigen aanname en geen feit" in row["toelichting"]
        assert assumed == (row["zekerheid"] == guess) == ("betaalbaar" in row["cijfer"])
    assert sum(int(row["waarde"]) for row in table if row["cijfer"] == "woningen") == 9223
    third = table[2]
    assert (third["woningen_te_verbeteren"], third["tempo_gevraagd_per_jaar"]) == (
        "760",
        "126,666666667",
    )


def test_the_page_about_labels_has_the_stock_and_the_complexes(inside: Released) -> None:
    (page,) = (
        page
        for page in make_pages(inside, peildatum="2025-08-31", basemap=False)
        if page.path == "thema/energielabels.html"
    )
    sections = {section.id: section for section in page.sections}
    (stock,) = sections["voorraad"].tables
    vidomes = [[text_of(cell) for cell in row] for row in stock.rows[:6]]
    assert vidomes == [
        ["Vidomes", "woningen", "3.520 woningen", "–", "0", "–", "–", "–"],
        ["Vidomes", "gemiddeld label", "B (rangnummer 4,66)", "B in 2027", "70", "0", "0", "–"],
        ["Vidomes", "gemiddeld label", "B (rangnummer 4,66)", "A in 2030", "70", "760", "127", "–"],
        ["Vidomes", "aandeel met label E, F of G", "11%", "0% in 2028", "70", "387", "97", "–"],
        ["Vidomes", "woningen met label E, F of G", "387 woningen", "–", "70", "–", "–", "–"],
        ["Vidomes", "gemiddelde EP2", "", "–", "3.520", "–", "–", "–"],
    ]
    complexes, renovations = sections["complexen"].tables
    assert complexes.rows[0] == (
        *("FICTIEF-VID-C001", "Vidomes", "14", "A++", "0", "0", "–", "2022", "0", "nee", "0"),
        "100",
    )
    assert complexes.fictitious
    assert not renovations.fictitious
    assert [[text_of(cell) for cell in row] for row in renovations.rows] == [
        ["Reuvenslaan", "WoonInvest", "126", "2022", "ten minste B", "onbekend"],
        ["Elzendreef", "niet bekend", "161", "2022", "ten minste B", "onbekend"],
        ["niet genoemd", "niet bekend", "443", "2023–2024", "ten minste B", "onbekend"],
    ]


def text_of(cell: Cell | str) -> str:
    """Return the text of a cell of a table."""
    return cell if isinstance(cell, str) else cell.text


def test_a_complex_of_one_home_is_not_described_on_the_page(single: Results) -> None:
    _, complexes = stock_sections(release(single, "intern"))
    assert complexes.tables[0].rows[0][2:] == ("1", *("–",) * 9)


def test_the_public_pages_have_no_stock_and_no_complexes(released: Released) -> None:
    assert stock_sections(released) == ()
    ids = {
        section.id
        for page in make_pages(released, peildatum="2025-08-31", basemap=False)
        for section in page.sections
    }
    assert not ids & {"voorraad", "complexen"}


def test_complexes_hold_every_home_and_every_renovation(files: Mapping[str, bytes]) -> None:
    table = rows(files["data/complexen.csv"])
    assert sum(int(row["woningen"] or 0) for row in table) == 9223
    ages = {(row["leeftijdslabel_80_procent_of_meer"], row["woningen"] == "") for row in table}
    assert ages == {("ja", False), ("nee", False), ("", True)}
    for row in table:
        share = row["procent_leeftijdslabel_55plus"].replace(",", ".")
        holds = "" if not share else "ja" if float(share) >= 80 else "nee"
        assert row["leeftijdslabel_80_procent_of_meer"] == holds
        assert ("niet over de leeftijd van bewoners" in row["toelichting"]) == bool(share)
    loose = [row for row in table if row["renovatie"]]
    keys = ("corporatie", "renovatie", "renovatie_woningen", "renovatie_van", "renovatie_tot")
    assert [tuple(row[key] for key in keys) for row in loose] == [
        ("WoonInvest", "Reuvenslaan", "126", "2022", "2022"),
        ("", "Elzendreef", "161", "2022", "2022"),
        ("", "niet genoemd", "443", "2023", "2024"),
    ]
    for row in loose:
        assert (row["renovatie_doel"], row["renovatie_stand"]) == ("ten minste B", "onbekend")
        assert row["toelichting"].startswith("Deze renovatie is aan geen complex")


@pytest.mark.parametrize(("share", "holds"), [(80.0, "ja"), (79.99, "nee"), (math.nan, "")])
def test_the_rule_holds_from_80_percent_on(results: Results, share: float, holds: str) -> None:
    complexes = results.complexes.assign(senior_share=share)
    view = release(with_tables(results, complexes=complexes), "intern")
    table = rows(internal_downloads(view)["data/complexen.csv"])
    assert {row["leeftijdslabel_80_procent_of_meer"] for row in table} == {holds}


def test_homes_that_were_not_placed_add_up_to_the_join_report(
    files: Mapping[str, bytes], inside: Released
) -> None:
    keys = ("niveau", "uitkomst", "reden", "corporatie")
    table = rows(files["data/niet_gekoppeld.csv"])
    counted = Counter(tuple(row[key] for key in keys) for row in table)
    report = {
        tuple(row[key] for key in keys): int(row["woningen"])
        for row in rows(downloads(inside)["data/koppeling.csv"])
        if row["uitkomst"] != "geplaatst"
    }
    assert dict(counted) == report
    assert len({(row["rij_in_de_lijst"], row["niveau"]) for row in table}) == len(table)
    numbers = [int(row["rij_in_de_lijst"]) for row in table]
    assert numbers == sorted(numbers)


def test_a_row_number_is_the_row_in_the_list(
    files: Mapping[str, bytes], results: Results, inside: Released
) -> None:
    homes = results.inputs.dwellings
    for row in inside.tables["unplaced"].to_dict("records"):
        home = homes.loc[row["row"]]
        assert home["corporation"] == row["corporation"]
        if row["reason"].startswith("no coordinates"):
            assert (math.isnan(home["x_rd"]), home["bu_code"]) == (True, "")
    first = rows(files["data/niet_gekoppeld.csv"])[0]
    assert (first["rij_in_de_lijst"], first["corporatie"]) == ("20", "Vidomes")


def test_means_per_area_are_those_of_the_figures(
    files: Mapping[str, bytes], inside: Released
) -> None:
    figures = inside.figures[inside.figures["indicator"] == "label_gemiddeld"]
    known = dict(zip(figures["code"], figures["value"], strict=True))
    table = rows(files["data/gemiddeld_label.csv"])
    assert Counter(row["niveau"] for row in table) == {
        "buurt": 38,
        "wijk": 13,
        "plangebied": 4,
        "gemeente": 1,
    }
    for row in table:
        mean = float(row["gemiddeld_rangnummer"].replace(",", "."))
        assert mean == pytest.approx(known[row["gebied_code"]])
        assert (row["woningen_met_ep2"], row["gemiddelde_ep2_kwh_m2"]) == ("0", "")


def test_a_hostile_text_is_no_formula(results: Results) -> None:
    text = "=1+1"
    stock = results.stock.assign(corporation=text, note=text)
    complexes = results.complexes.assign(corporation=text, complex_id=text, renovation=text)
    view = release(with_tables(results, stock=stock, complexes=complexes), "intern")
    for content in internal_downloads(view).values():
        for row in rows(content):
            assert not any(cell.startswith(("=", "@", "+", "-")) for cell in row.values())


# From a data folder

HOMES = "properties/dwellings.csv"
EARLIER = "properties/dwellings_previous.csv"
STREET, POSTCODE = "Geheimstraat", "1234ZX"


def edit_homes(path: Path, **columns: str) -> list[dict[str, str]]:
    """Write other values into every row, where ``{n}`` is the number of the row."""
    with path.open(encoding="utf-8", newline="") as file:
        table = list(csv.DictReader(file))
    for n, row in enumerate(table, 10):
        row.update({name: value.format(n=n) for name, value in columns.items()})
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, table[0].keys(), lineterminator="\n")
        writer.writeheader()
        writer.writerows(table)
    return table


def add_earlier_list(data: Path, day: str) -> None:
    """Add an earlier list in which every home had label G, with the day it is of."""
    (data / EARLIER).write_bytes((data / HOMES).read_bytes())
    edit_homes(data / EARLIER, energy_label="G", list_date=day)
    entry = (
        f'\n[[file]]\npath = "{EARLIER}"\ntitle = "Vorige lijst"\nsource = "test"\n'
        f'licence = "test"\nvintage = "test"\nretrieved = "{day}"\nfictitious = true\n'
    )
    path = data / "provenance.toml"
    path.write_text(path.read_text(encoding="utf-8") + entry, encoding="utf-8")


def test_an_earlier_list_gives_the_pace_so_far(data: Path) -> None:
    add_earlier_list(data, "2024-01-01")
    inputs = load_inputs(data)
    labels = inputs.dwellings["energy_label"]
    ups = int(((labels != "G") & (labels != "geen")).sum())
    stock = compute(inputs).stock
    paced = stock[stock["pace_so_far"].notna()]
    assert set(paced["figure"]) == {"mean_label", "poor_label_share"}
    assert paced["pace_so_far"].tolist() == pytest.approx([ups / (366 / 365.25)] * 3)


def test_an_earlier_list_must_say_where_it_comes_from(data: Path) -> None:
    (data / EARLIER).write_bytes((data / HOMES).read_bytes())
    with pytest.raises(InputError, match=f"expected an entry for {EARLIER}"):
        load_inputs(data)


def test_a_rent_class_that_does_not_exist_is_refused(data: Path) -> None:
    path = data / "agreements" / "afspraken.toml"
    content = path.read_text(encoding="utf-8")
    path.write_text(content.replace('"betaalbaar tot de lage', '"tot de lage', 1), encoding="utf-8")
    with pytest.raises(InputError, match="rent_class: expected a class that rent"):
        load_inputs(data)


def test_homes_outside_the_municipality_count_for_the_mean_but_in_no_area(data: Path) -> None:
    before = compute(load_inputs(data))
    edit_homes(data / HOMES, x_rd="120000", y_rd="480000", bu_code="")
    after = compute(load_inputs(data))
    pd.testing.assert_frame_equal(after.stock, before.stock)
    assert after.means.empty
    assert set(after.joins["buurt"].unmatched) == {"outside the municipality"}
    assert release(after, "intern").homes.empty


def secrets(table: list[dict[str, str]]) -> Iterator[str]:
    """Yield what tells one home from another."""
    for row in table:
        yield from (row["dwelling_id"], row["vbo_id"], row["complex_id"])
        yield f"{row['street']} {row['house_number']}"


def test_no_address_number_or_home_is_in_any_file_of_the_public_edition(data: Path) -> None:
    """Homes with everything filled in; the earlier list too."""
    table = edit_homes(
        data / HOMES,
        vbo_id="19160100000000{n}",
        street=STREET,
        postcode=POSTCODE,
        place="Schuilstad",
        complex_id="Cx{n}x",
        dwelling_id="Wx{n}x",
        ep2_kwh_m2="987.{n}",
        rent_eur="612.{n}",
    )
    add_earlier_list(data, "2024-01-01")
    words = {*secrets(table), STREET, POSTCODE, "1234 ZX", "Schuilstad"}
    words |= {f"{start}{mark}{n}" for start, mark, n in product((987, 612), ".,", range(10, 50))}
    assert len(words) > 40 * 3 + 2 * 2 * 40
    internal = internal_downloads(release(compute(load_inputs(data)), "intern"))
    assert b";Cx10x;1;" in internal["data/complexen.csv"]
    report = build_site(BuildOptions(data, data.parent / "out"))
    found = [path for path in sorted((data.parent / "out").rglob("*")) if path.is_file()]
    assert len(found) == report.files
    names = {path.relative_to(data.parent / "out").as_posix() for path in found}
    assert not names & FILES
    for path in found:
        content = path.read_text(encoding="utf-8")
        assert not [word for word in words if word in content], path.name
        # a VBO id of any home, in this list or not
        assert not re.search(r"(?<![0-9.,])[0-9]{4}01[0-9]{10}(?![0-9])", content), path.name

"""What is about persons, groups or cases comes in nowhere."""

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo_lv.agreements import Action, load_agreements
from geo_lv.editions import Released, release
from geo_lv.errors import InputError, ReleaseError
from geo_lv.inputs import load_inputs
from geo_lv.intake.mapping import Mapping
from geo_lv.intake.rows import take_rows
from geo_lv.intake.sheet import read_sheet
from geo_lv.municipality import load_municipality
from geo_lv.persons import is_about_persons, persons_in
from geo_lv.pipeline import compute
from geo_lv.schema import Edition

HEAD = "action_id,wk_code,action,owner,due,state,state_date,edition,source"


@pytest.mark.parametrize(
    "head",
    [
        "Naam huurder",
        "HUURDER_NR",
        "JOSO",
        "Lokale Kamer",
        "lokale-kamer 2024",
        "Casusnummer",
        "persoon",
        "E-mail",
        "Telefoon (mobiel)",
        "geboortedatum",
        "BSN",
        "aantal jongeren",
        "jeugdgroep",
        "Naam huurder jongerenwoning",
    ],
)
def test_a_column_about_persons_is_known_by_its_head(head: str) -> None:
    assert is_about_persons(head)


@pytest.mark.parametrize(
    "head",
    [
        "Doelgroep",
        "Complexnummer",
        "Huur (kaal)",
        "Woningtype",
        "Opmerking",
        "Adres",
        "vbo",
        "Huurderving (mnd)",
        "Jongerenwoning",
        "2-persoonswoning",
    ],
)
def test_a_column_about_homes_is_not(head: str) -> None:
    assert not is_about_persons(head)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Besproken in JOSO", "a matter of JOSO or Lokale Kamer"),
        ("zie de lokale  kamer van mei", "a matter of JOSO or Lokale Kamer"),
        ("mail naar wie@voorbeeld.nl", "an e-mail address"),
        ("bel 070 300 86 00", "a telephone or citizen service number"),
        ("06-12345678", "a telephone or citizen service number"),
        ("+31 6 1234 5678", "a telephone or citizen service number"),
        ("nummer 123456782", "a telephone or citizen service number"),
        ("Verlichting in 2024-03-16 14:00 nagekeken, 12 lampen", ""),
        ("Josophat 12345", ""),
    ],
)
def test_a_text_about_persons_is_refused_with_what_it_holds(text: str, found: str) -> None:
    assert persons_in(text) == found


@given(st.from_regex(r"(06[ -]?[1-9][0-9]{7}|0[1-9]{2}[ -]?[1-9][0-9]{6})", fullmatch=True))
def test_every_dutch_telephone_number_is_found(number: str) -> None:
    assert persons_in(f"bel {number}.") == "a telephone or citizen service number"


def test_a_list_with_a_column_about_persons_is_not_taken_in(tmp_path: Path) -> None:
    (tmp_path / "lijst.csv").write_text("VHE;Naam huurder;Huur;JOSO\n1;x;500;y\n", "utf-8")
    sheet = read_sheet(tmp_path / "lijst.csv", Mapping())
    with pytest.raises(InputError) as error:
        take_rows(sheet, Mapping(), "Vidomes", "2026-01-01")
    expected = "expected no column about persons, groups or cases"
    assert [str(problem) for problem in error.value.problems] == [
        f"lijst.csv, row 1, column {head}: {expected}, found '{head}'; remove it from the list"
        for head in ("Naam huurder", "JOSO")
    ]


def test_an_action_may_not_be_about_persons(data: Path) -> None:
    (data / "agreements" / "acties.csv").write_text(
        f"{HEAD}\n"
        "a-1,WK191606,Zie JOSO van mei,gemeente,2026-05-01,open,,publiek,\n"
        "a-2,WK191606,Licht bij het plein,wie@voorbeeld.nl,,gereed,2026-01-02,intern,\n",
        "utf-8",
    )
    with pytest.raises(InputError) as error:
        load_agreements(data, load_municipality(data), None)
    assert [(p.row, p.column, p.found) for p in error.value.problems] == [
        (2, "action", "a matter of JOSO or Lokale Kamer"),
        (3, "owner", "an e-mail address"),
    ]


def test_actions_have_no_room_for_another_column(data: Path) -> None:
    (data / "agreements" / "acties.csv").write_text(f"{HEAD},joso\n", "utf-8")
    with pytest.raises(InputError, match=r"acties\.csv, row 1, column joso"):
        load_agreements(data, load_municipality(data), None)


@pytest.mark.parametrize(
    ("row", "column"),
    [
        ("a-1,WK191699,Licht,gemeente,2026-05-01,open,,publiek,", "wk_code"),
        ("a-1,WK191606,Licht,gemeente,2026-05,open,,publiek,", "due"),
        ("a-1,WK191606,Licht,gemeente,2026-02-30,open,,publiek,", "due"),
        ("a-1,WK191606,Licht,gemeente,,klaar,,publiek,", "state"),
        ("a-1,WK191606,Licht,gemeente,,open,,iedereen,", "edition"),
        ("a-1,WK191606,Licht,,,open,,publiek,", "owner"),
        ("a-1,WK191606,Licht,gemeente,,open,,publiek,NERGENS", "source"),
    ],
)
def test_an_action_that_says_something_else_is_refused(data: Path, row: str, column: str) -> None:
    (data / "agreements" / "acties.csv").write_text(f"{HEAD}\n{row}\n", "utf-8")
    with pytest.raises(InputError) as error:
        load_inputs(data)
    assert [(problem.row, problem.column) for problem in error.value.problems] == [(2, column)]


def test_a_public_view_with_an_action_for_the_parties_cannot_be_made(released: Released) -> None:
    action = Action("a-1", "WK191606", "Licht", "gemeente", "", "open", "", "intern", "")
    with pytest.raises(ReleaseError, match="a-1"):
        replace(released, agreements=replace(released.agreements, actions=(action,)))


@pytest.mark.parametrize(("edition", "seen"), [("publiek", ["a-1"]), ("intern", ["a-1", "a-2"])])
def test_an_action_for_the_parties_stays_inside(
    data: Path, edition: Edition, seen: list[str]
) -> None:
    (data / "agreements" / "acties.csv").write_text(
        f"{HEAD}\n"
        "a-1,WK191606,Licht,gemeente,2026-05-01,open,,publiek,\n"
        "a-2,WK191606,Toezicht,politie,2026-06-01,in uitvoering,2026-02-01,intern,SEED\n",
        "utf-8",
    )
    released = release(compute(load_inputs(data)), edition)
    assert [action.action_id for action in released.agreements.actions] == seen
    assert [action.is_open for action in released.agreements.actions] == [True] * len(seen)
    (file,) = (item for item in released.provenance if item.path == "agreements/acties.csv")
    assert bool(file.sha256) == (edition == "intern"), "a checksum would tell a guess is right"

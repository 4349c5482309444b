"""Energy labels out of the file of EP-Online: every home and every row accounted for.

Addresses and VBO ids are made up: no municipality has the number 0000, no postcode ends in ZZ here.
"""

import csv
import datetime as dt
import gc
import io
import math
import random
import re
import tracemalloc
import zipfile
from collections import Counter
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo_lv.errors import GeoLvError, InputError
from geo_lv.properties import LABELS, NO_LABEL
from geo_lv.sources.delimited import BLOCK_BYTES, LONGEST_LINE, LONGEST_ROW
from geo_lv.sources.ep_layout import iso_date
from geo_lv.sources.ep_online import (
    BY_ADDRESS,
    BY_VBO,
    NO_KEY,
    NOT_REGISTERED,
    SEVERAL_HOMES,
    SEVERAL_VBOS,
    Account,
    LabelJoin,
    join_labels,
)
from geo_lv.sources.ep_register import EXPIRED, LATER, UNREADABLE
from geo_lv.sources.ep_rows import address_key, vbo_key

PEILDATUM = dt.date(2025, 1, 1)
NTA = "NTA 8800:2023 (basisopname woningbouw)"
OLDER = "Rekenmethodiek Definitief Energielabel, versie 1.2, 16 september 2014"
PREAMBLE = "PublicatieDatum;01-12-2024\nLaatstVerwerkteMutatievolgnummer;12345\n"
V4 = (
    "Registratiedatum;Opnamedatum;GeldigTot;Certificaathouder;SoortOpname;Status;Berekeningstype;"
    "Energieklasse;OpBasisVanReferentiegebouw;Gebouwklasse;Gebouwtype;Gebouwsubtype;SBICode;"
    "Postcode;Huisnummer;Huisletter;Huisnummertoevoeging;Detailaanduiding;BAGVerblijfsobjectID;"
    "BAGLigplaatsID;BAGStandplaatsID;BAGPandIDs;Projectnaam;Projectobject;Bouwjaar;"
    "GebruiksoppervlakteThermischeZone;Compactheid;Energiebehoefte;Warmtebehoefte;"
    "PrimaireFossieleEnergie;PrimaireFossieleEnergieEMGForfaitair;AandeelHernieuwbareEnergie;"
    "AandeelHernieuwbareEnergieEMGForfaitair;Temperatuuroverschrijding;EnergieIndex;"
    "EnergieIndexEMGForfaitair;EisEnergiebehoefte;EisPrimaireFossieleEnergie;"
    "EisAandeelHernieuwbareEnergie;EisTemperatuuroverschrijding;BerekendeCO2Emissie;"
    "BerekendeEnergieverbruik"
)
V2 = (
    "Pand_opnamedatum;Pand_opnametype;Pand_status;Pand_berekeningstype;Pand_energieindex;"
    "Pand_energieklasse;Pand_energielabel_is_prive;Pand_gebouwklasse;Meting_geldig_tot;"
    "Pand_registratiedatum;Pand_postcode;Pand_huisnummer;Pand_huisnummer_toev;"
    "Pand_bagverblijfsobjectid;Pand_bagpandid;Pand_primaire_fossiele_energie"
)

Values = dict[str, str]


def vbo(number: int) -> str:
    """Return the VBO id with a number."""
    return f"000001{number:010}"


def row(number: int | None = None, **values: str) -> Values:
    """Return a row that is in order; a VBO by its number, other values by the column's name."""
    return {
        "Registratiedatum": "20240201",
        "GeldigTot": "20340131",
        "Berekeningstype": NTA,
        "Energieklasse": "B",
        "Postcode": "9999ZZ",
        "Huisnummer": "1",
        "BAGVerblijfsobjectID": "" if number is None else vbo(number),
        "PrimaireFossieleEnergie": "150,25",
        "BerekendeEnergieverbruik": "98,76",
        "Projectnaam": "Voorbeeldlaan",
        **values,
    }


def text_of(rows: Sequence[Values], header: str = V4, preamble: str = PREAMBLE) -> str:
    """Write rows as the register does: quotes where they are needed."""
    out = io.StringIO()
    names = header.split(";")
    writer = csv.writer(out, delimiter=";", lineterminator="\n")
    writer.writerows([names, *([each.get(name, "") for name in names] for each in rows)])
    return preamble + out.getvalue()


def write(folder: Path, content: str | bytes, member: str = "v20241201_v4_csv.csv") -> Path:
    """Put a text in a zip as the register does."""
    path = folder / "v20241201_v4_csv.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(member, content)
    return path


def home(number: int | None = None, address: str = "", letter: str = "", more: str = "") -> Values:
    """Return a home by the number of its VBO id, its postcode and house number, or both."""
    postcode, _, house_number = address.rpartition(" ")
    return {
        "vbo_id": "" if number is None else vbo(number),
        "postcode": postcode,
        "house_number": house_number,
        "house_letter": letter,
        "addition": more,
    }


def frame(homes: Sequence[Values]) -> pd.DataFrame:
    """Return homes as a table with an index that is no count from 0."""
    rows = [{"dwelling_id": f"FICTIEF-{n}", **each} for n, each in enumerate(homes)]
    keys = ["dwelling_id", *home()]
    return pd.DataFrame(rows, columns=keys, index=[7 * n + 3 for n in range(len(homes))]).astype(
        "str"
    )


def join(folder: Path, content: str | bytes, *homes: Values, most: int = 20) -> LabelJoin:
    """Join homes with the file that holds a text."""
    path = write(folder, content)
    return join_labels(path, frame(homes), peildatum=PEILDATUM, most_problems=most)


def first(result: LabelJoin) -> dict[str, object]:
    """Return what was found for the first home."""
    return {str(key): value for key, value in result.labels.iloc[0].items()}


def refusal(path: Path) -> str:
    """Return why a file is refused as a whole."""
    with pytest.raises(InputError) as caught:
        join_labels(path, frame([home(1)]), peildatum=PEILDATUM)
    return str(caught.value)


# What each home gets is worked out by hand. The reference date is 1 January 2025.
ROWS = [
    row(1, Energieklasse="B", PrimaireFossieleEnergie="150,25"),
    row(  # its last day is the reference date
        2,
        Registratiedatum="20150102",
        GeldigTot="20250101",
        Energieklasse="D",
        Berekeningstype=OLDER,
        PrimaireFossieleEnergie="",
        BerekendeEnergieverbruik="93039,5",
    ),
    row(3, Registratiedatum="20150101", GeldigTot="20241231"),  # its last day is the one before
    row(4, Registratiedatum="20160301", GeldigTot="20260228", Energieklasse="E"),
    row(4, Registratiedatum="20230301", GeldigTot="20330228", Energieklasse="A+"),  # the newest
    row(4, Registratiedatum="20120301", GeldigTot="20220228", Energieklasse="F"),  # expired
    row(5, Registratiedatum="20250102"),  # after the reference date
    row(60, Postcode="1000ZZ", Huisnummer="6", Huisletter="a", Energieklasse="C"),
    row(70, Postcode="1000ZZ", Huisnummer="7"),
    row(71, Postcode="1000ZZ", Huisnummer="7", GeldigTot="20200101"),  # another VBO, expired
    row(8, Energieklasse="H"),
    row(Postcode="1000ZZ", Huisnummer="9", Huisnummertoevoeging="bis", Energieklasse="G"),
    row(120, Postcode="1000ZZ", Huisnummer="12"),
    row(130, Postcode="1000ZZ", Huisnummer="13"),  # at the postcode of a home, and of none
    row(140),
    row(150, Energieklasse="H"),  # not of a home: its label is not looked at
    row(Energieklasse="H"),
]
HOMES = [
    home(1),
    home(2, "1000ZZ 2"),
    home(3),
    home(4),
    home(5),
    home(None, "1000 zz 6", "A"),
    home(None, "1000ZZ 7"),
    home(8),
    home(None, "1000ZZ 9", more="BIS"),
    home(10, "1000ZZ 10"),
    home(),
    home(11),
    home(None, "1000ZZ 12"),
    home(None, "1000ZZ 12"),
    home(99, "1000ZZ 6", "A", "2"),
]
NAN = math.nan
EXPECTED = [
    ("B", 150.25, NAN, "2024-02-01", "2034-01-31", BY_VBO, ""),
    ("D", NAN, 93039.5, "2015-01-02", "2025-01-01", BY_VBO, ""),
    (NO_LABEL, NAN, NAN, "", "", "", EXPIRED),
    ("A+", 150.25, NAN, "2023-03-01", "2033-02-28", BY_VBO, ""),
    (NO_LABEL, NAN, NAN, "", "", "", LATER),
    ("C", 150.25, NAN, "2024-02-01", "2034-01-31", BY_ADDRESS, ""),
    (NO_LABEL, NAN, NAN, "", "", "", SEVERAL_VBOS),
    (NO_LABEL, NAN, NAN, "", "", "", UNREADABLE),
    ("G", 150.25, NAN, "2024-02-01", "2034-01-31", BY_ADDRESS, ""),
    (NO_LABEL, NAN, NAN, "", "", "", NOT_REGISTERED),
    (NO_LABEL, NAN, NAN, "", "", "", NO_KEY),
    (NO_LABEL, NAN, NAN, "", "", "", NOT_REGISTERED),
    (NO_LABEL, NAN, NAN, "", "", "", SEVERAL_HOMES),
    (NO_LABEL, NAN, NAN, "", "", "", SEVERAL_HOMES),
    (NO_LABEL, NAN, NAN, "", "", "", NOT_REGISTERED),
]


def test_every_home_gets_what_was_worked_out_by_hand(tmp_path: Path) -> None:
    result = join(tmp_path, text_of(ROWS), *HOMES)
    expected = pd.DataFrame(
        EXPECTED,
        columns=[
            "label",
            "ep2_kwh_m2",
            "energy_index_mj",
            "registered",
            "valid_until",
            "matched_by",
            "reason",
        ],
        index=[7 * n + 3 for n in range(len(HOMES))],
    )
    expected.insert(0, "dwelling_id", [f"FICTIEF-{n}" for n in range(len(HOMES))])
    pd.testing.assert_frame_equal(result.labels, expected)
    assert result.account == Account(
        read=17,
        elsewhere=4,  # VBO 130, 140, 150 and the last row
        wrong=1,  # VBO 8
        expired=3,  # VBO 3, 4 and 71
        later=1,  # VBO 5
        superseded=1,  # VBO 4
        kept=7,  # VBO 1, 2, 4, 60, 70 and 120, and the address without one
        matched=5,
        unmatched=7,
        ambiguous=3,
    )
    assert result.account.homes == len(HOMES)
    assert result.published == "2024-12-01"


def test_the_wrong_row_is_listed_with_row_and_column(tmp_path: Path) -> None:
    [problem] = join(tmp_path, text_of(ROWS), *HOMES).problems
    assert str(problem) == (
        "v20241201_v4_csv.zip, row 14, column Energieklasse: expected one of "
        f"{', '.join(LABELS)}, found 'H'; the row is left out; report it to EP-Online if its home "
        "is yours"
    )


def test_a_plain_file_with_byte_order_mark_and_windows_line_ends_is_the_same(
    tmp_path: Path,
) -> None:
    text = text_of(ROWS)
    path = tmp_path / "v20241201_v4_csv.zip.csv"
    path.write_bytes(text.replace("\n", "\r\n").encode("utf-8-sig"))
    plain = join_labels(path, frame(HOMES), peildatum=PEILDATUM)
    zipped = join(tmp_path, text, *HOMES)
    pd.testing.assert_frame_equal(plain.labels, zipped.labels)
    assert plain.account == zipped.account
    assert plain.published == zipped.published


def test_older_names_of_columns_are_known_and_need_no_preamble(tmp_path: Path) -> None:
    old = {
        "Meting_geldig_tot": "2032-05-01T00:00:00",
        "Pand_registratiedatum": "2022-05-01",
        "Pand_berekeningstype": "NTA-8800 (detailopname woningbouw)",
        "Pand_energieklasse": "a++",
        "Pand_postcode": "1000 ZZ",
        "Pand_huisnummer": "6",
        "Pand_huisnummer_toev": "A-2",
        "Pand_bagverblijfsobjectid": vbo(60).removeprefix("0"),
        "Pand_primaire_fossiele_energie": "-4,5",
    }
    text = text_of([old, {**old, "Pand_energieklasse": "?"}], V2, preamble="")
    result = join(tmp_path, text, home(60), home(None, "1000ZZ 6", "a", "2"))
    assert result.labels["matched_by"].tolist() == [BY_VBO, ""]
    assert result.labels["reason"].tolist() == ["", SEVERAL_HOMES]
    assert first(result)["label"] == "A++"
    assert first(result)["ep2_kwh_m2"] == -4.5
    assert [(problem.row, problem.column) for problem in result.problems] == [
        (3, "Pand_energieklasse")
    ]
    assert result.published == ""
    by_address = join(tmp_path, text, home(None, "1000ZZ 6", "a", "2"))
    assert first(by_address)["matched_by"] == BY_ADDRESS


@pytest.mark.parametrize(
    ("method", "ep2", "index"),
    [
        ("NTA 8800:2024 (detailopname woningbouw)", 150.25, NAN),
        ("nta-8800", 150.25, NAN),
        ("Rekenmethodiek Definitief Energielabel, versie 1.2", NAN, 40000.0),
        ("Nader Voorschrift, versie 1.0, 1 februari 2014", NAN, 40000.0),
        ("ISSO82.3, versie 3.0, oktober 2011", NAN, 40000.0),
        ("ISSO 75.3", NAN, 40000.0),
        ("Een methode uit 2031", NAN, NAN),
        ("", NAN, NAN),
    ],
)
def test_the_method_decides_which_figure_is_taken(
    method: str, ep2: float, index: float, tmp_path: Path
) -> None:
    both = row(1, Berekeningstype=method, BerekendeEnergieverbruik="40000")
    found = first(join(tmp_path, text_of([both]), home(1)))
    assert found["label"] == "B"
    assert [found["ep2_kwh_m2"], found["energy_index_mj"]] == pytest.approx(
        [ep2, index], nan_ok=True
    )


@pytest.mark.parametrize(
    ("wins", "loses"),
    [
        (row(1, Registratiedatum="20240202"), row(1, GeldigTot="20440101")),
        (row(1, GeldigTot="20340201"), row(1, Energieklasse="G")),
        (row(1, Energieklasse="A"), row(1, Energieklasse="G", Berekeningstype=OLDER)),
        (row(1, Energieklasse="C"), row(1, Energieklasse="B")),
        (row(1, Energieklasse="A"), row(1, Energieklasse="A+")),
        (row(1, PrimaireFossieleEnergie="99,5"), row(1, PrimaireFossieleEnergie="9,75")),
        (row(1, PrimaireFossieleEnergie="-1"), row(1, PrimaireFossieleEnergie="")),
        (
            row(1, Berekeningstype=OLDER, BerekendeEnergieverbruik="100000"),
            row(1, Berekeningstype=OLDER, BerekendeEnergieverbruik="99999"),
        ),
    ],
    ids=["newest", "longest", "method", "worse", "worse-plus", "figure", "no-figure", "index"],
)
def test_two_registrations_of_a_home_have_one_winner_in_any_order(
    wins: Values, loses: Values, tmp_path: Path
) -> None:
    alone = join(tmp_path, text_of([wins]), home(1))
    for order in ([wins, loses], [loses, wins]):
        both = join(tmp_path, text_of(order), home(1))
        pd.testing.assert_frame_equal(both.labels, alone.labels)
        assert (both.account.kept, both.account.superseded) == (1, 1)


@pytest.mark.parametrize(
    ("column", "value", "expected"),
    [
        ("Registratiedatum", "20240230", "a date such as 20240316"),
        ("Registratiedatum", "", "a date such as 20240316"),
        ("Registratiedatum", "00010101", "a date such as 20240316"),
        ("GeldigTot", "onbekend", "a date such as 20240316"),
        ("Energieklasse", "", "one of A.*, G"),
        ("BAGVerblijfsobjectID", "12AB", "a VBO id of 16 digits"),
        ("BAGVerblijfsobjectID", "0000010000000001,0", "a VBO id of 16 digits"),
        ("BAGVerblijfsobjectID", "\N{ARABIC-INDIC DIGIT ONE}" * 16, "a VBO id of 16 digits"),
        ("PrimaireFossieleEnergie", "150.25", "a number with a decimal comma"),
        ("PrimaireFossieleEnergie", "NaN", "a number with a decimal comma"),
    ],
)
def test_a_wrong_value_is_counted_and_listed_and_the_rest_goes_on(
    column: str, value: str, expected: str, tmp_path: Path
) -> None:
    spoilt = {**row(1, Postcode="1000ZZ"), column: value}
    text = text_of([spoilt, row(2)])
    result = join(tmp_path, text, home(None, "1000ZZ 1"), home(2))
    assert result.labels["reason"].tolist() == [UNREADABLE, ""]
    assert (result.account.wrong, result.account.kept) == (1, 1)
    [problem] = result.problems
    assert (problem.row, problem.column) == (4, column)
    assert re.fullmatch(expected, problem.expected)


def test_a_wrong_vbo_id_counts_wherever_it_is(tmp_path: Path) -> None:
    result = join(tmp_path, text_of([row(BAGVerblijfsobjectID="x")]), home(1))
    assert (result.account.wrong, result.account.elsewhere) == (1, 0)


def test_the_figure_of_another_method_is_not_looked_at(tmp_path: Path) -> None:
    text = text_of([row(1, BerekendeEnergieverbruik="n.v.t.")])
    assert join(tmp_path, text, home(1)).account.kept == 1


def test_no_more_problems_are_listed_than_asked(tmp_path: Path) -> None:
    result = join(tmp_path, text_of([row(1, GeldigTot="x")] * 5), home(1), most=2)
    assert [problem.row for problem in result.problems] == [4, 5]
    assert result.account.wrong == 5


def test_a_byte_that_is_not_utf8_spoils_its_own_row_only(tmp_path: Path) -> None:
    text = text_of(
        [
            row(1, Huisnummertoevoeging="caf#"),
            row(2, Certificaathouder="caf#"),  # a column that is not read
            row(3),
        ]
    )
    result = join(tmp_path, text.encode().replace(b"#", b"\xe9"), home(1), home(2), home(3))
    assert result.labels["reason"].tolist() == [UNREADABLE, "", ""]
    [problem] = result.problems
    assert (problem.row, problem.column) == (4, "Huisnummertoevoeging")
    assert problem.expected == "UTF-8 text"


@pytest.mark.parametrize("change", ["short", "long"])
def test_a_row_with_too_few_or_too_many_values_is_wrong(change: str, tmp_path: Path) -> None:
    *before, line, last = text_of([row(1), row(2)]).splitlines()
    spoilt = line.rpartition(";")[0] if change == "short" else f"{line};"
    text = "\n".join([*before, spoilt, last])
    result = join(tmp_path, text, home(1), home(2))
    assert result.labels["reason"].tolist() == [NOT_REGISTERED, ""]
    [problem] = result.problems
    width = 41 if change == "short" else 43
    assert (problem.row, problem.expected, problem.found) == (4, "42 values", f"{width} values")


def test_quotes_may_hold_separators_line_ends_and_quotes(tmp_path: Path) -> None:
    text = text_of(
        [
            row(1, Projectnaam='De "Voorbeeldlaan"; fase 1\nen fase 2\n', Energieklasse="C"),
            row(2, Certificaathouder="a;b", GeldigTot="x"),
        ]
    )
    result = join(tmp_path, text, home(1), home(2))
    assert first(result)["label"] == "C"
    assert [problem.row for problem in result.problems] == [7]


def test_a_row_may_be_quoted_as_a_whole(tmp_path: Path) -> None:
    *before, line = text_of([row(1, Energieklasse="C")]).splitlines()
    quoted = ";".join(f'"{value}"' for value in line.split(";"))
    assert first(join(tmp_path, "\n".join([*before, quoted]), home(1)))["label"] == "C"


@pytest.mark.parametrize("rows_after", [1, LONGEST_ROW + 5])
def test_a_quote_that_never_closes_takes_no_other_row(rows_after: int, tmp_path: Path) -> None:
    text = text_of([row(1, Projectnaam="#"), *[row(2)] * rows_after, row(3, GeldigTot="x")])
    result = join(tmp_path, text.replace("#", '"open'), home(1), home(2), home(3))
    assert result.labels["reason"].tolist() == [NOT_REGISTERED, "", UNREADABLE]
    assert result.account.superseded == rows_after - 1
    assert [problem.row for problem in result.problems] == [4, 5 + rows_after]
    assert result.problems[0].found == "quotes that are not in order"


def test_a_quote_inside_a_value_is_a_sign_like_others(tmp_path: Path) -> None:
    text = text_of([row(1, Projectnaam="12# buis"), row(2)]).replace("#", '"')
    assert join(tmp_path, text, home(1), home(2)).account.kept == 2


def test_several_unclosed_quotes_are_each_their_own_row(tmp_path: Path) -> None:
    rows = [row(1, Projectnaam="#"), row(2), row(3, Projectnaam="#"), row(4)]
    text = text_of(rows).replace("#", '"x"y')
    result = join(tmp_path, text, home(1), home(2), home(3), home(4))
    assert result.labels["reason"].tolist() == [NOT_REGISTERED, "", NOT_REGISTERED, ""]
    assert [problem.row for problem in result.problems] == [4, 6]


def test_empty_lines_are_no_rows(tmp_path: Path) -> None:
    text = text_of([row(1), row(2, GeldigTot="x")]).replace("\n0", "\n\n0")
    result = join(tmp_path, f"{text}\n \n", home(1), home(2))
    assert result.account.read == 2


def test_a_file_with_only_names_of_columns_has_no_rows(tmp_path: Path) -> None:
    result = join(tmp_path, text_of([]), home(1))
    assert (result.account.read, result.account.unmatched) == (0, 1)
    assert first(result)["reason"] == NOT_REGISTERED


def test_no_homes_give_an_empty_table_of_the_same_kinds(tmp_path: Path) -> None:
    empty = join(tmp_path, text_of(ROWS))
    full = join(tmp_path, text_of(ROWS), *HOMES)
    assert empty.labels.dtypes.to_dict() == full.labels.dtypes.to_dict()
    assert (empty.account.homes, empty.account.elsewhere) == (0, 17)


@pytest.mark.parametrize("column", ["BAGVerblijfsobjectID", "Postcode", "PrimaireFossieleEnergie"])
def test_a_missing_column_is_named_with_what_was_found(column: str, tmp_path: Path) -> None:
    names = ";".join(name for name in V4.split(";") if name != column)
    said = refusal(write(tmp_path, text_of([row(1)], names)))
    assert said.startswith(f"v20241201_v4_csv.zip, row 3, column {column}: expected a column")
    assert "found 'Registratiedatum;" in said
    assert "\n" not in said


def test_the_columns_of_a_file_without_preamble_are_on_its_first_row(tmp_path: Path) -> None:
    result = join(tmp_path, text_of([row(1, GeldigTot="x")], preamble=""), home(1))
    assert [problem.row for problem in result.problems] == [2]
    assert result.published == ""


def test_a_column_that_is_there_twice_is_refused(tmp_path: Path) -> None:
    said = refusal(write(tmp_path, text_of([], f"{V4};Pand_energieklasse")))
    assert "row 3, column Energieklasse: expected each column once" in said


@pytest.mark.parametrize(
    "content",
    [b"", b"\n\n", b"\xef\xbb\xbf"],
)
def test_an_empty_file_is_refused(content: bytes, tmp_path: Path) -> None:
    assert "expected content, found an empty file" in refusal(write(tmp_path, content))


@pytest.mark.parametrize(
    "content",
    [
        b"dwelling_id,label\n1,A\n",
        text_of([row(1)]).encode("utf-16"),
        bytes(range(256)) * 20,
        b'"' * 500,
    ],
    ids=["another list", "UTF-16", "binary", "quotes"],
)
def test_something_else_is_refused_with_the_columns_that_it_lacks(
    content: bytes, tmp_path: Path
) -> None:
    assert "expected a column BAGVerblijfsobjectID or" in refusal(write(tmp_path, content))


def test_a_file_without_line_ends_is_not_read_into_memory(tmp_path: Path) -> None:
    said = refusal(write(tmp_path, bytes(LONGEST_LINE + 2 * BLOCK_BYTES)))
    assert "found a line of more than 1,048,576 bytes" in said


def test_a_zip_must_hold_one_csv_file(tmp_path: Path) -> None:
    path = tmp_path / "leeg.zip"
    with zipfile.ZipFile(path, "w"):
        pass
    assert "expected a zip with one CSV file, found 'nothing'" in refusal(path)
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("een.csv", text_of(ROWS))
        archive.writestr("leesmij.txt", "Voorbeeldlaan")
    assert join_labels(path, frame(HOMES), peildatum=PEILDATUM).account.read == len(ROWS)
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("twee.csv", text_of(ROWS))
    assert "found 'een.csv, leesmij.txt, twee.csv'" in refusal(path)


def test_a_file_that_is_not_there_or_no_zip_is_refused(tmp_path: Path) -> None:
    assert "found no such file or directory" in refusal(tmp_path / "nergens.csv")
    path = tmp_path / "lijst.zip"
    path.write_text(text_of(ROWS), encoding="utf-8")
    assert "found file is not a zip file" in refusal(path)


def test_a_zip_that_breaks_off_is_refused(tmp_path: Path) -> None:
    path = write(tmp_path, text_of(ROWS))
    whole = path.read_bytes()
    for length in range(0, len(whole), 97):
        path.write_bytes(whole[:length])
        assert "expected a complete, readable file" in refusal(path)


@pytest.mark.parametrize(
    ("place", "value"),
    [(8, 1), (9, 8), (10, 12), (10, 14), (10, 99), (20, 5)],
    ids=["password", "name", "bzip2", "lzma", "unknown", "size"],
)
def test_a_zip_that_says_what_it_is_not_is_refused(place: int, value: int, tmp_path: Path) -> None:
    path = write(tmp_path, text_of(ROWS), member="v4_\N{LATIN SMALL LETTER E WITH ACUTE}.csv")
    content = bytearray(path.read_bytes())
    directory = content.rindex(b"PK\x01\x02")  # its fields stand at fixed places
    content[directory + place] = value
    if place < 20:  # the same fields, two bytes earlier, before the file itself
        content[place - 2] = value
    if value == 8:  # the name is in UTF-8, they say
        content[directory + 49] = 0xFF
    path.write_bytes(content)
    assert "expected a complete, readable file" in refusal(path)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder whose file each example writes anew."""
    return tmp_path_factory.mktemp("ep_online")


@given(st.data())
def test_damage_gives_an_answer_or_a_refusal(folder: Path, data: st.DataObject) -> None:
    path = write(folder, text_of(ROWS))
    content = bytearray(path.read_bytes())
    for place in data.draw(st.lists(st.integers(0, len(content) - 1), min_size=1, max_size=4)):
        content[place] = data.draw(st.integers(0, 255))
    path.write_bytes(content)
    with suppress(InputError):
        account = join_labels(path, frame(HOMES), peildatum=PEILDATUM).account
        assert account.homes == len(HOMES)


def test_memory_does_not_grow_with_the_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("geo_lv.sources.delimited.BLOCK_BYTES", 1 << 14)
    # rows of the homes, over and over, are what a careless reader would keep
    text = text_of([row(n % 50, Huisnummer=str(1 + n)) for n in range(300)], preamble="")
    header, body = text.split("\n", 1)
    homes = frame([home(n) for n in range(50)])
    peaks = []
    # the first one fills what Python keeps anyway; below some 10,000 rows the buffers are not full
    for times in (1, 40, 120):
        path = write(tmp_path, f"{header}\n{body * times}")
        gc.collect()  # what other tests left behind is not of this file
        tracemalloc.start()
        account = join_labels(path, homes, peildatum=PEILDATUM).account
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
        assert (account.kept, account.superseded) == (50, 300 * times - 50)
    assert peaks[2] < 1.05 * peaks[1]


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (("1000ZZ", "1", "A", ""), ("1000 zz", " 01 ", "", "a"), True),
        (("1000ZZ", "1", "A", "2"), ("1000ZZ", "1A2", "", ""), True),
        (("1000ZZ", "1", "", "bis"), ("1000ZZ", "1", "", "BIS."), True),
        (("1000ZZ", "1", "", "1-2"), ("1000ZZ", "1", "", "12"), False),
        (("1000ZZ", "11", "", ""), ("1000ZZ", "1", "", "1"), False),
        (("1000ZZ", "1", "A", ""), ("1000ZZ", "1", "", ""), False),
        (("1000ZZ", "1", "", ""), ("1000ZY", "1", "", ""), False),
    ],
)
def test_two_spellings_of_an_address_are_the_same(
    one: tuple[str, str, str, str],
    other: tuple[str, str, str, str],
    same: bool,  # noqa: FBT001  a table of cases
) -> None:
    assert (address_key(*one) == address_key(*other)) is same
    assert address_key(*one)


@pytest.mark.parametrize(
    "address", [("", "1"), ("1000ZZ", ""), ("1000", "1"), ("1000ZZ", "A"), ("1000ZZ", "0")]
)
def test_a_part_of_an_address_is_none(address: tuple[str, str]) -> None:
    assert address_key(*address, "A", "") == ""


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("20240229", "2024-02-29"),
        ("2024-02-29", "2024-02-29"),
        ("2024-02-29 00:00:00.000", "2024-02-29"),
        ("29-2-2024", "2024-02-29"),
        ("20230229", ""),
        ("2024-0229", ""),
        ("2024-W09-4", ""),
        ("99990101", ""),
    ],
)
def test_a_date_is_read_as_written_or_not_at_all(text: str, expected: str) -> None:
    assert iso_date(text) == expected


def test_a_vbo_id_that_lost_its_zero_gets_it_back() -> None:
    assert vbo_key("518010000000001") == "0518010000000001"
    assert vbo_key("51801000000001") == ""
    assert vbo_key("") == ""


def test_a_home_gets_no_label_that_is_of_another_home(tmp_path: Path) -> None:
    text = text_of([row(1, Postcode="1000ZZ")])
    result = join(tmp_path, text, home(1), home(None, "1000ZZ 1"))
    assert result.labels["reason"].tolist() == ["", SEVERAL_HOMES]


def test_a_vbo_id_that_is_not_in_the_file_leaves_the_address(tmp_path: Path) -> None:
    result = join(tmp_path, text_of([row(1, Postcode="1000ZZ")]), home(2, "1000ZZ 1"))
    assert (first(result)["label"], first(result)["matched_by"]) == ("B", BY_ADDRESS)


def test_counts_that_do_not_add_up_are_refused() -> None:
    with pytest.raises(GeoLvError, match="expected 2 rows, found 1"):
        Account(2, 1, 0, 0, 0, 0, 0, 0, 0, 0)


# The second implementation: every row in memory, one question at a time.

DATES = st.sampled_from(["20140101", "20160601", "20200101", "20241231", "20250101", "20250102"])
DRAWN_ROWS = st.lists(
    st.builds(
        row,
        st.sampled_from([None, 1, 2, 3, 4]),
        Registratiedatum=DATES,
        GeldigTot=DATES,
        Energieklasse=st.sampled_from(["A+", "A", "C", "H"]),
        Berekeningstype=st.sampled_from([NTA, OLDER, "?"]),
        PrimaireFossieleEnergie=st.sampled_from(["", "10,5", "99"]),
        Postcode=st.sampled_from(["1000ZZ", "1000 ZZ", "2000ZZ"]),
        Huisnummer=st.sampled_from(["1", "2", "3"]),
        Projectnaam=st.sampled_from(["", "a;b", 'een "naam"\nvan twee regels']),
    ),
    max_size=14,
)
DRAWN_HOMES = st.lists(
    st.builds(
        home,
        st.sampled_from([None, 1, 2, 3]),
        st.sampled_from(["", "1000ZZ 1", "1000ZZ 2", "1000ZZ 3"]),
    ),
    max_size=6,
)


def is_own(one: Values, each: Values) -> bool:
    """Tell whether a row has the VBO id of a home."""
    return bool(each["vbo_id"]) and one["BAGVerblijfsobjectID"] == each["vbo_id"]


def is_there(one: Values, each: Values) -> bool:
    """Tell whether a row has the address of a home."""
    return f"{one['Postcode'].replace(' ', '')} {one['Huisnummer']}" == place_of(each)


def place_of(each: Values) -> str:
    """Return the address of a home."""
    return f"{each['postcode']} {each['house_number']}"


def state_of(one: Values) -> str:
    """Return what becomes of a row that is about a home."""
    if one["Energieklasse"] == "H":
        return "wrong"
    if one["GeldigTot"] < "20250101":
        return "expired"
    return "later" if one["Registratiedatum"] > "20250101" else "valid"


def worth(one: Values) -> tuple[object, ...]:
    """Return how a valid row ranks."""
    ep2 = one["PrimaireFossieleEnergie"].replace(",", ".") if one["Berekeningstype"] == NTA else ""
    worse = ["A+", "A", "C"].index(one["Energieklasse"])
    by_older = one["Berekeningstype"] == OLDER
    return one["Registratiedatum"], one["GeldigTot"], ep2 != "", worse, float(ep2 or 0), by_older


def simple_answer(each: Values, homes: list[Values], rows: list[Values]) -> tuple[str, str, str]:
    """Return label, registration date and reason of a home, with every row in memory."""
    found = [one for one in rows if is_own(one, each)]
    if not found:
        found = [one for one in rows if is_there(one, each)]
        ids = {one["BAGVerblijfsobjectID"] for one in found} - {""}
        if not each["postcode"] and not each["vbo_id"]:
            return NO_LABEL, "", NO_KEY
        if len(ids) > 1:
            return NO_LABEL, "", SEVERAL_VBOS
        shared = [place_of(other) for other in homes].count(place_of(each)) > 1
        if found and (shared or ids & {other["vbo_id"] for other in homes}):
            return NO_LABEL, "", SEVERAL_HOMES
    valid = [one for one in found if state_of(one) == "valid"]
    if valid:
        best = max(valid, key=worth)
        return best["Energieklasse"], iso_date(best["Registratiedatum"]), ""
    states = {state_of(one) for one in found}
    for state, reason in (("expired", EXPIRED), ("later", LATER), ("wrong", UNREADABLE)):
        if state in states:
            return NO_LABEL, "", reason
    return NO_LABEL, "", NOT_REGISTERED


def simple_counts(homes: list[Values], rows: list[Values]) -> Counter[str]:
    """Count what becomes of every row."""
    counts: Counter[str] = Counter()
    holding = set()
    for one in rows:
        about = any(is_own(one, each) or is_there(one, each) for each in homes)
        state = state_of(one) if about else "elsewhere"
        key = one["BAGVerblijfsobjectID"] or (one["Postcode"][:4], one["Huisnummer"])
        if state == "valid":
            state = "superseded" if key in holding else "kept"
            holding.add(key)
        counts[state] += 1
    return counts


@given(rows=DRAWN_ROWS, homes=DRAWN_HOMES, seed=st.integers())
def test_a_second_implementation_says_the_same_of_every_home_and_row(
    rows: list[Values], homes: list[Values], seed: int, folder: Path
) -> None:
    result = join(folder, text_of(rows), *homes)
    found = result.labels[["label", "registered", "reason"]].itertuples(index=False, name=None)
    assert list(found) == [simple_answer(each, homes, rows) for each in homes]
    account = result.account
    counts = simple_counts(homes, rows)
    parts = ("elsewhere", "wrong", "expired", "later", "superseded", "kept")
    assert {part: getattr(account, part) for part in parts} == {p: counts[p] for p in parts}
    assert account.read == len(rows)
    assert account.homes == len(homes)
    matched = result.labels["matched_by"] != ""
    assert (result.labels["reason"] == "").equals(matched)
    assert account.matched == matched.sum()
    shuffled = random.Random(seed).sample(rows, len(rows))  # noqa: S311  not for secrets
    again = join(folder, text_of(shuffled), *homes)
    pd.testing.assert_frame_equal(again.labels, result.labels)
    assert again.account == account

"""Tables over OData: the real cbsodata, our transport, and a server that is as odd as CBS is."""

import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo_lv.schema import Reason
from geo_lv.sources import faults
from geo_lv.sources.odata import (
    ROWS,
    Wanted,
    cell_of,
    columns_of,
    dimensions_of,
    fetch_entity,
    fetch_tables,
    normal,
    require_column,
    resolved,
    rows_of,
    starts_with,
    tables_of,
    title_of,
)
from geo_lv.sources.odata.ask import as_safe
from geo_lv.sources.odata.columns import similar
from geo_lv.sources.transport import Transport
from tests.odata_stand_in import Dimension, Statline, Table, Topic
from tests.stand_in import Asked, serving

AREAS = {"NL00": "Nederland", "GM0518": "Elders", "WK051801": "Noord", "BU05180100": "Noord"}
KINDS = {"0.0.0": "Totaal", "1.1.1": "Inbraak"}
MONTHS = {"2024MM12": "2024 december", "2025MM01": "2025 januari"}
POLICE = Table(
    "1NED",
    "Misdrijven;  wijk en buurt",
    (
        Dimension("SoortMisdrijf", KINDS, width=6),
        Dimension("WijkenEnBuurten", AREAS, width=10, kind="GeoDetail"),
        Dimension("Perioden", MONTHS, kind="TimeDimension"),
    ),
    (
        Topic("Aantal_1", "Geregistreerde misdrijven", "aantal", ("Misdrijven",)),
        Topic("Appartement_2", "Appartement", "kWh", ("Energie", "Elektriciteit")),
        Topic("Appartement_3", "Appartement", "m³", ("Energie", "Gas")),
    ),
    tuple(
        {"SoortMisdrijf": kind, "WijkenEnBuurten": area, "Perioden": month, "Aantal_1": place}
        for kind in KINDS
        for month in MONTHS
        for place, area in enumerate(AREAS)
    ),
)
DIMENSIONS = ("SoortMisdrijf", "WijkenEnBuurten", "Perioden")


def quick(title: str = "CBS") -> Transport:
    return Transport(title, per_second=1e6, timeout_s=1.0, sleep=lambda _: None, jitter=float)


def fetched(service: Statline, name: str = ROWS, **settings: object) -> bytes:
    with serving(service) as base, quick() as transport:
        return fetch_entity(transport, base, "1NED", name, **settings)  # type: ignore[arg-type]


def codes(document: bytes) -> list[tuple[str, ...]]:
    rows = rows_of("CBS", document, dimensions=DIMENSIONS, columns=("Aantal_1",), table="1NED")
    return [tuple(row[key] for key in DIMENSIONS) for row in rows]


@pytest.mark.parametrize("page", [1, 3, 16, 10_000])
def test_rows_of_all_pages_have_codes_without_padding(page: int) -> None:
    service = Statline(tables=(POLICE,), page=page)
    found = codes(fetched(service))
    assert found == [(kind, area, month) for kind in KINDS for month in MONTHS for area in AREAS]
    assert len(service.asked) == -(-16 // page)


def test_only_what_is_asked_for_comes() -> None:
    service = Statline(tables=(POLICE,))
    where = f"({starts_with('WijkenEnBuurten', ['WK0518', 'BU0518'])}) and Perioden ge '2025MM01'"
    document = fetched(service, columns=(*DIMENSIONS, "Aantal_1"), where=where)
    assert codes(document) == [
        (kind, area, "2025MM01") for kind in KINDS for area in ("WK051801", "BU05180100")
    ]
    assert set(json.loads(document)[0]) == {*DIMENSIONS, "Aantal_1"}
    assert service.asked[0].path == "/ODataFeed/odata/1NED/TypedDataSet"


def test_an_equal_sign_without_all_padding_finds_nothing() -> None:
    service = Statline(tables=(POLICE,))
    assert json.loads(fetched(service, where="WijkenEnBuurten eq 'GM0518'")) == []
    assert len(json.loads(fetched(service, where="WijkenEnBuurten eq 'GM0518    '"))) == 4
    assert starts_with("A", ["'t"]) == "startswith(A,'''t')"


def test_columns_have_their_topics_and_dimensions_any_kind() -> None:
    columns = columns_of("CBS", fetched(Statline(tables=(POLICE,)), "DataProperties"), "1NED")
    assert [(column.key, column.path, column.unit) for column in columns] == [
        *((key, (), "") for key in DIMENSIONS),
        ("Aantal_1", ("Misdrijven",), "aantal"),
        ("Appartement_2", ("Energie", "Elektriciteit"), "kWh"),
        ("Appartement_3", ("Energie", "Gas"), "m³"),
    ]
    assert [column.kind for column in dimensions_of(columns)] == [
        "Dimension",
        "GeoDetail",
        "TimeDimension",
    ]
    assert require_column("CBS", columns, "Perioden", "1NED").key == "Perioden"
    with pytest.raises(faults.SchemaDriftError, match=r"RegioS .*, but SoortMisdrijf, Wijk"):
        require_column("CBS", columns, "RegioS", "1NED")


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        (Wanted(("appartement",), ("m3",)), ["Appartement_3"]),
        (Wanted(("APPARTEMENT ",), ("kWh", "m³")), ["Appartement_2", "Appartement_3"]),
        (Wanted(("Appartement",), ("kWh", "m³"), path=("gas",)), ["Appartement_3"]),
        (Wanted(("Appartement",), ("kWh", "m³"), not_in=("Gas",)), ["Appartement_2"]),
        (Wanted(("Appartement",), ("%",)), []),
        (Wanted(("Flat", "Geregistreerde\u00a0 misdrijven"), ("aantal",)), ["Aantal_1"]),
    ],
)
def test_a_column_is_found_by_title_topic_and_unit(wanted: Wanted, expected: list[str]) -> None:
    columns = columns_of("CBS", fetched(Statline(tables=(POLICE,)), "DataProperties"), "1NED")
    assert [column.key for column in resolved(columns, wanted)] == expected
    assert similar(columns, Wanted(("Misdrijven, geregistreerd",), ())) == (
        "Geregistreerde misdrijven (aantal)",
    )


def test_the_title_of_a_table_and_the_catalogue() -> None:
    service = Statline(tables=(POLICE, replace(POLICE, identifier="2NED", title="Iets")))
    with serving(service) as base, quick() as transport:
        infos = fetch_entity(transport, base, "1NED", "TableInfos")
        tables = fetch_tables(transport, base)
        with pytest.raises(faults.RefusedError, match="status 404"):
            fetch_entity(transport, base, "3NED", "TableInfos")
    assert title_of("CBS", infos, "1NED") == "Misdrijven; wijk en buurt"
    assert tables_of("CBS", tables) == {"1NED": "Misdrijven; wijk en buurt", "2NED": "Iets"}


@pytest.mark.parametrize(
    ("mood", "error", "message"),
    [
        ("page", faults.HtmlError, "found a web page"),
        ("garbled", faults.TruncatedError, "whole JSON"),
        ("charset", faults.CharsetError, "UTF-8 text"),
        ("no value", faults.SchemaDriftError, "expected value in a page"),
        ("renamed", faults.SchemaDriftError, "expected Aantal_1 in a row of 1NED"),
        ("row limit", faults.RowLimitError, "no more than 10000 rows at a time"),
        ("500", faults.NoAnswerError, "it answers with status 500"),
        ("duplicated page", faults.DuplicatePageError, "the same page or row again"),
        ("link to itself", faults.DuplicatePageError, "the same page or row again"),
        ("repeated", faults.DuplicatePageError, "the same page or row again"),
        ("endless", faults.EndlessPagesError, "at most 5 pages, found a link to one more"),
        ("foreign link", faults.ForeignLinkError, "found a link to another"),
        ("elsewhere", faults.RedirectError, "sends us elsewhere with status 302"),
        ("huge", faults.TooLargeError, "at most 9000 bytes"),
    ],
)
def test_each_fault_has_its_own_sentence(
    monkeypatch: pytest.MonkeyPatch, mood: str, error: type[Exception], message: str
) -> None:
    monkeypatch.setattr("geo_lv.sources.odata.ask.MOST_PAGES", 5)
    monkeypatch.setattr("geo_lv.sources.odata.ask.LARGEST_PAGE", 9_000)
    table = replace(POLICE, topics=POLICE.topics[:1])
    service = Statline(tables=(table,), page=6, faults={1: mood}, lasting=True)
    with pytest.raises(error, match=f"^CBS: .*{message}"):
        codes(fetched(service))


def test_what_comes_on_another_page_is_a_row_that_came_before() -> None:
    service = Statline(tables=(POLICE,), page=6, faults={1: "duplicated page"})
    with pytest.raises(faults.DuplicatePageError):
        codes(fetched(service))


@pytest.mark.parametrize(
    "document", [b"{}", b"[1]", b'[{"SoortMisdrijf": "a"}]', b"null"], ids=repr
)
def test_rows_of_another_kind_are_refused(document: bytes) -> None:
    with pytest.raises(faults.SchemaDriftError, match=r"in a row of 1NED"):
        codes(document)
    for read in (columns_of, title_of):
        with pytest.raises(faults.SchemaDriftError, match=r"of 1NED"):
            read("CBS", document, "1NED")
    with pytest.raises(faults.SchemaDriftError, match=r"in the catalogue"):
        tables_of("CBS", document)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (0, (0.0, None)),
        (12, (12.0, None)),
        (-3.5, (-3.5, None)),
        ("  1234", (1234.0, None)),
        ("12,5 ", (12.5, None)),
        ("12.5", (12.5, None)),
        (None, (None, Reason.MISSING)),
        (".", (None, Reason.MISSING)),
        ("       .", (None, Reason.MISSING)),
        ("", (None, Reason.MISSING)),
        (-99997, (None, Reason.SUPPRESSED)),
        (-99997.0, (None, Reason.SUPPRESSED)),
        (" -99997", (None, Reason.SUPPRESSED)),
        (-99995, (None, Reason.MISSING)),
        ("-99995", (None, Reason.MISSING)),
        (-99991, (None, Reason.NOT_APPLICABLE)),
        (-100000, (-100000.0, None)),
    ],
)
def test_each_sign_for_no_number_is_a_reason(
    value: object, expected: tuple[object, object]
) -> None:
    assert cell_of("CBS", value, "Aantal_1") == expected


@pytest.mark.parametrize("value", ["x", "1e5", "1 000", True, [], {}, -99990, "-99996", "٣"])
def test_what_is_no_number_is_refused(value: object) -> None:
    with pytest.raises(faults.WrongValueError, match="known sign that there is none in Aantal_1"):
        cell_of("CBS", value, "Aantal_1")


@given(
    st.integers(-(10**9), 10**9).filter(lambda number: not -99_999 <= number < -99_989)
    | st.floats(-1e9, 1e9, allow_nan=False).map(lambda number: round(number, 3)),
    st.integers(0, 9),
    st.booleans(),
)
def test_a_number_is_read_as_it_is_however_it_is_padded(
    number: float,
    padding: int,
    comma: bool,  # noqa: FBT001 - hypothesis gives it
) -> None:
    text = str(number) if number == int(number) else f"{number:.3f}"
    shown = " " * padding + (text.replace(".", ",") if comma else text) + " " * padding
    assert cell_of("CBS", shown, "a") == cell_of("CBS", number, "a") == (float(text), None)


@given(st.text(alphabet="BUWKGM0123456789.", min_size=1, max_size=10), st.integers(0, 9))
def test_padding_never_changes_a_code(code: str, padding: int) -> None:
    row = {"WijkenEnBuurten": code + " " * padding, "Aantal_1": 1}
    document = json.dumps([row]).encode()
    (found,) = rows_of(
        "CBS", document, dimensions=("WijkenEnBuurten",), columns=("Aantal_1",), table="1NED"
    )
    assert found["WijkenEnBuurten"] == code
    twice = json.dumps([row, {**row, "WijkenEnBuurten": code}]).encode()
    with pytest.raises(faults.DuplicatePageError):
        rows_of("CBS", twice, dimensions=("WijkenEnBuurten",), columns=(), table="1NED")


def test_text_is_compared_in_one_form() -> None:
    assert normal("  Gem.\u00a0 WOZ-waarde  m³ ") == normal("gem. woz-waarde m3")
    assert normal("WOZ-waarde") != normal("WOZ waarde")


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ({}, 500),
        ({"$top": ["5"]}, 200),
        ({"$top": ["5001"]}, 400),
        ({"$skip": ["5"]}, 400),
        ({"$filter": ["Aantal_1 eq '1'"]}, 500),
        ({"$filter": ["SoortMisdrijf eq '1.1.1 '"]}, 200),
        ({"$filter": ["WijkenEnBuurten ge 'GM' and SoortMisdrijf eq '1.1.1 '"]}, 200),
    ],
)
def test_the_stand_in_refuses_what_the_other_interface_refuses(
    query: dict[str, list[str]], status: int
) -> None:
    service = Statline(tables=(POLICE,), limit=8)
    reply = service.answer(Asked("/ODataApi/odata/1NED/TypedDataSet", query, {}), "well")
    assert reply.status == status
    assert (b"more than 8 records" in reply.body) == (status == 500)


@pytest.mark.parametrize(
    ("link", "address", "expected"),
    [
        ("http://cbs.test/ODataFeed/x?a=1", "https://cbs.test", "https://cbs.test/ODataFeed/x?a=1"),
        ("https://cbs.test/ODataFeed/x", "https://cbs.test", "https://cbs.test/ODataFeed/x"),
        ("http://cbs.test.elders.test/x", "https://cbs.test", "http://cbs.test.elders.test/x"),
        ("http://cbs.test:81/x", "https://cbs.test", "http://cbs.test:81/x"),
        ("http://wie@cbs.test/x", "https://cbs.test", "http://wie@cbs.test/x"),
        ("http://127.0.0.1:81/x", "http://127.0.0.1:81", "http://127.0.0.1:81/x"),
    ],
)
def test_a_plain_link_to_the_same_host_is_asked_safely(
    link: str, address: str, expected: str
) -> None:
    assert as_safe(link, address) == expected

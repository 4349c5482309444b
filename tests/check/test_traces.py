"""Homes are found in any text and behind any wrapping; figures, dates and codes are not."""

import base64
import gzip
from collections.abc import Callable
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo_lv.check.scan import Piece, Site, scan
from geo_lv.traces import TraceKind, names_a_place, traces_in

NOTHING = Site(edition="publiek", places=(), indicators=frozenset(), files=frozenset())
WORDS = st.text("abcdefghijklmnopqrstuvwxyzéë .,;:!?()\n", max_size=40)
POSTCODES = st.builds(
    lambda digits, letters, gap, number: f"{digits}{gap}{letters} {number}",
    st.integers(1000, 9999),
    st.text("ABCDEGHJKLMNPRTVWXZ", min_size=2, max_size=2),
    st.sampled_from(["", " "]),
    st.integers(1, 999),
)
HOMES = st.builds(
    lambda municipality, number: f"{municipality:04}01{number:010}",
    st.integers(3, 1999),
    st.integers(0, 10**10 - 1),
)


def _entities(text: str) -> str:
    return "".join(f"&#{ord(sign)};" for sign in text)


def _codes(text: str) -> str:
    return "".join(f"\\u{ord(sign):04x}" for sign in text)


def _base64(text: str) -> str:
    return base64.b64encode(text.encode()).decode()


def _packed(text: str) -> str:
    return base64.b64encode(gzip.compress(text.encode(), mtime=0)).decode()


VEILS: tuple[Callable[[str], str], ...] = (
    str,
    _entities,
    _codes,
    quote,
    _base64,
    _packed,
    "\u200b".join,
    lambda text: _base64(_base64(text)),
    lambda text: _entities(quote(text)),
    lambda text: text.translate({ord("0") + n: chr(0xFF10 + n) for n in range(10)}),
)


def found(text: str) -> set[str]:
    return {str(item.kind) for item in scan("a.html", [Piece("", text)], NOTHING)}


@given(POSTCODES, WORDS, WORDS, st.sampled_from(VEILS))
def test_a_postcode_with_a_number_is_found(
    postcode: str, before: str, after: str, veil: Callable[[str], str]
) -> None:
    hidden = veil(f"de woning {postcode} hier")
    assert TraceKind.POSTCODE in found(f"{before} {hidden} {after}")


@given(HOMES, WORDS, WORDS, st.sampled_from(VEILS))
def test_the_number_of_a_home_is_found(
    home: str, before: str, after: str, veil: Callable[[str], str]
) -> None:
    hidden = veil(f"vbo {home} hier")
    assert TraceKind.BAG in found(f"{before} {hidden} {after}")


FIGURES = st.one_of(
    st.integers(0, 99_999).map(lambda n: f"{n:,}".replace(",", ".")),
    st.floats(0, 100).map(lambda x: f"{x:.1f}%".replace(".", ",")),
    st.floats(0, 1000).map(lambda x: f"{x:.9g}".replace(".", ",")),
    st.integers(1, 99).map(lambda n: f"BU1916{n:02}00"),
    st.integers(1, 13).map(lambda n: f"WK1916{n:02}"),
    st.dates().map(lambda day: day.isoformat()),
    st.integers(1900, 2099).map(lambda year: f"in {year}"),
    st.integers(1900, 2060).map(lambda year: f"{year}–{year + 3}"),
    st.binary(min_size=32, max_size=32).map(bytes.hex),
    st.integers(1, 999_999).map(lambda n: f"€ {n:,}".replace(",", ".")),
    st.sampled_from(["85318NED", "geen gegevens", "label A+++", "woz_waarde-2022", "10 tot 20"]),
)


@given(st.lists(FIGURES, min_size=1, max_size=12), st.sampled_from([" | ", "; ", ", ", "\n"]))
def test_figures_dates_and_codes_are_not_found(figures: list[str], between: str) -> None:
    assert list(traces_in(between.join(figures))) == []


@pytest.mark.parametrize(
    "text",
    [
        "Dorpsstraat 12",
        "Dorpsstraat 12a",
        "Dorpsstraat 12-14",
        "Dorpsstraat 12-II",
        "dorpsstraat_12",
        "Prins Bernhardlaan 2",
        "2261 AB",
        "2261AB 12",
        "2261ab 12",
    ],
)
def test_an_address_is_known_by_how_it_is_written(text: str) -> None:
    assert names_a_place(text)


@pytest.mark.parametrize(
    "text",
    [
        "Nieuwstraat: 18 woningen",
        "straat 5",
        "onderweg 3",
        "Dorpsstraat 12%",
        "Dorpsstraat 12,5",
        "1234 SS 5",
        "#2261AB",
        "1200px 5",
        "in 2025 op 12 plekken",
    ],
)
def test_what_only_looks_a_little_like_an_address_is_none(text: str) -> None:
    assert not names_a_place(text)


def test_an_address_that_was_let_out_is_fine_where_it_stands_and_nowhere_else() -> None:
    site = Site(
        edition="publiek",
        places=("Dorpshuis, Zustersdijk 18-21",),
        indicators=frozenset(),
        files=frozenset(),
    )
    fine = Piece("line 1", "bouw bij Dorpshuis, Zustersdijk 18-21 in 2027")
    other = Piece("line 2", "Zustersdijk 18")
    assert [item.place for item in scan("a.html", [fine, other], site)] == ["line 2"]

"""The bytes of an answer are addresses or are refused, whatever they hold."""

import contextlib
import json
import math
import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo_lv.sources.locatieserver.answers import RefusedAnswerError, parse_answer

from .locatieserver_stand_in import address


def body(*docs: object) -> bytes:
    return json.dumps({"response": {"docs": docs}}).encode()


def test_an_answer_without_addresses_is_empty() -> None:
    assert parse_answer(body()) == ()


def test_an_answer_may_leave_out_what_not_every_address_has() -> None:
    full = address(1) | {"score": 9.5, "type": "adres"}
    optional = {"straatnaam_verkort", "postcode", "buurtcode"}
    (hit,) = parse_answer(body({name: full[name] for name in full if name not in optional}))
    assert (hit.letter, hit.addition, hit.postcode, hit.bu_code) == ("", "", "", "")
    assert hit.xy_rd == (100_125.0, 450_000.25)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\x00",
        b"\xff\xfe",
        b"null",
        b"[]",
        b"{}",
        b'"response"',
        b"<html>",
        b'{"response": null}',
        b'{"response": []}',
        b'{"response": {}}',
        b'{"response": {"docs": null}}',
        b'{"response": {"docs": {}}}',
        b'{"response": {"docs": "none"}}',
        b'{"response": {"docs": [1]}}',
        b'{"response": {"docs": [[]]}}',
        b'{"error": {"code": 400}}',
        b"[" * 100_000,
        b'{"response":' * 10_000,
        b'{"response": {"docs": [{"straatnaam": "\\ud800"}]}}',
        body(address(1))[:-1],
        body(address(1)) + b"}",
    ],
)
def test_what_is_no_answer_is_refused(content: bytes) -> None:
    with pytest.raises(RefusedAnswerError, match="expected addresses"):
        parse_answer(content)


STRANGE: tuple[object, ...] = (None, [], {}, 1.5)
REQUIRED = ("straatnaam", "huisnummer", "woonplaatsnaam", "adresseerbaarobject_id", "centroide_rd")


@pytest.mark.parametrize("name", REQUIRED)
def test_an_address_that_lacks_something_is_refused(name: str) -> None:
    doc = address(1)
    del doc[name]
    with pytest.raises(RefusedAnswerError):
        parse_answer(body(address(2), doc))


@pytest.mark.parametrize(
    ("name", "value"),
    [
        *((name, value) for name in address(1) for value in STRANGE),
        ("huisnummer", "one"),
        ("huisnummer", 0),
        ("huisnummer", -1),
        ("huisnummer", 10**6),
        ("huisnummer", 10**400),
        ("huisnummer", math.nan),
        ("huisnummer", math.inf),
        ("straatnaam", "x" * 1000),
        ("adresseerbaarobject_id", 1010000001000),
        ("adresseerbaarobject_id", "000101000000100"),
        ("adresseerbaarobject_id", "0001010000001000\n"),
        ("adresseerbaarobject_id", "\u0660" * 15 + "1"),
        ("buurtcode", "BU0001020"),
        ("buurtcode", "GM0001"),
        ("centroide_rd", "POINT(nan nan)"),
        ("centroide_rd", "POINT(NaN 450000)"),
        ("centroide_rd", "POINT(1e5 450000)"),
        ("centroide_rd", "POINT(100000)"),
        ("centroide_rd", "POINT(4.38 52.09)"),
        ("centroide_rd", "POINT(450000 100000)"),
        ("centroide_rd", "POINT(100000 450000 3)"),
        ("centroide_rd", "POINT(100000,450000)"),
        ("centroide_rd", f"POINT({'9' * 400} 450000)"),
        ("centroide_rd", [100_000, 450_000]),
    ],
)
def test_an_address_with_something_strange_is_refused(name: str, value: object) -> None:
    with pytest.raises(RefusedAnswerError) as refused:
        parse_answer(body(address(1) | {name: value}))
    assert "Voorbeeld" not in str(refused.value)
    assert refused.value.__cause__ is None


anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)


@given(content=st.binary() | anything.map(lambda value: json.dumps(value).encode()))
def test_nothing_but_addresses_or_a_refusal_comes_of_any_bytes(content: bytes) -> None:
    with contextlib.suppress(RefusedAnswerError):
        assert parse_answer(content) == ()


@given(name=st.sampled_from(sorted(address(1, "A", "2"))), value=anything)
def test_nothing_but_an_address_or_a_refusal_comes_of_any_field(name: str, value: Any) -> None:
    try:
        (hit,) = parse_answer(body(address(1, "A", "2") | {name: value}))
    except RefusedAnswerError:
        return
    assert 1 <= hit.number <= 99_999
    assert re.fullmatch("[0-9]{16}", hit.vbo_id)
    assert re.fullmatch("(BU[0-9]{8})?", hit.bu_code)
    assert all(math.isfinite(metres) for metres in hit.xy_rd)

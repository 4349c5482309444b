"""Homes get the place of their own address or none, politely, and no question is asked twice."""

import json
import logging
import math
import re
import stat
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo_lv.errors import OutputError, SourceError
from geo_lv.sources.locatieserver import Cache, Client, Located, locate, questions_to_ask
from geo_lv.sources.locatieserver.outcomes import AMBIGUOUS, NOT_FOUND, REFUSED, Outcome
from geo_lv.sources.locatieserver.questions import (
    BAD_ADDRESS,
    BAD_VBO_ID,
    NO_ADDRESS,
    folded,
    joined,
    plain,
    questions_of,
)

from .locatieserver_stand_in import Doc, StandIn, address, serving

STREET = [
    address(1),
    address(2),
    address(3),
    address(12),
    address(12, "A"),
    address(12, "b"),
    address(12, "A", "2"),
    address(12, addition="bis"),
    address(12, addition="OR"),
]
ONE = {"postcode": "9999ZZ", "house_number": "1"}
TWO = {"postcode": "9999ZZ", "house_number": "2"}
THREE = {"postcode": "9999ZZ", "house_number": "3"}
TWELVE = {"postcode": "9999ZZ", "house_number": "12"}


class Times:
    """A clock that only moves when someone sleeps."""

    def __init__(self) -> None:
        self.now = 0.0
        self.slept: list[float] = []

    def sleep(self, seconds: float) -> None:
        """Let the time pass."""
        self.slept.append(seconds)
        self.now += seconds

    @property
    def rests(self) -> list[float]:
        """What was slept after a setback, not for the pace."""
        return [seconds for seconds in self.slept if seconds > 0.1]


@pytest.fixture
def times() -> Times:
    return Times()


@pytest.fixture
def service() -> Iterator[StandIn]:
    """Run a stand-in that knows the Voorbeeldlaan."""
    with serving(StandIn(docs=list(STREET))) as running:
        yield running


@pytest.fixture
def client(service: StandIn, times: Times) -> Iterator[Client]:
    with Client(service.url, sleep=times.sleep, clock=lambda: times.now, jitter=float) as ready:
        yield ready


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "locatieserver.jsonl"


@pytest.fixture
def run(client: Client, file: Path) -> Callable[..., Located]:
    """Give a function that locates homes with the cache as it is in the file."""
    return lambda *rows: locate(homes(*rows), client, Cache(file))


def homes(*rows: Mapping[str, object]) -> pd.DataFrame:
    """Return a list of homes of which no more is known than what is given."""
    columns = ("vbo_id", "postcode", "house_number", "house_letter", "addition", "street", "place")
    filled = [{**dict.fromkeys(columns, ""), **row} for row in rows]
    index = pd.Index([7 * row + 3 for row in range(len(rows))])
    table = pd.DataFrame(filled, columns=list(columns), index=index)
    table.insert(0, "dwelling_id", [f"FICTIEF-{row}" for row in range(len(rows))])
    return table


def fates(located: Located) -> list[tuple[float, str] | str]:
    """Return the x and the VBO id of each home, or the reason why there is none."""
    table = located.homes
    assert located.asked + located.from_cache + located.unasked == len(table)
    assert located.located + located.not_located + located.ambiguous == len(table)
    assert located.located == (table["reason"] == "").sum()
    for _, row in table.iterrows():
        assert math.isnan(row["x_rd"]) == math.isnan(row["y_rd"]) == bool(row["reason"])
        assert bool(row["vbo_id"]) == bool(row["bu_code"]) == (not row["reason"])
    rows = zip(table["x_rd"], table["vbo_id"], table["reason"], strict=True)
    return [reason or (x, vbo_id) for x, vbo_id, reason in rows]


def fate(doc: Doc) -> tuple[float, str]:
    """Return the x and the VBO id of an address."""
    x = re.findall(r"[0-9.]+", doc["centroide_rd"])[0]
    return float(x), doc["adresseerbaarobject_id"]


def test_a_home_gets_the_place_the_buurt_and_the_vbo_id_of_its_address(
    run: Callable[..., Located],
) -> None:
    located = run({**ONE, "street": "Voorbeeldlaan", "place": "Voorbeeldstad"})
    assert located.homes.to_dict("index") == {
        3: {
            "dwelling_id": "FICTIEF-0",
            "x_rd": 100_125.0,
            "y_rd": 450_000.25,
            "bu_code": "BU00010203",
            "vbo_id": "0001010000001000",
            "reason": "",
        }
    }
    assert (located.asked, located.located) == (1, 1)


def test_no_homes_ask_nothing(run: Callable[..., Located], service: StandIn) -> None:
    assert fates(run()) == []
    assert service.tried == []


@pytest.mark.parametrize(
    ("home", "found"),
    [
        (TWELVE, address(12)),
        ({**TWELVE, "house_letter": "A"}, address(12, "A")),
        ({**TWELVE, "house_letter": "a"}, address(12, "A")),
        ({**TWELVE, "house_letter": "B"}, address(12, "b")),
        ({**TWELVE, "house_letter": "A", "addition": "2"}, address(12, "A", "2")),
        ({**TWELVE, "addition": "BIS"}, address(12, addition="bis")),
        ({**TWELVE, "addition": "-bis"}, address(12, addition="bis")),
        ({**TWELVE, "addition": "or"}, address(12, addition="OR")),  # a word of Solr
        ({**ONE, "house_number": 1}, address(1)),
        ({**ONE, "house_number": "001"}, address(1)),
        ({**ONE, "postcode": "9999 zz"}, address(1)),
        ({**ONE, "street": "VOORBEELD-LAAN "}, address(1)),
        ({**ONE, "street": "Voorbeeldln"}, address(1)),
        ({**ONE, "place": "voorbeeldstad", "street": None}, address(1)),
        ({"vbo_id": "0001010000001000"}, address(1)),
        ({"vbo_id": "0001010000001000", **ONE, "street": "Voorbeeldlaan"}, address(1)),
    ],
)
def test_an_address_is_found_however_it_is_written(
    run: Callable[..., Located], home: dict[str, object], found: Doc
) -> None:
    assert fates(run(home)) == [fate(found)]


@pytest.mark.parametrize(
    ("home", "differs"),
    [
        ({**ONE, "house_number": "4"}, "house number"),
        ({**ONE, "house_letter": "A"}, "house letter"),
        ({**ONE, "addition": "bis"}, "addition"),
        ({**ONE, "postcode": "9999ZY"}, "postcode"),
        ({**ONE, "street": "Fictiefstraat"}, "street"),
        ({**ONE, "place": "Elders"}, "place"),
        ({**ONE, "postcode": "9998AA", "place": "Elders"}, "postcode, place"),
        ({"vbo_id": "0001010000009999"}, "VBO id"),
        ({"vbo_id": "0001010000001000", "house_number": "2"}, "house number"),
        ({"vbo_id": "0001010000012065", **TWELVE}, "house letter"),  # it is 12 A
    ],
)
def test_an_answer_about_another_address_gives_no_place(
    run: Callable[..., Located], home: dict[str, object], differs: str
) -> None:
    assert fates(run(home)) == [f"only found with another {differs}"]


def test_the_same_street_in_another_town_is_not_taken(
    run: Callable[..., Located], service: StandIn
) -> None:
    service.docs = [address(1, woonplaatsnaam="Elders")]
    found = run({**ONE, "street": "Voorbeeldlaan", "place": "Voorbeeldstad"})
    assert fates(found) == ["only found with another place"]


@pytest.mark.parametrize(
    ("home", "reason"),
    [
        ({}, NO_ADDRESS),
        ({"street": "Voorbeeldlaan", "place": "Voorbeeldstad", "house_number": "1"}, NO_ADDRESS),
        ({"postcode": "9999ZZ"}, NO_ADDRESS),
        ({**ONE, "house_number": pd.NA}, NO_ADDRESS),
        ({**ONE, "house_number": "12a"}, BAD_ADDRESS),
        ({**ONE, "house_number": "12-14"}, BAD_ADDRESS),
        ({**ONE, "house_number": "0"}, BAD_ADDRESS),
        ({**ONE, "house_number": "-1"}, BAD_ADDRESS),
        ({**ONE, "house_number": "1.0"}, BAD_ADDRESS),
        ({**ONE, "house_number": "\u0661"}, BAD_ADDRESS),
        ({**ONE, "postcode": "9999"}, BAD_ADDRESS),
        ({**ONE, "house_letter": "AB"}, BAD_ADDRESS),
        ({**ONE, "addition": "½"}, BAD_ADDRESS),
        ({**ONE, "addition": "1-2"}, BAD_ADDRESS),
        ({**ONE, "addition": "1 2"}, BAD_ADDRESS),
        ({**ONE, "addition": 'A" OR *:*'}, BAD_ADDRESS),
        ({"vbo_id": "503010000012345"}, BAD_VBO_ID),
        ({"vbo_id": "*", **ONE}, BAD_VBO_ID),
        ({"vbo_id": "0001010000001000", "house_letter": "A"}, BAD_ADDRESS),
    ],
)
def test_what_is_no_address_is_not_asked(
    run: Callable[..., Located], service: StandIn, home: dict[str, object], reason: str
) -> None:
    located = run(home)
    assert fates(located) == [reason]
    assert (located.unasked, located.not_located) == (1, 1)
    assert service.tried == []


def test_two_places_with_one_address_are_ambiguous(
    run: Callable[..., Located], service: StandIn
) -> None:
    service.docs.append(address(1, adresseerbaarobject_id="0001010000000077"))
    located = run(ONE, TWO)
    assert fates(located) == [AMBIGUOUS, fate(address(2))]
    assert (located.located, located.ambiguous, located.not_located) == (1, 1, 0)


def test_a_home_with_two_addresses_has_one_place(
    run: Callable[..., Located], service: StandIn
) -> None:
    back_door = address(1) | {"straatnaam": "Fictiefpad", "huisnummer": 80}
    service.docs = [back_door, address(1)]
    vbo_id = address(1)["adresseerbaarobject_id"]
    assert fates(run({"vbo_id": vbo_id}, {"vbo_id": vbo_id, **ONE})) == [fate(address(1))] * 2


def test_every_home_is_accounted_for(run: Callable[..., Located], service: StandIn) -> None:
    service.docs.append(address(3, adresseerbaarobject_id="0001010000000077"))
    located = run(ONE, TWO, ONE, THREE, {}, {**ONE, "house_number": "9"})
    assert [type(found) for found in fates(located)] == [tuple, tuple, tuple, str, str, str]
    assert (located.asked, located.from_cache, located.unasked) == (4, 1, 1)
    assert (located.located, located.ambiguous, located.not_located) == (3, 1, 2)
    assert located.homes.index.tolist() == [3, 10, 17, 24, 31, 38]


def test_a_second_run_asks_nothing_and_finds_the_same(
    run: Callable[..., Located], service: StandIn
) -> None:
    rows = (ONE, TWO, {**ONE, "house_number": "4"})
    first, second = run(*rows), run(*rows)
    pd.testing.assert_frame_equal(first.homes, second.homes)
    assert (second.asked, second.from_cache) == (0, 3)
    assert len(service.tried) == 3


def test_an_empty_answer_is_an_answer(run: Callable[..., Located], service: StandIn) -> None:
    service.helpful = False
    nine = {**ONE, "house_number": "9"}
    assert fates(run(nine)) == fates(run(nine)) == [NOT_FOUND]
    assert len(service.tried) == 1


def test_equal_questions_are_asked_once(run: Callable[..., Located], service: StandIn) -> None:
    located = run(ONE, {**ONE, "postcode": "9999 zz"}, {**ONE, "house_number": "01"})
    assert fates(located) == [fate(address(1))] * 3
    assert (located.asked, located.from_cache, len(service.tried)) == (1, 2, 1)


def test_a_dry_run_counts_and_writes_nothing(
    run: Callable[..., Located], service: StandIn, file: Path
) -> None:
    rows: tuple[dict[str, str], ...] = (ONE, ONE, TWO, {}, {"vbo_id": "0001010000001000"})
    assert questions_to_ask(homes(*rows), Cache(file)) == 3
    assert not file.exists()
    run(ONE)
    assert questions_to_ask(homes(*rows), Cache(file)) == 2
    run(*rows)
    assert questions_to_ask(homes(*rows), Cache(file)) == 0
    assert len(service.tried) == 3


def test_progress_is_told_after_each_home(client: Client, file: Path) -> None:
    told: list[tuple[int, int]] = []
    locate(homes(ONE, {}, ONE), client, Cache(file), lambda *done: told.append(done))
    assert told == [(1, 3), (2, 3), (3, 3)]


def test_only_what_is_needed_is_asked(run: Callable[..., Located], service: StandIn) -> None:
    run({**TWELVE, "house_letter": "A", "street": "Voorbeeldlaan"}, ONE)
    assert service.tried == [
        (
            "type:adres",
            "postcode:9999ZZ",
            "huisnummer:12",
            'huisletter:("A" OR "a")',
            "-huisnummertoevoeging:*",
        ),
        (
            "type:adres",
            "postcode:9999ZZ",
            "huisnummer:1",
            "-huisletter:*",
            "-huisnummertoevoeging:*",
        ),
    ]


@pytest.mark.parametrize(
    ("moods", "rests"),
    [
        (["503"], [1.0]),
        (["500", "503", "429"], [1.0, 2.0, 4.0]),
        (["rest 7"], [7.0]),
        (["rest 0"], [1.0]),
        (["503", "rest 1"], [1.0, 2.0]),  # what it asks for, but never less than our own
        (["rest Wed, 21 Oct 2026 07:28:42 GMT"], [42.0]),
        (["rest Wed, 21 Oct 2020 07:28:42 GMT"], [1.0]),
        (["rest soon"], [1.0]),
        (["rest -5"], [1.0]),
        (["cut", "cut"], [1.0, 2.0]),
        (["503", "503", "503", "503"], [1.0, 2.0, 4.0, 8.0]),
    ],
)
def test_a_setback_is_waited_out(
    run: Callable[..., Located],
    service: StandIn,
    times: Times,
    moods: list[str],
    rests: list[float],
) -> None:
    service.moods.extend(moods)
    located = run(ONE)
    assert fates(located) == [fate(address(1))]
    assert times.rests == rests
    assert located.asked == 1


def test_an_answer_that_does_not_come_is_asked_again(
    service: StandIn, times: Times, file: Path
) -> None:
    service.moods.append("slow")
    with Client(
        service.url, timeout_s=0.2, sleep=times.sleep, clock=lambda: times.now, jitter=float
    ) as client:
        assert fates(locate(homes(ONE), client, Cache(file))) == [fate(address(1))]
    assert times.rests == [1.0]


@pytest.mark.parametrize(
    ("mood", "message", "tries"),
    [
        ("503", "it answers with status 503; ", 5),
        ("429", "it answers with status 429; ", 5),
        ("cut", r"no whole answer \(ChunkedEncodingError\); ", 5),
        ("rest 86400", "it answers with status 429 and asks to wait 86400 seconds; ", 1),
        ("403", "status 403, which another try will not change; ", 1),
        ("400", "status 400, which another try will not change; ", 1),
        ("elsewhere", "status 302, which another try will not change; ", 1),
    ],
)
def test_a_run_that_stops_says_how_far_it_came_and_goes_on_there(
    run: Callable[..., Located], service: StandIn, mood: str, message: str, tries: int
) -> None:
    rows: tuple[dict[str, str], ...] = (ONE, {}, ONE, TWO, THREE)
    service.moods.extend(["well", *[mood] * tries])
    told = f"^Locatieserver: .*{message}3 of 5 homes are done, run it again later"
    with pytest.raises(SourceError, match=told) as stopped:
        run(*rows)
    assert "9999" not in str(stopped.value)
    assert len(service.tried) == 1 + tries
    located = run(*rows)
    assert (located.asked, located.from_cache, located.unasked) == (2, 2, 1)
    assert located.located == 4
    assert set(service.answered.values()) == {1}
    assert len(service.answered) == 3


def test_a_run_that_is_broken_off_goes_on_where_it_was(
    client: Client, service: StandIn, file: Path
) -> None:
    def stop(done: int, _: int) -> None:
        if done == 2:
            raise KeyboardInterrupt

    rows = homes(ONE, TWO, THREE)
    with pytest.raises(KeyboardInterrupt):
        locate(rows, client, Cache(file), stop)
    assert locate(rows, client, Cache(file)).located == 3
    assert sorted(service.answered.values()) == [1, 1, 1]


def test_without_a_server_the_run_stops(times: Times, file: Path) -> None:
    with serving(StandIn(docs=[])) as gone:
        pass
    with (
        Client(gone.url, sleep=times.sleep, clock=lambda: times.now, jitter=float) as client,
        pytest.raises(SourceError, match=r"no whole answer \(ConnectionError\); 0 of 1 homes"),
    ):
        locate(homes(ONE), client, Cache(file))
    assert times.rests == [1.0, 2.0, 4.0, 8.0]


@pytest.mark.parametrize("mood", ["garbled", "page", "huge"])
def test_an_answer_that_cannot_be_read_is_not_kept(
    run: Callable[..., Located], service: StandIn, times: Times, mood: str
) -> None:
    service.moods.extend([mood, "well"])
    located = run(ONE, ONE, TWO)
    assert fates(located) == [REFUSED, REFUSED, fate(address(2))]
    assert (located.asked, located.from_cache, located.not_located) == (2, 1, 2)
    assert times.rests == []
    assert fates(run(ONE)) == [fate(address(1))]
    assert len(service.tried) == 3


def test_many_answers_in_a_row_that_cannot_be_read_stop_the_run(
    run: Callable[..., Located], service: StandIn
) -> None:
    service.moods.extend(["page"] * 4 + ["well"] + ["page"] * 5)
    rows = [{**ONE, "house_number": str(number)} for number in range(1, 20)]
    with pytest.raises(SourceError, match=r"5 times in a row; 9 of 19 homes are done"):
        run(*rows)
    assert len(service.tried) == 10


def test_no_second_holds_more_requests_than_agreed(
    service: StandIn, times: Times, file: Path
) -> None:
    rows = [{**ONE, "house_number": str(number)} for number in range(1, 26)]
    moments: list[float] = []
    with Client(service.url, sleep=times.sleep, clock=lambda: times.now) as client:
        locate(homes(*rows), client, Cache(file), lambda *_: moments.append(times.now))
    assert len(service.tried) == 25
    assert all(later - first > 0.999 for first, later in zip(moments, moments[10:], strict=False))
    assert times.now == pytest.approx(2.4)


@pytest.mark.parametrize("url", ["http://192.0.2.1/free", "ftp://127.0.0.1/free", "free", ""])
def test_homes_are_sent_to_no_unprotected_address(url: str) -> None:
    with pytest.raises(SourceError, match="starts with https://"):
        Client(url)


def test_no_log_and_no_message_holds_an_address(
    run: Callable[..., Located], service: StandIn, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    service.moods.extend(["well", "cut", "garbled", *["503"] * 5])
    with pytest.raises(SourceError) as stopped:
        run(ONE, TWO, THREE, TWELVE)
    assert not re.search("9999|Voorbeeld", caplog.text)
    assert stopped.value.__cause__ is None
    assert not re.search("9999|Voorbeeld", str(stopped.value))


def test_the_cache_holds_no_address_and_is_for_one_user(
    run: Callable[..., Located], file: Path
) -> None:
    run({**ONE, "street": "Voorbeeldlaan", "place": "Voorbeeldstad"}, {**ONE, "place": "Elders"})
    header, first, second = file.read_text(encoding="utf-8").splitlines()
    assert json.loads(header) == {"geo_lv": "locatieserver", "version": 1}
    assert set(json.loads(first)) == {"x_rd", "y_rd", "bu_code", "vbo_id", "reason", "key"}
    assert set(json.loads(second)) == {"reason", "key"}
    assert not re.search("9999ZZ|Voorbeeld|Elders", first + second)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_a_write_that_was_broken_off_anywhere_loses_one_answer_at_most(
    run: Callable[..., Located], file: Path
) -> None:
    run(ONE, TWO, THREE)
    whole = file.read_bytes()
    ends = [place for place, byte in enumerate(whole, 1) if byte == ord("\n")]
    questions = list(questions_of(homes(ONE, TWO, THREE)))
    for length in range(len(whole) + 1):
        file.write_bytes(whole[:length])
        cache = Cache(file)
        kept = sum(end <= length for end in ends[1:])
        assert [cache.get(question) is not None for question in questions] == [
            place < kept for place in range(3)
        ]
        assert file.read_bytes() == whole[:length]
        for question in questions[kept:]:
            cache.put(question, Outcome(reason=NOT_FOUND))
        again = Cache(file)
        found = [again.get(question) for question in questions]
        assert [bool(outcome and outcome.reason) for outcome in found] == [
            place >= kept for place in range(3)
        ]


def test_a_damaged_line_is_asked_again(
    run: Callable[..., Located], service: StandIn, file: Path
) -> None:
    run(ONE, TWO, THREE)
    header, first, second, third = file.read_bytes().splitlines(keepends=True)
    nowhere = re.sub(rb'"x_rd":[0-9.]+', b'"x_rd":null', second)
    file.write_bytes(header + first[:20] + b"\n" + nowhere + b"\xff\n\n[]\n" + third)
    assert fates(run(ONE, TWO, THREE)) == [fate(address(number)) for number in (1, 2, 3)]
    assert [count for _, count in sorted(service.answered.items())] == [2, 2, 1]


@pytest.mark.parametrize("content", [b"dwelling_id,address\n", b'{"geo_lv":"other"}\n', b"\n"])
def test_a_file_of_someone_else_stays_as_it_is(file: Path, content: bytes) -> None:
    file.write_bytes(content)
    with pytest.raises(OutputError, match=r"locatieserver\.jsonl: expected a cache .* another"):
        Cache(file)
    assert file.read_bytes() == content


def test_a_cache_that_cannot_be_used_says_so(client: Client, tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="cannot read the cache: Is a directory"):
        Cache(tmp_path)
    with pytest.raises(OutputError, match="cannot write the cache: No such file"):
        locate(homes(ONE), client, Cache(tmp_path / "missing" / "file"))


@given(text=st.text())
def test_one_spelling_stays_as_it_is(text: str) -> None:
    assert folded(folded(text)) == folded(text)
    assert plain(plain(text)) == plain(text)
    assert joined(joined(text)) == joined(text)


@given(
    name=st.text(alphabet="abcdefghijklmnopqrstuvwxyzéëïöü0123456789"), gap=st.sampled_from(" -.'")
)
def test_capitals_accents_and_separators_make_no_other_street(name: str, gap: str) -> None:
    other = gap.join(name.upper())
    assert folded(other) == folded(name)


@given(
    number=st.integers(1, 99_999),
    letter=st.sampled_from(["", "A", "z"]),
    addition=st.text(alphabet="0123456789abcXYZ", max_size=4),
    street=st.text(),
)
def test_an_address_that_is_split_is_asked_as_it_is(
    number: int, letter: str, addition: str, street: str
) -> None:
    home = {"house_number": number, "house_letter": letter, "addition": addition, "street": street}
    (question,) = questions_of(homes({**home, "postcode": "9999 ZZ"}))
    assert question.obstacle == ""
    assert f"huisnummer:{number}" in question.filters
    assert all(re.fullmatch(r'-?\w+:[\w*]+|\w+:\([\w" ]+\)', one) for one in question.filters)


@given(number=st.text(min_size=1))
def test_a_house_number_is_asked_whole_or_not_at_all(number: str) -> None:
    (question,) = questions_of(homes({"postcode": "9999ZZ", "house_number": number}))
    if question.obstacle:
        assert not re.fullmatch("0*[1-9][0-9]{0,4}", number.strip())
    else:
        assert int(number.strip()) == int(question.number)


@given(
    one=st.tuples(st.sampled_from("AB "), st.sampled_from(["", "1", "A"]), st.integers(1, 20)),
    other=st.tuples(st.sampled_from("AB "), st.sampled_from(["", "1", "A"]), st.integers(1, 20)),
)
def test_different_homes_have_different_keys(
    one: tuple[str, str, int], other: tuple[str, str, int]
) -> None:
    names = ("house_letter", "addition", "house_number")
    rows = [dict(zip(names, home, strict=True)) | {"postcode": "9999ZZ"} for home in (one, other)]
    first, second = questions_of(homes(*rows))
    assert (first.key == second.key) == (one == other)

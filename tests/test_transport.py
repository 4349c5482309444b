"""The one way to a source: patient, bounded, silent, and never to another host."""

import datetime as dt
import logging
import pickle
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from geo_lv.errors import SourceError
from geo_lv.sources import faults
from geo_lv.sources.answers import read_json, require_keys
from geo_lv.sources.download import download
from geo_lv.sources.fetched import ApiKey
from geo_lv.sources.transport import LONGEST_ANSWER_S, Transport
from tests.stand_in import Asked, Reply, Service, serving

KEY = "geheim-0123456789"


@dataclass
class Shelf(Service):
    """Gives one body, whatever is asked; by range too."""

    body: bytes = b'{"value": [1, 2]}'
    tag: str = '"one"'

    def answer(self, asked: Asked, mood: str) -> Reply:
        """Return the body, or the rest of it."""
        wanted = asked.headers.get("Range")
        head = {"ETag": self.tag}
        if wanted is None or asked.headers.get("If-Range") != self.tag or mood == "from the start":
            return Reply(self.body, 200, head)
        start = int(wanted.removeprefix("bytes=").removesuffix("-"))
        if start >= len(self.body):
            return Reply(b"", 416, head)
        shown = start + (mood == "other range")
        head["Content-Range"] = f"bytes {shown}-{len(self.body) - 1}/{len(self.body)}"
        return Reply(self.body[start:], 206, head)


class Times:
    """A clock that only moves when someone sleeps."""

    def __init__(self) -> None:
        self.now = 0.0
        self.rests: list[float] = []

    def sleep(self, seconds: float) -> None:
        """Let the time pass."""
        if seconds > 0.5:
            self.rests.append(seconds)
        self.now += seconds


@pytest.fixture
def times() -> Times:
    return Times()


@pytest.fixture
def shelf() -> Iterator[Shelf]:
    service = Shelf()
    with serving(service):
        yield service


@pytest.fixture
def transport(times: Times) -> Iterator[Transport]:
    with Transport(
        "Bron",
        timeout_s=0.3,
        sleep=times.sleep,
        clock=lambda: times.now,
        jitter=float,
        now=lambda: dt.datetime.now(dt.UTC),
    ) as ready:
        yield ready


def test_an_answer_is_its_body(transport: Transport, shelf: Shelf) -> None:
    assert transport.get(f"{shelf.base}/x", {"a": ["1", "2"]}, largest=17) == shelf.body
    assert shelf.asked[0].query == {"a": ["1", "2"]}
    assert shelf.asked[0].headers["Accept-Encoding"] == "identity"


@pytest.mark.parametrize(
    ("moods", "rests"),
    [
        (["503"], [1.0]),
        (["429", "500", "cut", "slow"], [1.0, 2.0, 4.0, 8.0]),
        (["rest 7"], [7.0]),
        (["rest Wed, 21 Oct 2026 07:28:42 GMT"], [42.0]),
        (["rest soon", "rest -5"], [1.0, 2.0]),
        (["slightly off"], []),
    ],
)
def test_a_setback_is_waited_out(
    transport: Transport, shelf: Shelf, times: Times, moods: list[str], rests: list[float]
) -> None:
    shelf.moods.extend(moods)
    assert transport.get(shelf.base, largest=100) == shelf.body
    assert times.rests == rests


def test_those_who_wait_do_not_all_come_back_at_once(shelf: Shelf, times: Times) -> None:
    shelf.moods.extend(["503", "rest 4"])
    with Transport("Bron", sleep=times.sleep, clock=lambda: times.now, jitter=lambda: 0.5) as one:
        one.get(shelf.base, largest=100)
    assert times.rests == [1.25, 4.0]


@pytest.mark.parametrize(
    ("mood", "error", "message", "tries"),
    [
        ("503", faults.NoAnswerError, "found it answers with status 503; try again later", 5),
        ("429", faults.NoAnswerError, "status 429", 5),
        ("cut", faults.NoAnswerError, r"no whole answer \(ChunkedEncodingError\)", 5),
        ("long rest", faults.NoAnswerError, "asks to wait 86400 seconds; try again later", 1),
        ("400", faults.RefusedError, "status 400, which another try will not change; check", 1),
        ("403", faults.RefusedError, "status 403", 1),
        ("elsewhere", faults.RedirectError, "elsewhere with status 302.*does not follow", 1),
        ("huge", faults.TooLargeError, "expected at most 100 bytes, found more", 1),
        ("skew", faults.ClockError, "found 72 hours ahead; set the clock", 1),
    ],
)
def test_each_fault_has_its_own_sentence(
    transport: Transport, shelf: Shelf, mood: str, error: type[Exception], message: str, tries: int
) -> None:
    shelf.moods.extend([mood] * tries)
    with pytest.raises(error, match=f"^Bron: .*{message}") as raised:
        transport.get(f"{shelf.base}/secret", {"key": KEY}, largest=100)
    assert isinstance(raised.value, SourceError)
    assert raised.value.__cause__ is None
    assert len(shelf.asked) == tries


@pytest.mark.parametrize(
    "url",
    ["http://192.0.2.1/", "ftp://127.0.0.1/", "x", "", "http://127.0.0.1@192.0.2.1/", "http://[::"],
)
def test_nothing_is_asked_where_others_read_along(transport: Transport, url: str) -> None:
    with pytest.raises(faults.UnsafeAddressError, match="starts with https://, found another"):
        transport.get(url, largest=1)


def test_no_log_and_no_error_holds_a_question_or_a_key(
    transport: Transport, shelf: Shelf, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    shelf.moods.extend(["well", *["cut"] * 5])
    headers = {"Authorization": KEY}
    transport.get(f"{shelf.base}/{KEY}", {"key": KEY}, headers=headers, largest=100)
    with pytest.raises(faults.NoAnswerError) as raised:
        transport.get(f"{shelf.base}/{KEY}", {"key": KEY}, headers=headers, largest=100)
    with pytest.raises(faults.NoAnswerError) as broken:
        transport.get(shelf.base, headers={"Authorization": f"{KEY}\n"}, largest=100)
    assert KEY not in f"{caplog.text}{raised.value}{broken.value}"
    assert shelf.asked[0].headers["Authorization"] == KEY


def test_an_answer_that_drips_without_end_is_left(times: Times, shelf: Shelf) -> None:
    shelf.body = b"x" * 200_000
    slow = iter(range(0, 10_000_000, int(LONGEST_ANSWER_S)))
    with (
        Transport("Bron", sleep=times.sleep, clock=lambda: next(slow), jitter=float) as one,
        pytest.raises(faults.NoAnswerError, match="no whole answer"),
    ):
        one.get(shelf.base, largest=10**6)


@pytest.mark.parametrize(
    ("content", "error", "message"),
    [
        (b"\n <!DOCTYPE html>", faults.HtmlError, "expected data, found a web page"),
        (b'{"a": "\xeb"}', faults.CharsetError, "expected UTF-8 text"),
        ('{"a": 1}'.encode("utf-16"), faults.CharsetError, "expected UTF-8 text"),
        (b'{"a": ', faults.TruncatedError, "expected whole JSON"),
        (b"", faults.TruncatedError, "expected whole JSON"),
        (b'{"a": NaN}', faults.TruncatedError, "expected whole JSON"),
        (b"[" * 100_000, faults.TruncatedError, "expected whole JSON"),
        (b'{"a": ' + b"9" * 5_000 + b"}", faults.TruncatedError, "expected whole JSON"),
    ],
)
def test_what_is_not_json_says_what_it_is(
    content: bytes, error: type[Exception], message: str
) -> None:
    with pytest.raises(error, match=message):
        read_json("Bron", content)
    assert read_json("Bron", b'\xef\xbb\xbf{"a": "\xc3\xab"}') == {"a": "ë"}


@pytest.mark.parametrize("item", [{"a": 1}, [], None, "b"])
def test_a_renamed_key_is_named(item: object) -> None:
    with pytest.raises(faults.SchemaDriftError, match=r"expected .*b in a row, found nothing"):
        require_keys("Bron", item, ("b",), "a row")


def test_a_download_goes_on_where_it_stopped(
    transport: Transport, shelf: Shelf, tmp_path: Path
) -> None:
    shelf.body = bytes(range(256)) * 1000
    shelf.moods.extend(["cut", "cut"])
    told: list[tuple[int, int]] = []
    file = tmp_path / "in" / "list.zip"
    size = download(
        transport, shelf.base, file, largest=10**6, told=lambda *done: told.append(done)
    )
    assert file.read_bytes() == shelf.body
    assert [asked.headers.get("Range") for asked in shelf.asked] == [
        None,
        "bytes=128000-",
        "bytes=192000-",
    ]
    assert told[-1] == (256_000, 256_000) == (size, size)
    assert [path.name for path in file.parent.iterdir()] == ["list.zip"]


@pytest.mark.parametrize("change", ["other version", "none to go on", "whole already", "cut off"])
def test_a_download_goes_on_in_a_later_run_with_the_same_version_only(
    transport: Transport, shelf: Shelf, tmp_path: Path, change: str
) -> None:
    shelf.body = bytes(range(256)) * 1000
    file = tmp_path / "list.zip"
    shelf.moods.extend(["cut", *["503"] * 4])
    with pytest.raises(faults.NoAnswerError):
        download(transport, shelf.base, file, largest=10**6)
    assert not file.exists()
    part = tmp_path / ".list.zip.part"
    assert part.stat().st_size == 128_000
    if change == "other version":
        shelf.body, shelf.tag = b"new" * 100_000, '"two"'
    if change == "none to go on":
        (tmp_path / ".list.zip.part.json").write_text("[]", encoding="utf-8")
    if change == "whole already":
        part.write_bytes(b"0" * 256_000)  # cannot be: the source says there is nothing after it
    if change == "cut off":
        shelf.moods.extend(["other range", "from the start"])
        with pytest.raises(faults.TruncatedError, match="the rest of a file"):
            download(transport, shelf.base, file, largest=10**6)
    download(transport, shelf.base, file, largest=10**6)
    assert file.read_bytes() == shelf.body
    assert [path.name for path in tmp_path.iterdir()] == ["list.zip"]


@pytest.mark.parametrize("largest", [1000, 200_000])
def test_a_download_is_bounded(
    transport: Transport, shelf: Shelf, tmp_path: Path, largest: int
) -> None:
    shelf.body = b"x" * 256_000
    with pytest.raises(faults.TooLargeError, match=f"at most {largest} bytes"):
        download(transport, shelf.base, tmp_path / "list.zip", largest=largest)
    assert not (tmp_path / "list.zip").exists()


def test_a_key_is_never_shown() -> None:
    key = ApiKey(f" {KEY}\n")
    assert key.reveal() == KEY
    assert key.usable
    assert KEY not in f"{key}{key!r}{[key]}"
    with pytest.raises(TypeError, match="a key is not written"):
        pickle.dumps(key)
    assert not any(ApiKey(value).usable for value in ("", "short", "with blank in", "sléutel-123"))

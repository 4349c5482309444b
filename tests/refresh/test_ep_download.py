"""The file of EP-Online: with a key that nobody sees, resumed, and from its own host only."""

import logging
from pathlib import Path

import pytest

from geo_lv.sources import faults
from geo_lv.sources.ep_download import fetch
from geo_lv.sources.fetched import ApiKey, FetchRequest
from tests.ep_stand_in import KEY, NAME, SIGNATURE, Register
from tests.refresh.conftest import Run, contents, quick
from tests.stand_in import MOODS, SETBACKS, serving


def test_the_file_comes_in_the_downloads_and_goes_on_where_it_stopped(
    small: Path, run: Run
) -> None:
    old = contents(small)
    service = Register()
    service.faults, service.lasting = {1: "cut"}, True
    keys = {"ep-online": ApiKey(KEY)}
    with serving(service) as base:
        assert run("ep-online", base, keys=keys).failed
        assert contents(small) == old
        service.faults = {}
        service.asked.clear()
        report = run("ep-online", base, keys=keys)
    assert not report.failed
    assert service.asked[-1].headers["Range"].startswith("bytes=")
    folder = small / "downloads/ep-online"
    assert (folder / NAME).read_bytes() == service.body
    assert {path.name for path in folder.iterdir()} == {NAME, "answers.zip"}


def test_the_key_is_in_no_file_log_error_or_address(
    small: Path, run: Run, caplog: pytest.LogCaptureFixture, capsys: pytest.CaptureFixture[str]
) -> None:
    caplog.set_level(logging.DEBUG)
    said: list[str] = []
    keys = {"ep-online": ApiKey(KEY)}
    for mood in ("well", *MOODS, *Register.own_moods):
        service = Register(huge=100_000)
        service.faults, service.lasting = {0: mood, 1: mood}, mood not in SETBACKS
        with serving(service) as base:
            said.append(repr(run("ep-online", base, keys=keys)))
        assert all(KEY not in asked.path and KEY not in str(asked.query) for asked in service.asked)
    written = b"".join(path.read_bytes() for path in small.rglob("*") if path.is_file())
    for secret in (KEY, SIGNATURE):
        assert secret.encode() not in written
        assert secret not in "".join([*said, caplog.text, *capsys.readouterr()])


@pytest.mark.parametrize("value", ["", "kort", "met spatie erin", "twee\nregels-0123456"])
def test_without_a_usable_key_nothing_is_asked(small: Path, run: Run, value: str) -> None:
    service = Register()
    with serving(service) as base:
        (outcome,) = run("ep-online", base, keys={"ep-online": ApiKey(value)}).outcomes
    assert "set the environment variable EP_ONLINE_API_KEY" in outcome.problem
    assert service.asked == []
    assert not (small / "downloads").exists()


@pytest.mark.parametrize(
    ("faults_", "error", "message"),
    [
        ({0: "401"}, faults.RefusedError, "status 401"),
        ({0: "foreign link"}, faults.ForeignLinkError, "a link to another"),
        ({0: "odd name"}, faults.WrongValueError, "the name of a zip in bestandsnaam"),
        ({0: "renamed"}, faults.SchemaDriftError, "expected downloadUrl in the answer"),
        ({1: "not a zip"}, faults.TruncatedError, "expected a whole zip"),
        ({1: "page"}, faults.TruncatedError, "expected a whole zip"),
        ({1: "elsewhere"}, faults.RedirectError, "status 302"),
    ],
)
def test_each_fault_has_its_own_sentence(
    tmp_path: Path, faults_: dict[int, str], error: type[Exception], message: str
) -> None:
    service = Register(faults=faults_)
    with serving(service) as base, quick("EP-Online") as transport:
        request = FetchRequest("GM0001", base, key=ApiKey(KEY), folder=tmp_path)
        with pytest.raises(error, match=f"^EP-Online: .*{message}"):
            fetch(transport, request, lambda *_: None)
    assert [path.name for path in tmp_path.iterdir() if not path.name.startswith(".")] == []

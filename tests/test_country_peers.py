"""Our national page is held to its limits and to how much more `explore` needs."""

import pytest

from benchmarks import country_peers, results
from benchmarks.browser import Visit
from benchmarks.compared import Compared
from benchmarks.country_peers import EXPLORE
from benchmarks.weighing import Weight

MINE = {
    "build_s": 4.0,
    "bytes": 1e6,
    "gzip_bytes": 6e5,
    "first_map_ms": 500.0,
    "answer_ms": 81.0,
    "heap_mb": 10.0,
}
THEIRS = Compared(EXPLORE, 3, 700, Weight(30_000_000, 9_000_000), Visit(2000, 2000, 50, 90, 11))


@pytest.fixture(autouse=True)
def kept(monkeypatch: pytest.MonkeyPatch) -> dict[str, dict[str, float]]:
    """Keep results here, and measure nothing of the others."""
    found: dict[str, dict[str, float]] = {}
    monkeypatch.setattr(results, "save", found.__setitem__)
    monkeypatch.setattr(country_peers, "candidates", lambda *_: ())
    monkeypatch.setattr(country_peers, "compare", lambda *_: {EXPLORE: THEIRS})
    return found


def test_each_limit_that_is_not_kept_is_named(
    monkeypatch: pytest.MonkeyPatch, kept: dict[str, dict[str, float]]
) -> None:
    """30 times the bytes is enough; 4 times as late is not, and nor is an answer in 81 ms."""
    monkeypatch.setattr(country_peers, "our_page", lambda: (MINE, 40.0))
    text, missed = country_peers.run()
    assert missed == ["answer_ms", "first map"]
    assert "| bytes | 30.0 | 25 |" in text
    assert "| first map | 4.0 | 5 |" in text
    assert "simplified to 40 m" in text
    assert kept == {"country_page": MINE}


def test_without_our_page_the_others_are_reported(
    monkeypatch: pytest.MonkeyPatch, kept: dict[str, dict[str, float]]
) -> None:
    monkeypatch.setattr(country_peers, "OURS", "benchmarks.no_such_page")
    text, missed = country_peers.run()
    assert missed == ["our page: benchmarks.no_such_page is not there"]
    assert EXPLORE in text
    assert kept == {}

"""What the workers of a run share is made by one of them, whole or not at all."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Event

import pytest

from tests.once import Once


def test_the_others_wait_for_the_one_who_makes_it(tmp_path: Path) -> None:
    once, made, begun, go_on = Once(tmp_path), list[str](), Event(), Event()

    def make(out: Path) -> None:
        made.append(out.name)
        begun.set()
        go_on.wait()
        out.write_text("whole", encoding="utf-8")

    with ThreadPoolExecutor(4) as pool:
        first = pool.submit(once, "thing", make)
        begun.wait()
        others = [pool.submit(once, "thing", make) for _ in range(3)]
        assert not (tmp_path / "thing").exists()
        go_on.set()
        found = [each.result() for each in (first, *others)]
    assert set(found) == {tmp_path / "thing"}
    assert found[0].read_text(encoding="utf-8") == "whole"
    assert made == ["thing.unfinished"]


def test_what_fails_leaves_nothing_and_is_tried_again(tmp_path: Path) -> None:
    once = Once(tmp_path)

    def fail(out: Path) -> None:
        (out / "half").mkdir(parents=True)
        raise ValueError(out.name)

    with pytest.raises(ValueError, match="unfinished"):
        once("folder", fail)
    assert not (tmp_path / "folder").exists()
    assert list(once("folder", Path.mkdir).iterdir()) == []

"""The picture of how costs grow is the same for the same numbers, and shows each of them."""

from pathlib import Path

from benchmarks.growth_plot import draw


def test_the_picture_is_the_same_and_has_its_words(tmp_path: Path) -> None:
    lines = {"areas": {"CPU seconds": ([11, 43, 1720], [5.0, 6.5, 60.0])}}
    one, two = tmp_path / "one.svg", tmp_path / "two.svg"
    draw(lines, one)
    draw(lines, two)
    assert one.read_bytes() == two.read_bytes()
    text = one.read_text(encoding="utf-8")
    assert all(f">{word}</text>" in text for word in ("areas", "CPU seconds", "11", "43", "1,720"))

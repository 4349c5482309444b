"""Lists are read and written a block at a time; nobody can tell from what is read or written."""

import csv
import io
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo_lv.intake import lines, store
from geo_lv.intake.mapping import Mapping
from geo_lv.intake.sheet import read_sheet

TEXT = st.text(st.characters(exclude_categories=["Cs", "Cc"]) | st.sampled_from('",\n;'))
PIECES = st.sampled_from([b"a;", b"\n", "é".encode(), b"\xe9", b"\x80", b"\xe2\x82", b"\xf4\x90"])


def letter_by_letter(content: bytes) -> str:
    """Decode as UTF-8 what is UTF-8, and each byte that is not as Windows-1252."""
    text, place = "", 0
    while place < len(content):
        for length in (1, 2, 3, 4):
            try:
                text += content[place : place + length].decode("utf-8")
            except UnicodeDecodeError:
                continue
            break
        else:
            length = 1
            text += content[place : place + 1].decode("cp1252", "replace")
        place += length
    return text


@given(content=st.lists(PIECES).map(b"".join))
def test_bytes_that_are_not_utf_8_are_windows_1252(content: bytes) -> None:
    assert lines.in_utf8(content).decode("utf-8") == letter_by_letter(content)


@pytest.mark.parametrize("size", [1, 7, 64])
@pytest.mark.parametrize("encoding", ["utf-8-sig", "cp1252", "utf-16"])
def test_the_size_of_a_block_does_not_matter(
    size: int, encoding: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "lijst.csv"
    rows = [f'{n};"Café\nlaan {n}";€ {n},50' for n in range(20)]
    path.write_bytes("\n".join(["VHE;Straat;Huur", *rows]).encode(encoding))
    whole = read_sheet(path, Mapping()).rows
    monkeypatch.setattr(lines, "_BLOCK_BYTES", size)
    pd.testing.assert_frame_equal(read_sheet(path, Mapping()).rows, whole)
    expected = [(str(n), f"Café\nlaan {n}", f"€ {n},50") for n in range(20)]
    assert [*whole.itertuples(index=False, name=None)] == expected


@given(rows=st.lists(st.tuples(TEXT, TEXT, TEXT), max_size=12), size=st.integers(1, 5))
def test_what_is_written_is_what_is_read(
    rows: list[tuple[str, str, str]], size: int, tmp_path_factory: pytest.TempPathFactory
) -> None:
    homes = pd.DataFrame(rows, columns=["a", "b", "c"], dtype="str").astype({"b": "category"})
    path = tmp_path_factory.mktemp("written") / "homes.csv"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(store, "_ROWS_AT_ONCE", size)
        store.write_homes(path, homes)
    content = path.read_bytes()
    assert content == homes.to_csv(index=False, lineterminator="\n").encode()
    read = [*csv.reader(io.StringIO(content.decode(), newline=""))]
    assert read == [["a", "b", "c"], *map(list, rows)]

"""A small data folder of an invented place, to put agreements and measurements in."""

from pathlib import Path

import pytest

from tests import small_folder

HEADER = (
    "code,date,value,corporation,area,source,entered_by,entered_on,edition,fictitious,"
    "confidence,note\n"
)


class Folder:
    """A data folder of which the agreements can be written."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def agree(self, text: str) -> None:
        """Write the agreements."""
        (self.path / "agreements" / "afspraken.toml").write_text(text, encoding="utf-8")

    def measure(self, *rows: str) -> None:
        """Write the measurements."""
        text = HEADER + "".join(f"{row}\n" for row in rows)
        (self.path / "agreements" / "metingen.csv").write_text(text, encoding="utf-8")

    def change(self, name: str, old: str, new: str) -> None:
        """Replace a text in a file, where it is."""
        path = self.path / name
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1), encoding="utf-8")


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    """Return a small data folder, complete and right."""
    data = tmp_path / "data"
    small_folder.make(data)
    return Folder(data)

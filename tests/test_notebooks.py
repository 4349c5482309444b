"""The notebooks run from top to bottom with the code beside them, and are stored without output."""

import re
from pathlib import Path
from typing import Any

import nbformat
import pytest
from nbclient import NotebookClient

FOLDER = Path(__file__).parent.parent / "notebooks"
NOTEBOOKS = sorted(FOLDER.glob("*.ipynb"))


def run(name: str) -> list[str]:
    """Execute a notebook and return what its code cells show, as text with single spaces."""
    notebook = nbformat.read(FOLDER / name, as_version=4)
    NotebookClient(notebook, timeout=120, kernel_name="python3").execute(cwd=str(FOLDER))
    return [
        re.sub(r"\s+", " ", text)
        for cell in notebook.cells
        if cell.cell_type == "code"
        for text in _texts(cell.outputs)
    ]


def _texts(outputs: list[Any]) -> list[str]:
    assert [each for each in outputs if each.output_type in {"stream", "error"}] == []
    shown = [each.data for each in outputs]
    return [data.get("text/html", "") + data["text/plain"] for data in shown]


def test_the_notebooks_are_those_of_the_overview() -> None:
    listed = re.findall(
        r"^\| `(\S+\.ipynb)`", (FOLDER / "README.md").read_text("utf-8"), re.MULTILINE
    )
    assert [path.name for path in NOTEBOOKS] == listed


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_is_stored_without_output(path: Path) -> None:
    cells = nbformat.read(path, as_version=4).cells
    assert [cell.outputs for cell in cells if cell.cell_type == "code" and cell.outputs] == []
    assert [cell.execution_count for cell in cells if cell.get("execution_count")] == []


def test_from_data_to_map() -> None:
    shown = "\n".join(run("01_van_gegevens_naar_kaart.ipynb"))
    assert "{'buurt': 43, 'wijk': 13, 'plan': 4, 'gemeente': 1}" in shown
    # the plan area De Heuvel & Amstelwijk is a wijk, with these inhabitants in kerncijfers.csv
    assert "de-heuvel-amstelwijk NaN 3135.0 3250.0" in shown
    assert "geoLvAreaLayer" in shown
    assert "'wijkuitvoeringsplan/essesteijn.html'" in shown


def test_an_own_indicator_reaches_the_pages() -> None:
    """The invented numbers of trees are in the order of the codes of the thirteen wijken."""
    shown = "\n".join(run("02_eigen_indicator.ipynb"))
    assert "{'rows': 13, 'unknown codes': 0, 'wijken without a row': 0}" in shown
    assert "WK191601 2024 510.0" in shown
    assert "WK191604 2024 NaN missing" in shown
    assert "WK191613 2024 95.0" in shown
    # every page but the two of the monitor, which have goals and no indicators
    assert "'verantwoording.html'] {'pages': 25, 'with the indicator': 23}" in shown.replace(
        "\n", " "
    )
    assert [code for code in range(1, 14) if f"'wijk/wk1916{code:02}.html'" not in shown] == []
    # a row for each of thirteen wijken and four plan areas
    assert shown.endswith("17")


def test_signals_with_other_thresholds() -> None:
    shown = "\n".join(run("03_aandachtswijken.ipynb"))
    # seven indicators of thirteen wijken, of which these stand out (tests/test_signals.py)
    assert "{'no signal': 60, 'watch': 28, 'strong': 3}" in shown
    assert "'high within middle': True, 'middle within low': True" in shown
    # on the lists of 2022, by the codes of their buurten in attention.csv
    listed = ("WK191602", "WK191606", "WK191610", "WK191611")
    for number in range(1, 14):
        code = f"WK1916{number:02}"
        (row,) = re.findall(rf"{code} .*?(True|False)", shown.rsplit("on a list", 1)[1])
        assert row == str(code in listed), code


def test_phasing_with_other_years() -> None:
    shown = "\n".join(run("04_warmtefasering.ipynb"))
    # three areas of four have no bar with a source: one plan is late, so that what comes after it
    # is unknown too, and of two areas nothing is known; the what-if gives one of those three bars
    assert "indicatief 1 4" in shown
    assert "onbekend 8 5" in shown
    assert "volgens bron 3 3" in shown
    # two years for the plan and eight for the work, from the invented year on
    assert "opstellen 2026.0 2027.0 indicatief" in shown
    assert "uitvoering 2028.0 2035.0 indicatief" in shown
    assert "gasvrij 2036.0 NaN indicatief" in shown
    assert "{'what if': True, 'known': False}" in shown


def test_another_municipality() -> None:
    """The invented one of docs/voorbeeld: nine buurten in three wijken, three figures of each."""
    shown = "\n".join(run("05_andere_gemeente.ipynb"))
    assert "{'wijken': 3, 'buurten': 9, 'figures': 39}" in shown
    assert "BU99990202 2024 NaN suppressed" in shown
    assert "BU99990300 2024 1720.0" in shown
    assert "geoLvAreaLayer" in shown
    assert 'name = "Nieuw-Voorbeeld"' in shown
    assert "['wijkuitvoeringsplan/nieuw-voorbeeld.html']" in shown

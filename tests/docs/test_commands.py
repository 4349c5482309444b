"""What the documentation prints works: every command, and the round of a year as a whole."""

import csv
import re
import shutil
from pathlib import Path

import openpyxl
import pytest

from geo_lv.check.findings import Kind
from geo_lv.traces import TraceKind
from tests.command import Done, run
from tests.docs.printed import DOCS, blocks, commands, words_of

YEAR = DOCS / "handleiding" / "gegevensbeheerder.md"
LASTING = ("fetch", "serve", "--watch")
"""These ask a source or stay: only their words are checked."""
COMMANDS = ("build", "check", "fetch", "import", "init")
NOTE = "Verzonnen waarde voor deze handleiding."


OURS = sorted(
    {
        command
        for page in DOCS.rglob("*.md")
        for command in commands(page)
        if words_of(command)[:1] == ["geo-lv"] and "…" not in command
    }
)


@pytest.mark.parametrize("command", OURS)
def test_each_command_and_option_exists(command: str) -> None:
    done = run(*words_of(command)[1:], "--help")
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("wrong", ["geo-lv build --nothing", "geo-lv nothing", "geo-lv --no build"])
def test_a_command_that_does_not_exist_is_seen(wrong: str) -> None:
    assert run(*words_of(wrong)[1:], "--help").returncode == 2


def test_options_named_in_the_handleidingen_exist() -> None:
    text = "".join(path.read_text(encoding="utf-8") for path in DOCS.glob("handleiding/*.md"))
    known = "".join(run(name, "--help").stdout for name in COMMANDS)
    named = set(re.findall(r"`(--[a-z-]+)", text))
    assert "--dry-run" in named
    assert {name for name in named if name not in known} == set()


def test_the_handleiding_quotes_what_the_check_says() -> None:
    text = (DOCS / "handleiding" / "webredacteur.md").read_text(encoding="utf-8")
    quoted = re.findall(r"`(an? [^`]+|(?:some|ficti)[^`]+ [^`]+)`", text)
    assert len(quoted) > 5
    assert set(quoted) <= {*Kind, *TraceKind}


@pytest.fixture
def desk(data: Path) -> Path:
    """Return a folder with the data of the example and the list of a corporation."""
    with (data / "properties" / "dwellings.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    wrong = ["BREKEBEEN-1", *rows[1][1:]]
    wrong[rows[0].index("energy_label")] = "Z"
    for row in [*rows, wrong]:
        sheet.append(row)
    book.save(data.parent / "lijst.xlsx")
    return data.parent


def do(command: str, desk: Path) -> Done:
    """Run a command of the page in that folder, as it is printed."""
    match words_of(command):
        case ["cp", "-r", source, copy]:
            shutil.copytree(desk / source, desk / copy)
            return Done(0, "", "")
        case ["geo-lv", *arguments] if not set(arguments) & set(LASTING):
            return run(*arguments, cwd=desk)
        case ["geo-lv", *arguments]:
            return run(*arguments, "--help", cwd=desk)
    pytest.fail(f"the test does not know {command}")


def test_the_round_of_a_year_runs_as_printed(desk: Path) -> None:
    """
    Every command of the page, one after the other, on the embedded data.

    The list has a row that is wrong, and the last check finds what is invented: those end with 1.
    """
    done: dict[tuple[str, int], Done] = {}
    for command in "".join(blocks(YEAR, "sh")).splitlines():
        if " build --out maps" in command and "maps" not in {path.name for path in desk.iterdir()}:
            add_measurement(desk)
        done[command, sum(command == said for said, _ in done)] = do(command, desk)
    failed = [command for (command, _), end in done.items() if end.returncode]
    listed = "geo-lv --data mijn-data import lijst.xlsx --corporatie Vidomes"
    checked = "geo-lv --data mijn-data check maps"
    assert failed == [f"{listed} --dry-run", listed, checked]
    promised = blocks(YEAR, "text")[0].splitlines()
    assert [line for line in promised if line not in done[f"{listed} --dry-run", 0].stdout] == []
    assert "nothing found" in done[checked, 0].stdout
    assert "fictiti" in done[checked, 1].stdout
    assert {"maps", "maps-intern", "maps-2026"} <= {path.name for path in desk.iterdir()}
    assert NOTE in (desk / "maps" / "monitor.html").read_text(encoding="utf-8")


def add_measurement(desk: Path) -> None:
    """Add the row of the page to the measurements."""
    (row,) = blocks(YEAR, "csv")
    file = desk / "mijn-data" / "agreements" / "metingen.csv"
    file.write_text(file.read_text(encoding="utf-8") + row, encoding="utf-8")

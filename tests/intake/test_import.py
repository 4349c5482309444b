"""The command: what it says, what it writes, and that nothing is half done."""

import csv
import shutil
from pathlib import Path

import pytest

from geo_lv.errors import OutputError
from geo_lv.inputs import load_inputs
from geo_lv.intake import ImportOptions, import_list, store
from geo_lv.pipeline import compute
from tests import command

LIST = (
    "VHE;Straat;Huisnummer;Postcode;Energielabel;Kale huur;Buurtcode\n"
    "1;Voorbeeldlaan;1;1001SS;A;628,39;BU19160100\n"
    "2;Voorbeeldlaan;2;1001SS;H;628,39;BU19160100\n"
    "3;Voorbeeldlaan;3;1001SS;C;400;BU19160100\n"
)
DAY = ("--peildatum", "2026-01-01")


def run(data: Path, *arguments: str) -> command.Done:
    return command.run("--data", data, "import", *arguments)


def files_of(data: Path) -> dict[str, bytes]:
    return {
        path.relative_to(data).as_posix(): path.read_bytes()
        for path in data.rglob("*")
        if path.is_file()
    }


@pytest.fixture
def listed(tmp_path: Path) -> Path:
    path = tmp_path / "lijst.csv"
    path.write_text(LIST, encoding="utf-8")
    return path


def test_a_list_is_taken_in_and_the_rest_set_aside(data: Path, listed: Path) -> None:
    done = run(data, str(listed), "--corporatie", "Vidomes", *DAY)
    assert done.returncode == 1
    assert done.stderr == ""
    assert "lijst.csv, row 3, column Energielabel: expected one of A+++++" in done.stdout
    assert "Straat as street" in done.stdout
    reports = data / "properties" / "import" / "vidomes"
    with (reports / "set-aside.csv").open(encoding="utf-8-sig", newline="") as file:
        [aside] = csv.DictReader(file, delimiter=";")
    assert aside == {
        "row_in_file": "3",
        "VHE": "2",
        "Straat": "Voorbeeldlaan",
        "Huisnummer": "2",
        "Postcode": "1001SS",
        "Energielabel": "H",
        "Kale huur": "628,39",
        "Buurtcode": "BU19160100",
    }
    with (reports / "problems.csv").open(encoding="utf-8-sig", newline="") as file:
        [problem] = csv.DictReader(file, delimiter=";")
    assert (problem["row"], problem["column"], problem["found"]) == ("3", "Energielabel", "'H'")
    homes = load_inputs(data).dwellings
    assert homes["dwelling_id"].tolist() == ["1", "3"]
    assert not load_inputs(data).fictitious_dwellings


def test_a_second_list_replaces_the_first_and_tells_what_changed(data: Path, listed: Path) -> None:
    run(data, str(listed), "--corporatie", "Vidomes", *DAY)
    run(data, str(listed), "--corporatie", "WoonInvest", *DAY)
    newer = LIST.replace("2;Voorbeeldlaan;2;1001SS;H", "2;Voorbeeldlaan;2;1001SS;B")
    newer = newer.replace(";C;400;", ";A;700;").replace("\n1;", "\n4;")
    listed.write_text(newer, encoding="utf-8")
    done = run(data, str(listed), "--corporatie", "Vidomes", "--peildatum", "2027-01-01")
    assert done.returncode == 0
    # home 2 was set aside before, 4 is new, 1 is gone, 3 went from C to A and from 400 to 700
    expected = "changed since the last list: 1 gone, 1 label up, 2 new, 1 rent class moved"
    assert expected in done.stdout
    homes = load_inputs(data).dwellings
    assert homes.groupby("corporation")["dwelling_id"].agg(list).to_dict() == {
        "Vidomes": ["2", "3", "4"],
        "WoonInvest": ["1", "3"],
    }
    provenance = (data / "provenance.toml").read_text(encoding="utf-8")
    assert "lijst van Vidomes (2027-01-01), WoonInvest (2026-01-01)" in provenance


def test_two_lists_give_the_pace_of_the_labels(data: Path, listed: Path) -> None:
    listed.write_text(LIST.replace(";H;", ";G;"), encoding="utf-8")
    run(data, str(listed), "--corporatie", "Vidomes", "--peildatum", "2025-01-01")
    assert load_inputs(data).previous_dwellings is None
    listed.write_text(LIST.replace(";H;", ";B;"), encoding="utf-8")
    run(data, str(listed), "--corporatie", "Vidomes", "--peildatum", "2026-01-01")
    inputs = load_inputs(data)
    assert inputs.previous_dwellings is not None
    assert inputs.previous_dwellings["energy_label"].tolist() == ["A", "G", "C"]
    stock = compute(inputs).stock
    [pace] = set(stock.loc[stock["corporation"] == "Vidomes", "pace_so_far"].dropna())
    assert pace == pytest.approx(365.25 / 365)  # one home went up, from G to B, in 365 days
    # a better list of the same day is no step in time
    listed.write_text(LIST.replace(";H;", ";A;"), encoding="utf-8")
    run(data, str(listed), "--corporatie", "Vidomes", "--peildatum", "2026-01-01")
    again = load_inputs(data).previous_dwellings
    assert again is not None
    assert again["energy_label"].tolist() == ["A", "G", "C"]
    assert run(data, "--undo").returncode == 0
    assert load_inputs(data).dwellings["energy_label"].tolist() == ["A", "B", "C"]


def test_a_dry_run_tells_the_same_and_writes_nothing(data: Path, listed: Path) -> None:
    before = files_of(data)
    dry = run(data, str(listed), "--corporatie", "Vidomes", *DAY, "--dry-run")
    assert files_of(data) == before
    wet = run(data, str(listed), "--corporatie", "Vidomes", *DAY)
    assert dry.stdout.splitlines()[:-1] == wet.stdout.splitlines()[:-1]
    assert "dry run" in dry.stdout.splitlines()[-1]


@pytest.mark.parametrize(
    ("content", "corporation", "words"),
    [
        ("", "Vidomes", "an empty file"),
        (LIST, "Elders", "expected one of Vidomes, WoonInvest"),
        (LIST.replace("1001SS", "x"), "Vidomes", "none that can be taken in"),
        (LIST.replace("VHE;", "Nr;").replace("Postcode", "Code"), "Vidomes", "VHE number"),
    ],
)
def test_what_is_refused_changes_no_home(
    data: Path, listed: Path, content: str, corporation: str, words: str
) -> None:
    before = files_of(data)
    listed.write_text(content, encoding="utf-8")
    done = run(data, str(listed), "--corporatie", corporation, *DAY)
    assert done.returncode == 1
    assert words in done.stderr
    assert "Traceback" not in done.stderr
    after = files_of(data)
    assert {name: after[name] for name in before} == before


@pytest.mark.parametrize("arguments", [(), ("lijst.csv",), ("--corporatie", "Vidomes")])
def test_wrong_use_teaches(data: Path, arguments: tuple[str, ...]) -> None:
    done = run(data, *arguments)
    assert done.returncode == 2
    said = " ".join(done.stderr.replace("│", " ").split())
    assert "give the list and whose it is: geo-lv import FILE --corporatie NAME" in said


def test_a_folder_that_is_no_data_folder_is_told_what_to_do(tmp_path: Path, listed: Path) -> None:
    done = run(tmp_path, str(listed), "--corporatie", "Vidomes")
    assert done.returncode == 1
    assert "a data folder of your own" in done.stderr


def test_help_teaches() -> None:
    done = command.run("import", "--help")
    for words in ("--corporatie", "--dry-run", "--mapping", "--undo", "Example: geo-lv import"):
        assert words in done.stdout


def test_a_write_that_fails_leaves_the_old_list(
    data: Path, listed: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = files_of(data)
    options = ImportOptions(data, listed, "Vidomes", "2026-01-01")
    replace = Path.replace

    def refuse(self: Path, target: Path) -> Path:
        if Path(target) == data / "properties" / "dwellings.csv":
            raise OSError(28, "No space left on device")
        return replace(self, target)

    monkeypatch.setattr(Path, "replace", refuse)
    with pytest.raises(OutputError, match="the old file is as it was"):
        import_list(options, lambda *_step: None)
    after = files_of(data)
    assert {name: after[name] for name in before} == before
    assert not [name for name in after if name.endswith(".new")]


def test_the_same_list_gives_the_same_bytes(data: Path, listed: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    shutil.copytree(data, other)
    for folder in (data, other):
        run(folder, str(listed), "--corporatie", "Vidomes", *DAY)
    assert files_of(data) == files_of(other)


def test_an_invented_list_never_pushes_out_a_real_one(data: Path, listed: Path) -> None:
    run(data, str(listed), "--corporatie", "Vidomes", *DAY)
    before = files_of(data)
    done = run(data, str(listed), "--corporatie", "WoonInvest", *DAY, "--fictief")
    assert done.returncode == 1
    assert "found a real list of Vidomes" in done.stderr
    assert files_of(data) == before


def test_a_formula_in_a_row_set_aside_does_not_run(data: Path, listed: Path) -> None:
    listed.write_text(LIST.replace("2;Voorbeeldlaan", "2;=HYPERLINK()"), encoding="utf-8")
    run(data, str(listed), "--corporatie", "Vidomes", *DAY)
    aside = (data / store.FOLDER / "vidomes" / "set-aside.csv").read_text(encoding="utf-8-sig")
    assert ";'=HYPERLINK();" in aside

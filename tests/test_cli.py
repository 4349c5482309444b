"""The command line: exit codes, messages on the right channel, never a traceback."""

import hashlib
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from geo_lv import __version__
from tests.command import PLAIN, ROOT, run


def run_process(*arguments: str | Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run geo-lv in a process of its own."""
    done = subprocess.run(
        [sys.executable, "-m", "geo_lv", *map(str, arguments)],
        cwd=ROOT,
        env={**os.environ, **PLAIN, **environment},
        capture_output=True,
        text=True,
        check=False,
    )
    assert "Traceback" not in done.stdout + done.stderr
    return done


def test_a_build_says_what_it_made_and_where(tmp_path: Path) -> None:
    out = tmp_path / "site"
    done = run("build", "--out", out)
    assert done.returncode == 0
    assert done.stderr == ""
    lines = done.stdout.splitlines()
    assert lines[0].startswith("25 pages, ")
    assert lines[1:] == [
        f"peildatum 2025-08-31; open {out / 'index.html'}",
        "40 dwellings have no certain place: see verantwoording.html",
        "dwellings are the fictitious sample; the pages say so",
    ]


def test_options_reach_the_site(data: Path, tmp_path: Path) -> None:
    """The data folder that stands where the command runs is used without being named."""
    assert data.parent == tmp_path
    done = run(
        "build",
        "--edition",
        "intern",
        "--peildatum",
        "2024-02-29",
        "--basemap",
        "geen",
        "--single-file",
        cwd=tmp_path,
    )
    assert done.returncode == 0, done.stderr
    site = tmp_path / "maps-intern"  # never where the public site stands
    manifest = json.loads((site / "manifest.json").read_bytes())
    assert (manifest["edition"], manifest["peildatum"]) == ("intern", "2024-02-29")
    paths = [item["path"] for item in manifest["outputs"]]
    assert [path for path in paths if path.startswith("assets/")] == ["assets/LICENSE-leaflet.txt"]
    assert "1 dwellings have no certain place" in done.stdout
    assert "pdok" not in (site / "index.html").read_text(encoding="utf-8").lower()


def test_sheets_are_made_on_request_listed_and_linked(data: Path, tmp_path: Path) -> None:
    out = tmp_path / "site"
    done = run("--data", data, "build", "--pdf", "--out", out)
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""  # no bar and no warning where nobody watches
    sheets = {path.relative_to(out).as_posix(): path for path in out.glob("pdf/*")}
    slugs = {path.stem for path in out.glob("wijkuitvoeringsplan/*.html")}
    assert set(sheets) == {f"pdf/{slug}.pdf" for slug in slugs}
    listed = {
        item["path"]: item["sha256"]
        for item in json.loads((out / "manifest.json").read_bytes())["outputs"]
    }
    for path, file in sheets.items():
        assert file.read_bytes().startswith(b"%PDF-")
        assert listed[path] == hashlib.sha256(file.read_bytes()).hexdigest()
        page = out / "wijkuitvoeringsplan" / f"{file.stem}.html"
        assert f'href="../{path}"' in page.read_text(encoding="utf-8")
    assert "pdf/" not in (out / "index.html").read_text(encoding="utf-8")


def test_version() -> None:
    done = run_process("--version")
    assert (done.returncode, done.stdout) == (0, f"geo-lv {__version__}\n")
    assert run("--version") == (0, done.stdout, "")


def test_the_exit_code_is_that_of_the_process() -> None:
    """The other tests run the command in their own process; this holds both to the same."""
    for arguments, code in ((("--data", "niets", "build"), 1), (("bild",), 2)):
        assert run_process(*arguments).returncode == run(*arguments).returncode == code


def test_help_explains_the_exit_codes() -> None:
    done = run("--help")
    assert done.returncode == 0
    assert "0 done, 1 problems found and listed, 2 wrong use" in done.stdout


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("bild",), "No such command"),
        (("build", "--uit", "x"), "No such option"),
        (("build", "--edition", "geheim"), "'geheim' is not one of"),
        (("build", "--peildatum", "2023-02-29"), "expected a day that exists"),
        (("build", "--peildatum", "29-02-2024"), "expected a day that exists"),
        (("build", "--peildatum", "20240229"), "expected a day that exists"),
        (("build", "extra"), "unexpected extra argument"),
        (("--data", "pyproject.toml", "build"), "is a file"),
        ((), "Usage"),
    ],
)
def test_wrong_use_is_2_and_builds_nothing(
    tmp_path: Path, arguments: tuple[str, ...], words: str
) -> None:
    (tmp_path / "pyproject.toml").write_text("", encoding="utf-8")
    done = run(*arguments, cwd=tmp_path)
    assert done.returncode == 2
    assert words in done.stdout + done.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["pyproject.toml"]


def test_a_data_folder_that_does_not_exist_is_a_problem(tmp_path: Path) -> None:
    done = run("--data", "niets", "build", cwd=tmp_path)
    assert done.returncode == 1
    assert done.stdout == ""
    assert "municipality.toml: expected a readable file" in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_an_output_folder_of_somebody_else_is_a_problem(tmp_path: Path) -> None:
    (tmp_path / "maps").mkdir()
    (tmp_path / "maps" / "scriptie.docx").write_text("mine", encoding="utf-8")
    done = run("build", cwd=tmp_path)
    assert done.returncode == 1
    assert "found 'scriptie.docx'" in done.stderr
    assert [path.name for path in (tmp_path / "maps").iterdir()] == ["scriptie.docx"]


def test_a_name_cannot_drive_the_terminal(data: Path, tmp_path: Path) -> None:
    path = data / "agreements" / "phasing.csv"
    content = path.read_text(encoding="utf-8")
    path.write_text(content.replace("essesteijn,", "\u202eessesteijn\u2028,", 1), encoding="utf-8")
    done = run("--data", data, "build", "--out", tmp_path / "out")
    assert done.returncode == 1
    assert "\u202e" not in done.stderr
    assert "\\u202eessesteijn\\u2028" in done.stderr
    assert len(done.stderr.splitlines()) == done.stderr.count("phasing.csv")


def test_messages_can_be_written_in_a_terminal_that_knows_only_ascii(
    data: Path, tmp_path: Path
) -> None:
    path = data / "agreements" / "phasing.csv"
    content = path.read_text(encoding="utf-8")
    path.write_text(content.replace("essesteijn,", "éssesteijn,", 1), encoding="utf-8")
    arguments = ("--data", data, "build", "--out", tmp_path / "out")
    done = run_process(*arguments, LC_ALL="C", PYTHONIOENCODING="ascii", PYTHONUTF8="0")
    assert done.returncode == 1
    assert "phasing.csv, row 8, column plan_area" in done.stderr

"""What is for the parties only says so everywhere, asks nobody outside, and stays in its place."""

import csv
import io
import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
import pyzipper

from geo_lv.site.package import INNER
from tests.command import ROOT, Done, run
from tests.once import Once
from tests.publishing.conftest import build, contents, listing

PURPOSE = 'voor <b>"het overleg"</b> \\ van wijk & }'
MARK = "INTERN – niet verspreiden"
PASSWORD = "paard accu nietje batterij"  # noqa: S105 - a test
VARIABLE = "GEO_LV_ZIP_PASSWORD"


@pytest.fixture(scope="session")
def inside(made: Path, once: Once) -> Path:
    """Build the internal edition with a hostile purpose and sheets; tests only read it."""
    options = ("--edition", "intern", "--pdf", "--pack", "veiligheid", "--doel", PURPOSE)
    return once("inside", lambda out: build(made / "data", out, *options))


def test_every_page_says_that_it_stays_inside_with_date_and_purpose(inside: Path) -> None:
    pages = sorted(inside.rglob("*.html"))
    assert len(pages) == 18
    shown = "voor &lt;b&gt;&#34;het overleg&#34;&lt;/b&gt; \\ van wijk &amp; }"
    for path in pages:
        page = path.read_text(encoding="utf-8")
        assert f"<strong>{MARK}</strong>" in page, path
        assert f"peildatum 31 januari 2025 · {shown}" in page, path
        assert "<b>" not in page
        assert '<meta name="robots" content="noindex, nofollow">' in page
        assert len(re.findall(r'href="(?:\.\./)*assets/intern\.\w+\.css"', page)) == 1


def test_the_running_head_of_paper_says_it_too_and_no_sign_ends_its_text(inside: Path) -> None:
    (style,) = inside.glob("assets/intern.*.css")
    (text,) = re.findall(r'--intern: "([^"]*)"; }\n', style.read_text(encoding="utf-8"))
    assert re.fullmatch(r"(?:[^\W_]| |\\[0-9a-f]{6})+", text)
    read = re.sub(r"\\([0-9a-f]{6})", lambda found: chr(int(found[1], 16)), text)
    assert read == f"{MARK} · peildatum 31 januari 2025 · {PURPOSE}"


def test_every_sheet_in_pdf_says_it_too(inside: Path) -> None:
    paths = sorted(inside.glob("pdf/*.pdf"))
    assert len(paths) == 1
    for path in paths:
        with pypdfium2.PdfDocument(path) as document:
            for sheet in document:
                text = sheet.get_textpage().get_text_bounded()
                assert f"{MARK} peildatum 31 januari 2025 · {PURPOSE}" in " ".join(text.split())
        with pikepdf.open(path) as pdf:
            words = f"{MARK} · peildatum 31 januari 2025 · {PURPOSE}"
            assert str(pdf.docinfo["/Keywords"]) == words
            assert str(pdf.docinfo["/Title"]).startswith(f"{MARK}: ")
            assert pdf.open_metadata()["pdf:Keywords"] == words


def test_every_row_of_a_download_says_it_too(inside: Path, made: Path) -> None:
    words = f"{MARK} · {PURPOSE}"
    tables = sorted(inside.glob("data/*.csv"))
    assert len(tables) == 15
    for path in tables:
        text = path.read_text(encoding="utf-8-sig")
        head, *rows = csv.reader(io.StringIO(text, newline=""), delimiter=";")
        assert head[-1] == "verspreiding"
        assert {row[-1] for row in rows} <= {words}
    for path in sorted(inside.glob("data/*.geojson")):
        assert json.loads(path.read_bytes())["verspreiding"] == words
    for path in sorted((made / "old").rglob("*")):
        if path.is_file():
            assert MARK.encode() not in path.read_bytes()
            assert "verspreiding" not in path.read_text(encoding="utf-8")


def test_no_page_asks_another_host_for_a_basemap(inside: Path, made: Path) -> None:
    def maps(site: Path) -> str:
        return "".join(path.read_text("utf-8") for path in site.glob("assets/kaart.*.js"))

    assert "pdok" in maps(made / "old")
    assert "pdok" not in maps(inside)


def wrong_use(made: Path, tmp_path: Path, *options: str) -> str:
    done = run("--data", made / "data", "build", "--out", tmp_path / "uit", *options)
    assert done.returncode == 2
    assert listing(tmp_path) == []
    return " ".join(done.stderr.split())


def test_what_cannot_be_asked_of_the_edition_is_said(made: Path, tmp_path: Path) -> None:
    inside = ("--edition", "intern")
    said = wrong_use(made, tmp_path, *inside, "--basemap", "brt")
    assert "asks nothing of another host" in said
    for doel in ("", "a\nb", "x" * 121):
        assert "one line of text" in wrong_use(made, tmp_path, *inside, "--doel", doel)
    assert "something to lock away" in wrong_use(made, tmp_path, "--zip", "x.zip")


# Two editions never in one folder


@pytest.mark.parametrize("place", ["", "intern", "a/b/intern"])
@pytest.mark.parametrize(("first", "second"), [("publiek", "intern"), ("intern", "publiek")])
def test_no_edition_is_put_in_a_site_of_the_other(
    made: Path, inside: Path, tmp_path: Path, place: str, first: str, second: str
) -> None:
    site = tmp_path / "maps"
    shutil.copytree(inside if first == "intern" else made / "old", site)
    before = contents(tmp_path)
    done = run("--data", made / "data", "build", "--edition", second, "--out", site / place)
    assert done.returncode == 1
    assert f"found a site of the edition {first} in {site}" in done.stderr
    assert contents(tmp_path) == before
    assert listing(tmp_path) == ["maps"]


def test_a_link_does_not_hide_in_which_site_a_folder_lies(made: Path, tmp_path: Path) -> None:
    shutil.copytree(made / "old", tmp_path / "maps")
    (tmp_path / "elders").symlink_to(tmp_path / "maps" / "data")
    out = tmp_path / "elders" / "intern"
    done = run("--data", made / "data", "build", "--edition", "intern", "--out", out)
    assert done.returncode == 1
    assert "found a site of the edition publiek" in done.stderr


def test_no_edition_is_put_around_a_site_of_the_other(made: Path, tmp_path: Path) -> None:
    shutil.copytree(made / "old", tmp_path / "www" / "maps")
    before = contents(tmp_path)
    out = tmp_path / "www"
    done = run("--data", made / "data", "build", "--edition", "intern", "--out", out)
    assert done.returncode == 1
    assert contents(tmp_path) == before


# In one file with a password


def package(made: Path, tmp_path: Path, target: Path, password: str | None) -> Done:
    with pytest.MonkeyPatch.context() as patch:
        patch.delenv(VARIABLE, raising=False)
        if password is not None:
            patch.setenv(VARIABLE, password)
        out = tmp_path / "uit" / "maps-intern"
        options = ("--edition", "intern", "--out", out, "--zip", target)
        return run("--data", made / "data", "build", *options)


def test_a_package_opens_with_its_password_only(made: Path, tmp_path: Path) -> None:
    target = tmp_path / "intern.zip"
    target.write_bytes(b"an earlier one")
    done = package(made, tmp_path, target, PASSWORD)
    assert done.returncode == 0
    assert PASSWORD not in done.stdout + done.stderr
    assert listing(tmp_path) == ["intern.zip", "uit"]
    assert target.stat().st_mode & 0o777 == 0o600
    site = contents(tmp_path / "uit" / "maps-intern")
    with pyzipper.AESZipFile(target) as outer:
        (only,) = outer.infolist()
        assert (only.filename, only.wz_aes_strength) == (INNER, 3)  # 3 is 256 bits
        with pytest.raises(RuntimeError, match=r"[Bb]ad password"):
            outer.read(INNER, pwd=b"another one than this")
        with pytest.raises(RuntimeError, match="encrypted"):
            outer.read(INNER)
        packed = outer.read(INNER, pwd=PASSWORD.encode())
    with pyzipper.ZipFile(io.BytesIO(packed)) as inner:
        assert {name: inner.read(name) for name in inner.namelist()} == site
    raw = target.read_bytes()
    for name in ("index.html", "wk000101", "manifest", "Voorbeeldstad", "Wonen Een", "PK\x03\x04"):
        assert name.encode() not in raw[4:], name


@pytest.mark.parametrize("password", [None, "", "kort", "x" * 11])
def test_a_package_without_a_long_password_is_refused_first(
    made: Path, tmp_path: Path, password: str | None
) -> None:
    done = package(made, tmp_path, tmp_path / "intern.zip", password)
    assert done.returncode == 1
    assert "expected a password of at least 12 signs" in done.stderr
    assert "four words" in done.stderr
    assert listing(tmp_path) == []


@pytest.mark.parametrize(
    ("place", "words"),
    [
        ("uit/maps-intern/intern.zip", "expected a file outside"),
        ("uit/maps-intern", "expected a file outside"),
        ("nergens/intern.zip", "found no folder"),
        (".", "found a folder"),
    ],
)
def test_a_package_in_a_wrong_place_is_refused_first(
    made: Path, tmp_path: Path, place: str, words: str
) -> None:
    done = package(made, tmp_path, tmp_path / place, PASSWORD)
    assert done.returncode == 1
    assert words in done.stderr
    assert listing(tmp_path) == []


def test_a_password_that_is_asked_for_must_be_given_twice(
    made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In a terminal of its own."""
    monkeypatch.delenv(VARIABLE, raising=False)
    target = tmp_path / "intern.zip"
    inside = f"build --edition intern --out {tmp_path / 'uit'} --zip {target}"
    shell = f"{sys.executable} -m geo_lv --data {made / 'data'} {inside}"
    command = ["script", "-qec", shell, "/dev/null"]
    typed = (PASSWORD, f"{PASSWORD} not", PASSWORD, PASSWORD)
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=ROOT
    ) as terminal:
        assert terminal.stdin is not None
        assert terminal.stdout is not None
        said = b""
        for words in typed:  # what is typed before the question does not count
            question = b""
            while not question.endswith((b"Password: ", b"confirmation: ")):
                question += terminal.stdout.read(1)
            said += question
            terminal.stdin.write(f"{words}\n".encode())
            terminal.stdin.flush()
        said += terminal.stdout.read()
    assert terminal.returncode == 0, said
    assert PASSWORD.encode() not in said
    with pyzipper.AESZipFile(target) as outer:
        assert outer.read(INNER, pwd=PASSWORD.encode())

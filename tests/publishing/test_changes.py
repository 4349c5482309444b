"""What the account says of changes since the previous site, and what no garbled site can do."""

import html
import json
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from geo_lv.maps.changes import COMPARED, Changes, Site, compare
from tests.publishing.conftest import build, contents

FIGURES = "gebied_code;cijfer;naam;jaar;waarde;reden\r\n"
SITES = "id;locatie;stand_van_zaken\r\n"
LISTS = "gebied;lijst;jaren;buurt_codes\r\n"


def site(figures: str = "", sites: str = "", lists: str = "") -> Site:
    texts = (FIGURES + figures, FIGURES, SITES + sites, LISTS + lists)
    tables = {name: text.encode("utf-8-sig") for name, text in zip(COMPARED, texts, strict=True)}
    return Site("GM0001", (), ("index.html",), tables)


def rows(before: Site, now: Site) -> tuple[tuple[str, str, str], ...]:
    found = compare(before, now)
    assert found is not None
    return found.rows


def test_figures_are_counted_by_what_became_of_them_and_never_shown() -> None:
    before = site(
        "A;x;Iks;2024;1;\r\nB;x;Iks;2024;2;\r\nC;x;Iks;2024;3;\r\nD;x;Iks;2024;;geheim\r\n"
        "E;x;Iks;2024;5;\r\nF;x;Iks;2024;6;\r\n"
    )
    now = site(
        "A;x;Iks;2024;1;\r\nB;x;Iks;2024;77;\r\nC;x;Iks;2024;;geheim\r\nD;x;Iks;2024;88;\r\n"
        "E;x;Iks;2024;99;\r\nG;x;Iks;2024;66;\r\nA;x;Iks;2025;55;\r\n"
    )
    assert rows(before, now) == (
        (
            "Cijfer",
            "Iks (2024)",
            "1 nieuw, 1 vervallen, 2 veranderd, 1 nu geheim, 1 niet meer geheim",
        ),
        ("Cijfer", "Iks (2025)", "1 nieuw"),
    )


def test_sites_and_lists_are_named() -> None:
    before = site(
        sites="a;Veld;gepland\r\nb;Hoek;gepland\r\n",
        lists="West;Lijst;2024;BU1\r\nOost;Lijst;2024;BU2\r\n",
    )
    now = site(
        sites="a;Veld;klaar\r\nc;Plein;gepland\r\n",
        lists="West;Lijst;2024-2025;BU1\r\nNoord;Lijst;2024;BU3\r\n",
    )
    assert rows(before, now) == (
        ("Nieuwbouw", "Veld", "andere stand van zaken"),
        ("Nieuwbouw", "Hoek", "vervallen"),
        ("Nieuwbouw", "Plein", "nieuw"),
        ("Aandachtslijst", "Lijst: Noord", "nieuw"),
        ("Aandachtslijst", "Lijst: Oost", "vervallen"),
        ("Aandachtslijst", "Lijst: West", "andere jaren of buurten"),
    )


def test_inputs_and_pages_are_named_with_their_version() -> None:
    empty = site().tables
    old = {"path": "a.csv", "sha256": "1", "vintage": "2023", "retrieved": "2024-01-31"}
    new = {"path": "a.csv", "sha256": "2", "vintage": "2024", "retrieved": "2025-01-31"}
    gone, more = {"path": "b.toml", "sha256": "1"}, {"path": "c.toml", "sha256": "1"}
    before = Site("GM0001", (old, gone), ("a.html", "b.html"), empty)
    now = Site("GM0001", (new, more), ("a.html", "c.html"), empty)
    found = compare(before, now)
    assert found == Changes(
        "Er is iets veranderd bij 3 bestanden en 2 pagina's.",
        (
            (
                "Bestand",
                "a.csv",
                (
                    "andere versie: 2024, opgehaald op 31 januari 2025; "
                    "eerder: 2023, opgehaald op 31 januari 2024"
                ),
            ),
            ("Bestand", "b.toml", "vervallen"),
            ("Bestand", "c.toml", "nieuw"),
            ("Pagina", "b.html", "vervallen"),
            ("Pagina", "c.html", "nieuw"),
        ),
    )


def test_nothing_changed_is_nothing() -> None:
    assert compare(site("A;x;Iks;2024;1;\r\n"), site("A;x;Iks;2024;1;\r\n")) is None


def section(out: Path) -> str:
    page = (out / "verantwoording.html").read_text(encoding="utf-8")
    found = re.search(r'<section[^>]*id="veranderd".*?</section>', page, re.DOTALL)
    assert found is not None
    return html.unescape(re.sub(r"\s+", " ", re.sub("<[^>]*>", " ", found[0])))


def test_the_first_build_says_so_and_the_same_inputs_give_the_same_bytes(
    made: Path, out: Path
) -> None:
    assert "Dit is de eerste uitvoering" in section(out)
    build(made / "data", out)
    assert contents(out) == contents(made / "old")


@pytest.fixture
def changed(made: Path, tmp_path: Path) -> Path:
    """Return a folder with another figure and one site less."""
    data = tmp_path / "data"
    shutil.copytree(made / "data", data)
    figures = data / "statistics/kerncijfers.csv"
    text = figures.read_text(encoding="utf-8")
    assert "WK000101,inwoners,2025,2210,," in text
    figures.write_text(text.replace("101,inwoners,2025,2210,,", "101,inwoners,2025,2300,,"))
    for name in ("new_build", "new_build_progress"):
        sites = data / f"agreements/{name}.csv"
        sites.write_text("".join(sites.read_text("utf-8").splitlines(keepends=True)[:-1]), "utf-8")
    return data


def test_changed_inputs_are_told_and_the_account_stays_until_they_change_again(
    out: Path, changed: Path
) -> None:
    build(changed, out)
    said = section(out)
    assert "agreements/new_build.csv" in said
    assert "statistics/kerncijfers.csv" in said
    assert "Inwoners (2025) 2 veranderd" in said  # of the wijk, and of the plan that is that wijk
    assert "De Hoek vervallen" in said
    assert "2.300" not in said
    after = contents(out)
    build(changed, out)
    assert contents(out) == after


def _manifest(edit: Callable[[dict[str, object]], object]) -> Callable[[Path], None]:
    def apply(out: Path) -> None:
        path = out / "manifest.json"
        account = json.loads(path.read_bytes())
        edit(account)
        path.write_text(json.dumps(account), encoding="utf-8")

    return apply


def _figures_are(content: bytes) -> Callable[[Path], None]:
    def apply(out: Path) -> None:
        (out / COMPARED[0]).write_bytes(content)

    return apply


@pytest.mark.parametrize(
    "garble",
    [
        _manifest(lambda account: account.pop("changes")),
        _manifest(lambda account: account.update(changes=[])),
        _manifest(lambda account: account.update(changes={"sentence": 5, "rows": []})),
        _manifest(lambda account: account.update(changes={"sentence": "", "rows": [["a"]]})),
        _manifest(lambda account: account.update(inputs=5)),
        _manifest(lambda account: account.update(inputs=[{"path": "a"}, {}])),
        _manifest(lambda account: account.update(inputs=["x"])),
        _figures_are(b""),
        _figures_are(b"\xff\xfe\x00"),
        _figures_are(b'a;b\r\n"x'),
        _figures_are(b"gebied_code;cijfer;jaar\r\nA\r\nB;x;y;z;z\r\n"),
        lambda out: (out / COMPARED[2]).unlink(),
    ],
)
def test_a_garbled_site_cannot_be_compared_and_stops_nothing(
    made: Path, out: Path, garble: Callable[[Path], None]
) -> None:
    garble(out)
    build(made / "data", out)
    assert "De vorige uitvoering kon niet worden vergeleken: een bestand ervan" in section(out)


def test_a_site_of_another_municipality_is_not_compared(made: Path, out: Path) -> None:
    _manifest(lambda account: account.update(municipality="GM9999"))(out)
    build(made / "data", out)
    assert "kon niet worden vergeleken: die ging over een andere gemeente" in section(out)

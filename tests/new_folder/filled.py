"""The second municipality in two states: as `geo-lv init` made it, and filled in."""

import re
from pathlib import Path
from typing import Final

from tests.command import run
from tests.new_folder.second import GM, SIDE, SOUTH, WEST, Cbs

OWNER: Final = "Wonen 't Hart & Zn."
HOMES: Final = {"BU99010000": 25, "BU99010003": 15, "BU99010004": 30, "BU99010100": 45}
"""None lies in wijk 02. Of each 5, 2 have label A, 2 C and 1 F."""
_INSIDE: Final = {
    "BU99010000": (0.2, 1.2),
    "BU99010003": (1.45, -0.45),  # on the island
    "BU99010004": (2.45, 0.45),
    "BU99010100": (2.2, 1.3),
}
"""A place in each, in kilometres; homes stand two metres from each other."""
LABELS: Final = ("A", "C", "A", "C", "F")
FIGURES: Final = "code,indicator,year,value,reason,source_table\n" + "".join(
    f"{code},inwoners,2024,{value},,CBS 85984NED\n"
    for code, value in (
        (GM, 2_200), ("WK990100", 1_400), ("WK990101", 700), ("WK990102", 100),
        ("BU99010000", 400), ("BU99010001", 300), ("BU99010002", 300), ("BU99010003", 200),
        ("BU99010004", 200), ("BU99010100", 700), ("BU99010200", 50), ("BU99010201", 50),
    )
) + "BU99010202,inwoners,2024,,suppressed,CBS 85984NED\n"  # fmt: skip


def init(folder: Path, *, figures: bool) -> Path:
    """Make the data folder; return it."""
    given: list[str | Path] = ["--from", Cbs().write(folder / "kaart.gpkg")]
    if figures:
        (folder / "cijfers.csv").write_text(FIGURES, encoding="utf-8")
        given += ["--from", folder / "cijfers.csv"]
    done = run("init", GM, folder / "data", *given)
    assert done.returncode == 0, done.stderr
    return folder / "data"


def fill(data: Path) -> None:
    """Name every wijk as a plan area and one corporation, and take in its list."""
    path = data / "municipality.toml"
    text = uncommented(path.read_text("utf-8")).replace('"NAME"', f'"{OWNER}"')
    path.write_text(text.replace("stock = 0", "stock = 115"), encoding="utf-8")
    listed = data.parent / "lijst.csv"
    listed.write_text("\n".join(["vhe;x;y;energielabel", *_homes()]) + "\n", encoding="utf-8")
    done = run(
        "--data", data, "import", listed, "--corporatie", OWNER, "--fictief",
        "--peildatum", "2025-01-31",
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr


def _homes() -> list[str]:
    rows = []
    for code, count in HOMES.items():
        x, y = _INSIDE[code]
        for number in range(count):
            place = (WEST + SIDE * x + 2 * number, SOUTH + SIDE * y)
            label = LABELS[number % len(LABELS)]
            rows.append(f"{code[6:]}{number:03};{place[0]:.0f};{place[1]:.0f};{label}")
    return rows


def uncommented(text: str) -> str:
    """Take the ``#`` from the examples: lines that are TOML behind it."""
    example = re.compile(r'^# (\[\[\w+\]\]$|\w+ = |\]$|  ")', re.MULTILINE)
    return example.sub(r"\1", text)


def build(data: Path, out: Path, edition: str = "publiek") -> Path:
    """Build the site and let `geo-lv check` look at it."""
    done = run("--data", data, "build", "--out", out, "--edition", edition)
    assert done.returncode == 0, done.stderr
    checked = run("--data", data, "check", out)
    assert checked.returncode == 0, checked.stdout + checked.stderr
    return out

"""The guides for developers: what they name exists, and what they show works."""

import csv
import re
from pathlib import Path

import pytest

from tests.command import run
from tests.docs.printed import DOCS, blocks, words_of

ROOT = Path(__file__).parents[2]
GUIDES = sorted((DOCS / "developing").glob("*.md"))
NAMED = re.compile(r"`((?:geo_lv|tests|docs|data|benchmarks)/[\w./-]*\w)(?::(\w+))?`")
TITLED = re.compile(r'^```\w+ title="my-data/([^"]+)"\n(.*?)^```$', re.MULTILINE | re.DOTALL)
NEW = "speelplekken"


def defines(file: Path, name: str) -> bool:
    """Tell whether a module has a function, class or constant of this name."""
    text = file.read_text(encoding="utf-8")
    return re.search(rf"^(?:def |class )?{name}\b", text, re.MULTILINE) is not None


@pytest.mark.parametrize("page", GUIDES, ids=lambda page: page.stem)
def test_every_file_and_name_of_a_guide_exists(page: Path) -> None:
    named = NAMED.findall(page.read_text(encoding="utf-8"))
    assert named
    assert [path for path, _ in named if not (ROOT / path).exists()] == []
    missing = [(path, name) for path, name in named if name and not defines(ROOT / path, name)]
    assert missing == []


def test_an_indicator_of_the_guide_is_on_every_plan_page(data: Path) -> None:
    """Apply its blocks to a copy of the data folder, and run its commands."""
    guide = DOCS / "developing" / "indicator.md"
    copy = data.rename(data.with_name("my-data"))
    for path, text in TITLED.findall(guide.read_text(encoding="utf-8")):
        with (copy / path).open("a", encoding="utf-8") as file:
            file.write(text)
    first, *others = "".join(blocks(guide, "sh")).splitlines()
    assert first == "cp -r data my-data"
    for command in others:
        done = run(*words_of(command)[1:], cwd=copy.parent)
        assert done.returncode == 0, done.stdout + done.stderr
    site = copy.parent / "my-maps"
    plans = sorted(site.glob("wijkuitvoeringsplan/*.html"))
    assert len(plans) == 4
    label = f'<option value="{NEW}-2024"'
    assert [page.name for page in plans if label not in page.read_text("utf-8")] == []
    with (site / "data" / "cijfers.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = [row for row in csv.DictReader(file, delimiter=";") if row["cijfer"] == NEW]
    figures = {row["gebied_code"]: (row["waarde"], row["reden"]) for row in rows}
    assert figures["GM1916"] == ("47", "")
    assert figures["WK191609"] == ("0", "")
    assert figures["WK191607"] == ("", "ontbreekt")

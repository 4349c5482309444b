"""Indicators for the parties only: a mark in every field of one, and no mark in the public site."""

import dataclasses
import html
import io
import json
import re
from collections.abc import Callable, Mapping
from pathlib import Path

import pandas as pd
import pypdfium2
import pytest

from geo_lv.attempts import Attempt
from geo_lv.editions import Released, release
from geo_lv.errors import InputError, ReleaseError
from geo_lv.indicators.catalogue import load_catalogue
from geo_lv.inputs import load_inputs
from geo_lv.pipeline import Results, compute
from geo_lv.schema import Edition
from geo_lv.site import BuildOptions, build_site
from geo_lv.withheld import require_listed, require_public
from tests.once import Once

CATALOGUE = "statistics/indicators.toml"
POLICE = "statistics/politie.csv"
MARK = "zwq"
"""Stands in every text of the internal indicators; no word of the site has it."""
NUMBER = 7_654_321
"""And this number, or one that starts like it, in every figure of theirs."""
BUURTEN = [f"BU1916{code}" for code in ("0100", "0101", "0102", "0103", "0104", "0200", "0201")]
AREAS = ["GM1916", *(f"WK1916{number:02}" for number in range(1, 14)), *BUURTEN]

INDICATORS = """
[[certainty]]
table = "ZWQ-tabel"
text = "zwq-zekerheid"

[[indicator]]
id = "zwq_telling"
label = "Zwq-cijfer"
unit = "zwq-eenheden"
theme = "zwq-thema"
decimals = 0
direction = "lower_better"
aggregation = "sum"
explanation = "Zwq-uitleg."
source = "Zwq-bron"
edition = "intern"

[[indicator]]
id = "zwq_per_inwoner"
label = "Zwq-verhouding"
unit = "zwq per inwoner"
theme = "zwq-thema"
decimals = 0
direction = "lower_better"
signal = "rate"
per = 1000
aggregation = "weighted_mean"
weight = "inwoners"
rate_of = "zwq_telling"
minimum_weight = 200
explanation = "Zwq-uitleg van de verhouding."
source = "Zwq-bron van de verhouding"
certainty = "zwq-zekerheid van de verhouding"
edition = "intern"
"""
PROVENANCE = f"""
[[file]]
path = "{POLICE}"
title = "Zwq-titel"
source = "Zwq-herkomst"
table = "zwq-tabellen"
licence = "Zwq-licentie"
vintage = "zwq-stand"
retrieved = "2047-12-31"
rows = 7654321
url = "https://zwq.example/"
transformed_by = "Zwq-bewerking"
note = "Zwq-beperking."
"""
ATTEMPTS = f"""
[[attempt]]
source = "zwq"
day = "2047-12-30"
reason = "Zwq-reden."
paths = ["{POLICE}"]
"""
SEEN_INSIDE = (
    "zwq_telling-2047",
    "Zwq-cijfer",
    "zwq-eenheden",
    "Zwq-thema",
    "Zwq-uitleg.",
    "Zwq-bron",
    "zwq-zekerheid",
    "Zwq-opmerking",
    "Zwq-verhouding",
    "Zwq-uitleg van de verhouding",
    "Zwq-bron van de verhouding",
    "zwq-zekerheid van de verhouding",
    "Zwq-titel",
    "Zwq-herkomst",
    "Zwq-licentie",
    "zwq-stand",
    "Zwq-bewerking",
    "Zwq-beperking",
    "https://zwq.example/",
    POLICE,
    "7.654.321",
    "7654321",
    "Niet vernieuwd op 30 december 2047: Zwq-titel. Zwq-reden.",
    "ZWQ-tabel, opgehaald op 31 december 2047",
)
"""What the internal edition shows: without it, looking for marks would prove nothing."""


def figures() -> str:
    rows = ["code,indicator,year,value,reason,source_table,note"]
    for year in (2022, 2024, 2047):
        rows.extend(
            f"{code},zwq_telling,{year},{NUMBER + place},,ZWQ-tabel,Zwq-opmerking van {year}."
            for place, code in enumerate(AREAS)
        )
    rows[-1] = f"{AREAS[-1]},zwq_telling,2047,,suppressed,ZWQ-tabel,Zwq-opmerking zonder waarde."
    return "\n".join(rows) + "\n"


def append(path: Path, text: str) -> None:
    """Write a text at the end of a file, which is made if it is not there."""
    path.parent.mkdir(exist_ok=True)
    with path.open("a", encoding="utf-8") as file:
        file.write(text)


def explain(data: Path) -> None:
    """Add the internal indicators to the catalogue of a data folder."""
    path = data / CATALOGUE
    first, rest = path.read_text(encoding="utf-8").split("[[certainty]]", maxsplit=1)
    certainty, indicators = INDICATORS.split("[[indicator]]", maxsplit=1)
    path.write_text(f"{first}{certainty}[[certainty]]{rest}", encoding="utf-8")
    append(path, f"\n[[indicator]]{indicators}")


def fill(data: Path) -> None:
    """Add their figures, where those come from, and a refresh that failed."""
    (data / POLICE).write_text(figures(), encoding="utf-8")
    append(data / "provenance.toml", PROVENANCE)
    append(data / "downloads/attempts.toml", ATTEMPTS)


def built(
    data: Path, out: Path, edition: Edition, *, single_file: bool = False
) -> dict[str, bytes]:
    """Build a site and return every file of it."""
    build_site(BuildOptions(data, out, edition, single_file=single_file, pdf=not single_file))
    return written(out)


def written(out: Path) -> dict[str, bytes]:
    """Return every file of a site."""
    paths = (path for path in out.rglob("*") if path.is_file())
    return {path.relative_to(out).as_posix(): path.read_bytes() for path in sorted(paths)}


def texts(files: Mapping[str, bytes]) -> dict[str, str]:
    """Return what can be read in each file, in whatever way it is written."""
    return {name: _text(name, content) for name, content in files.items()}


def _text(name: str, content: bytes) -> str:
    raw = content.decode("utf-8", errors="replace")
    if not name.endswith(".pdf"):
        unescaped = re.sub(r"\\u([0-9a-f]{4})", lambda found: chr(int(found[1], 16)), raw)
        return f"{name} {raw} {html.unescape(unescaped)}"
    document = pypdfium2.PdfDocument(io.BytesIO(content))
    pages = [page.get_textpage().get_text_range() for page in document]
    return " ".join([name, raw, *pages, *document.get_metadata_dict().values()])


def told(read: Mapping[str, str]) -> list[tuple[str, str]]:
    """Return every place in a site that tells of the internal indicators."""
    number = re.compile(
        r"7[.,\u202f\u00a0 ]?654[.,\u202f\u00a0 ]?3\d\d|2047|politie", re.IGNORECASE
    )
    return [
        (name, text[max(0, found.start() - 40) : found.end() + 40])
        for name, text in read.items()
        for found in re.finditer(f"{MARK}|{number.pattern}", text, re.IGNORECASE)
    ]


@pytest.fixture
def marked(data: Path) -> Path:
    """Return a data folder with figures for the parties only."""
    explain(data)
    fill(data)
    return data


def public_site(marked: Path, once: Once) -> dict[str, bytes]:
    """Return every file of the public site of the marked folder, sheets included; built once."""
    return written(once("withheld", lambda out: built(marked, out, "publiek")))


@pytest.mark.parametrize("single_file", [False, True])
def test_no_file_of_the_public_site_tells_of_it(
    marked: Path, tmp_path: Path, once: Once, *, single_file: bool
) -> None:
    public = (
        built(marked, tmp_path / "maps", "publiek", single_file=True)
        if single_file
        else public_site(marked, once)
    )
    kinds = {Path(name).suffix for name in public}
    assert {".html", ".csv", ".geojson", ".json"} | (set() if single_file else {".pdf"}) <= kinds
    assert told(texts(public)) == []
    assert json.loads(public["manifest.json"])["peildatum"] == "2025-08-31"


@pytest.mark.parametrize("single_file", [False, True])
def test_the_internal_site_shows_all_of_it(
    marked: Path, tmp_path: Path, *, single_file: bool
) -> None:
    inside = texts(built(marked, tmp_path / "intern", "intern", single_file=single_file))
    everything = " ".join(inside.values())
    assert [words for words in SEEN_INSIDE if words not in everything] == []
    for name in ("index.html", "verantwoording.html", "data/cijfers.csv", "data/wijken.geojson"):
        assert MARK in inside[name].lower(), name
    assert any(MARK in text.lower() for name, text in inside.items() if name.endswith(".pdf")) == (
        not single_file
    )


def test_the_public_site_is_the_same_with_and_without_it(
    data: Path, tmp_path: Path, once: Once
) -> None:
    """Nothing at all depends on it; checksums that a guess could be tried on are left out."""
    explain(data)
    before = built(data, tmp_path / "before", "publiek")
    fill(data)
    after = public_site(data, once)
    manifests = [json.loads(files.pop("manifest.json")) for files in (before, after)]
    assert after == before
    inputs = [{item["path"]: item for item in each.pop("inputs")} for each in manifests]
    assert set(inputs[0]) - set(inputs[1]) == {"provenance.toml"}
    assert inputs[1] == {path: item for path, item in inputs[0].items() if path in inputs[1]}
    assert manifests[0] == manifests[1]


# The gate itself


@pytest.fixture
def both(marked: Path) -> Results:
    """Return the figures of that folder."""
    return compute(load_inputs(marked))


def test_a_released_public_view_cannot_be_widened(both: Results) -> None:
    public, inside = release(both, "publiek"), release(both, "intern")
    widened: list[tuple[Callable[[Released], Released], str]] = [
        (lambda view: dataclasses.replace(view, catalogue=inside.catalogue), "zwq_telling"),
        (lambda view: dataclasses.replace(view, provenance=inside.provenance), POLICE),
        (lambda view: dataclasses.replace(view, attempts=inside.attempts), "zwq"),
        (lambda view: dataclasses.replace(view, certainty=inside.certainty), "zwq_telling"),
        (lambda view: dataclasses.replace(view, origins=inside.origins), "zwq_telling"),
        (lambda view: dataclasses.replace(view, figures=inside.figures), "zwq_telling"),
    ]
    for widen, found in widened:
        with pytest.raises(ReleaseError, match=f"found .*{found}"):
            widen(public)


def test_what_the_catalogue_does_not_explain_stops_both_editions(both: Results) -> None:
    alien = both.figures.head(1).assign(indicator="vreemd")
    more = dataclasses.replace(both, figures=pd.concat([both.figures, alien]))
    with pytest.raises(ReleaseError, match="found vreemd"):
        release(more, "intern")
    assert "vreemd" not in set(release(more, "publiek").figures["indicator"])


def test_each_part_is_looked_at(both: Results) -> None:
    inputs = both.inputs
    empty = both.figures.head(0)
    for parts in (
        (inputs.catalogue, (), ()),
        ((), inputs.provenance, ()),
        ((), (), inputs.attempts),
    ):
        with pytest.raises(ReleaseError, match="expected nothing that is intern"):
            require_public(*parts)
    for named in (
        (both.figures, empty, {}),
        (empty, both.figures, {}),
        (empty, empty, {("zwq_telling", "2024"): "zwq"}),
    ):
        with pytest.raises(ReleaseError, match="zwq_telling"):
            require_listed((), *named)


def test_a_failed_refresh_of_unknown_files_is_not_named_in_public(both: Results) -> None:
    tries = tuple(
        Attempt(source=source, day="2026-11-25", reason="Zwq.", paths=paths)
        for source, paths in (
            ("pdok", ("boundaries/buurten.geojson",)),
            ("politie", (POLICE,)),
            ("beide", ("statistics/kerncijfers.csv", POLICE)),
            ("niets", ()),
        )
    )
    results = dataclasses.replace(both, inputs=dataclasses.replace(both.inputs, attempts=tries))
    assert [each.source for each in release(results, "publiek").attempts] == ["pdok"]
    assert release(results, "intern").attempts == tries[:3]


# What goes in


def problems(data: Path) -> list[str]:
    with pytest.raises(InputError) as raised:
        load_inputs(data)
    return [str(problem) for problem in raised.value.problems]


def test_a_public_figure_in_the_internal_file_is_named_with_row_and_column(marked: Path) -> None:
    append(marked / POLICE, "GM1916,inwoners,2047,5,,ZWQ-tabel,\n")
    row = len(figures().splitlines()) + 1
    (problem,) = problems(marked)
    assert problem == (
        f'{POLICE}, row {row}, column indicator: expected an indicator with edition = "intern", as '
        "every one in this file, found 'inwoners', which is publiek; its figures belong in "
        "statistics/kerncijfers.csv or statistics/buurtcijfers_2016.csv or "
        "statistics/leefbaarometer.csv"
    )


def test_an_internal_figure_in_a_public_file_is_named_with_row_and_column(marked: Path) -> None:
    path = marked / "statistics/kerncijfers.csv"
    row = len(path.read_text(encoding="utf-8").splitlines()) + 1
    append(path, "GM1916,zwq_telling,2023,5,,CBS\n")
    (problem,) = problems(marked)
    assert problem == (
        f"statistics/kerncijfers.csv, row {row}, column indicator: expected an indicator with "
        "edition = \"publiek\", as every one in this file, found 'zwq_telling', which is intern; "
        f"its figures belong in {POLICE}"
    )


def test_a_figure_that_is_worked_out_is_in_no_file(marked: Path) -> None:
    append(marked / POLICE, "GM1916,zwq_per_inwoner,2024,5,,ZWQ-tabel,\n")
    (problem,) = problems(marked)
    assert "an indicator of indicators.toml that is not worked out from others" in problem


@pytest.mark.parametrize(
    ("old", "new", "column", "words"),
    [
        ('weight = "inwoners"', 'weight = "zwq_telling"', "weight", "which is intern"),
        ('id = "zwq_per_inwoner"', 'id = "zwq_per_inwoner"', "rate_of", "which is intern"),
    ],
)
def test_a_public_figure_never_rests_on_an_internal_one(
    marked: Path, old: str, new: str, column: str, words: str
) -> None:
    path = marked / CATALOGUE
    text = path.read_text(encoding="utf-8")
    head, rate = text.split('id = "zwq_per_inwoner"')
    rate = rate.replace('edition = "intern"', 'edition = "publiek"')
    path.write_text(f'{head}id = "zwq_per_inwoner"{rate}'.replace(old, new), encoding="utf-8")
    found = [problem for problem in problems(marked) if f".{column}:" in problem]
    assert found
    assert words in found[-1]


def test_the_size_of_an_area_is_a_public_figure(marked: Path) -> None:
    path = marked / "statistics/signals.toml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace('"inwoners"', '"zwq_telling"'), encoding="utf-8")
    (problem,) = problems(marked)
    assert "the id of an indicator in indicators.toml that is public" in problem


def test_every_indicator_of_the_police_is_internal() -> None:
    data = Path(__file__).parents[1] / "data"
    inside = {item.id for item in load_catalogue(data) if item.edition == "intern"}
    named = {item.id for item in load_catalogue(data) if "Politie" in item.source}
    assert inside == named
    assert len(inside) == 11

"""An attacker with all public files never narrows a small count, and never finds a dwelling."""

import dataclasses
from collections.abc import Callable, Iterator, Mapping
from functools import partial

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geo_lv.agreements import Agreements, Monitored
from geo_lv.areas import NO_PLAN_AREA, Areas
from geo_lv.editions import HiddenCount, Released, release
from geo_lv.maps.downloads import downloads
from geo_lv.municipality import Municipality
from geo_lv.pipeline import LEVELS, Results, compute
from geo_lv.properties import FILE, LABEL_CLASSES
from geo_lv.suppression import find_secrets
from geo_lv.suppression.attack import Bound
from tests.attacker import LABELLED, POOR, Attacker, group

X, Y, SIDE = 100_000.0, 450_000.0, 1000.0
CODES = (
    "BU00010100",
    "BU00010101",
    "BU00010102",
    "BU00010200",
    "BU00010201",
    "BU00010300",
)
PLANS = {
    "paar": CODES[:2],  # two of the three buurten of a wijk
    "over": CODES[3:4],  # one of the two buurten of another
}
OWNERS = ("P", "Q")
SHARES = {"aandeel_p": "P", "aandeel_q": "Q"}
INTERVAL = 20
"""As data/privacy.toml has it."""
SHOWN = ("A++", "A", "B", "D", "F", "G", "geen")

Homes = Mapping[tuple[str, str, str], int]
"""Dwellings by buurt, owner and label. A buurt with ``|`` is the line on its east side."""


@pytest.fixture(scope="module")
def areas(make_areas: Callable[..., Areas]) -> Areas:
    """Return six buurten in a row, in three wijken, with two plan areas."""
    boxes = {c: (X + SIDE * n, Y, X + SIDE * n + SIDE, Y + SIDE) for n, c in enumerate(CODES)}
    return make_areas(boxes, plans=PLANS)


def municipality() -> Municipality:
    return Municipality.model_validate(
        {
            "gm_code": "GM0001",
            "name": "Voorbeeldstad",
            "boundaries": {"official_accuracy_m": 10, "indicative_accuracy_m": 200},
            "phasing": {"axis_start": 2022, "axis_end": 2035},
            "corporations": [{"name": name, "stock": 100} for name in OWNERS],
            "plan_areas": [
                {"slug": slug, "name": slug, "bu_codes": codes, "confidence": "H"}
                for slug, codes in PLANS.items()
            ],
        }
    )


def dwellings(example: pd.DataFrame, homes: Homes) -> pd.DataFrame:
    """Return the homes in the middle of their buurt, or on the line beside it."""
    kinds = [kind for kind, number in sorted(homes.items()) for _ in range(number)]
    east = [
        X + SIDE * CODES.index(code.rstrip("|")) + (SIDE if code.endswith("|") else SIDE / 2)
        for code, *_ in kinds
    ]
    own: dict[str, list[str] | list[float]] = {
        "dwelling_id": [f"{number}" for number in range(len(kinds))],
        "corporation": [owner for _, owner, _ in kinds],
        "energy_label": [label for *_, label in kinds],
        "x_rd": east,
        "y_rd": [Y + SIDE / 2] * len(kinds),
    }
    unknown = {
        name: ["" if kind == "str" else None] * len(kinds) for name, kind in example.dtypes.items()
    }
    table = pd.DataFrame(unknown | own, index=pd.RangeIndex(2, len(kinds) + 2))
    return table.astype(example.dtypes.to_dict())


Build = Callable[[Homes], Results]
Searched = Callable[[Homes, Mapping[str, object]], Released]


@pytest.fixture(scope="module")
def build(results: Results, areas: Areas) -> Build:
    """Give a function that works out a municipality that has nothing but some homes."""
    inputs = results.inputs
    nothing = Agreements((), (), (), Monitored(), (), (), (), (), (), (), ())
    empty = dataclasses.replace(
        inputs,
        municipality=municipality(),
        areas=areas,
        statistics=inputs.statistics.head(0),
        figures_of_others=inputs.figures_of_others.head(0),
        gave_way={},
        certainty={},
        origins={},
        previous_dwellings=None,
        rent_levels=(),
        agreements=nothing,
        provenance=tuple(item for item in inputs.provenance if item.path == FILE),
        attempts=(),
    )

    def work_out(homes: Homes) -> Results:
        return compute(dataclasses.replace(empty, dwellings=dwellings(inputs.dwellings, homes)))

    return work_out


def members(areas: Areas) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for level in LEVELS:
        for code, area in areas.parents(level).items():
            found.setdefault(area, set()).add(code)
    found.pop(NO_PLAN_AREA)
    return found


def attack(view: Released, areas: Areas) -> Attacker:
    """Read all that the public files and pages tell of the dwellings."""
    plans = areas.parents("plan")
    attacker = Attacker(
        members(areas),
        areas.parents("wijk"),
        {code: "" if plan == NO_PLAN_AREA else plan for code, plan in plans.items()},
        OWNERS,
    )
    files = downloads(view)
    attacker.read_figures(files["data/cijfers.csv"], SHARES)
    totals = {(bar.area, bar.corporation): bar.dwellings for bar in view.labels}
    attacker.read_labels(files["data/energielabels.csv"], totals)
    attacker.read_account(files["data/koppeling.csv"])
    return attacker


def found(results: Results, view: Released) -> list[str]:
    """Return what the attacker finds that is secret, in words."""
    areas = results.inputs.areas
    attacker = attack(view, areas)
    told = []
    for area in members(areas):
        for owner in ("", *OWNERS):
            own = results.labels[results.labels["area"] == area]
            own = own[own["corporation"] == owner] if owner else own
            counts = {label: int(own[label].sum()) for label in LABEL_CLASSES}
            told += [
                f"{area} {owner or 'all'}: {one}" for one in small(attacker, area, owner, counts)
            ]
    return told


def small(attacker: Attacker, area: str, owner: str, counts: dict[str, int]) -> Iterator[str]:
    """Yield what is known too well of one cell."""
    homes, labelled = sum(counts.values()), sum(counts[label] for label in LABELLED)
    if 0 < homes < 10:
        low, high = attacker.between(attacker.sum_of(area, owner, list(LABEL_CLASSES)))
        if high - low < INTERVAL:
            yield f"{homes} between {low:.0f} and {high:.0f}"
    for name in (*SHOWN, "EFG"):
        classes = POOR if name == "EFG" else group("A+ en beter" if name == "A++" else name)
        if 0 < sum(counts[label] for label in classes) < 3:
            row = attacker.sum_of(area, owner, classes)
            if attacker.least(row) >= 1 and -attacker.least(-row) <= 2:
                yield f"label {name}: one or two"
    most = max(LABELLED, key=lambda label: counts[label])
    if labelled >= 10 and counts[most] > 0.9 * labelled:
        share = attacker.sum_of(area, owner, LABELLED) * 0.9
        if attacker.least(attacker.sum_of(area, owner, [most]) - share) > 1e-5:
            yield f"nearly all have label {most}"


WIDE = tuple(Bound(value, frozenset(), np.empty(0)) for value in (-1e6, 1e6))
"""Bounds that find nothing."""

some_homes = st.dictionaries(
    st.tuples(
        st.sampled_from([*CODES, f"{CODES[0]}|", f"{CODES[2]}|"]),
        st.sampled_from(OWNERS),
        st.sampled_from(SHOWN),
    ),
    st.sampled_from([1, 1, 2, 2, 3, 4, 5, 8, 9, 12, 30, 60]),
    max_size=24,
)


@settings(max_examples=15)
@given(homes=some_homes)
def test_nothing_that_is_secret_is_found(build: Build, homes: Homes) -> None:
    results = build(homes)
    assert found(results, release(results, "publiek")) == []


@pytest.fixture(scope="module")
def searched(build: Build) -> Searched:
    """Give a function that searches anew, with parts of the search replaced."""

    def search(homes: Homes, replaced: Mapping[str, object]) -> Released:
        results = build(homes)
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr("geo_lv.remembered._last", {})
            patch.setattr("geo_lv.hidden.find_secrets", find_secrets)
            for name, instead in replaced.items():
                patch.setattr(f"geo_lv.suppression.{name}", instead)
            return release(results, "publiek")

    return search


NOT_AROUND: dict[str, object] = {"attack.Attack.around": lambda *_: WIDE}
NOT_NEARBY: dict[str, object] = {"attack.Attack.nearby": lambda *_: ()}


@settings(max_examples=15)
@given(homes=some_homes)
def test_looking_nearby_first_hides_the_same(searched: Searched, homes: Homes) -> None:
    quick, slow = searched(homes, NOT_AROUND), searched(homes, NOT_AROUND | NOT_NEARBY)
    assert quick.hidden == slow.hidden
    pd.testing.assert_frame_equal(quick.figures, slow.figures)


@settings(max_examples=15)
@given(homes=some_homes)
def test_looking_around_first_leaves_nothing_to_find(
    build: Build, searched: Searched, homes: Homes
) -> None:
    """It may hide another number than a search in all that is public, and nothing less safe."""
    assert found(build(homes), searched(homes, {})) == []


def test_a_certificate_around_a_count_may_be_another_than_that_of_the_whole(
    build: Build, searched: Searched
) -> None:
    """One number more is hidden here; both ways nothing is found."""
    homes = {
        ("BU00010100", "Q", "F"): 60,
        ("BU00010201", "P", "A++"): 5,
        ("BU00010100|", "P", "A++"): 30,
        ("BU00010102|", "Q", "A++"): 1,
    }
    quick, slow = searched(homes, {}), searched(homes, NOT_AROUND | NOT_NEARBY)
    assert (quick.hidden.homes, slow.hidden.homes) == (14, 13)
    assert found(build(homes), quick) == found(build(homes), slow) == []


@settings(max_examples=15)
@given(homes=some_homes)
def test_nothing_is_found_however_little_is_looked_at_first(
    build: Build, searched: Searched, homes: Homes
) -> None:
    """With near as a buurt or two, what is hidden may be something else than with all in one."""
    view = searched(homes, {"search.NEAR": 15, "search.WIDER": 40})
    assert found(build(homes), view) == []


SMALL_BESIDE_LARGE = {("BU00010200", "P", "A"): 4, ("BU00010200", "P", "B"): 2} | {
    ("BU00010201", "P", label): 40 for label in ("A", "B", "D", "G")
}
"""Six homes in one of the two buurten of a wijk."""


def test_without_hiding_more_the_attack_succeeds(
    build: Build, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The account counts 166 homes, and the other buurt has 158 to 162."""
    results = build(SMALL_BESIDE_LARGE)
    assert found(results, release(results, "publiek")) == []
    only_small = partial(find_secrets, complementary=False)
    monkeypatch.setattr("geo_lv.hidden.find_secrets", only_small)
    monkeypatch.setattr("geo_lv.remembered._last", {})
    told = found(results, release(results, "publiek"))
    assert "BU00010200 P: 6 between 4 and 8" in told


@pytest.mark.parametrize(
    ("homes", "hidden"),
    [
        # a buurt with nine homes, and the only other one of its wijk
        (
            {
                ("BU00010200", "P", "A"): 9,
                ("BU00010201", "P", "B"): 50,
                ("BU00010300", "P", "D"): 60,
            },
            {"BU00010200", "BU00010201"},
        ),
        # the plan area is that buurt, so it is secret too
        ({("BU00010200", "P", "A"): 5, ("BU00010300", "P", "D"): 60}, {"BU00010200", "over"}),
        # ten homes are enough
        ({("BU00010200", "P", "A"): 10, ("BU00010201", "P", "B"): 50}, set()),
    ],
)
def test_which_counts_are_secret(build: Build, homes: Homes, hidden: set[str]) -> None:
    figures = release(build(homes), "publiek").figures
    counted = figures[figures["indicator"] == "corporatiewoningen"]
    assert hidden <= set(counted.loc[counted["reason"] == "suppressed", "code"])
    assert "GM0001" not in set(counted.loc[counted["reason"] == "suppressed", "code"])
    if not hidden:
        assert set(counted["reason"]) == {""}


def test_labels_that_are_nearly_all_the_same_are_secret(build: Build) -> None:
    """56 of 60 is 93%; of 54 it is 90% and shown."""
    homes = {("BU00010300", "P", "A"): 56, ("BU00010300", "P", "B"): 4}
    view = release(
        build(homes | {("BU00010100", "P", "D"): 70, ("BU00010100", "P", "B"): 70}), "publiek"
    )
    figures = view.figures.set_index(["code", "indicator"])
    assert figures.loc[("BU00010300", "corporatiewoningen"), "value"] == 60
    for name in ("label_gemiddeld", "label_efg"):
        assert figures.loc[("BU00010300", name), "reason"] == "suppressed"
        assert "bijna alle labels zijn hetzelfde" in str(figures.loc[("BU00010300", name), "note"])
    (bar,) = (bar for bar in view.labels if bar.area == "BU00010300")
    assert bar.groups == ()
    homes = {("BU00010300", "P", "A"): 54, ("BU00010300", "P", "B"): 6}
    view = release(
        build(homes | {("BU00010100", "P", "D"): 70, ("BU00010100", "P", "B"): 70}), "publiek"
    )
    (bar,) = (bar for bar in view.labels if bar.area == "BU00010300")
    assert bar.groups == (("A", 55), ("B", 5))


def test_the_account_does_not_tell_how_few_homes_a_corporation_has(build: Build) -> None:
    """All together there are 64; only when those are too few is there no account at all."""
    homes = {("BU00010300", "P", "A"): 60, ("BU00010300", "Q", "A"): 4}
    joins = release(build(homes), "publiek").joins
    assert {(count.corporation, count.dwellings) for count in joins} == {("", 64)}
    assert release(build({("BU00010300", "Q", "A"): 4}), "publiek").joins == ()
    few = release(build({("BU00010300", "Q", "A"): 4}), "publiek").provenance
    assert [(item.rows, item.sha256) for item in few] == [(None, "")]


def test_who_says_so_and_the_limit_of_stocks_start_no_search(results: Results) -> None:
    rules = results.inputs.privacy.dwellings
    others = {"owner": "iemand", "reason": "Verzonnen.", "confidence": "H", "stock": 600}
    assert rules.model_copy(update=others).limits == rules.limits
    for limit in ("cell", "label_class", "interval", "dominance_percent"):
        changed = rules.model_copy(update={limit: getattr(rules, limit) + 1})
        assert changed.limits != rules.limits, limit


def test_a_municipality_without_homes_hides_nothing(build: Build) -> None:
    view = release(build({}), "publiek")
    assert view.hidden == HiddenCount(0, 0, 0, 0)
    assert view.labels == ()

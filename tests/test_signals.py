"""A signal is a difference that is unusual among the areas and larger than its noise."""

import math
import statistics
from collections.abc import Mapping
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo_lv.errors import InputError
from geo_lv.indicators.catalogue import Indicator, load_catalogue
from geo_lv.pipeline import Results
from geo_lv.signals.evidence import robust_z
from geo_lv.signals.rules import FILE, SignalRules, load_rules
from geo_lv.signals.table import COLUMNS, signal_table

from .signal_figures import (
    GM,
    HIGH,
    HIGHEST,
    LOW,
    LOWEST,
    NINE,
    RULES,
    Row,
    columns_of,
    measure,
    rows_of,
    table,
    weighted,
)


def found(
    figures: pd.DataFrame, indicator: Indicator | None = None, rules: SignalRules = RULES
) -> dict[str, tuple[str, str]]:
    """Return level and direction of the areas that have a signal."""
    rows = signal_table(figures, [indicator or measure()], rules, GM)
    assert list(rows.columns) == list(COLUMNS)
    signals = rows[rows["level"] != ""]
    return {row["code"]: (row["level"], row["direction"]) for row in signals.to_dict("records")}


def test_nine_areas_by_hand() -> None:
    assert found(table(*rows_of(NINE))) == {
        LOWEST: ("strong", "lower"),
        LOW: ("watch", "lower"),
        HIGH: ("watch", "higher"),
        HIGHEST: ("strong", "higher"),
    }


@pytest.mark.parametrize(
    ("direction", "lower", "higher"),
    [
        ("higher_better", "unfavourable", "favourable"),
        ("lower_better", "favourable", "unfavourable"),
        ("neutral", "neutral", "neutral"),
    ],
)
def test_a_deviation_has_a_side_that_does_not_matter_for_the_level(
    direction: str, lower: str, higher: str
) -> None:
    figures, indicator = table(*rows_of(NINE)), measure(direction=direction)
    assert found(figures, indicator) == found(figures)
    sides = columns_of(signal_table(figures, [indicator], RULES, GM), "direction", "side")
    assert sides[LOWEST] == ("lower", lower)
    assert sides[HIGHEST] == ("higher", higher)
    assert sides["WK000005"] == ("", "")


def test_every_figure_has_an_interval_and_a_difference_with_its_own() -> None:
    """A mean of 60 lies between 59.5 and 60.5, the municipality between 49.5 and 50.5."""
    rows = signal_table(table(*rows_of(NINE)), [measure()], RULES, GM)
    assert len(rows) == len(NINE)
    names = ("low", "high", "deviation", "deviation_low", "deviation_high")
    assert columns_of(rows, *names)[HIGHEST] == (59.5, 60.5, 10, 9, 11)
    assert columns_of(rows, "z", "years", "held", "since")[HIGHEST] == (
        pytest.approx(10 / 4.4478),
        1,
        1,
        "2022",
    )
    assert columns_of(rows, "z", "held", "since")["WK000005"] == (0, 0, "")


def test_the_thresholds_are_those_of_the_rules() -> None:
    """The largest z is 10 / 4.4478 = 2.248."""
    strict = RULES.model_copy(update={"watch": 1.5, "strong": 2.3})
    assert found(table(*rows_of(NINE)), rules=strict) == {
        LOWEST: ("watch", "lower"),
        HIGHEST: ("watch", "higher"),
    }


def test_an_area_is_compared_with_the_municipality_and_not_with_the_mean_of_the_areas() -> None:
    """A municipality of 58: 60 is only 2 above it, and 56 below it while above the other areas."""
    figures = table((GM, "maat", 58), *rows_of(NINE)[1:])
    assert found(figures) == {
        LOWEST: ("strong", "lower"),
        LOW: ("watch", "lower"),
        HIGHEST: ("strong", "higher"),
    }


def test_no_signal_within_the_rounding_of_both_figures() -> None:
    """A tenth of all: z as before, but 1.0 for the largest difference is no more than 0.5 + 0.5."""
    tenth = {code: 50 + (value - 50) / 10 for code, value in NINE.items()}
    figures = table(*rows_of(tenth))
    assert found(figures, measure(decimals=0)) == {}
    assert set(found(figures, measure(decimals=1))) == {LOWEST, LOW, HIGH, HIGHEST}


def test_no_signal_by_errors_of_binary_fractions() -> None:
    """35.2 - 35.1 is a little more than 0.1 for a computer, and no more than the rounding."""
    values = dict(zip(NINE, (35.1, 35.1, 35.1, 35.1, 35.2, 35.0, 35.0, 35.0, 35.1), strict=True))
    figures = table((GM, "maat", 35.1), *rows_of(values)[1:])
    assert 35.2 - 35.1 > 0.1
    assert found(figures, measure(decimals=1)) == {}


@pytest.mark.parametrize(
    ("base", "codes"), [(100, set()), (1000, {LOWEST, LOW, HIGH, HIGHEST}), (None, set())]
)
def test_a_share_with_a_base_must_also_exceed_chance(base: float | None, codes: set[str]) -> None:
    """
    Of 100 people 10 points are within chance, of 1,000 even 6 are beyond it.

    Half the width of Wilson at 95% is 9.4 points for 40% of 100, and 3.0 for 40% of 1,000 (at 99%
    4.0); the municipality may be off by half a point as well.
    """
    bases: list[Row] = [(code, "basis", base) for code in NINE]
    assert set(found(table(*rows_of(NINE), *bases), weighted("share"))) == codes


def test_a_rate_must_exceed_chance_among_its_events() -> None:
    """At 60 per 1,000: 60 events give 15.3, of 10,000 people 600 events give 4.8 per 1,000."""
    rate = weighted("rate", per=1000)
    few, many = (
        found(table(*rows_of(NINE), *[(code, "basis", base) for code in NINE]), rate)
        for base in (1000.0, 10_000.0)
    )
    assert few == {}
    assert set(many) == {LOWEST, LOW, HIGH, HIGHEST}


def test_what_the_interval_allows_for_is_named() -> None:
    bases: list[Row] = [(code, "basis", 1000) for code in NINE]
    figures = table(*rows_of(NINE), *bases)
    for indicator, noise in (
        (measure(), "rounding"),
        (measure(signal="share"), "assumed"),
        (weighted("mean"), "rounding"),
        (weighted("share"), "chance"),
    ):
        assert set(signal_table(figures, [indicator], RULES, GM)["noise"]) == {noise}


def test_a_share_without_a_base_is_taken_as_one_of_part_of_the_people() -> None:
    """Half of 1,000 people: as a share with a base of 500."""
    rules = RULES.model_copy(update={"assumed_base_percent": 50})
    bases: list[Row] = [(code, "basis", 500) for code in NINE]
    figures = table(*rows_of(NINE), *bases)
    columns = ["low", "high", "level"]
    assumed = signal_table(figures, [measure(signal="share")], rules, GM)[columns]
    pd.testing.assert_frame_equal(
        assumed, signal_table(figures, [weighted("share")], rules, GM)[columns]
    )


def test_a_strong_signal_must_exceed_more_chance() -> None:
    """Of 300 people 10 points are beyond Wilson at 95% (5.5 + 0.5) and within it at 99.99%."""
    bases: list[Row] = [(code, "basis", 300) for code in NINE]
    figures = table(*rows_of(NINE), *bases)
    strict = RULES.model_copy(update={"strong_confidence_percent": 99.99})
    assert found(figures, weighted("share"))[HIGHEST] == ("strong", "higher")
    assert found(figures, weighted("share"), strict)[HIGHEST] == ("watch", "higher")


def test_why_an_area_cannot_be_judged() -> None:
    bases: list[Row] = [(code, "basis", 1000) for code in NINE if code != LOW]
    sizes = {HIGH: 199, LOWEST: None}
    figures = table(*rows_of(NINE | {"WK000010": None}, sizes), *bases)
    rows = signal_table(figures, [weighted("share")], RULES, GM)
    whys = {code: why for code, (why,) in columns_of(rows, "unjudged").items()}
    assert whys[LOW] == "no_base"
    assert whys[HIGH] == whys[LOWEST] == "small"
    assert whys["WK000010"] == "unknown"
    assert whys[HIGHEST] == "no_reference"  # seven areas are left
    assert set(rows["level"]) == {""}
    assert set(rows["years"]) == {0}


def test_sizes_and_bases_may_be_of_an_earlier_year() -> None:
    """The police are quicker than CBS; a later year and another area do not stand in."""
    dated = table(*rows_of(NINE)).assign(year="2025")
    before = table(*rows_of(dict.fromkeys(NINE, 0.0)))
    before = before[before["indicator"] == RULES.size]
    figures = dated[dated["indicator"] != RULES.size]

    def judged(sizes: pd.DataFrame) -> int:
        whole = pd.concat([figures, sizes], ignore_index=True)
        rows = signal_table(whole, [measure()], RULES, GM)
        return int((rows["unjudged"] == "").sum())

    assert judged(before.assign(year="2023")) == 9
    assert judged(before.assign(year="2026")) == 0
    older, newer = before.assign(year="2022"), before.assign(year="2024", value=199.0)
    assert judged(pd.concat([older, newer])) == 0, "the nearest year counts"


def test_a_count_has_no_signal_and_neither_has_what_nobody_asked_for() -> None:
    assert found(table(*rows_of(NINE)), measure(signal="")) == {}


@pytest.mark.parametrize("others", [6, 7])
def test_at_least_eight_areas_must_have_a_figure(others: int) -> None:
    values: dict[str, float | None] = dict(list(NINE.items())[-others - 1 :])
    values |= {"WK000010": None}
    assert bool(found(table(*rows_of(values)))) == (others == 7)


def test_no_signal_when_half_of_the_areas_have_the_same() -> None:
    """The spread is 0 then: any difference would be infinitely unusual."""
    values = dict(zip(NINE, (50, 50, 50, 50, 50, 10, 20, 80, 90), strict=True))
    assert found(table(*rows_of(values))) == {}


def test_without_a_figure_of_the_municipality_there_is_nothing_to_compare_with() -> None:
    assert found(table(*rows_of(NINE)[1:])) == {}


def test_a_small_area_has_no_signal_and_is_no_measure_for_others() -> None:
    plain = found(table(*rows_of(NINE)))
    odd = {"WK000010": 99.0, "WK000011": 1.0, "WK000012": 99.0}
    small = table(*rows_of(NINE | odd, {"WK000010": 199, "WK000011": 0, "WK000012": None}))
    assert found(small) == plain
    large = table(*rows_of(NINE | odd, dict.fromkeys(odd, 200)))
    assert found(large) != plain
    assert found(large)["WK000010"] == ("strong", "higher")


def test_wijken_and_buurten_have_their_own_reference_and_plan_areas_none() -> None:
    """The buurten lie ten times as far apart: among them 60 is nothing special."""
    buurten = {f"BU0000{n:04}": 50 + 10 * (value - 50) for n, value in enumerate(NINE.values())}
    figures = table(*rows_of(NINE | buurten | {"een-plan": 99, "BU00009999": 60}))
    signals = found(figures)
    assert {code for code in signals if code in NINE} == {LOWEST, LOW, HIGH, HIGHEST}
    assert signals["BU00000000"] == ("strong", "lower")
    assert not {"een-plan", "BU00009999", GM} & set(signals)


def test_each_year_is_judged_by_its_own_figures() -> None:
    first, second = table(*rows_of(NINE), year="2022"), table(*rows_of(NINE), year="2024")
    second.loc[second["code"] == HIGHEST, "value"] = 50.0
    second.loc[second["indicator"] == "mensen", "value"] = 1000.0
    signals = signal_table(pd.concat([first, second]), [measure()], RULES, GM)
    years = signals[signals["level"] != ""].groupby("year")["code"].agg(set).to_dict()
    assert HIGHEST in years["2022"]
    assert HIGHEST not in years["2024"]


def test_a_figure_that_stands_there_twice_is_refused() -> None:
    with pytest.raises(ValueError, match="duplicate"):
        found(table(*rows_of(NINE), (LOWEST, "maat", 41)))


def test_a_table_without_figures_has_no_signals() -> None:
    assert found(table()) == {}
    assert found(table((GM, "maat", None), (LOWEST, "maat", None))) == {}


# Properties

VALUES = st.lists(
    st.none() | st.integers(0, 1000).map(lambda tenths: tenths / 10), min_size=6, max_size=15
)


def named(values: list[float | None]) -> dict[str, float | None]:
    return {f"WK{n:06}": value for n, value in enumerate(values)}


def expected(values: Mapping[str, float | None]) -> dict[str, tuple[str, str]]:
    """Work out the signals with the statistics module, area by area."""
    known = {code: value - 50 for code, value in values.items() if value is not None}
    if len(known) < 8:
        return {}
    middle = statistics.median(known.values())
    spread = 1.4826 * statistics.median(abs(one - middle) for one in known.values())
    signals = {}
    for code, away in known.items():
        z = (away - middle) / spread if spread > 1e-9 else 0.0
        if abs(away) > 0.1 + 1e-9 and z * away > 0 and abs(z) >= 1 - 1e-9:
            signals[code] = (
                "strong" if abs(z) >= 2 - 1e-9 else "watch",
                "higher" if away > 0 else "lower",
            )
    return signals


@given(VALUES)
def test_signals_are_those_of_a_plain_calculation(values: list[float | None]) -> None:
    areas = named(values)
    assert found(table(*rows_of(areas)), measure(decimals=1)) == expected(areas)


@given(VALUES, st.sampled_from(["missing", "suppressed", "not_applicable"]), st.data())
def test_an_absent_figure_is_as_if_the_area_was_not_there(
    values: list[float | None], reason: str, data: st.DataObject
) -> None:
    """Each area in turn: whatever the reason, and whatever may still stand under the reason."""
    areas = named(values)
    gone = data.draw(st.sampled_from(sorted(areas)))
    without = found(table(*rows_of({code: areas[code] for code in areas if code != gone})))
    figures = table(*rows_of(areas | {gone: None}), reason=reason)
    assert found(figures) == without
    figures.loc[figures["code"] == gone, "value"] = 99.0
    assert found(figures) == without


@given(VALUES)
def test_mirrored_figures_give_mirrored_signals(values: list[float | None]) -> None:
    areas = named(values)
    mirrored = {code: value if value is None else 100 - value for code, value in areas.items()}
    other = {"higher": "lower", "lower": "higher"}
    assert found(table(*rows_of(mirrored)), measure(decimals=1)) == {
        code: (level, other[direction])
        for code, (level, direction) in found(table(*rows_of(areas)), measure(decimals=1)).items()
    }


@given(VALUES, st.integers(0, 1000))
def test_the_order_of_the_rows_does_not_matter(values: list[float | None], seed: int) -> None:
    figures = table(*rows_of(named(values)))
    mixed = figures.sample(frac=1, random_state=seed)
    first, second = (signal_table(rows, [measure()], RULES, GM) for rows in (figures, mixed))
    pd.testing.assert_frame_equal(first, second)


@given(VALUES)
def test_the_median_area_is_never_unusual(values: list[float | None]) -> None:
    z = robust_z(np.array([values], dtype="float64").T, 8)[:, 0]
    known = [value for value in values if value is not None]
    for value, place in zip(values, z, strict=True):
        if value is not None and value == statistics.median(known):
            assert math.isnan(place) or place == 0


# The rules


def problems(data: Path, content: str, size: str = "inwoners") -> dict[str | None, str]:
    (data / FILE).write_text(content, encoding="utf-8")
    with pytest.raises(InputError) as raised:
        load_rules(data, (measure(id=size),))
    return {problem.column: problem.expected for problem in raised.value.problems}


GOOD = (
    'owner = "o"\nwatch = 1.0\nstrong = 2.0\nsize = "inwoners"\n'
    "minimum_size = 200\nminimum_areas = 8\nconfidence_percent = 95\n"
    "strong_confidence_percent = 99\ncount_step = 5\nassumed_base_percent = 50\nvintages = 3\n"
    "vintages_needed = 2\ntrend_vintages = 4\ntrend_confidence_percent = 90\n"
)


@pytest.mark.parametrize(
    ("old", "new", "column", "words"),
    [
        ('owner = "o"\n', "", "owner", "this setting"),
        ('"o"', '""', "owner", "at least 1 character"),
        ("watch = 1.0", "watch = 0", "watch", "greater than 0"),
        ("watch = 1.0", "watch = inf", "watch", "finite number"),
        ("strong = 2.0", "strong = 1.0", "strong", "a number above watch"),
        ("strong = 2.0", "strong = nan", "strong", "finite number"),
        ('"inwoners"', '"bomen"', "size", "the id of an indicator"),
        ("= 200", "= -1", "minimum_size", "greater than or equal to 0"),
        ("= 8", "= 2", "minimum_areas", "greater than or equal to 3"),
        ("= 95", "= 100", "confidence_percent", "less than 100"),
        ("= 95", '= 95\nsecret = "x"', "secret", "no such setting"),
        ("= 99", "= 94", "strong_confidence_percent", "no less than confidence_percent"),
        ("count_step = 5", "count_step = 0", "count_step", "greater than or equal to 1"),
        ("= 50", "= 0", "assumed_base_percent", "greater than 0"),
        ("= 50", "= 101", "assumed_base_percent", "less than or equal to 100"),
        ("vintages = 3", "vintages = 0", "vintages", "greater than or equal to 1"),
        ("needed = 2", "needed = 4", "vintages_needed", "no more than vintages"),
        ("needed = 2", "needed = 0", "vintages_needed", "greater than or equal to 1"),
        ("= 4", "= 2", "trend_vintages", "greater than or equal to 3"),
        ("= 90", "= 100", "trend_confidence_percent", "less than 100"),
    ],
)
def test_rules_that_make_no_sense_are_refused(
    data: Path, old: str, new: str, column: str, words: str
) -> None:
    assert old in GOOD
    assert words in problems(data, GOOD.replace(old, new))[column]


def test_all_problems_of_the_rules_are_listed_at_once(data: Path) -> None:
    found_in = problems(data, GOOD.replace("= 200", "= -1").replace("= 8", "= 0"))
    assert set(found_in) == {"minimum_size", "minimum_areas"}


def test_an_indicator_of_size_is_needed_only_where_something_can_signal(data: Path) -> None:
    (data / FILE).write_text(GOOD, encoding="utf-8")
    assert load_rules(data, (measure(signal=""),)).minimum_size == 200
    assert load_rules(data, None).owner == "o"


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"aggregation": "sum", "aggregation_note": ""}, "no signal for a figure that is added up"),
        ({"signal": "rate"}, "per and a weight with signal rate"),
        ({"signal": "rate", "per": 1000}, "per and a weight with signal rate"),
        ({"signal": "share", "per": 1000}, "per only then"),
        ({"signal": "count"}, "Input should be"),
    ],
)
def test_an_indicator_that_cannot_signal_is_refused(changes: dict[str, object], words: str) -> None:
    with pytest.raises(ValueError, match=words):
        measure(**changes)


# The embedded data


def test_what_can_signal_in_public_is_a_share_a_rate_or_a_mean(results: Results) -> None:
    public = [item for item in results.catalogue if item.edition == "publiek"]
    able = {item.id: item for item in public if item.signal}
    assert set(able) == {
        "leeftijd_65_plus",
        "opleiding_hbo_wo",
        "koopwoningen",
        "woz_waarde",
        "arbeidsdeelname",
        "inkomen_laag",
        "inkomen_hoog",
        # not in the embedded figures: they come in with a fetch
        "eenpersoonshuishoudens",
        "corporatiebezit",
        "gasverbruik",
        "sociaal_minimum",
        "bijstand",
        "jeugdzorg",
        "wmo",
    }
    units = {"share": {"%"}, "rate": {"per 1.000 inwoners"}, "mean": {"× € 1.000", "m³"}}
    assert all(item.unit in units[item.signal] for item in able.values())
    assert {item.origin for item in able.values()} == {"published"}


def test_inside_a_rate_of_the_police_can_signal(results: Results) -> None:
    inside = [item for item in results.catalogue if item.edition == "intern" and item.signal]
    assert {item.signal for item in inside} == {"rate"}
    assert {(item.weight, item.per, item.minimum_weight) for item in inside} == {
        ("inwoners", 1000, 200),
        ("woningen", 1000, 100),
    }


# inkomen_laag 2022: median of the wijken 35.0; distances sorted 0 .3 1.1 2.9 3.4 3.5 [3.7] 3.9 4.9
# 5.5 6.2 7.2 12.7, so MAD 3.7 and spread 5.48562. z: 47.7 2.32, 42.2 1.31, 39.9 0.89, 29.5 -1.003,
# 28.8 -1.13, 31.1 -0.71. The municipality has 35.2.
# woz_waarde 2022: median 340; distances 0 24 25 52 56 64 [81] 92 102 129 148 154 178, so MAD 81 and
# spread 120.09. z: 192 -1.23, 211 -1.07, 494 1.28, 518 1.48, 442 0.85, 248 -0.77. Municipality 339.
@pytest.mark.parametrize(
    ("indicator", "signals"),
    [
        (
            "inkomen_laag",
            {
                "WK191602": ("strong", "higher"),
                "WK191606": ("watch", "higher"),
                "WK191611": ("watch", "lower"),
                "WK191612": ("watch", "lower"),
            },
        ),
        (
            "woz_waarde",
            {
                "WK191602": ("watch", "lower"),
                "WK191606": ("watch", "lower"),
                "WK191612": ("watch", "higher"),
                "WK191613": ("watch", "higher"),
            },
        ),
    ],
)
def test_signals_of_the_wijken_on_income_and_home_value(
    results: Results, indicator: str, signals: dict[str, tuple[str, str]]
) -> None:
    (item,) = [one for one in results.catalogue if one.id == indicator]
    rules = results.inputs.signal_rules
    rows = signal_table(results.figures, [item], rules, results.inputs.municipality.gm_code)
    assert columns_of(rows[rows["level"] != ""], "level", "direction") == signals
    assert set(rows["year"]) == {"2022"}
    assert set(rows["years"]) == {1}


def test_two_wijken_signal_on_income_and_home_value_with_numbers(results: Results) -> None:
    """WK191602 is Prinsenhof and WK191606 De Heuvel / Amstelwijk."""
    able = [one for one in results.catalogue if one.signal]
    gm_code = results.inputs.municipality.gm_code
    rows = signal_table(results.figures, able, results.inputs.signal_rules, gm_code)
    signals = rows[rows["level"] != ""]
    chosen = signals["code"].isin(["WK191602", "WK191606"]) & signals["indicator"].isin(
        ["inkomen_laag", "inkomen_hoog", "woz_waarde"]
    )
    assert {
        (row["code"], row["indicator"]): (row["deviation"], row["side"])
        for row in signals[chosen].to_dict("records")
    } == {
        ("WK191602", "inkomen_laag"): (12.5, "unfavourable"),
        ("WK191602", "inkomen_hoog"): (-16.1, "neutral"),
        ("WK191602", "woz_waarde"): (-128, "neutral"),
        ("WK191606", "inkomen_laag"): (7, "unfavourable"),
        ("WK191606", "inkomen_hoog"): (-13.9, "neutral"),
        ("WK191606", "woz_waarde"): (-147, "neutral"),
    }
    assert len(signals) == 31
    assert set(signals["years"]) == {1}


def test_the_embedded_rules_have_an_owner_and_fit_the_catalogue() -> None:
    data = Path(__file__).parent.parent / "data"
    rules = load_rules(data, load_catalogue(data))
    assert (rules.watch, rules.strong, rules.minimum_size, rules.minimum_areas) == (1, 2, 200, 8)
    assert rules.owner
    assert "De gemeente heeft ze nog niet vastgesteld." in rules.note

"""A signal is a difference that is unusual among the areas and larger than its noise."""

import math
import statistics
from collections.abc import Mapping
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo_lv.errors import InputError
from geo_lv.indicators.catalogue import Indicator, load_catalogue
from geo_lv.indicators.figures import COLUMNS as FIGURE_COLUMNS
from geo_lv.pipeline import Results
from geo_lv.signals.evidence import robust_z
from geo_lv.signals.noise import rate_noise, rounding_noise, share_noise
from geo_lv.signals.rules import FILE, SignalRules, load_rules
from geo_lv.signals.table import COLUMNS, signal_table

GM = "GM0001"
RULES = SignalRules(
    owner="iemand",
    watch=1,
    strong=2,
    size="mensen",
    minimum_size=200,
    minimum_areas=8,
    confidence_percent=95,
)

# Nine wijken and a municipality of 50. Deviations -10 -6 -3 -1 0 1 3 6 10: their median is 0, the
# distances to it are 0 1 1 3 3 6 6 10 10, so MAD = 3 and the spread 3 * 1.4826 = 4.4478.
# z = -2.25 -1.35 -0.67 -0.22 0 0.22 0.67 1.35 2.25.
NINE: dict[str, float] = dict(
    zip([f"WK{n:06}" for n in range(1, 10)], (40, 44, 47, 49, 50, 51, 53, 56, 60), strict=True)
)
LOWEST, LOW, HIGH, HIGHEST = "WK000001", "WK000002", "WK000008", "WK000009"

Row = tuple[str, str, float | None]
"""Area, indicator, value."""


def measure(**changes: object) -> Indicator:
    """Return an indicator that can signal."""
    plain = {
        "id": "maat",
        "label": "Maat",
        "unit": "%",
        "theme": "x",
        "decimals": 0,
        "direction": "neutral",
        "aggregation": "none",
        "aggregation_note": "nee",
        "explanation": "",
        "source": "",
        "signal": "mean",
    }
    return Indicator.model_validate(plain | changes)


def weighted(signal: str, **changes: object) -> Indicator:
    """Return an indicator with a known base."""
    base = {"aggregation": "weighted_mean", "aggregation_note": "", "weight": "basis"}
    return measure(signal=signal, **base, **changes)


def table(*rows: Row, year: str = "2022", reason: str = "missing") -> pd.DataFrame:
    """Return figures; None is one that is absent for a reason."""
    return pd.DataFrame(
        [
            (
                code,
                name,
                year,
                math.nan if value is None else value,
                "" if value is not None else reason,
                "",
            )
            for code, name, value in rows
        ],
        columns=list(FIGURE_COLUMNS),
    ).astype({"value": "float64"})


def rows_of(
    values: Mapping[str, float] | Mapping[str, float | None],
    sizes: Mapping[str, float | None] | None = None,
) -> list[Row]:
    """Return the measure and the size of areas, with a municipality of 50."""
    people = dict.fromkeys(values, 1000) | dict(sizes or {})
    return [
        (GM, "maat", 50),
        *((code, "maat", value) for code, value in values.items()),
        *((code, "mensen", size) for code, size in people.items()),
    ]


def found(
    figures: pd.DataFrame, indicator: Indicator | None = None, rules: SignalRules = RULES
) -> dict[str, tuple[str, str]]:
    """Return level and direction of the areas that have a signal."""
    signals = signal_table(figures, [indicator or measure()], rules, GM)
    assert list(signals.columns) == list(COLUMNS)
    return {row["code"]: (row["level"], row["direction"]) for row in signals.to_dict("records")}


def test_nine_areas_by_hand() -> None:
    assert found(table(*rows_of(NINE))) == {
        LOWEST: ("strong", "lower"),
        LOW: ("watch", "lower"),
        HIGH: ("watch", "higher"),
        HIGHEST: ("strong", "higher"),
    }


@pytest.mark.parametrize("direction", ["higher_better", "lower_better", "neutral"])
def test_a_signal_says_higher_or_lower_and_never_what_that_is_worth(direction: str) -> None:
    signals = found(table(*rows_of(NINE)), measure(direction=direction))
    words = [signals[code][1] for code in (LOWEST, LOW, HIGH, HIGHEST)]
    assert words == ["lower", "lower", "higher", "higher"]


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


def test_rounding_takes_half_a_step_of_each_figure() -> None:
    assert [rounding_noise(decimals) for decimals in (0, 1, 2)] == [1, 0.1, 0.01]


def test_no_signal_by_errors_of_binary_fractions() -> None:
    """35.2 - 35.1 is a little more than 0.1 for a computer, and no more than the rounding."""
    values = dict(zip(NINE, (35.1, 35.1, 35.1, 35.1, 35.2, 35.0, 35.0, 35.0, 35.1), strict=True))
    figures = table((GM, "maat", 35.1), *rows_of(values)[1:])
    assert rounding_noise(1) < 35.2 - 35.1
    assert found(figures, measure(decimals=1)) == {}


# Wilson at 95% for 40% of 100: 1.96 / 1.0384 * sqrt(0.24 / 100 + 3.8415 / 40,000) = 9.43 points
# for 40% of 1,000: 1.96 / 1.0038 * sqrt(0.24 / 1000 + 3.8415 / 4,000,000) = 3.03 points
# Poisson at 95% for 12 events: 1.96 * sqrt(12 + 0.9604) = 7.06, none: 1.96 * sqrt(0.9604) = 1.92


def test_noise_of_chance_by_hand() -> None:
    z = RULES.chance_z
    assert z == pytest.approx(1.959964)
    base = pd.Series([100.0, 1000, 0, math.nan])
    share = share_noise(pd.Series([40.0, 40, 40, 40]), base, z)
    assert share.tolist() == pytest.approx(
        [9.4294, 3.0308, math.nan, math.nan], abs=1e-3, nan_ok=True
    )
    rate = rate_noise(pd.Series([12.0, 0, 12]), pd.Series([1000.0, 1000, 0]), 1000, z)
    assert rate.tolist() == pytest.approx([7.0560, 1.9207, math.nan], abs=1e-3, nan_ok=True)
    assert rate_noise(pd.Series([12.0]), pd.Series([4000.0]), 1000, z)[0] < rate[0]


@given(st.floats(0, 100), st.integers(1, 10**6))
def test_a_share_of_more_people_is_more_certain(percent: float, base: int) -> None:
    few, many = share_noise(pd.Series([percent] * 2), pd.Series([base, base * 2.0]), 1.96)
    assert 0 < many < few <= 100


@pytest.mark.parametrize(
    ("base", "codes"), [(100, set()), (1000, {LOWEST, LOW, HIGH, HIGHEST}), (None, set())]
)
def test_a_share_with_a_base_must_also_exceed_chance(base: float | None, codes: set[str]) -> None:
    """Of 100 people 10 points are within 9.43 + 1; of 1,000 even 6 exceed 3.05 + 1."""
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


def test_the_noise_that_was_exceeded_is_named() -> None:
    bases: list[Row] = [(code, "basis", 1000) for code in NINE]
    figures = table(*rows_of(NINE), *bases)
    for indicator, noise in (
        (measure(), "rounding"),
        (measure(signal="share"), "rounding"),
        (weighted("mean"), "rounding"),
        (weighted("share"), "chance"),
    ):
        assert set(signal_table(figures, [indicator], RULES, GM)["noise"]) == {noise}


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
    years = signals.groupby("year")["code"].agg(set).to_dict()
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
    z = robust_z(pd.Series(values, dtype="float64"), 8)
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
    assert {
        row["code"]: (row["level"], row["direction"]) for row in rows.to_dict("records")
    } == signals
    assert set(rows["year"]) == {"2022"}


def test_the_embedded_rules_have_an_owner_and_fit_the_catalogue() -> None:
    data = Path(__file__).parent.parent / "data"
    rules = load_rules(data, load_catalogue(data))
    assert (rules.watch, rules.strong, rules.minimum_size, rules.minimum_areas) == (1, 2, 200, 8)
    assert rules.owner
    assert "De gemeente heeft ze nog niet vastgesteld." in rules.note

"""States of goals, each worked out by hand.

The way that most cases use: from 0 on 1 January 2021 to 100 on 31 December 2025, 1,825 days.
On 31 December 2023, 1,094 days are past, so the path is at 100 * 1094 / 1825 = 59.945. The margin
is 5% of 100, so from 54.945 on a value is on course.
"""

import datetime as dt
import math
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo_lv.agreements.measurements import Interval
from geo_lv.agreements.points import Goal, Point
from geo_lv.monitor.judge import Judgement, judge
from geo_lv.monitor.series import Value, added_up, moments, next_moment
from geo_lv.schema import Confidence

NOW = dt.date(2024, 6, 30)
WAY = {"start": 0, "since": dt.date(2021, 1, 1), "until": dt.date(2025, 12, 31)}
ON_PATH = 100 * 1094 / 1825


def point(**settings: Any) -> Point:
    known = {"code": "P", "agreement": "A", "subject": "S", "unit": "woningen", "rule": "R"}
    return Point(**{**known, **settings})


def goal(value: float | str = 100, **settings: Any) -> Goal:
    known = {"point": "P", "bound": "at_least", "value": value, "confidence": "H", **WAY}
    return Goal(**{**known, **settings})


def values(*pairs: tuple[str, float | tuple[float, float]]) -> list[Value]:
    found = []
    for day, told in pairs:
        low, high = told if isinstance(told, tuple) else (told, told)
        found.append(Value(day, dt.date.fromisoformat(day), Interval(low, high)))
    return found


def judged(
    of: Goal, told: list[Value], now: dt.date = NOW, measured: Point | None = None
) -> Judgement:
    return judge(of, measured or point(), told, now, 5)


@pytest.mark.parametrize(
    ("value", "state", "why"),
    [
        (58, "op koers", "on path"),
        (54.95, "op koers", "on path"),
        (54.94, "loopt achter", "behind path"),
        (0, "loopt achter", "behind path"),
        (99.9, "op koers", "on path"),
        (100, "gehaald", "reached early"),
    ],
)
def test_before_the_last_day(value: float, state: str, why: str) -> None:
    found = judged(goal(), values(("2023-12-31", value)))
    assert (found.state, found.why) == (state, why)
    assert found.on_path == pytest.approx(ON_PATH)


@pytest.mark.parametrize(
    ("day", "value", "state"),
    [
        ("2025-12-31", 100, "gehaald"),
        ("2025-12-31", 99.9, "niet gehaald"),  # no margin at the end
        ("2026-02-01", 100, "gehaald"),
        ("2026-02-01", 99.9, "niet gehaald"),
    ],
)
def test_on_and_after_the_last_day(day: str, value: float, state: str) -> None:
    assert judged(goal(), values((day, value)), dt.date(2026, 12, 31)).state == state


def test_the_first_value_after_the_last_day_decides() -> None:
    told = values(("2025-06-30", 99), ("2026-01-31", 99), ("2027-01-31", 120))
    found = judged(goal(), told, dt.date(2027, 6, 30))
    assert (found.state, found.value and found.value.date) == ("niet gehaald", "2026-01-31")


@pytest.mark.parametrize(
    ("now", "state", "why"),
    [
        (dt.date(2025, 12, 31), "op koers", "on path"),  # the last day is not over
        (dt.date(2026, 1, 1), "geen meting", "ended without"),
    ],
)
def test_a_last_value_of_before_the_last_day_does_not_decide(
    now: dt.date, state: str, why: str
) -> None:
    found = judged(goal(), values(("2023-12-31", 58)), now)
    assert (found.state, found.why) == (state, why)


def test_nothing_measured_is_no_measurement() -> None:
    found = judged(goal(), [])
    assert (found.state, found.why, found.value) == ("geen meting", "no measurement", None)


def test_what_cannot_be_measured_says_so_and_keeps_its_value() -> None:
    found = judged(goal(), values(("2023-12-31", 3)), measured=point(not_measurable="Waarom."))
    assert (found.state, found.value and found.value.value.low) == ("niet meetbaar", 3)
    assert found.next_date is None


def test_one_value_without_a_start_says_nothing_of_the_speed() -> None:
    without = goal(start=None, since=None)
    assert judged(without, values(("2023-12-31", 50))).why == "one measurement"
    # from 40 on 31-12-2022 to 100 on 31-12-2025 is 1,096 days; a third of the way is 60, less 3
    two = values(("2022-12-31", 40), ("2023-12-31", 56.9))
    assert judged(without, two).state == "loopt achter"
    two = values(("2022-12-31", 40), ("2023-12-31", 57))
    assert judged(without, two).state == "op koers"


def test_a_value_between_limits_decides_when_both_say_the_same() -> None:
    assert judged(goal(), values(("2023-12-31", (55, 70)))).state == "op koers"
    assert judged(goal(), values(("2023-12-31", (10, 54)))).state == "loopt achter"
    found = judged(goal(), values(("2023-12-31", (50, 60))))
    assert (found.state, found.why) == ("geen meting", "undecided")


@pytest.mark.parametrize(
    ("first", "third", "state", "low"),
    [
        (30, 30, "op koers", 60),  # the two that are known are enough
        (20, 25, "geen meting", 45),  # 45 is too little, but 2022 may have had enough
    ],
)
def test_a_missing_middle_year_is_not_zero(first: int, third: int, state: str, low: int) -> None:
    found = judged(
        goal(), values(("2021-12-31", first), ("2023-12-31", third)), measured=point(adds_up=True)
    )
    assert found.state == state
    assert found.value is not None
    assert found.value.value == Interval(low, math.inf)
    assert found.value.missing == (dt.date(2022, 12, 31),)


def test_all_years_known_add_up_and_decide() -> None:
    told = values(("2021-12-31", 20), ("2022-12-31", 9), ("2023-12-31", 25))
    found = judged(goal(), told, measured=point(adds_up=True))
    assert found.value is not None
    assert (found.state, found.value.value) == ("loopt achter", Interval(54, 54))


def test_years_outside_a_goal_do_not_count_for_it() -> None:
    one_year = goal(12, since=dt.date(2022, 1, 1), until=dt.date(2022, 12, 31))
    told = values(("2021-12-31", 50), ("2022-12-31", 11), ("2023-12-31", 50))
    found = judged(one_year, told, measured=point(adds_up=True))
    assert found.value is not None
    assert (found.state, found.value.value.low) == ("niet gehaald", 11)


def test_a_share_that_must_go_down() -> None:
    """From 20% to 0%: on 31 December 2023 at 20 * (1 - 1094/1825) = 8.011; 1% is allowed."""
    down = goal(0, bound="at_most", start=20)
    assert judged(down, values(("2023-12-31", 9.01))).state == "op koers"
    assert judged(down, values(("2023-12-31", 9.02))).state == "loopt achter"
    assert judged(down, values(("2023-12-31", 0))).state == "gehaald"


def test_a_limit_to_a_number_that_is_passed_cannot_be_made_up_for() -> None:
    limit = goal(5, bound="at_most", path="flat", start=None)
    counted = point(adds_up=True)
    three = values(("2021-12-31", 3), ("2022-12-31", 2))
    assert judged(limit, three, measured=counted).state == "op koers"
    six = values(("2021-12-31", 3), ("2022-12-31", 3))
    found = judged(limit, six, measured=counted)
    assert (found.state, found.why) == ("niet gehaald", "over the limit")
    gap = values(("2021-12-31", 3), ("2023-12-31", 1))
    assert judged(limit, gap, measured=counted).state == "geen meting"


@pytest.mark.parametrize(
    ("told", "state", "year"),
    [
        ([("2023-12-31", 9)], "gehaald", 2023),
        ([("2023-12-31", 11)], "niet gehaald", 2023),
        ([("2023-12-31", 9), ("2024-03-31", 11)], "loopt achter", 2024),
        ([("2023-12-31", 11), ("2024-03-31", 10)], "op koers", 2024),
        ([("2023-06-30", 9)], "geen meting", 2023),  # half a year says nothing of the whole
        ([], "geen meting", 2024),
    ],
)
def test_a_goal_of_each_year(told: list[tuple[str, float]], state: str, year: int) -> None:
    yearly = goal(10, bound="at_most", path="flat", each_year=True, start=None)
    found = judged(yearly, values(*told))
    assert (found.state, found.until) == (state, dt.date(year, 12, 31))


def test_a_norm_without_an_end() -> None:
    norm = goal(2, path="flat", start=None, since=None, until=None)
    assert judged(norm, values(("2023-12-31", 2))).state == "op koers"
    assert judged(norm, values(("2023-12-31", 1))).state == "loopt achter"


def test_a_mean_label_is_reached_above_half_a_class_below_it() -> None:
    """B has rank 5, so a mean of 4.5 is still C and anything above it is B."""
    label = goal("B", start=None, since=None)
    measured = point(unit="label", computed="label_mean")
    assert judged(label, values(("2023-12-31", 4.5)), measured=measured).why == "one measurement"
    assert judged(label, values(("2023-12-31", 4.501)), measured=measured).state == "gehaald"
    ended = dt.date(2026, 1, 31)
    assert judged(label, values(("2025-12-31", 4.5)), ended, measured).state == "niet gehaald"


def test_a_label_told_as_a_letter_lies_somewhere_in_its_class() -> None:
    """From C (middle 4) on 31-12-2021 to 4.5: two of four years are 4.25, less 0.025."""
    label = goal("B", start=None, since=None)
    measured = point(unit="label", computed="label_mean")
    letter = values(("2021-12-31", (3.5, 4.5)), ("2023-12-31", (3.5, 4.5)))
    assert judged(label, letter, measured=measured).why == "undecided"
    worse = values(("2021-12-31", (3.5, 4.5)), ("2023-12-31", (2.5, 3.5)))
    assert judged(label, worse, measured=measured).state == "loopt achter"


def test_own_margin_of_a_goal_goes_before_that_of_the_rules() -> None:
    assert judged(goal(tolerance_percent=0), values(("2023-12-31", 59.9))).state == "loopt achter"
    assert judged(goal(tolerance_percent=50), values(("2023-12-31", 10))).state == "op koers"


@pytest.mark.parametrize(
    ("told", "now", "due", "late"),
    [
        ([("2023-12-31", 58)], NOW, dt.date(2024, 12, 31), False),
        ([("2022-12-31", 58)], NOW, dt.date(2023, 12, 31), True),
        ([("2024-06-30", 58)], NOW, dt.date(2024, 12, 31), False),
        ([], NOW, dt.date(2021, 12, 31), True),
        ([], dt.date(2027, 1, 1), dt.date(2025, 12, 31), True),
        ([("2023-12-31", 58)], dt.date(2027, 1, 1), dt.date(2025, 12, 31), True),
    ],
)
def test_when_the_next_measurement_is_due(
    told: list[tuple[str, float]], now: dt.date, due: dt.date, *, late: bool
) -> None:
    found = judged(goal(), values(*told), now)
    assert (found.next_date, found.late) == (due, late)


def test_nothing_more_is_due_after_a_final_state() -> None:
    assert judged(goal(), values(("2023-12-31", 100))).next_date is None
    yearly = goal(10, bound="at_most", path="flat", each_year=True, start=None)
    assert judged(yearly, values(("2023-12-31", 9))).next_date == dt.date(2024, 12, 31)
    last = judged(yearly, values(("2025-12-31", 9)), dt.date(2026, 6, 30))
    assert last.next_date is None


@pytest.mark.parametrize(
    ("settings", "of_point", "indicative"),
    [
        ({}, {}, False),
        ({"confidence": "L"}, {}, True),
        ({"path_confidence": "L"}, {}, True),
        ({}, {"definition_confidence": "L"}, True),
        ({"confidence": "M"}, {}, False),
    ],
)
def test_a_state_is_as_sure_as_what_it_rests_on(
    settings: dict[str, Any], of_point: dict[str, Any], *, indicative: bool
) -> None:
    found = judged(goal(**settings), values(("2023-12-31", 58)), measured=point(**of_point))
    assert found.indicative == indicative


def test_a_start_that_is_not_sure_does_not_make_a_reached_goal_doubtful() -> None:
    assert not judged(goal(path_confidence="L"), values(("2023-12-31", 100))).indicative


def test_a_total_is_as_sure_as_its_least_sure_part() -> None:
    one, two = values(("2021-12-31", 3), ("2022-12-31", 2))
    parts = [
        Value(one.date, one.end, one.value, fictitious=True, confidence=Confidence.LOW),
        Value(two.date, two.end, two.value, confidence=Confidence.HIGH),
    ]
    last = added_up(parts, dt.date(2021, 1, 1), 12)[-1]
    assert (last.value, last.fictitious, last.confidence) == (
        Interval(5, 5),
        True,
        Confidence.LOW,
    )


def test_ends_of_periods() -> None:
    assert next_moment(dt.date(2024, 2, 1), 6) == dt.date(2024, 6, 30)
    assert next_moment(dt.date(2024, 6, 30), 6) == dt.date(2024, 12, 31)
    assert next_moment(dt.date(2024, 12, 31), 3) == dt.date(2025, 3, 31)
    assert list(moments(dt.date(2024, 1, 1), dt.date(2024, 12, 31), 6)) == [
        dt.date(2024, 6, 30),
        dt.date(2024, 12, 31),
    ]
    assert list(moments(dt.date(2024, 2, 1), dt.date(2024, 2, 29), 1)) == [dt.date(2024, 2, 29)]


@given(
    value=st.floats(-50, 150),
    room=st.floats(0, 60),
    truth=st.floats(0, 1),
    bound=st.sampled_from(["at_least", "at_most"]),
    day=st.dates(dt.date(2021, 1, 2), dt.date(2027, 1, 1)),
)
def test_an_interval_never_contradicts_the_number_in_it(
    value: float, room: float, truth: float, bound: str, day: dt.date
) -> None:
    """What is said of limits also holds for every number between them."""
    wanted, start = (100, 0) if bound == "at_least" else (0, 100)
    of, now = goal(wanted, bound=bound, start=start), dt.date(2027, 1, 1)
    wide = values((day.isoformat(), (value, value + room)))
    inside = values((day.isoformat(), value + truth * room))
    found = judged(of, wide, now)
    if found.state != "geen meting":
        # between limits of which one is as far as the goal, "op koers" is all that is certain
        allowed = {found.state, "gehaald"} if found.state == "op koers" else {found.state}
        assert judged(of, inside, now).state in allowed


@given(better=st.floats(0, 100), value=st.floats(-50, 150))
def test_a_better_value_never_has_a_worse_state(better: float, value: float) -> None:
    order = ["loopt achter", "op koers", "gehaald"]
    one, two = (
        order.index(judged(goal(), values(("2023-12-31", each))).state)
        for each in (value, value + better)
    )
    assert one <= two

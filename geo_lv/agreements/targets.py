"""Goals about the stock of a corporation, as the lists of homes are held against them."""

from dataclasses import dataclass

from geo_lv.agreements.points import AFFORDABLE, Goal, Monitored, Point, Size
from geo_lv.schema import Confidence


@dataclass(frozen=True)
class Target:
    """A measuring point with its target and year; an empty corporation means all."""

    code: str
    corporation: str
    subject: str
    measure: str
    target: str
    year: int
    source: str
    note: str


@dataclass(frozen=True)
class AffordableTarget:
    """The agreed affordable share of the small or the large homes of a corporation."""

    code: str
    corporation: str
    size: Size
    target_share: float
    """Percent 0–100, as agreed."""
    floor_area_limit_m2: float
    """A small home has at most this many square metres, a large one more."""
    rent_class: str
    """The highest rent class that is still affordable."""
    source: str
    definition_confidence: Confidence
    """How sure the limit and the class are; the share itself is as sure as its source."""
    note: str


def label_targets(monitored: Monitored) -> tuple[Target, ...]:
    """Return the goals for energy labels as they hold now, in the order of the file."""
    return tuple(
        Target(
            code=point.agreement,
            corporation=goal.corporation,
            subject=point.subject,
            measure=str(point.computed),
            target=goal.value if isinstance(goal.value, str) else f"{goal.value:g}",
            year=goal.until.year,
            source=source_of(monitored, point),
            note=point.note,
        )
        for point in monitored.points
        if point.computed in {"label_mean", "efg_share"}
        for goal in newest_goals(monitored, point.code)
        if goal.until
    )


def affordable_targets(monitored: Monitored) -> tuple[AffordableTarget, ...]:
    """Return the agreed affordable shares as they hold now, in the order of the file."""
    return tuple(
        AffordableTarget(
            code=point.agreement,
            corporation=goal.corporation,
            size=AFFORDABLE[point.computed],
            target_share=float(goal.value),
            floor_area_limit_m2=point.floor_area_limit_m2,
            rent_class=point.rent_class,
            source=source_of(monitored, point),
            definition_confidence=point.definition_confidence,
            note=point.note,
        )
        for point in monitored.points
        if point.computed in AFFORDABLE and point.floor_area_limit_m2 is not None
        for goal in newest_goals(monitored, point.code)
    )


def newest_goals(monitored: Monitored, code: str) -> tuple[Goal, ...]:
    """Return the last version of each goal of a point."""
    goals = sorted(monitored.goals_of(code), key=lambda goal: str(goal.agreed or ""))
    return tuple({goal.key: goal for goal in goals}.values())


def source_of(monitored: Monitored, point: Point) -> str:
    """Return the sources of the agreement of a point."""
    return next(item.source for item in monitored.agreements if item.code == point.agreement)

"""Energy labels of a page: stacked bars per corporation, with the agreed targets beside them."""

import math

from geo_lv.agreements import Target
from geo_lv.editions import Released
from geo_lv.label_bars import LabelBar as ReleasedBar
from geo_lv.maps.model import LabelBar, LabelPath
from geo_lv.maps.text import number, percentage
from geo_lv.properties import LABELS, label_of
from geo_lv.schema import Reason


def label_bars(released: Released, code: str, name: str) -> tuple[LabelBar, ...]:
    """
    Return the stacked label bars of an area, one per corporation.

    Parameters
    ----------
    released
        The released view.
    code
        Area code or plan slug.
    name
        What the area is called.

    Returns
    -------
    bars
        Corporations without dwellings in the area have none.
    """
    own = [bar for bar in released.labels if bar.area == code]
    return tuple(
        _label_bar(released, bar, name)
        for corporation in released.municipality.corporations
        for bar in own
        if bar.corporation == corporation.name
    )


def _label_bar(released: Released, bar: ReleasedBar, name: str) -> LabelBar:
    targets = [t for t in released.agreements.targets if t.corporation in {"", bar.corporation}]
    title = f"{bar.corporation}, {name}"
    if not bar.groups:
        sentences = tuple(target_text(target) for target in targets)
        return LabelBar(title, "", "", "", (), Reason.SUPPRESSED, sentences)
    drawn = sum(homes for _, homes in bar.groups)
    unlabelled = math.isnan(bar.mean_label)
    mean = "" if unlabelled else label_of(bar.mean_label)
    return LabelBar(
        name=title,
        total=number(bar.dwellings),
        mean=mean,
        efg="" if math.isnan(bar.poor_share) else percentage(bar.poor_share),
        parts=tuple((group, number(homes), homes / drawn) for group, homes in bar.groups),
        targets=tuple(target_text(target, mean) for target in targets),
        path=None if unlabelled else _label_path(bar.mean_label, targets),
    )


def target_text(target: Target, mean: str = "") -> str:
    """Return a target with its year, beside the mean label here; E, F and G have no number."""
    if target.measure != "label_mean":
        return f"{target.subject}: programma tot en met {target.year}"
    here = f"; in dit gebied nu {mean}" if mean else ""
    return f"{target.subject}: {target.target} in {target.year}{here}"


def _label_path(mean: float, targets: list[Target]) -> LabelPath:
    """Place a mean and its targets on the scale from G up to at least A+."""
    scale = tuple(reversed(LABELS))
    goals = tuple(
        (target.target, target.year, scale.index(target.target))
        for target in targets
        if target.measure == "label_mean"
    )
    best = max(scale.index("A+"), math.ceil(mean), *(step for *_, step in goals))
    return LabelPath(scale[: best + 1], mean, goals)

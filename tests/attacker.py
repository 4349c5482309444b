"""Somebody with all public files, a pencil and a solver, who looks for small counts.

Written apart from the product: it reads the files as they leave and knows nothing of what was
hidden or why.
"""

import csv
import io
import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import product

import numpy as np
import numpy.typing as npt
import scipy.sparse
from scipy.optimize import Bounds, LinearConstraint, milp

from geo_lv.properties import LABEL_CLASSES

LABELLED = [label for label in LABEL_CLASSES if label != "geen"]
RANKS = {label: 11 - place for place, label in enumerate(LABELLED)}
BETTER = [label for label in LABELLED if label.startswith("A+")]
POOR = ["E", "F", "G"]
MANY = 5000.0
"""More dwellings than any area of the tests has."""


def table(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig")), delimiter=";"))


def group(label: str) -> list[str]:
    return BETTER if label == "A+ en beter" else [label]


@dataclass
class Attacker:
    """What is known, as rows of numbers of dwellings between two limits."""

    members: Mapping[str, set[str]]
    """Area of any level to its buurten."""
    wijk_of: Mapping[str, str]
    plan_of: Mapping[str, str]
    """Buurt to plan area; empty outside all of them."""
    owners: tuple[str, ...]
    rows: list[npt.NDArray[np.float64]] = field(default_factory=list)
    low: list[float] = field(default_factory=list)
    high: list[float] = field(default_factory=list)
    _known: LinearConstraint | None = None

    def __post_init__(self) -> None:
        """Give each unknown a number: a place, an owner and a label."""
        plans = sorted({plan for plan in self.plan_of.values() if plan})
        buurten = [(code, self.wijk_of[code], self.plan_of[code]) for code in sorted(self.wijk_of)]
        rests = product([""], ["", *sorted(set(self.wijk_of.values()))], ["", "?", *plans])
        self.places = [*buurten, *rests]
        keys = product(self.places, self.owners, LABEL_CLASSES)
        self.number = {key: number for number, key in enumerate(keys)}

    def places_in(self, area: str) -> Iterator[tuple[str, str, str]]:
        """Yield the places that surely lie in an area; all of them in the municipality."""
        for place in self.places:
            if area in place or area.startswith("GM"):
                yield place

    def sum_of(
        self,
        area: str,
        owner: str,
        labels: Mapping[str, float] | list[str],
        level: int | None = None,
    ) -> npt.NDArray[np.float64]:
        """Return the row for dwellings of an owner (empty: of all) with weights per label."""
        weights = labels if isinstance(labels, dict) else dict.fromkeys(labels, 1.0)
        row = np.zeros(len(self.number))
        for place in self.places_in(area):
            if level is None or place[level] not in ({"?"} if level == 2 else {""}):
                for own in [owner] if owner else self.owners:
                    for label, weight in weights.items():
                        row[self.number[place, own, label]] = weight
        return row

    def know(self, row: npt.NDArray[np.float64], low: float, high: float) -> None:
        """Write a row down."""
        self.rows.append(row)
        self.low.append(low)
        self.high.append(high)

    def read_figures(self, content: bytes, share_of: Mapping[str, str]) -> None:
        """Read ``data/cijfers.csv``; `share_of` has the id of the share of each owner."""
        for figure in table(content):
            area, name, secret = figure["gebied_code"], figure["cijfer"], figure["reden"]
            value = None if secret else float(figure["waarde"].replace(",", "."))
            if name == "corporatiewoningen":
                self._count(self.sum_of(area, "", list(LABEL_CLASSES)), value, 10)
            elif name in share_of and value is not None:
                part = self.sum_of(area, share_of[name], list(LABEL_CLASSES))
                self._share(part, self.sum_of(area, "", list(LABEL_CLASSES)), value)
            elif name == "label_efg" and value is not None:
                labelled = self.sum_of(area, "", LABELLED)
                self.know(labelled, 10, MANY)
                self._share(self.sum_of(area, "", POOR), labelled, value)
            elif name == "label_gemiddeld" and value is not None:
                self._mean(area, "", value)

    def read_labels(self, content: bytes, totals: Mapping[tuple[str, str], int]) -> None:
        """Read ``data/energielabels.csv``; `totals` has what the pages print beside each bar."""
        bars: dict[tuple[str, str], dict[str, str]] = {}
        for row in table(content):
            bar = bars.setdefault((row["gebied_code"], row["corporatie"]), {})
            bar[row["label"]] = row["woningen"]
            bar["gemiddeld"], bar["slecht"] = row["gemiddeld_rangnummer"], row["procent_efg"]
        for area, owner in product(self.members, self.owners):
            if (area, owner) not in bars:
                self.know(self.sum_of(area, owner, list(LABEL_CLASSES)), 0, 0)
            elif "geheim" in bars[area, owner]:
                self.know(self.sum_of(area, owner, list(LABEL_CLASSES)), 1, MANY)
            else:
                self._bar(area, owner, bars[area, owner], totals[area, owner])

    def read_account(self, content: bytes) -> None:
        """Read ``data/koppeling.csv``: how many dwellings landed on each level."""
        levels = {"gemeente": None, "wijk": 1, "buurt": 0, "binnen of buiten een plangebied": 2}
        for row in table(content):
            if row["uitkomst"] == "geplaatst":
                owner = "" if row["corporatie"] == "alle corporaties samen" else row["corporatie"]
                placed = self.sum_of("GM", owner, list(LABEL_CLASSES), levels[row["niveau"]])
                self.know(placed, float(row["woningen"]), float(row["woningen"]))

    def _bar(self, area: str, owner: str, bar: Mapping[str, str], total: int) -> None:
        self._count(self.sum_of(area, owner, list(LABEL_CLASSES)), total, 10)
        for label in dict.fromkeys("A+ en beter" if x in BETTER else x for x in LABEL_CLASSES):
            row = self.sum_of(area, owner, group(label))
            if label in bar:
                self._count(row, float(bar[label]), 5)
            else:
                self.know(row, 0, 4)
        if bar["gemiddeld"]:
            labelled = self.sum_of(area, owner, LABELLED)
            self.know(labelled, 10, MANY)
            self._mean(area, owner, float(bar["gemiddeld"].replace(",", ".")))
            self._share(self.sum_of(area, owner, POOR), labelled, float(bar["slecht"]))
        else:
            self.know(self.sum_of(area, owner, LABELLED), 0, 0)

    def _count(self, row: npt.NDArray[np.float64], shown: float | None, least: int) -> None:
        """Write down a count in fives: two more or fewer, but never so few that it is secret."""
        if shown is None:
            self.know(row, 1, MANY)
        elif shown == 0:
            self.know(row, 0, 0)
        else:
            self.know(row, max(shown - 2, least), shown + 2)

    def _share(
        self, part: npt.NDArray[np.float64], whole: npt.NDArray[np.float64], percent: float
    ) -> None:
        """Write down a whole percentage of two counts that were each rounded by two, or by four."""
        share = percent / 100
        if percent < 100:
            self.know(part - (share + 0.005) * whole, -math.inf, 4 + 2 * (share + 0.005))
        self.know(part - (share - 0.005) * whole, -2 - 2 * (share - 0.005), math.inf)

    def _mean(self, area: str, owner: str, rank: float) -> None:
        for edge, low, high in ((rank - 0.5, 0.0, math.inf), (rank + 0.5, -math.inf, 0.0)):
            row = self.sum_of(area, owner, {label: own - edge for label, own in RANKS.items()})
            self.know(row, low, high)

    def between(self, row: npt.NDArray[np.float64]) -> tuple[float, float]:
        """Return the least and the greatest value of a row that fits with all that is known."""
        return self.least(row), -self.least(-row)

    def least(self, row: npt.NDArray[np.float64]) -> float:
        """Return the least value of a row; a number of dwellings is whole."""
        if self._known is None:
            rows = scipy.sparse.csr_array(np.array(self.rows))
            self._known = LinearConstraint(rows, np.array(self.low), np.array(self.high))
        found = milp(row, bounds=Bounds(0, MANY), constraints=self._known)
        assert found.x is not None, found.message
        whole = (row == row.round()).all()
        return math.ceil(found.fun - 1e-5) if whole else float(found.fun)

"""What must not be found, and when bounds have found it."""

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final, Literal

from geo_lv.privacy import DwellingRules
from geo_lv.properties import LABELS
from geo_lv.suppression.cells import Cell, Face, Sum
from geo_lv.suppression.public import EVERY, GROUPS, LABELLED, POOR, Said

Why = Literal["few homes", "few labels", "one label", "gives away"]
"""Why a face is secret; the last is by itself none."""

_MANY: Final = 1e9
"""More dwellings than there are anywhere."""
_SLACK: Final = 1e-5
"""The solver is no more precise than this."""


@dataclass(frozen=True, eq=False)
class Target:
    """Something that must not be found."""

    cell: Cell
    kind: Literal["homes", "few labels", "class", "one label"]
    sum: Sum

    def is_safe(self, low: float, high: float, rules: DwellingRules) -> bool:
        """Tell whether it stays unknown when its sum may be as low as this, and as high as that."""
        if self.kind == "one label":
            return low < -_SLACK
        # whoever looks for a number of dwellings knows that it is whole
        least = math.ceil(min(low, _MANY) - _SLACK)
        greatest = math.floor(max(min(high, _MANY), -_MANY) + _SLACK)
        if self.kind == "homes":
            return greatest - least >= rules.interval
        if self.kind == "few labels":
            return greatest >= rules.cell
        return least < 1 or greatest >= rules.label_class


def small_faces(said: Said, rules: DwellingRules) -> dict[Face, Why]:
    """Return the faces that are secret by themselves, with the reason."""
    found: dict[Face, Why] = {}
    for cell in said.counts:
        homes, labelled = said.count(cell, EVERY), said.count(cell, LABELLED)
        if homes < rules.cell:
            found[Face(cell, "homes")] = "few homes"
        if 0 < labelled < rules.cell:
            found[Face(cell, "labels")] = "few labels"
        elif homes < rules.cell:
            found[Face(cell, "labels")] = "few homes"
        elif _dominant(said, cell, rules):
            found[Face(cell, "labels")] = "one label"
    return found


def _dominant(said: Said, cell: Cell, rules: DwellingRules) -> str:
    """Return the label that nearly all labelled dwellings of a cell have; empty if none has."""
    own = said.counts[cell]
    most = max(LABELS, key=lambda label: own[label])
    share = rules.dominance_percent / 100 * said.count(cell, LABELLED)
    return most if own[most] > share else ""


def targets(said: Said, hidden: Mapping[Face, Why], rules: DwellingRules) -> Iterator[Target]:
    """Yield what the faces that are secret by themselves must not tell, and every small class."""
    for face, why in hidden.items():
        if face.what == "homes":
            yield Target(face.cell, "homes", said.people.total(face.cell, EVERY))
        elif why == "few labels":
            yield Target(face.cell, "few labels", said.people.total(face.cell, LABELLED))
        elif why == "one label":
            yield _dominance(said, face.cell, rules)
    for cell in said.counts:
        for weights in (*GROUPS, POOR):
            if 0 < said.count(cell, weights) < rules.label_class:
                yield Target(cell, "class", said.people.total(cell, weights))


def _dominance(said: Said, cell: Cell, rules: DwellingRules) -> Target:
    """Return what is above zero as long as one label is known to have nearly all dwellings."""
    share, most = rules.dominance_percent / 100, _dominant(said, cell, rules)
    weights = {label: float(label == most) - share for label in LABELS}
    return Target(cell, "one label", said.people.total(cell, weights))

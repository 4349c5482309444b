"""What the public edition says of each cell, as an attacker would read it."""

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from geo_lv.coarsening import LABEL_GROUPS, behind_class, behind_five, coarse_mean
from geo_lv.properties import LABEL_CLASSES, LABELS, POOR_LABELS, label_rank
from geo_lv.suppression.attack import Statement
from geo_lv.suppression.cells import ALL, LEVELS, Cell, Face, Population

Weights = Mapping[str, float]
"""Label class to how much a dwelling with that label counts."""

EVERY: Final[Weights] = dict.fromkeys(LABEL_CLASSES, 1.0)
LABELLED: Final[Weights] = dict.fromkeys(LABELS, 1.0)
POOR: Final[Weights] = dict.fromkeys(POOR_LABELS, 1.0)
GROUPS: Final[tuple[Weights, ...]] = tuple(
    {label: 1.0 for label, own in LABEL_GROUPS.items() if own == group}
    for group in dict.fromkeys(LABEL_GROUPS.values())
)
"""The label groups of the public edition, best first."""
_HALF: Final = 0.5


@dataclass(frozen=True)
class Said:
    """Turns counts into what is public of them."""

    people: Population
    counts: Mapping[Cell, Mapping[str, int]]
    """Dwellings per label class of every cell that has any."""
    minimum: int
    """A cell with fewer dwellings, or fewer with a label, is never shown."""

    def count(self, cell: Cell, weights: Weights) -> float:
        """Return how many dwellings of a cell there are, each with the weight of its label."""
        own = self.counts[cell]
        return sum(weight * own[label] for label, weight in weights.items())

    def shown(self, face: Face) -> Iterator[Statement]:
        """Yield what is known of a face from the public edition that shows it."""
        if face.what == "homes":
            yield self._rounded(face, EVERY)
            return
        if self.count(face.cell, LABELLED):
            yield self._rounded(face, LABELLED)
            yield from self._mean(face)
        else:
            yield Statement(self.people.total(face.cell, LABELLED), 0, 0, face)
        for weights in (POOR, *(() if face.cell.owner == ALL else GROUPS)):
            low, high = behind_class(self.count(face.cell, weights))
            yield Statement(self.people.total(face.cell, weights), low, high, face)

    def empty(self) -> Iterator[Statement]:
        """Yield that there is nothing where a corporation has no bar, in areas of any level."""
        for cell in (Cell(area, own) for area in self.people.inside for own in self.people.owners):
            if cell not in self.counts and cell.area not in LEVELS:
                yield Statement(self.people.total(cell, EVERY), 0, 0, None)

    def hidden(self, face: Face) -> Iterator[Statement]:
        """Yield what is known of a face that is not shown: a secret number is not none."""
        if face.what == "homes":
            yield Statement(self.people.total(face.cell, EVERY), 1, math.inf, None)

    def _rounded(self, face: Face, weights: Weights) -> Statement:
        low, high = behind_five(self.count(face.cell, weights))
        return Statement(self.people.total(face.cell, weights), max(low, self.minimum), high, face)

    def _mean(self, face: Face) -> Iterator[Statement]:
        """Yield that the mean label lies nearer to the class that is shown than to any other."""
        mean = self.count(face.cell, _ranks(0)) / self.count(face.cell, LABELLED)
        shown = coarse_mean(mean)
        for edge, low, high in ((shown - _HALF, 0.0, math.inf), (shown + _HALF, -math.inf, 0.0)):
            yield Statement(self.people.total(face.cell, _ranks(edge)), low, high, face)


def _ranks(origin: float) -> Weights:
    return {label: label_rank(label) - origin for label in LABELS}

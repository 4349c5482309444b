"""Hiding more until no attack succeeds."""

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np

from geo_lv.areas import AreaLevel
from geo_lv.privacy import DwellingRules
from geo_lv.suppression.attack import NEAR, WIDER, Attack, Bound, Statement, attack_with
from geo_lv.suppression.cells import ALL, Cell, Face, Sum
from geo_lv.suppression.public import EVERY, Said
from geo_lv.suppression.targets import Target, Why, targets

Matched = Mapping[AreaLevel, Mapping[str, int]]
"""Per level how many dwellings of each corporation are in an area for certain."""
Joins = Literal["each", "together", "none"]
"""How the account of the join is public: per corporation, of all together, or not at all."""
_NOTHING_SEEN = (math.inf, -math.inf)


@dataclass(frozen=True)
class Cause:
    """Why a face is not public."""

    why: Why
    gives_away: Cell | None = None
    """The cell that could be found if this were public; None if it is secret by itself."""


@dataclass(frozen=True)
class Setting:
    """What a search starts from."""

    said: Said
    rules: DwellingRules
    matched: Matched
    gm_code: str


class Search:
    """
    Hides faces until every target is safe.

    Every answer of the solver is a way in which the dwellings could lie, so it is looked at for all
    targets at once. Hiding only takes away what an attacker knows: an answer that was possible
    stays possible, a target that is safe stays safe, and the search ends at the latest when nothing
    is public.
    """

    def __init__(self, setting: Setting, small: Mapping[Face, Why]) -> None:
        self.hidden = {face: Cause(why) for face, why in small.items()}
        self._setting, self._said = setting, setting.said
        self._shown = {face: tuple(self._said.shown(face)) for face in self._faces()}
        self._open = dict.fromkeys(targets(self._said, small, setting.rules), _NOTHING_SEEN)
        """Targets that are not known to be safe, each with what was seen of it so far."""
        self._possible = np.empty(0)
        """Dwellings per atom in a way that agrees with all that is public; empty at first."""

    @property
    def joins(self) -> Joins:
        """How the account of the join may be public with what is hidden now."""
        gm_code = self._setting.gm_code
        if Face(Cell(gm_code, ALL), "homes") in self.hidden:
            return "none"
        owners = self._said.people.owners
        secret = any(Face(Cell(gm_code, owner), "homes") in self.hidden for owner in owners)
        return "together" if secret else "each"

    def run(self) -> None:
        """Hide what gives a target away."""
        attack = self._attack()
        self._look_at_classes(attack)
        while target := next(iter(self._open), None):
            if bounds := self._finding(attack, target):
                self._hide(self._cheapest(bounds), target.cell)
                attack = self._attack()

    def _finding(self, attack: Attack, target: Target) -> tuple[Bound, ...]:
        """Return bounds that find a target, or none: then it is known to be safe."""
        self._look_nearby(attack, target, NEAR)
        if target not in self._open:
            return ()
        around = attack.around(target.sum, WIDER)
        if not self._is_safe(target, around[0].value, around[1].value):
            return around  # one of the few numbers there must be hidden, whatever else is
        self._look_nearby(attack, target, WIDER)
        if target not in self._open:
            return ()
        bounds = attack.least(target.sum), attack.greatest(target.sum)
        self._learn(bounds)
        self._see(target, bounds[0].value, bounds[1].value)
        return bounds if target in self._open else ()

    def _look_at_classes(self, attack: Attack) -> None:
        """Ask for as few and as many dwellings in small classes as can be: nearly all are safe."""
        small = [target.sum for target in self._open if target.kind == "class"]
        if small:
            together = Sum(
                np.concatenate([one.atoms for one in small]),
                np.concatenate([one.weights for one in small]),
            )
            self._learn((attack.least(together), attack.greatest(together)))

    def _look_nearby(self, attack: Attack, target: Target, reach: int) -> None:
        """Ask what the dwellings near a target alone can do: quick, and mostly it makes it safe."""
        if self._possible.size:
            self._learn(attack.nearby(target.sum, self._possible, reach))

    def _is_safe(self, target: Target, low: float, high: float) -> bool:
        return target.is_safe(low, high, self._setting.rules)

    def _learn(self, bounds: tuple[Bound, ...]) -> None:
        ways = [bound.homes for bound in bounds if bound.homes.size]
        for target, (low, high) in tuple(self._open.items()):
            values = [target.sum.of(homes) for homes in ways]
            self._see(target, min((low, *values)), max((high, *values)))
        self._possible = ways[-1] if ways else self._possible

    def _see(self, target: Target, low: float, high: float) -> None:
        """Keep what was seen of a target, until that makes it safe: then it stays so."""
        if self._is_safe(target, low, high):
            self._open.pop(target, None)
        else:
            self._open[target] = low, high

    def _faces(self) -> Iterator[Face]:
        for cell in self._said.counts:
            yield Face(cell, "homes")
            yield Face(cell, "labels")

    def _cheapest(self, bounds: tuple[Bound, ...]) -> Face:
        """Return the face of the fewest dwellings among those on which bounds rest."""
        held = frozenset[Face]().union(*(bound.held_by for bound in bounds))
        homes = {face: self._said.count(face.cell, EVERY) for face in held}
        return min(held, key=lambda face: (homes[face], face.what == "homes", face.cell))

    def _hide(self, face: Face, gives_away: Cell) -> None:
        """Hide a face, and the same of each cell of which that is the same number."""
        reason = Cause("gives away", gives_away)
        for cell in self._twins(face.cell):
            self.hidden.setdefault(Face(cell, "labels"), reason)
            if face.what == "homes" and Face(cell, "homes") not in self.hidden:
                self.hidden[Face(cell, "homes")] = reason
                own = Target(cell, "homes", self._said.people.total(cell, EVERY))
                self._open[own] = _NOTHING_SEEN

    def _twins(self, cell: Cell) -> Iterator[Cell]:
        """Yield the cells with the very same dwellings, such as all in an area of one owner."""
        own = self._said.people.total(cell, EVERY).atoms
        for other in self._said.counts:
            if np.array_equal(np.sort(self._said.people.total(other, EVERY).atoms), np.sort(own)):
                yield other

    def _attack(self) -> Attack:
        return attack_with(self._public(), self._said.people.size)

    def _public(self) -> Iterator[Statement]:
        for face, statements in self._shown.items():
            yield from self._said.hidden(face) if face in self.hidden else statements
        yield from self._said.empty()
        yield from self._account()

    def _account(self) -> Iterator[Statement]:
        """Yield what the account of the join tells: how many dwellings are placed on each level."""
        owners = {"each": self._said.people.owners, "together": (ALL,), "none": ()}[self.joins]
        for owner in owners:
            face = Face(Cell(self._setting.gm_code, owner), "homes")
            for level, matched in self._setting.matched.items():
                homes = sum(matched.values()) if owner == ALL else matched.get(owner, 0)
                placed = self._said.people.total(Cell(level, owner), EVERY)
                yield Statement(placed, homes, homes, face)

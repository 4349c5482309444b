"""Between which numbers a count must lie, for whoever knows all that is public.

All published numbers are sums of atoms, each known to lie between two numbers. So the least and
the greatest value that any other sum can have is a linear programme (the method of the audit step
of statistical disclosure control). Its solver also tells which published numbers hold the bound:
those are the ones to keep secret when the bounds are too near to each other.
"""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Final, NamedTuple

import numpy as np
import scipy.sparse
from scipy.optimize import linprog

from geo_lv.suppression.cells import Face, Floats, Positions, Sum

_HOLDS: Final = 1e-7
"""A published number with a greater price than this holds a bound."""
_UNBOUNDED: Final = 3
NEAR: Final = 30
"""Atoms are near each other when a published number is about both, and about no more than these."""
WIDER: Final = 300
"""The same, for what nearer by does not tell."""
_NOWHERE: Final[Floats] = np.empty(0)
"""In the place of dwellings per atom: none are told."""


class Statement(NamedTuple):
    """That a sum lies between two numbers, and which face says so."""

    sum: Sum
    low: float
    high: float
    face: Face | None
    """None for what is known anyway."""


class Bound(NamedTuple):
    """The least or greatest value of a sum."""

    value: float
    held_by: frozenset[Face]
    """Published faces without which it could be passed."""
    homes: Floats
    """Dwellings per atom with which it is reached; without numbers when there is no bound."""


@dataclass(frozen=True)
class Attack:
    """All that is public, as an attacker would write it down."""

    matrix: scipy.sparse.csr_array
    limits: Floats
    faces: tuple[Face | None, ...]
    """Who says each row of the matrix: that its sum is at most its limit."""

    def least(self, wanted: Sum) -> Bound:
        """Return the least value that a sum can have."""
        return self._solve(wanted, 1.0)

    def greatest(self, wanted: Sum) -> Bound:
        """Return the greatest value that a sum can have; infinite if nothing bounds it."""
        return self._solve(wanted, -1.0)

    def around(self, wanted: Sum, reach: int) -> tuple[Bound, Bound]:
        """
        Bound a sum by what is public about nothing but the dwellings near it.

        That is a small programme too, and who knows only a part of what is public finds no more
        than who knows all. So a sum that is found here is found in the whole one; of one that is
        not, only the whole one can tell.

        Parameters
        ----------
        wanted
            The sum.
        reach
            `NEAR` or `WIDER`.

        Returns
        -------
        least, greatest
            Without dwellings: where those far off are is not looked at.
        """
        near = self._near(wanted.atoms, reach)
        part = self._only_about(near)
        there = Sum(np.searchsorted(near, wanted.atoms), wanted.weights)
        least, greatest = part.least(there), part.greatest(there)
        return least._replace(homes=_NOWHERE), greatest._replace(homes=_NOWHERE)

    def nearby(self, wanted: Sum, homes: Floats, reach: int) -> tuple[Bound, ...]:
        """
        Bound a sum when only the dwellings near it may lie otherwise.

        That is a small programme, and each answer is possible in the whole one too. So a sum that
        varies enough here does so there; of one that does not, only the whole one can tell.

        Parameters
        ----------
        wanted
            The sum.
        homes
            Dwellings per atom, in a way that agrees with all that is public.
        reach
            `NEAR` or `WIDER`.

        Returns
        -------
        bounds
            The least and the greatest, with the dwellings of all atoms; none where nothing bounds.
        """
        near = self._near(wanted.atoms, reach)
        part = self._only(near, homes)
        there = Sum(np.searchsorted(near, wanted.atoms), wanted.weights)
        found = (part.least(there), part.greatest(there))
        return tuple(
            bound._replace(homes=_replaced(homes, near, bound.homes))
            for bound in found
            if bound.homes.size
        )

    def _near(self, atoms: Positions, reach: int) -> Positions:
        """Return these atoms and those near one of them, in order."""
        rows = self._rows(atoms)
        few = rows[np.diff(self.matrix.indptr)[rows] <= reach]
        near: Positions = np.union1d(self.matrix[few].indices, atoms)
        return near

    def _only_about(self, atoms: Positions) -> "Attack":
        """Write down the rows that are about these atoms and no other."""
        rows = self._rows(atoms)
        part = self.matrix[rows][:, atoms]
        whole = np.diff(part.indptr) == np.diff(self.matrix.indptr)[rows]
        own = rows[whole]
        return Attack(part[whole], self.limits[own], tuple(self.faces[row] for row in own))

    def _only(self, free: Positions, homes: Floats) -> "Attack":
        """Write down what is left to find when all other atoms have these dwellings."""
        rows = self._rows(free)
        part = self.matrix[rows][:, free]
        here = part @ homes[free]
        others = self.matrix[rows] @ homes - here
        # never less than there is: the solver that found these dwellings rounds
        limits = np.maximum(self.limits[rows] - others, here)
        return Attack(part, limits, tuple(self.faces[row] for row in rows))

    def _rows(self, atoms: Positions) -> Positions:
        """Return the rows that are about any of these atoms."""
        rows: Positions = np.unique(self._by_atom[:, atoms].indices)
        return rows

    @cached_property
    def _by_atom(self) -> scipy.sparse.csc_array:
        return self.matrix.tocsc()

    def _solve(self, wanted: Sum, sign: float) -> Bound:
        price = np.zeros(self.matrix.shape[1])
        np.add.at(price, wanted.atoms, sign * wanted.weights)
        found = linprog(price, A_ub=self.matrix, b_ub=self.limits, method="highs")
        if found.status == _UNBOUNDED:
            return Bound(-sign * math.inf, frozenset(), _NOWHERE)
        if found.x is None:
            msg = f"published counts contradict each other: {found.message}"
            raise ArithmeticError(msg)
        held = np.flatnonzero(np.abs(found.ineqlin.marginals) > _HOLDS)
        faces = (self.faces[row] for row in held)
        return Bound(sign * float(found.fun), frozenset(filter(None, faces)), found.x)


def _replaced(homes: Floats, atoms: Positions, own: Floats) -> Floats:
    """Return the dwellings of all atoms, with other numbers for some of them."""
    changed = homes.copy()
    changed[atoms] = own
    return changed


def attack_with(statements: Iterable[Statement], atoms: int) -> Attack:
    """
    Write down what is public.

    Parameters
    ----------
    statements
        All of it.
    atoms
        Number of atoms.

    Returns
    -------
    attack
        Ready to be asked for bounds.
    """
    rows = [
        (sign, said, limit)
        for said in statements
        for sign, limit in ((1.0, said.high), (-1.0, -said.low))
        if math.isfinite(limit)
    ]
    lengths = [len(said.sum.atoms) for _, said, _ in rows]
    empty = np.empty(0)
    matrix = scipy.sparse.csr_array(
        (
            np.concatenate([empty, *(sign * said.sum.weights for sign, said, _ in rows)]),
            np.concatenate([empty, *(said.sum.atoms for _, said, _ in rows)]).astype(np.intp),
            np.concatenate([[0], np.cumsum(lengths)]).astype(np.intp),
        ),
        shape=(len(rows), atoms),
    )
    limits = np.array([limit for *_, limit in rows], dtype="float64")
    return Attack(matrix, limits, tuple(said.face for _, said, _ in rows))

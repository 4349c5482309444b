"""Borders as arcs: lines from one meeting point of borders to the next, each of them once.

Two areas that touch both name the arc between them, so they can never drift apart, and the arc
tells that they are neighbours.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from geo_lv.maps.country.grid import Rings
from geo_lv.maps.country.view import Ints

Truths = npt.NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class Arcs:
    """Lines, and the rings that are made of them."""

    points: Ints
    """Shape (n, 2); all lines after each other."""
    lengths: Ints
    """Shape (n arcs,); points of each line, at least two."""
    references: Ints
    """Number of an arc, or -1 - number for an arc that is walked backwards; ring after ring."""
    ring_lengths: Ints
    """Shape (n rings,); arcs of each ring."""


@dataclass(frozen=True, eq=False)
class _Walk:
    """All rings as closed walks over points, each from a meeting point where it has one."""

    vertex: Ints
    """Shape (n,); number of the point at each step; the last of a ring is its first."""
    source: Ints
    """Shape (n,); where that point stands in the rings."""
    cut: Truths
    """Shape (n,); true at meeting points and at both ends of a ring."""
    ends: Ints
    """Shape (n rings,); the last step of each ring."""


def make_arcs(rings: Rings) -> Arcs:
    """
    Find the borders that areas share.

    Parameters
    ----------
    rings
        On a grid; rings that share a border have the same points along it.

    Returns
    -------
    arcs
        In the order in which the rings come to them.
    """
    walk = _walk(rings)
    starts = np.flatnonzero(walk.cut & ~_is_in(walk.ends, len(walk.cut)))
    stops = np.flatnonzero(walk.cut & ~_is_in(_begins(walk.ends), len(walk.cut)))
    there = walk.vertex[starts], walk.vertex[starts + 1]
    back = walk.vertex[stops], walk.vertex[stops - 1]
    # a line is known by its first two points; of its two directions the lower is its own
    count = len(walk.vertex)
    names = there[0] * count + there[1], back[0] * count + back[1]
    _, first, number = np.unique(np.minimum(*names), return_index=True, return_inverse=True)
    order = np.argsort(first)
    rank = np.empty(len(order), dtype="int64")
    rank[order] = np.arange(len(order))
    chosen = first[order]
    # each line stands in the direction in which it is met first
    backwards = names[0] != names[0][first][number]
    references = np.where(backwards, -1 - rank[number], rank[number])
    lengths = (stops - starts + 1)[chosen]
    points = rings.points[walk.source[_ranges(starts[chosen], lengths)]]
    ring_lengths = np.diff(np.searchsorted(starts, np.append(0, walk.ends + 1)))
    return Arcs(points, lengths, references, ring_lengths)


def rings_of(arcs: Arcs) -> list[Ints]:
    """Return the points of each ring, shape (n, 2), closed: the way back, for who checks it."""
    lines = np.split(arcs.points, np.cumsum(arcs.lengths)[:-1])
    walked = [lines[n] if n >= 0 else lines[-1 - n][::-1] for n in arcs.references.tolist()]
    found, start = [], 0
    for count in arcs.ring_lengths.tolist():
        pieces = walked[start : start + count]
        found.append(np.concatenate([pieces[0][:1], *(piece[1:] for piece in pieces)]))
        start += count
    return found


def _walk(rings: Rings) -> _Walk:
    vertex = _numbered(rings.points)
    meeting = _meeting(vertex, rings.starts)
    lengths = rings.lengths
    total = lengths + 1
    ends = np.cumsum(total) - 1
    step = np.arange(total.sum()) - np.repeat(_begins(ends), total)
    shift = np.repeat(_first_of(meeting, vertex, rings.starts), total)
    source = np.repeat(rings.starts[:-1], total) + (step + shift) % np.repeat(lengths, total)
    cut = meeting[source]
    cut[ends] = cut[_begins(ends)] = True
    return _Walk(vertex[source], source, cut, ends)


def _numbered(points: Ints) -> Ints:
    """Give each place a number."""
    names = points[:, 0] * (points[:, 1].max(initial=0) + 1) + points[:, 1]
    return np.unique(names, return_inverse=True)[1].astype("int64")


def _meeting(vertex: Ints, starts: Ints) -> Truths:
    """Tell of each point whether borders part there: it has other points beside it elsewhere."""
    before, after = np.arange(len(vertex)) - 1, np.arange(len(vertex)) + 1
    before[starts[:-1]], after[starts[1:] - 1] = starts[1:] - 1, starts[:-1]
    beside = np.sort(np.column_stack((vertex[before], vertex[after])), axis=1)
    # of all the times that a place is passed, one stands for the others
    shown = np.empty(vertex.max(initial=-1) + 1, dtype="int64")
    shown[vertex] = np.arange(len(vertex))
    differs = (beside != beside[shown[vertex]]).any(axis=1)
    parting = np.zeros(len(shown), dtype=bool)
    parting[vertex[differs]] = True
    return np.asarray(parting[vertex])


def _first_of(meeting: Truths, vertex: Ints, starts: Ints) -> Ints:
    """Return for each ring where in it to start: a meeting point, else its lowest number."""
    # a ring without meeting points is walked from the same point by whoever shares it
    worth = np.where(meeting, -1, vertex)
    lowest = np.minimum.reduceat(worth, starts[:-1])
    at = np.flatnonzero(worth == np.repeat(lowest, np.diff(starts)))
    ring = np.searchsorted(starts, at, side="right") - 1
    return at[np.searchsorted(ring, np.arange(len(starts) - 1))] - starts[:-1]


def _begins(ends: Ints) -> Ints:
    return np.append(0, ends[:-1] + 1)[: len(ends)]


def _is_in(places: Ints, count: int) -> Truths:
    found = np.zeros(count, dtype=bool)
    found[places] = True
    return found


def _ranges(starts: Ints, lengths: Ints) -> Ints:
    """Return the numbers from each start on, as many as its length."""
    within = np.arange(lengths.sum()) - np.repeat(np.cumsum(lengths) - lengths, lengths)
    return np.asarray(np.repeat(starts, lengths) + within)

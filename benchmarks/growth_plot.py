"""The picture of how costs grow: small log-log charts, the same bytes for the same numbers."""

from collections.abc import Mapping, Sequence
from pathlib import Path

import matplotlib as mpl
from matplotlib.axes import Axes
from matplotlib.figure import Figure

Line = tuple[Sequence[float], Sequence[float]]
"""Sizes and costs."""
INK, GUIDE = "#3a7a8c", "#b8b8b8"


def draw(lines: Mapping[str, Mapping[str, Line]], path: Path) -> None:
    """Draw a row of charts per axis of growth, one chart per cost, and write them as SVG."""
    with mpl.rc_context({"svg.hashsalt": "growth", "svg.fonttype": "none", "font.size": 8}):
        rows, columns = len(lines), max(map(len, lines.values()))
        figure = Figure(figsize=(3 * columns, 2.4 * rows), layout="constrained")
        charts = figure.subplots(rows, columns, squeeze=False)
        for row, (axis, costs) in zip(charts, lines.items(), strict=True):
            for chart, (cost, line) in zip(row, costs.items(), strict=True):
                draw_line(chart, line, axis, cost)
        figure.savefig(path, format="svg", metadata={"Date": None, "Creator": None})


def draw_line(chart: Axes, line: Line, axis: str, cost: str) -> None:
    """Draw one cost against one size, with the line of a cost that is all linear."""
    sizes, costs = line
    linear = [costs[-1] * size / sizes[-1] for size in sizes]
    chart.loglog(sizes, linear, color=GUIDE, linewidth=1, linestyle="--")
    chart.loglog(sizes, costs, color=INK, marker="o", markersize=4)
    chart.set_xticks(sizes, [f"{size:,}" for size in sizes])
    chart.set_xticks([], minor=True)
    chart.set_ylim(min(costs) / 2, max(costs) * 2)
    chart.set_xlabel(axis)
    chart.set_ylabel(cost)

"""Renew docs/flow.svg: the stages in their order, as tests/test_stages.py has them."""

import ast
from collections.abc import Iterator
from html import escape
from itertools import pairwise
from pathlib import Path
from typing import Final, NamedTuple

ROOT: Final = Path(__file__).parent.parent
PICTURE: Final = ROOT / "docs" / "flow.svg"

GROUPS: Final = {
    "read files": "files",
    "know the place": "municipality",
    "know what is there": "properties",
    "make figures": "indicators",
    "take in new data": "intake",
    "work out": "pipeline",
    "keep back": "withheld",
    "judge and count": "monitor",
    "release": "internal",
    "draw": "maps",
    "write and look after": "site",
    "command line": "cli_data",
}
"""Heading of each box to the first stage in it; the others follow in the order of the flow."""

COLUMNS: Final = 3
BOX_WIDTH: Final = 250
GAP: Final = 30
LINE: Final = 17
HEAD: Final = 34
WRAP: Final = 33
"""Letters of stage names that fit on a line of a box."""

FILL, EDGE, INK, ARROW = "#e8f3f1", "#00695c", "#16302c", "#7a8f8b"
"""Dark on light in each box, and arrows that show on a light and on a dark page."""


class Box(NamedTuple):
    """A group of stages that stand together in the flow."""

    heading: str
    lines: tuple[str, ...]


def flow() -> tuple[str, ...]:
    """Read the order of the stages from the test that guards it."""
    module = ast.parse((ROOT / "tests" / "test_stages.py").read_text(encoding="utf-8"))
    for node in module.body:
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "FLOW":
            return tuple(ast.literal_eval(node.value))
    msg = "tests/test_stages.py has no FLOW"
    raise LookupError(msg)


def boxes(stages: tuple[str, ...]) -> list[Box]:
    """
    Put every stage in one box.

    Parameters
    ----------
    stages
        In the order of the flow.

    Returns
    -------
    boxes
        In the same order, without a stage left out.
    """
    starts = [stages.index(first) for first in GROUPS.values()]
    ranges = pairwise([*starts, len(stages)])
    return [
        Box(heading, wrapped(stages[start:end]))
        for heading, (start, end) in zip(GROUPS, ranges, strict=True)
    ]


def wrapped(names: tuple[str, ...]) -> tuple[str, ...]:
    """Return names in lines, none longer than a box."""
    lines = [""]
    for name in names:
        longer = f"{lines[-1]}, {name}" if lines[-1] else name
        if len(longer) > WRAP:
            lines.append(name)
        else:
            lines[-1] = longer
    return tuple(lines)


def draw(groups: list[Box]) -> str:
    """Return the SVG: boxes in rows, each with an arrow to the next."""
    rows = [groups[at : at + COLUMNS] for at in range(0, len(groups), COLUMNS)]
    y, parts = GAP, []
    for row in rows:
        height = HEAD + LINE * max(len(box.lines) for box in row) + 8
        last = row is rows[-1]
        for place, box in enumerate(row):
            x = GAP + place * (BOX_WIDTH + GAP)
            parts += [*_box(box, x, y, height)]
            parts += [_arrow(x, y, height, place)] if not last or place + 1 < len(row) else []
        y += height + GAP
    width = COLUMNS * (BOX_WIDTH + GAP) + GAP
    return "\n".join([_head(width, y, groups), *parts, "</svg>", ""])


def _head(width: int, height: int, groups: list[Box]) -> str:
    said = "; ".join(f"{box.heading}: {', '.join(box.lines)}" for box in groups)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" role="img" '
        f'font-family="sans-serif" font-size="13">\n'
        f"<title>The flow of geo_lv. {escape(said)}</title>"
    )


def _box(box: Box, x: int, y: int, height: int) -> Iterator[str]:
    yield (
        f'<rect x="{x}" y="{y}" width="{BOX_WIDTH}" height="{height}" rx="6" fill="{FILL}" '
        f'stroke="{EDGE}"/>'
    )
    yield _text(box.heading, x, y + 22, ' font-weight="bold"')
    for place, line in enumerate(box.lines):
        yield _text(line, x, y + HEAD + 8 + LINE * place, "")


def _text(words: str, x: int, y: int, look: str) -> str:
    return f'<text x="{x + 12}" y="{y}" fill="{INK}"{look}>{escape(words)}</text>'


def _arrow(x: int, y: int, height: int, place: int) -> str:
    """Return an arrow to the right, or at the end of a row to the first box of the next."""
    if place + 1 < COLUMNS:
        path = f"M{x + BOX_WIDTH + 4},{y + 20}h{GAP - 12}m-6,-5l6,5l-6,5"
    else:
        half = GAP // 2
        down, back = f"M{x + BOX_WIDTH // 2},{y + height}v{half}", f"h-{x - GAP}v{half - 2}"
        path = f"{down}{back}m-5,-6l5,6l5,-6"
    return f'<path d="{path}" fill="none" stroke="{ARROW}" stroke-width="2"/>'


def main() -> None:
    """Write the picture."""
    PICTURE.write_text(draw(boxes(flow())), encoding="utf-8")


if __name__ == "__main__":
    main()

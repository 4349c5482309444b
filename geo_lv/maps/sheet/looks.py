"""How areas, phases, sites and labels look on paper: the patterns of the pages, as hatches."""

from typing import Final

from geo_lv.maps.sheet.canvas import Canvas, Look
from geo_lv.maps.sheet.fonts import Style
from geo_lv.maps.sheet.tags import Element

ATTENTION: Final = Look(
    line="edge", thickness=1.2, hatch="//", hatch_colour="hatch", hatch_thickness=1.0
)
RING: Final = Look(line="site", thickness=1.1, dashes=(2.2, 1.8))
_OPEN: Final = Look(fill="on-site", line="site", thickness=1.7)
SITE: Final = {
    "number": Look(fill="site", line="on-site", thickness=1.1),
    "nnb": _OPEN,
    "percentage": _OPEN,
}
"""By the kind of a site."""
SIGN: Final = {"number": "", "nnb": "?", "percentage": "%"}
_LETTER: Final = Style(9, "bold", "site")
_HALF_CAPITAL: Final = 0.365
"""Half the height of a capital, as a part of the font size."""

_GROUND: Final = Look(fill="ground", line="edge", hatch_colour="mark")
_PATTERNS: Final = {"missing": "..", "suppressed": "xx", "not-applicable": "--"}
_PHASE_MARKS: Final = {"opstellen": "..", "uitvoering": "||", "gasvrij": ""}


def area_look(look: str) -> Look:
    """Return the look of an area by its class on the page, such as ``class-3`` or ``missing``."""
    if look in _PATTERNS:
        return _patterned(_GROUND, _PATTERNS[look])
    if look == "no-figure":
        return Look(fill="plain", line="muted")
    return Look(fill=look, line="edge")


def phase(look: str) -> Look:
    """Return the look of a phase by its class on the page, such as ``phase-gasvrij-indicative``."""
    if look == "phase-none":
        return Look()
    if look == "phase-unknown":
        return _patterned(_GROUND, "\\\\\\")
    name = look.removeprefix("phase-").removesuffix("-indicative")
    if look.endswith("-indicative"):
        return Look("ground", "ink", 0.6, "\\\\\\", name, 2.0)
    return Look(name, "ink", 0.6, _PHASE_MARKS[name], "on-phase", 0.8)


def label_fill(look: str) -> Look:
    """Return the look of a part of a label bar by its class on the page."""
    if look == "label-none":
        return _patterned(Look(fill="ground", hatch_colour="mark"), "..")
    return Look(fill=look, line="panel", thickness=0.9)


def site_letter(canvas: Canvas, at: tuple[float, float], kind: str, under: Element | None) -> None:
    """Write the sign of a site in the middle of its symbol."""
    top = at[1] + _HALF_CAPITAL * _LETTER.size - _LETTER.baseline
    canvas.text((at[0], top), SIGN[kind], _LETTER, under, "center")


def _patterned(ground: Look, hatch: str) -> Look:
    return Look(ground.fill, ground.line, ground.thickness, hatch, ground.hatch_colour)

"""Contrast worked out from the colours that the browser computes, in light and in dark.

Text needs 4.5 against what it stands on. Graphics need 3 where WCAG 1.4.11 asks it. Two colours may
do that together: a line with a casing is seen when either of both stands out from what is under it,
and both stand out from each other. The bars of the energy labels are left out: the table that
follows them says the same in text, and the letters in the bars are checked as text.
"""

from typing import Any, Final

import pytest

from .colours import (
    CLASSES,
    GRAPHICS,
    GROUND,
    PHASES,
    SCHEMES,
    TEXT,
    Colour,
    contrast,
    over,
    parse,
    texts,
    variables,
)
from .conftest import Address, NewVisit
from .controls import CONTROLS, FEWEST_PAGES, found, uses
from .reader import Visit

HALO: Final = 0.85
"""How much the halo around a name on the map covers, at least."""

_FIELDS: Final = f"""() => {{{GROUND}
  return [...document.querySelectorAll("select, textarea, summary, input")]
    .filter((field) => field.getClientRects().length && !["checkbox", "radio", "range"]
      .includes(field.type))
    .map((field) => [getComputedStyle(field).borderBottomColor, ground(field.parentElement)]);
}}"""

_OUTLINES: Final = f"""([controls, places]) => {{{GROUND}
  const all = document.querySelectorAll(controls);
  return places.map((at) => all[at]).map((control) => {{
    control.focus();
    const style = getComputedStyle(control);
    const under = parseFloat(style.outlineOffset) < 0 ? control : control.parentElement;
    return [style.outlineStyle, style.outlineColor, ground(under)];
  }});
}}"""


def open_in(visit: NewVisit, address: str, scheme: str) -> Visit:
    reader: Visit = visit(address, color_scheme=scheme)
    return reader


def too_low(pairs: set[str], least: float) -> list[str]:
    return [
        f"{pair}: {contrast(front, back):.2f}"
        for pair in sorted(pairs)
        for front, back in [map(parse, pair.split(" on "))]
        if contrast(front, back) < least
    ]


@pytest.mark.parametrize("scheme", SCHEMES)
def test_text_before_and_after_each_control(scheme: str, address: Address, visit: NewVisit) -> None:
    """Each control on the first page that has it, as the style sheet is the same on all."""
    pairs, seen = set(), set[str]()
    for path in FEWEST_PAGES:
        reader = open_in(visit, address(path, "policy"), scheme)
        at_first = texts(reader)
        assert len(at_first) >= 4
        pairs |= {*at_first, *(pair for _ in uses(reader, seen) for pair in texts(reader))}
    assert too_low(pairs, TEXT) == []


@pytest.fixture(params=SCHEMES)
def named(request: pytest.FixtureRequest, address: Address, visit: NewVisit) -> dict[str, Colour]:
    """Return the colours of the style sheet by name."""
    return variables(open_in(visit, address(FEWEST_PAGES[1], "policy"), request.param))


def faint(named: dict[str, Colour], fronts: tuple[str, ...], backs: tuple[str, ...]) -> list[str]:
    """Return the grounds that no colour of a mark stands out from."""
    return [
        back
        for back in backs
        if max(contrast(named[front], named[back]) for front in fronts) < GRAPHICS
    ]


def test_edges_of_areas(named: dict[str, Colour]) -> None:
    assert faint(named, ("edge",), CLASSES) == []
    assert faint(named, ("muted",), ("plain", "ground")) == [], "where there is no figure"


def test_hatch_of_the_list_over_every_class(named: dict[str, Colour]) -> None:
    assert faint(named, ("hatch",), CLASSES) == []


@pytest.mark.parametrize(
    ("line", "casing"), [("plan", "casing"), ("accent", "casing"), ("signal", "casing")]
)
def test_lines_with_a_casing(line: str, casing: str, named: dict[str, Colour]) -> None:
    """The outline of a plan area, of the area that the reader points at, and of a signal."""
    assert contrast(named[line], named[casing]) >= GRAPHICS
    assert faint(named, (line, casing), (*CLASSES, "plain", "ground")) == []


def test_symbols_of_sites(named: dict[str, Colour]) -> None:
    assert contrast(named["site"], named["on-site"]) >= TEXT, "some have a letter"
    assert faint(named, ("site", "on-site"), (*CLASSES, "plain", "ground")) == []


def test_marks_of_gaps_bars_and_fields(named: dict[str, Colour]) -> None:
    assert faint(named, ("mark",), ("ground", "page", "panel", "soft")) == []


def test_phases(named: dict[str, Colour]) -> None:
    """Bars and arrows on the page, hatches on their ground, and marks on a solid phase."""
    for phase in PHASES:
        assert faint(named, (phase,), ("page", "ground")) == []
    assert faint(named, ("on-phase",), PHASES) == []


def test_names_over_every_class(named: dict[str, Colour]) -> None:
    for ground in (*CLASSES, "plain", "ground"):
        halo = over(named["halo"], HALO, named[ground])
        assert contrast(named["name"], halo) >= TEXT, ground


@pytest.mark.parametrize("scheme", SCHEMES)
def test_what_is_drawn_has_these_colours(scheme: str, address: Address, visit: NewVisit) -> None:
    """The pairs above mean nothing if the map were drawn with others."""
    reader = open_in(visit, address(FEWEST_PAGES[0], "policy"), scheme)
    named = variables(reader)
    expected: dict[tuple[str, str], str] = {
        ("path.area.class-1", "stroke"): "edge",
        ("path.plan", "stroke"): "plan",
        ("path.plan-casing", "stroke"): "casing",
        ("#pt-attention .pt-hatch", "stroke"): "hatch",
        (".map-label > span", "color"): "name",
        (".area-label", "stroke"): "halo",
        (".site-marker.site-number circle, .site circle:last-of-type", "fill"): "site",
        (".pt-line", "stroke"): "mark",
        (".pt-ground", "fill"): "ground",
    }
    drawn = {key: parse(computed(reader, *key)) for key in expected}
    assert drawn == {key: named[name] for key, name in expected.items()}
    assert float(computed(reader, ".area-label", "strokeOpacity")) >= HALO


def computed(reader: Visit, selector: str, part: str) -> str:
    script = "(e, part) => getComputedStyle(e)[part]"
    value: str = reader.page.locator(selector).first.evaluate(script, part)
    return value


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("path", FEWEST_PAGES)
def test_fields_and_focus(path: str, scheme: str, address: Address, visit: NewVisit) -> None:
    reader = open_in(visit, address(path, "policy"), scheme)
    borders: list[list[str]] = reader.evaluate(_FIELDS)
    assert too_low({" on ".join(pair) for pair in borders}, GRAPHICS) == []
    reader.page.keyboard.press("Tab")  # so that the browser shows where the focus is
    places = [each.at for each in found(reader) if each.kind != "area"]
    outlines: list[Any] = reader.evaluate(_OUTLINES, [CONTROLS, places])
    assert {style for style, *_ in outlines} == {"solid"}
    assert too_low({f"{line} on {ground}" for _, line, ground in outlines}, GRAPHICS) == []

"""Classes, phases, labels and sites are told apart without colour and with colour blindness.

Thresholds: neighbours in order lie at least 10 apart in CAM02-UCS, where a just noticeable
difference is about 1 and a clear one on two small fields about 10, for full colour vision and for
protanopia, deuteranopia and tritanopia (Machado, severity 100). In grey they lie at least 8 apart
in lightness L*, and the ordered classes only rise or only fall.
"""

from itertools import combinations, pairwise
from typing import Any, Final

import numpy as np
import pytest
from colorspacious import cspace_convert

from .colours import CLASSES, PHASES, SCHEMES, Colour, contrast, parse, variables
from .conftest import Address, NewVisit
from .reader import Visit

APART: Final = 10
APART_IN_GREY: Final = 8
EYES: Final = (None, "protanomaly", "deuteranomaly", "tritanomaly")
LABELS: Final = tuple(f"label-{name}" for name in ("aa", "a", "b", "c", "d", "e", "f", "g"))
PLAN: Final = "wijkuitvoeringsplan/klein-plaspoelpolder.html"
LABEL_PAGE: Final = "thema/energielabels.html"

_PATTERN: Final = """(name) => [...document.getElementById("pt-" + name).children]
  .filter((part) => !part.matches(".solid, .pt-ground")).map((part) => part.getAttribute("d"))"""


def seen_by(colour: Colour, eye: str | None) -> Any:
    """Return a colour as red, green and blue (0 to 1) that an eye sees."""
    if eye is None:
        return np.array(colour)
    space = {"name": "sRGB1+CVD", "cvd_type": eye, "severity": 100}
    return np.clip(cspace_convert(colour, space, "sRGB1"), 0, 1)


def distance(one: Colour, other: Colour, eye: str | None) -> float:
    places = [cspace_convert(seen_by(colour, eye), "sRGB1", "CAM02-UCS") for colour in (one, other)]
    return float(np.linalg.norm(places[0] - places[1]))


def grey(colour: Colour) -> float:
    """Return the lightness L*, which is all that a grey print keeps."""
    return float(cspace_convert(colour, "sRGB1", "CIELab")[0])


def open_in(visit: NewVisit, address: str, scheme: str) -> Visit:
    reader: Visit = visit(address, color_scheme=scheme)
    return reader


def too_near(colours: dict[str, Colour]) -> list[tuple[str, str, str | None, float]]:
    """Return the neighbours in order that some eye takes for one another."""
    return [
        (one, other, eye, round(distance(colours[one], colours[other], eye), 1))
        for one, other in pairwise(colours)
        for eye in EYES
        if distance(colours[one], colours[other], eye) < APART
    ]


@pytest.mark.parametrize("scheme", SCHEMES)
def test_classes(scheme: str, address: Address, visit: NewVisit) -> None:
    every = variables(open_in(visit, address(PLAN, "policy"), scheme))
    classes = {name: every[name] for name in CLASSES}
    assert too_near(classes) == []
    steps = [grey(classes[b]) - grey(classes[a]) for a, b in pairwise(classes)]
    assert min(map(abs, steps)) >= APART_IN_GREY, steps
    assert len({step > 0 for step in steps}) == 1, "each class darker than the last, or lighter"


@pytest.mark.parametrize("scheme", SCHEMES)
def test_phases(scheme: str, address: Address, visit: NewVisit) -> None:
    """Each pair by colour; a pair that is one grey has different patterns."""
    reader = open_in(visit, address(PLAN, "policy"), scheme)
    every = variables(reader)
    for one, other in combinations(PHASES, 2):
        assert too_near({one: every[one], other: every[other]}) == []
    alike = {
        pair
        for pair in combinations(PHASES, 2)
        if abs(grey(every[pair[0]]) - grey(every[pair[1]])) < APART_IN_GREY
    }
    assert alike == (set() if scheme == "light" else {("uitvoering", "gasvrij")})
    assert [pair for pair in alike if pattern(reader, pair[0]) == pattern(reader, pair[1])] == []


def pattern(reader: Visit, phase: str) -> list[str]:
    """Return what is drawn over the ground of the pattern of a phase."""
    found: list[str] = reader.evaluate(_PATTERN, phase)
    return found


def test_every_phase_and_every_gap_has_a_pattern_of_its_own(
    address: Address, visit: NewVisit
) -> None:
    """Indicative phases share a hatch, which leans the other way than that of an unknown one."""
    reader = visit(address(PLAN, "file"))
    names = ("missing", "suppressed", "not-applicable", "attention", "unknown", *PHASES)
    indicative = {str(pattern(reader, f"{phase}-indicative")) for phase in PHASES}
    assert len(indicative | {str(pattern(reader, name)) for name in names}) == len(names) + 1


@pytest.mark.parametrize("scheme", SCHEMES)
def test_labels(scheme: str, address: Address, visit: NewVisit) -> None:
    """From thrifty to wasteful: dark, light, dark again. Letters in the bars give the order."""
    reader = open_in(visit, address(LABEL_PAGE, "policy"), scheme)
    labels = {name: fill_of(reader, name) for name in LABELS}
    assert too_near(labels) == []
    steps = [abs(grey(labels[b]) - grey(labels[a])) for a, b in pairwise(labels)]
    assert min(steps) >= APART_IN_GREY, steps


def fill_of(reader: Visit, name: str) -> Colour:
    fill: str = reader.page.locator(f"rect.{name}").first.evaluate(
        "(e) => getComputedStyle(e).fill"
    )
    return parse(fill)


@pytest.mark.parametrize("scheme", SCHEMES)
def test_sites(scheme: str, address: Address, visit: NewVisit) -> None:
    """A site has two colours, the one around the other; a known and an unknown number swap them."""
    every = variables(open_in(visit, address(PLAN, "policy"), scheme))
    assert too_near({name: every[name] for name in ("site", "on-site")}) == []
    assert abs(grey(every["site"]) - grey(every["on-site"])) >= 5 * APART_IN_GREY


def test_the_measures() -> None:
    """Known values: black on white, white, and a red and a green that some take for one."""
    assert contrast((0, 0, 0), (1, 1, 1)) == pytest.approx(21)
    assert grey((1, 1, 1)) == pytest.approx(100, abs=0.1)
    red, green = (0.7, 0.4, 0.2), (0.45, 0.5, 0.2)
    assert distance(red, green, "deuteranomaly") < 0.5 * distance(red, green, None)

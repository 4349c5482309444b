"""Colours as the browser works them out, and how far apart two of them are for the eye."""

import re
from typing import Final

from .reader import Visit

Colour = tuple[float, float, float]
"""Red, green and blue from 0 to 1."""

SCHEMES: Final = ("light", "dark")
CLASSES: Final = tuple(f"class-{n}" for n in range(5))
PHASES: Final = ("opstellen", "uitvoering", "gasvrij")

TEXT: Final = 4.5
"""Least contrast of text (WCAG 1.4.3)."""
GRAPHICS: Final = 3.0
"""Least contrast of what must be seen to understand a graphic or a control (WCAG 1.4.11)."""

_VARIABLES: Final = """() => {
  const probe = document.body.appendChild(document.createElement("i"));
  const names = [...document.styleSheets].flatMap((sheet) => [...sheet.cssRules])
    .filter((rule) => rule.selectorText === ":root").flatMap((rule) => [...rule.style])
    .filter((name) => name.startsWith("--"));
  const colours = names.map((name) => {
    probe.style.color = "var(" + name + ")";
    return [name.slice(2), getComputedStyle(probe).color];
  });
  probe.remove();
  return Object.fromEntries(colours);
}"""


def parse(text: str) -> Colour:
    """Return the colour in ``rgb(…)``, as computed styles give it; nothing see-through."""
    numbers = [float(number) for number in re.findall(r"[\d.]+", text)]
    assert text.startswith("rgb"), text
    assert len(numbers) == 3 or numbers[3] == 1, f"{text} lets something through"
    return (numbers[0] / 255, numbers[1] / 255, numbers[2] / 255)


def variables(reader: Visit) -> dict[str, Colour]:
    """Return every colour that the style sheet names, as the page's scheme gives it."""
    found: dict[str, str] = reader.evaluate(_VARIABLES)
    return {name: parse(text) for name, text in found.items()}


def over(front: Colour, opacity: float, back: Colour) -> Colour:
    """Return what is seen of a colour that lets another one through."""
    red, green, blue = (
        opacity * top + (1 - opacity) * under for top, under in zip(front, back, strict=True)
    )
    return (red, green, blue)


def luminance(colour: Colour) -> float:
    """Return the relative luminance of WCAG."""
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in colour]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: Colour, other: Colour) -> float:
    """Return the contrast of WCAG, from 1 to 21."""
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


GROUND: Final = """
  const ground = (element) => {
    for (let at = element; at; at = at.parentElement) {
      const colour = getComputedStyle(at).backgroundColor;
      if (!/, 0\\)$/.test(colour)) return colour;
    }
    return "rgb(255, 255, 255)";
  };"""
"""Nearest background that is not see-through; `parse` refuses one that is half so."""

_TEXTS: Final = f"""() => {{{GROUND}
  const own = (element) => [...element.childNodes].some((node) => node.nodeType === Node.TEXT_NODE
    && node.data.trim());
  const pairs = [...document.querySelectorAll("body *")].filter((element) => own(element)
      && element.checkVisibility({{ visibilityProperty: true }}) && element.getClientRects().length
      && !element.closest("script, option, .map-label, .visually-hidden, .leaflet-marker-icon"))
    .map((element) => {{
      const style = getComputedStyle(element);
      if (!element.closest("svg")) return [style.color, ground(element)];
      const part = element.matches(".label-letter") && element.previousElementSibling;
      if (part) return [style.fill, getComputedStyle(part).fill];
      return [style.fill, style.stroke === "none" ? ground(element) : style.stroke];
    }});
  return [...new Set(pairs.map((pair) => pair.join(" on ")))];
}}"""


def texts(reader: Visit) -> list[str]:
    """Return every pair of colours of visible text, ``rgb(…) on rgb(…)``."""
    pairs: list[str] = reader.evaluate(_TEXTS)
    return pairs

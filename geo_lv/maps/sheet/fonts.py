"""Letters on paper: the font that comes with matplotlib, how wide a text is, where it breaks."""

import re
from dataclasses import dataclass
from functools import cache
from typing import Final, Literal

import matplotlib as mpl
from matplotlib.font_manager import FontProperties
from matplotlib.ft2font import FT2Font, LoadFlags

Weight = Literal["regular", "bold"]

_FILES: Final[dict[Weight, str]] = {
    "regular": "DejaVuSans.ttf",
    "bold": "DejaVuSans-Bold.ttf",
}
_EM: Final = 1000
"""Size in points at which letters are measured."""
_FIXED_POINT: Final = 65536
_BLANKS: Final = re.compile(r"[ \t\r\n\f\v]+")
_TOKEN: Final = re.compile(r" ?(?:[^ /-]+[/-]*|[/-]+)")
"""A word with the blank before it; a line may also end after a hyphen or a slash."""
UNKNOWN: Final = "\N{REPLACEMENT CHARACTER}"
"""Stands where the font has no letter, or where a character would steer the text."""


@dataclass(frozen=True)
class Style:
    """How a text looks."""

    size: float
    """Points."""
    weight: Weight = "regular"
    colour: str = "ink"
    """Name in the palette."""

    @property
    def leading(self) -> float:
        """Points from one line to the next."""
        return round(1.36 * self.size, 2)

    @property
    def baseline(self) -> float:
        """Points from the top of a line to the feet of its letters."""
        return round(1.02 * self.size, 2)


@cache
def font(weight: Weight) -> FontProperties:
    """Return a font by its file, so that the fonts of this machine make no difference."""
    return FontProperties(fname=_path(weight))


def plain(text: str) -> str:
    """Return a text on one line, with `UNKNOWN` for each character that cannot be drawn."""
    one_line = _BLANKS.sub(" ", text).strip()
    return "".join(letter if _drawable(letter) else UNKNOWN for letter in one_line)


def width(text: str, style: Style) -> float:
    """Return how wide a text is, in points; kerning can only make it narrower."""
    return sum(_advance(style.weight, letter) for letter in plain(text)) * style.size


def fold(text: str, style: Style, room: float) -> list[str]:
    """Break a text into lines.

    Parameters
    ----------
    text
        Any text; characters that cannot be drawn are replaced.
    style
        Its look.
    room
        Width of a line in points; a word that is wider is broken.

    Returns
    -------
    list[str]
        At least one line, each at most as wide as `room`.
    """
    lines = [""]
    for token in _TOKEN.findall(plain(text)):
        if width(lines[-1] + token, style) <= room:
            lines[-1] += token
            continue
        parts = _broken(token.lstrip(" "), style, room)
        lines = [*(line for line in lines if line), *parts]
    return lines


def widest_word(text: str, style: Style) -> float:
    """Return how wide the widest part of a text is that need not be broken, in points."""
    words = (token.strip(" ") for token in _TOKEN.findall(plain(text)))
    return max((width(word, style) for word in words), default=0.0)


def _broken(word: str, style: Style, room: float) -> list[str]:
    parts = [""]
    for letter in word:
        if parts[-1] and width(parts[-1] + letter, style) > room:
            parts.append("")
        parts[-1] += letter
    return parts


def _path(weight: Weight) -> str:
    return f"{mpl.get_data_path()}/fonts/ttf/{_FILES[weight]}"


@cache
def _measure(weight: Weight) -> FT2Font:
    face = FT2Font(_path(weight))
    face.set_size(_EM, 72)
    return face


@cache
def _advance(weight: Weight, letter: str) -> float:
    """Return the width of a letter as a part of the font size."""
    glyph = _measure(weight).load_char(ord(letter), flags=LoadFlags.NO_HINTING)
    return glyph.linearHoriAdvance / _FIXED_POINT / _EM


@cache
def _drawable(letter: str) -> bool:
    return letter.isprintable() and all(
        _measure(weight).get_char_index(ord(letter)) for weight in _FILES
    )

"""The structure of a document for who listens to it: headings, paragraphs, tables, figures."""

from dataclasses import dataclass, field
from typing import Literal

Tag = Literal[
    "Document", "Sect", "H1", "H2", "H3", "P", "L", "LI", "LBody", "Figure", "Caption",
    "Table", "TR", "TH", "TD",
]  # fmt: skip
"""Standard structure types of PDF."""


@dataclass(eq=False)
class Element:
    """A part of the document, in reading order, whatever the order in which it is drawn."""

    tag: Tag
    alt: str = ""
    """What a figure shows, in Dutch."""
    scope: Literal["", "Row", "Column"] = ""
    """What a header cell is the header of."""
    children: list["Element"] = field(default_factory=list)
    marks: list[tuple[int, int]] = field(default_factory=list)
    """Sheet and number of each piece of its content."""

    def add(self, tag: Tag, alt: str = "", scope: Literal["", "Row", "Column"] = "") -> "Element":
        """Add a part at the end and return it."""
        child = Element(tag, alt, scope)
        self.children.append(child)
        return child

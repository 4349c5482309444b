"""Every control that a page turns out to have, each used by keyboard the way its kind is used.

Nothing here names a control: a new one is found and used without a change. Of many alike (areas,
sites, heads of columns, explained words) one stands for all of a page.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

import pytest

from .reader import AREAS, SITES, Visit

CONTROLS: Final = "a[href], button, input, select, summary, textarea, [role=button], [role=slider]"
"""Links are controls too, but they are only measured: using one leaves the page."""

TABLE_FRAME: Final = ".table-frame"

FEWEST_PAGES: Final = (
    "index.html",
    "wijkuitvoeringsplan/klein-plaspoelpolder.html",
    "thema/energielabels.html",
    "monitor.html",
    "verantwoording.html",
    "wijk/wk191605.html",
)
"""One page of each type; this plan page has sites and phasing, this theme the longest tables."""

_FIND: Final = """([controls, areas, sites]) => {
  const open = document.querySelector("dialog:modal, [popover]:popover-open");
  const kind = (element) => {
    if (element.matches(areas)) return "area";
    if (element.matches(sites)) return "site";
    if (element.matches("thead button")) return "sort";
    if (element.matches("[popovertarget]")) return "term";
    if (element.matches("a[href]:not([role])")) return "link";
    return element.tagName === "INPUT" ? element.type : element.localName;
  };
  const name = (element) => ["id", "name", "aria-label"].map((part) => element.getAttribute(part))
    .concat(element.textContent.trim()).find(Boolean);
  window.controlsFound = [...document.querySelectorAll(controls)];
  return window.controlsFound
    .map((element, at) => ({ element, at, kind: kind(element) }))
    .filter(({ element }) => (!open || open.contains(element))
      && element.checkVisibility({ visibilityProperty: true }) && element.getClientRects().length
      && !element.disabled && !element.closest("[inert]"))
    .map(({ element, at, kind }) => ({ at, kind,
      key: ["area", "site", "sort", "term"].includes(kind) ? kind
        : kind + " " + name(element) + (element.type === "radio" ? element.value : "") }));
}"""


@dataclass(frozen=True)
class Control:
    """A control as it stands in a page now."""

    at: int
    """Its place among all elements that were `CONTROLS` when it was found."""
    kind: str
    """Area, site, sort, term, link, the type of an input, or the name of its element."""
    key: str
    """The same for the same control on another page."""


def found(reader: Visit) -> list[Control]:
    """Return the controls that can be used now; only those of a dialog while one is open."""
    shown: list[dict[str, Any]] = reader.evaluate(_FIND, [CONTROLS, AREAS, SITES])
    return [Control(**each) for each in shown]


def use(reader: Visit, control: Control) -> None:
    """Do what changes a control: another option, the other end of a slider, Space or Enter."""
    # not its place in the page: what comes later may have moved it
    element = reader.page.evaluate_handle("(at) => controlsFound[at]", control.at).as_element()
    assert element
    element.focus()
    press = reader.page.keyboard.press
    match control.kind:
        case "select":
            at, options = element.evaluate("(e) => [e.selectedIndex, e.options.length]")
            element.select_option(index=(at + 1) % options)
        case "range":
            before = element.input_value()
            press("End")
            if element.input_value() == before:
                press("Home")
        case "checkbox" | "radio":
            press("Space")
        case "text" | "search" | "textarea":
            reader.page.keyboard.type("a")
        case _:
            press("Enter")


def uses(reader: Visit, seen: set[str]) -> Iterator[str]:
    """Use each control that is not in `seen` yet, and say after each which one it was.

    What a control opens is used before what lies under it, and closed with Escape.

    Yields
    ------
    str
        The key of the control that was used just now.
    """
    while True:
        fresh = [each for each in found(reader) if each.kind != "link" and each.key not in seen]
        if fresh:
            seen.add(fresh[0].key)
            use(reader, fresh[0])
            reader.settle()
            yield fresh[0].key
        elif is_covered(reader):
            close(reader)
        else:
            return


def close(reader: Visit) -> None:
    """Press Escape; out of a full screen the first one only leads back to the window."""
    presses = 2 if reader.evaluate("() => document.fullscreenElement !== null") else 1
    for _ in range(presses):
        reader.page.keyboard.press("Escape")
    if is_covered(reader):
        pytest.fail("Escape does not close what lies over the page")


def is_covered(reader: Visit) -> bool:
    """Return whether a dialog or popover lies over the page."""
    covers: int = reader.page.locator("dialog:modal, [popover]:popover-open").count()
    return covers > 0

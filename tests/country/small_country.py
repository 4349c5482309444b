"""A made-up country: three municipalities of twelve buurten, with whatever borders may be like."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import shapely

from geo_lv.maps.country.page import country_page
from geo_lv.maps.country.view import CountryGemeente, CountryIndicator, CountryView

WEST, SOUTH, SIDE = 150_000.0, 450_000.0, 1000.0
ACROSS, ROWS = 4, 3
GEMEENTEN, BUURTEN = 3, ACROSS * ROWS
ENCLAVE, AROUND = 11, 5
"""Places: a buurt that lies wholly inside another one."""
SCATTERED = 23
"""Place of a buurt of two parts."""
APART = 35
"""Place of a buurt that nothing touches, east of all others."""
MISSING, SECRET, INAPPLICABLE = 0, 1, 2

NAMELESS, HOSTILE = 20, "<img src=x onerror=alert(1)>"
"""Place of a buurt that has another name where a page is written, and that name."""
ABSENT = {1: MISSING, 2: SECRET, 15: INAPPLICABLE}
"""Places of the buurten without a figure of residents, with the reason."""


def square(west: float, south: float, side: float = SIDE) -> shapely.Polygon:
    return shapely.box(west, south, west + side, south + side)


def shapes() -> Iterator[shapely.Geometry]:
    """Yield squares; the last of each municipality is something else."""
    for gemeente in range(GEMEENTEN):
        for n in range(BUURTEN):
            west = WEST + SIDE * (gemeente * ACROSS + n % ACROSS)
            south = SOUTH + SIDE * (ROWS - 1 - n // ACROSS)
            place = gemeente * BUURTEN + n
            if place == ENCLAVE:
                yield square(WEST + 1.3 * SIDE, SOUTH + 1.3 * SIDE, 0.4 * SIDE)
            elif place == AROUND:
                yield square(west, south) - square(west + 300, south + 300, 400)
            elif place == APART:
                yield square(west + 3 * SIDE, south)
            elif place == SCATTERED:
                island = square(west, south + 4 * SIDE)
                yield shapely.MultiPolygon([square(west, south), island])
            else:
                yield square(west, south)


def small_country() -> CountryView:
    """
    Return the country.

    Residents are 100 times the place of the buurt; growth is -5,0 % and one more for each place;
    the value of homes is 200 plus the place, in thousands of euros. Nothing of the third
    municipality was built.
    """
    count = GEMEENTEN * BUURTEN
    places = np.arange(count)
    gemeente_of = places // BUURTEN
    geometry = np.empty(count, dtype=object)
    geometry[:] = list(shapes())
    return CountryView(
        title="Buurten van Voorbeeldland",
        peildatum="2026-11-01",
        gemeenten=(
            CountryGemeente("GM0001", "Aalstad", "gm0001/index.html", ""),
            CountryGemeente("GM0002", "Beekbergen aan Zee", "", ""),
            CountryGemeente("GM0003", "Cölnwijk", "", "de bron gaf geen grenzen"),
        ),
        codes=tuple(f"BU{n // BUURTEN + 1:04}{n % BUURTEN:04}" for n in places.tolist()),
        names=tuple(f"Buurt {n}" for n in places.tolist()),
        gemeente_of=gemeente_of,
        geometry=geometry,
        indicators=(
            _indicator("inwoners", "Inwoners", "inwoners", 0, 100.0 * places, ABSENT),
            _indicator("groei", "Groei", "%", 1, places - 5.0, {}),
            _indicator("woz", "Gemiddelde WOZ-waarde", "× € 1.000", 0, 200.0 + places, {}),
        ),
        fictitious=True,
        sources=("Verzonnen grenzen en cijfers, 2026.",),
    )


def _indicator(
    identity: str, label: str, unit: str, decimals: int, values: np.ndarray, absent: dict[int, int]
) -> CountryIndicator:
    reasons = np.full(len(values), -1, dtype="int8")
    reasons[list(absent)] = list(absent.values())
    reasons[2 * BUURTEN :] = MISSING
    figures = np.where(reasons < 0, values, np.nan).astype("float64")
    return CountryIndicator(
        identity, label, unit, decimals, "2025", f"bron van {identity}", figures, reasons
    )


def write_country(out: Path) -> None:
    """Write the page of the country, with a name that would do harm if it could."""
    for path, content in country_page(
        renamed(small_country(), NAMELESS, HOSTILE), out / "c"
    ).items():
        (out / path).parent.mkdir(parents=True, exist_ok=True)
        (out / path).write_bytes(content)


def renamed(view: CountryView, place: int, name: str) -> CountryView:
    """Return the country with another name for a buurt."""
    names = list(view.names)
    names[place] = name
    return replace(view, names=tuple(names))

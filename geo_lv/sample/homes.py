"""Fictitious complexes and the homes in them, awkward rows included."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import count, islice
from typing import Final

from geo_lv.sample.places import Buurten, Dice, Place, swing
from geo_lv.sample.recipe import LABELS, NO_LABEL, AwkwardRecipe, CorporationRecipe, allocate

Streets = Iterator[tuple[str, int]]
"""Street and first house number, one pair per complex."""

_Band = tuple[float, int, int]
"""Cumulative chance, lowest and highest value."""

_YEARS: Final[tuple[_Band, ...]] = (
    (0.12, 1922, 1944),
    (0.60, 1950, 1974),
    (0.85, 1975, 1994),
    (1.00, 1995, 2022),
)
_AREAS: Final[tuple[_Band, ...]] = ((0.35, 38, 56), (0.80, 56, 78), (1.00, 76, 112))
_COMPLEX_HOMES: Final = (8, 140)
_FAMILY_M2: Final = 76
_SOCIAL_EUR: Final = 808.06
_GAS_FREE_SINCE: Final = 2018
_LIST_DATE: Final = "2025-01-01"
_PLENTY: Final = 50
"""A buurt with fewer homes of a corporation keeps them all as they are."""

_STEMS: Final = ("Voorbeeld", "Fictief", "Verzonnen", "Denkbeeldig", "Proef", "Oefen", "Bedacht")
_SUFFIXES: Final = ("laan", "straat", "plein", "singel", "hof", "pad", "weg", "kade")


@dataclass(frozen=True)
class Dwelling:
    """One fictitious home; the fields are the columns of ``dwellings.csv``."""

    dwelling_id: str
    corporation: str
    complex_id: str
    street: str
    house_number: int
    house_letter: str
    addition: str
    postcode: str
    place: str
    vbo_id: str
    x_rd: float | None
    y_rd: float | None
    bu_code: str
    energy_label: str
    ep2_kwh_m2: float | None
    rent_eur: float
    target_rent_eur: float
    floor_area_m2: int
    build_year: int
    dwelling_type: str
    rooms: int
    daeb: str
    solar_panels: str
    gas_free: str
    age_label: str
    list_date: str
    score: float = field(repr=False)
    """How efficient the home is among the others; decides the label and is not written."""


@dataclass(frozen=True)
class _Complex:
    number: int
    complex_id: str
    street: tuple[str, int]
    bu_code: str
    size: int
    centre: Place
    build_year: int
    floor_areas: tuple[int, int]
    quality: float


def homes_of(
    corporation: CorporationRecipe, areas: Buurten, dice: Dice, streets: Streets
) -> list[Dwelling]:
    """
    Make all homes of one corporation.

    Parameters
    ----------
    corporation
        What to make.
    areas
        Where to put it.
    dice
        Decides everything that the recipe leaves open.
    streets
        A street for each complex.

    Returns
    -------
    homes
        In the order of their ids.
    """
    homes = [
        home
        for block in _complexes(corporation, areas, dice, streets)
        for home in _homes_in(block, corporation, areas, dice)
    ]
    labels = _labels(homes, corporation.labels, dice)
    prefix = f"FICTIEF-{corporation.prefix}"
    named = [
        replace(home, dwelling_id=f"{prefix}-{n + 1:05}", energy_label=labels[n])
        for n, home in enumerate(homes)
    ]
    return _with_awkward(named, corporation.awkward, areas, dice)


def street_names() -> Streets:
    """Yield a street and a first house number per complex, so that no address comes twice."""
    for first_number in count(1, 200):
        yield from ((stem + suffix, first_number) for suffix in _SUFFIXES for stem in _STEMS)


def _complexes(
    corporation: CorporationRecipe, areas: Buurten, dice: Dice, streets: Streets
) -> Iterator[_Complex]:
    homes = sorted(allocate(corporation.count, corporation.weights).items())
    sizes = ((code, size) for code, total in homes for size in _sizes(total, dice))
    for number, (code, size) in enumerate(sizes, 1):
        built = _whole(*_band(_YEARS, dice), dice)
        yield _Complex(
            number=number,
            complex_id=f"FICTIEF-{corporation.prefix}-C{number:03}",
            street=next(streets),
            bu_code=code,
            size=size,
            centre=areas.inside(code, dice),
            build_year=built,
            floor_areas=_band(_AREAS, dice),
            quality=(built - 1920) / 140 + 0.45 * dice(),
        )


def _sizes(homes: int, dice: Dice) -> Iterator[int]:
    low, high = _COMPLEX_HOMES
    while homes:
        size = min(homes, _whole(low, high, dice))
        if 0 < homes - size < low:  # too few would be left for a complex of their own
            size = homes if homes <= high else size - low
        homes -= size
        yield size


def _homes_in(
    block: _Complex, corporation: CorporationRecipe, areas: Buurten, dice: Dice
) -> Iterator[Dwelling]:
    street, first_number = block.street
    for number in range(first_number, first_number + block.size):
        x, y = areas.near(block.bu_code, block.centre, 15 + block.size / 2, dice)
        floor_area = _whole(*block.floor_areas, dice)
        rent = 252 + 5.75 * floor_area + 60 * block.quality + 80 * (dice() - 0.5)
        yield Dwelling(
            dwelling_id="",
            corporation=corporation.name,
            complex_id=block.complex_id,
            street=street,
            house_number=number,
            house_letter="",
            addition="",
            postcode=_postcode(block.number),
            place="Voorbeeldstad",
            vbo_id="",
            x_rd=x,
            y_rd=y,
            bu_code=block.bu_code,
            energy_label=NO_LABEL,
            ep2_kwh_m2=None,
            rent_eur=round(rent, 2),
            target_rent_eur=round(1.05 * rent, 2),
            floor_area_m2=floor_area,
            build_year=block.build_year,
            dwelling_type="eengezinswoning" if floor_area >= _FAMILY_M2 else "appartement",
            rooms=2 + floor_area // 25,
            daeb=_yes(round(rent, 2) <= _SOCIAL_EUR),
            solar_panels=_yes(block.number % 4 == 0),
            gas_free=_yes(block.build_year >= _GAS_FREE_SINCE),
            age_label="55+" if block.number % 6 == 0 else "",
            list_date=_LIST_DATE,
            score=block.quality + 0.16 * swing(dice),
        )


def _yes(true: bool) -> str:  # noqa: FBT001 - a question, answered
    return "ja" if true else "nee"


def _postcode(number: int) -> str:
    """Return a postcode for a complex that no place has: SS is never given out."""
    return f"{1000 + number}SS"


def _labels(homes: list[Dwelling], permille: dict[str, int], dice: Dice) -> dict[int, str]:
    """Return a label per position: the best scores get the best labels, in the exact shares."""
    counts = allocate(len(homes), permille)
    ladder = [label for label in LABELS for _ in range(counts.get(label, 0))]
    shuffled = _shuffled(range(len(homes)), dice)
    labelled = sorted(shuffled[: len(ladder)], key=lambda n: (-homes[n].score, n))
    return dict.fromkeys(shuffled, NO_LABEL) | dict(zip(labelled, ladder, strict=True))


def _with_awkward(
    homes: list[Dwelling], awkward: AwkwardRecipe, areas: Buurten, dice: Dice
) -> list[Dwelling]:
    """Return the homes with some rows spoiled, only in buurten that have plenty."""
    per_buurt = Counter(home.bu_code for home in homes)
    plenty = sorted(code for code, number in per_buurt.items() if number >= _PLENTY)
    able = [n for n, home in enumerate(homes) if home.bu_code in plenty]
    chosen = iter(_shuffled(able, dice))
    spoiled = dict(enumerate(homes))
    for n in islice(chosen, awkward.without_location):
        spoiled[n] = replace(homes[n], x_rd=None, y_rd=None, bu_code="")
    for n in islice(chosen, awkward.outside):
        spoiled[n] = _moved(homes[n], areas.outside(dice), "")
    for n in islice(chosen, awkward.contradicting_code):
        code = homes[n].bu_code
        spoiled[n] = _moved(homes[n], areas.far_from(code, plenty, dice), code)
    for n in islice(chosen, awkward.near_border_without_code):
        spoiled[n] = _moved(homes[n], areas.at_border(homes[n].bu_code, dice), "")
    return list(spoiled.values())


def _moved(home: Dwelling, place: Place, bu_code: str) -> Dwelling:
    return replace(home, x_rd=place[0], y_rd=place[1], bu_code=bu_code)


def _band(bands: tuple[_Band, ...], dice: Dice) -> tuple[int, int]:
    chance = dice()
    return next((low, high) for limit, low, high in bands if chance < limit)


def _whole(low: int, high: int, dice: Dice) -> int:
    return low + int((high - low + 1) * dice())


def _shuffled(numbers: Sequence[int], dice: Dice) -> list[int]:
    return [number for _, number in sorted((dice(), number) for number in numbers)]

"""One row of the public file of EP-Online: what it says, or what is wrong with it."""

import math
import re
from collections.abc import Callable, Mapping
from typing import Final, NamedTuple

from geo_lv.errors import shorten
from geo_lv.properties import LABELS
from geo_lv.sources.ep_layout import COLUMNS, Layout, iso_date, text_of

ADDRESS: Final = ("postcode", "house_number", "house_letter", "addition")
FIGURES: Final = ("ep2_kwh_m2", "energy_index_mj")

NTA_8800: Final = "NTA8800"
OLDER_METHODS: Final = ("DEFINITIEFENERGIELABEL", "NADERVOORSCHRIFT", "ISSO75", "ISSO82")
"""How a method begins or what it holds, as capitals and digits. Their energy use is in MJ a year
for the whole home, that of NTA 8800 in kWh a year per square metre: never in one column."""

_VBO = re.compile(r"[0-9]{15,16}")
_POSTCODE = re.compile(r"[1-9][0-9]{3}[A-Z]{2}")
_NUMBER = re.compile(r"0*([1-9][0-9]{0,4})(.*)", re.DOTALL)
_AMOUNT = re.compile(r"-?[0-9]{1,12}(,[0-9]{1,9})?")
_NOT_UTF8 = "\N{REPLACEMENT CHARACTER}"


class Registration(NamedTuple):
    """What one row says about a home."""

    registered: str
    """ISO date."""
    valid_until: str
    """ISO date, the last day on which the label holds."""
    label: str
    """One of `LABELS`."""
    ep2_kwh_m2: float
    """Primary fossil energy, kWh per square metre a year; NaN unless the method is NTA 8800."""
    energy_index_mj: float
    """Energy use, MJ a year for the whole home; NaN unless by an older method."""


def rank(registration: Registration) -> tuple[str, str, bool, int, float, float]:
    """
    Return what decides between two registrations of a home: the highest rank holds.

    Parameters
    ----------
    registration
        Valid on the reference date.

    Returns
    -------
    rank
        The newest is highest; of one day the one that holds longest, then the newer method, then
        the worse label and the higher figures. Two with equal ranks say the same.
    """
    ep2, index = (-math.inf if math.isnan(figure) else figure for figure in registration[-2:])
    place = LABELS.index(registration.label)
    return registration.registered, registration.valid_until, ep2 > -math.inf, place, ep2, index


class Wrong(NamedTuple):
    """A value that cannot be read."""

    key: str
    """Of `COLUMNS`."""
    expected: str
    found: str


def vbo_key(text: str) -> str:
    """Return a VBO id as 16 digits, with a zero that a spreadsheet dropped; ``""`` if none."""
    return text.zfill(16) if _VBO.fullmatch(text) else ""


def address_key(postcode: str, number: str, letter: str, addition: str) -> str:
    """
    Write an address in one way, so that two spellings can be compared.

    Parameters
    ----------
    postcode, number, letter, addition
        As given; capitals, spaces and signs make no difference, except that a sign keeps two
        numbers or two words apart. What stands behind the number, the letter and the addition are
        taken together: older layouts do not keep them apart.

    Returns
    -------
    key
        Such as ``1234AB-5-A-2``; ``""`` if postcode and house number do not make an address.
    """
    area = "".join(postcode.split()).upper()
    found = _NUMBER.fullmatch(number.strip())
    if not _POSTCODE.fullmatch(area) or not found:
        return ""
    suffix = re.findall("[0-9]+|[A-Z]+", f"{found[2]} {letter} {addition}".upper())
    return "-".join((area, found[1], *suffix))


def values_of(values: list[bytes], layout: Layout) -> dict[str, str]:
    """Return the values that are read, by key of `COLUMNS`; ``""`` without such a column."""
    return {
        key: text_of(values[layout.places[key]]) if key in layout.places else "" for key in COLUMNS
    }


def wrong_value(values: Mapping[str, str]) -> Wrong | None:
    """
    Find the first value of a row that is not what it should be.

    Parameters
    ----------
    values
        From `values_of`.

    Returns
    -------
    wrong
        The value, or ``None`` if `registration_of` can read the row. A VBO id may be absent, not be
        wrong; a figure is looked at if its method is that of the row.
    """
    figure = figure_key(values["method"])
    for key, value in values.items():
        expected, accepts = _CHECKS.get(key, _ANYTHING)
        if _NOT_UTF8 in value:
            return Wrong(key, "UTF-8 text", shorten(value))
        if not accepts(value) and (key == figure or key not in FIGURES):
            return Wrong(key, expected, shorten(value))
    return None


def registration_of(values: Mapping[str, str]) -> Registration:
    """Return what a row without a wrong value says; no figure if its method is not known."""
    figure = figure_key(values["method"])
    ep2_kwh_m2, energy_index_mj = (
        _amount(values[key]) if key == figure else math.nan for key in FIGURES
    )
    return Registration(
        iso_date(values["registered"]),
        iso_date(values["valid_until"]),
        values["label"].upper(),
        ep2_kwh_m2,
        energy_index_mj,
    )


def figure_key(method: str) -> str:
    """Return in which column of `FIGURES` a method gives its figure, ``""`` if it is not known."""
    plain = re.sub("[^A-Z0-9]", "", method.upper())
    if NTA_8800 in plain:
        return "ep2_kwh_m2"
    return "energy_index_mj" if any(known in plain for known in OLDER_METHODS) else ""


def _amount(text: str) -> float:
    return float(text.replace(",", ".")) if text else math.nan


def _is_vbo_or_absent(text: str) -> bool:
    return not text or bool(vbo_key(text))


def _is_date(text: str) -> bool:
    return bool(iso_date(text))


def _is_label(text: str) -> bool:
    return text.upper() in LABELS


def _is_amount_or_absent(text: str) -> bool:
    return not text or _AMOUNT.fullmatch(text) is not None


Check = tuple[str, Callable[[str], bool]]

_ANYTHING: Final[Check] = ("text", lambda _: True)
_CHECKS: Final[Mapping[str, Check]] = {
    "vbo_id": ("a VBO id of 16 digits", _is_vbo_or_absent),
    "registered": ("a date such as 20240316", _is_date),
    "valid_until": ("a date such as 20240316", _is_date),
    "label": (f"one of {', '.join(LABELS)}", _is_label),
    **dict.fromkeys(FIGURES, ("a number with a decimal comma", _is_amount_or_absent)),
}

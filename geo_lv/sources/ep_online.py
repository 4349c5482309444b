"""Energy labels of homes, out of the public file of EP-Online.

The file holds every registration of the country, some millions of rows, and several of one home.
It is read once, a block at a time; only what may be about the given homes is looked at, and of each
VBO only the registration that holds is kept. Every row and every home is accounted for.
"""

import datetime as dt
import math
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pandas as pd

from geo_lv.errors import GeoLvError, Problem
from geo_lv.properties import NO_LABEL
from geo_lv.sources.delimited import open_rows
from geo_lv.sources.ep_layout import find_layout
from geo_lv.sources.ep_register import EXPIRED, LATER, UNREADABLE, Found, Register
from geo_lv.sources.ep_rows import (
    ADDRESS,
    FIGURES,
    Registration,
    address_key,
    vbo_key,
)

BY_VBO: Final = "vbo"
BY_ADDRESS: Final = "address"

NOT_REGISTERED: Final = "no registration under its VBO id or address"
NO_KEY: Final = "no VBO id and no complete address"
SEVERAL_VBOS: Final = "registrations of several VBO ids at its address"
SEVERAL_HOMES: Final = "several homes of the list at its address"

_PARTS: Final = ("elsewhere", "wrong", "expired", "later", "superseded", "kept")
_NONE: Final = Registration("", "", NO_LABEL, math.nan, math.nan)
_WEIGHT: Final = (EXPIRED, LATER, UNREADABLE)
"""Which reason is told when a home has registrations with different ones."""
_AMBIGUOUS: Final = frozenset({SEVERAL_VBOS, SEVERAL_HOMES})


@dataclass(frozen=True)
class Account:
    """What became of every row and of every home; counts."""

    read: int
    """Rows below the names of the columns: the sum of the six that follow."""
    elsewhere: int
    """Of other homes; nothing but their VBO id and postcode was looked at."""
    wrong: int
    """Cannot be read: every row without the right number of values or with a wrong VBO id, and rows
    of the homes with another wrong value."""
    expired: int
    """Valid until a day before the reference date."""
    later: int
    """Registered after the reference date."""
    superseded: int
    """Valid, but the same VBO, or an address without a VBO id, has one that goes before it."""
    kept: int
    """Valid, and the one that holds."""
    matched: int
    """Homes with a label."""
    unmatched: int
    """Homes without a label, with the reason."""
    ambiguous: int
    """Homes of which the label cannot be told, with the reason."""

    def __post_init__(self) -> None:
        """Refuse counts that do not add up; that would be a fault in this module."""
        parts = sum(getattr(self, part) for part in _PARTS)
        if parts != self.read:
            msg = f"EP-Online: expected {self.read} rows, found {parts}"
            raise GeoLvError(msg)

    @property
    def homes(self) -> int:
        """Number of homes, equal to the number that came in."""
        return self.matched + self.unmatched + self.ambiguous


@dataclass(frozen=True)
class LabelJoin:
    """The label of every home, and how it was found."""

    labels: pd.DataFrame
    account: Account
    problems: tuple[Problem, ...]
    """The first wrong rows; `Account.wrong` counts all of them."""
    published: str
    """ISO date on which the file was published, ``""`` if it does not say."""


@dataclass(frozen=True)
class _Home:
    vbo_id: str
    address: str


@dataclass(frozen=True)
class _Answer:
    reason: str
    matched_by: str = ""
    registration: Registration | None = None


def join_labels(
    path: Path, homes: pd.DataFrame, *, peildatum: dt.date, most_problems: int = 20
) -> LabelJoin:
    """
    Find the energy label of homes in the public file of EP-Online.

    Parameters
    ----------
    path
        The zip as published, or the CSV in it.
    homes
        One row per home, any index, with the text columns ``dwelling_id, vbo_id, postcode,
        house_number, house_letter, addition``; ``""`` where unknown. A VBO id that is not one
        counts as unknown.
    peildatum
        The reference date. A registration holds from its own date to its last day, both included.
    most_problems
        How many wrong rows are listed.

    Returns
    -------
    join
        `LabelJoin.labels` has one row per home, with the index of `homes` and the columns
        ``dwelling_id``; ``label``, one of `LABELS` or `NO_LABEL`; ``ep2_kwh_m2`` (primary fossil
        energy by NTA 8800, kWh per square metre a year) and ``energy_index_mj`` (energy use by an
        older method, MJ a year for the whole home), of which at most one is not NaN;
        ``registered`` and ``valid_until``, ISO dates or ``""``; ``matched_by``, `BY_VBO`,
        `BY_ADDRESS` or ``""``; and ``reason``, ``""`` for a home with a label.

    Raises
    ------
    InputError
        If the file cannot be read or misses a column. A wrong row is no error.

    Notes
    -----
    A VBO id in the file settles it, also when its registration has expired. Other homes are sought
    by address, and are ambiguous when the file has several VBO ids there, expired ones among them,
    or when the list has several homes there or another home with the VBO id that is found.
    Source: EP-Online (RVO), *totaalbestand*.
    """
    sought = _sought(homes)
    wanted = frozenset(key for home in sought for key in (home.vbo_id, home.address) if key)
    register = Register(wanted, peildatum.isoformat(), path.name, most_problems)
    with open_rows(path, path.name) as rows:
        layout = find_layout(rows, path.name)
        register.read(rows, layout)
    answers = _answers(sought, register)
    account = _account(register, answers)
    return LabelJoin(_table(homes, answers), account, tuple(register.problems), layout.published)


def _sought(homes: pd.DataFrame) -> list[_Home]:
    columns = [homes[key].tolist() for key in ("vbo_id", *ADDRESS)]
    return [
        _Home(vbo_key(vbo_id.strip()), address_key(*address))
        for vbo_id, *address in zip(*columns, strict=True)
    ]


def _answers(homes: list[_Home], register: Register) -> list[_Answer]:
    sharing = Counter(home.address for home in homes)
    return [_answer(home, register, sharing[home.address]) for home in homes]


def _answer(home: _Home, register: Register, sharing: int) -> _Answer:
    if home.vbo_id in register.found:
        return _told(BY_VBO, register.found[home.vbo_id])
    if not home.address:
        return _Answer(NOT_REGISTERED if home.vbo_id else NO_KEY)
    found = register.found.get(home.address)
    if not found:
        return _Answer(NOT_REGISTERED)
    if len(found.vbo_ids) > 1:
        return _Answer(SEVERAL_VBOS)
    if sharing > 1 or found.vbo_ids & register.wanted:
        return _Answer(SEVERAL_HOMES)
    return _told(BY_ADDRESS, found)


def _told(matched_by: str, found: Found) -> _Answer:
    if found.best:
        return _Answer("", matched_by, found.best)
    return _Answer(next(reason for reason in _WEIGHT if reason in found.reasons))


def _table(homes: pd.DataFrame, answers: list[_Answer]) -> pd.DataFrame:
    found = [answer.registration or _NONE for answer in answers]
    columns = {
        "dwelling_id": homes["dwelling_id"].tolist(),
        "label": [each.label for each in found],
        "ep2_kwh_m2": [each.ep2_kwh_m2 for each in found],
        "energy_index_mj": [each.energy_index_mj for each in found],
        "registered": [each.registered for each in found],
        "valid_until": [each.valid_until for each in found],
        "matched_by": [answer.matched_by for answer in answers],
        "reason": [answer.reason for answer in answers],
    }
    kinds = {key: "float64" if key in FIGURES else "str" for key in columns}
    return pd.DataFrame(columns, index=homes.index).astype(kinds)


def _account(register: Register, answers: list[_Answer]) -> Account:
    rows = {key: register.counts[key] for key in ("read", *_PARTS)}
    matched = sum(answer.registration is not None for answer in answers)
    ambiguous = sum(answer.reason in _AMBIGUOUS for answer in answers)
    unmatched = len(answers) - matched - ambiguous
    return Account(**rows, matched=matched, unmatched=unmatched, ambiguous=ambiguous)

"""The registrations in the file of EP-Online that may be about given homes, out of all others."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final

from geo_lv.errors import Problem
from geo_lv.sources.delimited import Row
from geo_lv.sources.ep_layout import Layout
from geo_lv.sources.ep_rows import (
    ADDRESS,
    Registration,
    address_key,
    rank,
    registration_of,
    values_of,
    vbo_key,
    wrong_value,
)

EXPIRED: Final = "its registration expired before the reference date"
LATER: Final = "its registration is from after the reference date"
UNREADABLE: Final = "its registration cannot be read"

_VBO_LENGTHS: Final = frozenset({15, 16})


@dataclass
class Dwelling:
    """What the file says about one VBO, or about one address without a VBO id."""

    vbo_id: str
    best: Registration | None = None
    reasons: set[str] = field(default_factory=set)


@dataclass(frozen=True)
class Wanted:
    """What the homes are found by; nothing else is looked at."""

    vbo_ids: frozenset[str]
    """From `vbo_key`."""
    addresses: frozenset[str]
    """From `address_key`."""


class Register:
    """The registrations that may be about the wanted homes, with a count of all others."""

    def __init__(self, wanted: Wanted, peildatum: str, name: str, most_problems: int) -> None:
        self.dwellings: dict[str, Dwelling] = {}
        """By VBO id, or by address where a row has none."""
        self.at_address: dict[str, set[str]] = {}
        """Address to keys of `dwellings`."""
        self.counts: Counter[str] = Counter()
        self.problems: list[Problem] = []
        self.wanted = wanted
        self._peildatum = peildatum
        self._name = name
        self._most_problems = most_problems

    def read(self, rows: Iterable[Row], layout: Layout) -> None:
        """Take in all rows; those of other homes are told apart without looking further."""
        vbo_place, postcode_place = layout.places["vbo_id"], layout.places["postcode"]
        # as bytes, which is how the rows come, and also without the zero that some files have lost
        vbo_ids = {vbo.encode() for vbo in self.wanted.vbo_ids}
        vbo_ids |= {vbo.removeprefix(b"0") for vbo in vbo_ids}
        postcodes = {address[:6].encode() for address in self.wanted.addresses}
        read = elsewhere = 0  # not `counts`: this loop is where the time goes
        for number, values in rows:
            read += 1
            if len(values) != layout.width:
                self._list_width(number, len(values), layout)
                continue
            vbo = values[vbo_place]
            strange = vbo and not (len(vbo) in _VBO_LENGTHS and vbo.isdigit())
            near = values[postcode_place].replace(b" ", b"").upper() in postcodes
            if strange or near or vbo in vbo_ids:
                self._take(number, values_of(values, layout), layout)
            else:
                elsewhere += 1
        self.counts.update(read=read, elsewhere=elsewhere)

    def _take(self, row: int, values: dict[str, str], layout: Layout) -> None:
        vbo_id = vbo_key(values["vbo_id"])
        address = address_key(*(values[key] for key in ADDRESS))
        about = vbo_id in self.wanted.vbo_ids or address in self.wanted.addresses
        if not about and (vbo_id or not values["vbo_id"]):
            self.counts["elsewhere"] += 1
            return
        wrong = wrong_value(values)
        if wrong:
            self._list(wrong.expected, wrong.found, row, layout.names[wrong.key])
        if about:
            self._weigh(self._dwelling(vbo_id, address), None if wrong else registration_of(values))

    def _dwelling(self, vbo_id: str, address: str) -> Dwelling:
        key = vbo_id or address
        self.at_address.setdefault(address, set()).add(key)
        return self.dwellings.setdefault(key, Dwelling(vbo_id))

    def _weigh(self, dwelling: Dwelling, registration: Registration | None) -> None:
        if registration is None:
            dwelling.reasons.add(UNREADABLE)
        elif registration.valid_until < self._peildatum:
            dwelling.reasons.add(EXPIRED)
            self.counts["expired"] += 1
        elif registration.registered > self._peildatum:
            dwelling.reasons.add(LATER)
            self.counts["later"] += 1
        elif dwelling.best is None:
            dwelling.best = registration
            self.counts["kept"] += 1
        else:
            dwelling.best = max(dwelling.best, registration, key=rank)
            self.counts["superseded"] += 1

    def _list_width(self, row: int, found: int, layout: Layout) -> None:
        words = f"{found} values" if found else "quotes that are not in order"
        self._list(f"{layout.width} values", words, row, None)

    def _list(self, expected: str, found: str, row: int, column: str | None) -> None:
        self.counts["wrong"] += 1
        if len(self.problems) < self._most_problems:
            advice = "the row is left out; report it to EP-Online if its home is yours"
            self.problems.append(Problem(self._name, expected, found, advice, row, column))

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
class Found:
    """What the file says about one VBO id, or about one address."""

    vbo_ids: set[str] = field(default_factory=set)
    best: Registration | None = None
    """The valid registration that holds."""
    reasons: set[str] = field(default_factory=set)
    """Why others do not hold."""


class Register:
    """What the file says about the VBO ids and addresses that are wanted; all others are counted.

    `wanted` holds what `vbo_key` and `address_key` give.
    """

    def __init__(
        self, wanted: frozenset[str], peildatum: str, name: str, most_problems: int
    ) -> None:
        self.found: dict[str, Found] = {}
        """By VBO id and by address; no entry where the file has no row."""
        self.counts: Counter[str] = Counter()
        self.problems: list[Problem] = []
        self.wanted = wanted
        self._valid: set[str] = set()
        self._peildatum = peildatum
        self._name = name
        self._most_problems = most_problems

    def read(self, rows: Iterable[Row], layout: Layout) -> None:
        """Take in all rows; those of other homes are told apart without looking further."""
        vbo_place, postcode_place = layout.places["vbo_id"], layout.places["postcode"]
        # as bytes, which is how the rows come, and also without the zero that some files have lost
        wanted = {key.encode() for key in self.wanted}
        wanted |= {key.removeprefix(b"0") for key in wanted}
        postcodes = {key.partition(b"-")[0] for key in wanted if b"-" in key}
        read = elsewhere = 0  # not `counts`: this loop is where the time goes
        for number, values in rows:
            read += 1
            if len(values) != layout.width:
                self._list_width(number, len(values), layout)
                continue
            vbo = values[vbo_place]
            strange = vbo and not (len(vbo) in _VBO_LENGTHS and vbo.isdigit())
            near = values[postcode_place].replace(b" ", b"").upper() in postcodes
            if strange or near or vbo in wanted:
                self._take(number, values_of(values, layout), layout)
            else:
                elsewhere += 1
        self.counts.update(read=read, elsewhere=elsewhere)

    def _take(self, row: int, values: dict[str, str], layout: Layout) -> None:
        vbo_id = vbo_key(values["vbo_id"])
        address = address_key(*(values[key] for key in ADDRESS))
        about = {vbo_id, address} & self.wanted
        if not about and (vbo_id or not values["vbo_id"]):
            self.counts["elsewhere"] += 1
            return
        wrong = wrong_value(values)
        if wrong:
            self._list(wrong.expected, wrong.found, row, layout.names[wrong.key])
        registration = None if wrong else registration_of(values)
        reason = self._judge(registration, vbo_id or address)
        for key in about:
            found = self.found.setdefault(key, Found())
            found.vbo_ids |= {vbo_id} - {""}
            if reason:
                found.reasons.add(reason)
            else:
                found.best = max(filter(None, (found.best, registration)), key=rank)

    def _judge(self, registration: Registration | None, dwelling: str) -> str:
        """Count a row that is not wrong; return why it does not hold, ``""`` if it may."""
        if registration is None:
            return UNREADABLE
        if registration.valid_until < self._peildatum:
            self.counts["expired"] += 1
            return EXPIRED
        if registration.registered > self._peildatum:
            self.counts["later"] += 1
            return LATER
        self.counts["superseded" if dwelling in self._valid else "kept"] += 1
        self._valid.add(dwelling)
        return ""

    def _list_width(self, row: int, found: int, layout: Layout) -> None:
        words = f"{found} values" if found else "quotes that are not in order"
        self._list(f"{layout.width} values", words, row, None)

    def _list(self, expected: str, found: str, row: int, column: str | None) -> None:
        self.counts["wrong"] += 1
        if len(self.problems) < self._most_problems:
            advice = "the row is left out; report it to EP-Online if its home is yours"
            self.problems.append(Problem(self._name, expected, found, advice, row, column))

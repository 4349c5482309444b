"""A web server on this machine that answers like Locatieserver, in all its moods."""

import json
import re
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from tests import stand_in
from tests.stand_in import Asked, Reply, Service

Doc = dict[str, Any]


def address(number: int, letter: str = "", addition: str = "", **other: object) -> Doc:
    """Return an address on the Voorbeeldlaan, each at a place of its own."""
    serial = number * 1000 + sum(map(ord, letter + addition))
    doc: Doc = {
        "straatnaam": "Voorbeeldlaan",
        "straatnaam_verkort": "Voorbeeldln",
        "huisnummer": number,
        "postcode": "9999ZZ",
        "woonplaatsnaam": "Voorbeeldstad",
        "adresseerbaarobject_id": f"000101{serial:010}",
        "buurtcode": "BU00010203",
        "centroide_rd": f"POINT({100_000 + serial / 8} 450000.25)",
    }
    if letter:
        doc["huisletter"] = letter
    if addition:
        doc["huisnummertoevoeging"] = addition
    return doc | other


@dataclass
class StandIn(Service):
    """What the server knows, and what was asked of it."""

    docs: list[Doc] = field(default_factory=list)
    helpful: bool = True
    """Without a match it answers the nearest other address, as a fuzzy search does."""
    tried: list[tuple[str, ...]] = field(default_factory=list)
    """The filters of every request."""
    answered: Counter[tuple[str, ...]] = field(default_factory=Counter)
    """The filters of every request that got a whole answer."""
    url: str = ""

    def answer(self, asked: Asked, mood: str) -> Reply:
        """Return what was found."""
        filters = tuple(asked.query["fq"])
        self.tried.append(filters)
        try:
            found = self.find(filters)
        except SyntaxError:
            return Reply(b"{}", 400)
        fields = asked.query["fl"][0].split(",")
        docs = [{name: doc[name] for name in fields if name in doc} for doc in found]
        docs = docs[: int(asked.query["rows"][0])]
        body = {"response": {"numFound": len(found), "start": 0, "docs": docs}}
        whole = mood not in {"400", "403", "429", "500", "503", "cut", "elsewhere", "slow"}
        if whole and not mood.startswith("rest "):
            self.answered[filters] += 1
        return Reply(json.dumps(body).encode())

    def find(self, filters: tuple[str, ...]) -> list[Doc]:
        """Return what passes the filters, or else what is nearest."""
        hits = [doc for doc in self.docs if all(passes(doc, one) for one in filters)]
        if hits or not self.helpful:
            return hits
        asked = next((one for one in filters if one.startswith("huisnummer:")), "huisnummer:1")
        number = int(asked.removeprefix("huisnummer:"))
        return sorted(self.docs, key=lambda doc: abs(doc["huisnummer"] - number))[:1]


def passes(doc: Doc, one: str) -> bool:
    """Tell whether an address passes a filter, of the few kinds that Solr and we know."""
    if one == "type:adres":
        return True
    if absent := re.fullmatch(r"-(\w+):\*", one):
        return absent[1] not in doc
    if several := re.fullmatch(r'(\w+):\(("\w+"(?: OR "\w+")*)\)', one):
        return doc.get(several[1]) in re.findall(r'"(\w+)"', several[2])
    single = re.fullmatch(r"(\w+):(\w+)", one)
    if single is None:
        raise SyntaxError(one)
    return str(doc.get(single[1])) == single[2]


@contextmanager
def serving(service: StandIn) -> Iterator[StandIn]:
    """Run the server until the end of the block."""
    with stand_in.serving(service) as base:
        service.url = f"{base}/free"
        yield service

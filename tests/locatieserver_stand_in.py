"""A web server on this machine that answers like Locatieserver, in all its moods."""

import json
import re
from collections import Counter, deque
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread
from typing import Any
from urllib.parse import parse_qs, urlsplit

Doc = dict[str, Any]

HTTP_DATE = "Wed, 21 Oct 2026 07:28:{:02} GMT"
ELSEWHERE = "http://192.0.2.1/free"
"""An address for documentation: following it would fail the test."""


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
class StandIn:
    """What the server knows, what it will do next, and what it was asked."""

    docs: list[Doc]
    moods: deque[str] = field(default_factory=deque)
    """For the next requests, one each; ``well`` after the last."""
    helpful: bool = True
    """Without a match it answers the nearest other address, as a fuzzy search does."""
    tried: list[tuple[str, ...]] = field(default_factory=list)
    """The filters of every request."""
    answered: Counter[tuple[str, ...]] = field(default_factory=Counter)
    """The filters of every request that got a whole answer."""
    url: str = ""
    closing: Event = field(default_factory=Event)

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


class _Handler(BaseHTTPRequestHandler):
    def __init__(self, *args: Any, service: StandIn) -> None:
        self.service = service
        super().__init__(*args)

    def do_GET(self) -> None:
        """Answer in the mood of the moment."""
        query = parse_qs(urlsplit(self.path).query)
        filters = tuple(query["fq"])
        self.service.tried.append(filters)
        mood = self.service.moods.popleft() if self.service.moods else "well"
        if mood in {"400", "403", "429", "500", "503"}:
            self.reply(b"{}", int(mood))
        elif mood.startswith("rest "):
            self.reply(b"{}", 429, Date=HTTP_DATE.format(0), Retry_After=mood.removeprefix("rest "))
        elif mood == "elsewhere":
            self.reply(b"", 302, Location=ELSEWHERE)
        elif mood == "slow":
            self.service.closing.wait(5)
        else:
            self.answer(filters, query, mood)

    def answer(self, filters: tuple[str, ...], query: dict[str, list[str]], mood: str) -> None:
        """Send what was found, or something that looks like it."""
        try:
            found = self.service.find(filters)
        except SyntaxError:
            return self.reply(b"{}", 400)
        fields = query["fl"][0].split(",")
        docs = [{name: doc[name] for name in fields if name in doc} for doc in found]
        docs = docs[: int(query["rows"][0])]
        body = json.dumps({"response": {"numFound": len(found), "start": 0, "docs": docs}}).encode()
        self.service.answered[filters] += mood != "cut"
        bodies = {"garbled": body[:-9], "huge": body + b" " * 300_000, "page": b"<html>Onderhoud"}
        return self.reply(bodies.get(mood, body), cut=mood == "cut")

    def reply(self, body: bytes, status: int = 200, *, cut: bool = False, **headers: str) -> None:
        """Send an answer, or the first half of one."""
        self.send_response_only(status)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body[: len(body) // 2] if cut else body)

    def log_message(self, *args: Any) -> None:
        """Say nothing."""


class _Server(ThreadingHTTPServer):
    daemon_threads = False

    def handle_error(self, *args: Any) -> None:
        """Say nothing of a client that went away: it was made to."""


@contextmanager
def serving(service: StandIn) -> Iterator[StandIn]:
    """Run the server until the end of the block."""
    with _Server(("127.0.0.1", 0), partial(_Handler, service=service)) as server:
        service.url = f"http://127.0.0.1:{server.server_port}/free"
        thread = Thread(target=partial(server.serve_forever, poll_interval=0.05))
        thread.start()
        try:
            yield service
        finally:
            service.closing.set()
            server.shutdown()
            thread.join()

"""What all stand-ins share: a real web server on this machine, which can be in any mood."""

import email.utils
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Lock, Thread
from typing import Any
from urllib.parse import parse_qs, urlsplit

HTTP_DATE = "Wed, 21 Oct 2026 07:28:{:02} GMT"
ELSEWHERE = "http://192.0.2.1/free"
"""An address for documentation: following it would fail the test."""
DAY_S = 86_400

SETBACKS = ("429", "500", "503", "cut", "slow")
"""Moods that may pass; the rest of `MOODS` another try does not change."""
MOODS = (
    *SETBACKS,
    "400",
    "403",
    "charset",
    "elsewhere",
    "garbled",
    "huge",
    "long rest",
    "page",
    "skew",
)
"""What any service may do, whatever it is about."""


@dataclass(frozen=True)
class Asked:
    """One request."""

    path: str
    query: dict[str, list[str]]
    headers: dict[str, str]


@dataclass(frozen=True)
class Reply:
    """An answer, before the mood of the moment has its way with it."""

    body: bytes
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    cut: bool = False


@dataclass
class Service:
    """What a server will do next, and what it was asked; a stand-in says what it knows."""

    moods: deque[str] = field(default_factory=deque)
    """For the next requests, one each; after the last see `faults`."""
    faults: dict[int, str] = field(default_factory=dict)
    """Mood of the n-th request, from 0; ``well`` for all others."""
    lasting: bool = False
    """Whether a fault stays from then on, or is gone at the next request."""
    huge: int = 300_000
    """Bytes of an answer in that mood."""
    asked: list[Asked] = field(default_factory=list)
    base: str = ""
    """Address of the server: ``http://127.0.0.1:…``, without a slash at the end."""
    closing: Event = field(default_factory=Event)
    lock: Lock = field(default_factory=Lock)

    def answer(self, asked: Asked, mood: str) -> Reply:
        """Return the answer; a mood that only this service knows is put into it here."""
        raise NotImplementedError

    def next_mood(self, asked: Asked) -> str:
        """Note a request, and return the mood it meets."""
        with self.lock:
            number = len(self.asked)
            self.asked.append(asked)
            if self.moods:
                return self.moods.popleft()
            if self.lasting:
                begun = [place for place in self.faults if place <= number]
                return self.faults[max(begun)] if begun else "well"
            return self.faults.get(number, "well")


def spoiled(service: Service, reply: Reply, mood: str) -> Reply:
    """Return an answer as it is in a mood that any service may have."""
    if mood.isdigit():
        return Reply(b"{}", int(mood))
    if mood.startswith("rest "):
        rest = {"Date": HTTP_DATE.format(0), "Retry-After": mood.removeprefix("rest ")}
        return Reply(b"{}", 429, rest)
    body = reply.body
    spoil = {
        "long rest": Reply(b"{}", 429, {"Retry-After": "86400"}),
        "elsewhere": Reply(b"", 302, {"Location": ELSEWHERE}),
        "cut": replace(reply, cut=True),
        "garbled": replace(reply, body=body[:-9]),
        "page": Reply(b"<html>Onderhoud", 200, {"Content-Type": "text/html"}),
        "charset": replace(reply, body=body.replace(b'"', b'"\xeb', 1)),
        "huge": replace(reply, body=body + b" " * service.huge if mood == "huge" else body),
        "skew": replace(reply, headers={**reply.headers, "Date": _days_from_now(-3)}),
        "slightly off": replace(reply, headers={**reply.headers, "Date": _days_from_now(-0.5)}),
    }
    return spoil.get(mood, reply)


def _days_from_now(days: float) -> str:
    now = email.utils.localtime().timestamp()
    return email.utils.formatdate(now + days * DAY_S, usegmt=True)


class _Handler(BaseHTTPRequestHandler):
    def __init__(self, *args: Any, service: Service) -> None:
        self.service = service
        super().__init__(*args)

    def do_GET(self) -> None:
        """Answer in the mood of the moment."""
        parts = urlsplit(self.path)
        asked = Asked(parts.path, parse_qs(parts.query), dict(self.headers.items()))
        mood = self.service.next_mood(asked)
        if mood == "slow":
            self.service.closing.wait(5)
            return
        reply = spoiled(self.service, self.service.answer(asked, mood), mood)
        self.send_response_only(reply.status)
        for name, value in reply.headers.items():
            self.send_header(name, value)
        if "Transfer-Encoding" not in reply.headers:
            self.send_header("Content-Length", str(len(reply.body)))
        self.end_headers()
        self.wfile.write(reply.body[: len(reply.body) // 2] if reply.cut else reply.body)

    def log_message(self, *args: Any) -> None:
        """Say nothing."""


class _Server(ThreadingHTTPServer):
    daemon_threads = False
    request_queue_size = 64

    def handle_error(self, *args: Any) -> None:
        """Say nothing of a client that went away: it was made to."""


@contextmanager
def serving(service: Service) -> Iterator[str]:
    """Run the server until the end of the block; give its address."""
    with _Server(("127.0.0.1", 0), partial(_Handler, service=service)) as server:
        service.base = f"http://127.0.0.1:{server.server_port}"
        thread = Thread(target=partial(server.serve_forever, poll_interval=0.05))
        thread.start()
        try:
            yield service.base
        finally:
            service.closing.set()
            server.shutdown()
            thread.join()

"""The one place that talks to Locatieserver: slowly, patiently, and with a limit to both."""

import logging
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from typing import Final, Self
from urllib.parse import urlsplit

import requests

from geo_lv import __version__
from geo_lv.errors import SourceError
from geo_lv.sources.locatieserver.answers import FIELDS, RefusedAnswerError

BASE_URL: Final = "https://api.pdok.nl/bzk/locatieserver/search/v3_1/free"
ROWS: Final = 10
"""How many addresses may come back. More than a few never pass the filters."""
LARGEST_ANSWER: Final = 256 * 1024
"""Bytes; a real answer has one or two thousand."""
WAITS_S: Final = (1.0, 2.0, 4.0, 8.0)
"""Seconds before each next try; after the last the run stops."""
LONGEST_WAIT_S: Final = 300.0
"""Seconds; a service that wants more rest than this gets it between two runs."""

_LOOPBACK: Final = {"127.0.0.1", "::1", "localhost"}
_OK: Final = 200
_TOO_MANY: Final = 429
_SERVER_FAULT: Final = 500


@dataclass(frozen=True)
class _Setback:
    """A try that failed in a way that may pass."""

    what: str
    rest_s: float = 0.0


class Client:
    """
    Asks Locatieserver, never more often than agreed.

    Proxies and extra certificates of the machine are used as they are set there; certificates are
    always verified, and no redirect is followed.

    Parameters
    ----------
    base_url
        Address of the ``free`` service: https, or http on this machine.
    per_second
        How many requests may start in a second, at most.
    timeout_s
        Seconds to wait for a connection, and for each next part of an answer.
    sleep, clock
        How to wait and to tell the time, in seconds.

    Raises
    ------
    SourceError
        If the address is not one to send homes to.
    """

    def __init__(
        self,
        base_url: str = BASE_URL,
        *,
        per_second: float = 10.0,
        timeout_s: float = 10.0,
        sleep: Callable[[float], None] = time.sleep,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        parts = urlsplit(base_url)
        if parts.scheme != "https" and (parts.scheme, parts.hostname in _LOOPBACK) != (
            "http",
            True,
        ):
            msg = "Locatieserver: expected an address that starts with https://, found another"
            raise SourceError(msg)
        self._url, self._timeout_s = base_url, timeout_s
        self._interval_s, self._sleep, self._clock = 1 / per_second, sleep, clock
        self._earliest = clock()
        self._session = requests.Session()
        # Identity: a small answer needs no packing, and nothing can unfold into a large one.
        agent = {"User-Agent": f"geo_lv/{__version__}", "Accept-Encoding": "identity"}
        self._session.headers.update(agent)

    def __enter__(self) -> Self:
        """Return the client itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close the connection."""
        self._session.close()

    def ask(self, filters: Sequence[str]) -> bytes:
        """
        Ask for the addresses that pass all filters.

        Parameters
        ----------
        filters
            In the language of Solr, each ``field:value``.

        Returns
        -------
        answer
            The body of an answer with status 200.

        Raises
        ------
        SourceError
            If no answer came in all tries, or one that another try would not change. The message
            holds nothing of the question.
        RefusedAnswerError
            If the answer is larger than any real one.
        """
        params: dict[str, str | Sequence[str]] = {
            "q": "*",
            "fq": list(filters),
            "fl": ",".join(FIELDS),
            "rows": str(ROWS),
        }
        with _silence():
            reply = self._try(params)
            for wait_s in WAITS_S:
                if isinstance(reply, bytes) or reply.rest_s > LONGEST_WAIT_S:
                    break
                self._sleep(max(wait_s, reply.rest_s))
                reply = self._try(params)
        if isinstance(reply, bytes):
            return reply
        rest = f" and asks to wait {reply.rest_s:.0f} seconds" if reply.rest_s else ""
        msg = f"Locatieserver: {reply.what}{rest}"
        raise SourceError(msg)

    def _try(self, params: Mapping[str, str | Sequence[str]]) -> bytes | _Setback:
        self._keep_pace()
        try:
            with self._session.get(
                self._url,
                params=params,
                timeout=self._timeout_s,
                allow_redirects=False,
                stream=True,
            ) as response:
                return _read(response)
        except requests.RequestException as error:
            # Its text holds the address that was asked for, thus the home.
            return _Setback(f"no whole answer ({type(error).__name__})")

    def _keep_pace(self) -> None:
        early = self._earliest - self._clock()
        if early > 0:
            self._sleep(early)
        self._earliest = max(self._earliest, self._clock()) + self._interval_s


def _read(response: requests.Response) -> bytes | _Setback:
    status = response.status_code
    if status == _TOO_MANY or status >= _SERVER_FAULT:
        return _Setback(f"it answers with status {status}", _rest_s(response.headers))
    if status != _OK:
        msg = f"Locatieserver: it answers with status {status}, which another try will not change"
        raise SourceError(msg)
    content = bytearray()
    for part in response.iter_content(16 * 1024):
        content += part
        if len(content) > LARGEST_ANSWER:
            msg = f"Locatieserver: expected at most {LARGEST_ANSWER} bytes, found more"
            raise RefusedAnswerError(msg)
    return bytes(content)


def _rest_s(headers: Mapping[str, str]) -> float:
    """Return the seconds that ``Retry-After`` asks for, 0 if it does not or nobody can tell."""
    after = headers.get("Retry-After", "").strip()
    if after.isascii() and after.isdigit():
        return float(after[:9])
    try:
        # Against the clock of the server itself: ours may differ.
        rest = parsedate_to_datetime(after) - parsedate_to_datetime(headers.get("Date", ""))
    except (ValueError, TypeError, OverflowError):
        return 0.0
    return max(0.0, rest.total_seconds())


def _tell(record: logging.LogRecord) -> bool:
    return record.levelno > logging.DEBUG


@contextmanager
def _silence() -> Iterator[None]:
    """Keep the addresses that are asked for out of the debug log of the library."""
    logger = logging.getLogger("urllib3.connectionpool")
    logger.addFilter(_tell)
    try:
        yield
    finally:
        logger.removeFilter(_tell)

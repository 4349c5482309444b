"""The one way to a source: slowly, patiently, with a limit to both, and to the same host only."""

import datetime as dt
import random
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, NoReturn, Self, TypeVar
from urllib.parse import urlsplit

import requests
from urllib3.exceptions import HTTPError

from geo_lv import __version__
from geo_lv.sources.answers import row_limit
from geo_lv.sources.faults import (
    ClockError,
    NoAnswerError,
    RedirectError,
    RefusedError,
    RowLimitError,
    TooLargeError,
    UnsafeAddressError,
)
from geo_lv.sources.patience import moment_of, rest_s, silence

WAITS_S: Final = (1.0, 2.0, 4.0, 8.0)
"""Seconds before each next try, and up to half of that more; after the last the run stops."""
LONGEST_WAIT_S: Final = 300.0
"""Seconds; a service that wants more rest than this gets it between two runs."""
LONGEST_ANSWER_S: Final = 600.0
"""Seconds in which an answer must be whole, however steadily it drips."""
LARGEST_SKEW: Final = dt.timedelta(hours=24)
"""A clock that is more than this off notes the wrong day with a file."""

JITTER: Final = random.SystemRandom().random

Params = Mapping[str, str | Sequence[str]]
Headers = Mapping[str, str]

_T = TypeVar("_T")

_PART_BYTES: Final = 64 * 1024
_LOOPBACK: Final = {"127.0.0.1", "::1", "localhost"}
_OK: Final = range(200, 300)
_MOVED: Final = range(300, 400)
_TOO_MANY: Final = 429
_SERVER_FAULT: Final = 500


@dataclass(frozen=True)
class _Setback:
    """A try that failed in a way that may pass."""

    what: str
    rest_s: float = 0.0


def host_of(url: str) -> tuple[str, str]:
    """Return what must stay the same in every link: scheme, and host with port."""
    parts = urlsplit(url)
    return parts.scheme, parts.netloc.lower()


class Transport:
    """
    Gets bytes from one source, never more often than agreed.

    Proxies and extra certificates of the machine are used as they are set there; certificates are
    always verified, and no redirect is followed. No error and no log holds a question or a header.

    Parameters
    ----------
    source
        What the source is called in messages.
    per_second
        How many requests may start in a second, at most.
    timeout_s
        Seconds to wait for a connection, and for each next part of an answer.
    sleep, clock
        How to wait and to tell the time, in seconds.
    jitter
        Gives a number from 0 to 1, so that many who wait do not all come back at once.
    now
        The moment by the clock of this machine, to compare with that of the source; None: do not.
    """

    def __init__(  # noqa: PLR0913 - all but the name are for those who test
        self,
        source: str,
        *,
        per_second: float = 5.0,
        timeout_s: float = 30.0,
        sleep: Callable[[float], None] = time.sleep,
        clock: Callable[[], float] = time.monotonic,
        jitter: Callable[[], float] = JITTER,
        now: Callable[[], dt.datetime] | None = None,
    ) -> None:
        self.source, self._timeout_s, self._now = source, timeout_s, now
        self._interval_s, self._sleep, self._clock = 1 / per_second, sleep, clock
        self._jitter, self._earliest = jitter, clock()
        self._session = requests.Session()
        # Identity: nothing can unfold into something large, and a download can be resumed.
        agent = {"User-Agent": f"geo_lv/{__version__}", "Accept-Encoding": "identity"}
        self._session.headers.update(agent)

    def __enter__(self) -> Self:
        """Return the transport itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close the connection."""
        self._session.close()

    def get(
        self,
        url: str,
        params: Params | None = None,
        *,
        headers: Headers | None = None,
        largest: int,
    ) -> bytes:
        """
        Get the body of an answer.

        Parameters
        ----------
        url
            Address: https, or http on this machine.
        params, headers
            What goes with it; kept out of messages.
        largest
            Bytes that the body may have.

        Returns
        -------
        content
            The whole body of an answer with a status of success.

        Raises
        ------
        FaultError
            If the address is not safe, if no answer came in all tries, or one that another try
            would not change: refused, sent elsewhere, or too large.
        """
        return self.ask(
            url, params, headers=headers, read=lambda response: self.whole(response, largest)
        )

    def ask(
        self,
        url: str,
        params: Params | None = None,
        *,
        headers: Headers | Callable[[], Headers] | None = None,
        read: Callable[[requests.Response], _T],
    ) -> _T:
        """
        Ask until an answer with a status of success has been read.

        Parameters
        ----------
        url, params
            As for `get`.
        headers
            The same; or what gives them anew for each try.
        read
            Reads the answer, of which the head is known and the body is still to come.

        Returns
        -------
        read
            What `read` returns.

        Raises
        ------
        NoAnswerError
            If no answer came in all tries; and the other faults of `get`.
        """
        self.require_safe(url)
        with silence():
            reply = self._try(url, params, headers, read)
            for wait_s in WAITS_S:
                if not isinstance(reply, _Setback) or reply.rest_s > LONGEST_WAIT_S:
                    break
                self._sleep(max(wait_s * (1 + self._jitter() / 2), reply.rest_s))
                reply = self._try(url, params, headers, read)
        if not isinstance(reply, _Setback):
            return reply
        rest = f" and asks to wait {reply.rest_s:.0f} seconds" if reply.rest_s else ""
        raise NoAnswerError(self.source, f"{reply.what}{rest}")

    def require_safe(self, url: str) -> None:
        """
        Refuse an address at which others could read along.

        Parameters
        ----------
        url
            Where to.

        Raises
        ------
        UnsafeAddressError
            If it is neither https nor http on this machine, or holds a name and a password.
        """
        try:
            parts = urlsplit(url)
            local = parts.scheme == "http" and parts.hostname in _LOOPBACK
        except ValueError:
            raise UnsafeAddressError(self.source) from None
        if not parts.hostname or "@" in parts.netloc or not (local or parts.scheme == "https"):
            raise UnsafeAddressError(self.source)

    def parts(self, response: requests.Response) -> Iterator[bytes]:
        """
        Read the body of an answer part by part.

        Parameters
        ----------
        response
            Of which the body is still to come.

        Yields
        ------
        part
            As it comes in.

        Raises
        ------
        ChunkedEncodingError
            If it stops early, or takes longer than `LONGEST_ANSWER_S`.
        """
        latest = self._clock() + LONGEST_ANSWER_S
        try:
            while part := response.raw.read1(_PART_BYTES, decode_content=True):
                yield part
                if self._clock() > latest:
                    raise requests.exceptions.ChunkedEncodingError
        except HTTPError:
            raise requests.exceptions.ChunkedEncodingError from None

    def whole(self, response: requests.Response, largest: int) -> bytes:
        """
        Read the body of an answer.

        Parameters
        ----------
        response
            Of which the body is still to come.
        largest
            Bytes that it may have.

        Returns
        -------
        content
            The whole body.

        Raises
        ------
        TooLargeError
            If it is larger; and what `parts` raises.
        """
        content = bytearray()
        for part in self.parts(response):
            content += part
            if len(content) > largest:
                raise TooLargeError(self.source, largest)
        return bytes(content)

    def _try(
        self,
        url: str,
        params: Params | None,
        headers: Headers | Callable[[], Headers] | None,
        read: Callable[[requests.Response], _T],
    ) -> _T | _Setback:
        self._keep_pace()
        try:
            with self._session.get(
                url,
                params=params,
                headers=headers() if callable(headers) else headers,
                timeout=self._timeout_s,
                allow_redirects=False,
                stream=True,
            ) as response:
                return self._setback(response) or read(response)
        except requests.RequestException as error:
            # Its text holds the address that was asked for, thus a home, or a header, thus a key.
            return _Setback(f"no whole answer ({type(error).__name__})")

    def _setback(self, response: requests.Response) -> _Setback | None:
        status = response.status_code
        if status == _TOO_MANY or status >= _SERVER_FAULT:
            if limit := row_limit(next(self.parts(response), b"")):
                raise RowLimitError(self.source, limit)
            return _Setback(f"it answers with status {status}", rest_s(response.headers))
        if status not in _OK:
            self._refuse(status)
        self._compare_clocks(response.headers)
        return None

    def _refuse(self, status: int) -> NoReturn:
        if status in _MOVED:
            raise RedirectError(self.source, status)
        raise RefusedError(self.source, status)

    def _compare_clocks(self, headers: Headers) -> None:
        theirs = moment_of(headers.get("Date", ""))
        if self._now is None or theirs is None:
            return
        age = headers.get("Age", "")
        theirs += dt.timedelta(seconds=int(age[:9]) if age.isascii() and age.isdigit() else 0)
        skew = theirs - self._now()
        if abs(skew) > LARGEST_SKEW:
            raise ClockError(self.source, skew / dt.timedelta(hours=1))

    def _keep_pace(self) -> None:
        early = self._earliest - self._clock()
        if early > 0:
            self._sleep(early)
        self._earliest = max(self._earliest, self._clock()) + self._interval_s

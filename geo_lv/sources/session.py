"""A session for a library that would otherwise ask by itself, without time-out and limits."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import requests
from cbsodata import cbsodata3

from geo_lv.sources.faults import EndlessPagesError, ForeignLinkError

Get = Callable[[str, dict[str, str]], bytes]
"""Gets the body of an answer from an address, with headers."""


class BorrowedSession:
    """
    Sends what a library has prepared, as `Transport` sends it.

    One object stands in for every session that the library makes while it answers one question.

    Parameters
    ----------
    source
        What the source is called in messages.
    get
        Asks, with time-out, patience and a limit.
    host
        Scheme and host with port; every other is refused.
    inspect
        Looks at each body before the library does, and raises a fault.
    most
        How many requests may be sent: a next link that never ends is noticed here at last.
    """

    def __init__(
        self,
        source: str,
        get: Get,
        host: Callable[[str], bool],
        *,
        inspect: Callable[[bytes], object],
        most: int,
    ) -> None:
        self._source, self._get, self._host = source, get, host
        self._inspect, self._most, self._sent = inspect, most, 0

    def send(self, prepared: requests.PreparedRequest, **_: object) -> requests.Response:
        """
        Get an answer.

        Parameters
        ----------
        prepared
            What to ask; only its address is used.

        Returns
        -------
        response
            With the whole body and status 200.

        Raises
        ------
        ForeignLinkError
            If it goes to another host.
        EndlessPagesError
            If there are too many; and whatever `Transport.get` raises.
        """
        url = prepared.url or ""
        if not self._host(url):
            raise ForeignLinkError(self._source)
        if self._sent >= self._most:
            raise EndlessPagesError(self._source, self._most)
        self._sent += 1
        content = self._get(url, {"Accept": "application/json"})
        self._inspect(content)
        response = requests.Response()
        response.status_code = 200
        response.url, response.request, response.encoding = url, prepared, "utf-8"
        response._content = content  # noqa: SLF001 - the only way to give one a body
        return response


@contextmanager
def lent_to_cbsodata(session: BorrowedSession, *, https: bool) -> Iterator[None]:
    """
    Let cbsodata ask through a session of ours, which has a time-out and limits.

    Parameters
    ----------
    session
        Taken for every session that cbsodata makes until the end of the block.
    https
        Whether it asks over https.
    """
    own = cbsodata3.Session, cbsodata3.options.use_https
    cbsodata3.Session, cbsodata3.options.use_https = lambda: session, https
    try:
        yield
    finally:
        cbsodata3.Session, cbsodata3.options.use_https = own

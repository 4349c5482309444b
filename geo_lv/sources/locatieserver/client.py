"""Asks Locatieserver for addresses, through the one transport of the project."""

import time
from collections.abc import Callable, Sequence
from typing import Final, Self

from geo_lv.errors import SourceError
from geo_lv.sources.faults import FaultError, TooLargeError, UnsafeAddressError
from geo_lv.sources.locatieserver.answers import FIELDS, RefusedAnswerError
from geo_lv.sources.transport import JITTER, Params, Transport

BASE_URL: Final = "https://api.pdok.nl/bzk/locatieserver/search/v3_1/free"
ROWS: Final = 10
"""How many addresses may come back. More than a few never pass the filters."""
LARGEST_ANSWER: Final = 256 * 1024
"""Bytes; a real answer has one or two thousand."""

_NAME: Final = "Locatieserver"


class Client:
    """
    Asks Locatieserver, never more often than agreed.

    Parameters
    ----------
    base_url
        Address of the ``free`` service: https, or http on this machine.
    per_second
        How many requests may start in a second, at most.
    timeout_s
        Seconds to wait for a connection, and for each next part of an answer.
    sleep, clock, jitter
        As for `Transport`.

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
        jitter: Callable[[], float] = JITTER,
    ) -> None:
        self._transport = Transport(
            _NAME,
            per_second=per_second,
            timeout_s=timeout_s,
            sleep=sleep,
            clock=clock,
            jitter=jitter,
        )
        try:
            self._transport.require_safe(base_url)
        except UnsafeAddressError as error:
            raise SourceError(str(error)) from None
        self._url = base_url

    def __enter__(self) -> Self:
        """Return the client itself."""
        return self

    def __exit__(self, *details: object) -> None:
        """Close the connection."""
        self._transport.__exit__(*details)

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
        params: Params = {
            "q": "*",
            "fq": list(filters),
            "fl": ",".join(FIELDS),
            "rows": str(ROWS),
        }
        try:
            return self._transport.get(self._url, params, largest=LARGEST_ANSWER)
        except TooLargeError:
            msg = f"{_NAME}: expected at most {LARGEST_ANSWER} bytes, found more"
            raise RefusedAnswerError(msg) from None
        except FaultError as fault:
            # What to do about it is for the run to say: it knows how far it came.
            msg = f"{_NAME}: {fault.found}"
            raise SourceError(msg) from None

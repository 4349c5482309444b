"""How long to wait, by which clock, and how to be silent about it."""

import datetime as dt
import logging
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from email.utils import parsedate_to_datetime


def rest_s(headers: Mapping[str, str]) -> float:
    """Return the seconds that ``Retry-After`` asks for, 0 if it does not or nobody can tell."""
    after = headers.get("Retry-After", "").strip()
    if after.isascii() and after.isdigit():
        return float(after[:9])
    # Against the clock of the server itself: ours may differ.
    until, now = moment_of(after), moment_of(headers.get("Date", ""))
    return max(0.0, (until - now).total_seconds()) if until and now else 0.0


def moment_of(text: str) -> dt.datetime | None:
    """Return the moment that a header says, None if nobody can tell."""
    try:
        moment = parsedate_to_datetime(text)
    except (ValueError, TypeError, OverflowError):
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=dt.UTC)


def _tell(record: logging.LogRecord) -> bool:
    return record.levelno > logging.DEBUG


@contextmanager
def silence() -> Iterator[None]:
    """Keep the addresses that are asked for out of the debug log of the library."""
    logger = logging.getLogger("urllib3.connectionpool")
    logger.addFilter(_tell)
    try:
        yield
    finally:
        logger.removeFilter(_tell)

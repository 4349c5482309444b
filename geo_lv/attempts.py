"""Refreshes that failed: what readers are told about figures that are older than they could be."""

from collections.abc import Iterable
from pathlib import Path
from typing import Annotated, Final

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from geo_lv.settings import read_toml
from geo_lv.tables import is_day

FILE: Final = "downloads/attempts.toml"


def _day(value: str) -> str:
    if not is_day(value):
        msg = "a day such as 2024-03-16"
        raise ValueError(msg)
    return value


Day = Annotated[str, AfterValidator(_day)]
"""A whole day, as an ISO date."""


class Attempt(BaseModel):
    """A source that could not be refreshed, when that was tried last."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    source: Annotated[str, Field(pattern=r"^[a-z0-9-]{1,40}$")]
    """As the command calls it."""
    day: Day
    reason: Annotated[str, Field(min_length=1, max_length=200)]
    """Dutch: what went wrong, without address, key or question."""
    paths: tuple[str, ...] = ()
    """Files of the data folder that thus stayed as they were."""


class _AttemptsFile(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    attempt: tuple[Attempt, ...] = ()


def load_attempts(data: Path) -> tuple[Attempt, ...]:
    """
    Read which sources could not be refreshed.

    Parameters
    ----------
    data
        The data folder.

    Returns
    -------
    attempts
        In the order of the file; none if there is no file.

    Raises
    ------
    InputError
        With every problem of the file.
    """
    path = data / FILE
    return read_toml(path, FILE, _AttemptsFile).attempt if path.is_file() else ()


def attempts_text(attempts: Iterable[Attempt]) -> str:
    """Return the text of the file that holds these."""
    blocks = ["# Sources that `geo-lv fetch` could not refresh; it writes this file itself.\n"]
    for attempt in sorted(attempts, key=lambda each: each.source):
        paths = ", ".join(f'"{path}"' for path in attempt.paths)
        blocks.append(
            f'[[attempt]]\nsource = "{attempt.source}"\nday = "{attempt.day}"\n'
            f'reason = "{_plain(attempt.reason)}"\npaths = [{paths}]\n'
        )
    return "\n".join(blocks)


def _plain(text: str) -> str:
    return "".join(c if c.isprintable() and c not in '"\\' else " " for c in text)

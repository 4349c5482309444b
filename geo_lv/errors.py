"""Everything geo_lv can refuse, in words a data officer can act on."""

from dataclasses import dataclass
from typing import NoReturn


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong in one place of one input file."""

    file: str
    expected: str
    found: str
    advice: str
    row: int | None = None
    """Line or feature number, counted from 1 as an editor or spreadsheet shows it."""
    column: str | None = None

    def __str__(self) -> str:
        """Return the problem as one line of plain text."""
        row = f", row {self.row}" if self.row is not None else ""
        column = f", column {self.column}" if self.column is not None else ""
        line = f"{self.file}{row}{column}: expected {self.expected}, found {self.found}"
        return printable(f"{line}; {self.advice}")


class GeoLvError(Exception):
    """Root of all errors that geo_lv raises on purpose."""


class InputError(GeoLvError):
    """Input files hold problems; all of them are listed at once."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        self.problems = problems
        super().__init__("\n".join(str(problem) for problem in problems))

    def __reduce__(self) -> tuple[type["InputError"], tuple[tuple[Problem, ...]]]:
        """Return what another process needs to raise the same error."""
        return InputError, (self.problems,)


def refuse(name: str, expected: str, found: str, advice: str, row: int | None = None) -> NoReturn:
    """Raise the error of an input file with one problem."""
    raise InputError((Problem(name, expected, found, advice, row),))


class ArgumentError(GeoLvError, ValueError):
    """A function of the Python API was given something that it cannot work with."""


class CrsError(GeoLvError):
    """Geometry has no coordinate reference system, or another one than the work needs."""


class OutputError(GeoLvError):
    """The output folder cannot be written, or holds files that geo_lv did not make."""


class ReleaseError(GeoLvError):
    """Something tried to leave that no edition allows."""


class SourceError(GeoLvError):
    """A source elsewhere does not answer, or not as agreed."""


def shorten(text: str, length: int = 60) -> str:
    """Return `text` quoted and cut to `length` characters, so that a message stays readable."""
    return repr(text if len(text) <= length else text[:length] + "…")


def printable(text: str) -> str:
    """Return text in which no sign does anything."""
    # A name may hold terminal escapes or right-to-left marks: a message shows them, never obeys.
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in text)

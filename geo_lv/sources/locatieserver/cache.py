"""What was answered before, one line per question in a file that only grows."""

from pathlib import Path
from typing import Final

from pydantic import ValidationError

from geo_lv.errors import OutputError
from geo_lv.sources.locatieserver.outcomes import Outcome
from geo_lv.sources.locatieserver.questions import Question

_HEADER: Final = b'{"geo_lv":"locatieserver","version":1}\n'


class _Line(Outcome):
    key: str


class Cache:
    """
    Outcomes in a file: the key of the question, the place and codes or the reason.

    No address stands in it, but the places and VBO ids do: keep it as one keeps the list of homes.
    Opening one writes nothing. It does not grow old by itself: remove the file to ask anew.

    Parameters
    ----------
    path
        The file, which need not be there; its folder must.

    Raises
    ------
    OutputError
        If the file cannot be read, or is of someone else.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        content = self._read()
        # Whoever was killed while writing left a last line without an end: it is asked again.
        self._sound = content.rfind(b"\n") + 1
        lines = content[: self._sound].splitlines()[1:]
        self._known = {line.key: line for line in map(_line, lines) if line}
        self._tidy = self._sound == len(content) > 0

    def _read(self) -> bytes:
        try:
            content = self._path.read_bytes()
        except FileNotFoundError:
            return b""
        except OSError as error:
            msg = f"{self._path.name}: cannot read the cache: {error.strerror}"
            raise OutputError(msg) from error
        if not (content.startswith(_HEADER) or _HEADER.startswith(content)):
            msg = f"{self._path.name}: expected a cache of Locatieserver, found another file"
            raise OutputError(msg)
        return content

    def get(self, question: Question) -> Outcome | None:
        """Return what was answered before, None if it was not asked."""
        return self._known.get(question.key)

    def put(self, question: Question, outcome: Outcome) -> None:
        """
        Keep an outcome, in the file too before this returns.

        Parameters
        ----------
        question
            What was asked.
        outcome
            What came of it.

        Raises
        ------
        OutputError
            If the file cannot be written.
        """
        line = _Line(key=question.key, **outcome.model_dump())
        try:
            self._append(line.model_dump_json(exclude_defaults=True).encode() + b"\n")
        except OSError as error:
            msg = f"{self._path.name}: cannot write the cache: {error.strerror}"
            raise OutputError(msg) from error
        self._known[question.key] = line

    def _append(self, line: bytes) -> None:
        if not self._tidy:
            self._path.touch(mode=0o600)  # the places of homes are not for every user
            with self._path.open("r+b") as file:
                file.truncate(self._sound)
        with self._path.open("ab") as file:
            file.write(line if self._tidy or self._sound else _HEADER + line)
        self._tidy = True


def _line(content: bytes) -> _Line | None:
    try:
        return _Line.model_validate_json(content)
    except ValidationError:
        return None

"""From a TOML file to validated settings: every problem at once, with file, row and setting."""

import re
import tomllib
from functools import lru_cache
from pathlib import Path
from typing import Any, Final, TypeVar

from pydantic import BaseModel, ValidationError

from geo_lv.errors import InputError, Problem, shorten
from geo_lv.files import read_text

Model = TypeVar("Model", bound=BaseModel)

_HEADER: Final = re.compile(r"\s*\[{1,2}\s*([\w.-]+)\s*\]{1,2}\s*(#.*)?$")


def read_toml(path: Path, name: str, model: type[Model]) -> Model:
    """
    Read and validate a TOML file.

    Parameters
    ----------
    path
        UTF-8 file.
    name
        What the file is called in messages.
    model
        The pydantic model that says what may stand in it.

    Returns
    -------
    settings
        The validated model.

    Raises
    ------
    InputError
        With every problem of the file.
    """
    content = read_text(path, name)
    try:
        return model.model_validate(_parsed(content, name))
    except ValidationError as error:
        problems = tuple(_setting_problem(name, content, dict(item)) for item in error.errors())
        raise InputError(problems) from error


def _parsed(content: str, name: str) -> dict[str, Any]:
    try:
        return _tables(content)
    except tomllib.TOMLDecodeError as error:
        raise InputError((_toml_problem(name, content, str(error)),)) from error
    except (RecursionError, ValueError) as error:
        found = "brackets or numbers without end"
        raise InputError((Problem(name, "TOML", found, "restore the file", 1),)) from error


@lru_cache(maxsize=16)
def _tables(content: str) -> dict[str, Any]:
    """Parse a text; some files are read for several parts, and no model changes what it gets."""
    return tomllib.loads(content)


def _toml_problem(name: str, content: str, message: str) -> Problem:
    place = re.search(r"\(at line (\d+), column (\d+)\)", message)
    row, column = (int(place[1]), place[2]) if place else (content.rstrip().count("\n") + 1, None)
    found = message.split(" (at ", maxsplit=1)[0].lower().removeprefix("found ")
    return Problem(name, "TOML", found, "mend the line", row, column)


def _setting_problem(name: str, content: str, item: dict[str, Any]) -> Problem:
    path = tuple(item["loc"])
    column = ".".join(str(part)[:60] for part in path)
    found = "nothing" if item["type"] == "missing" else _shown(item["input"])
    expected = {
        "missing": "this setting",
        "extra_forbidden": "no such setting",
    }.get(item["type"], item["msg"].removeprefix("Value error, ").lower())
    advice = "check the spelling" if item["type"] == "extra_forbidden" else "correct the value"
    return Problem(name, expected, found, advice, toml_row(content, path), column)


def _shown(value: object) -> str:
    kinds: dict[type, str] = {dict: "a table", list: "a list"}
    return kinds.get(type(value)) or shorten(str(value))


def toml_row(content: str, path: tuple[str | int, ...]) -> int | None:
    """Return the line of a TOML text on which a setting stands, or its table starts."""
    keys = [part for part in path if isinstance(part, str)]
    if not keys:
        return None
    position = next((part for part in path if isinstance(part, int)), 0)
    row, seen, inside = None, -1, len(keys) == 1
    for line_number, line in enumerate(content.split("\n"), 1):
        if header := _HEADER.match(line):
            own = header[1].split(".")[0].strip() == keys[0]
            seen += own
            inside = own and seen == position
            row = line_number if inside else row
        elif inside and re.match(rf'\s*"?{re.escape(keys[-1])}"?\s*=', line):
            return line_number
    return row

"""The folder beside its manifest.json, and the inputs beside those of now."""

import json
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final

from pydantic import BaseModel, ValidationError

from geo_lv.check.findings import Finding, Kind
from geo_lv.errors import OutputError
from geo_lv.inputs import BESIDE
from geo_lv.municipality import FILE as MUNICIPALITY_FILE
from geo_lv.provenance import sha256
from geo_lv.schema import Edition
from geo_lv.site.manifest import MANIFEST
from geo_lv.site.workplace import KEPT

_BACKUPS: Final = ("~", ".bak", ".orig", ".old", ".swp", ".swo", ".tmp", ".rej")
_SITE: Final = "."


class Output(BaseModel):
    """A file that a build made."""

    path: str
    bytes: int
    sha256: str


class Input(BaseModel):
    """A file that a build read."""

    path: str
    sha256: str
    fictitious: bool = False


class Account(BaseModel):
    """What manifest.json says, as far as a check needs it; other keys are judged by name."""

    generator: str
    municipality: str
    edition: Edition
    publication: str = ""
    places: tuple[str, ...] = ()
    inputs: tuple[Input, ...]
    outputs: tuple[Output, ...]


def read_account(folder: Path) -> Account:
    """
    Read the manifest of a site.

    Parameters
    ----------
    folder
        The folder of the site.

    Returns
    -------
    account
        What it says.

    Raises
    ------
    OutputError
        If there is none, or not one that geo_lv wrote.
    """
    path = folder / MANIFEST
    try:
        return Account.model_validate(json.loads(path.read_bytes()))
    except OSError as error:
        found = (error.strerror or "an error").lower()
    except (ValueError, RecursionError) as error:
        found = "another text" if isinstance(error, ValidationError) else "no JSON"
    msg = f"{path}: expected the account of a site, found {found}; build it with geo-lv build"
    raise OutputError(msg)


def present_in(folder: Path) -> dict[str, Path]:
    """Return every file, link and other thing in a folder by its path from there."""
    found = {path.relative_to(folder).as_posix(): path for path in folder.rglob("*")}
    return {
        name: path for name, path in sorted(found.items()) if path.is_symlink() or not path.is_dir()
    }


def find_by_name(present: Mapping[str, Path]) -> Iterator[Finding]:
    """Yield links, hidden files and backups."""
    for name, path in present.items():
        if path.is_symlink():
            yield Finding(name, Kind.SYMLINK, "", str(path.readlink()))
        hidden = any(part.startswith(".") for part in Path(name).parts)
        if name not in KEPT and (hidden or name.endswith(_BACKUPS)):
            yield Finding(name, Kind.HIDDEN, "", "")
        if name.endswith(".map"):
            yield Finding(name, Kind.SOURCE_MAP, "", "")


def find_in_account(account: Account, contents: Mapping[str, bytes]) -> Iterator[Finding]:
    """Yield files that are too many, gone or changed."""
    made = {item.path: item for item in account.outputs}
    for name in contents:
        if name not in made and name not in {*KEPT, MANIFEST}:
            yield Finding(name, Kind.EXTRA, "", "")
    for name, item in made.items():
        content = contents.get(name)
        if content is None:
            yield Finding(name, Kind.GONE, "", "")
        elif (len(content), sha256(content)) != (item.bytes, item.sha256):
            yield Finding(name, Kind.CHANGED, "", f"{len(content)} bytes")


def find_for_publication(account: Account, *, allow_fictitious: bool) -> Iterator[Finding]:
    """Yield what must not stand in a build that is marked for publication."""
    if not account.publication:
        return
    if account.edition == "intern":
        yield Finding(MANIFEST, Kind.INTERNAL, "edition", account.edition)
    for item in account.inputs:
        if item.fictitious and not allow_fictitious:
            yield Finding(MANIFEST, Kind.FICTITIOUS, "inputs", item.path)


def is_of(account: Account, data: Path) -> bool:
    """Return whether a data folder is of the municipality of a site."""
    try:
        settings: dict[str, Any] = tomllib.loads((data / MUNICIPALITY_FILE).read_text("utf-8"))
    except (OSError, ValueError, RecursionError):
        return False
    return settings.get("gm_code") == account.municipality


def find_stale(account: Account, data: Path) -> Iterator[Finding]:
    """
    Yield inputs that are not what the build read.

    Parameters
    ----------
    account
        Of the site.
    data
        The data folder of its municipality.

    Yields
    ------
    finding
        Each input that changed or is gone, and in the edition intern what is new: the manifest of
        the public edition may not name every file, nor give every checksum.
    """
    for item in account.inputs:
        path = data / item.path
        if ".." in Path(item.path).parts or not path.is_file():
            yield Finding(_SITE, Kind.STALE, item.path, "gone")
        elif item.sha256 and sha256(path.read_bytes()) != item.sha256:
            yield Finding(_SITE, Kind.STALE, item.path, "changed")
    if account.edition == "intern":
        known = {item.path for item in account.inputs}
        for path in sorted(data.rglob("*")):
            name = path.relative_to(data).as_posix()
            listed = name in known or name.startswith(BESIDE)
            if path.suffix in {".csv", ".geojson"} and not listed:
                yield Finding(_SITE, Kind.STALE, name, "new")

"""What a check can find, where, and what to do about it."""

from enum import StrEnum
from typing import Final, NamedTuple

from geo_lv.errors import printable
from geo_lv.traces import TraceKind

_SHOWN: Final = 60


class Kind(StrEnum):
    """What is wrong, in the words of a report."""

    NAME = "a column or key that is not let out"
    PERSON_COLUMN = "a column about persons"
    DOT = "a home on the map at another place than the edition lets out"
    FORMULA = "a cell that a spreadsheet runs"
    HOST = "something from another host"
    INLINE = "script or style that a strict policy blocks"
    SOURCE_MAP = "a source map"
    METADATA = "properties of a picture or document"
    TRAILING = "bytes after the end"
    WRAPPED = "a packed file"
    TITLE = "no title"
    LANGUAGE = "no language"
    ID = "an id that stands twice"
    LINK = "a link to nothing"
    EXTRA = "a file that manifest.json does not have"
    GONE = "a file that is not there"
    CHANGED = "a file that was changed after the build"
    HIDDEN = "a hidden file or a backup"
    SYMLINK = "a link in the place of a file"
    TYPE = "a type of file that no build makes"
    UNREADABLE = "a file that cannot be read"
    STALE = "an input that is newer than the build"
    FICTITIOUS = "fictitious data in a build for publication"
    INTERNAL = "the internal edition in a build for publication"


_AGAIN: Final = "build again with geo-lv build"
_TRACE: Final = "take it out of the data folder, build again, and tell who made this file"
_ADVICE: Final[dict[str, str]] = {
    Kind.NAME: f"take it out, or let it out in columns.toml with owner and reason; {_AGAIN}",
    Kind.PERSON_COLUMN: "take it out: nothing about persons leaves",
    Kind.DOT: f"do not upload; {_AGAIN}",
    Kind.FORMULA: "put an apostrophe before it, or take it out",
    Kind.HOST: "keep a copy on the site itself, or take it out",
    Kind.INLINE: "put it in a file in assets/",
    Kind.SOURCE_MAP: "take it out: it holds the texts of other files",
    Kind.METADATA: "save the file without properties",
    Kind.TRAILING: _AGAIN,
    Kind.WRAPPED: "unpack it, or take it out",
    Kind.TITLE: "give the page a <title>",
    Kind.LANGUAGE: 'give <html> lang="nl"',
    Kind.ID: "give each element its own id",
    Kind.LINK: "mend the link, or put back what it leads to",
    Kind.EXTRA: f"take it out of the folder, or {_AGAIN}",
    Kind.GONE: _AGAIN,
    Kind.CHANGED: _AGAIN,
    Kind.HIDDEN: "take it out of the folder",
    Kind.SYMLINK: "put the file itself there, or take the link out",
    Kind.TYPE: "take it out of the folder",
    Kind.UNREADABLE: f"take it out of the folder, or {_AGAIN}",
    Kind.STALE: _AGAIN,
    Kind.FICTITIOUS: "import the real lists and build again, or say --allow-fictief",
    Kind.INTERNAL: "do not upload; build the edition publiek",
}


class Finding(NamedTuple):
    """One thing that must not leave as it is."""

    file: str
    """From the site root; ``"."`` for the site as a whole."""
    kind: Kind | TraceKind
    place: str
    """Where in the file, in words; empty for the file as a whole."""
    found: str

    @property
    def advice(self) -> str:
        """What to do."""
        return _ADVICE.get(self.kind, _TRACE)

    def __str__(self) -> str:
        """Return the finding as one line of plain text, without its file."""
        cut = self.found if len(self.found) <= _SHOWN else f"{self.found[:_SHOWN]}…"
        place = f"{self.place}: " if self.place else ""
        found = f": {cut!r}" if cut else ""
        return printable(f"{place}{self.kind}{found}; {self.advice}")

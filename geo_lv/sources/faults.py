"""What can be wrong with an answer of a source: a sentence for each, with what to do about it.

No fault holds an address, a question, a header or a value of an answer: those may hold a key or a
home. A fault knows only the name of its source, and titles of columns where those have changed.
"""

from typing import Final

from geo_lv.errors import SourceError, printable

_LATER: Final = "try again later; the data is as it was"
_REPORT: Final = "the source has changed: tell the makers of geo_lv; the data is as it was"
_SHOWN: Final = 5


def _listed(names: tuple[str, ...]) -> str:
    more = f" and {len(names) - _SHOWN} more" if len(names) > _SHOWN else ""
    return printable(", ".join(names[:_SHOWN])) + more


class FaultError(SourceError):
    """A source that does not do what was agreed: what was expected, what was found, what to do."""

    found: str
    dutch: str = "De bron gaf geen bruikbaar antwoord."
    """The same for the readers of the pages: without any detail."""

    def __init__(self, source: str, expected: str, found: str, advice: str) -> None:
        self.source, self.expected, self.found, self.advice = source, expected, found, advice
        super().__init__(f"{source}: expected {expected}, found {found}; {advice}")


class UnsafeAddressError(FaultError):
    """The address is neither https nor on this machine."""

    dutch = "Het ingestelde webadres is niet beveiligd."

    def __init__(self, source: str) -> None:
        super().__init__(
            source, "an address that starts with https://", "another", "correct the address"
        )


class NoAnswerError(FaultError):
    """No whole answer came, in none of the tries."""

    dutch = "De bron gaf geen antwoord."

    def __init__(self, source: str, found: str) -> None:
        super().__init__(source, "an answer", found, _LATER)


class RefusedError(FaultError):
    """The service will not answer this question, however often it is asked."""

    dutch = "De bron weigerde het verzoek."

    def __init__(self, source: str, status: int) -> None:
        self.status = status
        found = f"it answers with status {status}, which another try will not change"
        super().__init__(source, "an answer", found, "check that the table, year or key exists")


class RedirectError(FaultError):
    """The service sends us to another address, which may be of anyone."""

    dutch = "De bron verwees naar een ander webadres."

    def __init__(self, source: str, status: int) -> None:
        found = f"it sends us elsewhere with status {status}, which another try will not change"
        super().__init__(source, "an answer", found, "geo_lv does not follow; look up the address")


class ForeignLinkError(FaultError):
    """An answer holds a link to another host."""

    dutch = "De bron verwees naar een ander webadres."

    def __init__(self, source: str) -> None:
        super().__init__(source, "links to its own host", "a link to another", _REPORT)


class TooLargeError(FaultError):
    """The answer is larger than any real one."""

    dutch = "De bron gaf een veel te groot antwoord."

    def __init__(self, source: str, largest: int) -> None:
        super().__init__(source, f"at most {largest} bytes", "more", _LATER)


class HtmlError(FaultError):
    """A web page came instead of data, such as of a proxy or of maintenance."""

    dutch = "De bron gaf een webpagina in plaats van gegevens."

    def __init__(self, source: str) -> None:
        advice = "the service is in maintenance or a proxy stands between; " + _LATER
        super().__init__(source, "data", "a web page", advice)


class CharsetError(FaultError):
    """The answer is not UTF-8."""

    dutch = "De bron gaf tekst in een andere codering dan afgesproken."

    def __init__(self, source: str) -> None:
        super().__init__(source, "UTF-8 text", "another encoding", _REPORT)


class TruncatedError(FaultError):
    """The answer stops before its end, or is no data at all."""

    dutch = "De bron gaf een onvolledig antwoord."

    def __init__(self, source: str, what: str = "whole JSON") -> None:
        super().__init__(source, what, "an answer that stops early or is damaged", _LATER)


class SchemaDriftError(FaultError):
    """A key or column that is needed is not there: renamed, or left out."""

    dutch = "De bron heeft een andere indeling gekregen."

    def __init__(
        self, source: str, missing: tuple[str, ...], where: str, there: tuple[str, ...] = ()
    ) -> None:
        others = f", but {_listed(there)}" if there else ""
        found = f"nothing of that name{others}"
        super().__init__(source, f"{_listed(missing)} in {where}", found, _REPORT)


class WrongValueError(FaultError):
    """A value that is there cannot be what it is said to be."""

    dutch = "De bron gaf een waarde die niet kan."

    def __init__(self, source: str, expected: str, where: str) -> None:
        super().__init__(source, f"{expected} in {where}", "another value", _REPORT)


class RowLimitError(FaultError):
    """The source cut the answer at its own limit of rows."""

    dutch = "De bron kapte het antwoord af op het hoogste aantal rijen."

    def __init__(self, source: str, limit: int) -> None:
        found = f"a service that gives no more than {limit} rows at a time"
        super().__init__(source, "all rows", found, _REPORT)


class EmptyAnswerError(FaultError):
    """An answer in order with nothing in it, where there must be something."""

    dutch = "De bron gaf een leeg antwoord."

    def __init__(self, source: str, what: str) -> None:
        advice = "the code or the year is unknown to the source, or it is written in another way"
        super().__init__(source, what, "an empty answer", advice)


class DuplicatePageError(FaultError):
    """The same page came twice, thus another page may not have come."""

    dutch = "De bron gaf een deel van de gegevens dubbel."

    def __init__(self, source: str) -> None:
        super().__init__(source, "each page once", "the same page or row again", _LATER)


class EndlessPagesError(FaultError):
    """There is a next page after more pages than there can be."""

    dutch = "De bron bleef naar een volgende pagina verwijzen."

    def __init__(self, source: str, most: int) -> None:
        super().__init__(source, f"at most {most} pages", "a link to one more", _REPORT)


class IncompleteError(FaultError):
    """Fewer areas or rows than there must be."""

    dutch = "De bron gaf niet alle gebieden."

    def __init__(self, source: str, what: str, expected: int, found: int) -> None:
        super().__init__(source, f"at least {expected} {what}", str(found), _LATER)


class ClockError(FaultError):
    """The clock of this machine and that of the source are days apart."""

    dutch = "De klok van deze computer en die van de bron verschillen."

    def __init__(self, source: str, hours: float) -> None:
        found = f"{abs(hours):.0f} hours {'behind' if hours > 0 else 'ahead'}"
        advice = "set the clock: the day of each file would be wrong"
        super().__init__(source, "a clock that agrees with that of the source", found, advice)


class CrsAnswerError(FaultError):
    """Coordinates came in another reference system than asked."""

    dutch = "De bron gaf coördinaten in een ander stelsel dan gevraagd."

    def __init__(self, source: str, asked: str) -> None:
        super().__init__(source, f"coordinates in {asked}", "another system", _REPORT)


class KeyMissingError(FaultError):
    """The source needs a key that is not set."""

    dutch = "De sleutel voor de bron is niet ingesteld."

    def __init__(self, source: str, variable: str) -> None:
        found = "none, or one with blanks or other signs that no key has"
        advice = f"set the environment variable {variable}"
        super().__init__(source, "a key", found, advice)


class NothingKeptError(FaultError):
    """Working offline, and nothing of this source was fetched before."""

    dutch = "Van deze bron is nog niets opgehaald."

    def __init__(self, source: str) -> None:
        super().__init__(
            source, "answers kept from an earlier fetch", "none", "fetch it once without --offline"
        )

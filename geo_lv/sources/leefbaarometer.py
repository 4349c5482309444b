"""Scores of the Leefbaarometer per buurt, wijk and municipality, from its file of open data."""

import csv
import datetime as dt
import io
import re
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

from geo_lv.codes import REGION_CODE, gm_of
from geo_lv.sources.answers import read_utf8
from geo_lv.sources.download import Told, download
from geo_lv.sources.faults import (
    DuplicatePageError,
    EmptyAnswerError,
    RefusedError,
    SchemaDriftError,
    TooLargeError,
    TruncatedError,
    WrongValueError,
)
from geo_lv.sources.fetched import FetchedFile, FetchProgress, FetchRequest, Source
from geo_lv.sources.transport import Transport

TITLE: Final = "Leefbaarometer"
FILE: Final = "statistics/leefbaarometer.csv"
LARGEST_ZIP: Final = 1024**3
"""Bytes; it also has scores of squares of 100 metres, which are not read."""
LARGEST_CSV: Final = 256 * 1024**2
"""Bytes of one file of scores, unpacked."""
MEASURES_BACK: Final = 4
"""How many measurements before the newest are tried; there is one every two years."""

LEVELS: Final[Mapping[str, tuple[str, bool]]] = {
    "buurten": ("bu_code", True),
    "wijken": ("wk_code", True),
    "gemeenten": ("gm_code", False),
}
"""Part of the name of a file to the column with the codes, and whether the file must be there."""
SCORES: Final[Mapping[str, str]] = {
    "lbm": "leefbaarheid",
    "won": "leefbaarheid_woningen",
    "fys": "leefbaarheid_omgeving",
    "vrz": "leefbaarheid_voorzieningen",
    "soc": "leefbaarheid_samenhang",
    "onv": "leefbaarheid_veiligheid",
}
"""Column to indicator: the score as a whole, and the five dimensions it is made of."""

_YEAR: Final = "jaar"
_HEAD: Final = ("code", "indicator", "year", "value", "reason", "source_table")
_NUMBER: Final = re.compile(r"-?[0-9]{1,4}(?:[.,][0-9]{1,17})?(?:[eE]-[0-9]{1,2})?")
_NONE: Final = {"", "NA", "NaN", "NULL", "."}
_NOT_FOUND: Final = 404
_UNREADABLE: Final = (zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError, ValueError)


def fetch(transport: Transport, request: FetchRequest, progress: FetchProgress) -> dict[str, bytes]:
    """
    Get the files of scores of the newest measurement.

    Parameters
    ----------
    transport
        Asks.
    request
        Its years are tried from the newest, or the last few measurements if it has none.
    progress
        Called as the file comes in.

    Returns
    -------
    documents
        ``{year}-{level}.csv``, of one measurement.

    Raises
    ------
    RefusedError
        If none of the measurements is there.
    EmptyAnswerError
        If there is none to ask for; and the faults of `download`.
    """
    folder = request.folder or Path()
    file = folder / ".meting.zip"
    missing: RefusedError | None = None
    for year in _years(request):
        url = f"{request.address}/open-data-leefbaarometer-meting-{year}.zip"
        told = _teller(progress, year)
        try:
            download(transport, url, file, largest=LARGEST_ZIP, told=told)
        except RefusedError as fault:
            if fault.status != _NOT_FOUND:
                raise
            missing = missing or fault
            continue
        try:
            return {f"{year}-{level}.csv": text for level, text in _members(file)}
        finally:
            file.unlink(missing_ok=True)
    raise missing or EmptyAnswerError(TITLE, "a measurement")


def _teller(progress: FetchProgress, year: int) -> Told:
    return lambda done, total: progress(f"{TITLE} {year}", done, total)


def parse(documents: Mapping[str, bytes], request: FetchRequest) -> tuple[FetchedFile, ...]:
    """
    Make a file of figures of the scores.

    Parameters
    ----------
    documents
        From `fetch`.
    request
        The municipality, and which areas it has.

    Returns
    -------
    files
        One, in the layout of the other published figures; of the measurement itself only, because
        earlier ones in the same file are on other borders.

    Raises
    ------
    EmptyAnswerError
        If there is no row of the municipality.
    FaultError
        If a column is not there, or a value is no number.
    """
    years = {name.split("-")[0] for name in documents}
    if len(years) != 1:
        raise EmptyAnswerError(TITLE, "scores of one measurement")
    year = years.pop()
    rows = sorted(_rows(documents, year, request), key=lambda row: (row[1], row[2], row[0]))
    if not any(row[0].startswith("BU") for row in rows):
        raise EmptyAnswerError(TITLE, f"scores of the buurten of {request.gm_code} in {year}")
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(_HEAD)
    writer.writerows(rows)
    content = buffer.getvalue().encode()
    return (
        FetchedFile(
            path=FILE,
            content=content,
            rows=len(rows),
            title=f"Leefbaarheid volgens de Leefbaarometer, {year}",
            source=f"Ministerie van Binnenlandse Zaken, Leefbaarometer 3.0, meting {year}",
            licence="CC0",
            vintage=year,
            url="https://www.leefbaarometer.nl/page/Opendata",
            transformed_by="geo-lv fetch: omgezet naar een rij per gebied, cijfer en jaar",
            table=f"Leefbaarometer-scores, meting {year}",
            note=(
                "Een schatting met een rekenmodel, geen meting in de wijk. Gebieden met weinig "
                "inwoners hebben geen score. Gebieden van een andere indeling dan die op de kaart "
                "zijn weggelaten."
            ),
        ),
    )


def _years(request: FetchRequest) -> tuple[int, ...]:
    if request.years:
        return tuple(sorted(set(request.years), reverse=True))
    newest = dt.date.fromisoformat(request.day).year // 2 * 2
    return tuple(range(newest, newest - 2 * MEASURES_BACK - 1, -2))


def _members(file: Path) -> Iterator[tuple[str, bytes]]:
    """Yield the files of scores in a zip, by level."""
    try:
        with zipfile.ZipFile(file) as archive:
            for level, (_, needed) in LEVELS.items():
                found = [info for info in archive.infolist() if _is_about(info.filename, level)]
                if len(found) != 1 and (needed or found):
                    raise SchemaDriftError(TITLE, (f"one file of scores of {level}",), "the zip")
                for info in found:
                    yield level, _unpacked(archive, info)
    except _UNREADABLE:
        raise TruncatedError(TITLE, "a whole zip") from None


def _is_about(name: str, level: str) -> bool:
    bare = name.rsplit("/", maxsplit=1)[-1].lower()
    return re.fullmatch(rf".*scores[ _-]+{level}\b.*\.csv", bare) is not None


def _unpacked(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> bytes:
    if info.file_size > LARGEST_CSV:
        raise TooLargeError(TITLE, LARGEST_CSV)
    with archive.open(info) as file:
        content = file.read(LARGEST_CSV + 1)
    if len(content) > LARGEST_CSV:
        raise TooLargeError(TITLE, LARGEST_CSV)
    return content


def _rows(
    documents: Mapping[str, bytes], year: str, request: FetchRequest
) -> Iterator[tuple[str, ...]]:
    seen: set[str] = set()
    for name, content in documents.items():
        level = name.removesuffix(".csv").split("-")[1]
        column, _ = LEVELS[level]
        for row in _table(content, (column, _YEAR, *SCORES), level):
            code = row[column].strip()
            if row[_YEAR].strip() != year or not _is_ours(code, request):
                continue
            if code in seen:
                raise DuplicatePageError(TITLE)
            seen.add(code)
            for score, indicator in SCORES.items():
                value = _value(row[score], score)
                reason = "" if value else "missing"
                yield code, indicator, year, value, reason, f"Leefbaarometer {year}"


def _is_ours(code: str, request: FetchRequest) -> bool:
    """Tell whether an area is one of the municipality, of the division that the folder has."""
    if not REGION_CODE.fullmatch(code) or gm_of(code) != request.gm_code:
        return False
    known = {"BU": request.expected.bu_codes, "WK": request.expected.wk_codes}.get(code[:2])
    return not known or code in known


def _table(content: bytes, columns: tuple[str, ...], level: str) -> Iterator[dict[str, str]]:
    text = read_utf8(TITLE, content)
    head = text.split("\n", maxsplit=1)[0]
    separator = ";" if head.count(";") > head.count(",") else ","
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    try:
        names = [name.strip().lower() for name in next(reader, [])]
        missing = tuple(column for column in columns if column not in names)
        if missing:
            raise SchemaDriftError(TITLE, missing, f"the scores of {level}")
        for cells in reader:
            if cells:
                if len(cells) != len(names):
                    raise TruncatedError(TITLE, "as many values in each row as names of columns")
                yield dict(zip(names, cells, strict=True))
    except csv.Error:
        raise TruncatedError(TITLE, "a whole table") from None


def _value(text: str, column: str) -> str:
    bare = text.strip()
    if bare in _NONE:
        return ""
    if not _NUMBER.fullmatch(bare):
        raise WrongValueError(TITLE, "a number", column)
    return f"{float(bare.replace(',', '.')):.3f}"


SOURCE: Final = Source(
    name="leefbaarometer",
    title=TITLE,
    address="https://www.leefbaarometer.nl/resources",
    paths=(FILE,),
    fetch=fetch,
    parse=parse,
)

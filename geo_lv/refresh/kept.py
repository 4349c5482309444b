"""What a source answered, kept in one file per source, so that it can be read again offline."""

import io
import zipfile
import zlib
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from geo_lv.inputs import DOWNLOADS
from geo_lv.sources.faults import NothingKeptError
from geo_lv.sources.fetched import Source
from geo_lv.tables import is_date

LARGEST: Final = 2 * 1024**3
"""Bytes that the answers of a source may have together, unpacked."""

_DAY: Final = "opgehaald.txt"
_EPOCH: Final = (1980, 1, 1, 0, 0, 0)
_UNREADABLE: Final = (OSError, zipfile.BadZipFile, zlib.error, KeyError, RuntimeError, ValueError)


def path_of(source: Source) -> str:
    """Return where in the data folder the answers of a source are kept."""
    return f"{DOWNLOADS}{source.name}/answers.zip"


def packed(documents: Mapping[str, bytes], day: str) -> bytes:
    """
    Pack answers in one file; the same answers give the same bytes.

    Parameters
    ----------
    documents
        Name to content.
    day
        ISO day on which they came.

    Returns
    -------
    content
        A zip.
    """
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
        for name, content in {_DAY: day.encode(), **dict(sorted(documents.items()))}.items():
            info = zipfile.ZipInfo(name, _EPOCH)
            info.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(info, content)
    return buffer.getvalue()


def unpacked(data: Path, source: Source) -> tuple[dict[str, bytes], str]:
    """
    Read what a source answered before.

    Parameters
    ----------
    data
        The data folder.
    source
        Whose answers.

    Returns
    -------
    documents, day
        Name to content, and the ISO day on which they came.

    Raises
    ------
    NothingKeptError
        If there are none, or they cannot be read.
    """
    try:
        with zipfile.ZipFile(data / path_of(source)) as archive:
            if sum(info.file_size for info in archive.infolist()) > LARGEST:
                raise NothingKeptError(source.title)
            documents = {name: archive.read(name) for name in archive.namelist()}
            day = documents.pop(_DAY).decode("ascii")
    except _UNREADABLE:
        raise NothingKeptError(source.title) from None
    if not is_date(day):
        raise NothingKeptError(source.title)
    return documents, day

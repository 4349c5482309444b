"""The public file of EP-Online as a whole, for ``geo-lv import --labels``: with a key, resumed."""

import json
import re
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Final
from urllib.parse import urljoin

from geo_lv.sources.answers import read_json, require_keys
from geo_lv.sources.download import download
from geo_lv.sources.faults import ForeignLinkError, TruncatedError, WrongValueError
from geo_lv.sources.fetched import FetchedFile, FetchProgress, FetchRequest, Source
from geo_lv.sources.transport import Transport, host_of

TITLE: Final = "EP-Online"
KEY_VARIABLE: Final = "EP_ONLINE_API_KEY"
STORES: Final = frozenset({("https", "public.ep-online.nl"), ("https", "www.ep-online.nl")})
"""Hosts, beside that of the service itself, that the file may come from; they get no key."""
LARGEST_ANSWER: Final = 64 * 1024
LARGEST_FILE: Final = 4 * 1024**3
"""Bytes; the file has about 300 million."""

_NAME: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,80}\.zip")


def fetch(transport: Transport, request: FetchRequest, progress: FetchProgress) -> dict[str, bytes]:
    """
    Get the newest file into the folder of the request, from where the last try stopped.

    Parameters
    ----------
    transport
        Asks.
    request
        The key, and the folder.
    progress
        Called as the file comes in.

    Returns
    -------
    documents
        What the file is called and how large it is. Its address is not kept: it may hold a key.

    Raises
    ------
    ForeignLinkError
        If the file is on another host.
    TruncatedError
        If what came is no zip.
    WrongValueError
        If the answer names no zip; and the faults of `Transport.get` and `download`.
    """
    progress(f"{TITLE}: asking for the newest file", 0, 0)
    key = {"Authorization": request.key.reveal()}
    info = f"{request.address}/Mutatiebestand/DownloadInfo"
    params = {"fileType": "csv", "xmlVersion": "4"}
    answer = transport.get(info, params, headers=key, largest=LARGEST_ANSWER)
    held = require_keys(
        TITLE, read_json(TITLE, answer), ("bestandsnaam", "downloadUrl"), "the answer"
    )
    name, url = held["bestandsnaam"], held["downloadUrl"]
    if not isinstance(name, str) or not _NAME.fullmatch(name):
        raise WrongValueError(TITLE, "the name of a zip", "bestandsnaam")
    url = _allowed(url, info)
    own = host_of(url) == host_of(info)
    file = (request.folder or Path()) / name
    size = download(
        transport,
        url,
        file,
        largest=LARGEST_FILE,
        headers=key if own else None,
        told=lambda done, total: progress(f"{TITLE}: {name}", done, total),
    )
    if not zipfile.is_zipfile(file):
        file.unlink()
        raise TruncatedError(TITLE, "a whole zip")
    return {"bestand.json": json.dumps({"bestandsnaam": name, "bytes": size}).encode()}


def parse(documents: Mapping[str, bytes], request: FetchRequest) -> tuple[FetchedFile, ...]:  # noqa: ARG001 - the signature of every source
    """Make no file of the data folder: the import of a list reads the download."""
    return ()


def _allowed(url: object, info: str) -> str:
    if not isinstance(url, str):
        raise WrongValueError(TITLE, "an address", "downloadUrl")
    try:
        link = urljoin(info, url)
        host = host_of(link)
    except ValueError:
        raise ForeignLinkError(TITLE) from None
    if host != host_of(info) and host not in STORES:
        raise ForeignLinkError(TITLE)
    return link


SOURCE: Final = Source(
    name="ep-online",
    title=TITLE,
    address="https://public.ep-online.nl/api/v5",
    paths=(),
    fetch=fetch,
    parse=parse,
    by_default=False,
    key_variable=KEY_VARIABLE,
)

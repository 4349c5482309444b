"""Sources refreshed in a data folder: each completely or not at all, and said which."""

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from geo_lv.areas import read_boundaries
from geo_lv.attempts import FILE as ATTEMPTS_FILE
from geo_lv.attempts import Attempt, attempts_text, load_attempts
from geo_lv.errors import GeoLvError, InputError, OutputError
from geo_lv.files import read_text
from geo_lv.inputs import DOWNLOADS, load_inputs
from geo_lv.intake.store import KEPT_PROVENANCE
from geo_lv.municipality import Municipality, load_municipality
from geo_lv.origins import FILE as PROVENANCE_FILE
from geo_lv.origins import with_entry
from geo_lv.refresh import kept
from geo_lv.refresh.definitions import definitions_for
from geo_lv.refresh.folder import Step, commit, finish, opened
from geo_lv.refresh.registry import SOURCES
from geo_lv.sources.faults import FaultError, KeyMissingError, NothingKeptError
from geo_lv.sources.fetched import (
    NO_KEY,
    ApiKey,
    Expected,
    FetchedFile,
    FetchProgress,
    FetchRequest,
    Source,
)
from geo_lv.sources.transport import Transport

__all__ = [
    "SOURCES",
    "RefreshOptions",
    "RefreshReport",
    "Refreshed",
    "commit",
    "finish",
    "opened",
    "provenance_texts",
    "refresh",
]

MISFIT: Final = "De nieuwe gegevens pasten niet bij de andere gegevens."
"""What readers are told when the folder would be refused with the new files in it."""


def _transport(title: str) -> Transport:
    return Transport(title, now=lambda: dt.datetime.now(dt.UTC))


def _on(_: str) -> None:
    """Go on."""


@dataclass(frozen=True)
class RefreshOptions:
    """What to refresh, and from where."""

    data: Path
    sources: tuple[Source, ...]
    day: str
    """Today, as an ISO date: the day that is noted with each file."""
    years: tuple[int, ...] = ()
    offline: bool = False
    """Read what was answered before, and ask nothing."""
    addresses: Mapping[str, str] = field(default_factory=dict)
    """Name of a source to another address."""
    keys: Mapping[str, ApiKey] = field(default_factory=dict)
    """Name of a source to its key."""
    open_transport: Callable[[str], Transport] = _transport
    """Opens a way to a source, given what messages call it."""
    step: Step = _on
    """Called after each step of taking files in; for tests."""


@dataclass(frozen=True)
class Refreshed:
    """What became of one source."""

    source: Source
    files: tuple[FetchedFile, ...] = ()
    problem: str = ""
    """What went wrong, in words for the officer; ``""`` if nothing did."""


@dataclass(frozen=True)
class RefreshReport:
    """What became of each source that was named."""

    outcomes: tuple[Refreshed, ...]

    @property
    def failed(self) -> bool:
        """True if a source could not be refreshed."""
        return any(outcome.problem for outcome in self.outcomes)


def refresh(options: RefreshOptions, progress: FetchProgress) -> RefreshReport:
    """
    Refresh sources, one after another; one that fails leaves its files as they were.

    Parameters
    ----------
    options
        What to do.
    progress
        Called as the work goes on.

    Returns
    -------
    report
        What became of each.

    Raises
    ------
    InputError
        If the settings of the folder cannot be read.
    OutputError
        If the folder cannot be written.
    """
    finish(options.data)
    municipality = load_municipality(options.data)
    return RefreshReport(
        tuple(_outcome(source, municipality, options, progress) for source in options.sources)
    )


def _outcome(
    source: Source, municipality: Municipality, options: RefreshOptions, progress: FetchProgress
) -> Refreshed:
    try:
        return Refreshed(source, _refreshed(source, municipality, options, progress))
    except OutputError:
        raise
    except GeoLvError as error:
        _note(source, error, options)
        return Refreshed(source, problem=str(error))


def _refreshed(
    source: Source, municipality: Municipality, options: RefreshOptions, progress: FetchProgress
) -> tuple[FetchedFile, ...]:
    request = _request(source, municipality, options)
    documents, day = _documents(source, request, options, progress)
    files = source.parse(documents, request)
    progress(f"{source.title}: checking", 0, 0)
    changed = {file.path: file.content for file in files}
    changed[kept.path_of(source)] = kept.packed(documents, day)
    changed |= provenance_texts(options.data, files, day)
    before = load_attempts(options.data)
    rest = [attempt for attempt in before if attempt.source != source.name]
    if len(rest) != len(before):
        changed[ATTEMPTS_FILE] = attempts_text(rest).encode()
    commit(options.data, changed, load_inputs, options.step)
    return files


def _documents(
    source: Source, request: FetchRequest, options: RefreshOptions, progress: FetchProgress
) -> tuple[dict[str, bytes], str]:
    if options.offline:
        return kept.unpacked(options.data, source)
    if source.key_variable and not request.key.usable:
        raise KeyMissingError(source.title, source.key_variable)
    with options.open_transport(source.title) as transport:
        return source.fetch(transport, request, progress), options.day


def _request(source: Source, municipality: Municipality, options: RefreshOptions) -> FetchRequest:
    return FetchRequest(
        gm_code=municipality.gm_code,
        address=options.addresses.get(source.name, source.address).rstrip("/"),
        day=options.day,
        years=options.years,
        expected=_expected(options.data, municipality),
        definitions=definitions_for(source, options.data),
        held=_held(options.data, source),
        key=options.keys.get(source.name, NO_KEY),
        folder=options.data / DOWNLOADS / source.name,
    )


def _held(data: Path, source: Source) -> dict[str, bytes]:
    return {path: (data / path).read_bytes() for path in source.paths if (data / path).is_file()}


def _expected(data: Path, municipality: Municipality) -> Expected:
    """Return which areas there are now; those that the settings name if there is no map."""
    try:
        buurten, wijken = read_boundaries(data, None)
    except InputError:
        plans = (code for area in municipality.plan_areas for code in area.bu_codes)
        meetings = (code for area in municipality.meeting_areas for code in area.bu_codes)
        return Expected(bu_codes=frozenset((*plans, *meetings)))
    return Expected(frozenset(wijken["wk_code"]), frozenset(buurten["bu_code"]))


def provenance_texts(data: Path, files: tuple[FetchedFile, ...], day: str) -> dict[str, bytes]:
    """
    Write where new files come from.

    Parameters
    ----------
    data
        The data folder.
    files
        The new files.
    day
        ISO date on which they came.

    Returns
    -------
    texts
        Path to content: of the provenance, and of the one that an undo would put back.

    Raises
    ------
    InputError
        If an entry is written in a way in which it cannot be replaced.
    """
    texts: dict[str, bytes] = {}
    for name in (PROVENANCE_FILE, KEPT_PROVENANCE):
        if (data / name).is_file():
            text = read_text(data / name, name)
            for file in files:
                text = with_entry(text, _entry(file, day))
            texts[name] = text.encode()
    return texts


def _entry(file: FetchedFile, day: str) -> dict[str, str | int | bool]:
    return {
        "path": file.path,
        "title": file.title,
        "source": file.source,
        "table": file.table,
        "licence": file.licence,
        "vintage": file.vintage,
        **({} if file.division is None else {"division": file.division}),
        "retrieved": day,
        "rows": file.rows,
        "url": file.url,
        "transformed_by": file.transformed_by,
        "fictitious": False,
        "note": file.note,
    }


def _note(source: Source, error: GeoLvError, options: RefreshOptions) -> None:
    """Note for the readers that a source could not be refreshed; not what is up to the officer."""
    if options.offline or isinstance(error, KeyMissingError | NothingKeptError):
        return
    reason = error.dutch if isinstance(error, FaultError) else MISFIT
    others = [each for each in load_attempts(options.data) if each.source != source.name]
    attempt = Attempt(source=source.name, day=options.day, reason=reason, paths=source.paths)
    commit(options.data, {ATTEMPTS_FILE: attempts_text([*others, attempt]).encode()})

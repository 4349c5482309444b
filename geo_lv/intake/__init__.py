"""Takes in the list of homes of a corporation: no row lost, nothing guessed, nothing half done."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pandas as pd

from geo_lv.errors import InputError, Problem, shorten
from geo_lv.files import read_text
from geo_lv.intake import store
from geo_lv.intake.changes import changes
from geo_lv.intake.labelled import Labels, find_labels
from geo_lv.intake.located import Places, find_places
from geo_lv.intake.mapping import Mapping, read_mapping
from geo_lv.intake.origin import with_lists, with_previous
from geo_lv.intake.rows import COLUMNS, Intake, take_rows
from geo_lv.intake.sheet import read_sheet
from geo_lv.municipality import load_municipality
from geo_lv.origins import FILE as PROVENANCE_FILE
from geo_lv.properties import FILE, PREVIOUS_FILE
from geo_lv.rents import RentLevels, levels_of, load_rent_levels

PROBLEMS: Final = "problems.csv"
SET_ASIDE: Final = "set-aside.csv"
CHANGES: Final = "changes.csv"
ROW: Final = "row_in_file"
"""Column of the rows set aside that the list itself does not have."""
NOT_LOCATED: Final = "not-located.csv"
LABELS: Final = "labels.csv"
ANSWERS: Final = f"{store.FOLDER}/locatieserver.jsonl"
"""Answers of Locatieserver. They hold places of homes: as confidential as the list itself."""

Progress = Callable[[str, int, int], None]
"""Told of each step; and how many of how many are done, 0 of 0 where that is not known."""


@dataclass(frozen=True)
class ImportOptions:
    """What to take in, and where."""

    data: Path
    file: Path
    corporation: str
    peildatum: str
    """Day the list is of, YYYY-MM-DD."""
    mapping: Path | None = None
    labels: Path | None = None
    """The public file of EP-Online."""
    locatieserver: str = ""
    """Address to ask for places; nothing is asked without one."""
    fictitious: bool = False
    dry_run: bool = False


@dataclass(frozen=True)
class ImportReport:
    """What became of a list."""

    intake: Intake
    places: Places
    labels: Labels | None
    """None when no file of EP-Online was given."""
    changes: pd.DataFrame
    first_time: bool
    """True when there was no list of this corporation to compare with."""
    removed_fictitious: int
    """Invented homes that made room for the real list."""
    folder: Path
    """Where the tables of problems, rows set aside and changes stand; not written in a dry run."""


def import_list(options: ImportOptions, progress: Progress) -> ImportReport:
    """
    Take in the list of a corporation.

    Parameters
    ----------
    options
        What to take in.
    progress
        Told of each step.

    Returns
    -------
    report
        Every row of the list is taken in, set aside or skipped.

    Raises
    ------
    InputError
        If the list cannot be read, no row of it can be taken in, or the corporation is unknown.
        Nothing is changed then.
    SourceError
        If Locatieserver does not answer. Nothing is changed; a next try goes on from there.
    OutputError
        If the data folder cannot be written; the list of homes is then as it was.
    """
    _require_corporation(options)
    levels = load_rent_levels(options.data)
    mapping = read_mapping(options.mapping) if options.mapping else Mapping()
    progress("reading the list", 0, 0)
    sheet = read_sheet(options.file, mapping)
    progress("judging every row", 0, 0)
    intake = take_rows(sheet, mapping, options.corporation, options.peildatum)
    places, labels = _enriched(intake.homes, options, progress)
    taken = labels.homes if labels else places.homes
    progress("comparing with the last list", 0, 0)
    homes = store.read_homes(options.data)
    lists = store.read_lists(options.data, homes)
    _require_no_real_list(lists, options)
    kept = _kept_homes(homes, lists, options)
    before = homes[(homes["corporation"] == options.corporation) & _is_listed(lists, options)]
    report = ImportReport(
        intake=intake,
        places=places,
        labels=labels,
        changes=changes(before, taken, _levels_for(levels, options)),
        first_time=before.empty,
        removed_fictitious=len(homes) - len(kept) - len(before),
        folder=store.report_folder(options.data, options.corporation),
    )
    if not options.dry_run:
        progress("writing", 0, 0)
        _write_reports(report)
        _require_homes(intake)
        homes = pd.concat([kept, taken], ignore_index=True) if len(kept) else taken
        earlier = _earlier_homes(options, kept, before)
        _write_homes(options, homes, earlier, _renewed(lists, options, intake))
    return report


def _enriched(
    homes: pd.DataFrame, options: ImportOptions, progress: Progress
) -> tuple[Places, Labels | None]:
    """Return the homes with what others know about them: their places, their labels."""
    places = find_places(
        homes,
        options.data / ANSWERS,
        "" if options.dry_run else options.locatieserver,
        lambda done, total: progress("asking for places", done, total),
    )
    if options.labels is None:
        return places, None
    progress("looking up energy labels", 0, 0)
    return places, find_labels(places.homes, options.labels, options.peildatum)


def _levels_for(levels: tuple[RentLevels, ...], options: ImportOptions) -> RentLevels | None:
    """Return the price levels in the year of the list; None in a folder that has none."""
    return levels_of(levels, int(options.peildatum[:4])) if levels else None


def _require_corporation(options: ImportOptions) -> None:
    known = [each.name for each in load_municipality(options.data).corporations]
    if options.corporation not in known:
        expected = f"one of {', '.join(known)} (the corporations of municipality.toml)"
        found = shorten(options.corporation)
        raise InputError((Problem("--corporatie", expected, found, "correct the name"),))


def _require_no_real_list(lists: pd.DataFrame, options: ImportOptions) -> None:
    """Refuse an invented list where it would push out a real one."""
    if options.fictitious and (lists["fictitious"] == "nee").any():
        real = ", ".join(lists.loc[lists["fictitious"] == "nee", "corporation"])
        expected, found = "no invented list beside a real one", f"a real list of {real}"
        advice = "try invented lists in a copy of the data folder"
        raise InputError((Problem("--fictief", expected, found, advice),))


def _is_listed(lists: pd.DataFrame, options: ImportOptions) -> bool:
    """Return whether the homes of the corporation came from a list of the same kind."""
    mine = lists[lists["corporation"] == options.corporation]
    return bool((mine["fictitious"] == _yes(options)).any())


def _kept_homes(homes: pd.DataFrame, lists: pd.DataFrame, options: ImportOptions) -> pd.DataFrame:
    """Return the homes of the others; invented and real homes never stand in one list."""
    alike = lists[lists["fictitious"] == _yes(options)]["corporation"]
    others = homes["corporation"].isin(set(alike) - {options.corporation})
    return homes[others]


def _require_homes(intake: Intake) -> None:
    if intake.homes.empty:
        name, count = intake.sheet.name, len(intake.sheet.rows)
        expected, found = "a list with homes", f"{count} rows and none that can be taken in"
        raise InputError((Problem(name, expected, found, "mend what is listed and try again"),))


def _renewed(lists: pd.DataFrame, options: ImportOptions, intake: Intake) -> pd.DataFrame:
    row = {
        "corporation": options.corporation,
        "file": options.file.name,
        "peildatum": options.peildatum,
        "homes": str(len(intake.homes)),
        "fictitious": _yes(options),
    }
    alike = lists["fictitious"] == _yes(options)
    others = lists[alike & (lists["corporation"] != options.corporation)]
    return pd.concat([others, pd.DataFrame([row])]).sort_values("corporation")


def _yes(options: ImportOptions) -> str:
    return "ja" if options.fictitious else "nee"


def _write_reports(report: ImportReport) -> None:
    intake = report.intake
    aside = intake.set_aside
    store.write_table(report.folder / PROBLEMS, intake.problems)
    numbered = aside.assign(**{ROW: aside.index})[[ROW, *aside]]
    store.write_table(report.folder / SET_ASIDE, numbered)
    store.write_table(report.folder / CHANGES, report.changes)
    store.write_table(report.folder / NOT_LOCATED, report.places.lost)
    if report.labels:
        store.write_table(report.folder / LABELS, report.labels.table)


def _in_order(homes: pd.DataFrame) -> pd.DataFrame:
    """Sort by corporation and id; most lists are in that order, and to sort millions takes long."""
    by = ["corporation", "dwelling_id"]
    names = homes[by].astype("str").reset_index(drop=True)
    if pd.MultiIndex.from_frame(names).is_monotonic_increasing:
        return homes
    return homes.take(names.sort_values(by, kind="stable").index.to_numpy())


def _earlier_homes(
    options: ImportOptions, kept: pd.DataFrame, before: pd.DataFrame
) -> pd.DataFrame:
    """Return the lists before the last of each corporation, by which the pace is measured."""
    earlier = store.read_homes(options.data, PREVIOUS_FILE)
    others = earlier[earlier["corporation"].isin(set(kept["corporation"]))]
    own = earlier[earlier["corporation"] == options.corporation]
    # a list of the same day is a better one of that day, and no step in time
    older = before[before["list_date"] < options.peildatum]
    if before.empty:
        return others
    return pd.concat([others, older if len(older) else own])


def _write_homes(
    options: ImportOptions, homes: pd.DataFrame, earlier: pd.DataFrame, lists: pd.DataFrame
) -> None:
    data = options.data
    provenance = with_lists(read_text(data / PROVENANCE_FILE, PROVENANCE_FILE), lists)
    store.keep_previous(data)
    store.write_homes(data / FILE, _in_order(homes[list(COLUMNS)]))
    if len(earlier) or (data / PREVIOUS_FILE).is_file():
        newest = earlier.groupby("corporation")["list_date"].max()
        days = {str(name): str(day) for name, day in newest.items()}
        store.write_homes(data / PREVIOUS_FILE, _in_order(earlier[list(COLUMNS)]))
        days = days or {options.corporation: options.peildatum}
        provenance = with_previous(provenance, days, invented=options.fictitious)
    store.replace_file(data / PROVENANCE_FILE, provenance.encode("utf-8"))
    store.write_homes(data / store.LISTS, lists)

"""What ``geo-lv import`` tells the officer: what became of every row, and what changed."""

import datetime as dt
from dataclasses import replace
from pathlib import Path

import typer

from geo_lv.cli_data import require_own_data
from geo_lv.errors import InputError, Problem
from geo_lv.intake import (
    CHANGES,
    LABELS,
    NOT_LOCATED,
    PROBLEMS,
    SET_ASIDE,
    ImportOptions,
    ImportReport,
    Progress,
    import_list,
)
from geo_lv.intake.store import put_back

_SHOWN = 20
"""Problems that are printed; all stand in a table."""


def run_import(options: ImportOptions, tell: Progress) -> None:
    """Import a list and print the account; exits with 1 when rows were set aside."""
    require_own_data(options.data, "import")
    if not options.peildatum:
        options = replace(options, peildatum=_day_of(options.file))
    report = import_list(options, tell)
    for line in account(report, dry_run=options.dry_run):
        typer.echo(line)
    if len(report.intake.problems):
        raise typer.Exit(1)


def run_undo(data: Path) -> None:
    """Put back what was there before the last import."""
    require_own_data(data, "import")
    if not put_back(data):
        problem = Problem("--undo", "an earlier import", "none", "nothing was changed")
        raise InputError((problem,))
    typer.echo("the list of homes is as it was before the last import")


def account(report: ImportReport, *, dry_run: bool) -> list[str]:
    """Return the account of an import, line by line."""
    return [
        *_rows(report),
        *_columns(report),
        *_mended(report),
        *_problems(report),
        *_places(report),
        *_labels(report),
        *_changes(report),
        "nothing is written: this was a dry run" if dry_run else f"reports in {report.folder}",
    ]


def _rows(report: ImportReport) -> list[str]:
    intake = report.intake
    skipped = intake.skipped.value_counts().sort_index()
    return [
        (
            f"{intake.sheet.name}: {len(intake.sheet.rows)} rows below the head in row "
            f"{intake.sheet.head_row}"
        ),
        f"  {len(intake.homes)} taken in",
        f"  {len(intake.set_aside)} set aside",
        *(f"  {number} skipped: {why}" for why, number in skipped.items()),
    ]


def _columns(report: ImportReport) -> list[str]:
    read = [f"{head} as {name}" for head, name in report.intake.fields.items()]
    unused = report.intake.unused
    return [f"read: {', '.join(read)}", *([f"not used: {', '.join(unused)}"] if unused else [])]


def _mended(report: ImportReport) -> list[str]:
    return [f"put right in {number} rows: {what}" for what, number in report.intake.mended.items()]


def _problems(report: ImportReport) -> list[str]:
    problems = report.intake.problems
    lines = [
        str(Problem(report.intake.sheet.name, expected, found, advice, row, column))
        for row, column, expected, found, advice in problems.head(_SHOWN).itertuples(index=False)
    ]
    if len(problems) > _SHOWN:
        lines.append(f"and {len(problems) - _SHOWN} more: see {PROBLEMS}; rows in {SET_ASIDE}")
    return lines


def _places(report: ImportReport) -> list[str]:
    places = report.places
    if not places.without:
        return []
    first = f"{places.without} homes came without coordinates"
    if places.found is None:
        ask = f"--locate asks PDOK for them in {places.questions} questions"
        return [f"{first}; {ask}" if places.questions else first]
    found = places.found
    return [
        (
            f"{first}: {found.located} located, {found.not_located} not located, "
            f"{found.ambiguous} ambiguous; see {NOT_LOCATED}"
        ),
        (
            f"  {found.asked} asked now, {found.from_cache} known already, {found.unasked} "
            "cannot be asked"
        ),
    ]


def _labels(report: ImportReport) -> list[str]:
    if report.labels is None:
        return []
    account, problems = report.labels.join.account, report.labels.join.problems
    return [
        (
            f"labels of EP-Online: {account.matched} matched, {account.unmatched} unmatched, "
            f"{account.ambiguous} ambiguous; {report.labels.differing} differ from the list; see "
            f"{LABELS}"
        ),
        (
            f"  {account.read} rows read: {account.elsewhere} about other homes, {account.wrong} "
            f"wrong, {account.expired} expired, {account.later} of later, {account.superseded} "
            f"superseded, {account.kept} kept"
        ),
        *(f"  {problem}" for problem in problems),
    ]


def _changes(report: ImportReport) -> list[str]:
    removed = report.removed_fictitious
    made_room = [f"{removed} invented homes made room for a real list"] if removed else []
    if report.first_time:
        return [*made_room, "the first list of this corporation: nothing to compare with"]
    counts = report.changes["change"].value_counts().sort_index()
    words = ", ".join(f"{number} {change}" for change, number in counts.items()) or "nothing"
    return [*made_room, f"changed since the last list: {words}; see {CHANGES}"]


def _day_of(file: Path) -> str:
    """Return the day on which a file was written last."""
    try:
        stamp = file.stat().st_mtime
    except OSError as error:
        problem = Problem(file.name, "a file", "nothing of that name", "check the name")
        raise InputError((problem,)) from error
    return dt.datetime.fromtimestamp(stamp, dt.UTC).date().isoformat()

"""What ``geo-lv init`` tells the officer: what is in the new folder, and the next three steps."""

import datetime as dt
import re
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import typer

from geo_lv.cli_fetch import account_of, addresses_of
from geo_lv.new_folder import InitOptions, InitReport, init

_YEAR = re.compile(r"20[0-9]{2}")


def run_init(
    gm_code: str,
    folder: Path,
    *,
    files: Sequence[Path],
    year: str,
    addresses: Sequence[str],
    tell: Callable[..., None],
) -> None:
    """Make a data folder and print what is in it; exits with 1 when a source gave nothing."""
    if year and not _YEAR.fullmatch(year):
        msg = "expected a year, as YYYY"
        raise typer.BadParameter(msg, param_hint="--jaar")
    options = InitOptions(
        gm_code=gm_code.upper(),
        folder=folder,
        day=dt.datetime.now(dt.UTC).astimezone().date().isoformat(),
        files=tuple(files),
        year=int(year) if year else None,
        addresses=addresses_of(addresses),
    )
    report = init(options, tell)
    for line in account(report, folder):
        typer.echo(line)
    for outcome in report.outcomes:
        if outcome.problem:
            typer.echo(outcome.problem, err=True)
    if report.failed:
        raise typer.Exit(1)


def account(report: InitReport, folder: Path) -> Iterator[str]:
    """Yield the account of a new folder, line by line."""
    place = report.place
    yield (
        f"{folder}: {place.name} ({place.gm_code}), division of {place.year}: "
        f"{len(place.wijken)} wijken, {len(place.buurten)} buurten, {report.figures} figures"
    )
    for outcome in report.outcomes:
        yield from account_of(outcome)
    if report.elsewhere:
        yield f"rows of figures about other areas, left out: {report.elsewhere}"
    if report.unnamed:
        yield f"no file names {', '.join(report.unnamed)}: {_where_to_name(report.unnamed)}"
    yield from _next_steps(report, folder)


def _where_to_name(codes: Sequence[str]) -> str:
    places = {"G": "municipality.toml", "W": "boundaries/wijken.geojson"}
    return "write the names in " + " and ".join(dict.fromkeys(places[code[0]] for code in codes))


def _next_steps(report: InitReport, folder: Path) -> Iterator[str]:
    failed = [outcome.source.name for outcome in report.outcomes if outcome.problem]
    yield "next:"
    if failed:
        yield f"  geo-lv --data {folder} fetch {' '.join(failed)}   (what did not come just now)"
    yield f"  geo-lv --data {folder} build   (then open maps/index.html)"
    yield f"  write in {folder}/municipality.toml which areas have a plan; see its README.md"
    yield f"  geo-lv --data {folder} import LIST --corporatie NAME --dry-run"

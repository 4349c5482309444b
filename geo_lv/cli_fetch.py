"""What ``geo-lv fetch`` tells the officer: which files are new, and which source gave none."""

import datetime as dt
import os
import re
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import typer

from geo_lv.cli_data import require_own_data
from geo_lv.refresh import SOURCES, Refreshed, RefreshOptions, RefreshReport, refresh
from geo_lv.sources.fetched import ApiKey, Source

_YEAR = re.compile(r"20[0-9]{2}")


def run_fetch(
    data: Path,
    names: Sequence[str],
    *,
    years: Sequence[str],
    offline: bool,
    addresses: Sequence[str],
    tell: Callable[..., None],
) -> None:
    """Refresh sources and print what became of each; exits with 1 when one failed."""
    options = RefreshOptions(
        data=data,
        sources=_chosen(names),
        day=dt.datetime.now(dt.UTC).astimezone().date().isoformat(),
        years=_years(years),
        offline=offline,
        addresses=addresses_of(addresses),
        keys=_keys(),
    )
    require_own_data(data, "fetch")
    report = refresh(options, tell)
    for line in account(report):
        typer.echo(line)
    for outcome in report.outcomes:
        if outcome.problem:
            typer.echo(outcome.problem, err=True)
    if report.failed:
        raise typer.Exit(1)


def account(report: RefreshReport) -> list[str]:
    """Return the account of a refresh, line by line."""
    return [line for outcome in report.outcomes for line in account_of(outcome)]


def account_of(outcome: Refreshed) -> list[str]:
    """Return what became of a source, line by line."""
    if outcome.problem:
        return [f"{outcome.source.name}: not refreshed, its files are as they were"]
    lines = [f"{outcome.source.name}: refreshed"]
    for file in outcome.files:
        lines.append(f"  {file.path}: {file.rows} rows, {file.vintage}, {file.table}")
        lines.extend([f"    {file.note}"] if file.note else [])
    return lines


def _chosen(names: Sequence[str]) -> tuple[Source, ...]:
    known = {source.name: source for source in SOURCES}
    for name in names:
        if name not in known:
            msg = f"expected one of {', '.join(known)}"
            raise typer.BadParameter(msg, param_hint="SOURCE")
    if names:
        return tuple(source for source in SOURCES if source.name in names)
    return tuple(source for source in SOURCES if source.by_default)


def _years(years: Sequence[str]) -> tuple[int, ...]:
    if not all(_YEAR.fullmatch(year) for year in years):
        msg = "expected a year, as YYYY"
        raise typer.BadParameter(msg, param_hint="--jaar")
    return tuple(map(int, years))


def addresses_of(addresses: Sequence[str]) -> dict[str, str]:
    """Return the other address of each source that has one; BadParameter if it says neither."""
    parts = [address.partition("=") for address in addresses]
    known = {source.name for source in SOURCES}
    if not all(name in known and url for name, _, url in parts):
        msg = "expected SOURCE=URL"
        raise typer.BadParameter(msg, param_hint="--adres")
    return {name: url for name, _, url in parts}


def _keys() -> Mapping[str, ApiKey]:
    return {
        source.name: ApiKey(os.environ.get(source.key_variable, ""))
        for source in SOURCES
        if source.key_variable
    }

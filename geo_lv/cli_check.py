"""What ``geo-lv check`` tells the web editor: what must not leave, file by file."""

from collections.abc import Callable
from itertools import groupby
from pathlib import Path

import typer

from geo_lv.check import CheckReport, check_site
from geo_lv.errors import OutputError, printable


def run_check(
    folder: Path, data: Path, *, allow_fictitious: bool, tell: Callable[..., None]
) -> None:
    """Look at a site and print what was found; exits with 1 when that is anything."""
    try:
        report = check_site(folder, data, allow_fictitious=allow_fictitious, progress=tell)
    except OutputError as error:
        raise typer.BadParameter(str(error), param_hint="DIR") from error
    for line in account(report, folder):
        typer.echo(line)
    if report.findings:
        raise typer.Exit(1)


def account(report: CheckReport, folder: Path) -> list[str]:
    """Return the report of a check, line by line."""
    lines = []
    for file, findings in groupby(report.findings, key=lambda finding: finding.file):
        lines.append("the site as a whole" if file == "." else printable(file))
        lines += [f"  {finding}" for finding in findings]
    mark = f"for publication at {report.publication}" if report.publication else "no publication"
    lines.append(f"{printable(str(folder))}: edition {report.edition}, {mark}")
    lines.append(
        "inputs: compared with the data folder"
        if report.compared
        else "inputs: not compared, as the data folder is of another municipality; say --data DIR"
    )
    number = len(report.findings)
    what = f"{number} finding{'' if number == 1 else 's'}" if number else "nothing found"
    lines.append(f"{what} in {report.files} files")
    return [printable(line) for line in lines]

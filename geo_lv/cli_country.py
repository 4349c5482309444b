"""What ``geo-lv build --gemeenten`` asks and tells."""

from typing import Final

import typer

from geo_lv.country.run import CountryOptions, build_country
from geo_lv.country.tasks import Outcome
from geo_lv.errors import GeoLvError
from geo_lv.site import Progress

_SHOWN: Final = 5
"""Problems of one municipality that are shown; its own build shows them all."""


def run_country(options: CountryOptions, tell: Progress) -> None:
    """
    Build the sites of many municipalities and print what became of each that failed.

    Parameters
    ----------
    options
        What to build.
    tell
        Told what goes on.

    Raises
    ------
    GeoLvError
        If a municipality failed; all others are there then.
    """
    report = build_country(options, tell)
    total = report.built + report.still_good + len(report.failed)
    typer.echo(
        f"{total} municipalities: {report.built} built, {report.still_good} still good, "
        f"{len(report.failed)} failed"
    )
    typer.echo(f"open {options.out / 'index.html'}")
    if report.failed:
        each = "\n".join(map(_told, report.failed))
        msg = f"{each}\nmend these and give the same command: only what is not good is built again"
        raise GeoLvError(msg)


def _told(failed: Outcome) -> str:
    lines = failed.problem.splitlines()
    more = [f"and {len(lines) - _SHOWN} more"] if len(lines) > _SHOWN else []
    return f"{failed.gm_code}: " + "\n  ".join([*lines[:_SHOWN], *more])

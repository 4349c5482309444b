"""What ``geo-lv build`` asks of the user besides its options, and what it tells."""

import os
import sys
from typing import Final

import typer

from geo_lv.schema import PASSWORD_VARIABLE
from geo_lv.site import BuildOptions, Progress, build_site

_LONGEST_PURPOSE: Final = 120


def run_build(options: BuildOptions, tell: Progress) -> None:
    """Build a site and print what was made."""
    report = build_site(options, tell, lambda words: typer.echo(words, err=True))
    typer.echo(f"{len(report.pages)} pages, {report.files} files, {report.bytes / 1e6:.2f} MB")
    typer.echo(f"peildatum {report.peildatum}; open {options.out / report.pages[0]}")
    if report.unplaced:
        typer.echo(f"{report.unplaced} dwellings have no certain place: see verantwoording.html")
    if report.fictitious:
        typer.echo("dwellings are the fictitious sample; the pages say so")


def checked_purpose(words: str) -> str:
    """Return whom the internal edition is for, if that fits on a line of each sheet."""
    if not words.strip() or not words.isprintable() or len(words) > _LONGEST_PURPOSE:
        msg = f"expected one line of text, at most {_LONGEST_PURPOSE} signs"
        raise typer.BadParameter(msg, param_hint="--doel")
    return words


def password() -> str:
    """Return the password of a package: never an argument, as others on the machine see those."""
    given = os.environ.get(PASSWORD_VARIABLE, "")
    if given or not sys.stdin.isatty():
        return given
    words: str = typer.prompt("Password", hide_input=True, confirmation_prompt=True, err=True)
    return words

"""What a release needs beside the wheel: ``python -m release --help``."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from release.installed import Needed, ReleaseError, find_needed, require_pinned
from release.licences import Licence, find_licences, load_rules
from release.project import ROOT, Project, load_project
from release.sbom import make_sbom

HELP = """
Check and describe the libraries that geo_lv needs to run.

It looks at what is installed beside this Python, from the dependencies in pyproject.toml on, \
without those of extras. All must have the version in constraints.txt: what is released is what \
was tested.

Before a release: python -m release licences. With the wheel: python -m release sbom.

Exit code 0: done; 1: problems, each with what to do; 2: wrong use.
"""
app = typer.Typer(help=HELP, add_completion=False, no_args_is_help=True)
Out = Annotated[Path, typer.Option(help="The folder to write in.")]


@app.command()
def licences() -> None:
    """
    List the licence of each library; refuse one that release/licences.toml does not allow.

    "(read)" stands where the library itself does not say it and a person read it in its files.
    """
    _, needed, found = _described()
    for one in needed:
        licence = found[one.name]
        mark = "" if licence.declared else "  (read)"
        print(f"{one.name}=={one.version}  {licence.expression}{mark}")


@app.command()
def sbom(out: Out = Path("dist")) -> None:
    """Write the bill of materials beside the wheel, as CycloneDX in JSON; checks licences first."""
    project, needed, found = _described()
    out.mkdir(parents=True, exist_ok=True)
    path = out / f"{project.name}-{project.version}.cdx.json"
    path.write_text(make_sbom(project, needed, found), encoding="utf-8", newline="\n")
    print(path)


def _described() -> tuple[Project, list[Needed], dict[str, Licence]]:
    project = load_project()
    needed = find_needed(project.requirements, sys.path)
    require_pinned(needed, (ROOT / "constraints.txt").read_text(encoding="utf-8"))
    return project, needed, find_licences(needed, load_rules())


def main() -> int:
    """Run a command; a problem is a message, not a traceback."""
    try:
        app(prog_name="python -m release")
    except ReleaseError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())

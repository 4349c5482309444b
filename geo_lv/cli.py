"""The command line: parses arguments, calls one function, maps errors to exit codes."""

import datetime as dt
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer
from rich.console import Console
from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from geo_lv import __version__
from geo_lv.errors import GeoLvError
from geo_lv.schema import PASSWORD_VARIABLE, PURPOSE

if TYPE_CHECKING:  # importing these takes a second
    from geo_lv.country.run import Engine
    from geo_lv.site import BuildOptions

app = typer.Typer(
    name="geo-lv",
    help="Neighbourhood monitoring for a Dutch municipality: maps, figures and agreements as a "
    "static, accessible site.",
    epilog="Exit codes: 0 done, 1 problems found and listed, 2 wrong use.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)


class EditionChoice(StrEnum):
    """Who the site is for."""

    PUBLIEK = "publiek"
    INTERN = "intern"


class PackChoice(StrEnum):
    """Which documents go along."""

    VEILIGHEID = "veiligheid"


class EngineChoice(StrEnum):
    """Who builds the municipalities of a country."""

    GEEN = "geen"
    DASK = "dask"


class BasemapChoice(StrEnum):
    """Which basemap a reader may switch on."""

    BRT = "brt"
    GEEN = "geen"


def _version(value: bool) -> None:  # noqa: FBT001 - the signature that typer calls
    if value:
        typer.echo(f"geo-lv {__version__}")
        raise typer.Exit


@app.callback()
def start(
    context: typer.Context,
    data: Annotated[
        Path | None,
        typer.Option(
            help="Data folder. Default: data/ where you run this, else the embedded example.",
            file_okay=False,
            show_default=False,
        ),
    ] = None,
    version: Annotated[  # noqa: ARG001, FBT002 - handled by its callback; typer's signature
        bool, typer.Option("--version", help="Show the version.", callback=_version, is_eager=True)
    ] = False,
) -> None:
    """Choose the data folder that the command works on."""
    context.obj = data


@app.command()
def build(  # noqa: PLR0913, PLR0917 - one for each option
    context: typer.Context,
    out: Annotated[
        Path | None,
        typer.Option(
            help="Folder for the site; an earlier site in it is replaced. "
            "Default: maps, or maps-intern for the edition intern; with --archief YEAR also -YEAR.",
            show_default=False,
        ),
    ] = None,
    edition: Annotated[
        EditionChoice,
        typer.Option(help="publiek hides figures about few dwellings; intern is not for the web."),
    ] = EditionChoice.PUBLIEK,
    peildatum: Annotated[
        str, typer.Option(help="Date the pages carry, YYYY-MM-DD. Default: newest in the data.")
    ] = "",
    single_file: Annotated[  # noqa: FBT002 - the signature that typer calls
        bool, typer.Option("--single-file", help="Put styles and scripts inside every page.")
    ] = False,
    basemap: Annotated[
        BasemapChoice | None,
        typer.Option(
            help="brt: readers may switch on PDOK's basemap; geen: never another host. Default: "
            "brt; the edition intern never has one, as asking for it tells what is looked at.",
            show_default=False,
        ),
    ] = None,
    pdf: Annotated[  # noqa: FBT002 - the signature that typer calls
        bool, typer.Option("--pdf", help="Also make an A3 sheet in PDF of each plan page.")
    ] = False,
    pack: Annotated[
        PackChoice | None,
        typer.Option(
            help="veiligheid: also a document for each partner meeting, with its wijken, to print.",
            show_default=False,
        ),
    ] = None,
    doel: Annotated[
        str,
        typer.Option(help="Whom the edition intern is for, in Dutch; stands on each of its pages."),
    ] = PURPOSE,
    zip_file: Annotated[
        Path | None,
        typer.Option(
            "--zip",
            metavar="FILE",
            help="Also write the edition intern as one zip with a password (AES-256), for e-mail. "
            f"Asks for the password, or takes it from {PASSWORD_VARIABLE}: at least 12 signs.",
            show_default=False,
        ),
    ] = None,
    archief: Annotated[
        int | None,
        typer.Option(
            metavar="YEAR",
            help="Keep the site for good: each page in one file, without a basemap, marked as the "
            "archive of this year. It is never replaced by another one.",
            show_default=False,
            min=2000,
            max=2099,
        ),
    ] = None,
    publicatie: Annotated[
        str,
        typer.Option(
            metavar="URL",
            help="Mark the site for publication at this https address: adds a sitemap, and a "
            "picture for who shares a link. geo-lv check then refuses fictitious data.",
            show_default=False,
        ),
    ] = "",
    watch: Annotated[  # noqa: FBT002 - the signature that typer calls
        bool,
        typer.Option(
            "--watch",
            help="Stay, and build again in about two seconds whenever an input changes; what is "
            "wrong is said, and the last good site stays. Stop with Ctrl+C.",
        ),
    ] = False,
    gemeenten: Annotated[
        str,
        typer.Option(
            metavar="all|CODES",
            help="Of a folder with many municipalities (land.toml): build them all, or those with "
            "these codes (GM0503,GM0518), and one page of the country. Given again, it builds what "
            "is not there yet or has changed. Default --out: maps-land.",
            show_default=False,
        ),
    ] = "",
    engine: Annotated[
        EngineChoice,
        typer.Option(help="With --gemeenten: geen, one after the other; dask, several processes."),
    ] = EngineChoice.GEEN,
    workers: Annotated[
        int, typer.Option(help="With --engine dask: processes on this machine.", min=1, max=256)
    ] = 2,
    scheduler: Annotated[
        str,
        typer.Option(
            metavar="ADDRESS",
            help="With --engine dask: a scheduler that runs already, as tcp://host:8786. Its "
            "workers must have geo_lv and find the data and --out under the same paths.",
            show_default=False,
        ),
    ] = "",
) -> None:
    """Build the site: overview, plan pages, theme pages, account and downloads.

    Example: geo-lv --data data build --out maps

    Example: geo-lv --data land build --gemeenten all --engine dask
    """
    # These take a second to import; --help and wrong use should not wait for them.
    from geo_lv.cli_build import checked_purpose, password  # noqa: PLC0415 - as above
    from geo_lv.inputs import default_data  # noqa: PLC0415 - takes a second
    from geo_lv.site import BuildOptions, default_out  # noqa: PLC0415 - takes a second

    inside = edition is EditionChoice.INTERN
    if inside and basemap is BasemapChoice.BRT:
        _wrong_use("--basemap brt: the edition intern asks nothing of another host; leave it out")
    if zip_file and not inside:
        _wrong_use("--zip: only the edition intern has something to lock away")
    if watch and (zip_file or archief):
        _wrong_use("--watch: a package or an archive is made once; leave out --zip and --archief")
    if gemeenten and (inside or watch or archief or publicatie or pack):
        _wrong_use(
            "--gemeenten: leave out --edition intern, --watch, --archief, --publicatie and --pack; "
            "build such a site of one municipality by itself"
        )
    if not gemeenten and (scheduler or engine is EngineChoice.DASK):
        _wrong_use("--engine and --scheduler: only with --gemeenten")
    usual = Path("maps-land") if gemeenten else default_out(edition.value, archief or 0)
    options = BuildOptions(
        data=context.obj or default_data(),
        out=out or usual,
        edition=edition.value,
        peildatum=_checked_date(peildatum),
        single_file=single_file or archief is not None,
        basemap=basemap is not BasemapChoice.GEEN and archief is None,
        pdf=pdf,
        pack=pack is PackChoice.VEILIGHEID,
        publication=publicatie,
        archive=archief or 0,
        purpose=checked_purpose(doel),
        zip=zip_file,
        password=password() if zip_file else "",
    )
    if gemeenten:
        _build_many(options, gemeenten, engine.value, workers, scheduler)
    else:
        _build_one(options, watch=watch)


def _build_one(options: "BuildOptions", *, watch: bool) -> None:
    from geo_lv.cli_build import run_build  # noqa: PLC0415 - takes a second
    from geo_lv.cli_watch import run_watch  # noqa: PLC0415 - as above
    from geo_lv.country.folder import is_country  # noqa: PLC0415 - as above
    from geo_lv.refresh import opened  # noqa: PLC0415 - as above

    if is_country(options.data):
        _wrong_use(f"{options.data} holds many municipalities: add --gemeenten all, or their codes")
    with _progress() as tell:
        if watch:
            run_watch(options, tell)
            return
        with opened(options.data):
            run_build(options, tell)


def _build_many(
    options: "BuildOptions", gemeenten: str, engine: "Engine", workers: int, scheduler: str
) -> None:
    from geo_lv.cli_country import run_country  # noqa: PLC0415 - takes a second
    from geo_lv.country.run import CountryOptions  # noqa: PLC0415 - as above

    asked = CountryOptions(
        options.data, options.out, options, gemeenten, engine, workers, scheduler
    )
    with _progress() as tell:
        run_country(asked, tell)


@app.command()
def check(
    context: typer.Context,
    folder: Annotated[
        Path,
        typer.Argument(metavar="DIR", help="Folder of a site that geo-lv build made."),
    ] = Path("maps"),
    allow_fictief: Annotated[  # noqa: FBT002 - the signature that typer calls
        bool,
        typer.Option("--allow-fictief", help="Fictitious data may be published, as an example."),
    ] = False,
) -> None:
    """Look at everything in a folder before it is uploaded: privacy, links, hosts, freshness.

    Reads every file, also what readers do not see, and changes nothing. Exit code 1 means that
    something was found: do not upload before it is put right.

    Example: geo-lv check maps
    """
    from geo_lv.cli_check import run_check  # noqa: PLC0415 - takes a second
    from geo_lv.inputs import default_data  # noqa: PLC0415 - takes a second

    with _progress() as tell:
        run_check(
            folder,
            context.obj or default_data(),
            allow_fictitious=allow_fictief,
            tell=tell,
        )


@contextmanager
def _progress(*, plain: bool = False) -> Iterator[Callable[..., None]]:
    """Show what is going on in a terminal, and let the answer stand alone in the end."""
    console = Console(stderr=True)
    words = TextColumn("{task.description}")
    columns = (SpinnerColumn(), words, BarColumn(), TimeElapsedColumn())
    with Progress(
        *columns, console=console, disable=not console.is_terminal, transient=True
    ) as bar:
        task = bar.add_task("starting", total=None)
        said = ""

        def tell(step: str, done: int = 0, total: int = 0) -> None:
            nonlocal said
            if plain and bar.disable and step != said:
                typer.echo(said := step, err=True)
            bar.update(task, description=step, completed=done, total=total or None)

        yield tell


@app.command("import")
def import_(  # noqa: PLR0913, PLR0917 - one for each option
    context: typer.Context,
    file: Annotated[
        Path | None,
        typer.Argument(
            metavar="FILE", help="The list: CSV, XLSX, XLS, ODS, GeoPackage or GeoJSON."
        ),
    ] = None,
    corporatie: Annotated[
        str, typer.Option(help="Whose list it is, as municipality.toml has the name.")
    ] = "",
    peildatum: Annotated[
        str, typer.Option(help="Day the list is of, YYYY-MM-DD. Default: the day of the file.")
    ] = "",
    mapping: Annotated[
        Path | None,
        typer.Option(
            help='TOML with a table "columns" that says "head in the list" = "field".',
            show_default=False,
        ),
    ] = None,
    labels: Annotated[
        Path | None,
        typer.Option(
            help="The public file of EP-Online (zip or CSV): registered labels go before those of "
            "the list.",
            show_default=False,
        ),
    ] = None,
    locate: Annotated[  # noqa: FBT002 - the signature that typer calls
        bool,
        typer.Option(
            "--locate",
            help="Ask PDOK Locatieserver for homes without coordinates. Their postcode and house "
            "number, or VBO id, go to PDOK.",
        ),
    ] = False,
    locatieserver: Annotated[
        str, typer.Option(help="Another address of Locatieserver, such as a mirror.")
    ] = "",
    fictief: Annotated[  # noqa: FBT002 - the signature that typer calls
        bool, typer.Option("--fictief", help="The list is invented: every page will say so.")
    ] = False,
    dry_run: Annotated[  # noqa: FBT002 - the signature that typer calls
        bool, typer.Option("--dry-run", help="Only tell what would happen; write nothing.")
    ] = False,
    undo: Annotated[  # noqa: FBT002 - the signature that typer calls
        bool, typer.Option("--undo", help="Put back what was there before the last import.")
    ] = False,
) -> None:
    """Take in the list of homes of a corporation; it replaces the last one of that corporation.

    Rows with a problem are set aside and listed with row and column; the others are taken in.
    Coordinates may be RD New or WGS 84. Exit code 1 means that rows were set aside.

    Example: geo-lv import lijst.xlsx --corporatie NAME --dry-run
    """
    from geo_lv.cli_import import run_import, run_undo  # noqa: PLC0415 - takes a second
    from geo_lv.intake import ImportOptions  # noqa: PLC0415 - takes a second
    from geo_lv.refresh import opened  # noqa: PLC0415 - takes a second
    from geo_lv.sources.locatieserver import BASE_URL  # noqa: PLC0415 - takes a second

    data = context.obj or Path("data")
    if undo:
        with opened(data, writing=True):
            run_undo(data)
        return
    if file is None or not corporatie:
        _wrong_use("give the list and whose it is: geo-lv import FILE --corporatie NAME")
    options = ImportOptions(
        data=data,
        file=file,
        corporation=corporatie,
        peildatum=_checked_date(peildatum),
        mapping=mapping,
        labels=labels,
        locatieserver=(locatieserver or BASE_URL) if locate or locatieserver else "",
        fictitious=fictief,
        dry_run=dry_run,
    )
    with _progress() as tell, opened(data, writing=True):
        run_import(options, tell)


@app.command()
def fetch(
    context: typer.Context,
    sources: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="SOURCE",
            help="pdok (boundaries), cbs (figures), leefbaarometer (scores), politie (crime and "
            "nuisance, for the edition intern), ep-online (energy labels, needs a key). Default: "
            "all that need no key.",
            show_default=False,
        ),
    ] = None,
    jaar: Annotated[
        list[str] | None,
        typer.Option(
            help="Year to fetch; may be repeated, and other years of cbs stay. Default: the newest "
            "that is complete; of cbs all since 2015."
        ),
    ] = None,
    offline: Annotated[  # noqa: FBT002 - the signature that typer calls
        bool,
        typer.Option("--offline", help="Ask nothing: read the kept answers again."),
    ] = False,
    adres: Annotated[
        list[str] | None,
        typer.Option(metavar="SOURCE=URL", help="Another address of a source, such as a mirror."),
    ] = None,
) -> None:
    """Refresh public figures and boundaries in the data folder, with where they come from.

    A source that fails, or that no longer fits with the rest of the folder, leaves its files as
    they were; the others are refreshed all the same. Exit code 1 means that one failed.

    Example: geo-lv --data my-data fetch pdok
    """
    from geo_lv.cli_fetch import run_fetch  # noqa: PLC0415 - takes a second

    with _progress(plain=True) as tell:
        run_fetch(
            context.obj or Path("data"),
            sources or [],
            years=jaar or [],
            offline=offline,
            addresses=adres or [],
            tell=tell,
        )


@app.command()
def init(
    gemeente: Annotated[
        str, typer.Argument(metavar="GMxxxx", help="Code of the municipality, as CBS has it.")
    ],
    folder: Annotated[
        Path, typer.Argument(metavar="DIR", help="The new folder; it may not have files in it.")
    ],
    files: Annotated[
        list[Path] | None,
        typer.Option(
            "--from",
            metavar="FILE",
            help="Ask no source, but take areas (GeoPackage, GeoJSON, Shapefile) or figures (CSV) "
            "from this file; may be repeated. A file of the whole country will do.",
            show_default=False,
        ),
    ] = None,
    jaar: Annotated[
        str, typer.Option(help="Year of the division: of files that do not say it, or to ask for.")
    ] = "",
    adres: Annotated[
        list[str] | None,
        typer.Option(metavar="SOURCE=URL", help="Another address of a source, such as a mirror."),
    ] = None,
) -> None:
    """Make a data folder for another municipality: boundaries, figures, and what to fill in.

    The folder is there completely or not at all. What is still empty says so on the pages.

    Example: geo-lv init GM0518 den-haag

    Example: geo-lv init GM0518 den-haag --from wijkenbuurten.gpkg --jaar 2024
    """
    from geo_lv.cli_init import run_init  # noqa: PLC0415 - takes a second

    with _progress(plain=True) as tell:
        run_init(gemeente, folder, files=files or [], year=jaar, addresses=adres or [], tell=tell)


@app.command()
def serve(
    folder: Annotated[
        Path, typer.Argument(metavar="[DIR]", help="Folder with a site.", show_default=True)
    ] = Path("maps"),
    poort: Annotated[
        int, typer.Option(help="Port of this machine; 0 takes a free one.", min=0, max=65535)
    ] = 8000,
) -> None:
    """Look at a site as readers will: on this machine only, under the headers of a web server.

    Stop with Ctrl+C. Example: geo-lv serve maps
    """
    from geo_lv.serve import serve as serve_site  # noqa: PLC0415 - takes a second

    def started(address: str) -> None:
        typer.echo(f"open {address} in a browser; stop with Ctrl+C")

    serve_site(folder, poort, started)


def _wrong_use(words: str) -> NoReturn:
    raise typer.BadParameter(words)


def _checked_date(value: str) -> str:
    try:
        known = not value or dt.date.fromisoformat(value).isoformat() == value
    except ValueError:
        known = False
    if not known:
        msg = "expected a day that exists, as YYYY-MM-DD"
        raise typer.BadParameter(msg, param_hint="--peildatum")
    return value


@contextmanager
def _stoppable() -> Iterator[None]:
    """Let a polite request to stop be one: as Ctrl-C, so that a command clears up what it made."""
    before = signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def main() -> None:
    """Run the command line; problems go to stderr in words, never as a traceback."""
    try:
        with _stoppable():
            app()
    except GeoLvError as error:
        typer.echo(str(error), err=True)
        raise SystemExit(1) from error

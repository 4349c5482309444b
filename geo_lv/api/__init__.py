"""A data folder for who works in Python: frames of what an edition may show, and the site.

Nothing here computes: each attribute asks the stages of geo_lv, and `frames` gives their answer the
shape in which pandas and geopandas are at their best.
"""

import datetime as dt
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TypedDict, Unpack, get_args

import geopandas as gpd
import pandas as pd

from geo_lv.api.frames import area_frame, catalogue_frame, figure_frame, signal_frame
from geo_lv.editions import Released, release
from geo_lv.errors import ArgumentError, refuse
from geo_lv.inputs import Inputs, embedded_data, load_inputs
from geo_lv.pipeline import compute
from geo_lv.schema import Edition
from geo_lv.site import BuildOptions, BuildReport, build_site


class SiteOptions(TypedDict, total=False):
    """What `DataFolder.site` may be told; each has the meaning of the option of the command."""

    single_file: bool
    """Each page holds its own styles, scripts and figures; False if not given."""
    basemap: bool
    """Readers may switch on the background map of PDOK; True if not given."""
    pdf: bool
    """Also write an A3 sheet of each plan area; False if not given."""
    pack: bool
    """Also write a document for each partner meeting; False if not given."""
    publication: str
    """The https address at which the site will stand; empty if not given."""


@dataclass(frozen=True, eq=False)
class DataFolder:
    """
    A data folder as frames, made by `load`.

    Every frame is worked out when it is first asked for, and kept. Change a copy: the frame that
    you get is the one that is kept.

    Attributes
    ----------
    path
        The data folder.
    edition
        What the frames may show: ``publiek`` or ``intern``.

    Notes
    -----
    Figures pass the same gate as those of the site: no frame holds what the edition does not let
    out. Who needs the unreleased tables finds them in the stages, which docs/architecture.md
    describes.

    Examples
    --------
    >>> import geo_lv
    >>> folder = geo_lv.load()
    >>> folder.areas.groupby("level").size().to_dict()
    {'buurt': 43, 'gemeente': 1, 'plan': 4, 'wijk': 13}

    A figure per wijk, a column per year:

    >>> chosen = folder.indicators.query("level == 'wijk' and indicator == 'inwoners'")
    >>> chosen.pivot(index="code", columns="year", values="value").shape
    (13, 2)

    Figures beside their areas:

    >>> figures = chosen[chosen["year"] == 2024].set_index("code")
    >>> wijken = folder.areas.join(figures[["value", "reason"]], how="inner")
    >>> wijken.crs.to_string(), wijken.shape
    ('EPSG:28992', (13, 7))
    """

    path: Path
    edition: Edition
    _asked: str = field(repr=False)
    _inputs: Inputs = field(repr=False)

    @cached_property
    def _released(self) -> Released:
        return release(compute(self._inputs), self.edition, self._asked)

    @cached_property
    def areas(self) -> gpd.GeoDataFrame:
        """
        The municipality, its plan areas, wijken and buurten.

        Returns
        -------
        areas
            One row per area, indexed by ``code`` (GM, WK or BU code, or the slug of a plan area);
            polygons and multipolygons in RD New (EPSG:28992), metres. ``level`` is ``gemeente``,
            ``plan``, ``wijk`` or ``buurt``; ``name`` is never missing; ``wk_code`` is the wijk of a
            wijk or buurt and ``plan_area`` the slug for a plan area and each buurt in it, both
            missing elsewhere. Buurten are one valid coverage, and all other areas unions of them.

        Notes
        -----
        Source: the files in ``boundaries/``, with what ``provenance.toml`` says of them.
        """
        return area_frame(self._inputs.areas, self._inputs.municipality.name)

    @cached_property
    def indicators(self) -> pd.DataFrame:
        """
        Every figure that the edition may show, one row each.

        Returns
        -------
        indicators
            Numbered from 0, with ``code`` (as in `areas`, or ``NL00``, the Netherlands), ``level``
            (as in `areas`, or ``land``), ``indicator`` (as in `catalogue`), ``year`` (Int64,
            missing where a figure has none), ``value`` (float64, in the unit of the catalogue),
            ``reason`` and ``note`` (Dutch text). ``value`` is missing exactly where ``reason`` is
            ``missing``, ``suppressed`` or ``not_applicable`` instead of empty; it is never zero
            because it is not known. An area without a row has no figure of that year either.

        Raises
        ------
        ReleaseError
            If a table holds what no edition lists.

        Notes
        -----
        One row per figure, and not a column per indicator: indicators differ in years and levels,
        a gap has a reason, and ``query``, ``pivot`` and ``groupby`` make any wide table of it.
        """
        return figure_frame(self._released)

    @cached_property
    def catalogue(self) -> pd.DataFrame:
        """
        What each indicator is.

        Returns
        -------
        catalogue
            Indexed by ``indicator``, in the order of the pages, with ``label``, ``unit``,
            ``decimals`` (int), ``theme``, ``direction`` (``higher_better``, ``lower_better`` or
            ``neutral``), ``explanation``, ``source``, ``edition`` and ``fictitious`` (bool: worked
            out from the generated list of homes, which every table must say). Texts are Dutch, and
            empty rather than missing.

        Raises
        ------
        ReleaseError
            If a table holds what no edition lists.
        """
        return catalogue_frame(self._released)

    @cached_property
    def signals(self) -> pd.DataFrame:
        """
        What each figure says beside that of the municipality: evidence, and not a verdict.

        Returns
        -------
        signals
            A row for every wijk and buurt in each year in which its level has figures, of each
            indicator that can signal. ``code``, ``level``, ``indicator`` and ``year`` as in
            `indicators`; ``signal`` is ``watch``, ``strong`` or empty, ``unit`` that of the
            deviations, and ``certainty`` Dutch words on the figure. The other columns are those of
            `geo_lv.signals.table.COLUMNS`; numbers are missing where the figure is not shown, and
            ``unjudged`` says why there can be no signal.

        Raises
        ------
        ReleaseError
            If a table holds what no edition lists.

        Notes
        -----
        Thresholds: ``statistics/signals.toml``. Nothing of a hidden figure is in it.
        """
        return signal_frame(self._released)

    @property
    def peildatum(self) -> str:
        """ISO date on which the agreements are judged: the newest in the data if none was given."""
        return self._released.monitor.day

    def site(self, out: str | Path, **options: Unpack[SiteOptions]) -> BuildReport:
        """
        Build the site, as ``geo-lv build`` does.

        The data folder is read again, so that the site is of the files as they are now.

        Parameters
        ----------
        out
            The folder to write. A site that stands there is replaced in one step, or not at all.
        **options
            As `SiteOptions` has them.

        Returns
        -------
        report
            What was written.

        Raises
        ------
        ArgumentError
            If there is no such option.
        InputError
            With every problem of the data folder.
        OutputError
            If the folder cannot be written or holds files of somebody else, or if `publication` is
            no https address of a folder, or not of the edition ``publiek``.
        ReleaseError
            If a file would hold a name that no edition lists.

        Examples
        --------
        >>> import geo_lv, tempfile
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     report = geo_lv.load().site(f"{folder}/maps", basemap=False)
        >>> report.pages[0]
        'index.html'
        """
        unknown = sorted(options.keys() - SiteOptions.__annotations__.keys())
        if unknown:
            known = ", ".join(SiteOptions.__annotations__)
            msg = (
                f"site: expected options among {known}, found {unknown[0]!r}; correct or remove it"
            )
            raise ArgumentError(msg)
        chosen = BuildOptions(self.path, Path(out), self.edition, self._asked, **options)
        return build_site(chosen)


def load(
    data: str | Path | None = None, *, edition: Edition = "publiek", peildatum: str = ""
) -> DataFolder:
    """
    Read and validate a data folder.

    Parameters
    ----------
    data
        The data folder; None takes the embedded example.
    edition
        ``publiek`` hides figures about few homes, and all that is for the parties to the agreements
        only; ``intern`` does not.
    peildatum
        ISO date on which the agreements are judged; empty takes the newest date in the data.

    Returns
    -------
    folder
        Gives frames and the site. Figures are worked out when they are first asked for.

    Raises
    ------
    ArgumentError
        If there is no such edition or day.
    InputError
        If there is no such folder, or with every problem of every file in it.

    Examples
    --------
    >>> import geo_lv
    >>> folder = geo_lv.load(edition="publiek", peildatum="2026-01-01")
    >>> folder.peildatum
    '2026-01-01'
    """
    _require_edition(edition)
    _require_day(peildatum)
    path = embedded_data() if data is None else Path(data)
    if not path.is_dir():
        found = "a file" if path.exists() else "nothing"
        refuse(str(path), "a data folder", found, "correct the path, or make one")
    return DataFolder(path, edition, peildatum, load_inputs(path))


def _require_edition(edition: str) -> None:
    if edition not in get_args(Edition):
        msg = f"edition: expected {' or '.join(get_args(Edition))}, found {edition!r}; choose one"
        raise ArgumentError(msg)


def _require_day(peildatum: str) -> None:
    try:
        known = not peildatum or dt.date.fromisoformat(peildatum).isoformat() == peildatum
    except ValueError:
        known = False
    if not known:
        msg = f"peildatum: expected a day as YYYY-MM-DD, found {peildatum!r}; correct or omit it"
        raise ArgumentError(msg)

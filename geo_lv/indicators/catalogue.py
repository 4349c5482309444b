"""The indicator catalogue: label, unit, direction, source, and whether it may be aggregated."""

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Final, Literal, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator

from geo_lv.codes import slug_of
from geo_lv.errors import InputError, Problem, shorten
from geo_lv.schema import Edition
from geo_lv.settings import read_toml
from geo_lv.sources.politie import PoliceFigure

FILE: Final = "statistics/indicators.toml"

Aggregation = Literal["sum", "weighted_mean", "none"]
Origin = Literal["published", "dwellings", "sites"]
Signal = Literal["", "share", "rate", "mean"]

DWELLINGS: Final = "corporatiewoningen"
LABEL_MEAN: Final = "label_gemiddeld"
LABEL_EFG: Final = "label_efg"
NEW_BUILD: Final = "nieuwbouw_sociaal"


def _identifier(value: str) -> str:
    if not value.isascii() or not value.replace("_", "").isalnum() or value != value.lower():
        msg = "lower-case letters, digits and underscores"
        raise ValueError(msg)
    return value


_Titles = Annotated[tuple[Annotated[str, Field(min_length=1)], ...], Field(min_length=1)]


class TableColumn(BaseModel):
    """What identifies a column in tables of CBS through the years; capitals make no difference."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    titles: _Titles
    """Any of them."""
    units: _Titles
    """Any of them, as CBS writes them."""
    path: tuple[str, ...] = ()
    """Groups of topics that it must be in, where the title alone would fit several columns."""
    not_in: tuple[str, ...] = ()
    """And those that it must not be in."""


class TableFigure(TableColumn):
    """A way in which tables have an indicator."""

    factor: float = Field(default=1.0, gt=0)
    """From the unit of the table to that of the indicator."""
    of: tuple[TableColumn, ...] = ()
    """Columns that are the whole together, when the table has a count and we show a part of it."""
    per: float = Field(default=100.0, gt=0)
    """Of how many of the whole: 100 for a percentage."""

    @model_validator(mode="after")
    def _one_or_the_other(self) -> Self:
        if self.of and self.factor != 1:
            msg = "a factor or a whole, not both"
            raise ValueError(msg)
        return self


class Indicator(BaseModel):
    """One measure: what it is called, how it reads, and what may be done with it."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: Annotated[str, Field(min_length=1, max_length=60), AfterValidator(_identifier)]
    label: str = Field(min_length=1)
    unit: str
    theme: str = Field(min_length=1)
    decimals: int = Field(ge=0, le=3)
    direction: Literal["higher_better", "lower_better", "neutral"]
    aggregation: Aggregation
    weight: str = ""
    """Indicator that weighs the mean; the same year must be at hand."""
    aggregation_note: str = ""
    """Dutch: why this cannot be aggregated."""
    explanation: str
    source: str
    origin: Origin = "published"
    signal: Signal = ""
    """Whether a difference with the municipality can be a signal, and what chance does to it: a
    share or a rate of its weight (a share without one has no known base), or a mean. A count, a
    surface or a class never signals."""
    per: int = Field(default=0, ge=0)
    """A rate is so many events per this many of its weight."""
    sheet: int = Field(default=0, ge=0)
    """Place on the sheet of a wijk; 0 is not on it."""
    exact_count: bool = False
    """Whether what is counted above the base is published as it is, not rounded as by CBS."""
    rate_of: str = ""
    """Indicator that counts the events of a rate that geo_lv works out itself."""
    minimum_weight: int = Field(default=0, ge=0)
    """Such a rate is not for an area with less of its weight than this."""
    certainty: str = ""
    """Dutch: how sure the figures are; for a published one before what its source table says."""
    edition: Edition = "publiek"
    """``intern``: nothing of it leaves in the public edition, not even that it is there."""
    politie: PoliceFigure | None = None
    """What it counts in the tables of the police."""

    cbs: tuple[TableFigure, ...] = ()
    """Where tables of CBS have it; the first that a table has counts."""
    in_every_table: bool = False
    """Whether a table of CBS without it cannot be what it should be."""

    @property
    def has_known_base(self) -> bool:
        """Whether it is known of how many people or homes a figure is a share or a rate."""
        return self.signal in {"share", "rate"} and bool(self.weight)

    @model_validator(mode="after")
    def _complete(self) -> Self:
        if (self.aggregation == "weighted_mean") != bool(self.weight):
            msg = "a weight with weighted_mean, and only then"
            raise ValueError(msg)
        if (self.aggregation == "none") != bool(self.aggregation_note):
            msg = "an aggregation_note with aggregation none, and only then"
            raise ValueError(msg)
        return self

    @model_validator(mode="after")
    def _stays_inside(self) -> Self:
        if self.politie and (self.edition != "intern" or self.aggregation != "sum"):
            msg = 'edition "intern" and aggregation "sum" for a figure of the police'
            raise ValueError(msg)
        return self

    @model_validator(mode="after")
    def _can_signal(self) -> Self:
        if self.signal and self.aggregation == "sum":
            msg = "no signal for a figure that is added up"
            raise ValueError(msg)
        rate = self.signal == "rate"
        if rate != bool(self.per) or (rate and not self.weight):
            msg = "per and a weight with signal rate, and per only then"
            raise ValueError(msg)
        if self.exact_count and not self.has_known_base:
            msg = "exact_count only with a signal share or rate and a weight"
            raise ValueError(msg)
        if (self.rate_of and not rate) or (self.minimum_weight and not self.rate_of):
            msg = "signal rate with rate_of, and minimum_weight only then"
            raise ValueError(msg)
        return self


class SourceCertainty(BaseModel):
    """How sure the figures of a source table are."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    table: str = Field(min_length=1)
    """How the names of these source tables start."""
    text: str = Field(min_length=1)
    """Dutch, a few words."""


class _CatalogueFile(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    counted_on_sheet: dict[str, Annotated[int, Field(ge=1)]] = {}
    """Place on the sheet of a wijk of an indicator that geo_lv counts itself."""
    certainty: tuple[SourceCertainty, ...] = ()
    indicator: tuple[Indicator, ...] = ()


def load_catalogue(data: Path) -> tuple[Indicator, ...]:
    """
    Read the catalogue of published indicators.

    Parameters
    ----------
    data
        The data folder.

    Returns
    -------
    catalogue
        In the order of the file, which is the order on the pages.

    Raises
    ------
    InputError
        With every problem of the file.
    """
    file = read_toml(data / FILE, FILE, _CatalogueFile)
    problems = (*_problems(file.indicator), *_sheet_problems(file))
    if problems:
        raise InputError(problems)
    return file.indicator


def load_certainty(data: Path) -> tuple[SourceCertainty, ...]:
    """
    Read how sure the figures of each source table are, from the file of the catalogue.

    Parameters
    ----------
    data
        The data folder.

    Returns
    -------
    certainty
        In the order of the file; of those that fit a table the first counts.

    Raises
    ------
    InputError
        With every problem of the file.
    """
    return read_toml(data / FILE, FILE, _CatalogueFile).certainty


def load_counted_places(data: Path) -> dict[str, int]:
    """
    Read which indicators that geo_lv counts itself stand on the sheet of a wijk.

    Parameters
    ----------
    data
        The data folder.

    Returns
    -------
    places
        Indicator to its place; `load_catalogue` checks them.

    Raises
    ------
    InputError
        With every problem of the file.
    """
    return read_toml(data / FILE, FILE, _CatalogueFile).counted_on_sheet


def _sheet_problems(file: _CatalogueFile) -> Iterator[Problem]:
    """Find places on the sheet that are given twice, or to what geo_lv does not count."""
    taken: dict[int, str] = {}
    named = [
        *((f"indicator.{n}.sheet", item.id, item.sheet) for n, item in enumerate(file.indicator)),
        *((f"counted_on_sheet.{name}", name, at) for name, at in file.counted_on_sheet.items()),
    ]
    for column, identifier, place in named:
        if place and place in taken:
            expected, advice = "a place of its own on the sheet", "choose another number"
            yield Problem(FILE, expected, f"{place}, as {taken[place]} has", advice, column=column)
        taken.setdefault(place, identifier)
    for name in file.counted_on_sheet:
        if name not in COMPUTED_IDS:
            expected = f"one of {', '.join(COMPUTED_IDS)}"
            column = f"counted_on_sheet.{name}"
            yield Problem(FILE, expected, shorten(name), "correct or remove it", column=column)


def _problems(catalogue: tuple[Indicator, ...]) -> Iterator[Problem]:
    ids = [indicator.id for indicator in catalogue]
    for position, indicator in enumerate(catalogue):
        place = f"indicator.{position}"
        computed = indicator.id in COMPUTED_IDS or indicator.id.startswith(_SHARE)
        if ids.index(indicator.id) != position or computed:
            expected = "an id that is not yet in use"
            yield Problem(FILE, expected, indicator.id, "choose another id", column=f"{place}.id")
        for setting in ("weight", "rate_of"):
            if getattr(indicator, setting):
                yield from _reference_problems(indicator, setting, place, catalogue)


def _reference_problems(
    indicator: Indicator, setting: str, place: str, catalogue: tuple[Indicator, ...]
) -> Iterator[Problem]:
    """Find what is wrong with the indicator that a setting names."""
    named = getattr(indicator, setting)
    found, column = shorten(named), f"{place}.{setting}"
    other = next((item for item in catalogue if item.id == named), None)
    if other is None:
        expected = "the id of an indicator in this file"
        yield Problem(FILE, expected, found, f"correct the {setting}", column=column)
        return
    if indicator.rate_of and other.aggregation != "sum":
        expected, advice = "an indicator that is added up", "take a count"
        yield Problem(FILE, expected, found, advice, column=column)
    if indicator.edition == "publiek" and other.edition == "intern":
        expected = "a public indicator, as the one that names it is"
        advice = 'take another, or write edition = "intern" here too'
        yield Problem(FILE, expected, f"{found}, which is intern", advice, column=column)


_SHARE: Final = "aandeel_"
COMPUTED_IDS: Final = (DWELLINGS, LABEL_MEAN, LABEL_EFG, NEW_BUILD)


def share_id(corporation: str) -> str:
    """Return the id of the indicator that gives a corporation's share of the dwellings."""
    return _SHARE + slug_of(corporation).replace("-", "_")

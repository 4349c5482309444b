"""Facts from the agreements, worded for a page: phasing, new-build sites, attention lists."""

import math
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Final, Literal

from geo_lv.agreements import Attention, NewBuildSite, PhaseRow
from geo_lv.agreements.schemas import PHASES, Phase
from geo_lv.areas import Areas
from geo_lv.editions import Released
from geo_lv.maps.geometry import Projection
from geo_lv.maps.map_model import AttentionEntry, FirstPlan, PhaseBar, PhasingChart, Site
from geo_lv.maps.nothing import NO_LISTS
from geo_lv.maps.text import CERTAINTY, dutch_date, enumeration, plural, years
from geo_lv.municipality import AttentionList
from geo_lv.schema import Confidence

PHASE_LABELS: Final[dict[Phase, str]] = {
    "opstellen": "Opstellen wijkuitvoeringsplan",
    "uitvoering": "Uitvoering transitiewijk",
    "gasvrij": "Wijk van het gas af",
}
_UNKNOWN_TEXT: Final = "onbekend"
_LATE: Final = "vertraagd"
_SMALLEST_RADIUS: Final = 9
_SMALL_SCALE: Final = 0.7
"""Size of symbols on a map of the whole municipality, where many stand close together."""
_UNKNOWN_SIZE: Final = 20
"""A site without a known number of homes gets a symbol of this many, with its own sign in it."""


def phasing_chart(released: Released, slugs: tuple[str, ...], peildatum: str) -> PhasingChart:
    """
    Make the phasing chart of some plan areas.

    Parameters
    ----------
    released
        The released view.
    slugs
        Plan areas, in order.
    peildatum
        ISO date; its year is where the slider starts.

    Returns
    -------
    chart
        Three bars per plan area. Years that are only derived or late are *indicative*, a bar
        without a start or after a late one is *unknown*; neither is ever *certain*.
    """
    axis = released.municipality.phasing
    bars = phase_bars(released, slugs)
    last = _last_year(released)
    source = f" Bron: {cite(released, axis.source)}." if axis.source else ""
    return PhasingChart(
        axis_start=axis.axis_start,
        axis_end=axis.axis_end,
        slider_end=last,
        year=min(max(int(peildatum[:4]), axis.axis_start), last),
        bars=tuple(_said_once(bars)),
        by_year={
            str(year): {slug: _state(bars, slug, year) for slug in slugs}
            for year in range(axis.axis_start, last + 1)
        },
        note=f"{axis.note}{source}",
    )


def _last_year(released: Released) -> int:
    """Return where the slider ends on every page: the last known start in the municipality."""
    everywhere = tuple(area.slug for area in released.municipality.plan_areas)
    starts = (bar.start for bar in phase_bars(released, everywhere) if bar.start is not None)
    return max([released.municipality.phasing.axis_end, *starts])


def _said_once(bars: Iterable[PhaseBar]) -> Iterator[PhaseBar]:
    """Leave out a remark that an earlier phase of the same plan area already makes."""
    said: set[tuple[str, str]] = set()
    for bar in bars:
        yield replace(bar, note="") if (bar.slug, bar.note) in said else bar
        said.add((bar.slug, bar.note))


def phase_bars(released: Released, slugs: tuple[str, ...]) -> tuple[PhaseBar, ...]:
    """Return three bars per plan area; a phase that the data does not name is unknown."""
    return tuple(bar for slug in slugs for bar in _bars_of(released, slug))


def _bars_of(released: Released, slug: str) -> Iterator[PhaseBar]:
    """Yield the phases of a plan area in their order; after a late one no year is known."""
    rows = {row.phase: row for row in released.agreements.phasing if row.plan_area == slug}
    names = {area.slug: area.name for area in released.municipality.plan_areas}
    late = False
    for phase in PHASES:
        row = rows.get(phase) or _no_row(slug, phase)
        bar = _bar(released, names[slug], row)
        yield _overtaken(bar) if late else bar
        late = late or row.status == _LATE


def _no_row(slug: str, phase: Phase) -> PhaseRow:
    return PhaseRow(slug, phase, None, None, "onbekend", "", "", Confidence.UNKNOWN, "", "")


def _bar(released: Released, name: str, row: PhaseRow) -> PhaseBar:
    look = _look(row)
    # Years that nobody vouches for are not drawn, not told and not downloaded.
    start, end = (None, None) if look == "unknown" else (row.start, row.end)
    known = years(start, None if row.phase == "gasvrij" else end) if start else _UNKNOWN_TEXT
    return PhaseBar(
        area=name,
        slug=row.plan_area,
        phase=row.phase,
        phase_label=PHASE_LABELS[row.phase],
        start=start,
        end=end,
        look=look,
        text=row.text or known,
        status=row.status,
        certainty=CERTAINTY[row.confidence],
        source=cite(released, row.source),
        peildatum=_dated(released, row),
        note=row.note,
    )


def _overtaken(bar: PhaseBar) -> PhaseBar:
    """Return a phase after a late one: its years are unknown, the first plan is only told."""
    if bar.start is None:
        return bar
    indicative = bar.look == "indicative"
    first = "eerst indicatief" if indicative else "eerste plan"
    return replace(
        bar,
        start=None,
        end=None,
        look="unknown",
        text=f"{_UNKNOWN_TEXT} ({first}: {bar.text})",
        status=_UNKNOWN_TEXT,
        certainty=CERTAINTY[Confidence.UNKNOWN],
        first_plan=FirstPlan(bar.start, bar.end, indicative=indicative),
    )


def _dated(released: Released, row: PhaseRow) -> str:
    """Return the date of the facts: the row's own, else the newest of its sources."""
    dates = {source.key: source.date for source in released.agreements.sources}
    newest = row.peildatum or max((dates[key] for key in row.source.split()), default="")
    return dutch_date(newest) if newest else "bron zonder datum"


def _look(row: PhaseRow) -> Literal["certain", "indicative", "unknown"]:
    vouched = row.source and row.confidence is not Confidence.UNKNOWN
    if row.start is None or not vouched or row.status == "onbekend":
        return "unknown"
    doubtful = row.status in {"afgeleid", _LATE} or not row.confidence.is_fact
    return "indicative" if doubtful else "certain"


def _state(bars: tuple[PhaseBar, ...], slug: str, year: int) -> tuple[str, str]:
    """Return the drawing class and a sentence for a plan area in a year."""
    own = [bar for bar in bars if bar.slug == slug]
    name = own[0].area
    running = [bar for bar in own if _runs(bar, year)]
    starts = [bar.start for bar in own if bar.start is not None]
    if not running:
        early = bool(starts) and year < min(starts)
        words = "nog niet begonnen volgens de planning" if early else "fase onbekend"
        return "none" if early else "unknown", f"{name}: {words}"
    bar = running[-1]
    phase = bar.phase_label[:1].lower() + bar.phase_label[1:]
    if bar.first_plan:
        doubt = ", indicatief" if bar.first_plan.indicative else ""
        return "unknown", f"{name}: fase onbekend (volgens het eerste plan{doubt}: {phase})"
    drawn = bar.phase if bar.look == "certain" else f"{bar.phase} indicative"
    return drawn, f"{name}: {phase} (planning: {bar.text})"


def _runs(bar: PhaseBar, year: int) -> bool:
    """Tell whether a phase runs in a year, or would have by the first plan."""
    span = bar.first_plan or bar
    return span.start is not None and span.start <= year <= (span.end or year)


def sites(
    released: Released, projection: Projection, bu_codes: frozenset[str] | None = None
) -> tuple[Site, ...]:
    """
    Return the new-build sites, placed in a drawing.

    Parameters
    ----------
    released
        The released view.
    projection
        Where to place the symbols.
    bu_codes
        Only sites in these buurten; None for all, those without a known place included.

    Returns
    -------
    sites
        In the order of the agreements; the place of each is approximate.
    """
    return tuple(
        _site(released, site, projection, scale=1.0 if bu_codes is not None else _SMALL_SCALE)
        for site in released.agreements.sites
        if bu_codes is None or site.bu_code in bu_codes
    )


def _site(released: Released, site: NewBuildSite, projection: Projection, *, scale: float) -> Site:
    homes = site.programme.homes or site.mid_rent or _UNKNOWN_SIZE
    return Site(
        id=site.site_id,
        name=site.site,
        corporation=site.corporation,
        kind=site.programme.kind,
        programme=programme_text(site),
        mid=plural(site.mid_rent, "woning", "woningen") if site.mid_rent else "geen",
        target_group=site.target_group,
        period=years(*site.period),
        place=_place(site, released.areas),
        status=status_text(released, site),
        status_certainty=CERTAINTY[site.status_confidence],
        at=_position(site, released.areas, projection),
        radius=round(scale * max(_SMALLEST_RADIUS, 2.2 * math.sqrt(homes))),
    )


def programme_text(site: NewBuildSite) -> str:
    """Return the agreed social rent homes of a site in words; never a number for ``Nnb``."""
    programme = site.programme
    if programme.kind == "nnb":
        return "Nnb: aantal nog niet bekend"
    if programme.kind == "percentage":
        return f"{programme.percentage}% van de woningen, aantal nog niet bekend"
    homes = programme.homes or 0
    return plural(homes, "sociale huurwoning", "sociale huurwoningen")


def _place(site: NewBuildSite, areas: Areas) -> str:
    if not site.bu_code:
        return "locatie onbekend"
    note = f" {site.place_note}" if site.place_note else ""
    return f"{areas.buurten['bu_name'][site.bu_code]} (bij benadering).{note}"


def status_text(released: Released, site: NewBuildSite) -> str:
    """Return today's status of a site with its date and source; ``onbekend`` without a source."""
    vouched = site.status_source and site.status_confidence is not Confidence.UNKNOWN
    if not site.status or not vouched:
        return _UNKNOWN_TEXT
    date = dutch_date(site.status_date) if site.status_date else "bron zonder datum"
    mark = "" if site.status_confidence.is_fact else "Indicatief: "
    return f"{mark}{site.status} ({date}; bron: {cite(released, site.status_source)})"


def _position(site: NewBuildSite, areas: Areas, projection: Projection) -> tuple[int, int] | None:
    """Return the middle of the site's buurt: nearer than that no source goes."""
    if not site.bu_code:
        return None
    return projection.point(areas.buurten.geometry[site.bu_code].representative_point())


def _focus(released: Released, item: Attention) -> str:
    names = released.areas.buurten["bu_name"]
    focus = [str(names[code]) for code in item.focus_bu_codes]
    return f", vooral {enumeration(focus)}" if focus else ""


def _doubt(item: Attention) -> str:
    return "" if item.confidence.is_fact else " (indicatief)"


def cite(released: Released, keys: str) -> str:
    """Return source keys, separated by spaces, as what a page calls those sources."""
    shorts = {source.key: source.short for source in released.agreements.sources}
    return "; ".join(shorts[key] for key in keys.split())


def attention(
    released: Released, bu_codes: frozenset[str] | None = None, peildatum: str = ""
) -> tuple[AttentionEntry, ...]:
    """
    Return the agreed attention listings.

    Parameters
    ----------
    released
        The released view.
    bu_codes
        Only listings that touch these buurten; None for all.
    peildatum
        Only what each list says last, up to this ISO date; empty for all years. What a list says
        after its last agreed year is unknown, so its last year stands, with the year beside it.

    Returns
    -------
    entries
        In the order of the agreements, each with its list, years, source and certainty.
    """
    lists = {item.id: item for item in released.municipality.attention_lists}
    return tuple(
        AttentionEntry(
            area=item.area_name + _focus(released, item) + _doubt(item),
            list_name=lists[item.list_id].name,
            years=years(item.first_year, item.last_year),
            codes=item.bu_codes,
            source=cite(released, item.source),
            certainty=CERTAINTY[item.confidence],
            note=item.note,
        )
        for item in released.agreements.attention
        if (bu_codes is None or bu_codes & set(item.bu_codes))
        and (not peildatum or _is_last_known(item, lists[item.list_id], int(peildatum[:4])))
    )


def listed_sentence(released: Released, bu_codes: frozenset[str] | None, peildatum: str) -> str:
    """Return what the lists last said of these buurten, with the years; empty if nothing."""
    entries = attention(released, bu_codes, peildatum)
    listed = [f"{entry.area} ({entry.years})" for entry in entries]
    named = enumeration(list(dict.fromkeys(listed)))
    return f"Op de laatst bekende aandachtslijst: {named}." if listed else ""


def not_listed_sentence(released: Released, place: str) -> str:
    """Return what to say of a place that no list names: that may be as there is no list at all."""
    if not released.municipality.attention_lists:
        return NO_LISTS
    return f"Voor zover bekend staat {place} niet op een aandachtslijst."


def _is_last_known(item: Attention, of_list: AttentionList, year: int) -> bool:
    past = [agreed for agreed in of_list.years if agreed <= year]
    return bool(past) and item.first_year <= max(past) <= item.last_year

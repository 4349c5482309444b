"""The sentence that opens a plan page, made from its figures."""

from typing import Final

from geo_lv.editions import Released
from geo_lv.maps import facts
from geo_lv.maps.cells import Figures, Moment
from geo_lv.maps.map_model import PhasingChart
from geo_lv.maps.text import enumeration, plural
from geo_lv.municipality import PlanArea

_HOMES: Final = "woningen"
"""Indicator that counts all dwellings, if the catalogue has it."""


def plan_lead(
    released: Released, figures: Figures, plan: PlanArea, chart: PhasingChart, peildatum: str
) -> str:
    """
    Say in a few plain sentences what a plan area is about.

    Parameters
    ----------
    released, figures
        The released view and its figures.
    plan
        The plan area.
    chart
        Its phasing.
    peildatum
        ISO date by which the attention lists are judged.

    Returns
    -------
    lead
        How many homes, which phase, on which list, what differs most, what is not known.
    """
    return " ".join(
        part
        for part in (
            _homes(figures, plan),
            _phase(plan, chart),
            facts.listed_sentence(released, frozenset(plan.bu_codes), peildatum)
            or facts.not_listed_sentence(released, "het gebied"),
            _largest_difference(figures, plan),
            _unknown(released, plan, chart),
        )
        if part
    )


def _homes(figures: Figures, plan: PlanArea) -> str:
    known = [
        moment
        for moment in figures.moments()
        if moment.indicator.id == _HOMES and figures.text(plan.slug, moment)
    ]
    if not known:
        return f"Hoeveel woningen {plan.name} heeft, is niet apart bekend."
    newest = known[0]
    return f"{plan.name} had {figures.text(plan.slug, newest)} woningen in {newest.year}."


def _phase(plan: PlanArea, chart: PhasingChart) -> str:
    state = chart.by_year[str(chart.year)][plan.slug][1].removeprefix(f"{plan.name}: ")
    return f"Overgang naar aardgasvrij in {chart.year}: {state}."


def _largest_difference(figures: Figures, plan: PlanArea) -> str:
    """Name the published share that lies most percentage points from that of the municipality."""
    apart = [(_distance(figures, plan.slug, moment), moment) for moment in figures.moments()]
    apart = [(distance, moment) for distance, moment in apart if distance > 0]
    if not apart:
        return ""
    moment = max(apart, key=lambda pair: pair[0])[1]
    label = moment.indicator.label[:1].lower() + moment.indicator.label[1:]
    return (
        f"Grootste verschil met de gemeente: {label} {figures.text(plan.slug, moment)}%, "
        f"gemeente {figures.municipal(moment)}% ({moment.year})."
    )


def _distance(figures: Figures, slug: str, moment: Moment) -> float:
    """Return how many percentage points a share lies from the municipal one; 0 for the rest."""
    own, whole = figures.get(slug, moment), figures.of_municipality(moment)
    if moment.indicator.origin != "published" or moment.indicator.unit != "%":
        return 0.0
    if own is None or whole is None or own.value is None or whole.value is None:
        return 0.0
    return abs(own.value - whole.value)


def _unknown(released: Released, plan: PlanArea, chart: PhasingChart) -> str:
    unknown = [bar for bar in chart.bars if bar.look == "unknown"]
    sites = [
        site
        for site in released.agreements.sites
        if site.bu_code in plan.bu_codes and site.programme.homes is None
    ]
    parts = ["de jaren van de overgang"] if unknown else []
    if sites:
        count = plural(len(sites), "nieuwbouwlocatie", "nieuwbouwlocaties")
        parts.append(f"het aantal sociale huurwoningen op {count}")
    return f"Nog niet bekend: {enumeration(parts)}." if parts else ""

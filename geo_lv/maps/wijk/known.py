"""What is agreed about a wijk: attention, meeting, heat transition, new build, actions."""

from collections.abc import Iterable
from typing import Final

from geo_lv.agreements import Action
from geo_lv.editions import Released
from geo_lv.maps import facts
from geo_lv.maps.map_model import PhasingChart
from geo_lv.maps.model import Link
from geo_lv.maps.nothing import NO_LISTS
from geo_lv.maps.text import dutch_date, enumeration, plural
from geo_lv.maps.wijk.model import ActionLine, Fact
from geo_lv.municipality import MeetingArea

NO_DATE: Final = "geen datum afgesproken"


def known_facts(
    released: Released, inside: frozenset[str], chart: PhasingChart | None, peildatum: str
) -> tuple[Fact, ...]:
    """
    Return what the agreements say of a wijk.

    Parameters
    ----------
    released
        The released view.
    inside
        Codes of the buurten of the wijk.
    chart
        Phasing of all plan areas; None when there are none.
    peildatum
        ISO date by which lists and phases are judged.

    Returns
    -------
    facts
        Attention and meeting always, also when there is nothing to tell; the others if any.
    """
    found = (
        _attention(released, inside, peildatum),
        _meetings(released, inside),
        _plans(released, inside, chart),
        _sites(released, inside),
    )
    return tuple(fact for fact in found if fact is not None)


def _attention(released: Released, inside: frozenset[str], peildatum: str) -> Fact:
    entries = facts.attention(released, inside, peildatum)
    listed = dict.fromkeys(f"{entry.area} ({entry.list_name}, {entry.years})" for entry in entries)
    nothing = (
        "Voor zover bekend niet op een aandachtslijst"
        if released.municipality.attention_lists
        else NO_LISTS.removesuffix(".")
    )
    text = "; ".join(listed) or nothing
    return Fact("Aandachtslijst", text, (Link("alle lijsten", "thema/aandachtswijken.html"),))


def meets_about(area: MeetingArea, inside: frozenset[str]) -> bool:
    """Return whether a partner meeting is about a part of the wijk with these buurten."""
    return bool(inside & set(area.bu_codes))


def _meetings(released: Released, inside: frozenset[str]) -> Fact:
    names = released.areas.buurten["bu_name"]
    found = []
    for area in released.municipality.meeting_areas:
        shared = sorted(inside & set(area.bu_codes))
        part = enumeration([str(names[code]) for code in shared])
        if shared:
            found.append(area.name if set(shared) == inside else f"{area.name} (alleen {part})")
    return Fact("Partneroverleg", "; ".join(found) or "Geen overleg bekend voor deze wijk")


def _plans(released: Released, inside: frozenset[str], chart: PhasingChart | None) -> Fact | None:
    plans = [p for p in released.municipality.plan_areas if inside & set(p.bu_codes)]
    if chart is None or not plans:
        return None
    states = chart.by_year[str(chart.year)]
    text = ". ".join(f"{states[plan.slug][1]}" for plan in plans)
    links = tuple(
        Link(f"plan van {plan.name}", f"wijkuitvoeringsplan/{plan.slug}.html") for plan in plans
    )
    return Fact(f"Aardgasvrij in {chart.year}", text, links)


def _sites(released: Released, inside: frozenset[str]) -> Fact | None:
    own = [site for site in released.agreements.sites if site.bu_code in inside]
    if not own:
        return None
    homes = [site.programme.homes for site in own if site.programme.homes is not None]
    unknown = len(own) - len(homes)
    parts = [plural(sum(homes), "sociale huurwoning", "sociale huurwoningen")] if homes else []
    if unknown:
        parts.append(f"{unknown} met een aantal dat nog niet bekend is")
    places = plural(len(own), "plek", "plekken")
    text = f"{places} in het programma ({enumeration(parts)}): {enumeration([s.site for s in own])}"
    return Fact("Nieuwbouw", text, (Link("alle plekken", "thema/nieuwbouw.html"),))


def action_lines(actions: Iterable[Action], code: str, peildatum: str) -> tuple[ActionLine, ...]:
    """
    Return the open actions of a wijk.

    Parameters
    ----------
    actions
        Of all wijken.
    code
        Of the wijk.
    peildatum
        ISO day; an action that was due before it is overdue.

    Returns
    -------
    lines
        Overdue ones first, then by due day, those without one last.
    """
    own = [action for action in actions if action.wk_code == code and action.is_open]
    own.sort(key=lambda action: (action.due or "9999", action.action_id))
    return tuple(
        ActionLine(
            action=action.action,
            owner=action.owner,
            due=dutch_date(action.due) if action.due else NO_DATE,
            state=f"{action.state} ({dutch_date(action.state_date)})"
            if action.state_date
            else action.state,
            overdue=bool(action.due) and action.due < peildatum,
        )
        for action in own
    )

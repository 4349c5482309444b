"""What the pages of one build share: the view, its figures, and how a map and a page are made."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from geo_lv.editions import Released
from geo_lv.maps import facts
from geo_lv.maps.cells import Figures
from geo_lv.maps.map_model import Level, MapModel, PhasingChart
from geo_lv.maps.model import Page, Section
from geo_lv.maps.origins import aged_sentences
from geo_lv.maps.scene import MapChoices, Scene, map_model
from geo_lv.maps.text import dutch_date
from geo_lv.municipality import PlanArea

LAYERS: Final = ("attention", "signals", "sites", "plan")
"""What lies over the areas of a map that is about no single subject."""


@dataclass(frozen=True)
class Heading:
    """What a page opens with."""

    title: str
    kicker: str
    lead: str


@dataclass(frozen=True)
class Maker:
    """What all pages of one build share."""

    released: Released
    figures: Figures
    peildatum: str
    basemap: bool
    purpose: str = ""
    """For whom the internal edition is."""

    @property
    def plans(self) -> tuple[PlanArea, ...]:
        """Every plan area of the municipality."""
        return self.released.municipality.plan_areas

    @property
    def gemeente(self) -> tuple[str, str]:
        """Code and name of the municipality."""
        return self.released.municipality.gm_code, self.released.municipality.name

    def chart(self, plans: Iterable[PlanArea]) -> PhasingChart:
        """Return the phasing of some plan areas."""
        slugs = tuple(plan.slug for plan in plans)
        return facts.phasing_chart(self.released, slugs, self.peildatum)

    def start(self, *wanted: str, area: str = "") -> str:
        """Return the map's first choice: the first indicator with a figure (in an area), newest."""
        names = wanted or (self.released.municipality.start_indicator,)
        found = [
            moment
            for name in names
            for moment in self.figures.moments()
            if moment.indicator.id == name and (not area or self.figures.text(area, moment))
        ]
        return found[0].id if found else ""

    def map(
        self,
        scene: Scene,
        title: str,
        start: str,
        *,
        prefer: Level = "buurt",
        layers: Iterable[str] = LAYERS,
    ) -> MapModel:
        """Return the map of a scene with every indicator; without a start it shows the phasing."""
        plans = self.plans if scene.plan is None else (scene.plan,)
        choices = MapChoices(
            title=title,
            prefer=prefer,
            start=start,
            peildatum=self.peildatum,
            layers=frozenset(layers) | frozenset(() if start else ("phasing",)),
            phasing=self.chart(plans) if plans else None,
            basemap=self.basemap,
        )
        return map_model(self.released, self.figures, scene, choices)

    def page(
        self, path: str, heading: Heading, model: MapModel | None, parts: tuple[Section, ...]
    ) -> Page:
        """Return a page with what all pages of a build have in common."""
        made_up = self.released.fictitious_dwellings and (
            any(part.fictitious for part in parts)
            or (model is not None and any(item.fictitious for item in model.indicators))
            or (model is not None and model.homes != ())
        )
        lines = (line for part in parts for line in part.lines)
        processes = (process for part in parts for process in part.processes)
        entered = any(each.fictitious for each in lines) or any(
            each.fictitious for each in processes
        )
        return Page(
            path=path,
            title=heading.title,
            kicker=heading.kicker,
            lead=heading.lead,
            municipality=self.released.municipality.name,
            edition=self.released.edition,
            peildatum=dutch_date(self.peildatum),
            map=model,
            sections=parts,
            fictitious=made_up or entered,
            intern=self.released.edition == "intern",
            purpose=self.purpose,
            aged=aged_sentences(self.released),
            disclaimer=self.released.municipality.disclaimer,
        )


def source_keys(
    released: Released, bu_codes: frozenset[str] | None, plan: PlanArea | None = None
) -> list[str]:
    """Return the source keys of the facts on a page."""
    agreements = released.agreements
    everywhere = bu_codes is None
    plans = [plan] if plan else list(released.municipality.plan_areas)
    slugs = {item.slug for item in plans}
    return [
        *(row.source for row in agreements.phasing if row.plan_area in slugs),
        *(item.source for item in plans),
        *(
            f"{site.source} {site.status_source}"
            for site in agreements.sites
            if everywhere or site.bu_code in (bu_codes or ())
        ),
        *(row.source for row in agreements.progress if everywhere),
        *(
            item.source
            for item in agreements.attention
            if everywhere or set(item.bu_codes) & (bu_codes or set())
        ),
        *(item.source for item in agreements.targets),
        *(item.source for item in released.municipality.meeting_areas if everywhere),
        released.municipality.phasing.source,
    ]

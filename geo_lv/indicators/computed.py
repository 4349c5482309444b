"""The indicators that geo_lv counts itself, from dwellings and new-build sites."""

from collections.abc import Mapping

from geo_lv.indicators.catalogue import (
    DWELLINGS,
    LABEL_EFG,
    LABEL_MEAN,
    NEW_BUILD,
    Indicator,
    share_id,
)
from geo_lv.municipality import Corporation


def computed_catalogue(
    corporations: tuple[Corporation, ...], places: Mapping[str, int] | None = None
) -> tuple[Indicator, ...]:
    """
    Return the indicators that are counted from dwellings and new-build sites.

    Parameters
    ----------
    corporations
        Each gets an indicator for its share of the dwellings.
    places
        Indicator to its place on the sheet of a wijk; the others are not on it.

    Returns
    -------
    catalogue
        They are counted anew over every area, so none is aggregated from smaller areas.
    """
    on_sheet = places or {}
    return tuple(
        item.model_copy(update={"sheet": on_sheet.get(item.id, 0)})
        for item in _computed(corporations)
    )


def _computed(corporations: tuple[Corporation, ...]) -> tuple[Indicator, ...]:
    return (
        _from_dwellings(
            DWELLINGS,
            "Corporatiewoningen",
            "woningen",
            "Het aantal woningen van corporaties dat zeker in dit gebied ligt.",
        ),
        *(
            _from_dwellings(
                share_id(corporation.name),
                f"Aandeel {corporation.name}",
                "% van de corporatiewoningen",
                f"Welk deel van de corporatiewoningen in dit gebied van {corporation.name} is.",
            )
            for corporation in corporations
        ),
        _from_dwellings(
            LABEL_MEAN,
            "Gemiddeld energielabel",
            "label",
            "Elk label krijgt een nummer, van 0 (G) tot 11 (A+++++). Van die nummers is het "
            "gemiddelde berekend. Hier staat het label dat daar het dichtst bij ligt. Een woning "
            "zonder label telt niet mee.",
        ),
        _from_dwellings(
            LABEL_EFG,
            "Label E, F of G",
            "% van de woningen met een label",
            "Welk deel van de corporatiewoningen een slecht energielabel heeft: E, F of G. Een "
            "woning zonder label telt niet mee.",
        ),
        Indicator(
            id=NEW_BUILD,
            label="Nieuwbouw: sociale huur in het programma",
            unit="woningen",
            theme="Nieuwbouw",
            decimals=0,
            direction="neutral",
            aggregation="sum",
            explanation="Het aantal sociale huurwoningen op de afgesproken plekken voor nieuwbouw. "
            "Een plek zonder aantal telt niet mee: dat aantal is niet nul, maar nog niet bekend.",
            source="Nieuwbouwprogramma in de afspraken",
            origin="sites",
            certainty="afspraak, geen voorspelling",
        ),
    )


def _from_dwellings(identifier: str, label: str, unit: str, explanation: str) -> Indicator:
    return Indicator(
        id=identifier,
        label=label,
        unit=unit,
        theme="Corporatiewoningen en energie",
        decimals=0,
        direction="lower_better" if identifier == LABEL_EFG else "neutral",
        aggregation="none",
        aggregation_note="Wordt voor elk gebied opnieuw uit de woningen geteld.",
        explanation=explanation,
        source="Woningen van de corporaties",
        origin="dwellings",
        certainty="geteld uit de lijsten van de corporaties",
    )

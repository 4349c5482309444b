"""Indicators for the parties only, and all that would tell of them: what the public never gets.

Default-deny, from two sides. What goes to the public edition is taken out before anything else is
done with it, so that nothing worked out later can hold it; and a released view that still names an
indicator for the parties, or one that no catalogue explains, cannot be made at all.
"""

from collections.abc import Iterable
from dataclasses import replace

import pandas as pd

from geo_lv.agreements import Agreements
from geo_lv.agreements.measurements import FILE as MEASUREMENTS_FILE
from geo_lv.agreements.schemas import ACTIONS_FILE
from geo_lv.attempts import FILE as ATTEMPTS_FILE
from geo_lv.attempts import Attempt
from geo_lv.errors import ReleaseError
from geo_lv.indicators.catalogue import Indicator
from geo_lv.indicators.published import INTERNAL_FILES
from geo_lv.inputs import Inputs
from geo_lv.origins import FILE as PROVENANCE_FILE
from geo_lv.pipeline import Results
from geo_lv.provenance import Provenance


def without_internal(results: Results) -> Results:
    """
    Take out every indicator for the parties only, and what would tell that it is there.

    Parameters
    ----------
    results
        All figures.

    Returns
    -------
    results
        The same without figures, catalogue entries, certainty, provenance, failed refreshes and
        checksums that are about such an indicator.
    """
    public = _public_ids(results.catalogue)
    return replace(
        results,
        inputs=_public_inputs(results.inputs, public),
        catalogue=tuple(item for item in results.catalogue if item.id in public),
        figures=_only(results.figures, public),
    )


def _public_inputs(inputs: Inputs, public: frozenset[str]) -> Inputs:
    provenance = tuple(item for item in inputs.provenance if item.path not in INTERNAL_FILES)
    attempts = tuple(attempt for attempt in inputs.attempts if _may_be_named(attempt))
    # A checksum tells whoever guesses what stands in so small a file that the guess is right.
    guessable = {
        PROVENANCE_FILE: len(provenance) < len(inputs.provenance),
        ATTEMPTS_FILE: len(attempts) < len(inputs.attempts),
    }
    return replace(
        inputs,
        catalogue=tuple(item for item in inputs.catalogue if item.id in public),
        statistics=_only(inputs.statistics, public),
        gave_way={path: n for path, n in inputs.gave_way.items() if path not in INTERNAL_FILES},
        figures_of_others=_only(inputs.figures_of_others, public),
        certainty={key: text for key, text in inputs.certainty.items() if key[0] in public},
        origins={key: tables for key, tables in inputs.origins.items() if key[0] in public},
        provenance=tuple(_without_checksum(item, inputs.agreements) for item in provenance),
        attempts=attempts,
        agreements=_public_agreements(inputs.agreements),
        settings=tuple(item for item in inputs.settings if not guessable.get(item[0])),
    )


def _public_agreements(agreements: Agreements) -> Agreements:
    """Return what everybody may read; values per wijk are figures, which the gate judges."""
    return replace(
        agreements,
        actions=tuple(action for action in agreements.actions if action.edition == "publiek"),
        measurements=tuple(
            each for each in agreements.measurements if each.edition == "publiek" and not each.area
        ),
    )


def _without_checksum(item: Provenance, agreements: Agreements) -> Provenance:
    """Return where a file came from; without a checksum if it also holds what stays inside."""
    public = _public_agreements(agreements)
    inside = {
        ACTIONS_FILE: agreements.actions != public.actions,
        MEASUREMENTS_FILE: agreements.measurements != public.measurements,
    }
    return replace(item, sha256="", rows=None) if inside.get(item.path) else item


def attempts_at(
    provenance: Iterable[Provenance], attempts: Iterable[Attempt]
) -> tuple[Attempt, ...]:
    """Return the attempts at files that are there: what never came in has no age to tell."""
    present = {item.path for item in provenance}
    return tuple(attempt for attempt in attempts if present.intersection(attempt.paths))


def require_public(
    catalogue: Iterable[Indicator],
    provenance: Iterable[Provenance],
    attempts: Iterable[Attempt],
) -> None:
    """
    Refuse a public view that tells of an indicator for the parties only.

    Parameters
    ----------
    catalogue, provenance, attempts
        Of the view.

    Raises
    ------
    ReleaseError
        If one of them is about such an indicator.
    """
    inside = [
        *(item.id for item in catalogue if item.edition != "publiek"),
        *(item.path for item in provenance if item.path in INTERNAL_FILES),
        *(attempt.source for attempt in attempts if not _may_be_named(attempt)),
    ]
    if inside:
        msg = f"public edition: expected nothing that is intern, found {', '.join(inside)}"
        raise ReleaseError(msg)


def require_public_agreements(agreements: Agreements) -> None:
    """
    Refuse a public view with actions or measurements for the parties only.

    Parameters
    ----------
    agreements
        Of the view.

    Raises
    ------
    ReleaseError
        If one of them is not for everyone, or a measurement is of a wijk.
    """
    public = _public_agreements(agreements)
    inside = [
        *(each.action_id for each in agreements.actions if each not in public.actions),
        *(each.code for each in agreements.measurements if each not in public.measurements),
    ]
    if inside:
        msg = f"public edition: expected nothing for the parties only, found {', '.join(inside)}"
        raise ReleaseError(msg)


def require_listed(
    catalogue: Iterable[Indicator],
    figures: pd.DataFrame,
    signals: pd.DataFrame,
    *moments: Iterable[tuple[str, str]],
) -> None:
    """
    Refuse figures that the catalogue of a view does not explain.

    Parameters
    ----------
    catalogue
        Of the view.
    figures, signals
        Tables with an ``indicator``.
    moments
        Indicators with a year, of which something else is told.

    Raises
    ------
    ReleaseError
        If one of them is about an indicator that is not in the catalogue.
    """
    known = {item.id for item in catalogue}
    told = {name for part in moments for name, _ in part}
    named = {*figures["indicator"], *signals["indicator"], *told}
    if named - known:
        extra = ", ".join(sorted(named - known))
        msg = f"figures: expected only indicators of the catalogue, found {extra}"
        raise ReleaseError(msg)


def _may_be_named(attempt: Attempt) -> bool:
    """Tell whether a failed refresh is known to be about public files only."""
    return bool(attempt.paths) and INTERNAL_FILES.isdisjoint(attempt.paths)


def _public_ids(catalogue: Iterable[Indicator]) -> frozenset[str]:
    return frozenset(item.id for item in catalogue if item.edition == "publiek")


def _only(table: pd.DataFrame, indicators: frozenset[str]) -> pd.DataFrame:
    return table[table["indicator"].isin(indicators)].reset_index(drop=True)

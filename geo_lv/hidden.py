"""Everything that the public edition hides of all figures, in one place."""

from collections.abc import Mapping
from dataclasses import dataclass

from geo_lv.minimums import Moment, Withheld, too_few
from geo_lv.pipeline import LEVELS, Results
from geo_lv.remembered import remember
from geo_lv.suppression import Secrets, count_cells, find_secrets
from geo_lv.withheld import without_internal


@dataclass(frozen=True)
class Hidden:
    """What is secret, of figures about dwellings and of published ones."""

    secrets: Secrets
    cells: int
    """Number of cells with dwellings, of which `secrets` hides some."""
    published: Mapping[Moment, Withheld]


def find_hidden(results: Results) -> Hidden:
    """
    Decide what the public edition hides.

    Parameters
    ----------
    results
        All figures; those for the parties only are not looked at, as they are not public anyway.

    Returns
    -------
    hidden
        What is secret and why. The reasons are for the parties only: of a figure in the public
        edition they would tell how small it is.
    """
    public = without_internal(results)
    inputs = public.inputs
    owners = inputs.dwellings["corporation"]
    matched = {
        level: {
            str(owner): int(homes)
            for owner, homes in owners.loc[public.joins[level].matched.index].value_counts().items()
        }
        for level in LEVELS
    }
    rules = inputs.privacy
    question = (public.labels, inputs.areas.without_names, matched, rules.dwellings.limits)
    return Hidden(
        secrets=remember(
            "secrets",
            question,
            lambda: find_secrets(public.labels, inputs.areas, matched, rules.dwellings),
        ),
        cells=len(count_cells(public.labels)),
        published=too_few(public.figures, rules.published, public.catalogue, inputs.areas),
    )

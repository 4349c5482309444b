"""The figures of the page as CSV for a Dutch spreadsheet."""

from collections.abc import Sequence

from geo_lv.maps.cells import plain_value
from geo_lv.maps.country.legend import REASON_TEXTS, Classed
from geo_lv.maps.country.view import CountryView
from geo_lv.maps.downloads import FICTITIOUS, csv_file, safe_text


def buurten_csv(view: CountryView, items: Sequence[Classed]) -> bytes:
    """
    Write every buurt with its figures.

    Parameters
    ----------
    view
        What the page shows.
    items
        Its indicators.

    Returns
    -------
    content
        A row per buurt; per indicator its figure as it was released, and the reason when there is
        none. Made-up figures say so in each row.
    """
    columns = [column for item in items for column in _columns(item)]
    names = [name for item in items for name in (item.indicator.id, f"{item.indicator.id}_reden")]
    gemeenten = [(each.gm_code, safe_text(each.name)) for each in view.gemeenten]
    mark = FICTITIOUS if view.fictitious else ""
    rows = (
        (code, safe_text(name), *gemeenten[place], *figures, mark)
        for code, name, place, *figures in zip(
            view.codes, view.names, view.gemeente_of, *columns, strict=True
        )
    )
    return csv_file(";".join(("code", "naam", "gm_code", "gemeente", *names, "fictief")), rows)


def _columns(item: Classed) -> tuple[list[str], list[str]]:
    reasons = item.reasons.tolist()
    values = item.indicator.values.tolist()
    return (
        [
            plain_value(value) if reason < 0 else ""
            for value, reason in zip(values, reasons, strict=True)
        ],
        ["" if reason < 0 else REASON_TEXTS[reason] for reason in reasons],
    )

"""Tables of CBS, and of others who publish as CBS does, over OData version 3.

`ask` gets documents through the library cbsodata, `columns` and `rows` read them and are pure. The
library's own way to get a table puts the titles of areas in place of their codes, and titles are
not unique. Asking it for the entity ``TypedDataSet`` gives the rows as the source wrote them, with
the key of every dimension: so no table needs a column such as ``Codering_3``.
"""

from geo_lv.sources.odata.ask import ROWS, fetch_entity, fetch_tables, starts_with
from geo_lv.sources.odata.columns import (
    TOPIC,
    Column,
    Wanted,
    columns_of,
    dimensions_of,
    normal,
    require_column,
    resolved,
    similar,
    title_of,
)
from geo_lv.sources.odata.rows import Cell, cell_of, rows_of, tables_of, titles_of

__all__ = [
    "ROWS",
    "TOPIC",
    "Cell",
    "Column",
    "Wanted",
    "cell_of",
    "columns_of",
    "dimensions_of",
    "fetch_entity",
    "fetch_tables",
    "normal",
    "require_column",
    "resolved",
    "rows_of",
    "similar",
    "starts_with",
    "tables_of",
    "title_of",
    "titles_of",
]

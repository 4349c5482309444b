"""The documented schema is the schema."""

import re
from pathlib import Path

from geo_lv.properties import SCHEMA

README = Path(__file__).parents[2] / "data" / "properties" / "README.md"


def test_every_column_is_documented_in_order_and_what_must_be_there_says_so() -> None:
    text = README.read_text(encoding="utf-8").split("## Columns of `dwellings.csv`")[1]
    rows = re.findall(r"^\| `(\w+)` \| (always: )?", text.split("\n## ")[0], re.MULTILINE)
    expected = [(c.name, "" if c.optional else "always: ") for c in SCHEMA.columns]
    assert rows == expected

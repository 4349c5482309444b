"""Builds a site in children that may be killed, see `tests.warm`.

``publish data out`` publishes the site that was made of that folder in the beginning; ``halfway``
does so where folders cannot be exchanged, and ends without any clearing up between two renames.
"""

import os
import sys
from contextlib import redirect_stdout
from pathlib import Path
from unittest.mock import patch

from geo_lv import cli_data, refresh
from geo_lv.site import quiet, workplace
from tests.warm import command, obey


def publish(source: str, out: str) -> int:
    """Publish what stands in a folder."""
    files = {
        path.relative_to(source).as_posix(): path.read_bytes()
        for path in Path(source).rglob("*")
        if path.is_file()
    }
    with workplace.working_on(Path(out), quiet) as place:
        place.publish(files)
    return 0


def halfway(source: str, out: str) -> int:
    """Publish it by two renames, and end after the first."""

    def moved(self: Path, target: Path) -> None:
        os.rename(self, target)  # noqa: PTH104 - the method is what is replaced
        os._exit(9)

    with patch.object(workplace, "exchange", lambda *_: False), patch.object(Path, "rename", moved):
        return publish(source, out)


if __name__ == "__main__":
    with redirect_stdout(sys.stderr):  # so that a child loads nothing for the first time
        assert command("--data", *sys.argv[1:]) == 0
    assert cli_data.__name__
    assert refresh.__name__
    obey({"publish": publish, "halfway": halfway})

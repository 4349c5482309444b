"""Refreshes a source in children that may be killed, see `tests.warm`.

``refresh step data name address`` refreshes a source, ``finish step data`` completes what was
broken off; both end without any clearing up when that step is done.
"""

import os
import sys
from pathlib import Path

from geo_lv import cli_fetch
from geo_lv.inputs import load_inputs
from geo_lv.refresh import RefreshOptions, finish, refresh
from tests.refresh.conftest import BY_NAME, DAY, quick
from tests.warm import obey


def until(what: str, step: str, data: str, name: str = "", address: str = "") -> int:
    """Do it, but no further than that step."""

    def stop(done: str) -> None:
        if done == step:
            os._exit(9)

    if what == "finish":
        finish(Path(data), stop)
        return 0
    options = RefreshOptions(
        data=Path(data),
        sources=(BY_NAME[name],),
        day=DAY,
        addresses={name: address},
        open_transport=quick,
        step=stop,
    )
    refresh(options, lambda *_: None)
    return 0


if __name__ == "__main__":
    load_inputs(Path(sys.argv[1]))  # so that a child does not load anything for the first time
    finish(Path(sys.argv[1]))
    assert cli_fetch.__name__
    obey(
        {
            "refresh": lambda *order: until("refresh", *order),
            "finish": lambda *order: until("finish", *order),
        }
    )

"""A process that has everything loaded, and runs the command line in children that may be killed.

It has one thread, so a child is a whole copy of it. Each line that it reads is a JSON list; it
answers with the process id of the child, and with what became of it when it is gone.

``["run", argument, ...]`` runs ``geo-lv`` with these arguments. ``["refresh", step, data, name,
address]`` refreshes a source, ``["finish", step, data]`` completes what was broken off; both end
without any clearing up when that step is done.
"""

import json
import os
import sys
from contextlib import suppress
from pathlib import Path
from typing import NoReturn

from geo_lv import cli, cli_fetch
from geo_lv.inputs import load_inputs
from geo_lv.refresh import RefreshOptions, finish, refresh
from tests.refresh.conftest import BY_NAME, DAY, quick


def child(order: list[str]) -> NoReturn:
    """Do what is asked, silently, and end."""
    code = 70
    with suppress(Exception):
        if order[0] == "run":
            code = _command(order[1:])
        else:
            _until(*order)
            code = 0
    os._exit(code)


def _command(arguments: list[str]) -> int:
    sys.argv = ["geo-lv", *arguments]
    try:
        cli.main()
    except SystemExit as end:
        return int(end.code or 0)
    return 0


def _until(what: str, step: str, data: str, name: str = "", address: str = "") -> None:
    def stop(done: str) -> None:
        if done == step:
            os._exit(9)

    if what == "finish":
        finish(Path(data), stop)
        return
    options = RefreshOptions(
        data=Path(data),
        sources=(BY_NAME[name],),
        day=DAY,
        addresses={name: address},
        open_transport=quick,
        step=stop,
    )
    refresh(options, lambda *_: None)


def main() -> None:
    """Read orders until there are no more."""
    load_inputs(Path(sys.argv[1]))  # so that a child does not load anything for the first time
    finish(Path(sys.argv[1]))
    sys.stderr = Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115 - until the end
    answers = sys.stdout
    sys.stdout = sys.stderr
    print("ready", cli_fetch.__name__, file=answers, flush=True)
    for line in sys.stdin:
        process = os.fork()
        if process == 0:
            child(json.loads(line))
        print(process, file=answers, flush=True)
        _, status = os.waitpid(process, 0)
        print(os.waitstatus_to_exitcode(status), file=answers, flush=True)


if __name__ == "__main__":
    main()

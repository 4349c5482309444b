"""A refresh that is killed, at any moment: the folder is completely old or completely new."""

import random
import signal
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from geo_lv.errors import InputError
from geo_lv.inputs import load_inputs
from geo_lv.refresh import finish
from tests.kwb_stand_in import areas_of, kerncijfers
from tests.ogc_stand_in import from_folder
from tests.politie_stand_in import small_police
from tests.refresh.conftest import DATA, Contents, Run, contents, restore
from tests.stand_in import Service, serving
from tests.warm import Warm, warmed

KILLS = 17
"""Of each of the three sources: together more than fifty."""
SEED = 20_261_125
KILLED = -signal.SIGKILL
FILES = {
    "pdok": (
        "buurten.geojson",
        "divisions.csv",
        "wijken.geojson",
        "answers.zip",
        "provenance.toml",
    ),
    "cbs": ("divisions.csv", "answers.zip", "provenance.toml", "kerncijfers.csv"),
    "politie": ("answers.zip", "provenance.toml", "politie.csv"),
}
"""In the order in which they are moved."""


def steps_of(name: str) -> tuple[str, ...]:
    """Return the steps of taking in the files of a source; ``committed`` is the one that counts."""
    moved = (f"moved {file}" for file in FILES[name])
    return ("written", "checked", "committed", *moved, "finished")


@pytest.fixture
def warm(small: Path) -> Iterator[Warm]:
    """Start a process that can refresh, and end it."""
    with warmed("tests.refresh.warm", str(small)) as process:
        yield process


@pytest.fixture(params=sorted(FILES))
def name(request: pytest.FixtureRequest) -> str:
    found: str = request.param
    return found


@pytest.fixture
def service(name: str) -> Iterator[Service]:
    """Run a stand-in that knows the areas of the example, in several pages."""
    place = from_folder(DATA, page=25, years=(2026,))
    areas = areas_of(place.buurten, place.wijk_names)
    found: Service = place
    if name == "cbs":
        found = kerncijfers(areas, (2022,), page=25)
    if name == "politie":
        found = small_police()
    with serving(found):
        yield found


@pytest.fixture
def states(name: str, small: Path, service: Service, run: Run) -> tuple[Contents, Contents]:
    """Return the folder as it is and as it will be; a build takes both."""
    old = contents(small)
    load_inputs(small)
    assert not run(name, service.base).failed
    new = contents(small)
    load_inputs(small)
    restore(small, old)
    assert old != new
    return old, new


def state(small: Path, states: tuple[Contents, Contents]) -> str:
    """Open a folder as each command does, and return how it is."""
    finish(small)
    assert not [*small.glob(".refresh*")]
    found = contents(small)
    return "old" if found == states[0] else "new" if found == states[1] else "mixed"


def test_killed_at_random_moments(
    name: str, small: Path, service: Service, states: tuple[Contents, Contents], warm: Warm
) -> None:
    order: tuple[str, ...] = (
        "run",
        "--data",
        str(small),
        "fetch",
        name,
        "--adres",
        f"{name}={service.base}",
    )
    if name != "pdok":
        # the command asks a few times a second only, of many tables, and of today
        order = ("refresh", "none", str(small), name, service.base)
    begun = time.perf_counter()
    assert warm.do(*order) == 0
    took = time.perf_counter() - begun
    new = contents(small)
    # the day in the provenance is today's
    assert {file for file in new if new[file] != states[1].get(file)} <= {
        "provenance.toml",
        f"downloads/{name}/answers.zip",
    }
    moments = random.Random(SEED)  # noqa: S311 - the same moments each time
    ends: Counter[str] = Counter()
    for _ in range(KILLS):
        restore(small, states[0])
        code = warm.do(*order, kill_after=moments.uniform(0, took))
        assert code in {KILLED, 0}
        ends[state(small, (states[0], new))] += 1
    assert ends["mixed"] == 0
    assert ends["old"] > KILLS / 10


def test_killed_right_after_each_step(
    name: str, small: Path, service: Service, states: tuple[Contents, Contents], warm: Warm
) -> None:
    ends: dict[str, str] = {}
    steps = steps_of(name)
    for step in steps:
        restore(small, states[0])
        assert warm.do("refresh", step, str(small), name, service.base) == 9
        if (small / ".refresh").exists():
            with pytest.raises(InputError, match="not half way a refresh"):
                load_inputs(small)
        ends[step] = state(small, states)
    place = steps.index("committed")
    assert ends == dict.fromkeys(steps[:place], "old") | dict.fromkeys(steps[place:], "new")


def test_killed_while_what_was_broken_off_is_completed(
    name: str, small: Path, service: Service, states: tuple[Contents, Contents], warm: Warm
) -> None:
    assert warm.do("refresh", "committed", str(small), name, service.base) == 9
    for file in FILES[name]:
        assert warm.do("finish", f"moved {file}", str(small)) == 9
        with pytest.raises(InputError, match="not half way a refresh"):
            load_inputs(small)
    assert state(small, states) == "new"

"""Builds that are killed, stopped, or meet another one or a full disk: the site stays complete."""

import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from geo_lv.errors import OutputError
from geo_lv.site import workplace
from geo_lv.site.swap import exchange
from geo_lv.site.workplace import working_on
from tests.command import run
from tests.publishing.conftest import Contents, build, contents, listing
from tests.warm import ROOT, Warm, warmed

KILLS = {"run": 15, "publish": 35}
"""Anywhere in a build, and while it publishes: that is short, and the part that counts."""
SEED = 20_261_126
KILLED = -signal.SIGKILL


@pytest.fixture(scope="module")
def warm(made: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Warm]:
    """Start a process that can build, and end it."""
    spare = tmp_path_factory.mktemp("spare") / "maps"
    with warmed(
        "tests.publishing.warm", str(made / "changed"), "build", "--out", str(spare)
    ) as process:
        yield process


@pytest.fixture
def states(made: Path) -> dict[str, Contents]:
    """Return how the site is, and how it will be."""
    return {name: contents(made / name) for name in ("old", "new")}


def state(out: Path, states: dict[str, Contents]) -> str:
    """Tell which of the two the site is: it is there at every moment."""
    found = contents(out)
    return next((name for name, files in states.items() if files == found), "mixed")


def publish(files: Contents, out: Path) -> list[str]:
    """Publish as a build does, and return what the user is told."""
    told: list[str] = []
    with working_on(out, told.append) as place:
        place.publish(files)
    return told


def test_killed_at_random_moments(
    made: Path, out: Path, states: dict[str, Contents], warm: Warm
) -> None:
    """The next build says what happened exactly when something was left, and removes it."""
    orders = (
        ("run", "--data", str(made / "changed"), "build", "--out", str(out)),
        ("publish", str(made / "new"), str(out)),
    )
    moments = random.Random(SEED)  # noqa: S311 - the same moments each time
    ends: Counter[str] = Counter()
    for order in orders:
        publish(states["old"], out)
        begun = time.perf_counter()
        assert warm.do(*order) == 0
        took = time.perf_counter() - begun
        assert state(out, states) == "new"
        for _ in range(KILLS[order[0]]):
            publish(states["old"], out)
            assert warm.do(*order, kill_after=moments.uniform(0, took)) in {KILLED, 0}
            ends[state(out, states)] += 1
            left = listing(out.parent) != ["maps"]
            ends["left"] += left
            told = publish(states["new"], out)
            assert (told != []) == left
            assert all("broken off; what it left has been removed" in words for words in told)
            assert listing(out.parent) == ["maps"]
            assert state(out, states) == "new"
    assert ends["mixed"] == 0
    assert ends["old"] > 5
    assert ends["left"] > 5


def test_the_command_says_that_an_earlier_build_was_broken_off(
    made: Path, out: Path, states: dict[str, Contents], warm: Warm
) -> None:
    """Killed where folders cannot be exchanged, between the two renames: the site comes back."""
    assert warm.do("halfway", str(made / "new"), str(out)) == 9
    assert listing(out.parent) == [".maps.geo-lv"]
    said = build(made / "changed", out)
    assert (
        said == f"{out}: an earlier build was broken off; the previous site is back in its place\n"
    )
    assert state(out, states) == "new"
    assert listing(out.parent) == ["maps"]


def test_the_site_comes_back_even_if_the_next_build_fails(
    made: Path, out: Path, states: dict[str, Contents], warm: Warm
) -> None:
    assert warm.do("halfway", str(made / "new"), str(out)) == 9
    done = run("--data", made / "nowhere", "build", "--out", out)
    assert done.returncode == 1
    assert "the previous site is back in its place" in done.stderr
    assert state(out, states) == "old"
    assert listing(out.parent) == ["maps"]


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGINT])
def test_a_build_that_is_asked_to_stop_leaves_nothing(
    made: Path, out: Path, states: dict[str, Contents], how: int
) -> None:
    """A real process, stopped as soon as it has made its work folder."""
    with subprocess.Popen(
        [sys.executable, "-m", "geo_lv", "--data", made / "changed", "build", "--out", out],
        cwd=ROOT,
        stderr=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        while listing(out.parent) == ["maps"]:
            time.sleep(0.01)
        process.send_signal(how)
        _, said = process.communicate()
    assert process.returncode == 1
    assert said == f"{out}: stopped on request; the previous site is unchanged\n"
    assert state(out, states) == "old"
    assert listing(out.parent) == ["maps"]


@pytest.mark.parametrize("when", ["_lock", "_made"])
def test_a_request_to_stop_waits_until_the_work_folder_is_held(
    when: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    original = getattr(workplace, when)

    def disturbed(*arguments: object) -> object:
        found = original(*arguments)
        signal.raise_signal(signal.SIGINT)
        return found

    monkeypatch.setattr(workplace, when, disturbed)
    with (
        pytest.raises(OutputError, match="stopped on request"),
        working_on(tmp_path / "maps", print),
    ):
        pytest.fail("it was not stopped")
    assert listing(tmp_path) == []
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler


def test_a_second_build_says_that_another_is_writing_there(
    made: Path, out: Path, states: dict[str, Contents]
) -> None:
    with working_on(out, print):
        done = run("--data", made / "changed", "build", "--out", out)
        assert (done.returncode, done.stdout) == (1, "")
        assert "expected no other build, found one that is writing there" in done.stderr
        assert state(out, states) == "old"
    assert listing(out.parent) == ["maps"]


def test_two_builds_at_once_leave_one_complete_site(
    made: Path, out: Path, states: dict[str, Contents], warm: Warm
) -> None:
    warm.start("run", "--data", str(made / "changed"), "build", "--out", str(out))
    while listing(out.parent) == ["maps"]:
        time.sleep(0.01)
    done = run("--data", made / "data", "build", "--out", out)
    assert int(warm.answer()) == 0
    assert done.returncode == 1
    assert state(out, states) == "new"
    assert listing(out.parent) == ["maps"]


def mounted(script: str, *arguments: Path) -> str:
    """Run a script as the head of a file system of its own, and return what it said."""
    command = ["unshare", "--user", "--map-root-user", "--mount", "sh", "-ec", script, "sh"]
    done = subprocess.run(
        [*command, sys.executable, *arguments],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    return done.stdout + done.stderr


BUILD = '"$1" -m geo_lv --data "$2" build --out "$4/maps" || echo "exit $?"; '
LOOK = 'ls -A "$4"; diff -r "$3" "$4/maps" && echo same'


def test_a_full_disk_leaves_the_previous_site(made: Path, tmp_path: Path) -> None:
    """On a disk on which the site fits once."""
    used = sum(-(-len(content) // 4096) * 4 for content in contents(made / "old").values())
    said = mounted(
        f'mount -t tmpfs -o size={used * 3 // 2}k tmpfs "$4"; cp -r "$3" "$4/maps"; {BUILD}{LOOK}',
        made / "changed",
        made / "old",
        tmp_path,
    )
    assert "found no space left on device; the previous site is unchanged" in said
    assert "exit 1\n" in said
    assert "\nmaps\nsame\n" in said
    assert ".geo-lv" not in said


def test_an_output_that_is_read_only_leaves_the_previous_site(made: Path, tmp_path: Path) -> None:
    said = mounted(
        f'mount -t tmpfs tmpfs "$4"; cp -r "$3" "$4/maps"; mount -o remount,ro "$4"; {BUILD}{LOOK}',
        made / "changed",
        made / "old",
        tmp_path,
    )
    assert "found read-only file system; the previous site is unchanged" in said
    assert "exit 1\n" in said
    assert "\nmaps\nsame\n" in said


def test_two_folders_change_places_in_one_step(tmp_path: Path) -> None:
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        (tmp_path / name / name).write_bytes(b"")
    assert exchange(tmp_path / "a", tmp_path / "b")
    assert (listing(tmp_path / "a"), listing(tmp_path / "b")) == (["b"], ["a"])
    with pytest.raises(FileNotFoundError):
        exchange(tmp_path / "a", tmp_path / "c")


@pytest.fixture
def no_exchange(monkeypatch: pytest.MonkeyPatch) -> None:
    """Be on a system that cannot exchange folders."""
    monkeypatch.setattr(workplace, "exchange", lambda *_: False)


@pytest.mark.usefixtures("no_exchange")
@pytest.mark.parametrize("error", [OSError(28, "No space left on device"), KeyboardInterrupt()])
def test_two_renames_of_which_one_fails_put_the_old_site_back(
    out: Path, states: dict[str, Contents], monkeypatch: pytest.MonkeyPatch, error: BaseException
) -> None:
    rename = Path.rename

    def failing(self: Path, target: Path) -> Path:
        if self.name == "new":
            raise error
        return rename(self, target)

    monkeypatch.setattr(Path, "rename", failing)
    with pytest.raises(OutputError):
        publish(states["new"], out)
    assert state(out, states) == "old"
    assert listing(out.parent) == ["maps"]


@pytest.mark.usefixtures("no_exchange")
def test_an_old_site_that_cannot_be_put_back_is_kept_and_found(
    out: Path, states: dict[str, Contents], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Both renames fail: the only copy of the site must not go with the work folder."""
    rename = Path.rename

    def failing(self: Path, target: Path) -> Path:
        if Path(target) == out:
            raise PermissionError(13, "Permission denied")
        return rename(self, target)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "rename", failing)
        with pytest.raises(OutputError, match="rename that folder to maps") as raised:
            publish(states["new"], out)
    kept = out.parent / ".maps.geo-lv" / "old"
    assert str(kept) in str(raised.value)
    assert contents(kept) == states["old"]
    assert publish(states["new"], out) == [
        f"{out}: an earlier build was broken off; the previous site is back in its place"
    ]


def test_what_others_put_in_the_work_folder_is_left_alone(
    out: Path, states: dict[str, Contents]
) -> None:
    folder = out.parent / ".maps.geo-lv"
    folder.mkdir()
    (folder / "mine").write_bytes(b"mine")
    with pytest.raises(OutputError, match="directory not empty; the new site stands there"):
        publish(states["new"], out)
    assert contents(folder) == {"mine": b"mine"}


def test_a_link_in_the_place_of_the_work_folder_is_not_followed(
    out: Path, states: dict[str, Contents], tmp_path: Path
) -> None:
    elsewhere = tmp_path / "elders"
    (elsewhere / "old").mkdir(parents=True)
    (out.parent / ".maps.geo-lv").symlink_to(elsewhere)
    with pytest.raises(OutputError, match="the previous site is unchanged"):
        publish(states["new"], out)
    assert listing(elsewhere) == ["old"]
    assert state(out, states) == "old"


def test_a_build_that_fails_leaves_no_folders_above_its_output(made: Path, tmp_path: Path) -> None:
    done = run("--data", made / "nowhere", "build", "--out", tmp_path / "a" / "b" / "maps")
    assert done.returncode == 1
    assert listing(tmp_path) == []


@pytest.mark.parametrize(
    "path",
    [
        "../x.html",
        "/etc/x.html",
        "a/../../x.html",
        "a//x.html",
        "a\\x.html",
        "a/x\0.html",
        ".hidden",
        "a/.git/config",
        "con",
        "thema/nul.html",
        "COM1.txt",
        "x.html.",
        "x .html",
        "x:y.html",
        "é.html",
        "",
        "a/",
        "x" * 101,
        "/".join(["abc"] * 60),
    ],
)
def test_a_path_that_could_lie_elsewhere_is_refused(
    out: Path, states: dict[str, Contents], path: str
) -> None:
    before = listing(out.parent.parent)
    with pytest.raises(OutputError, match="expected paths of letters"):
        publish({"index.html": b"", path: b"hostile"}, out)
    assert state(out, states) == "old"
    assert listing(out.parent.parent) == before
    assert listing(out.parent) == ["maps"]


@pytest.mark.parametrize("other", ["Wijk/a.html", "wijk/A.HTML", "wijk", "wijk/a.html/b"])
def test_paths_that_are_one_without_capitals_are_refused(
    out: Path, states: dict[str, Contents], other: str
) -> None:
    with pytest.raises(OutputError, match="differ in more than capitals"):
        publish({"wijk/a.html": b"", other: b""}, out)
    assert state(out, states) == "old"


def test_files_stay_readable_for_a_web_server(out: Path, states: dict[str, Contents]) -> None:
    mask = os.umask(0)
    os.umask(mask)
    publish(states["new"], out)
    assert out.stat().st_mode & 0o777 == 0o777 & ~mask
    assert (out / "index.html").stat().st_mode & 0o777 == 0o666 & ~mask

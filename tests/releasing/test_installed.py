"""What the wheel needs is found through the metadata of what is installed, made up here."""

from pathlib import Path

import pytest

from release.installed import ReleaseError, find_needed, require_pinned
from tests.releasing.made_up import install


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Install boom, which needs tak, which needs boom; with the extra fruit also appel."""
    install(
        tmp_path,
        "boom",
        "Requires-Dist: Tak_Groen>=1",
        'Requires-Dist: appel; extra == "fruit"',
        'Requires-Dist: raam; sys_platform == "win32"',
    )
    install(tmp_path, "tak-groen", "Requires-Dist: boom[fruit]", version="2.0")
    install(tmp_path, "appel")
    install(tmp_path, "steen")
    return tmp_path


def found(folder: Path, *requirements: str) -> dict[str, tuple[str, ...]]:
    return {one.name: one.needs for one in find_needed(requirements, [str(folder)])}


def test_a_library_brings_what_it_needs_itself(folder: Path) -> None:
    """Not steen, which nobody asks for, nor raam, which is for another system."""
    assert found(folder, "boom>=1") == {
        "appel": (),
        "boom": ("appel", "tak-groen"),
        "tak-groen": ("boom",),
    }


def test_an_extra_counts_only_where_it_is_asked_for(tmp_path: Path) -> None:
    install(tmp_path, "boom", 'Requires-Dist: appel; extra == "fruit"')
    install(tmp_path, "appel")
    assert found(tmp_path, "boom") == {"boom": ()}
    assert found(tmp_path, "Boom[fruit]") == {"appel": (), "boom": ("appel",)}


def test_what_is_not_installed_is_named(folder: Path) -> None:
    with pytest.raises(
        ReleaseError, match=r"^wortel: expected to be installed, .*; run pip install"
    ):
        found(folder, "boom", "wortel")


def test_the_tested_versions_pass(folder: Path) -> None:
    needed = find_needed(["boom"], [str(folder)])
    require_pinned(needed, "# a comment\nBoom==1.0\nappel==1.0\ntak_groen==2.0\n")


def test_all_untested_versions_are_named(folder: Path) -> None:
    needed = find_needed(["boom"], [str(folder)])
    with pytest.raises(ReleaseError) as caught:
        require_pinned(needed, "boom==1.0\ntak-groen==1.9\n")
    first, second = str(caught.value).splitlines()
    assert first.startswith("appel: expected a line in constraints.txt, found 1.0; run pip install")
    assert second.startswith("tak-groen: expected 1.9, found 2.0; run pip install")

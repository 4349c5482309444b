"""A library without a known and allowed licence stops a release."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from release.installed import ReleaseError, find_needed
from release.licences import Licence, Rules, find_licences, is_allowed, load_rules
from release.project import ROOT, load_project
from tests.releasing.made_up import install

MIT = "License :: OSI Approved :: MIT License"
RULES = Rules(frozenset({"MIT", "ISC"}), {MIT: "MIT"}, {"gelezen": "ISC", "dubbel": "ISC"})


def licences(folder: Path, *names: str) -> dict[str, Licence]:
    return find_licences(find_needed(names, [str(folder)]), RULES)


@pytest.mark.parametrize(
    ("field", "licence"),
    [
        ("License-Expression: MIT OR GPL-3.0-only", "MIT OR GPL-3.0-only"),
        ("License: ISC", "ISC"),
        (f"Classifier: {MIT}", "MIT"),
        (f"License: MIT License\nClassifier: {MIT}", "MIT"),
    ],
)
def test_metadata_say_the_licence(field: str, licence: str, tmp_path: Path) -> None:
    install(tmp_path, "zegt", field)
    assert licences(tmp_path, "zegt") == {"zegt": Licence(licence, declared=True)}


def test_what_a_person_read_counts_when_metadata_say_nothing(tmp_path: Path) -> None:
    install(tmp_path, "gelezen", "License: see the website")
    assert licences(tmp_path, "gelezen") == {"gelezen": Licence("ISC", declared=False)}


def test_every_forbidden_and_unknown_licence_is_told_with_what_to_do(tmp_path: Path) -> None:
    install(tmp_path, "dicht", "License-Expression: AGPL-3.0-only", version="2.1")
    install(tmp_path, "dubbel", "License: MIT")
    install(tmp_path, "stil", "License:")
    install(tmp_path, "vaag", "License: BSD, mostly")
    install(tmp_path, "twee", f"Classifier: {MIT}", "Classifier: License :: OSI Approved")
    install(tmp_path, "zegt", "License: MIT")
    with pytest.raises(ReleaseError) as caught:
        licences(tmp_path, "dicht", "dubbel", "stil", "twee", "vaag", "zegt")
    rules = "release/licences.toml"
    read = f"read the licence in its files and add it under [read] in {rules}"
    use = f"use another library, or add the licence to allowed in {rules} if it goes with EUPL-1.2"
    assert str(caught.value).splitlines() == [
        f"dicht 2.1: expected an allowed licence, found AGPL-3.0-only; {use}",
        f"dubbel 1.0: its metadata say MIT; take its entry out of [read] in {rules}",
        f"stil 1.0: expected a licence in its metadata, found ''; {read}",
        f"twee 1.0: expected a licence in its metadata, found 'nothing'; {read}",
        f"vaag 1.0: expected a licence in its metadata, found 'BSD, mostly'; {read}",
    ]


@pytest.mark.parametrize(
    ("expression", "allowed"),
    [
        ("MIT", True),
        ("MIT AND ISC", True),
        ("MIT OR GPL-3.0-only", True),
        ("MIT AND GPL-3.0-only", False),
        ("MIT AND (ISC OR GPL-3.0-only)", True),
        ("GPL-3.0-only WITH Classpath-exception-2.0", False),
    ],
)
def test_and_needs_all_and_or_needs_one(expression: str, allowed: bool) -> None:  # noqa: FBT001 - a row of the table
    assert is_allowed(expression, RULES.allowed) is allowed


def test_nobody_read_a_licence_of_what_is_not_needed() -> None:
    needed = find_needed(load_project().requirements, sys.path)
    assert load_rules().read.keys() <= {one.name for one in needed}


def command(*first_on_path: Path) -> subprocess.CompletedProcess[str]:
    """Run the command with other folders before those of this environment."""
    search = os.pathsep.join(map(str, [*first_on_path, ROOT]))
    return subprocess.run(
        [sys.executable, "-m", "release", "licences"],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": search},
        capture_output=True,
        text=True,
        check=False,
    )


def test_every_library_of_the_wheel_has_an_allowed_licence() -> None:
    done = command()
    assert (done.returncode, done.stderr) == (0, "")
    assert re.search(r"^folium==\S+  MIT$", done.stdout, re.MULTILINE)
    assert re.search(r"^scipy==\S+  BSD-3-Clause  \(read\)$", done.stdout, re.MULTILINE)


def test_the_command_refuses_a_library_that_changed_its_licence(tmp_path: Path) -> None:
    """The same version of branca, a real dependency, with a made-up licence."""
    (branca,) = (
        one for one in find_needed(load_project().requirements, sys.path) if one.name == "branca"
    )
    install(tmp_path, "branca", "License-Expression: SSPL-1.0", version=branca.version)
    done = command(tmp_path)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith(
        f"branca {branca.version}: expected an allowed licence, found SSPL"
    )
    assert "Traceback" not in done.stderr

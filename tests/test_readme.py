"""What README.md prints is what works: its commands, its options, its links."""

import os
import re
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest

from tests.command import ROOT, run

README = (ROOT / "README.md").read_text(encoding="utf-8")
CALLS = re.findall(r"geo-lv (?:--data \S+ )?([a-z]+)\b", README)
OPTIONS = sorted(set(re.findall(r"`(--[a-z-]+)", README)))
PAGES = sorted(
    path.relative_to(ROOT).as_posix() for path in [*ROOT.glob("*.md"), *ROOT.glob("docs/*.md")]
)


def marked(name: str) -> str:
    """Give the fenced block after ``<!-- command: name -->``."""
    found = re.search(
        rf"^<!-- command: {name} -->\n```\w*\n(.*?)^```$", README, re.MULTILINE | re.DOTALL
    )
    assert found, f"README.md has no block marked {name}"
    return found[1].strip()


PAGE = """page() { mkdir -p "${1%/*}" && echo "$2" > "$1.html"; }
"""
STEPS = {
    "try": f"""{PAGE}for name in a b c d; do
page maps/wijkuitvoeringsplan/$name '<p id="kaart">'
done""",
    "own-indicator": f"""{PAGE}for name in index {{wijkuitvoeringsplan,thema}}/{{a,b,c,d}}; do
page maps-trees/$name Bomen
done""",
    "second-municipality": f"{PAGE}page maps-second/index 'Wijkmonitor Voorbeeldgemeente'",
}
"""What stands in the place of what a newcomer runs: it makes the pages that are looked for."""


@cache
def help_of(*command: str) -> str:
    done = run(*command, "--help")
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_both_commands_are_one_line_and_use_the_pins() -> None:
    for name in ("try", "test"):
        assert "\n" not in marked(name)
        assert "-c constraints.txt" in marked(name)


def test_the_first_command_ends_with_a_build() -> None:
    assert marked("try").endswith("geo-lv build")


def test_the_test_command_runs_everything() -> None:
    """A path, marker or expression after pytest would leave tests out."""
    assert marked("test").endswith("bin/pytest")


def ci_with(steps: dict[str, str], folder: Path) -> subprocess.CompletedProcess[str]:
    """Run the script with another README beside it: these commands, and a short test command."""
    (folder / ".ci").mkdir()
    (folder / ".ci" / "run").write_bytes((ROOT / ".ci" / "run").read_bytes())
    (folder / ".ci" / "environments").symlink_to("/bin/true")  # there is no wheel to try
    readme = README.replace(marked("test"), "echo 'ran by CI'; exit 3")
    for name, command in steps.items():
        readme = readme.replace(marked(name), command)
    (folder / "README.md").write_text(readme, encoding="utf-8")
    tools = folder / "bin"
    tools.mkdir()
    for name in ("chromium-headless-shell", "npm", "java", "mmdebstrap"):
        (tools / name).symlink_to(sys.executable)  # found, so nothing is installed here
    search = os.pathsep.join([str(tools), os.environ["PATH"]])
    return subprocess.run(
        ["bash", str(folder / ".ci" / "run")],
        env={**os.environ, "PATH": search},
        capture_output=True,
        text=True,
        check=False,
    )


def test_ci_runs_the_commands_of_the_readme_and_passes_on_the_end(tmp_path: Path) -> None:
    done = ci_with(STEPS, tmp_path)
    assert (done.returncode, done.stdout.splitlines()[-1:]) == (3, ["ran by CI"]), done.stderr


@pytest.mark.parametrize("step", STEPS)
def test_ci_sees_that_a_step_of_a_newcomer_made_no_page(step: str, tmp_path: Path) -> None:
    done = ci_with(STEPS | {step: "true"}, tmp_path)
    assert done.returncode == 1
    assert "expected" in done.stderr


@pytest.mark.parametrize("command", sorted(set(CALLS)))
def test_commands_exist(command: str) -> None:
    assert "Usage" in help_of(command)


@pytest.mark.parametrize("option", OPTIONS)
def test_options_exist(option: str) -> None:
    assert option in help_of() + "".join(map(help_of, sorted(set(CALLS))))


@pytest.mark.parametrize("page", PAGES)
def test_links_lead_somewhere(page: str) -> None:
    text = (ROOT / page).read_text(encoding="utf-8")
    targets = re.findall(r"\]\((?!https?:)([^)#]+)", text)
    assert [
        target for target in targets if not (ROOT / page).parent.joinpath(target).exists()
    ] == []

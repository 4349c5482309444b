"""Measure what the argument names, all of it if there is none; renew README.md."""

import re
import sys
from importlib import import_module
from pathlib import Path

REPORT = Path(__file__).parent / "README.md"
RUNS = {
    "pages": ("results", "pages", "run"),
    "rebuild": ("rebuild", "rebuild", "measure"),
    "ep_online": ("ep_online", "ep_online", "conclude"),
    "intake": ("intake", "intake", "measure"),
    "joining": ("joining", "joining", "run"),
    "country_page": ("country_page", "country_peers", "run"),
    "points": ("points", "points", "conclude"),
    "country_run": ("country_run", "country_run", "run"),
    "growth": ("growth", "growth", "run"),
    "guard": ("guard", "guard", "run"),
    "paper": ("paper", "paper", "run"),
}
"""Command to the part of the report, the module, and its function that measures."""


def main() -> int:
    """Run what the argument names; report what fell short."""
    commands = sys.argv[1:] or list(RUNS)
    if not RUNS.keys() >= set(commands):
        print(f"usage: python -m benchmarks [{' | '.join(RUNS)}]...", file=sys.stderr)
        return 2
    return max(measured(command) for command in commands)


def measured(command: str) -> int:
    """Measure one thing; return 1 if a limit is not kept."""
    part, module, function = RUNS[command]
    # a module of its own, so that no command needs the libraries of another
    return conclude(*getattr(import_module(f"benchmarks.{module}"), function)(), part=part)


def conclude(text: str, missed: list[str], *, part: str) -> int:
    """Renew a part of the report and print it, with what was not reached."""
    renew(REPORT, text, part)
    print(f"{text}\n\nnot reached: {', '.join(missed) or 'nothing'}")
    return 1 if missed else 0


def renew(report: Path, text: str, part: str) -> None:
    """Replace what stands between the markers of a part of the report."""
    old = report.read_text(encoding="utf-8")
    marked = re.compile(rf"(<!-- {part} -->\n).*?(\n<!-- end -->)", re.DOTALL)
    new, parts = marked.subn(lambda found: f"{found[1]}{text}{found[2]}", old)
    if parts != 1:
        msg = f"{report.name}: the part {part} is there {parts} times, not once"
        raise ValueError(msg)
    report.write_text(new, encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())

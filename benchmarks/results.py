"""Figures that one command measures and another works with, in results.json."""

import json
from pathlib import Path

FILE = Path(__file__).parent / "results.json"


def save(part: str, found: dict[str, float], file: Path = FILE) -> None:
    """Keep the figures of a part, in place of what was kept before."""
    kept = json.loads(file.read_text(encoding="utf-8")) if file.is_file() else {}
    kept[part] = {name: float(f"{value:.4g}") for name, value in found.items()}
    file.write_text(json.dumps(kept, indent=2, sort_keys=True) + "\n", encoding="utf-8")


def load(part: str, file: Path = FILE) -> dict[str, float]:
    """
    Read the figures of a part.

    Parameters
    ----------
    part
        As it was saved.
    file
        Where.

    Returns
    -------
    found
        By name.

    Raises
    ------
    KeyError
        If the part was never measured.
    """
    kept: dict[str, dict[str, float]] = json.loads(file.read_text(encoding="utf-8"))
    return kept[part]

"""Distributions that do not exist, installed in a folder as pip would: by their metadata."""

from pathlib import Path


def install(folder: Path, name: str, *fields: str, version: str = "1.0") -> None:
    """Install a made-up distribution; `fields` are lines of its METADATA."""
    home = folder / f"{name.replace('-', '_')}-{version}.dist-info"
    home.mkdir(parents=True)
    lines = ("Metadata-Version: 2.4", f"Name: {name}", f"Version: {version}", *fields)
    (home / "METADATA").write_text("\n".join(lines) + "\n\n", encoding="utf-8")

"""What a package takes along of the data folder: the embedded default, and never a real list."""

import tomllib
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

FOLDER = "data"
HOMES = ("properties/dwellings.csv", "properties/dwellings_previous.csv")
LEFT_OUT = ("properties/import/", "downloads/")
"""What imports and downloads leave behind for the officer."""


class DataHook(BuildHookInterface[Any]):
    """Takes the data folder along in a wheel, if no home in it is a real one."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Refuse a real list; choose the files."""
        data = Path(self.root) / FOLDER
        require_invented_homes(data)
        if self.target_name == "wheel" and version != "editable":
            names = (
                path.relative_to(data).as_posix() for path in data.rglob("*") if path.is_file()
            )
            chosen = [name for name in names if not name.startswith(LEFT_OUT)]
            inside = {f"{FOLDER}/{name}": f"geo_lv/data/{name}" for name in sorted(chosen)}
            build_data["force_include"].update(inside)


def require_invented_homes(data: Path) -> None:
    """Stop the build when provenance.toml does not say of every list that it is invented."""
    entries = tomllib.loads((data / "provenance.toml").read_text(encoding="utf-8"))["file"]
    invented = {entry["path"] for entry in entries if entry.get("fictitious")}
    real = [name for name in HOMES if (data / name).exists() and name not in invented]
    if real:
        msg = (
            f"{FOLDER}/{real[0]}: expected invented homes in a package, found a real list; "
            "build from a clean checkout"
        )
        raise ValueError(msg)

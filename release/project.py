"""What the repository says of itself: pyproject.toml, with the version of the package."""

import tomllib
from dataclasses import dataclass
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from geo_lv import __version__

ROOT = Path(__file__).parent.parent


@dataclass(frozen=True)
class Project:
    """The project, and the requirements of its wheel without extras."""

    name: str
    version: str
    description: str
    licence: str
    requirements: tuple[str, ...]

    @property
    def direct(self) -> list[str]:
        """Return the names of the distributions that the project itself asks for."""
        return sorted(canonicalize_name(Requirement(text).name) for text in self.requirements)


def load_project(root: Path = ROOT) -> Project:
    """Read ``pyproject.toml``."""
    text = (root / "pyproject.toml").read_text(encoding="utf-8")
    said = tomllib.loads(text)["project"]
    return Project(
        name=said["name"],
        version=__version__,
        description=said["description"],
        licence=said["license"],
        requirements=tuple(said["dependencies"]),
    )

"""What the wheel needs to run: its dependencies, and theirs, as they are installed."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from importlib.metadata import Distribution, PackageMetadata

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

HOW = "run pip install -c constraints.txt '.[test]'"
Asked = tuple[str, str]
"""A distribution, and the extra of it that is asked for; ``""`` is the distribution itself."""


class ReleaseError(Exception):
    """What must be put right before a release; each line of the message is one problem."""


@dataclass(frozen=True)
class Needed:
    """A distribution that the wheel needs, with the names of those that it needs itself."""

    name: str
    metadata: PackageMetadata
    needs: tuple[str, ...]

    @property
    def version(self) -> str:
        """Return the version that is installed."""
        return self.metadata["Version"]


def find_needed(requirements: Iterable[str], path: Sequence[str]) -> list[Needed]:
    """
    Follow requirements to all distributions that they lead to on this machine.

    A marker decides as it does for pip: what another system or another Python needs is left out.

    Parameters
    ----------
    requirements
        As in ``pyproject.toml``, such as ``pandera[pandas]>=0.24``.
    path
        Folders in which distributions are installed, as ``sys.path`` has them.

    Returns
    -------
    needed
        Each distribution once, by name.

    Raises
    ------
    ReleaseError
        If one of them is not installed.
    """
    waiting = [asked for text in requirements for asked in asked_by(Requirement(text))]
    found: dict[str, Distribution] = {}
    needs: dict[str, set[str]] = defaultdict(set)
    seen: set[Asked] = set()
    while waiting:
        asked = waiting.pop()
        if asked in seen:
            continue
        seen.add(asked)
        name, extra = asked
        found[name] = _installed(name, path)
        following = list(_following(found[name], extra))
        needs[name].update(other for other, _ in following)
        waiting += following
    return [
        Needed(name, found[name].metadata, tuple(sorted(needs[name]))) for name in sorted(found)
    ]


def asked_by(requirement: Requirement) -> Iterator[Asked]:
    """Give the distribution that a requirement names, and each extra of it."""
    name = canonicalize_name(requirement.name)
    yield name, ""
    for extra in sorted(requirement.extras):
        yield name, extra


def _installed(name: str, path: Sequence[str]) -> Distribution:
    found = next(iter(Distribution.discover(name=name, path=list(path))), None)
    if found is None:
        msg = f"{name}: expected to be installed, found nothing; {HOW}"
        raise ReleaseError(msg)
    return found


def _following(distribution: Distribution, extra: str) -> Iterator[Asked]:
    for requirement in map(Requirement, distribution.requires or ()):
        if requirement.marker is None or requirement.marker.evaluate({"extra": extra}):
            yield from asked_by(requirement)


def require_pinned(needed: Iterable[Needed], constraints: str) -> None:
    """
    Refuse to describe versions that were not tested.

    Parameters
    ----------
    needed
        What is installed.
    constraints
        The text of ``constraints.txt``: the versions of a tested run.

    Raises
    ------
    ReleaseError
        If a version differs from the tested one, or none was tested; all of them at once.
    """
    pins = _pins(constraints)
    problems = [
        f"{one.name}: expected {pins.get(one.name, 'a line in constraints.txt')}, "
        f"found {one.version}; {HOW}"
        for one in needed
        if pins.get(one.name) != one.version
    ]
    if problems:
        raise ReleaseError("\n".join(problems))


def _pins(constraints: str) -> dict[str, str]:
    lines = (line.partition("==") for line in constraints.splitlines() if not line.startswith("#"))
    return {canonicalize_name(name): version for name, _, version in lines}

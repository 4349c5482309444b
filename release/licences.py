"""Under which licence each library stands that the wheel needs, and whether it is one we allow."""

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from license_expression import ExpressionError, LicenseExpression, get_spdx_licensing

from release.installed import Needed, ReleaseError

RULES = Path(__file__).with_name("licences.toml")
SPDX = get_spdx_licensing()


@dataclass(frozen=True)
class Rules:
    """What ``licences.toml`` holds."""

    allowed: frozenset[str]
    classifiers: dict[str, str]
    read: dict[str, str]


@dataclass(frozen=True)
class Licence:
    """An SPDX expression, and whether the library says so itself or a person read it."""

    expression: str
    declared: bool


def load_rules(path: Path = RULES) -> Rules:
    """Read ``licences.toml``."""
    rules = tomllib.loads(path.read_text(encoding="utf-8"))
    read = {name: entry["licence"] for name, entry in rules["read"].items()}
    return Rules(frozenset(rules["allowed"]), rules["classifiers"], read)


def find_licences(needed: Iterable[Needed], rules: Rules) -> dict[str, Licence]:
    """
    Find the licence of each distribution.

    What its metadata say goes first: an SPDX expression, then a classifier that names one licence.
    Only then counts what a person read.

    Returns
    -------
    licences
        By name of the distribution.

    Raises
    ------
    ReleaseError
        If a licence is unknown or not allowed, or if a person read what the metadata say as well;
        all such distributions at once.
    """
    licences: dict[str, Licence] = {}
    problems: list[str] = []
    for one in needed:
        declared = _declared(one, rules)
        expression = declared or rules.read.get(one.name)
        if expression is None:
            problems.append(_unknown(one))
        elif not is_allowed(expression, rules.allowed):
            problems.append(_forbidden(one, expression))
        elif declared and one.name in rules.read:
            problems.append(_read_in_vain(one, declared))
        else:
            licences[one.name] = Licence(expression, declared is not None)
    if problems:
        raise ReleaseError("\n".join(problems))
    return licences


def is_allowed(expression: str, allowed: Iterable[str]) -> bool:
    """Tell whether an SPDX expression can be kept: of ``OR`` one must be, of ``AND`` all."""
    return _holds(SPDX.parse(expression, validate=True), frozenset(allowed))


def _holds(parsed: LicenseExpression, allowed: frozenset[str]) -> bool:
    if isinstance(parsed, SPDX.AND):
        return all(_holds(part, allowed) for part in parsed.args)
    if isinstance(parsed, SPDX.OR):
        return any(_holds(part, allowed) for part in parsed.args)
    return str(parsed) in allowed


def _declared(one: Needed, rules: Rules) -> str | None:
    texts = [*_said(one, "License-Expression"), *_said(one, "License")]
    classifiers = [text for text in _said(one, "Classifier") if text.startswith("License ::")]
    if len(classifiers) == 1:  # of more it is unknown whether one may choose or must keep them all
        texts.append(rules.classifiers.get(classifiers[0], ""))
    return next(filter(_is_spdx, texts), None)


def _said(one: Needed, field: str) -> list[str]:
    return one.metadata.get_all(field) or []


def _is_spdx(text: str) -> bool:
    try:
        return SPDX.parse(text, validate=True) is not None
    except ExpressionError:
        return False


def _unknown(one: Needed) -> str:
    said = (_said(one, "License") or ["nothing"])[0].partition("\n")[0]
    return (
        f"{one.name} {one.version}: expected a licence in its metadata, found {said!r}; read the "
        f"licence in its files and add it under [read] in release/{RULES.name}"
    )


def _forbidden(one: Needed, expression: str) -> str:
    return (
        f"{one.name} {one.version}: expected an allowed licence, found {expression}; use another "
        f"library, or add the licence to allowed in release/{RULES.name} if it goes with EUPL-1.2"
    )


def _read_in_vain(one: Needed, declared: str) -> str:
    return (
        f"{one.name} {one.version}: its metadata say {declared}; take its entry out of [read] in "
        f"release/{RULES.name}"
    )

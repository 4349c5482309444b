"""The last answers of slow steps, for a program that builds again when one input changed.

A step asks its question here. The same question as the last time gets the same answer, so a step
that works on that answer asks the same question too. What depends on one changed file is worked out
anew, and nothing else. Nobody may change an answer in place.
"""

from collections.abc import Callable
from pathlib import Path
from typing import Any, Final, TypeVar

import pandas as pd
from pydantic import BaseModel

_T = TypeVar("_T")
_COMPARED: Final = (str, bytes, int, Path, BaseModel, tuple, dict, pd.DataFrame)
"""Anything else is the same only when it is the very same object."""

_last: Final[dict[str, tuple[tuple[object, ...], Any]]] = {}


def remember(step: str, question: tuple[object, ...], answer: Callable[[], _T]) -> _T:
    """
    Give the last answer again if the question is the same, else work it out.

    Parameters
    ----------
    step
        Name of the step; one question and answer are kept for each.
    question
        All that the answer depends on.
    answer
        Works it out; depends on nothing else.

    Returns
    -------
    answer
        Never to be changed in place. An error is raised again, and not remembered.
    """
    last = _last.get(step)
    if last is not None and _same(last[0], question):
        kept: _T = last[1]
        return kept
    _last.pop(step, None)  # makes room before the next is worked out
    found = answer()
    _last[step] = question, found
    return found


def _same(one: object, other: object) -> bool:
    if one is other:
        return True
    if type(one) is not type(other) or not isinstance(one, _COMPARED):
        return False
    if isinstance(one, pd.DataFrame) and isinstance(other, pd.DataFrame):
        return one.equals(other)
    if isinstance(one, tuple) and isinstance(other, tuple):
        return len(one) == len(other) and all(map(_same, one, other))
    return bool(one == other)

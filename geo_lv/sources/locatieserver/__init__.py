"""Homes to places, through the Locatieserver of PDOK; with every home accounted for.

Locatieserver always answers something. A home is located only if the answer is about its own
address: street, number, letter, addition, postcode and place, as far as known. What was answered is
kept at once, so that a run that was stopped goes on where it was and asks nothing twice.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final

import pandas as pd

from geo_lv.errors import GeoLvError, SourceError
from geo_lv.sources.locatieserver.answers import RefusedAnswerError, parse_answer
from geo_lv.sources.locatieserver.cache import Cache
from geo_lv.sources.locatieserver.client import BASE_URL, Client
from geo_lv.sources.locatieserver.outcomes import AMBIGUOUS, LOCATED, REFUSED, Outcome, judge
from geo_lv.sources.locatieserver.questions import Question, questions_of

__all__ = ["BASE_URL", "Cache", "Client", "Located", "locate", "questions_to_ask"]

MOST_REFUSED: Final = 5
"""So many answers in a row that cannot be read mean that something else is answering."""


@dataclass(frozen=True)
class Located:
    """What became of every home, and how."""

    homes: pd.DataFrame
    """``dwelling_id``, ``x_rd`` and ``y_rd`` (RD New, metres; NaN if not located), ``bu_code`` and
    ``vbo_id`` (``""`` if unknown), ``reason`` (``""`` if located). Index and order of the input."""
    asked: int
    """Homes for which a question was sent, however often it took to get an answer."""
    from_cache: int
    """Homes whose answer was there: in the file, or of an equal question in this run."""
    unasked: int
    """Homes about which nothing can be asked. The three add up to the input."""
    located: int
    not_located: int
    ambiguous: int
    """And so do these three."""


Progress = Callable[[int, int], None]
"""Gets how many homes are done, and how many there are."""


def locate(
    homes: pd.DataFrame, client: Client, cache: Cache, progress: Progress | None = None
) -> Located:
    """
    Find the place of each home.

    Parameters
    ----------
    homes
        Columns ``dwelling_id, vbo_id, postcode, house_number, house_letter, addition, street,
        place``: text, ``""`` or NA if unknown. Any index.
    client
        Asks.
    cache
        Remembers; an answer that cannot be read is not kept.
    progress
        Called after each home.

    Returns
    -------
    located
        A row per home; places in RD New, metres.

    Raises
    ------
    SourceError
        If Locatieserver does not answer, or not as it should, also after some patience. What was
        answered before that is in the cache.
    """
    run = _Run(client, cache)
    outcomes: list[Outcome] = []
    for question in questions_of(homes):
        try:
            outcomes.append(run.outcome(question))
        except SourceError as error:
            done = f"{len(outcomes)} of {len(homes)} homes are done"
            msg = f"{error}; {done}, run it again later to go on from there"
            raise SourceError(msg) from None
        if progress is not None:
            progress(len(outcomes), len(homes))
    return _account(homes, outcomes, run)


def questions_to_ask(homes: pd.DataFrame, cache: Cache) -> int:
    """
    Count the requests that `locate` would send if each is answered at once. Sends none.

    Parameters
    ----------
    homes
        As for `locate`.
    cache
        What need not be asked again.

    Returns
    -------
    count
        Different questions that are not in the cache.
    """
    questions = {question for question in questions_of(homes) if not question.obstacle}
    return sum(cache.get(question) is None for question in questions)


@dataclass
class _Run:
    """The state of one run."""

    client: Client
    cache: Cache
    asked: int = 0
    from_cache: int = 0
    unasked: int = 0
    refused: dict[Question, Outcome] = field(default_factory=dict)
    refused_in_a_row: int = 0

    def outcome(self, question: Question) -> Outcome:
        """Find the outcome for one home, by the shortest way."""
        if question.obstacle:
            self.unasked += 1
            return Outcome(reason=question.obstacle)
        known = self.cache.get(question) or self.refused.get(question)
        if known:
            self.from_cache += 1
            return known
        outcome = self._ask(question)
        self.asked += 1
        return outcome

    def _ask(self, question: Question) -> Outcome:
        try:
            outcome = judge(question, parse_answer(self.client.ask(question.filters)))
        except RefusedAnswerError as error:
            return self._refuse(question, str(error))
        self.refused_in_a_row = 0
        self.cache.put(question, outcome)
        return outcome

    def _refuse(self, question: Question, why: str) -> Outcome:
        self.refused_in_a_row += 1
        if self.refused_in_a_row == MOST_REFUSED:
            msg = f"{why}, {MOST_REFUSED} times in a row"
            raise SourceError(msg)
        self.refused[question] = Outcome(reason=REFUSED)
        return self.refused[question]


def _account(homes: pd.DataFrame, outcomes: list[Outcome], run: _Run) -> Located:
    columns = list(Outcome.model_fields)
    table = pd.DataFrame([outcome.model_dump() for outcome in outcomes], columns=columns)
    metres, texts = dict.fromkeys(columns[:2], "float64"), dict.fromkeys(columns[2:], "str")
    table = table.astype(metres | texts).set_index(homes.index)
    table.insert(0, "dwelling_id", homes["dwelling_id"])
    reason = table["reason"]
    located, ambiguous = int((reason == LOCATED).sum()), int((reason == AMBIGUOUS).sum())
    if run.asked + run.from_cache + run.unasked != len(homes):
        msg = f"locate: expected {len(homes)} homes, found another number"
        raise GeoLvError(msg)
    return Located(
        homes=table,
        asked=run.asked,
        from_cache=run.from_cache,
        unasked=run.unasked,
        located=located,
        not_located=len(homes) - located - ambiguous,
        ambiguous=ambiguous,
    )

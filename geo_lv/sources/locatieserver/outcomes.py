"""What becomes of a home: a place, or the reason why it has none."""

from typing import Annotated, Final, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from geo_lv.sources.locatieserver.answers import Hit
from geo_lv.sources.locatieserver.questions import Question

LOCATED: Final = ""
NOT_FOUND: Final = "no such address"
DIFFERENT: Final = "only found with another "
AMBIGUOUS: Final = "more than one place has this address"
REFUSED: Final = "the answer of Locatieserver cannot be read"

_Metres = Annotated[float, Field(allow_inf_nan=False)]


class Outcome(BaseModel):
    """A place in RD New and its codes, or a reason; never both."""

    model_config = ConfigDict(frozen=True)

    x_rd: _Metres | None = None
    y_rd: _Metres | None = None
    bu_code: str = ""
    vbo_id: str = ""
    reason: str

    @model_validator(mode="after")
    def _place_or_reason(self) -> Self:
        if ((self.x_rd is None), (self.y_rd is None)) != (bool(self.reason),) * 2:
            msg = "a place without a reason, or a reason without a place"
            raise ValueError(msg)
        return self


def judge(question: Question, hits: tuple[Hit, ...]) -> Outcome:
    """
    Decide where a home is, from all addresses in an answer.

    Parameters
    ----------
    question
        What was asked.
    hits
        What was answered. Locatieserver is out to be helpful: they may be anywhere.

    Returns
    -------
    outcome
        The place (RD New, metres) if every address that agrees with the question leads to the same
        one; a home with a second address, such as that of its back door, has one place.
    """
    compared = [question.differences(hit) for hit in hits]
    agreeing = [hit for hit, differs in zip(hits, compared, strict=True) if not differs]
    places = {(hit.xy_rd, hit.bu_code, hit.vbo_id) for hit in agreeing}
    if len(places) > 1:
        return Outcome(reason=AMBIGUOUS)
    for (x, y), bu_code, vbo_id in places:
        return Outcome(x_rd=x, y_rd=y, bu_code=bu_code, vbo_id=vbo_id, reason=LOCATED)
    if not hits:
        return Outcome(reason=NOT_FOUND)
    fewest = min(compared, key=len)
    return Outcome(reason=DIFFERENT + ", ".join(fewest))

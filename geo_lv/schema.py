"""Words that every stage shares: why a figure is absent, how sure a fact is, who may see it."""

from enum import StrEnum
from typing import Final, Literal

Edition = Literal["publiek", "intern"]
"""For everybody, or for the parties to the agreements only."""

INTERN: Final = "INTERN – niet verspreiden"
"""What stands on all that only the parties may see."""
PURPOSE: Final = "voor de partijen bij de prestatieafspraken"
"""For whom that is, if nobody says otherwise."""
PASSWORD_VARIABLE: Final = "GEO_LV_ZIP_PASSWORD"  # noqa: S105 - the name of the variable
"""Environment variable with the password of a packed site."""

MONTHS: Final = (
    "januari",
    "februari",
    "maart",
    "april",
    "mei",
    "juni",
    "juli",
    "augustus",
    "september",
    "oktober",
    "november",
    "december",
)
"""As Dutch texts write them."""


class Reason(StrEnum):
    """Why an area has no figure. Never drawn as a value, never counted as zero."""

    MISSING = "missing"
    SUPPRESSED = "suppressed"
    NOT_APPLICABLE = "not_applicable"


class Change(StrEnum):
    """What changed about an area since the year before, in the words of ``divisions.csv``."""

    UNCHANGED = "ongewijzigd"
    RECODED = "andere code"
    REDRAWN = "andere grens"


class Confidence(StrEnum):
    """How sure a fact is: primary source, one secondary source, inferred, not found."""

    HIGH = "H"
    MEDIUM = "M"
    LOW = "L"
    UNKNOWN = "?"

    @property
    def is_fact(self) -> bool:
        """True when a page may state it with its source; otherwise it is only indicative."""
        return self in {Confidence.HIGH, Confidence.MEDIUM}

"""From the bytes of an answer of Locatieserver to addresses. Pure: nothing is asked here."""

import re
from typing import Annotated, Final

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StringConstraints,
    ValidationError,
)

from geo_lv.codes import BU_CODE
from geo_lv.errors import GeoLvError

VBO_ID: Final = re.compile(r"[0-9]{16}")
"""An addressable object in the BAG, such as a home (*verblijfsobject*): 16 digits, as text."""

_POINT: Final = re.compile(
    r"POINT ?\((-?[0-9]{1,7}(?:\.[0-9]{1,9})?) ([0-9]{1,7}(?:\.[0-9]{1,9})?)\)"
)
_EAST: Final = (-7_000.0, 300_000.0)
_NORTH: Final = (289_000.0, 629_000.0)
"""Where RD New holds, in metres. A place outside cannot be in the Netherlands."""


class RefusedAnswerError(GeoLvError):
    """An answer that is not what Locatieserver promises. The message holds nothing of it."""


def _place(value: object) -> tuple[float, float]:
    found = _POINT.fullmatch(value) if isinstance(value, str) else None
    if found is None:
        msg = "not a point"
        raise ValueError(msg)
    x, y = float(found[1]), float(found[2])
    if not (_EAST[0] <= x <= _EAST[1] and _NORTH[0] <= y <= _NORTH[1]):
        msg = "not in RD New"
        raise ValueError(msg)
    return x, y


_Name = Annotated[str, StringConstraints(max_length=200)]


class Hit(BaseModel):
    """One address, with what is needed to check it and to place a home; the rest is left out."""

    model_config = ConfigDict(frozen=True)

    street: Annotated[_Name, Field(alias="straatnaam")]
    street_short: Annotated[_Name, Field(alias="straatnaam_verkort")] = ""
    """The street in at most 24 characters, as many lists have it."""
    number: Annotated[int, Field(alias="huisnummer", ge=1, le=99_999)]
    letter: Annotated[_Name, Field(alias="huisletter")] = ""
    addition: Annotated[_Name, Field(alias="huisnummertoevoeging")] = ""
    postcode: Annotated[_Name, Field(alias="postcode")] = ""
    """Some addresses have none, such as that of a boat or a shed."""
    place: Annotated[_Name, Field(alias="woonplaatsnaam")]
    vbo_id: Annotated[str, Field(alias="adresseerbaarobject_id", pattern=f"^{VBO_ID.pattern}$")]
    bu_code: Annotated[str, Field(alias="buurtcode", pattern=f"^(?:{BU_CODE.pattern})?$")] = ""
    """``""`` for an address that is newer than the buurten."""
    xy_rd: Annotated[tuple[float, float], BeforeValidator(_place), Field(alias="centroide_rd")]
    """RD New, metres."""


FIELDS: Final = tuple(str(field.alias) for field in Hit.model_fields.values())
"""The fields to ask for, as Locatieserver calls them."""


class _Response(BaseModel):
    docs: list[Hit]


class _Answer(BaseModel):
    response: _Response


def parse_answer(content: bytes) -> tuple[Hit, ...]:
    """
    Read an answer.

    Parameters
    ----------
    content
        The body, which may be anything.

    Returns
    -------
    hits
        The addresses in the order of the answer; places in RD New, metres. Empty if there is none.

    Raises
    ------
    RefusedAnswerError
        If it is not JSON, or if anything in it is missing, of another type or out of range. One
        wrong address makes the whole answer suspect.
    """
    try:
        return tuple(_Answer.model_validate_json(content).response.docs)
    except ValidationError as error:
        # What pydantic says holds parts of the answer, thus addresses.
        msg = f"Locatieserver: expected addresses, found {error.error_count()} problems"
        raise RefusedAnswerError(msg) from None

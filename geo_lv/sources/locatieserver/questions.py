"""What is asked about a home, and whether an address in an answer is that of the home."""

import hashlib
import json
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import astuple, dataclass
from typing import Final

import pandas as pd

from geo_lv.sources.locatieserver.answers import VBO_ID, Hit

NO_ADDRESS: Final = "no VBO id, and no postcode with a house number"
BAD_VBO_ID: Final = "the VBO id is not 16 digits"
BAD_ADDRESS: Final = "the postcode, house number, letter or addition is not one of an address"

_POSTCODE: Final = re.compile(r"[1-9][0-9]{3}[A-Z]{2}")
_NUMBER: Final = re.compile(r"[1-9][0-9]{0,4}")
_LETTER: Final = re.compile(r"[A-Z]")
_ADDITION: Final = re.compile(r"[0-9A-Z]{1,10}")
_AROUND: Final = re.compile(r"^[\s\-/.,]+|[\s\-/.,]+$")


@dataclass(frozen=True)
class Question:
    """What is known of a home, in one spelling, so that equal questions are equal."""

    vbo_id: str
    postcode: str
    number: str
    letter: str
    addition: str
    street: str
    place: str

    @property
    def obstacle(self) -> str:
        """Why this cannot be asked, ``""`` if it can."""
        if self.vbo_id and not VBO_ID.fullmatch(self.vbo_id):
            return BAD_VBO_ID
        if not self.vbo_id and not (self.postcode and self.number):
            return NO_ADDRESS
        # Also beside a VBO id: what cannot be compared cannot be verified.
        if (self.letter or self.addition) and not self.number:
            return BAD_ADDRESS
        parts = (
            (_POSTCODE, self.postcode),
            (_NUMBER, self.number),
            (_LETTER, self.letter),
            (_ADDITION, self.addition),
        )
        sound = all(not part or shape.fullmatch(part) for shape, part in parts)
        return "" if sound else BAD_ADDRESS

    @property
    def filters(self) -> tuple[str, ...]:
        """Filters in the language of Solr; a question with an obstacle has none that are safe."""
        if self.vbo_id:
            return "type:adres", f"adresseerbaarobject_id:{self.vbo_id}"
        return (
            "type:adres",
            f"postcode:{self.postcode}",
            f"huisnummer:{self.number}",
            _any_case("huisletter", self.letter),
            _any_case("huisnummertoevoeging", self.addition),
        )

    @property
    def key(self) -> str:
        """What a cache knows this question by, without the address standing in it."""
        return hashlib.sha256(json.dumps(astuple(self)).encode()).hexdigest()

    def differences(self, hit: Hit) -> tuple[str, ...]:
        """
        Compare an address with what is known of the home.

        Parameters
        ----------
        hit
            An address from an answer.

        Returns
        -------
        differences
            Names of the parts that differ, none if it is the address of the home. A part that is
            unknown agrees with all, but for the letter and the addition: 12 is not 12 A.
        """
        number = self.number
        parts = (
            ("VBO id", self.vbo_id and self.vbo_id != hit.vbo_id),
            ("postcode", self.postcode and self.postcode != joined(hit.postcode)),
            ("house number", number and number != str(hit.number)),
            ("house letter", number and self.letter != plain(hit.letter)),
            ("addition", number and self.addition != plain(hit.addition)),
            ("street", self.street not in {"", folded(hit.street), folded(hit.street_short)}),
            ("place", self.place not in {"", folded(hit.place)}),
        )
        return tuple(name for name, differs in parts if differs)


def _any_case(field: str, text: str) -> str:
    """Filter on a text whatever its case, or on its absence."""
    # In quotes: OR is a word of this language, and may be an addition.
    spellings = dict.fromkeys(f'"{spelling}"' for spelling in (text, text.lower(), text.title()))
    return f"{field}:({' OR '.join(spellings)})" if text else f"-{field}:*"


def plain(text: str) -> str:
    """Return a letter or addition in capitals, without what separates it from the number."""
    # What stands inside stays: 1-2 is not 12.
    return _AROUND.sub("", text).upper()


def joined(postcode: str) -> str:
    """Return a postcode in capitals without blanks."""
    return "".join(postcode.split()).upper()


def folded(name: str) -> str:
    """Return the letters and digits of a name, without accents and capitals."""
    # Twice: a capital may hide an accent that only shows in its small letter.
    small = unicodedata.normalize("NFKD", name).casefold()
    return "".join(c for c in unicodedata.normalize("NFKD", small) if c.isalnum())


def _text(value: object) -> str:
    return "" if pd.isna(value) else str(value).strip()  # type: ignore[call-overload]


def questions_of(homes: pd.DataFrame) -> Iterator[Question]:
    """
    Put each home in words that can be asked.

    Parameters
    ----------
    homes
        Columns ``vbo_id, postcode, house_number, house_letter, addition, street, place``: text,
        ``""`` or NA if unknown; a house number may be a whole number.

    Yields
    ------
    question
        One per row, in the order of the rows. Nothing is guessed: a house number ``12a`` stays as
        it is and is an obstacle.
    """
    columns = ("vbo_id", "postcode", "house_number", "house_letter", "addition", "street", "place")
    for row in zip(*(homes[column] for column in columns), strict=True):
        vbo_id, postcode, number, letter, addition, street, place = map(_text, row)
        yield Question(
            vbo_id=vbo_id,
            postcode=joined(postcode),
            number=re.sub(r"^0+(?=[0-9])", "", number),
            letter=plain(letter),
            addition=plain(addition),
            street=folded(street),
            place=folded(place),
        )

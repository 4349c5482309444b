"""What a corporation's list may hold: each field, the names it goes by, and how its cells are read.

A reader of cells never judges. It writes a value the way the list of homes has it, or leaves the
cell as it was; the schema of `geo_lv.properties` then says what is wrong with it.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from geo_lv.intake import values

Reader = Callable[[str], str]


@dataclass(frozen=True)
class Field:
    """One column of the list of homes, as corporations write it."""

    name: str
    """The column in ``dwellings.csv``, or one that such a column is made from."""
    synonyms: tuple[str, ...]
    """Heads of columns, in lower case without blanks and punctuation."""
    read: Reader


FIELDS: Final = (
    Field(
        "dwelling_id",
        (
            "vhe", "vhenummer", "vhenr", "vhecode", "verhuureenheid", "verhuureenheidnummer",
            "oge", "ogenummer", "ogenr", "eenheid", "eenheidnummer", "eenheidnr", "objectnummer",
            "woningnummer", "dwellingid",
        ),
        values.code,
    ),
    Field(
        "complex_id",
        ("complex", "complexnummer", "complexnr", "complexcode", "complexid"),
        values.code,
    ),
    Field("address", ("adres", "adresregel", "volledigadres", "address"), values.words),
    Field("street", ("straat", "straatnaam", "openbareruimte", "street"), values.words),
    Field(
        "house_number",
        ("huisnummer", "huisnr", "hnr", "nummer", "nr", "housenumber"),
        values.words,
    ),
    Field("house_letter", ("huisletter", "letter", "hletter", "houseletter"), values.letter),
    Field(
        "addition",
        ("toevoeging", "huisnummertoevoeging", "huisnrtoevoeging", "toev", "hnrtoev", "addition"),
        values.code,
    ),
    Field("postcode", ("postcode", "pc", "pc6", "postalcode"), values.postcode),
    Field("place", ("plaats", "woonplaats", "plaatsnaam", "place"), values.words),
    Field(
        "vbo_id",
        (
            "vbo", "vboid", "bag", "bagid", "bagvboid", "bagnummer", "verblijfsobject",
            "verblijfsobjectid", "bagverblijfsobjectid", "bagverblijfsobject",
            "adresseerbaarobjectid",
        ),
        values.bag_id,
    ),
    Field("x", ("x", "xrd", "rdx", "xcoordinaat", "xcoord", "xco"), values.coordinate),
    Field("y", ("y", "yrd", "rdy", "ycoordinaat", "ycoord", "yco"), values.coordinate),
    Field("lon", ("lon", "lng", "long", "longitude", "lengtegraad"), values.coordinate),
    Field("lat", ("lat", "latitude", "breedtegraad"), values.coordinate),
    Field("bu_code", ("buurtcode", "bucode", "cbsbuurt", "cbsbuurtcode"), values.code),
    Field(
        "energy_label",
        ("energielabel", "label", "energieklasse", "labelklasse", "eplabel", "energylabel"),
        values.label,
    ),
    Field(
        "ep2_kwh_m2",
        ("ep2", "ep2waarde", "primairefossieleenergie", "ep2kwhm2", "ep2kwhm2jr"),
        values.number,
    ),
    Field(
        "rent_eur",
        ("kalehuur", "nettohuur", "huur", "huurprijs", "kalehuurprijs", "renteur"),
        values.money,
    ),
    Field("target_rent_eur", ("streefhuur", "streefhuurprijs", "targetrenteur"), values.money),
    Field(
        "floor_area_m2",
        (
            "oppervlakte", "oppervlaktem2", "gebruiksoppervlakte", "gebruiksoppervlaktem2", "gbo",
            "gom2", "m2", "woonoppervlakte", "vloeroppervlakte", "flooraream2", "opp", "oppm2",
        ),
        values.number,
    ),
    Field("build_year", ("bouwjaar", "jaarvanbouw", "bouwjr", "buildyear"), values.year),
    Field("dwelling_type", ("woningtype", "type", "soortwoning", "dwellingtype"), values.words),
    Field(
        "rooms",
        ("aantalkamers", "kamers", "aantalkmrs", "kameraantal", "rooms"),
        values.whole,
    ),
    Field("daeb", ("daeb", "daebnietdaeb", "daebjn", "isdaeb"), values.daeb),
    Field(
        "solar_panels",
        ("pv", "pvpanelen", "zonnepanelen", "pvjn", "zonnepanelenjn", "solarpanels"),
        values.yes_or_no,
    ),
    Field(
        "gas_free",
        ("aardgasvrij", "gasloos", "gasvrij", "aardgasvrijjn", "gasfree"),
        values.yes_or_no,
    ),
    Field(
        "age_label",
        ("leeftijdslabel", "leeftijdlabel", "doelgroep", "doelgroeplabel", "agelabel"),
        values.words,
    ),
)  # fmt: skip
"""In the order of the list of homes."""

BY_NAME: Final = {field.name: field for field in FIELDS}
_BY_SYNONYM: Final = {synonym: field for field in FIELDS for synonym in field.synonyms}


def plain(head: str) -> str:
    """Return the head of a column as synonyms are written: ``Huur (kaal), €`` as ``huurkaal``."""
    return re.sub(r"[\W_]+", "", head.casefold())


def usual_field(head: str) -> Field | None:
    """Return the field that a head of a column stands for, if it is a usual name of one."""
    return _BY_SYNONYM.get(plain(head))

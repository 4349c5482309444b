"""The fictitious sample as spreadsheets in the shapes in which corporations send theirs.

What a list spoils is told beside it, so that the account of an import can be worked out by hand.
"""

import csv
import io
from pathlib import Path
from typing import Any, Final

import openpyxl

Row = dict[str, str]

BOOK_HEADS: Final = {
    "VHE-nummer": "dwelling_id",
    "Complex": "complex_id",
    "Straat": "street",
    "Huisnummer": "house_number",
    "Postcode": "postcode",
    "Plaats": "place",
    "X (RD)": "x_rd",
    "Y (RD)": "y_rd",
    "Buurtcode": "bu_code",
    "Energielabel": "energy_label",
    "Kale huur": "rent_eur",
    "Streefhuur": "target_rent_eur",
    "Oppervlakte (m2)": "floor_area_m2",
    "Bouwjaar": "build_year",
    "Woningtype": "dwelling_type",
    "Aantal kamers": "rooms",
    "DAEB": "daeb",
    "PV": "solar_panels",
    "Aardgasvrij": "gas_free",
    "Leeftijdslabel": "age_label",
}
_GROUPS: Final = (("VHE-nummer", 1), ("Adres", 4), ("Plek", 3), ("Woning", 11))
"""Heads over the heads, each merged over so many columns after the first."""
_NUMBERS: Final = {"x_rd", "y_rd", "rent_eur", "target_rent_eur", "floor_area_m2", "rooms"}

COPIES: Final = 7
TOTALS: Final = 1
BLANKS: Final = 4


def rows_of(data: Path, corporation: str) -> list[Row]:
    """Return the homes of a corporation in the list of homes."""
    with (data / "properties" / "dwellings.csv").open(encoding="utf-8", newline="") as file:
        return [row for row in csv.DictReader(file) if row["corporation"] == corporation]


def write_book(path: Path, rows: list[Row]) -> None:
    """Write a workbook: a sheet of notes, titles, merged heads, blanks, copies and a total."""
    book = openpyxl.Workbook()
    notes = book.active
    assert notes is not None
    notes.title = "Toelichting"
    notes.append(["FICTIEF: geen enkele woning bestaat"])
    sheet = book.create_sheet("Bezit")
    sheet.append(["Overzicht bezit (FICTIEF)"])
    sheet.append([])
    sheet.append(["", "", "Adres", "", "", "", "Plek", "", "", "Woning"])
    sheet.merge_cells("C3:F3")
    sheet.merge_cells("G3:I3")
    heads = list(BOOK_HEADS)
    sheet.append(["", *heads[1:]])
    # the first head stands over two rows, in the upper one
    sheet["A3"] = heads[0]
    sheet.merge_cells("A3:A4")
    for number, row in enumerate(rows):
        sheet.append([_cell(name, row[name], number) for name in BOOK_HEADS.values()])
        if number % 1000 == 999:
            sheet.append([])
    for row in rows[:COPIES]:
        sheet.append([_cell(name, row[name], 0) for name in BOOK_HEADS.values()])
    sheet.append([])
    sheet.append(["Totaal", "", "", "", "", "", "", "", "", "", 1.5])
    book.save(path)


def _cell(name: str, value: str, number: int) -> Any:
    if name in _NUMBERS and value:
        return float(value)
    if name == "energy_label":
        return {0: value.lower() + " ", 1: value, 2: f" {value}"}[number % 3]
    if name == "postcode":
        return {0: value, 1: f"{value[:4]} {value[4:].lower()}"}[number % 2]
    if name in {"daeb", "solar_panels", "gas_free"}:
        return {0: value.capitalize(), 1: value[0].upper(), 2: value == "ja"}[number % 3]
    if name == "build_year":
        return int(value)
    return value or None


TEXT_HEADS: Final = {
    "Vhe": "dwelling_id",
    "Complexnummer": "complex_id",
    "Adres": "address",
    "PC": "postcode",
    "Woonplaats": "place",
    "Y": "y_rd",
    "X": "x_rd",
    "CBS-buurt": "bu_code",
    "Label": "energy_label",
    "Netto huur": "rent_eur",
    "Streefhuur": "target_rent_eur",
    "GBO": "floor_area_m2",
    "Bouwjaar": "build_year",
    "Type": "dwelling_type",
    "Kamers": "rooms",
    "DAEB / niet-DAEB": "daeb",
    "Zonnepanelen": "solar_panels",
    "Gasloos": "gas_free",
    "Doelgroep": "age_label",
}


def write_text(path: Path, rows: list[Row]) -> None:
    """Write a CSV with semicolons and decimal commas, in two encodings, the heads twice."""
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, delimiter=";", lineterminator="\r\n")
    writer.writerow([*TEXT_HEADS, "Opmerking"])
    for number, row in enumerate(rows):
        address = f"{row['street']} {row['house_number']}"
        cells = {**row, "address": address}
        remark = "café" if number % 2 else "geen"
        writer.writerow([*(_text(name, cells[name]) for name in TEXT_HEADS.values()), remark])
        if number == len(rows) // 2:
            writer.writerow([*TEXT_HEADS, "Opmerking"])
            writer.writerow([])
    writer.writerow(["Eindtotaal", len(rows)])
    lines = buffer.getvalue().split("\r\n")
    mixed = [line.encode("cp1252" if n % 4 else "utf-8") for n, line in enumerate(lines)]
    path.write_bytes(b"\r\n".join(mixed))


def _text(name: str, value: str) -> str:
    if name in {"rent_eur", "target_rent_eur"}:
        return f"€ {float(value):,.2f}".translate(str.maketrans(",.", ".,"))
    if name in {"x_rd", "y_rd"}:
        return value.replace(".", ",")
    if name == "daeb":
        return "DAEB" if value == "ja" else "niet-DAEB"
    if name == "energy_label":
        return {"geen": ""}.get(value, value)
    return value

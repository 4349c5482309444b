"""A measured example of an invented place, with every state; worked out by hand for 30 June 2026.

Most goals go from 0 on 1 January 2021 to 100 on 31 December 2028, which is 2,921 days later. On 31
December 2025 the path is at 100 * 1825 / 2921 = 62.48, on 31 December 2023 at 100 * 1094 / 2921 =
37.45. With a margin of 5, values from 57.48 and 32.45 on are on course. Others end on 31 December
2025, before the peildatum.
"""

HEAD = """parties = ["gemeente", "Wonen Een", "Wonen Twee"]

[rules]
tolerance_percent = 5
owner = "niemand"
reason = "Verzonnen."

[[themes]]
id = "A"
name = "Verzonnen deel"

[[themes]]
id = "Z"
name = "Samen doen"

[[agreements]]
code = "A1"
theme = "A"
subject = "Alles"
source = "BRON"
confidence = "H"

[[agreements]]
code = "Z1"
theme = "Z"
parties = ["gemeente"]
subject = "Overleg"
source = "BRON"
confidence = "H"

[[agreements]]
code = "Z2"
theme = "Z"
subject = "Nog een overleg"
source = "BRON"
confidence = "H"
"""


def _point(code: str, goal: str, *settings: str) -> str:
    lines = "\n".join(settings)
    return f"""
[[points]]
code = "{code}"
agreement = "A1"
subject = "Meetpunt {code}"
unit = "woningen"
rule = "Geteld."
{lines}
{goal and _goal(code, goal)}"""


def _goal(code: str, goal: str) -> str:
    return f'\n[[goals]]\npoint = "{code}"\nconfidence = "H"\n{goal}\n'


_OVER = 'bound = "at_least"\nvalue = 100\nstart = 0\nsince = 2021-01-01\nuntil = 2025-12-31'
_RUNS = 'bound = "at_least"\nvalue = 100\nstart = 0\nsince = 2021-01-01\nuntil = 2028-12-31'
_SUMS = "adds_up = true"
_CHANGED = _RUNS.replace("value = 100", "value = 200") + "\nagreed = 2025-06-01"
_EACH = 'bound = "at_most"\nvalue = 10\neach_year = true\nsince = 2022-01-01\npath = "flat"'

AGREEMENTS = HEAD + "".join(
    (
        _point("op-koers", _RUNS),
        _point("achter", _RUNS),
        _point("op-de-dag", _OVER),
        _point("net-niet", _OVER),
        _point("na-de-dag", _OVER),
        _point("voor-de-dag", _RUNS),
        _point("te-vroeg", _OVER),
        _point("zonder", _RUNS),
        _point("onmeetbaar", "", 'not_measurable = "Dat kan niet."'),
        _point("gat", _RUNS, _SUMS),
        _point("genoeg", _RUNS, _SUMS),
        _point("verbeterd", _RUNS),
        _point("veranderd", _RUNS) + _goal("veranderd", _CHANGED),
        _point("elk-jaar", _EACH),
        _point("norm", 'bound = "at_least"\nvalue = 2\npath = "flat"'),
        _point("verzonnen", _RUNS),
        _point("onzeker", _RUNS, 'definition_confidence = "L"'),
    )
)


def long_point(number: int) -> str:
    """Return a point with a long name, and a goal that is over."""
    name = "een meetpunt met een heel lange naam over van alles wat de partijen samen doen"
    return _point(f"lang-{number}", _OVER).replace(f"Meetpunt lang-{number}", name)


def row(code: str, date: str, value: str, **told: str) -> str:
    """Return a row of measurements."""
    entered = told.get("entered", "2026-06-01")
    made_up = told.get("fictitious", "nee")
    return f"{code},{date},{value},,,BRON,gemeente,{entered},publiek,{made_up},H,"


MEASUREMENTS = (
    row("op-koers", "2025", "58"),
    row("achter", "2025", "57"),
    row("op-de-dag", "2025-12-31", "100"),
    row("net-niet", "2025-12-31", "99"),
    row("na-de-dag", "2026-02-01", "99"),
    row("na-de-dag", "2026-05-01", "120"),
    row("voor-de-dag", "2024", "101"),
    row("te-vroeg", "2023", "58"),
    row("gat", "2021", "10"),
    row("gat", "2023", "10"),
    row("genoeg", "2021", "30"),
    row("genoeg", "2023", "30"),
    row("verbeterd", "2023", "30", entered="2024-01-15"),
    row("verbeterd", "2023", "33", entered="2024-03-01"),
    row("veranderd", "2025", "70"),
    row("elk-jaar", "2024", "9"),
    row("elk-jaar", "2025", "11"),
    row("norm", "2025", "2"),
    row("verzonnen", "2025", "90", fictitious="ja"),
    row("onzeker", "2025", "20"),
    row("Z1", "2024", "niet begonnen"),
    row("Z1", "2025", "loopt"),
)

EXPECTED = {
    "op-koers": ("op koers", "58 woningen", "", False),  # 57.48 is needed
    "achter": ("loopt achter", "57 woningen", "", False),
    "op-de-dag": ("gehaald", "100 woningen", "", False),
    "net-niet": ("niet gehaald", "99 woningen", "", False),  # there is no margin at the end
    "na-de-dag": ("niet gehaald", "99 woningen", "", False),  # the first one after it decides
    "voor-de-dag": ("gehaald", "101 woningen", "", False),
    "te-vroeg": ("geen meting", "58 woningen", "", False),  # nothing of the last day
    "zonder": ("geen meting", "", "", False),
    "onmeetbaar": ("niet meetbaar", "", "", False),
    "gat": ("geen meting", "ten minste 20 woningen", "", False),  # 32.45, and 2022 is not known
    "genoeg": ("op koers", "ten minste 60 woningen", "", False),  # enough whatever 2022 was
    "verbeterd": ("op koers", "33 woningen", "", False),  # 30 would be behind
    "veranderd": ("loopt achter", "70 woningen", "", False),  # of 200 now: 114.96 is needed
    "elk-jaar": ("niet gehaald", "11 woningen", "", False),
    "norm": ("op koers", "2 woningen", "", False),
    "verzonnen": ("op koers", "90 woningen", "", True),
    "onzeker": ("loopt achter", "20 woningen", "indicatief", False),
}
"""Per goal: state, value, what stands beside the state, and whether it is made up."""

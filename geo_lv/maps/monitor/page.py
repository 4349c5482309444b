"""The pages of the monitor: all goals by theme, and one sheet for the board of the parties."""

from typing import Final

from geo_lv.editions import Released
from geo_lv.maps import account
from geo_lv.maps.maker import Heading, Maker
from geo_lv.maps.model import Link, Page, Section
from geo_lv.maps.monitor.model import Board, ThemePart
from geo_lv.maps.text import dutch_date, number, plural

PATH: Final = "monitor.html"
SUMMARY_PATH: Final = "monitor-samenvatting.html"
DOWNLOADS: Final = (
    ("data/monitor.csv", "alle doelen met waarde en stand"),
    ("data/metingen.csv", "alle metingen, ook de verbeterde"),
)
MOST_DEVIATIONS: Final = 8
"""So many fit on one sheet of paper, with all else that stands there."""
NOTHING: Final = "Er zijn geen afspraken met een doel bekend."
_TITLE: Final = "Monitor van de afspraken"
_SUBJECTS: Final = frozenset({"monitor", "progress"})


def monitor_page(maker: Maker, board: Board) -> Page:
    """
    Make the page with every goal.

    Parameters
    ----------
    maker
        What all pages of the build share.
    board
        The goals.

    Returns
    -------
    page
        Deviations first, then a part per theme, then the rules by which a state is given.
    """
    goals = (
        _overview(board),
        _deviations(board),
        Section(
            "monitor",
            "doelen",
            "Alle doelen",
            ("Per deel van de afspraken. Elk doel heeft een eigen link: de code ervoor.",),
            board=board,
        ),
    )
    parts = (
        *(goals if board.lines else ()),
        *(_theme(theme) for theme in board.themes),
        _rules(maker.released),
        account.sources_section(maker.released, _source_keys(maker.released), _SUBJECTS),
    )
    heading = Heading(_TITLE, "prestatieafspraken", _lead(maker, board))
    return maker.page(PATH, heading, None, parts)


def summary_page(maker: Maker, board: Board) -> Page:
    """
    Make the sheet for the board of the parties.

    Parameters
    ----------
    maker
        What all pages of the build share.
    board
        The goals.

    Returns
    -------
    page
        What stands out, on one sheet of A4.
    """
    heading = Heading(
        "Samenvatting voor het bestuurlijk overleg", "prestatieafspraken", _lead(maker, board)
    )
    if not board.lines:
        return maker.page(SUMMARY_PATH, heading, None, ())
    shown = board.deviations[:MOST_DEVIATIONS]
    rest = len(board.deviations) - len(shown)
    late = [line for line in board.lines if line.late]
    intro = [_no_deviations(board)] if not shown else []
    if rest:
        intro.append(f"Dit zijn de eerste {len(shown)}; op de monitor staan er nog {rest}.")
    parts = (
        Section("monitor", "overzicht", "Hoe staat het ervoor", tallies=board.tallies),
        Section("monitor", "afwijkingen", "Afwijkingen", tuple(intro), lines=shown, brief=True),
        Section(
            "table",
            "volgende-stap",
            "Wat er nodig is om meer te weten",
            intro=(
                (
                    f"Van {plural(len(late), 'doel', 'doelen')} had er al een meting moeten zijn. "
                    f"{_unmeasured(board)}"
                ),
            ),
            links=(Link("Alle doelen, met uitleg per doel", PATH),),
        ),
    )
    return maker.page(SUMMARY_PATH, heading, None, parts)


def theme_lines(board: Board) -> Section:
    """Return a line per theme for the overview of the site."""
    return Section(
        "links",
        "afspraken",
        _TITLE,
        intro=(
            "Wat de partijen afspraken, met de laatste meting ernaast." if board.lines else NOTHING,
        ),
        links=(
            *(
                Link(theme.title, f"{PATH}#{theme.id}", theme.tally.sentence)
                for theme in board.themes
            ),
            Link("Samenvatting voor het bestuurlijk overleg", SUMMARY_PATH, "één blad"),
        ),
    )


def _lead(maker: Maker, board: Board) -> str:
    if not board.lines:
        return NOTHING
    return (
        f"{plural(len(board.lines), 'doel', 'doelen')} uit de prestatieafspraken, beoordeeld op "
        f"{dutch_date(maker.released.monitor.day)}. {board.tallies[-1].sentence}"
    )


def _unmeasured(board: Board) -> str:
    unknown = sum(line.state == "geen meting" for line in board.lines)
    return (
        f"Van {plural(unknown, 'doel', 'doelen')} is de stand onbekend, omdat een meting "
        "ontbreekt. Een doel zonder meting is niet gehaald en ook niet gemist."
    )


def _no_deviations(board: Board) -> str:
    return f"Er zijn geen afwijkingen bekend. {_unmeasured(board)}"


def _overview(board: Board) -> Section:
    return Section(
        "monitor",
        "overzicht",
        "Hoe staat het ervoor",
        intro=("Elk doel heeft één stand. Hoe die tot stand komt, staat onder aan deze pagina.",),
        tallies=board.tallies,
        links=(
            Link("Samenvatting voor het bestuurlijk overleg", SUMMARY_PATH, "één blad papier"),
            *(Link(path, path, words) for path, words in DOWNLOADS),
        ),
    )


def _deviations(board: Board) -> Section:
    intro = () if board.deviations else (_no_deviations(board),)
    return Section(
        "monitor", "afwijkingen", "Afwijkingen", intro, lines=board.deviations, brief=True
    )


def _theme(theme: ThemePart) -> Section:
    intro = (theme.tally.sentence,) if theme.lines else ("In dit deel is niets te meten.",)
    return Section(
        "monitor", theme.id, theme.title, intro, lines=theme.lines, processes=theme.processes
    )


def _rules(released: Released) -> Section:
    rules = released.agreements.monitored.rules
    tolerance = (
        ()
        if rules is None
        else (
            (
                f"De marge is {number(rules.tolerance_percent)}% van de hele weg, tenzij een doel "
                f"een eigen marge heeft. {rules.reason} Vastgesteld door: {rules.owner}."
            ),
        )
    )
    return Section("table", "regels", "Hoe de stand tot stand komt", intro=(*_STATED, *tolerance))


_STATED: Final = (
    (
        "Gehaald of niet gehaald: er is een meting van op of na de einddatum. De eerste daarvan "
        "beslist. Gehaald is ook een doel dat al voor de einddatum is bereikt, en niet gehaald "
        "een grens aan een aantal die al is overschreden."
    ),
    (
        "Op koers of loopt achter: de einddatum is nog niet geweest. De laatste meting wordt "
        "vergeleken met een rechte lijn van het begin naar het doel, op de dag van die meting. "
        "Blijft een waarde meer dan de marge achter bij die lijn, dan loopt het doel achter. Een "
        "afspraak die altijd geldt heeft geen lijn: de waarde voldoet, of voldoet niet."
    ),
    (
        "Geen meting: er is niets gemeten, of wat er is gemeten beslist niets. Dat is zo als de "
        "einddatum voorbij is zonder meting daarna, als er één meting is zonder bekend begin, of "
        "als een deel ontbreekt dat de uitkomst kan veranderen."
    ),
    "Niet meetbaar: de afspraak noemt geen getal, of het gegeven hoort hier niet te zijn.",
    (
        "Een meting die is verbeterd telt met de nieuwe waarde; de oude blijft erbij staan. Een "
        "doel dat is veranderd telt vanaf de dag waarop dat is afgesproken. Indicatief betekent "
        "dat het doel, de telling of de meting niet bevestigd is."
    ),
)


def _source_keys(released: Released) -> list[str]:
    agreements = released.agreements
    return [
        *(each.source for each in agreements.monitored.agreements),
        *(each.source for each in agreements.measurements),
    ]

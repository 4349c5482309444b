"""Pieces in columns, texts in lines, paths in polygons: expected values by hand."""

from collections.abc import Iterator
from itertools import count

import pytest

from geo_lv.maps.sheet.canvas import Box, Canvas
from geo_lv.maps.sheet.flow import Column, Piece, blank, place
from geo_lv.maps.sheet.fonts import Style, fold, plain, width
from geo_lv.maps.sheet.paths import rings, shape_of
from geo_lv.maps.sheet.tables import Grid, column_widths, plain_rows

SMALL = Style(10)


def nothing(_canvas: Canvas, _x: float, _y: float) -> None:
    """Draw nothing."""


def columns(height: float = 100) -> Iterator[Column]:
    return (Column(n // 2, 200.0 * (n % 2), 10.0, height) for n in count())


def spots(pieces: list[Piece]) -> list[tuple[int, float, float]]:
    return [(each.sheet, each.x, each.y) for each in place(pieces, columns())]


def test_pieces_go_down_a_column_and_on_to_the_next() -> None:
    pieces = [Piece(40, nothing)] * 5
    assert spots(pieces) == [
        (0, 0.0, 10.0), (0, 0.0, 50.0), (0, 200.0, 10.0), (0, 200.0, 50.0), (1, 0.0, 10.0),
    ]  # fmt: skip


def test_a_title_stays_with_what_follows() -> None:
    pieces = [Piece(60, nothing), Piece(30, nothing, keep=True), Piece(20, nothing)]
    assert spots(pieces) == [(0, 0.0, 10.0), (0, 200.0, 10.0), (0, 200.0, 40.0)]


def test_a_group_that_is_too_high_is_broken() -> None:
    pieces = [Piece(60, nothing, keep=True), Piece(60, nothing, keep=True), Piece(30, nothing)]
    assert spots(pieces) == [(0, 0.0, 10.0), (0, 200.0, 10.0), (0, 200.0, 70.0)]


def test_no_column_begins_with_a_blank() -> None:
    pieces = [blank(5), Piece(90, nothing), blank(20), Piece(10, nothing)]
    assert spots(pieces) == [(0, 0.0, 10.0), (0, 200.0, 10.0)]


def test_the_header_of_a_table_returns_in_the_next_column() -> None:
    head = Piece(10, nothing)
    rows = [Piece(40, nothing, head=head)] * 3
    placed = place([Piece(10, nothing, keep=True), *rows], columns())
    assert [each.y for each in placed] == [10.0, 20.0, 60.0, 10.0, 20.0]
    assert placed[3].piece is head


def test_a_line_is_broken_at_blanks_and_after_hyphens_and_slashes() -> None:
    room = width("Noord en Zuid-", SMALL)
    assert fold("Noord en Zuid-Oost/West", SMALL, room) == ["Noord en Zuid-", "Oost/West"]
    assert fold("", SMALL, room) == [""]


def test_a_word_that_is_too_wide_is_broken() -> None:
    lines = fold("W" * 25 + " en", SMALL, width("W" * 10, SMALL))
    assert lines == ["W" * 10, "W" * 10, "WWWWW en"]


def test_what_cannot_be_drawn_is_replaced_by_one_mark() -> None:
    assert plain("a\n\t b\u202ec漢 − € ≥ é") == "a b�c� − € ≥ é"


def test_columns_fill_the_room_and_keep_words_whole() -> None:
    rows = plain_rows([("Leidschendammerhout", "1", "een lange zin met veel kleine woorden " * 4)])
    grid = Grid(("Gebied", "Getal", "Opmerking"), rows, (False, True, False))
    widths = column_widths(grid, 300)
    assert sum(widths) == pytest.approx(300 - 2 * 7)
    assert widths[0] >= width("Leidschendammerhout", Style(6.9))
    assert widths[2] > widths[1]


def test_columns_that_cannot_hold_their_words_still_fit() -> None:
    grid = Grid(("A", "B"), plain_rows([("W" * 200, "W" * 100)]), (False, False))
    assert sum(column_widths(grid, 100)) == pytest.approx(100 - 7)


def test_path_data_is_read_as_written() -> None:
    first, second = rings("M10 20l5 0 0-5z M100,0l0,50")
    assert first.tolist() == [[10, 20], [15, 20], [15, 15], [10, 20]]
    assert second.tolist() == [[100, 0], [100, 50]]


def test_a_ring_in_a_ring_is_a_hole_and_one_beside_it_a_second_part() -> None:
    shape = shape_of("M0 0l10 0 0 10 -10 0zM2 2l2 0 0 2 -2 0zM20 0l1 0 0 1 -1 0z")
    assert shape.area == 100 - 4 + 1


def test_boxes_that_only_touch_do_not_overlap() -> None:
    assert not Box(0, 0, 10, 10).overlaps(Box(10, 0, 5, 5))
    assert Box(0, 0, 10, 10).overlaps(Box(9, 9, 5, 5))
    assert Box(0, 0, 10, 10).holds(Box(1, 1, 9, 9))
    assert not Box(0, 0, 10, 10).holds(Box(1, 1, 9.5, 9))

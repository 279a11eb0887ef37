"""Outlines over a page: what is a shape, and how people write one."""

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from issues import shapes

SQUARE = [(100, 100), (300, 100), (300, 300), (100, 300)]
REFUSED = {
    "two corners": ([(0, 0), (500, 500)], "count"),
    "sixty-one corners": ([(n * 10, (n % 2) * 500) for n in range(61)], "count"),
    "beyond the right edge": ([(900, 0), (1001, 0), (1001, 100), (900, 100)], "outside"),
    "before the left edge": ([(-1, 0), (100, 0), (100, 100)], "outside"),
    "a line": ([(0, 0), (500, 500), (1000, 1000)], "thin"),
    "a hair": (shapes.rectangle(100, 100, 104, 900), "thin"),
    "one place": ([(5, 5)] * 4, "thin"),
    "crossed": ([(100, 100), (300, 300), (300, 100), (90, 330)], "crossing"),
}


@pytest.mark.parametrize("why", REFUSED)
def test_what_nobody_could_click_is_refused(why):
    points, code = REFUSED[why]
    with pytest.raises(ValidationError) as refused:
        shapes.check(points)
    assert refused.value.code == code
    assert "%(" not in refused.value.messages[0]


@pytest.mark.parametrize(
    "points",
    [
        SQUARE,
        SQUARE[::-1],
        [(0, 0), (1000, 0), (0, 1000)],
        [(0, 0), (600, 0), (600, 200), (300, 200), (300, 500), (0, 500)],
        [(n * 16, 400 if n % 2 else 200) for n in range(58)] + [(912, 900), (0, 900)],
    ],
)
def test_shapes_are_taken(points):
    shapes.check(points)


@pytest.mark.parametrize(
    "text",
    [
        "10,10 30,10 30,30 10,30",
        "10.0,10 30,10\n30,30\n10,30",
        "１０，１０　３０，１０；３０，３０ 10%, 10% 10,30",
    ],
)
def test_corners_are_read_as_people_write_them(text):
    assert [point for point in shapes.read_corners(text) if point in SQUARE][:1] == [(100, 100)]
    assert set(shapes.read_corners(text)) == set(SQUARE)


@pytest.mark.parametrize("text", ["左上", "10,10 30", "10 10 30 10", "1,2 x", "1,2 -3,4"])
def test_what_is_no_corner_is_shown_back(text):
    with pytest.raises(ValidationError) as refused:
        shapes.read_corners(text)
    assert refused.value.code == "unreadable"


@given(st.lists(st.tuples(st.integers(0, 1000), st.integers(0, 1000)), min_size=1, max_size=60))
def test_corners_survive_being_written_and_read(points):
    assert shapes.read_corners(shapes.write_corners(points)) == points


def test_a_rectangle_is_known_whatever_corner_it_begins_with():
    assert shapes.is_rectangle(SQUARE[2:] + SQUARE[:2])
    assert not shapes.is_rectangle([*SQUARE[:3], (100, 299)])
    assert not shapes.is_rectangle(SQUARE[:3])

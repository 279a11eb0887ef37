"""One real newspaper page, line by line.

The page is not part of the repository. It is looked for beside the checkout (shared/seed/page.txt)
or where BULLETIN_SEED_PAGE says; without it these tests report themselves as skipped. What is
expected is said by line numbers and digests, so that no sentence of it is repeated here.
"""

import hashlib
import os
import re
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from articles.importing import PieceKind, parse_page, read_text

from .test_conservation import assert_conserved, without_layout

CHECKOUT = Path(__file__).resolve().parents[3]
SEED = Path(os.environ.get("BULLETIN_SEED_PAGE", CHECKOUT.parent / "shared" / "seed" / "page.txt"))
pytestmark = pytest.mark.skipif(not SEED.is_file(), reason="the seed page is not here")


@dataclass(frozen=True)
class Printed:
    """A story of the page by its 1-based lines.

    `paragraphs` are the lines each paragraph is joined from; `credit` is a line of its own, or the
    last line of the last paragraph. `places` and `stations` are digests of the names in order.
    """

    headline: int
    paragraphs: list[tuple[int, ...]]
    credit: int
    genre: str = "story"
    subheads: list[int] = field(default_factory=list)
    column: int | None = None
    dateline: bool = False
    photo: bool = False
    places: tuple[str, ...] = ()
    stations: tuple[str, ...] = ()


STORIES = [
    Printed(
        3,
        [(5,), (9,), (11, 13), (15,), (19,), (21, 23), (25,), (27,), (31,), (33, 35), (37,), (39,)],
        41,
        subheads=[7, 17, 29],
        places=("2670f3",),
    ),
    Printed(
        43, [(45,)], 47, genre="photo", photo=True, places=("03ca86", "2efa85", "fe14b4", "863285")
    ),
    Printed(
        51,
        [(53,), (55, 57), (59,), (61, 63), (65,), (67, 69), (71,)],
        73,
        places=("46fa5b", "d58946"),
        stations=("e48ecb", "df173e"),
    ),
    Printed(
        75,
        [(77, 79), (81,), (83, 85), (87, 89), (91,)],
        93,
        places=("0b219d", "d72af3"),
        stations=("4abf70",),
    ),
    Printed(97, [(99,), (101, 103), (105,)], 105, genre="brief", column=95, dateline=True),
    Printed(107, [(109,), (111, 113)], 113, genre="brief", column=95, dateline=True),
    Printed(115, [(117,), (119, 121)], 121, genre="brief", column=95, dateline=True),
    Printed(
        123,
        [(125,), (127,), (129, 131), (133,)],
        133,
        genre="brief",
        column=135,
        dateline=True,
        places=("0b219d", "e797d9"),
    ),
]
IDS = [f"line {story.headline}" for story in STORIES]
NUMBERED = list(zip(range(len(STORIES)), STORIES, strict=True))


@pytest.fixture(scope="module")
def text():
    return read_text(SEED.read_bytes())


@pytest.fixture(scope="module")
def lines(text):
    return dict(enumerate(text.splitlines(), start=1))


@pytest.fixture(scope="module")
def page(text):
    return parse_page(text)


def digest(name):
    return hashlib.sha256(name.encode()).hexdigest()[:6]


def credit_of(line):
    """Split a line into its text and the credit in brackets at its end."""
    found = re.fullmatch(r"(.*?)\(([^()]+)\)", line)
    return (found[1], found[2]) if found else ("", line)


def expected_bylines(credit):
    """Read 角色 姓名 角色 姓名 …, with a 摄 at the end for the last name."""
    words = credit.split()
    work = words.pop() if len(words) % 2 else None
    pairs = [(name, role) for role, name in zip(words[::2], words[1::2], strict=True)]
    return [*pairs, (pairs[-1][0], work)] if work else pairs


def test_page_has_its_stories_in_order_and_nothing_else(page):
    headlines = [
        next(piece.line for piece in article.pieces if piece.kind is PieceKind.HEADLINE)
        for article in page.articles
    ]
    assert headlines == [story.headline for story in STORIES]
    assert (page.leftover, page.furniture, page.remarks) == ([], [], [])
    assert [remark for article in page.articles for remark in article.remarks] == []


def test_every_character_is_kept_once(page, text):
    assert_conserved(text, page)


@pytest.mark.parametrize(("number", "story"), NUMBERED, ids=IDS)
def test_headline_is_its_line(page, lines, number, story):
    article = page.articles[number]
    printed = lines[story.headline]
    assert " ".join(filter(None, [article.kicker, article.headline])) == printed
    assert article.deck == ""
    pieces = printed.split(" ")
    has_kicker = len(pieces) == 3
    assert article.kicker == (pieces[0] if has_kicker else "")


@pytest.mark.parametrize(("number", "story"), NUMBERED, ids=IDS)
def test_paragraphs_are_their_lines_joined(page, lines, number, story):
    article = page.articles[number]
    expected = []
    for at in story.paragraphs:
        whole = "".join(lines[line] for line in at)
        if story.credit in at:
            whole = credit_of(whole)[0]
        expected.append(whole)
    if story.dateline:
        expected[0] = expected[0].removeprefix("本报讯").lstrip()
    assert article.paragraphs == expected
    assert [
        block.lines for block in article.blocks if block.kind == "paragraph"
    ] == story.paragraphs
    assert article.dateline is story.dateline


@pytest.mark.parametrize(("number", "story"), NUMBERED, ids=IDS)
def test_subheads_are_their_lines(page, lines, number, story):
    assert page.articles[number].subheads == [lines[line] for line in story.subheads]


@pytest.mark.parametrize(("number", "story"), NUMBERED, ids=IDS)
def test_bylines_are_the_credit_line(page, lines, number, story):
    article = page.articles[number]
    credit = credit_of(lines[story.credit])[1]
    assert [(byline.name, byline.role) for byline in article.bylines] == expected_bylines(credit)
    assert article.unread == []


@pytest.mark.parametrize(("number", "story"), NUMBERED, ids=IDS)
def test_column_genre_and_picture(page, lines, number, story):
    article = page.articles[number]
    assert article.column == (lines[story.column] if story.column else "")
    assert (article.genre, article.photo) == (story.genre, story.photo)


@pytest.mark.parametrize(("number", "story"), NUMBERED, ids=IDS)
def test_places_are_those_printed(page, number, story):
    article = page.articles[number]
    assert [digest(name) for name in article.communities] == list(story.places)
    assert [digest(name) for name in article.stations] == list(story.stations)


def test_kicker_is_told_from_the_headline_in_the_one_line_that_has_both(page, lines):
    assert [bool(article.kicker) for article in page.articles] == [True] + [False] * 7


def test_no_line_of_the_page_is_in_two_stories(page, lines):
    owners = {}
    for number, article in enumerate(page.articles):
        for piece in article.pieces:
            assert owners.setdefault(piece.line, number) == number
    assert sorted(owners) == [number for number, line in lines.items() if without_layout(line)]
    assert {piece.kind for piece in page.pieces} <= set(PieceKind)

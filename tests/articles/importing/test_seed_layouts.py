"""The real page, laid out in other ways by rule, is read into the same stories.

Nothing of the page stands here: it is read where `test_seed_page` finds it, taken apart by the
line numbers given there, and set anew. Each layout changes one thing.
"""

import random

import pytest

from articles.importing import parse_page, read_text

from .test_layouts import set_in_lines
from .test_seed_page import SEED, STORIES

pytestmark = pytest.mark.skipif(not SEED.is_file(), reason="the seed page is not here")

STRAIGHT = str.maketrans("“”", '""')
FULL_WIDTH = str.maketrans(",:;?!()", "，：；？！（）")
WIDE_DIGITS = str.maketrans("0123456789", "０１２３４５６７８９")
COLUMN_HEAD = next(story.column for story in STORIES if story.column)
CAMPAIGN = STORIES[-1].column
NUMBERS = range(len(STORIES))
IN_COLUMN = [number for number in NUMBERS if STORIES[number].column]
OUTSIDE = [number for number in NUMBERS if not STORIES[number].column]


@pytest.fixture(scope="module")
def lines():
    return dict(enumerate(read_text(SEED.read_bytes()).splitlines(), start=1))


@pytest.fixture(scope="module")
def stories(lines):
    return parse_page("\n".join(lines.values())).as_json()["articles"]


def blocks_of(lines, number, *, is_whole=False):
    """Return a story's blocks in order: a list of the lines each is printed in.

    Args:
        lines: the page's lines by number.
        number: the story's place in `STORIES`.
        is_whole: whether paragraphs that the column broke are joined.

    """
    story = STORIES[number]
    paragraphs = [[lines[line] for line in at] for at in story.paragraphs]
    if is_whole:
        paragraphs = [["".join(pieces)] for pieces in paragraphs]
    placed = {at[0]: pieces for at, pieces in zip(story.paragraphs, paragraphs, strict=True)}
    placed |= {line: [lines[line]] for line in (story.headline, *story.subheads)}
    if not any(story.credit in at for at in story.paragraphs):
        placed[story.credit] = [lines[story.credit]]
    return [placed[line] for line in sorted(placed)]


def lay_out(lines, *, order=NUMBERS, gap=1, story_gap=1, is_whole=False, setting=None):
    """Set the page's stories one under the other; returns the page's text.

    Args:
        lines: the page's lines by number.
        order: the stories' order; the column's head goes before its first story, the campaign's
            name behind the last one.
        gap: blank lines between blocks; `story_gap` those between stories.
        is_whole: whether paragraphs that the column broke are joined.
        setting: makes the printed lines of a line; given the line and whether it begins a block.

    """
    out = []
    column_is_set = False
    for number in order:
        blocks = blocks_of(lines, number, is_whole=is_whole)
        if number in IN_COLUMN and not column_is_set:
            blocks.insert(0, [lines[COLUMN_HEAD]])
            column_is_set = True
        if STORIES[number].column == CAMPAIGN:
            blocks.append([lines[CAMPAIGN]])
        for at, pieces in enumerate(blocks):
            for piece, text in enumerate(pieces):
                out += [""] * (gap if at or piece else story_gap)
                out += setting(text, piece == 0) if setting else [text]
    return "\n".join(out)


def assert_read_the_same(text, stories, *, order=NUMBERS, translated=None):
    found = parse_page(text).as_json()["articles"]
    wanted = [stories[number] for number in order]
    if translated is not None:
        wanted = [translate(story, translated) for story in wanted]
    assert [story["headline"] for story in found] == [story["headline"] for story in wanted]
    for one, other in zip(found, wanted, strict=True):
        assert one == other


def translate(value, table):
    """Translate every text of a story."""
    if isinstance(value, str):
        return value.translate(table)
    if isinstance(value, list):
        return [translate(part, table) for part in value]
    if isinstance(value, dict):
        return {key: translate(part, table) for key, part in value.items()}
    return value


@pytest.mark.parametrize("gap", [0, 1, 2, 3])
@pytest.mark.parametrize("story_gap", [1, 2, 4])
def test_blank_lines_make_no_difference(lines, stories, gap, story_gap):
    assert_read_the_same(lay_out(lines, gap=gap, story_gap=story_gap), stories)


def test_page_without_any_blank_line_is_read_the_same(lines, stories):
    assert_read_the_same(lay_out(lines, gap=0, story_gap=0), stories)


@pytest.mark.parametrize("gap", [0, 1])
def test_paragraphs_that_no_column_breaks_are_read_the_same(lines, stories, gap):
    assert_read_the_same(lay_out(lines, gap=gap, is_whole=True), stories)


def in_lines(width, indent):
    """Set text in lines; what is no longer than a headline stays in one."""
    return lambda text, begins: (
        [text] if len(text) <= 40 else set_in_lines(text, width, indent if begins else 0)
    )


@pytest.mark.parametrize("gap", [0, 1])
@pytest.mark.parametrize("width", [13, 15, 17, 18, 20, 22, 25, 30, 40])
def test_set_lines_with_indents_are_read_the_same(lines, stories, width, gap):
    setting = in_lines(width, indent=2)
    text = lay_out(lines, gap=gap, story_gap=2, is_whole=True, setting=setting)
    assert_read_the_same(text, stories)


@pytest.mark.parametrize("width", [15, 20, 24, 33])
def test_set_lines_of_broken_columns_are_read_the_same(lines, stories, width):
    assert_read_the_same(lay_out(lines, setting=in_lines(width, indent=0)), stories)


@pytest.mark.parametrize("seed", range(12))
def test_columns_may_break_paragraphs_anywhere(lines, stories, seed):
    chance = random.Random(seed)  # noqa: S311 - the same layouts every time

    def setting(text, begins):
        if len(text) < 100 or chance.random() < 0.4:
            return [text]
        at = chance.randrange(40, len(text) - 40)
        while text[at] in ",。、；：！？”’)》," or text[at - 1] in "。:“‘(《":
            at += 1
        return [text[:at], "", text[at:]]

    text = lay_out(lines, is_whole=True, setting=setting)
    assert_read_the_same(text, stories)


@pytest.mark.parametrize("seed", range(12))
def test_stories_in_another_order_are_the_same_stories(lines, stories, seed):
    chance = random.Random(seed)  # noqa: S311 - the same layouts every time
    outside = chance.sample(OUTSIDE, len(OUTSIDE))
    at = chance.randrange(len(outside) + 1)
    order = [*outside[:at], *IN_COLUMN, *outside[at:]]
    assert_read_the_same(lay_out(lines, order=order), stories, order=order)


@pytest.mark.parametrize("ornament", ["{}", "【{}】", "■{}", "★{}★", "[{}]", "▲{}▲", "栏目：{}"])
def test_column_head_may_be_marked(lines, stories, ornament):
    marked = lines | {COLUMN_HEAD: ornament.format(lines[COLUMN_HEAD])}
    assert_read_the_same(lay_out(marked), stories)


def test_campaign_may_stand_over_its_story(lines, stories):
    text = lay_out(lines)
    headline, name = lines[STORIES[-1].headline], lines[CAMPAIGN]
    moved = text.removesuffix(name).replace(headline, f"{name}\n\n{headline}")
    assert_read_the_same(moved, stories)


@pytest.mark.parametrize("line_end", ["\r\n", "\r", " \n", "\u3000\r\n", "\u2028"])
def test_line_ends_make_no_difference(lines, stories, line_end):
    assert_read_the_same(line_end.join(lines.values()), stories)


@pytest.mark.parametrize(
    ("table", "translated"),
    [
        pytest.param(STRAIGHT, STRAIGHT, id="straight quotes"),
        pytest.param(FULL_WIDTH, FULL_WIDTH, id="full-width marks"),
        pytest.param(WIDE_DIGITS, None, id="full-width digits"),
        pytest.param({ord("的"): "的\u200b"}, None, id="zero-width spaces"),
    ],
)
def test_characters_make_no_difference(lines, stories, table, translated):
    assert_read_the_same("\n".join(lines.values()).translate(table), stories, translated=translated)

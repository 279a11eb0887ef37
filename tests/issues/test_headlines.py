"""Headlines found in the text of a PDF, and the columns that go with them."""

import pytest

from issues import shapes
from issues.press import pdf as pdfs
from issues.press.headlines import propose
from issues.press.pdf import Character
from tests.pdf_files import HEIGHT, WIDTH, front, pdf


def characters_of(content: bytes, tmp_path) -> list[Character]:
    file = tmp_path / "page.pdf"
    file.write_bytes(content)
    return pdfs.characters(file)


def in_permille(left: float, top: float, right: float, bottom: float) -> tuple[float, ...]:
    return (
        left * 1000 / WIDTH,
        top * 1000 / HEIGHT,
        right * 1000 / WIDTH,
        bottom * 1000 / HEIGHT,
    )


def test_each_headline_is_found_with_its_two_columns(tmp_path):
    stories = ["巷口装上三盏灯", "桥头那盏灯", "渡口"]
    found = propose(
        characters_of(pdf(front(*stories)), tmp_path), dict(zip("abc", stories, strict=True))
    )
    assert set(found) == set("abc")
    for number, key in enumerate("abc"):
        # As `front` sets a story: two columns of sixteen characters, four lines of them.
        top = 80 + number * 300 - 36
        wanted = in_permille(60, top, 360 + 16 * 14, top + 36 + 40 + 60)
        assert shapes.is_rectangle(found[key])
        assert shapes.box_of(found[key]) == pytest.approx(wanted, abs=18), key


def test_blanks_breaks_and_punctuation_between_the_characters_do_not_matter(tmp_path):
    spaced = "一 张　议事\u3000长桌"
    content = pdf([(spaced, 60, 80, 30), ("谈成了“电梯”", 60, 120, 30), ("正文" * 8, 60, 160, 12)])
    found = propose(characters_of(content, tmp_path), {1: "一张议事长桌，谈成了电梯"})
    left, top, right, bottom = shapes.box_of(found[1])
    assert top < 80 * 1000 / HEIGHT
    assert bottom > 160 * 1000 / HEIGHT
    assert left == pytest.approx(60 * 1000 / WIDTH, abs=10)
    assert right > 300 * 1000 / WIDTH


def test_a_headline_is_taken_where_it_is_set_largest(tmp_path):
    content = pdf(
        [("导读 桥头那盏灯 见四版", 60, 100, 12), ("桥头那盏灯", 60, 600, 40)],
    )
    found = propose(characters_of(content, tmp_path), {1: "桥头那盏灯"})
    assert shapes.box_of(found[1])[1] > 500


def test_a_large_line_that_is_nobodys_headline_ends_the_block(tmp_path):
    content = pdf(
        [
            ("桥头那盏灯", 60, 100, 36),
            ("副题也是大字", 60, 140, 26),
            *(("正文正文正文正文正文", 60, 180 + 20 * n, 14) for n in range(5)),
            ("招租广告", 60, 500, 40),
            *(("电话电话电话电话电话", 60, 540 + 20 * n, 14) for n in range(5)),
        ]
    )
    found = propose(characters_of(content, tmp_path), {1: "桥头那盏灯"})
    _left, top, _right, bottom = shapes.box_of(found[1])
    assert top < 100 * 1000 / HEIGHT
    assert 260 * 1000 / HEIGHT < bottom < 470 * 1000 / HEIGHT


def test_stories_beside_one_another_keep_apart(tmp_path):
    content = pdf(
        [
            ("左边的灯", 60, 100, 30),
            ("右边的桥", 380, 100, 30),
            *(("左左左左左左左左左左", 60, 140 + 20 * n, 14) for n in range(9)),
            *(("右右右右右右右右右右", 380, 140 + 20 * n, 14) for n in range(9)),
        ]
    )
    found = propose(characters_of(content, tmp_path), {"l": "左边的灯", "r": "右边的桥"})
    assert shapes.box_of(found["l"])[2] < shapes.box_of(found["r"])[0]


def test_on_a_turned_page_places_are_those_the_reader_sees(tmp_path):
    turned = characters_of(pdf([("灯", 60, 80, 40)], attributes="/Rotate 90"), tmp_path)
    # Upper left of the sheet is upper right of the page as shown.
    assert turned[0].left > 850
    assert turned[0].top < 150


@pytest.mark.parametrize("headline", ["", "——", "没有印的题目"])
def test_what_is_not_printed_is_not_found(headline, tmp_path):
    assert propose(characters_of(pdf(front("灯")), tmp_path), {1: headline}) == {}


def test_a_page_without_text_gives_none(tmp_path):
    assert characters_of(pdf([]), tmp_path) == []
    assert propose([], {1: "灯"}) == {}


def test_a_small_headline_below_belongs_to_its_own_story(tmp_path):
    content = pdf(
        [
            ("桥头那盏灯", 60, 100, 30),
            *(("正文正文正文正文正文", 60, 140 + 20 * n, 14) for n in range(5)),
            ("简讯一则", 60, 300, 16),
            *(("短文短文短文短文短文", 60, 330 + 20 * n, 14) for n in range(3)),
        ]
    )
    found = propose(characters_of(content, tmp_path), {1: "桥头那盏灯", 2: "简讯一则"})
    first, second = shapes.box_of(found[1]), shapes.box_of(found[2])
    assert first[3] < second[1]
    assert second[3] > 370 * 1000 / HEIGHT

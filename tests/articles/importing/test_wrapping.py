"""Lines set by a column's width are joined again; lines that are paragraphs are left alone."""

import pytest

from articles.importing import parse_page

FIRST = (
    "后巷的旧墙根下，去年冬天还堆着拆下来的门板。今年开春，退休木工老聂把门板锯开刨平，做成"
    "了六张长椅，一张挨一张摆在樟树底下，椅背上刻着捐木头的人家的门牌号。"
)
SECOND = (
    "坐的人多了，椅子成了后巷的信箱。谁家要出远门，把钥匙托给椅子上的人；谁家包了饺子，也端到"
    "椅子上来，碗空了再端回去。社区想给椅子编号，大家说不用，门牌号就是编号。"
)
CLOSERS = "，。、；：！？”’）》】"


def set_in_lines(text, width, indent=0):
    """Set a paragraph in lines of `width` full-width cells; no line begins with a closing mark."""
    lines, line = [], "\u3000" * indent
    for character in text:
        if len(line) >= width and character not in CLOSERS:
            lines.append(line)
            line = ""
        line += character
    return [*lines, line]


@pytest.mark.parametrize("width", [12, 15, 18, 21, 24, 28, 33])
@pytest.mark.parametrize("gap", [0, 1])
def test_indented_lines_of_a_column_are_joined(width, gap):
    lines = ["樟树底下六张椅"]
    for paragraph in (FIRST, SECOND):
        lines += [""] * gap + set_in_lines(paragraph, width, indent=2)
    lines += ["（通讯员 施蕙）"]
    (article,) = parse_page("\n".join(lines)).articles
    assert article.headline == "樟树底下六张椅"
    assert article.paragraphs == [FIRST, SECOND]


@pytest.mark.parametrize("width", [14, 17, 20, 25])
def test_lines_of_a_column_without_indents_are_joined_up_to_the_gap(width):
    text = "\n\n".join(
        ["樟树底下六张椅", *("\n".join(set_in_lines(p, width)) for p in (FIRST, SECOND))]
    )
    (article,) = parse_page(text).articles
    assert article.paragraphs == [FIRST, SECOND]


def test_lines_with_a_blank_line_after_every_one_are_joined():
    lines = [
        "樟树底下六张椅",
        *set_in_lines(FIRST, 20, indent=2),
        *set_in_lines(SECOND, 20, indent=2),
    ]
    (article,) = parse_page("\n\n".join(lines)).articles
    assert article.paragraphs == [FIRST, SECOND]


def test_subheads_between_set_lines_are_not_joined():
    lines = [
        "樟树底下六张椅",
        *set_in_lines(FIRST, 18, indent=2),
        "\u3000\u3000\u3000\u3000椅子从哪里来",
        *set_in_lines(SECOND, 18, indent=2),
        "\u3000\u3000\u3000\u3000钥匙往哪里放",
        *set_in_lines(FIRST, 18, indent=2),
    ]
    (article,) = parse_page("\n".join(lines)).articles
    assert article.subheads == ["椅子从哪里来", "钥匙往哪里放"]
    assert article.paragraphs == [FIRST, SECOND, FIRST]


def test_paragraph_knows_the_lines_it_was_set_in():
    lines = [
        "樟树底下六张椅",
        *set_in_lines(FIRST, 20, indent=2),
        *set_in_lines(SECOND, 20, indent=2),
    ]
    (article,) = parse_page("\n".join(lines)).articles
    first, second = article.blocks
    assert first.lines == tuple(range(2, 2 + len(set_in_lines(FIRST, 20, indent=2))))
    assert second.lines[0] == first.lines[-1] + 1


def test_credit_cut_by_the_columns_width_is_read():
    lines = [
        "樟树底下六张椅",
        *set_in_lines(FIRST, 16, indent=2),
        *set_in_lines(SECOND + "（首席记者 施蕙 通讯员 聂小满）", 16, indent=2),
    ]
    (article,) = parse_page("\n".join(lines)).articles
    assert article.paragraphs == [FIRST, SECOND]
    assert [(credit.name, credit.role) for credit in article.bylines] == [
        ("施蕙", "首席记者"),
        ("聂小满", "通讯员"),
    ]


def test_one_paragraph_to_a_line_is_not_taken_for_set_lines():
    shorts = ["天刚亮，巷口就有人扫地。", "扫地的人姓聂，今年七十四。", "他扫完地才去吃早饭。"]
    (article,) = parse_page("\n".join(["扫地的人", *shorts])).articles
    assert article.paragraphs == shorts


def test_latin_words_on_two_lines_keep_a_space_between_them():
    (article,) = parse_page(
        "牌子换了\n\n门口的新牌子上写着 Community\n\nCenter 两个词，老人都会念了。"
    ).articles
    assert article.paragraphs == ["门口的新牌子上写着 Community Center 两个词，老人都会念了。"]


def test_full_last_line_with_a_credit_ends_the_story():
    body = FIRST + SECOND + "椅" * 19
    credit = "。（通讯员 施蕙）"
    while len(set_in_lines(body + credit, 20)[-1]) != 20:
        body += "椅"
    lines = ["樟树底下六张椅", *set_in_lines(body + credit, 20)]
    lines += ["碗空了再端回去", *set_in_lines(SECOND, 20)]
    page = parse_page("\n".join(lines))
    assert [story.headline for story in page.articles] == ["樟树底下六张椅", "碗空了再端回去"]
    assert [credit.name for credit in page.articles[0].bylines] == ["施蕙"]


def test_headline_in_halves_as_wide_as_the_column_is_not_joined_to_the_text():
    head = "樟树底下摆了六张椅 碗空了再端回椅上去"
    lines = [head, *set_in_lines(FIRST, 19), *set_in_lines(SECOND, 19)]
    assert parse_page("\n".join(lines)).articles[0].headline == head


@pytest.mark.parametrize("cut", [0, 1])
def test_dateline_and_reporter_on_a_line_of_their_own(cut):
    """However much of the text that follows still stands on their line."""
    text = "9月20日，" + FIRST
    lines = ["樟树底下六张椅", f"　　本报讯 （记者 施蕙 实习生 简宁） {text[:cut]}"]
    lines += [*set_in_lines(text[cut:], 20), *set_in_lines(SECOND, 20, indent=2)]
    (story,) = parse_page("\n".join(lines)).articles
    assert story.dateline
    assert story.paragraphs == [text, SECOND]
    assert [credit.name for credit in story.bylines] == ["施蕙", "简宁"]

"""Kicker, headline and deck."""

import pytest

from articles.importing import parse_page
from articles.importing.lines import read_lines
from articles.importing.titles import joined, tell_apart


def told_apart(*lines):
    title = tell_apart([line.run for line in read_lines("\n".join(lines))])
    return joined(title.kicker), joined(title.headline), joined(title.deck)


@pytest.mark.parametrize(
    ("lines", "kicker", "headline", "deck"),
    [
        (["河堤上多了七盏灯"], "", "河堤上多了七盏灯", ""),
        (["修好一盏灯 照亮一条巷"], "", "修好一盏灯 照亮一条巷", ""),
        (["修好一盏灯\u3000照亮一条巷"], "", "修好一盏灯 照亮一条巷", ""),
        (["修好一盏灯", "照亮一条巷"], "", "修好一盏灯 照亮一条巷", ""),
        (
            ["柳岸街道把夜间照明列入今年民生实事 修好一盏灯 照亮一条巷"],
            "柳岸街道把夜间照明列入今年民生实事",
            "修好一盏灯 照亮一条巷",
            "",
        ),
        (
            ["柳岸街道把夜间照明列入民生实事", "修好一盏灯 照亮一条巷"],
            "柳岸街道把夜间照明列入民生实事",
            "修好一盏灯 照亮一条巷",
            "",
        ),
        (
            ["对话柳岸社区党总支书记卢青：", "一盏灯的学问"],
            "对话柳岸社区党总支书记卢青：",
            "一盏灯的学问",
            "",
        ),
        (["柳岸街道：", "一盏灯的学问"], "", "柳岸街道：一盏灯的学问", ""),
        (
            ["修好一盏灯", "——柳岸街道夜间照明改造侧记"],
            "",
            "修好一盏灯",
            "——柳岸街道夜间照明改造侧记",
        ),
        (
            ["一盏灯的学问", "柳岸街道请居民投票，定下四十二盏路灯装在哪里、朝向哪边"],
            "",
            "一盏灯的学问",
            "柳岸街道请居民投票，定下四十二盏路灯装在哪里、朝向哪边",
        ),
        (
            ["居民投票定灯位", "一盏灯的学问", "——柳岸街道夜间照明改造侧记"],
            "居民投票定灯位",
            "一盏灯的学问",
            "——柳岸街道夜间照明改造侧记",
        ),
        (
            ["民生实事看得见", "一盏灯的学问", "柳岸街道请居民投票定下四十二盏路灯的位置"],
            "民生实事看得见",
            "一盏灯的学问",
            "柳岸街道请居民投票定下四十二盏路灯的位置",
        ),
        (["河堤边的“夜归", "人”有灯了"], "", "河堤边的“夜归人”有灯了", ""),
        (["补好路、", "点亮灯"], "", "补好路、点亮灯", ""),
        (["灯亮了 路平了 河堤上又有人散步了"], "", "灯亮了 路平了 河堤上又有人散步了", ""),
        (["夜路", "（外二首）"], "", "夜路", "（外二首）"),
    ],
)
def test_lines_of_a_headline_group_are_told_apart(lines, kicker, headline, deck):
    assert told_apart(*lines) == (kicker, headline, deck)


def test_space_beside_latin_letters_divides_no_headline():
    assert told_apart("社区 Wi Fi 通了") == ("", "社区 Wi Fi 通了", "")


def test_headline_ornaments_are_left_out_and_kept_as_marks():
    (article,) = parse_page(
        "◆河堤上多了七盏灯◆\n\n傍晚六点，河堤步道亮了起来，散步的人比上个月多了一倍。"
    ).articles
    assert article.headline == "河堤上多了七盏灯"
    assert [piece.text for piece in article.pieces if piece.kind == "mark"] == ["◆", "◆"]


@pytest.mark.parametrize(
    "headline", ["夜里的路灯该谁管？", "“灯亮了！”", "点灯的人说：“我只是顺路”"]
)
def test_question_exclamation_and_quotation_are_headlines_after_a_credit(headline):
    first = "傍晚六点，河堤步道亮了起来，散步的人比上个月多了一倍。"
    second = "社区、物业和路灯管理所坐到一起，把四十二盏灯一盏一盏地分清楚了。"
    credit = "（记者 卢青）"
    text = "\n\n".join(["河堤上多了七盏灯", first, credit, headline, second, credit])
    assert [article.headline for article in parse_page(text).articles] == [
        "河堤上多了七盏灯",
        headline,
    ]

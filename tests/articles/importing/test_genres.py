"""What kind of text a story is."""

import pytest

from articles.importing import parse_page

TEXT = "傍晚六点，柳岸街道的河堤步道亮了起来，新装的七盏灯都朝着台阶。"
MORE = "散步的人比上个月多了一倍，社区打算再添几张长椅，让走累的人歇一歇。"


def genre(*lines):
    (article,) = parse_page("\n\n".join(lines)).articles
    return article.genre


@pytest.mark.parametrize(
    "headline",
    [
        "停水通知",
        "关于河堤步道封闭施工的公告",
        "寻物启事",
        "公 告",
        "致河堤居民的倡议书",
        "低保名单公示",
    ],
)
def test_notices_are_known_by_their_headline(headline):
    assert genre(headline, "各位居民：", TEXT, "柳岸街道办事处", "2025年3月18日") == "notice"


def test_story_about_a_notice_is_a_story():
    assert genre("一张停水通知", TEXT, MORE, "（记者 卢青）") == "story"


@pytest.mark.parametrize(
    ("ask", "answer"),
    [("问：", "答："), ("记者：", "梁启文："), ("问\u3000", "答\u3000"), ("Q：", "A：")],
)
def test_questions_and_answers_are_an_interview(ask, answer):
    lines = ["河堤上的灯怎么修", TEXT]
    for _ in range(3):
        lines += [f"{ask}灯坏了找谁来修？", f"{answer}打照明管理所的电话，当天来人。"]
    assert genre(*lines, "（记者 卢青）") == "interview"


def test_story_that_quotes_a_question_is_no_interview():
    assert genre("河堤上的灯", TEXT, "记者问：“灯坏了找谁？”梁启文说打电话。", MORE) == "story"


def test_caption_with_a_photographer_is_photo_news():
    assert genre("灯下棋局", TEXT, "施蕙 摄") == "photo"
    assert genre("灯下棋局", "图为居民在灯下下棋。" + TEXT) == "photo"


def test_long_story_with_a_picture_is_a_story_with_a_picture():
    (article,) = parse_page("\n\n".join(["河堤上的灯", "卢青 文/图", *[TEXT + MORE] * 6])).articles
    assert (article.genre, article.photo) == ("story", True)


def test_dateline_under_a_column_is_a_brief():
    assert genre("【街坊】", "河堤上的灯", "本报讯 " + TEXT + MORE, MORE) == "brief"


def test_dateline_alone_is_a_brief_only_where_the_story_is_tiny():
    assert genre("河堤上的灯", "本报讯 " + TEXT) == "brief"
    assert genre("河堤上的灯", "本报讯 " + TEXT, MORE, MORE) == "story"


def test_items_of_a_collective_column_are_briefs_without_dateline():
    page = parse_page(
        "\n\n".join(["简讯", "堤上添灯", TEXT, "（卢青）", "后巷添椅", MORE, "（施蕙）"])
    )
    assert [(article.column, article.genre) for article in page.articles] == [
        ("简讯", "brief"),
        ("简讯", "brief"),
    ]

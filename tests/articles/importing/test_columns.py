"""Standing columns and their briefs."""

import pytest

from articles.importing import parse_page

FIRST = "三月六日，柳岸街道的河堤步道装上七盏新灯，散步的人比上个月多了一倍。"
SECOND = "三月七日，后巷的六张长椅编上了门牌号，谁家捐的木头一看就知道。"
THIRD = "三月八日，菜场把老秤换成了电子秤，摊主们排着队来学怎么用。"
HEADS = ["河堤上多了七盏灯", "樟树底下六张椅", "菜场换上了新秤"]


def brief(headline, text, credit="（通讯员 施蕙）"):
    return f"{headline}\n\n本报讯 {text}{credit}"


def columns(text):
    page = parse_page(text)
    return [(article.column, article.headline, article.genre) for article in page.articles]


@pytest.mark.parametrize(
    ("printed", "name"),
    [
        ("【街坊】", "街坊"),
        ("■ 街坊快讯 ■", "街坊快讯"),
        ("▲街坊▲", "街坊"),
        ("新闻速递", "新闻速递"),
        ("“清河”在行动", "“清河”在行动"),
        ("栏目：街坊", "街坊"),
        ("河堤边的新鲜事", "河堤边的新鲜事"),
    ],
)
def test_column_head_gives_its_name_to_the_briefs_below(printed, name):
    text = "\n\n".join([printed, *map(brief, HEADS, (FIRST, SECOND, THIRD))])
    assert columns(text) == [(name, headline, "brief") for headline in HEADS]


def test_column_ends_where_the_next_one_begins():
    text = "\n\n".join(
        [
            "【街坊】",
            brief(HEADS[0], FIRST),
            "【菜场】",
            brief(HEADS[1], SECOND),
            brief(HEADS[2], THIRD),
        ]
    )
    assert [column for column, _headline, _genre in columns(text)] == ["街坊", "菜场", "菜场"]


def test_column_of_briefs_does_not_reach_a_story_without_dateline():
    text = "\n\n".join(
        [
            "【街坊】",
            brief(HEADS[0], FIRST),
            brief(HEADS[1], SECOND),
            HEADS[2],
            THIRD,
            FIRST,
            "（记者 卢青）",
        ]
    )
    assert columns(text)[-1] == ("", HEADS[2], "story")


def test_column_over_a_story_is_for_that_story_alone():
    text = "\n\n".join(
        [
            "【人物】",
            HEADS[0],
            FIRST,
            SECOND,
            "（记者 卢青）",
            HEADS[1],
            SECOND,
            THIRD,
            "（记者 卢青）",
        ]
    )
    assert columns(text) == [("人物", HEADS[0], "story"), ("", HEADS[1], "story")]


def test_column_printed_after_the_last_brief_belongs_to_it():
    text = "\n\n".join(["新闻速递", *map(brief, HEADS, (FIRST, SECOND, THIRD)), "“换新”在行动"])
    assert columns(text) == [
        ("新闻速递", HEADS[0], "brief"),
        ("新闻速递", HEADS[1], "brief"),
        ("“换新”在行动", HEADS[2], "brief"),
    ]


def test_column_named_after_the_story_above_stands_at_its_end():
    text = "\n\n".join(
        [
            "新闻速递",
            brief("“爱河护堤”队添了新船", FIRST),
            "“爱河护堤”在行动",
            brief(HEADS[1], SECOND),
        ]
    )
    assert [column for column, _headline, _genre in columns(text)] == [
        "“爱河护堤”在行动",
        "新闻速递",
    ]


def test_column_and_headline_in_one_line_are_told_apart():
    assert columns(f"【街坊】{HEADS[0]}\n\n{FIRST}\n\n{SECOND}\n\n（记者 卢青）") == [
        ("街坊", HEADS[0], "story")
    ]


def test_column_announced_by_the_editor_is_known():
    text = "\n".join(
        [
            "【开栏的话】从今天起，本报开设“堤上人家”栏目，请读者来讲河堤边的事。",
            "堤上人家",
            HEADS[0],
            "记者 卢青",
            FIRST,
            SECOND,
        ]
    )
    (article,) = parse_page(text).articles
    assert (article.column, article.headline) == ("堤上人家", HEADS[0])
    assert article.paragraphs[0].startswith("【开栏的话】")


@pytest.mark.parametrize("mark", ["■", "● ", "▶", "◆"])
def test_headline_run_into_the_brief_is_cut_off(mark):
    text = "\n".join(
        [
            "【街坊快讯】",
            f"{mark}{HEADS[0]} 本报讯 {FIRST}（施蕙）",
            f"{mark}{HEADS[1]} 本报讯 {SECOND}（施蕙 聂小满）",
        ]
    )
    page = parse_page(text)
    assert [
        (article.headline, article.dateline, article.paragraphs, len(article.bylines))
        for article in page.articles
    ] == [(HEADS[0], True, [FIRST], 1), (HEADS[1], True, [SECOND], 2)]


def test_place_before_an_entry_of_a_list_is_no_headline():
    entries = [
        "▶柳岸街道 河堤步道添了七盏灯，灯头都朝着台阶。",
        "▶后巷社区 六张长椅编上了门牌号，人人认得。",
    ]
    (article,) = parse_page(
        "\n".join(["一周看得见", "这一周，街上多了这些东西。", *entries])
    ).articles
    assert article.paragraphs[1:] == entries


def test_line_repeated_over_several_stories_is_a_column():
    text = "\n\n".join(
        part
        for headline, body in zip(HEADS, (FIRST, SECOND, THIRD), strict=True)
        for part in ("堤上人家", headline, body, THIRD + SECOND, "（记者 卢青）")
    )
    assert [column for column, _headline, _genre in columns(text)] == ["堤上人家"] * 3


def test_column_and_its_brackets_are_both_accounted_for():
    (article,) = parse_page(f"【街坊】\n\n{brief(HEADS[0], FIRST)}").articles
    assert [(piece.kind.value, piece.text) for piece in article.pieces[:3]] == [
        ("mark", "【"),
        ("column", "街坊"),
        ("mark", "】"),
    ]

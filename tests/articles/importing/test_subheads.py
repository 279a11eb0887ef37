"""Subheads told from headlines, from paragraphs and from each other."""

import pytest

from articles.importing import parse_page

LEAD = "后巷的灯坏了大半年，今年三月，居民自己凑了钱，社区出了电，灯又亮了起来，照得见每一级台阶。"
MORE = "灯亮以后，晚饭后出来走动的人多了，棋摊从屋里搬到了灯下，孩子们也肯在院子里多待一会儿。"
REST = "电费由各户轮流垫，年底在院子里贴一张纸，谁家垫了多少，一笔一笔写得清清楚楚，没有人争过。"
CREDIT = "（记者 卢青）"


def story(*lines):
    (article,) = parse_page("\n\n".join(["后巷的灯亮了", *lines])).articles
    assert article.headline == "后巷的灯亮了"
    return article


@pytest.mark.parametrize(
    "subheads",
    [
        ["一、钱是怎么凑的", "二、电是谁来出的"],
        ["（一）凑钱", "（二）出电"],
        ["凑钱：一户不落", "出电：一分不少"],
        ["凑齐“买灯钱”，心往一处想", "算清“用电账”，话往明处说"],
        ["大家出主意 办法就有了", "各家搭把手 灯就亮起来"],
        ["钱从哪里来？", "账怎么记清？"],
        ["灯下的棋摊", "纸上的账本"],
    ],
)
def test_parallel_lines_between_paragraphs_are_subheads(subheads):
    article = story(LEAD, subheads[0], MORE, subheads[1], REST, CREDIT)
    assert article.subheads == subheads
    assert article.paragraphs == [LEAD, MORE, REST]


@pytest.mark.parametrize(
    ("printed", "kept"),
    [
        (["■ 灯下的棋摊", "■ 纸上的账本"], ["灯下的棋摊", "纸上的账本"]),
        (["**灯下的棋摊**", "**纸上的账本**"], ["灯下的棋摊", "纸上的账本"]),
        (["【灯下的棋摊】", "【纸上的账本】"], ["灯下的棋摊", "纸上的账本"]),
    ],
)
def test_ornaments_around_subheads_are_left_out(printed, kept):
    assert story(LEAD, printed[0], MORE, printed[1], REST, CREDIT).subheads == kept


def test_subhead_directly_under_the_headline_is_found_by_its_siblings():
    article = story("一、凑钱不靠催", LEAD, "二、记账不靠嘴", MORE, CREDIT)
    assert article.subheads == ["一、凑钱不靠催", "二、记账不靠嘴"]


def test_box_at_the_end_of_a_story_is_headed_by_a_subhead():
    article = story(LEAD, MORE, "新闻链接", REST)
    assert article.subheads == ["新闻链接"]


def test_line_after_a_credit_is_the_next_headline():
    page = parse_page("\n\n".join(["后巷的灯亮了", LEAD, CREDIT, "菜场的秤换了", MORE, CREDIT]))
    assert [article.headline for article in page.articles] == ["后巷的灯亮了", "菜场的秤换了"]


def test_line_over_a_dateline_is_the_next_headline():
    page = parse_page(
        "\n\n".join(["后巷的灯亮了", "本报讯 " + LEAD, "菜场的秤换了", "本报讯 " + MORE])
    )
    assert [article.headline for article in page.articles] == ["后巷的灯亮了", "菜场的秤换了"]
    assert [article.dateline for article in page.articles] == [True, True]


def test_line_over_a_byline_is_the_next_headline():
    page = parse_page(
        "\n\n".join(
            ["后巷的灯亮了", "记者 卢青", LEAD, MORE, "菜场的秤换了", "通讯员 施蕙", REST, MORE]
        )
    )
    assert [article.headline for article in page.articles] == ["后巷的灯亮了", "菜场的秤换了"]
    assert [[credit.name for credit in article.bylines] for article in page.articles] == [
        ["卢青"],
        ["施蕙"],
    ]


def test_line_after_a_wider_gap_is_the_next_headline():
    text = "\n\n\n".join(
        "\n".join(story)
        for story in (
            ["后巷的灯亮了", LEAD, MORE],
            ["菜场的秤换了", REST, MORE],
            ["新井", LEAD, REST],
        )
    )
    page = parse_page(text)
    assert [article.headline for article in page.articles] == [
        "后巷的灯亮了",
        "菜场的秤换了",
        "新井",
    ]


def test_line_after_the_date_of_a_notice_is_the_next_headline():
    page = parse_page(
        "停水通知\n各位居民：\n因检修管道，三月二十日停水半天。\n柳岸街道办事处\n2025年3月18日\n"
        f"后巷的灯亮了\n{LEAD}\n{MORE}"
    )
    assert [article.headline for article in page.articles] == ["停水通知", "后巷的灯亮了"]


def test_story_signed_at_the_top_does_not_swallow_the_photo_news_below_it():
    page = parse_page(
        "\n\n".join(
            [
                "后巷的灯亮了",
                "记者 卢青",
                LEAD,
                MORE,
                "晒书",
                "三月六日，居民把受潮的书搬到台阶上晒。",
                "施蕙 摄",
            ]
        )
    )
    assert [(article.headline, article.genre) for article in page.articles] == [
        ("后巷的灯亮了", "story"),
        ("晒书", "photo"),
    ]

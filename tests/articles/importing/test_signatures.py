"""Credits that only their place makes credits."""

import pytest

from articles.importing import parse_page

TEXT = "傍晚六点，步道亮了起来，散步的人比往日多，孩子们追着影子跑出去很远。"


def story(text):
    (article,) = parse_page(text).articles
    return article


def test_bare_name_under_a_headline_is_its_author():
    article = story(f"河堤上多了七盏灯\n\n温故新\n\n{TEXT}\n\n{TEXT}")
    assert (article.headline, article.kicker) == ("河堤上多了七盏灯", "")
    assert [(credit.name, credit.role) for credit in article.bylines] == [("温故新", "")]


def test_word_that_the_text_takes_up_is_a_headline_and_no_author():
    text = "黄金周的步道上人来人往，社区安排了志愿者值守，黄金周过后还会再来。"
    article = story(f"河堤上多了七盏灯\n\n黄金周\n\n{text}\n\n{TEXT}")
    assert article.bylines == []


@pytest.mark.parametrize("signed", ["（温故新）", "(万青 汤恩)", "（万青、汤恩）"])
def test_pen_names_behind_the_last_sentence(signed):
    article = story(f"河堤上多了七盏灯\n\n{TEXT}{signed}")
    assert [credit.name for credit in article.bylines] == signed.strip("（）()").replace(
        "、", " "
    ).split()
    assert article.paragraphs == [TEXT]


@pytest.mark.parametrize("aside", ["（化名）", "（待续）", "（下同）"])
def test_asides_behind_the_last_sentence_are_text(aside):
    article = story(f"河堤上多了七盏灯\n\n{TEXT}{aside}")
    assert article.paragraphs == [TEXT + aside]
    assert article.bylines == []


@pytest.mark.parametrize("office", ["（工会）", "（县妇联）", "（团委 工会）"])
def test_office_in_brackets_is_kept_as_a_credit_and_names_nobody(office):
    article = story(f"河堤上多了七盏灯\n\n{TEXT}\n\n{office}")
    assert article.paragraphs == [TEXT]
    assert article.bylines == []
    assert article.unread == [office.strip("（）")]


def test_word_about_the_author_is_the_last_paragraph():
    about = "（作者系青芦区委党校讲师）"
    article = story(f"河堤上多了七盏灯\n\n□ 温故新\n\n{TEXT}\n\n{about}")
    assert article.paragraphs == [TEXT, about]


def test_credit_with_a_name_that_cannot_be_read_is_still_a_credit():
    article = story(f"河堤上多了七盏灯\n\n{TEXT}\n\n（通讯员 欧阳的）")
    assert article.paragraphs == [TEXT]


def test_credit_broken_over_two_lines_is_joined():
    article = story(
        f"河堤上多了七盏灯\n□ 文/本报记者 杜若 图/通讯员 白\n露霜\n　　{TEXT}\n　　{TEXT}"
    )
    assert [(credit.name, credit.role) for credit in article.bylines] == [
        ("杜若", "文"),
        ("杜若", "本报记者"),
        ("白露霜", "图"),
        ("白露霜", "通讯员"),
    ]

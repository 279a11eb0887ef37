"""A name spelt two ways."""

import pytest

from articles.checks.names import names
from tests.articles.checks.copies import copy_of, said


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("居民贾某说，水管漏了。贾谋还说，没人修。", [("贾谋", "贾某")]),
        (
            "居民刘桂芳介绍，楼道亮了。刘桂方每天都去，刘桂芳笑了。",
            [("刘桂方", "刘桂芳")],
        ),
        ("社工王晓燕先到，王小燕后到，志愿者王晓燕说好。", [("王小燕", "王晓燕")]),
        ("网格员陈己明来了。陈巳明说，陈己明也说。", [("陈巳明", "陈己明")]),
        ("居民王强在家。王墙说好。", [("王墙", "王强")]),
    ],
)
def test_two_spellings_are_found(text, expected):
    assert said(names, text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "居民王强说好，居民王芳也说好。",
        "居民刘桂芳说好，居民刘桂兰也说好。",
        "姐妹俩叫王玉兰、王玉岚，志愿者王玉兰先到，王玉岚说好。",
        "居民高新说，高兴的事多，高薪不多。",
        "书记周全表示，周权证的事办好了，周全说。",
        "居民王先生、王女士都说好。",
        "居民何平说和平里的灯亮了。",
        "居民张明在张明路上开店。",
        "居民方便出行，方面很多。",
    ],
)
def test_different_people_and_everyday_words_are_left_alone(text):
    assert said(names, text) == []


def test_the_byline_is_right():
    text = "“灯亮了。”沈砚秋笑了。沈研秋说，沈研秋记下了。"
    assert said(names, text, persons=("沈砚秋",)) == [("沈研秋", "沈砚秋")] * 2


def test_all_places_of_a_spelling_share_a_key():
    found = list(names(copy_of("居民贾某说。贾谋说，居民贾某说。贾谋说，居民贾某说。")))
    assert [one.quote for one in found] == ["贾谋", "贾谋"]
    assert len({one.key for one in found}) == 1

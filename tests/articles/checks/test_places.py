"""Places the directory doesn't have."""

import pytest

from articles.checks.places import places
from tests.articles.checks.copies import said


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("走进北苍社区，灯都亮着。", [("北苍社区", "北仓社区")]),
        ("桃花源社区办了一场义诊。", [("桃花源社区", None)]),
        ("临澄区南湖街道的居民也来了。", [("南湖街道", None)]),
        ("北仓街道东风社区居民来领号。", [("东风社区", None)]),
        ("他家住沙弯村，走路十分钟。", [("沙弯村", "沙湾村")]),
    ],
)
def test_an_unknown_place_is_found(text, expected):
    assert said(places, text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "北仓社区、柳堤社区和文昌里社区都来了人。",
        "邻省合肥市蜀山区笔架山街道的人来参观。",
        "棉纺新村要建充电棚。",
        "他去找社区。起初社区印了一本小册子。",
        "各社区、老旧社区、智慧社区、示范社区都在试。",
        "走进社区、深入社区，社区居民都说好。",
        "老家王家村的人来看他。",
        "新农村、城中村、本村、全村都通了水。",
        "澹州社区食堂开到了两百家。",
        "街道整洁，街道两侧种了树，街道办事处在前面。",
    ],
)
def test_known_places_general_words_and_other_districts_are_left_alone(text):
    assert said(places, text) == []


def test_without_a_directory_nothing_is_said():
    assert said(places, "桃花源社区办了一场义诊。", communities=frozenset()) == []


def test_a_level_the_directory_lacks_is_not_checked():
    only_communities = frozenset(["北仓社区"])
    text = "家住沙弯村的人来了，走进北苍社区。"
    assert said(places, text, communities=only_communities) == [("北苍社区", "北仓社区")]

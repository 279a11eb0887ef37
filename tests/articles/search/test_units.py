"""How a text is divided, and what is compared."""

import pytest
from hypothesis import given
from hypothesis import strategies as some

from articles.search import pinyin
from articles.search.query import Query
from articles.search.traditional import SIMPLIFIED
from articles.search.units import canonical, grams, indexed, runs

DIVIDED = {
    "路灯": "路灯",
    "巷口添了灯 夜路不再黑": "巷口添了灯夜路不再黑",
    "路灯，亮了。": "路灯|亮了",
    "路灯。。。！亮了": "路灯|亮了",
    "一\n二": "一|二",
    "付　明": "付明",
    "“扫黄打非”在行动": "扫黄打非在行动",
    "《民法典》宣讲": "民法典宣讲",
    "阿依古丽·买买提": "阿依古丽买买提",
    "3月4日": " 3 月 4 日",
    "今年３月，“ＡＥＤ”到了": "今年 3 月| aed 到了",
    "AED 急救箱": " aed 急救箱",
    "3.5公里": " 3.5 公里",
    "３．５": " 3.5 ",
    "第3.": "第 3 ",
    "1,234,567元": " 1234567 元",
    "1，2，3": " 1 | 2 | 3 ",
    "0556-1234567": " 0556 1234567 ",
    "8：30—17:00": " 8 30 | 17 00 ",
    "Open Day’s café": " open days cafe ",
    "A03版": " a03 版",
    "電話與電車": "电话与电车",
    "裡外、裏外": "里外|里外",
    "二〇二六年": "二〇二六年",
    "㎡和①": " m2 和 1 ",
    "𠮷野家": "𠮷野家",
    "a\x00b\ud800c": " a | b | c ",
    "…—！（）": "",
    "": "",
}


@pytest.mark.parametrize("text", DIVIDED)
def test_text_is_written_so_that_what_is_the_same_compares_the_same(text):
    assert canonical(runs(text)) == DIVIDED[text]


@pytest.mark.parametrize("text", DIVIDED)
def test_the_index_holds_the_same_of_a_text(text):
    assert indexed(text) == (canonical(runs(text)), grams(runs(text)))


@given(some.text(some.sampled_from("路燈亮3.,，“” ·-:~'’aéＺ１㎡𠮷\u0301\ufe0f|_\n"), max_size=30))
def test_the_index_holds_the_same_of_any_text(text):
    assert indexed(text) == (canonical(runs(text)), grams(runs(text)))


def test_units_know_where_they_stood():
    text = "㎡，電 梯“３．５”层"
    found = [(unit.text, text[unit.start : unit.end]) for run in runs(text) for unit in run]
    assert found == [("m2", "㎡"), ("电", "電"), ("梯", "梯"), ("3.5", "３．５"), ("层", "层")]


def test_grams_are_units_and_neighbours():
    assert grams(runs("路灯，3月AED")) == {
        "路", "灯", "路灯", "3", "月", "aed", "3_月", "月_aed",
    }  # fmt: skip
    assert all(len(gram) <= 80 for gram in grams(runs("x" * 300 + "长")))


def test_traditional_characters_lead_to_simplified_ones_in_one_step():
    assert len(SIMPLIFIED) > 2500
    ends = set("".join(SIMPLIFIED.values()))
    assert [chr(code) for code in SIMPLIFIED if chr(code) in ends] == []


@pytest.mark.parametrize(
    ("name", "ways"),
    [
        ("王芳", "wang fang|wangfang|wf"),
        ("单小芳", "shan xiao fang|shanxiaofang|sxf|dan xiao fang|danxiaofang|dxf"),
        ("阿依古丽·买买提", "a yi gu li mai mai ti|ayigulimaimaiti|ayglmmt"),
        ("吕绿", "lv lv|lvlv|ll"),
        ("单", "dan"),
        ("", ""),
    ],
)
def test_person_is_typed_in_pinyin(name, ways):
    assert pinyin.of_person(name) == ways


def test_place_is_typed_without_what_it_is():
    assert pinyin.of_place("桂花社区").split("|") == [
        "gui hua she qu",
        "guihuashequ",
        "ghsq",
        "gui hua",
        "guihua",
        "gh",
    ]


READ = {
    "路灯 电梯": (["路灯", "电梯"], []),
    "路灯，电梯": (["路灯", "电梯"], []),
    "“加装电梯”": (["加装电梯"], []),
    '"加装 电梯" 老人': (["加装电梯", "老人"], []),
    "电梯 -招标 －“物业 公司”": (["电梯"], ["招标", "物业公司"]),
    "0556-1234567": ([" 0556 1234567 "], []),
    "路灯 路灯 路燈": (["路灯"], []),
    '"路灯': (["路灯"], []),
    '路灯" 亮': (["路灯", "亮"], []),
    "-": ([], []),
    "-电梯": ([], ["电梯"]),
    "，。！“”": ([], []),
    "路灯\x00亮": (["路灯", "亮"], []),
    "a OR b* NEAR(c) :d ^e & ! | <->": ([" a ", " or ", " b ", " near ", " c ", " d ", " e "], []),
    "'; DROP TABLE x; --": ([" drop ", " table ", " x "], []),
}


@pytest.mark.parametrize("typed", READ)
def test_what_is_typed_is_read(typed):
    query = Query.read(typed)
    assert (
        [word.phrase for word in query.words],
        [word.phrase for word in query.without],
    ) == READ[typed]


def test_what_is_too_long_is_cut_and_said():
    query = Query.read("长" * 10_000)
    assert (len(query.text), len(query.words), query.is_cut) == (100, 1, True)
    many = Query.read(" ".join("甲乙丙丁戊己庚辛壬癸"))
    assert (len(many.words), many.is_cut) == (8, True)
    assert not Query.read("路灯").is_cut

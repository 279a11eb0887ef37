"""Words and punctuation that stand twice."""

import pytest

from articles.checks.doubled_marks import doubled_marks
from articles.checks.doubled_words import doubled_words
from tests.articles.checks.copies import said


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("路灯亮了，，巷子里不黑了。", [("，，", "，")]),
        ("路灯亮了。。", [("。。", "。")]),
        ("他没有再说。。。", [("。。。", "……")]),
        ("路灯亮了，。巷子里不黑了。", [("，。", "。")]),
        ("买了米、、面和油；；都送到家。", [("、、", "、"), ("；；", "；")]),
        ("谁来修？，大家都问。", [("？，", "？")]),
        ("太好了！！！！", [("！！！！", "！！！")]),
        ("他说：“灯亮了。”。大家笑了。", [("。”。", "。”")]),
        ("**路灯亮了，**，巷子里不黑了。", []),
    ],
)
def test_doubled_marks_are_found(text, expected):
    assert said(doubled_marks, text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "“这灯……。”他想了想。",
        "真的吗？！太好了！！",
        "他顿了顿——没有说下去……",
        "“修好了吗？”。他问的就是这一句。",
        "会议8:30开始，比分是3:2，地址是http://example.org/a::b。",
        "He said: wait... ok?! a::b c;;d",
        "买了“米”、《菜谱》、（油），都送到家。",
    ],
)
def test_marks_that_may_stand_together_are_left_alone(text):
    assert said(doubled_marks, text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("社区的的工作人员来了。", [("的的", "的")]),
        ("水管修好了了。", [("了了", "了")]),
        ("她在在家里等。", [("在在", "在")]),
        ("这是是大家的主意。", [("是是", "是")]),
        ("居民和和志愿者一起扫雪。", [("和和", "和")]),
        ("我们进行进行了讨论。", [("进行进行", "进行")]),
        ("居民们居民们都来了。", [("居民们居民们", "居民们")]),
        ("社区社区搭了棚子。", [("社区社区", "社区")]),
        ("队员们们都到了。", [("们们", "们")]),
        ("志愿者志愿者服务队成立了。", [("志愿者志愿者", "志愿者")]),
        ("大家把把桌子搬开。", [("把把", "把")]),
    ],
)
def test_doubled_words_are_found(text, expected):
    assert said(doubled_words, text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "她常常慢慢走，天天看看，个个都认得，一个个问过来。",
        "大家讨论讨论，研究研究，再商量商量，打扫打扫。",
        "一个一个来，一户一户问，两个两个站好。",
        "目的的说明、有目的的走访、的的确确、停在路边的的士。",
        "为了了解情况，除了了结旧账，受不了了，少不了了。",
        "是是非非不去管，关键就是是否公开。",
        "邻里和和美美，老街的温和和安静。",
        "从现在在职的人里挑，书里的内在在于人。",
        "成就就在眼前，就就业问题座谈，到成都都江堰去。",
        "北仓社区社区工作者、志愿服务服务队、可以以后再说。",
        "哗啦哗啦地响，叮咚叮咚，哈哈哈哈。",
        "“我我我知道！”“是是是，马上。”",
        "非常非常好，很多很多人，谢谢谢谢。",
        "好香啊好香啊，加油干啊加油干啊。",
        "普及及时，合并并公示，服从从前的约定，供给给居民。",
        "确确实实、高高兴兴、干干净净、的的确确。",
        "电话是100100，编号ABAB。",
        "大家的家家户户，人人有责，爸爸妈妈。",
    ],
)
def test_words_doubled_on_purpose_or_by_neighbours_are_left_alone(text):
    assert said(doubled_words, text) == []

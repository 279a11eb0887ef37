"""Made-up sentences: some words are in every other story, some in few, some in hardly any."""

from __future__ import annotations

import random
from collections.abc import Sequence

WHO = (
    "社区干部",
    "网格员",
    "楼栋长",
    "志愿者",
    "物业经理",
    "退休教师",
    "快递骑手",
    "护士",
    "菜场摊主",
    "老党员",
    "租户",
    "业主",
)
DID = (
    "登门",
    "商量",
    "清点",
    "记下",
    "修好",
    "送来",
    "换上",
    "量好",
    "问清",
    "搬走",
    "画出",
    "擦净",
    "扶稳",
    "教会",
    "接通",
    "照看",
)
WHAT = (
    "路灯",
    "电梯",
    "井盖",
    "花坛",
    "车棚",
    "水管",
    "楼道",
    "长椅",
    "菜地",
    "轮椅",
    "药箱",
    "图书",
    "围墙",
    "雨棚",
    "门锁",
    "台账",
)
WHEN = ("清早", "傍晚", "周末", "雨后", "入冬前", "开学前", "端午", "年底", "当天夜里", "第二天")
THEN = ("大家松了口气", "老人笑了", "账目贴上了墙", "孩子们跑来看", "没有人再抱怨", "钱花得明白")
SURNAMES = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗"
# A word of each kind: in half of all stories, in one of five thousand, in old ones, in hardly any.
COMMON, RARE, CAMPAIGN, NOWHERE = "社区", "旱船", "清零行动", "鲸歌"
CORRECTION = "文中所写的日期早了一天，特此更正。"
# Among so many characters, the first more often than the last, are those that stand together once.
CHARACTERS = 2000


def odd(chance: random.Random) -> str:
    """Return two characters of some 2,000 that happen to stand together."""
    first, second = (int(chance.paretovariate(0.7) * step) % CHARACTERS for step in (37, 91))
    return chr(0x4E00 + first) + chr(0x4E00 + second)


def word(chance: random.Random) -> str:
    """Return a word as residents look for: a thing, a deed, a person, seldom something odd."""
    kinds: tuple[Sequence[str], ...] = (WHAT, WHAT, DID, WHO, WHEN, [odd(chance)])
    return chance.choice(chance.choice(kinds))


def headline(chance: random.Random, places: Sequence[str]) -> str:
    """Return a headline that names a place."""
    some = chance.choice
    return f"{some(places)}：{some(WHO)}{some(DID)}{some(WHAT)}"


def sentence(chance: random.Random, places: Sequence[str]) -> str:
    """Return a sentence of some forty characters."""
    some = chance.choice
    where = some(places) if chance.random() < 0.3 else "小区里"
    return (
        f"{some(WHEN)}，{where}的{some(WHO)}{some(DID)}{some(WHAT)}，"
        f"{odd(chance)}和{odd(chance)}也没落下，{chance.randint(2, 900)}户人家{some(THEN)}。"
    )


def body(chance: random.Random, places: Sequence[str], n: int, count: int) -> str:
    """Return some four hundred characters in paragraphs.

    Args:
        chance: decides what they say.
        places: names of places that may be in them.
        n: which story it is, from 0; the rare words stand in certain stories.
        count: of how many.

    """
    lines = [sentence(chance, places) for _n in range(9)]
    if n % 5000 == 77 or n % count == 77:
        lines.append(f"戏台上摇起了{RARE}。")
    if count // 10 < n < count // 5:
        lines.append(f"这是{CAMPAIGN}的一部分。")
    paragraphs = ["".join(lines[at : at + 3]) for at in range(0, len(lines), 3)]
    if chance.random() < 0.2:
        paragraphs.insert(1, f"## {chance.choice(DID)}{chance.choice(WHAT)}以后")
    return "\n".join(paragraphs)

"""Names as people type them on a Latin keyboard: 王芳 as wangfang, wang fang or wf."""

from __future__ import annotations

from functools import lru_cache

from .units import runs

# Characters that are read otherwise where they are a family name.
SURNAMES = {
    "单": "shan", "仇": "qiu", "曾": "zeng", "查": "zha", "解": "xie", "盖": "ge", "区": "ou",
    "任": "ren", "覃": "qin", "尉": "wei", "燕": "yan", "缪": "miao", "朴": "piao", "翟": "zhai",
    "乐": "yue", "冼": "xian", "洗": "xian", "华": "hua", "召": "shao", "纪": "ji", "种": "chong",
    "秘": "bi", "逄": "pang", "员": "yun", "贠": "yun", "折": "she", "隗": "wei", "宁": "ning",
    "那": "na", "哈": "ha", "费": "fei", "葛": "ge", "卜": "bu", "黑": "he", "重": "chong",
}  # fmt: skip
# What a place's name may be typed without.
ENDINGS = ("党群服务站", "新时代文明实践站", "社区", "街道", "驿站", "服务站", "小区", "村", "镇")


@lru_cache(maxsize=10_000)
def of_person(name: str) -> str:
    """Return the ways a person's name is typed: syllables, all in one, initials.

    >>> of_person("单小芳")
    'shan xiao fang|shanxiaofang|sxf|dan xiao fang|danxiaofang|dxf'
    """
    syllables = _syllables(name)
    ways = [syllables]
    if len(syllables) > 1 and (family := SURNAMES.get(name[:1])) not in (None, syllables[0]):
        ways.insert(0, [str(family), *syllables[1:]])
    return "|".join(_ways(way) for way in ways if way)


@lru_cache(maxsize=10_000)
def of_place(name: str) -> str:
    """Return the ways a place's name is typed, also without its 社区 or 驿站.

    >>> of_place("桂花社区")
    'gui hua she qu|guihuashequ|ghsq|gui hua|guihua|gh'
    """
    short = next((name.removesuffix(end) for end in ENDINGS if name.endswith(end)), name)
    names = [name] if len(short) < 2 else dict.fromkeys((name, short))
    return "|".join(_ways(way) for one in names if (way := _syllables(one)))


def _syllables(name: str) -> list[str]:
    """Return the readings of the characters; what is no character stays as it is."""
    from pypinyin import Style, lazy_pinyin  # noqa: PLC0415 - its tables take a third of a second

    read = lazy_pinyin(name, style=Style.NORMAL, v_to_u=False)
    return [unit.text for part in read for run in runs(part) for unit in run if unit.is_word]


def _ways(syllables: list[str]) -> str:
    if len(syllables) == 1:
        return syllables[0]
    initials = "".join(syllable[0] for syllable in syllables)
    return f"{' '.join(syllables)}|{''.join(syllables)}|{initials}"

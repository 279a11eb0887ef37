"""Which words are papers, offices and places, and so never people."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from . import names
from .folding import simplify
from .lexicon import LISTS

_PLACES = frozenset(LISTS.words("places"))
_OFFICES = frozenset(LISTS.words("offices"))
_OUTLETS = tuple(_OFFICES)
_ENDINGS = LISTS.sections("office_endings")


def _ending(*sections: str, least: int) -> re.Pattern[str]:
    """Words of at least so many characters before one of the endings."""
    endings = [ending for section in sections for ending in _ENDINGS[section]]
    return re.compile(rf".{{{least},}}(?:{'|'.join(map(re.escape, endings))})")


_OFFICE = _ending("one character", "more characters", least=2)
_CLASS = re.compile(  # 某小学三(2)班, 某小学三年级二班, 某报海外版
    r".+\([\d一二三四五六七八九十]+\)(?:班|中队)"
    r"|.{2,}(?:年级|[高初][一二三]|\d级.{0,8}|园[大中小])[一二三四五六七八九十\d]{1,3}班"
    r"|.{2,}[小中]学\d{1,4}班"
    r"|(?:.+(?:学院|大学|系|专业))?\d{2,4}级.{0,8}"
    r"|.{2,}[^\d第]版"
    # 某部二营四连, 第72集团军某旅: units the army does not name
    r"|.{0,12}某(?:部|旅|团|营|连|师|军|支队|大队|总队|中队|基地|舰|艇|仓库|医院|单位|机场|哨所|场站).{0,8}"
)
# An ending that is an organisation by itself needs only one character before it (区妇联).
_SHORT_OFFICE = _ending("by itself", least=1)
# 区电视台, 校合唱团: a level of government or a school is name enough before a long ending.
_LEVEL_OFFICE = re.compile(
    f"[区县市省校院厂局镇乡街村](?:{'|'.join(map(re.escape, _ENDINGS['more characters']))})"
)
# Endings that names have too: 王新村 is a person under 记者, 新塘村 李某 names a village.
_WEAK = _ending("names too", "titles", least=2)
_WEAKER = _ending("names of three too", least=2)
_WITHHELD = re.compile(r"[Xx×]{2,}[\u4e00-\u9fff]+")  # XX社区
_DISTRICT = re.compile(r".{2,5}(?<![社小园校城])[省市区县]")
_MEDIUM = _ending("media", least=0)
# What is said of organisations rather than in their names.
_SAID = re.compile(
    r"[了的们这那着被把说看]|记者(?![站部协团])|通讯员|来到|走进|走访|采访|看望|慰问|表彰|惠民|举行|召开|开展|告诉|"
    r"进(?:社区|小区|校园|企业|农村|村|机关)|服务(?!队|中心|站|部|局|公司|平台|所|办)|"
    r"^访|^(?!中文|外语|数学|物理|化学|历史).{2,5}系.|^(?:社区|民生|国内|国际|本地|时政|综合|体育|图片|经济|文化|社会|都市|今日|最新)新闻$|[夜早超菜楼股车集]市|(?:[预海通简喜捷情举申汇填播警战墙]|黑板|手抄)报$|"
    r"(?:互联|因特|渔|电|官|入|路|铁丝|蜘蛛)网$|(?:阳|舞|柜|吧|讲|擂|灶|站)台$|近日|日前|昨日|今日|图片新闻|图为|关于"
)


@cache
def _place_run() -> re.Pattern[str]:
    places = "|".join(sorted(_PLACES, key=len, reverse=True))
    return re.compile(rf"(?:(?:{places})(?:省|市|区|县|自治区|特别行政区)?)+")


def is_place(word: str) -> bool:
    """Whether a word is the name of a place, or of places one inside the other (安徽安庆)."""
    word = simplify(word.replace(" ", ""))
    return bool(
        _place_run().fullmatch(word) or (_DISTRICT.fullmatch(word) and not _SAID.search(word))
    )


@lru_cache(maxsize=4096)
def is_organisation(word: str) -> bool:
    """Whether a word can only be a paper, an office or a place."""
    word = simplify(word)
    if not word:
        return False
    if word[0] in "《“" and word[-1] in "》”":
        return word[0] == "《" or is_organisation(word[1:-1])
    if word in _OFFICES or is_place(word) or _WITHHELD.fullmatch(word):
        return True
    if _SAID.search(word):
        return False
    if any(pattern.fullmatch(word) for pattern in (_OFFICE, _SHORT_OFFICE, _LEVEL_OFFICE, _CLASS)):
        return True
    if len(word) > 4 and (_WEAK.fullmatch(word) or _WEAKER.fullmatch(word)):
        return True
    if word.endswith(_OUTLETS) and any(
        word.endswith(office) and is_organisation(word[: -len(office)]) for office in _OUTLETS
    ):
        return True  # 广州日报|新花城
    return "·" in word and any(is_organisation(part) for part in word.split("·"))


def may_be_organisation(word: str) -> bool:
    """Whether a word could be an organisation where the line leaves no other reading."""
    word = simplify(word)
    if is_organisation(word):
        return True
    is_weak = _WEAK.fullmatch(word) or (_WEAKER.fullmatch(word) and not names.surname_of(word))
    return bool(is_weak) and not _SAID.search(word)


def is_medium(word: str) -> bool:
    """Whether an organisation prints or sends news, so that by itself it names a source."""
    return is_organisation(word) and _MEDIUM.fullmatch(word) is not None


def is_local(word: str) -> bool:
    """Whether a word begins with a place and so names something there (安庆石化)."""
    return len(word) >= 4 and word[:2] in _PLACES and not _SAID.search(word)


def split_organisation(word: str) -> tuple[str, str]:
    """Divide an organisation from what is printed behind it without a space.

    Args:
        word: such as 某区检察院张三.

    Returns:
        The longest organisation the word begins with and the rest; the organisation is empty
        where the word begins with none or is nothing else.
    """
    for end in range(len(word) - 2, 1, -1):
        is_cut = may_be_organisation(word[: end + 1])  # 某社|区为
        if may_be_organisation(word[:end]) and not is_cut:
            return word[:end], word[end:]
    return "", word

"""Numbers with their units in Chinese text: 180平方米, 11.8万元, 3200多册, 二十三名."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

_UNITS = """
平方公里 平方千米 平方米 立方米 平米 公里 千米 厘米 毫米 公顷 公斤 千克 毫克 千瓦时 千瓦 兆瓦
毫升 微米 分贝 个百分点 百分点 人次 人份 户次 户家庭 车次 架次 批次 班次 台次 件次 场次 课时 学时
小时 分钟 秒钟 个小时 个月 个工作日 工作日 周年 车位 床位 席位 立方 英寸 美元 港元 欧元 亩地 元
角 米 里 亩 吨 克 斤 两 升 度 伏 瓦 户 人 名 位 个 家 所 处 座 栋 幢 层 间 套 台 辆 部 架 艘 条
根 支 只 头 匹 尾 株 棵 盆 朵 束 片 块 张 份 册 本 页 幅 封 件 样 项 类 种 批 组 队 班 场 次 回
趟 遍 届 期 轮 步 桶 箱 袋 包 盒 瓶 罐 杯 碗 盘 盏 把 顶 床 副 双 对 枚 粒 颗 扇 口 眼 道 段 节
门 首 篇 句 字 则 笔 单 票 起 宗 桩 例 岁 天 周 年 月 日 时 分 秒 倍 成 折 % ％ ‰ ℃
"""
UNITS = tuple(sorted(set(_UNITS.split()), key=len, reverse=True))
_DIGITS = {c: n for n, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_TENS = {"十": 10, "百": 100, "千": 1000}
_LARGE = {"百": 100, "千": 1000, "万": 10**4, "百万": 10**6, "千万": 10**7, "亿": 10**8}
_LARGE |= {"万亿": 10**12}
_HAN_NUMBER = "[零〇一二两三四五六七八九十百千]+"
AMOUNT = re.compile(
    r"(?P<before>将近|接近|大约|超过|不足|至少|近|约|逾|超|达)?"
    r"(?<![\d.．\-—第A-Za-z/])"
    rf"(?P<number>\d{{1,3}}(?:,\d{{3}})+(?:\.\d+)?|\d+(?:\.\d+)?|{_HAN_NUMBER})"
    r"(?P<some>[余多来几])?(?P<scale>百万|千万|万亿|万|亿|千|百)?(?P<more>[余多])?"
    rf"(?P<unit>{'|'.join(UNITS)})(?P<odd>[多余])?"
)
_VAGUE = frozenset(["将近", "接近", "大约", "超过", "不足", "至少", "近", "约", "逾", "超"])
# 3月, 5日, 2026年, 8时 are dates and hours; a unit for counting them is another word.
CALENDAR = frozenset("年月日时分秒周期届")
PEOPLE = frozenset("人名位")


@dataclass(frozen=True)
class Amount:
    """A number with its unit.

    Attributes:
        start: where it begins in the text.
        end: where it ends.
        value: the number as written out: 11.8万 is 118000.
        number: the number as printed, with what makes it vague: 3200多, 11.8万.
        unit: as printed.
        is_vague: whether it is said to be about so many.
        step: the value of its last digit: 1000 for 11.8万.

    """

    start: int
    end: int
    value: Decimal
    number: str
    unit: str
    is_vague: bool
    step: Decimal

    @property
    def counts_people(self) -> bool:
        """Whether it is a number of people."""
        return self.unit in PEOPLE

    def is_like(self, other: Amount) -> bool:
        """Whether two amounts can be added: the same unit, or people by another word."""
        return self.unit == other.unit or (self.counts_people and other.counts_people)


def amounts(text: str) -> Iterator[Amount]:
    """Yield the numbers with units of a text, in order; ordinals and dates are none."""
    for found in AMOUNT.finditer(text):
        number, unit = found["number"], found["unit"]
        start = found.start("number")
        if text[max(0, start - 1) : start] in ("第", "０") or _is_calendar(text, found):
            continue
        value = _value(number)
        if value is None:
            continue
        scale = _LARGE[found["scale"]] if found["scale"] else 1
        decimals = len(number.partition(".")[2])
        vague = found["before"] in _VAGUE or any(found[n] for n in ("some", "more", "odd"))
        yield Amount(
            start,
            found.end("unit"),
            value * scale,
            text[start : found.start("unit")],
            unit,
            vague,
            Decimal(scale) / 10**decimals,
        )


def _is_calendar(text: str, found: re.Match[str]) -> bool:
    unit = found["unit"]
    if unit in CALENDAR and not found["some"] and not found["scale"]:
        return True
    # 一个, 一种 mostly count nothing; 十分 is a word.
    return not found["number"].isascii() and unit in ("分", "天", "成", "把", "起", "口", "时")


def _value(number: str) -> Decimal | None:
    """Return what a number is worth; None where it isn't one (二三十)."""
    if number[0].isascii():
        return Decimal(number.replace(",", ""))
    if not _TENS.keys() & set(number):
        return Decimal(_DIGITS[number]) if len(number) == 1 else None
    total, digit = 0, None
    for character in number:
        if character in _TENS:
            total += (1 if digit is None else digit) * _TENS[character]
            digit = None
        elif digit not in (None, 0):
            return None
        else:
            digit = _DIGITS[character]
    return Decimal(total + (digit or 0))

"""Standing columns (栏目): what their heads look like on the page."""

from __future__ import annotations

import re
from dataclasses import dataclass

# Names that are standing columns wherever they stand alone.
_KNOWN_NAMES = """
新闻广角 图片新闻 图片故事 图片报道 图说新闻 简讯 短讯 快讯 简报 要闻简报 简明新闻 新闻速递 新闻速览
一周要闻 新闻集锦 新闻短波 新闻快递 社区动态 基层动态 工作动态 社区传真 社区短波 社区速递 街巷快讯
街道风采 便民贴士 身边榜样 身边好人 凡人善举 好人好事 凡人微光 街谈巷议 百家言 来论 时评 社评 今日谈
大家谈 读者来信 来信 民声 百姓故事 邻里故事 社区故事 邻里之间 邻里 记者走基层 新春走基层 走基层
一线直击 一线 视点 热点 亮点 焦点 聚焦 关注 特写 人物 副刊 文苑 随笔 散文 法治 文明实践
诗歌 诗苑 诗页 诗笺 诗坛 诗刊 诗林 诗路 小小说 散文诗 杂文 书评
便民服务 便民信息 服务台 公告栏 通知公告 公示栏 公告 生活 健康 三言两语 面对面 圆桌
"""
_KNOWN = frozenset(_KNOWN_NAMES.split())
# Heads of a box that belongs to the story above it.
_BOX_NAMES = """
新闻链接 相关链接 链接 延伸阅读 名词解释 新闻背景 背景 背景链接 知识链接 小贴士 温馨提示 温馨小贴士
提示 记者手记 记者点评 专家点评 点评 短评 记者观察 知识窗 数据链接 政策链接 案例链接 人物名片
人物简介 名片 记者感言
"""
BOX_HEADS = frozenset(_BOX_NAMES.split())
_TAILS = re.compile(
    r".{1,8}(?:广角|速递|速览|快递|快讯|简讯|短讯|快报|短波|传真|动态|播报|集锦|扫描|纵横|视窗|之窗|掠影|剪影|焦点|"
    r"在线|热线|连线|直通车|在行动|在身边|进行时|正当时|大家谈|面对面|回音壁|曝光台|点赞台|光荣榜|红黑榜|"
    r"故事|故事会|风采|风貌|人物|榜样|先锋|贴士|课堂|讲堂|论坛|评论|杂谈|漫谈|随笔|副刊|札记|说法|问答|信箱|专栏|专题|"
    r"系列报道|特别报道|走基层|圆桌|会客厅|茶馆|园地|长廊|集萃|荟萃|撷英|百科|指南|看台|擂台|民声|民情|心声|巷议|街谈|"
    r"你我他|那些事|新鲜事|暖心事|手记|周记|观点|视点|亮点|看点|热点|档案|光影|镜头|随手拍|大家拍|直击|见闻|巡礼|展播|"
    r"推介|服务台|提醒|我来办|谈|说|汇)"
)
_NUMBER = re.compile(r"\d{3}")  # 12345热线 is a telephone
_COLLECTIVE = re.compile(
    r"广角|速递|速览|快递|快讯|简讯|短讯|快报|短波|传真|动态|播报|简报|集锦|扫描|集萃|荟萃|撷英|要闻|短新闻|简明新闻|零讯|拾零|汇|行情|信息|资讯"
)
_MARKS = "■□●○◎◆◇▲△▼▽★☆▶►◀◄※▌▍│┃|｜§❖✦＞>〉《》〈〉"
_BRACKETS = {
    "【": "】",
    "[": "]",
    "［": "］",
    "〖": "〗",
    "「": "」",
    "『": "』",
    "〔": "〕",
    "<": ">",
}
_LABELLED = re.compile(r"(?:本期|今日)?栏目(?:名|名称)?\s*[:：]\s*(?P<name>.+)")
# A campaign's name: what it is about in quotation marks, and where or when it goes on.
_CAMPAIGN = re.compile(
    r"[“\"'‘「][^“”\"'‘’「」，,。]{2,12}[”\"'’」](?:在行动|在身边|在基层|在社区|进行时|正当时|进社区|大家谈|那些事|系列报道|专栏|专题)"
)
_SENTENCE = re.compile(r"[，,。；;！!？?、：:]")


@dataclass(frozen=True)
class ColumnHead:
    """A line read as a standing column's head.

    Attributes:
        start: where the name begins in the line, marks and brackets left out.
        end: where it ends.
        score: how much the line looks like a column's head by itself; a head that is marked or
            known has 4 or more, an ordinary short heading about 0.
        is_marked: whether brackets, signs or the word 栏目 say that it is one.

    """

    start: int
    end: int
    score: float
    is_marked: bool


def read_column_head(text: str, width: float) -> ColumnHead:
    """Judge a line by its own words as a standing column's head.

    Column heads are short names: set in 【】 or between signs, ending in the words papers name
    columns with (速递, 在行动, 进行时), without the punctuation of a sentence.

    Args:
        text: the line.
        width: its width in full-width cells.

    """
    labelled = _LABELLED.fullmatch(text)
    if labelled:
        return ColumnHead(labelled.start("name"), len(text), 10.0, is_marked=True)
    start, end = 0, len(text)
    while start < end and (text[start] in _MARKS or text[start].isspace()):
        start += 1
    while end > start and (text[end - 1] in _MARKS or text[end - 1].isspace()):
        end -= 1
    is_marked = start > 0 or end < len(text)
    if end - start > 2 and _BRACKETS.get(text[start]) == text[end - 1]:
        start, end, is_marked = start + 1, end - 1, True
        score = 4.0
    elif start > 0 and end < len(text):
        score = 4.0
    else:
        score = 2.5 if is_marked else -1.0
    name = text[start:end].strip()
    if name.startswith("《") or not name:
        return ColumnHead(0, len(text), -9.0, is_marked=False)
    score += _score_name(name, width)
    return ColumnHead(start, end, score, is_marked)


def _score_name(name: str, width: float) -> float:
    score = 0.0
    bare = re.sub(r"[“”\"'‘’]", "", name)
    if bare in _KNOWN or bare.startswith("走基层"):
        score += 6.0
    elif _NUMBER.match(bare):
        score -= 2.0
    elif _TAILS.fullmatch(bare):
        score += 3.0
    if _CAMPAIGN.fullmatch(name):
        return score + 1.5
    if width <= 4.5:
        score += 1.5
    elif width <= 7.5:
        score += 1.0
    elif width > 14:
        score -= 9.0
    elif width > 10:
        score -= 3.0
    if _SENTENCE.search(name):
        score -= 4.0
    if re.search(r"\s", name):
        score -= 3.0
    if "·" in name:
        score += 2.0
    return score


def is_collective(name: str) -> bool:
    """Whether a column by its name gathers several short pieces (快讯, 速递, 广角)."""
    return _COLLECTIVE.search(name) is not None
